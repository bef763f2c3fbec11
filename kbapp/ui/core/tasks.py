"""Work beside the window: functions run in a few threads, their answers come back in the window's thread.

    lane = context.tasks.lane("pages", on_error=self.failed.emit, latest=True)
    lane.submit(lambda: render(library, address), self._show, key=tab)

Jobs of one lane run one after another; lanes run side by side. Of a ``latest`` lane only the newest job for each key
counts: an older one that has not begun is dropped, and so is the answer or the error of one that was under way. A job
that must say what it answers captures it in ``on_result``.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from kbapp.errors import Code, UserError

_log = logging.getLogger(__name__)
_THREADS = 8  # enough that no search waits for an export, few enough to bound the library's connections
_T = TypeVar("_T")

OnError = Callable[[UserError], object]


@dataclass(slots=True)
class _Job:
    """A job without its types: ``run`` does the work and returns what delivers the answer in the window's thread."""

    key: Hashable
    number: int
    run: Callable[[], Callable[[], object]]


class Lane:
    """Jobs that run one after another. Made by ``TaskRunner.lane``."""

    def __init__(self, runner: TaskRunner, name: str, on_error: OnError, *, latest: bool) -> None:
        self.name = name
        self._runner, self._on_error, self._latest = runner, on_error, latest
        self._jobs: deque[_Job] = deque()
        self._newest: dict[Hashable, int] = {}
        self._count = 0
        self._running = self._closed = False
        self._lock = threading.Lock()

    def submit(
        self,
        work: Callable[[], _T],
        on_result: Callable[[_T], object],
        on_error: OnError | None = None,
        *,
        key: Hashable = None,
    ) -> None:
        """Runs ``work`` in a thread, then ``on_result`` with its answer in the window's thread.

        Args:
            work: What takes long. It may raise ``UserError``; anything else is logged as a bug.
            on_result: Takes the answer.
            on_error: Takes the error; the lane's own if none is given.
            key: What is asked about, such as a tab: in a ``latest`` lane a job supersedes earlier ones of its key only.
        """
        failed = on_error or self._on_error

        def run() -> Callable[[], object]:
            try:
                value = work()
            except UserError as error:
                found = error
                return lambda: failed(found)
            except Exception:  # noqa: BLE001
                _log.exception("work in the lane %s failed", self.name)
                return lambda: failed(UserError(Code.UNEXPECTED))
            return lambda: on_result(value)

        with self._lock:
            if self._closed:
                return
            self._count += 1
            self._newest[key] = self._count
            if self._latest:
                self._jobs = deque(job for job in self._jobs if job.key != key)
            self._jobs.append(_Job(key, self._count, run))
            if not self._running:
                self._running = True
                self._runner.start(self._step)

    def cancel(self) -> None:
        """Drops what waits, and the answer of what is under way."""
        with self._lock:
            self._jobs.clear()
            self._newest.clear()

    def close(self) -> None:
        """Drops what waits and every answer; a job in hand ends by itself."""
        with self._lock:
            self._closed = True
            self._jobs.clear()

    def _step(self) -> None:
        with self._lock:
            if not self._jobs:
                self._running = False
                return
            job = self._jobs.popleft()
        deliver = job.run()
        self._runner.delivered.emit(_Answer(self, job.key, job.number, deliver))
        with self._lock:
            self._running = bool(self._jobs)
        if self._running:
            self._runner.start(self._step)

    def is_wanted(self, key: Hashable, number: int) -> bool:
        """Whether somebody still waits for the answer of a job."""
        with self._lock:
            return not self._closed and (not self._latest or self._newest.get(key) == number)


@dataclass(frozen=True, slots=True)
class _Answer:
    lane: Lane
    key: Hashable
    number: int
    deliver: Callable[[], object]


class TaskRunner(QObject):
    """The threads of the program's windows, shared by all lanes."""

    delivered = Signal(_Answer)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="kbapp-task")
        self._closed = False
        self.delivered.connect(self._deliver)  # a method of this object, so that it runs in the window's thread

    def lane(self, name: str, on_error: OnError, *, latest: bool = False) -> Lane:
        """A new lane.

        Args:
            name: What it is for; logs say it.
            on_error: Takes errors of jobs that have no handler of their own.
            latest: Whether a newer job makes older ones of its key superfluous.
        """
        return Lane(self, name, on_error, latest=latest)

    def start(self, step: Callable[[], None]) -> None:
        """Runs a lane's next job as soon as a thread is free."""
        if not self._closed:
            with contextlib.suppress(RuntimeError):  # closed by another thread in between
                self._pool.submit(step)

    def close(self) -> None:
        """Lets the jobs in hand end and drops the rest."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, answer: _Answer) -> None:
        if not self._closed and answer.lane.is_wanted(answer.key, answer.number):
            answer.deliver()

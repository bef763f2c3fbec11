"""The window on a large library: start, opening pages, and the event loop while files are imported."""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.bench_launch import first_paint
from tests.bench.data import enlarged, newswire
from tests.bench.figure import Figure, Run, median_ms, percentile, ratio
from tests.bench.libraries import make


def figures(run: Run) -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = make(folder / "library", list(enlarged(newswire(run.data), 3_000 if run.quick else 100_000)))
        from kbapp.search.search_index import SearchIndex

        SearchIndex(library).follow()
        run.say(
            f"{library.db.execute('SELECT count(*) FROM articles').fetchone()[0]:,} articles, {library.db.execute('SELECT count(*) FROM people').fetchone()[0]:,} people"
        )
        library.close()
        yield from first_paint(folder, run)
        yield from in_a_window(folder, run)


def in_a_window(folder: Path, run: Run) -> Iterator[Figure]:
    """Opening pages to their paint, and gaps of the event loop, in this process."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from kbapp.rendering.addresses import Address
    from kbapp.rendering.router import render
    from kbapp.settings import Settings
    from kbapp.ui.composition.engines import make_context
    from kbapp.ui.core.settings_store import SettingsStore
    from kbapp.ui.window_manager import WindowManager

    application = QApplication.instance() or QApplication([])
    store = SettingsStore(Settings(), folder / "s.yaml")
    manager = WindowManager(make_context(folder / "library", store, folder / "w.json"))
    window = manager.open_window()
    window.window.resize(1280, 800)

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    wait(800)
    view = window.tabs.view
    busiest = manager.context.library.db.execute("SELECT id FROM people ORDER BY mentions DESC LIMIT 1").fetchone()[0]
    author = manager.context.library.db.execute("SELECT id FROM people ORDER BY authored DESC LIMIT 1").fetchone()[0]
    for name, address in (
        ("an article", Address("article", "5")),
        ("the person with most mentions", Address("person", str(busiest))),
        ("the author with most articles", Address("author", str(author))),
    ):

        def show(address: Address = address) -> None:
            view.show_page(render(manager.context.library, address))
            view.grab()

        yield Figure(f"opening {name}, to the paint", round(median_ms(show), 1), "ms", "<= 50")
    yield Figure(
        "a key in the search box to the results painted, p95",
        round(percentile(typed(window, wait), 0.95), 1),
        "ms",
        "<= 50",
    )
    idle = gaps(wait, 1500)
    files = folder / "in"
    files.mkdir()
    for number, item in enumerate(enlarged(newswire(run.data), 300 if run.quick else 2000, seed=99)):
        (files / f"{number}.txt").write_text(item.article_text())
    window.importing.import_paths([files])
    busy: list[float] = []
    begun = time.perf_counter()
    while window.importing.queue.running and time.perf_counter() - begun < 120:
        window.search_box.setText("market"[: 1 + len(busy) % 6])
        window.rows.verticalScrollBar().setValue(len(busy) % 500)
        busy += gaps(wait, 250)
    yield ratio("event loop gaps while importing, p99 / idle", percentile(busy, 0.99), percentile(idle, 0.99), "<= 2")
    yield Figure("event loop gaps while importing, p99", round(percentile(busy, 0.99) * 1000, 1), "ms")
    window.window.close()
    manager.context.close()
    application.processEvents()


def typed(window: Any, wait: Any) -> list[float]:
    """Milliseconds from each letter typed to the paint of the list that shows its results."""
    from PySide6.QtCore import QEvent, QObject

    class Painted(QObject):
        at = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.at = time.perf_counter()
            return super().eventFilter(watched, event)

    painted, shown = Painted(), []
    window.rows.viewport().installEventFilter(painted)
    window.rows.model().modelReset.connect(lambda: shown.append(time.perf_counter()))
    times = []
    for text in ("market prices", "oil", "central bank", "japan trade", "wheat"):
        for end in range(1, len(text) + 1):
            shown.clear()
            begun = time.perf_counter()
            window.search_box.setText(text[:end])
            while (not shown or painted.at < shown[-1]) and time.perf_counter() - begun < 2:
                wait(1)
            times.append((painted.at - begun) * 1000)
    window.search_box.clear()
    wait(300)
    return times


def gaps(wait: object, milliseconds: int) -> list[float]:
    """Seconds between ticks of a timer that should come every five milliseconds."""
    from PySide6.QtCore import QTimer

    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    wait(milliseconds)  # type: ignore[operator]
    timer.stop()
    return [after - before for before, after in itertools.pairwise(ticks)]

"""Spelling in notes, where the system has a checker (hunspell or aspell): asked through its pipe, beside the window.

The words never leave the machine; the checker is a program of the system, and without one nothing is underlined.
"""

from __future__ import annotations

import logging
import re
import subprocess

from PySide6.QtCore import QLocale, QObject, QStandardPaths, QTimer, Signal

from kbapp.ui.core.tasks import TaskRunner

_log = logging.getLogger(__name__)
WORD = re.compile(r"(?<![\w@#/:.-])[^\W\d_]+(?:[’'][^\W\d_]+)*(?![\w@/:-]|\.\w)")
OFF, SYSTEM = "off", "system"
_WAIT = 150  # milliseconds that words are gathered before the checker is asked
_MOST_WORDS = 50_000  # judged words kept


class SpellChecker(QObject):
    """Judges words. ``judged`` carries those whose judgement is new and concerns what is underlined."""

    judged = Signal(set)

    def __init__(self, tasks: TaskRunner, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._program = "" if language == OFF else _program()
        self._process: subprocess.Popen[str] | None = None
        self._known: dict[str, tuple[str, ...] | None] = {}  # None: rightly spelled; else what may be meant
        self._asked: set[str] = set()
        self._lane = tasks.lane("spelling", lambda error: _log.warning("%s", error))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._ask)

    @property
    def works(self) -> bool:
        return bool(self._program)

    def is_wrong(self, word: str) -> bool:
        """Whether a word is known to be misspelt; one never seen is asked for and is not, for now."""
        if not self._program or len(word) < 2 or word.isupper():
            return False
        word = word.replace("’", "'")
        if word in self._known:
            return self._known[word] is not None
        self._asked.add(word)
        if not self._timer.isActive():
            self._timer.start()
        return False

    def suggestions(self, word: str) -> tuple[str, ...]:
        """What may be meant by a misspelt word, best first."""
        return self._known.get(word.replace("’", "'")) or ()

    def learn(self, word: str) -> None:
        """Adds a word to the user's own dictionary."""
        word = word.replace("’", "'")
        self._known[word] = None
        self._lane.submit(lambda: self._talk([f"*{word}", "#"], answers=False), lambda _: self.judged.emit({word}))

    def close(self) -> None:
        self._timer.stop()
        self._lane.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _ask(self) -> None:
        words = sorted(self._asked)
        self._asked.clear()
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        self._lane.submit(lambda: self._talk([f"^{word}" for word in words]), lambda found: self._take(words, found))

    def _take(self, words: list[str], found: list[tuple[str, ...] | None]) -> None:
        self._known.update(zip(words, found, strict=False))
        if wrong := {word for word, meant in zip(words, found, strict=False) if meant is not None}:
            self.judged.emit(wrong)

    def _talk(self, lines: list[str], answers: bool = True) -> list[tuple[str, ...] | None]:
        """Writes lines to the checker; for each word its suggestions, or None when it is right. Runs in the lane."""
        found: list[tuple[str, ...] | None] = []
        try:
            process = self._process or self._start()
            if process.stdin is None or process.stdout is None:
                raise OSError("the spelling checker has no pipe")
            for line in lines:
                process.stdin.write(line + "\n")
                process.stdin.flush()
                if not answers:
                    continue
                wrong: tuple[str, ...] | None = None
                while answer := process.stdout.readline().strip():
                    if answer[0] == "&":
                        wrong = tuple(answer.partition(":")[2].strip().split(", ")[:6])
                    elif answer[0] == "#":
                        wrong = ()
                found.append(wrong)
        except (OSError, ValueError):
            self._program = ""  # a checker that breaks down is not asked again
        return found

    def _start(self) -> subprocess.Popen[str]:
        language = QLocale.system().name() if self._language == SYSTEM else self._language
        process = _open(self._program, language) or _open(self._program, language.split("_")[0]) or _open(self._program, "en_US")  # fmt: skip
        if process is None:
            raise OSError("no dictionary")
        self._process = process
        return process


def _program() -> str:
    return QStandardPaths.findExecutable("hunspell") or QStandardPaths.findExecutable("aspell")


def _open(program: str, language: str) -> subprocess.Popen[str] | None:
    """The checker at its pipe, or None when it has no dictionary of this language."""
    encoding = ["-i", "utf-8"] if "hunspell" in program else ["--encoding=utf-8"]
    process = subprocess.Popen(
        [program, "-a", "-d", language, *encoding], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, encoding="utf-8",
    )  # fmt: skip
    if process.stdout is not None and process.stdout.readline().startswith("@(#)"):
        return process
    process.kill()
    process.wait()
    return None


def languages() -> list[str]:
    """The languages that the system's checker has dictionaries of."""
    program = _program()
    if not program:
        return []
    command = [program, "-D"] if "hunspell" in program else [program, "dump", "dicts"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    names = re.findall(r"(?m)([a-z]{2,3}(?:_[A-Z]{2}))(?=\s*$)", done.stdout + done.stderr)
    return sorted(set(names))

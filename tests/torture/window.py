"""A window on a library that saves a note, imports what it is given, opens pages and searches: ``window LIBRARY NOTE FILE``.

It says ``note ID`` when the note is safe and ``done`` when all of it is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from kbapp.domain import Subject
from kbapp.launcher import WindowRequest
from kbapp.library import change_log
from kbapp.library.commands import Commands
from kbapp.rendering.addresses import parse
from kbapp.ui import application

_LONGEST = 40.0


def main(folder: str, text: str, file: str) -> int:
    started = application.start(WindowRequest(folder, (file,)))
    if started is None:
        return 1
    app, manager = started
    parts = manager.last
    until(app, lambda: parts.is_complete)
    context = manager.context
    before = context.library.db.execute("SELECT count(*) FROM articles").fetchone()[0]
    change = Commands(context.library, "a window").add_note(text, Subject("library"))
    print("note", change.subject if change else 0, flush=True)
    until(app, lambda: context.library.db.execute("SELECT count(*) FROM articles").fetchone()[0] > before)
    parts.search_box.setText("harbour")
    for address in ("kb:article/1", "kb:list/people", "kb:list/notes", "kb:person/1", "kb:article/2"):
        parts.tabs.visit(parse(address))
        until(app, lambda: False, 0.4)
    until(app, lambda: change_log.lag(context.library) == 0, 10)
    print("done", context.library.db.execute("SELECT count(*) FROM articles").fetchone()[0], flush=True)
    parts.window.close()
    until(app, lambda: False, 0.3)
    context.close()
    return 0


def until(app: QApplication, reached: Callable[[], bool], seconds: float = _LONGEST) -> None:
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":  # its workers are spawned: they load this module again
    sys.exit(main(*sys.argv[1:]))

"""Takes pictures of every page and state into a folder: ``python -m tests.ui.screens FOLDER THEME LANGUAGE``, scaled by QT_SCALE_FACTOR.

Prints a line a picture: its name, and the share of its points that differ from the commonest colour.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kbapp.domain import Subject
from kbapp.importing.pipeline import run
from kbapp.library import Library
from kbapp.library.notes import boards
from kbapp.library.notes import repository as notes
from kbapp.library.notes.anchors import make_anchor
from kbapp.library.people import repository as people
from kbapp.settings import Settings
from kbapp.ui.composition.engines import make_context
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.settings_store import SettingsStore
from kbapp.ui.notes.passphrase_dialog import PassphraseDialog
from kbapp.ui.people.network_dialog import NetworkDialog
from kbapp.ui.search.command_palette import CommandPalette
from kbapp.ui.settings.settings_dialog import SettingsDialog
from kbapp.ui.translator import install_translator
from kbapp.ui.window_manager import WindowManager

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def settle(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Waits until the condition holds, then for what is painted after it."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        settle(50)
    settle(250)


def fill(folder: Path) -> tuple[int, int, int]:
    """A library with the samples, notes and a board; an article, its most named person, and a board."""
    with contextlib.closing(Library(folder)) as library:
        list(run(library, [SAMPLES]))
        article = 3
        with library.transaction() as db:
            text = db.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()[0]
            quote = make_anchor(text, 60, 140)
            first = notes.add(
                db, "The sum does *not* add up. #money", Subject("article", article), quote, colour="yellow"
            )
            notes.add(db, "Ask the harbour master.", Subject("article", article))
            board = boards.create(db, "The harbour wall")
            boards.add_note(db, board, first)
        return article, people.entries(library, "people", limit=1)[0].id, board


def pages(article: int, person: int, author: int, board: int) -> Iterator[tuple[str, str]]:
    """Names of pictures and the links that lead to what is on them."""
    yield "article", f"kb:article/{article}"
    yield "person", f"kb:person/{person}"
    yield "author", f"kb:author/{author}"
    yield "compare", f"kb:compare/{person},{person + 1}"
    yield "note", "kb:note/1"
    yield "board", f"kb:board/{board}"
    yield "versions", f"kb:versions/{article}"
    for place in ("people", "authors", "sources", "notes", "merges"):
        yield f"list-{place}", f"kb:list/{place}"
    yield "missing", "kb:article/99999"
    yield "about", "kb:about/kbapp"


def main(folder: Path, theme: str, language: str) -> None:
    application = QApplication([])
    application.setStyle("Fusion")
    install_translator(application, language)
    folder.mkdir(parents=True, exist_ok=True)

    def picture(name: str, of: QWidget) -> None:
        image = of.grab().toImage()
        image.save(str(folder / f"{name}.png"))
        counts: dict[int, int] = {}
        for x in range(0, image.width(), 7):
            for y in range(0, image.height(), 7):
                colour = image.pixel(x, y)
                counts[colour] = counts.get(colour, 0) + 1
        print(name, 1 - max(counts.values()) / sum(counts.values()))

    def opened(library: Path) -> tuple[WindowParts, WindowManager]:
        state = folder.parent / f"{folder.name}-{library.name}"
        store = SettingsStore(Settings(theme=theme), state / "settings.yaml")
        manager = WindowManager(make_context(library, store, state / "windows.json"))
        complete: list[bool] = []
        manager.ready.connect(lambda: complete.append(True))
        parts = manager.open_window()
        parts.window.resize(1280, 800)
        until(lambda: complete, "the window")
        return parts, manager

    library = folder.parent / f"{folder.name}-library"
    parts, manager = opened(folder.parent / f"{folder.name}-empty")
    picture("empty", parts.window)
    broken = folder.parent / f"{folder.name}-scan.pdf"
    broken.write_bytes(b"%PDF-1.7\nthe download broke off here")
    parts.importing.import_paths([SAMPLES, broken])
    until(lambda: parts.layout.import_bar.isVisible(), "the import")
    picture("importing", parts.window)
    until(lambda: parts.layout.import_bar.report.isVisible(), "the end of the import", 60)
    picture("imported", parts.window)
    parts.layout.import_bar.report.click()
    settle(200)
    picture("report", parts.window)
    parts.window.close()
    manager.context.close()

    article, person, board = fill(library)
    parts, manager = opened(library)
    until(lambda: parts.rows.model().rowCount() == 16, "the list")
    author = people.entries(manager.context.library, "authors", limit=1)[0].id
    for name, link in pages(article, person, author, board):
        before = parts.tabs.view.html_shown
        parts.pages.follow(link)
        until(lambda before=before: parts.tabs.view.html_shown != before, link)
        picture(name, parts.window)
    parts.pages.follow(f"kb:article/{article}")
    for name, words in (("found", "harbour"), ("nothing-found", "zzyzx"), ("mistaken", "date:soon AND (")):
        before = parts.layout.list_title.text()
        parts.search_box.setText(words)
        until(lambda before=before, name=name: parts.layout.list_title.text() != before or name == "mistaken", words)
        settle(500)  # the facets come after a pause
        picture(name, parts.window)
    parts.search_box.setText("")
    parts.actions["help.keys"].trigger()
    settle(200)
    picture("help", parts.window)
    _dialogs(parts, person, picture)
    parts.window.resize(1024, 640)
    parts.pages.follow(f"kb:person/{person}")
    settle(500)
    picture("narrow", parts.window)
    parts.window.close()
    manager.context.close()


def _dialogs(parts: WindowParts, person: int, picture: Callable[[str, QWidget], None]) -> None:
    shows: list[tuple[str, type[QWidget], Callable[[], None]]] = [
        ("settings", SettingsDialog, parts.actions["settings.open"].trigger),
        ("network", NetworkDialog, lambda: parts.person_menu.network_wanted.emit(person)),
        ("palette", CommandPalette, parts.actions["search.jump"].trigger),
    ]
    for name, kind, show in shows:
        show()
        until(lambda kind=kind: parts.window.findChild(kind), name)
        dialog = parts.window.findChild(kind)
        assert isinstance(dialog, QWidget)
        picture(name, dialog)
        dialog.close()
    passphrase = PassphraseDialog("Lock your notes?", "Eight characters or more.", "Lock", parts.window, new=True)
    passphrase.show()
    settle(100)
    picture("passphrase", passphrase)
    passphrase.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])

"""Libraries as a whole, from the window."""

import json
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kbapp.errors import Code
from kbapp.library import Library, archive
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.libraries.controller import LibraryController
from kbapp.ui.widgets.dialog import Dialog


def test_a_backup_is_looked_into_and_restored_beside_the_library(
    parts: WindowParts, samples: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    file = archive.back_up(samples, tmp_path / "copy.tar")
    libraries = LibraryController(parts.context, list)
    with qtbot.waitSignal(libraries.looked_into) as looked:
        libraries.look_into(file)
    assert looked.args[1].articles == 16
    assert looked.args[1].latest
    with qtbot.waitSignal(libraries.program_wanted, timeout=20_000) as wanted:
        libraries.restore(file, tmp_path / "again")
    assert (wanted.args[0] / "library.db").is_file()
    with qtbot.waitSignal(libraries.failed) as failed:
        libraries.restore(file, samples.folder)
    assert failed.args[0].code is Code.FOLDER_NOT_EMPTY


def test_what_is_no_backup_is_told(parts: WindowParts, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "other.tar").write_bytes(b"no archive at all")
    with qtbot.waitSignal(parts.libraries.failed) as failed:
        parts.libraries.look_into(tmp_path / "other.tar")
    assert failed.args[0].code is Code.NOT_A_BACKUP


def test_a_library_opens_in_a_program_of_its_own_and_a_strange_folder_does_not(
    parts: WindowParts, samples: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    libraries = LibraryController(parts.context, list)
    strange = tmp_path / "strange"
    strange.mkdir()
    with qtbot.waitSignal(libraries.failed):
        libraries.open(strange)
    with qtbot.waitSignal(libraries.program_wanted) as wanted:
        libraries.make(strange)
    assert wanted.args == [strange]
    (strange / "letter.txt").write_text("mine")
    with qtbot.waitSignal(libraries.failed):
        libraries.make(strange)
    with qtbot.waitSignal(libraries.program_wanted) as wanted:
        libraries.open(samples.folder)
    assert parts.layout.library_name.text() == samples.folder.name


def test_all_citations_are_written_in_the_form_that_the_ending_names(
    parts: WindowParts, tmp_path: Path, qtbot: QtBot
) -> None:
    for ending, begins in ((".ris", "TY  - "), (".bib", "@"), (".json", "[")):
        file = tmp_path / f"all{ending}"
        with qtbot.waitSignal(parts.libraries.message):
            parts.libraries.write_citations(file)
        assert file.read_text("utf-8").startswith(begins)
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))) == 16


def test_a_library_in_order_is_said_to_be_so(parts: WindowParts, qtbot: QtBot) -> None:
    parts.actions["library.check"].trigger()
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in parts.window.findChildren(Dialog)), timeout=20_000)
    title = parts.window.findChild(Dialog).findChild(QLabel, "dialogtitle")
    assert title.text() == "The library is in order"

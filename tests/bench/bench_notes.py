"""Notes: a keystroke in a long note, the list of many, saving, unlocking."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kbapp.domain import Subject
from kbapp.library import Library
from kbapp.library.notes import listing as note_list
from kbapp.library.notes import locking
from kbapp.library.notes import repository as notes
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import render
from tests.bench.figure import Figure, Run, median_ms, percentile


def figures(run: Run) -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from kbapp.ui.notes.note_editor import NoteEditor

    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name))
        with library.transaction() as db:
            for number in range(1_000 if run.quick else 10_000):
                notes.add(
                    db,
                    f"Note number {number} about the #harbour and its wall, with **some** Markdown.",
                    Subject("library"),
                )

        def open_list() -> None:
            groups = note_list.grouped(library)
            note_list.cards(library, [number for _, ids in groups for number in ids][:60])
            render(library, Address("list", "notes"))

        yield Figure("opening the list of all notes", round(median_ms(open_list), 1), "ms", "<= 100")
        application = QApplication.instance() or QApplication([])
        paragraphs = "\n\n".join(["word " * 100] * 200)
        for what, text, goal in (
            ("20,000 words", paragraphs, "<= 16"),
            ("20,000 words without a paragraph", "word " * 20_000, ""),
        ):
            editor = NoteEditor(text, "")
            editor.resize(300, 400)
            editor.show()
            application.processEvents()
            times = []
            for letter in "the quick brown fox jumps over the lazy dog " * 3:
                begun = time.perf_counter()
                editor.insertPlainText(letter)
                editor.grab()
                times.append((time.perf_counter() - begun) * 1000)
            yield Figure(
                f"a keystroke in a note of {what}, to the paint, p99", round(percentile(times, 0.99), 1), "ms", goal
            )
        note = notes.listed(library, 1)[0]

        def save() -> None:
            with library.transaction() as db:
                notes.edit(db, note.id, f"saved at {time.perf_counter()}")

        yield Figure("saving a note, on disk", round(median_ms(save, 20), 2), "ms")
        locking.protect(library, "a passphrase for measuring")

        def unlock() -> None:
            library.vault.lock()
            library.vault.unlock(library.db, "a passphrase for measuring")

        yield Figure("unlocking", round(median_ms(unlock, 5)), "ms", "<= 1000")
        unlock()
        begun = time.perf_counter()
        notes.sealed_texts(library)
        yield Figure("decrypting all notes for the first search", round((time.perf_counter() - begun) * 1000), "ms")
        yield Figure("opening the list of all notes, unlocked", round(median_ms(open_list), 1), "ms", "<= 100")
        library.close()

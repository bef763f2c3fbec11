"""A note where it is written: it saves itself, shows its passage, and stands at the height that it is given."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from kbapp.domain import Note, Subject
from kbapp.ui.notes.drafts import ImageSource, NoteDraft, SavedNote
from kbapp.ui.notes.note_editor import NoteEditor
from kbapp.ui.style.schemes import SPACE, Scheme
from kbapp.ui.style.theme import icon

SAVE_AFTER = 800  # milliseconds after the last keystroke
_numbers = itertools.count(1)


class NoteCard(QFrame):
    """A note with its passage and buttons.

    ``save_wanted`` carries what is to be saved, ``delete_wanted`` a note's id, ``passage_wanted`` that of a note whose
    passage is to be shown, ``image_wanted`` a picture that was pasted or dropped.
    """

    save_wanted = Signal(NoteDraft)
    delete_wanted = Signal(int)
    passage_wanted = Signal(int)
    image_wanted = Signal(NoteDraft, ImageSource)

    def __init__(
        self, note: Note | None, subject: Subject | None, scheme: Scheme, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.draft_id = next(_numbers)
        self.subject = subject
        self.note_id = note.id if note else 0
        self.revision: int | None = None
        self.saved = note.text if note else ""
        self._gap = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.has_passage = note is not None and note.quote is not None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE)
        layout.setSpacing(4)
        if note is not None and note.quote is not None:
            exact = " ".join(note.quote.exact.split())
            quote = QLabel("“" + exact[:160] + ("…”" if len(exact) > 160 else "”"))
            quote.setWordWrap(True)
            quote.setObjectName("quiet")
            quote.setCursor(Qt.CursorShape.PointingHandCursor)
            quote.installEventFilter(self)
            layout.addWidget(quote)
        self.lost = QLabel(self.tr("passage not found"))
        self.lost.setObjectName("warn")
        self.lost.setToolTip(self.tr("Select the words that it is about and choose “Attach here” in their menu."))
        self.lost.hide()
        layout.addWidget(self.lost)
        self.editor = NoteEditor(self.saved, hint, self, scheme)
        self.editor.setAccessibleName(self.tr("Note"))
        layout.addWidget(self.editor)
        row = QHBoxLayout()
        self.state = QLabel()
        self.state.setObjectName("quiet")
        row.addWidget(self.state)
        row.addStretch()
        self.remove = QToolButton()
        self.remove.setIcon(icon("trash", scheme.quiet))
        self.remove.setIconSize(QSize(16, 16))
        self.remove.setToolTip(self.tr("Move this note to the trash"))
        self.remove.setAccessibleName(self.remove.toolTip())
        self.remove.clicked.connect(lambda: self.delete_wanted.emit(self.note_id))
        self.remove.setVisible(bool(note))
        row.addWidget(self.remove)
        layout.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER)
        self._timer.timeout.connect(self.save)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.save)
        self.editor.image_pasted.connect(self._add_image)

    def draft(self) -> NoteDraft:
        """The note as it is written now."""
        return NoteDraft(self.draft_id, self.note_id, self.subject, self.editor.toPlainText(), self.revision)

    def _add_image(self, source: ImageSource) -> None:
        self.image_wanted.emit(self.draft(), source)

    def set_gap(self, pixels: int) -> None:
        """Leaves room above the note."""
        layout = self.layout()
        if pixels != self._gap and layout is not None:
            self._gap = pixels
            layout.setContentsMargins(0, pixels, 0, SPACE)

    def own_height(self) -> int:
        """Its height, without the room above."""
        layout = self.layout()
        if layout is None:
            return 0
        wraps = layout.hasHeightForWidth()
        return (layout.totalHeightForWidth(self.width()) if wraps else layout.sizeHint().height()) - self._gap

    def show_lost(self, lost: bool) -> None:
        """Says whether the passage is no longer in the text."""
        self.lost.setVisible(lost)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.passage_wanted.emit(self.note_id)
        return super().eventFilter(watched, event)

    @property
    def is_unsaved(self) -> bool:
        return self.editor.toPlainText() != self.saved

    def _typed(self) -> None:
        if self.is_unsaved:
            self.state.setText(self.tr("…"))
            self._timer.start()

    def save(self) -> None:
        """Asks for the text to be saved if it changed."""
        self._timer.stop()
        if self.is_unsaved:
            self.save_wanted.emit(self.draft())

    def show_saved(self, saved: SavedNote) -> None:
        self.note_id, self.saved, self.revision = saved.note, saved.text, saved.revision
        self.remove.setVisible(True)
        self.state.setText(self.tr("Saved"))

    def show_not_saved(self, why: str) -> None:
        self.state.setText(why)
        self.state.setWordWrap(True)

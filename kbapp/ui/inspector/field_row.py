"""One field of an article: read as text, edited in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kbapp.ui.inspector.values import InfoField

_LEAVES_THE_BOX_ALONE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class _Box(QLineEdit):
    """The box in which a field is edited. ``kept`` carries 1 or -1 for the field to go on to, 0 to stay."""

    kept = Signal(int)
    dropped = Signal()

    def event(self, event: QEvent) -> bool:
        """Tab keeps what was typed and goes on, before it moves the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Return: 0, Qt.Key.Key_Enter: 0}
            if event.key() in steps:
                self.kept.emit(steps[Qt.Key(event.key())])
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dropped.emit()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _LEAVES_THE_BOX_ALONE:
            self.kept.emit(0)


class FieldRow(QFrame):
    """A field with its name, where it was found, and its value.

    ``edited`` carries what was typed, ``reset_wanted`` says that what the file says is wanted back, ``step_wanted`` that the
    next (1) or the previous (-1) field is to be edited.
    """

    edited = Signal(str)
    reset_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title, self._field, self.is_editing = title, InfoField("", "", ""), False
        self.found, self.value, self._read = QLabel(), QLabel(), QLabel()
        name = QLabel(title)
        name.setObjectName("fieldname")
        self.box = _Box()
        self.box.setAccessibleName(title)
        self.box.hide()
        self.hint = QLabel(hint)
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.hint.hide()
        self._hint = hint
        self.back = QPushButton(self.tr("Use what was read"))
        self.back.setObjectName("link")
        head = QHBoxLayout()
        head.addWidget(name)
        head.addStretch()
        head.addWidget(self.found)
        for label in (self.value, self._read):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._read.setObjectName("quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 9, 16, 9)
        layout.setSpacing(2)
        layout.addLayout(head)
        for widget in (self.value, self.box, self.hint, self._read):
            layout.addWidget(widget)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self.box.kept.connect(self._keep)
        self.box.dropped.connect(self._drop)
        self.back.clicked.connect(self.reset_wanted)

    def show_field(self, field: InfoField) -> None:
        """Shows a field; while it is edited the box stays as it is."""
        self._field = field
        self.value.setText(field.value or self.tr("None. Add one"))
        _name(self.value, "value" if field.value else "novalue")
        found = self.tr("{0}, not sure").format(field.found) if field.unsure and field.found else field.found
        if field.unsure and not field.found:
            found = self.tr("not sure")
        self.found.setText(found)
        _name(self.found, "yours" if field.is_yours else "unsure" if field.unsure else "found")
        self._read.setText(self.tr("Read: {0}").format(field.read or self.tr("nothing")))
        self._read.setVisible(field.read is not None)
        self.back.setVisible(field.read is not None)
        self.setAccessibleName(f"{self._title}: {field.value or self.tr('none')}")
        self.setAccessibleDescription(found)

    def begin(self) -> None:
        """Puts the value into the box, chosen as a whole."""
        self._open_box(self._field.text)
        self._say("")
        self.box.selectAll()

    def show_trouble(self, why: str, typed: str) -> None:
        """Says below the box why what was ``typed`` could not be kept; the box has it again."""
        self._open_box(typed)
        self._say(why)

    def _open_box(self, text: str) -> None:
        self.is_editing = True
        self.box.setText(text)
        self.value.hide()
        self.box.show()
        self.box.setFocus()

    def _say(self, why: str) -> None:
        hint = self.tr("Enter saves, Esc cancels.")
        self.hint.setText(why or (f"{self._hint} {hint}" if self._hint else hint))
        _name(self.hint, "warn" if why else "quiet")
        self.hint.show()

    def finish(self) -> None:
        """Keeps what is typed, if anything is."""
        self._keep(0)

    def _keep(self, step: int) -> None:
        if not self.is_editing:
            return
        typed = self.box.text()
        self._close(focus=step == 0 and self.box.hasFocus())
        if typed.strip() != self._field.text:
            self.edited.emit(typed)
        if step and not self.is_editing:
            self.step_wanted.emit(step)

    def _drop(self) -> None:
        self._close(focus=True)

    def _close(self, *, focus: bool) -> None:
        self.is_editing = False  # before the focus goes, which would keep what was typed
        if focus:
            self.setFocus()
        self.box.hide()
        self.hint.hide()
        self.value.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.is_editing and event.button() == Qt.MouseButton.LeftButton:
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_editing and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space
        ):  # fmt: skip
            self.begin()
        else:
            super().keyPressEvent(event)


def _name(widget: QWidget, name: str) -> None:
    """Gives a widget the look of another name of the style sheet."""
    if widget.objectName() != name:
        widget.setObjectName(name)
        widget.style().unpolish(widget)
        widget.style().polish(widget)

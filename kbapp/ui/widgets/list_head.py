"""What stands above the list: a hint, what it shows and how many, its order, a filter and chips that narrow it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kbapp.ui.style.schemes import SPACE
from kbapp.ui.widgets.elided_label import ElidedLabel
from kbapp.ui.widgets.filter_box import FilterBox


class ListHead(QWidget):
    """The head of the list. ``link_clicked`` carries the link in the hint that was clicked."""

    link_clicked = Signal(str)

    def __init__(self, order: QWidget, chips: QWidget, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.about, self.hint, self.filter = ElidedLabel(), QLabel(), QLabel(), FilterBox()
        self.title.setObjectName("heading")
        self.about.setObjectName("quiet")
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.hint.setTextFormat(Qt.TextFormat.RichText)
        self.hint.linkActivated.connect(self.link_clicked)
        self.hint.hide()
        self.line = QHBoxLayout()
        self.line.setSpacing(6)
        for label in (self.title, self.about):
            self.line.addWidget(label)
        self.line.addStretch()
        self.line.addWidget(order)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 8, SPACE, 6)
        layout.setSpacing(4)
        layout.addWidget(self.hint)
        layout.addLayout(self.line)
        layout.addWidget(self.filter)
        layout.addWidget(chips)
        self.show_listed(title, "")

    def show_listed(self, title: str, about: str, hint: str = "") -> None:
        """Says what the list shows, and how many; ``hint`` is rich text, whose links are emitted."""
        self.title.setText(title)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        if hint != self.hint.text():
            self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

"""The buttons above an article: what they do concerns the page in front, whatever is selected in the list."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.style.theme import icon

_BUTTONS = ("star", "tag", "cite", "original")


class PageTools(QObject):
    """Shows the buttons on articles, and does what they say."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts, self._is_starred = parts, False
        buttons = parts.layout.buttons
        buttons["star"].clicked.connect(self._star)
        buttons["tag"].clicked.connect(lambda: parts.article_commands.ask_tag([parts.article_shown()]))
        buttons["cite"].clicked.connect(self._cite)
        buttons["original"].clicked.connect(lambda: parts.pages.open_original(parts.article_shown()))
        parts.tabs.front_changed.connect(self.show_front)
        self.show_front()

    def show_front(self) -> None:
        """Fits the buttons to the page in front."""
        page, article = self._parts.tabs.view.page, self._parts.article_shown()
        self._is_starred = page is not None and page.is_starred
        for name in _BUTTONS:
            self._parts.layout.buttons[name].setVisible(bool(article))
        star, scheme = self._parts.layout.buttons["star"], self._parts.scheme
        star.setIcon(
            icon("starred" if self._is_starred else "star", scheme.accent if self._is_starred else scheme.quiet)
        )
        words = self.tr("Remove star") if self._is_starred else self.tr("Star (Ctrl+D)")
        star.setToolTip(words)
        star.setAccessibleName(words.partition(" (")[0])

    def _star(self) -> None:
        if article := self._parts.article_shown():
            self._parts.undo.star([article], not self._is_starred)

    def _cite(self) -> None:
        if article := self._parts.article_shown():
            QGuiApplication.clipboard().setText(self._parts.outgoing.citations([article]))
            self._parts.window.show_message(self.tr("Citation copied."))

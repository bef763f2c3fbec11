"""What tests do as a user does it: opening pages, clicking links by their words, dropping files, answering questions."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.widgets.questions import LineQuestion


def shown(parts: WindowParts) -> str:
    """The title of the page in front; "" for none."""
    return parts.tabs.view.page.title if parts.tabs.view.page else ""


def open_page(parts: WindowParts, qtbot: QtBot, kind: str, number: int, title: str) -> None:
    """Opens a page and waits until it is shown."""
    parts.tabs.visit(Address(kind, str(number)))
    qtbot.waitUntil(lambda: shown(parts) == title)


def click(parts: WindowParts, words: str) -> None:
    """Clicks the link on the page in front whose text begins with these words."""
    link = re.search(rf'<a (?:class="\w+" )?href="([^"]+)"[^>]*>\s*{re.escape(words)}', parts.tabs.view.html_shown)
    assert link is not None, f"no link “{words}”"
    parts.tabs.view.anchorClicked.emit(QUrl(link[1]))


def drop(parts: WindowParts, *paths: Path) -> None:
    """Drops files onto the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(parts.window, QDragEnterEvent(QPoint(600, 400), action, mime, button, keys))
    QApplication.sendEvent(parts.window, QDropEvent(QPointF(600, 400), action, mime, button, keys))


def offers(menu: QMenu) -> dict[str, QAction]:
    """The lines of a menu by their words."""
    return {action.text().replace("&", ""): action for action in menu.actions()}


def answer(text: str) -> None:
    """Types an answer into the question that comes up next."""

    def type_it() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, LineQuestion):
            dialog.box.setText(text)
            dialog.act.click()
        else:
            QTimer.singleShot(50, type_it)

    QTimer.singleShot(50, type_it)

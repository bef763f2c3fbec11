"""The design on the screen: palettes, icons in one stroke weight, the style of pages and widgets."""

from __future__ import annotations

import functools

from PySide6.QtCore import QDir, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from kbapp.paths import resource
from kbapp.ui.style.schemes import DARK, LIGHT, SANS, SEPIA, SERIF, Scheme
from kbapp.ui.style.stylesheet import widget_style


def scheme_for(theme: str) -> Scheme:
    """The scheme that the setting means; "system" follows the desktop."""
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return {"light": LIGHT, "dark": DARK, "sepia": SEPIA}[theme]


def palette(scheme: Scheme) -> QPalette:
    """The scheme as a Qt palette."""
    found = QPalette()
    roles = {
        QPalette.ColorRole.Window: scheme.sidebar,
        QPalette.ColorRole.Base: scheme.paper,
        QPalette.ColorRole.AlternateBase: scheme.surface,
        QPalette.ColorRole.Button: scheme.card,
        QPalette.ColorRole.ToolTipBase: scheme.card,
        QPalette.ColorRole.WindowText: scheme.text,
        QPalette.ColorRole.Text: scheme.text,
        QPalette.ColorRole.ButtonText: scheme.text,
        QPalette.ColorRole.ToolTipText: scheme.text,
        QPalette.ColorRole.PlaceholderText: scheme.quiet,
        QPalette.ColorRole.Highlight: scheme.accent,
        QPalette.ColorRole.HighlightedText: scheme.accent_text,
        QPalette.ColorRole.Link: scheme.accent,
        QPalette.ColorRole.LinkVisited: scheme.accent,
    }
    for role, colour in roles.items():
        found.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, role, QColor(scheme.faint))
    return found


def page_font(family: str, size: int) -> QFont:
    """The font of pages."""
    font = QFont()
    font.setFamilies([family, SERIF] if family else [SERIF])
    font.setPointSize(size)
    return font


@functools.cache
def load_typefaces() -> None:
    """Makes the bundled typefaces known, and the sans that of all widgets."""
    for file in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(SANS)
    font.setPixelSize(13)
    QApplication.setFont(font)


class SvgIconEngine(QIconEngine):
    """An icon of ours in a colour, drawn for the size and scale at which it is shown."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self._source = source

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.4)
        QSvgRenderer(self._source).render(painter, rect.toRectF())

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        found = QPixmap(size)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        self.paint(painter, found.rect(), mode, state)
        painter.end()
        return found

    def clone(self) -> QIconEngine:
        return SvgIconEngine(self._source)


@functools.lru_cache(maxsize=200)
def icon(name: str, colour: str) -> QIcon:
    """An icon of ours in a colour."""
    source = resource("icons", f"{name}.svg").read_text("utf-8").replace("#000", colour)
    return QIcon(SvgIconEngine(source.encode()))


def app_icon() -> QIcon:
    return QIcon(str(resource("icons", "kbapp.svg")))


def apply_theme(window: QWidget, scheme: Scheme) -> None:
    """Gives a window, and the dialogs of the program, the colours of a scheme."""
    # A search path keeps the folder's name out of the style sheet, which no quote, umlaut or percent sign in it can break.
    QDir.setSearchPaths("icons", [str(resource("icons"))])
    QApplication.setPalette(palette(scheme))
    window.setStyleSheet(widget_style(scheme))

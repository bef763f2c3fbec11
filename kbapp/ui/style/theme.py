"""The design on the screen: palettes, icons in one stroke weight, the style of pages and widgets."""

from __future__ import annotations

import functools

from PySide6.QtCore import QDir, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from kbapp.paths import resource
from kbapp.ui.style.schemes import DARK, LIGHT, SEPIA, SERIF, Scheme


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
        QPalette.ColorRole.Button: scheme.surface,
        QPalette.ColorRole.ToolTipBase: scheme.surface,
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


def widget_style(s: Scheme) -> str:
    """The style sheet of the window's widgets."""
    return f"""
    QMainWindow, QWidget#centre {{ background: {s.sidebar}; }}
    QToolBar {{ background: {s.sidebar}; border: 0; border-bottom: 1px solid {s.line}; padding: 6px 8px; spacing: 4px; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 5px; color: {s.text}; }}
    QToolButton:hover {{ background: {s.hover}; }}
    QToolButton:focus, QPushButton:focus, QComboBox:focus {{ border: 1px solid {s.accent}; }}
    QToolButton#facet {{ padding: 4px 2px; }}
    QToolButton::menu-indicator {{ image: none; }}
    QLineEdit, QComboBox, QSpinBox {{ background: {s.surface}; border: 1px solid {s.line}; border-radius: 7px; padding: 5px 9px; color: {s.text};
        selection-background-color: {s.accent}; selection-color: {s.accent_text}; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: 22px; background: transparent; }}
    QSpinBox::down-arrow {{ image: url(icons:down.svg); width: 12px; height: 12px; }}
    QSpinBox::up-arrow {{ image: url(icons:up.svg); width: 12px; height: 12px; }}
    QLineEdit:focus, QSpinBox:focus {{ border: 1px solid {s.accent}; }}
    QPushButton {{ background: {s.surface}; border: 1px solid {s.line}; border-radius: 7px; padding: 6px 14px; color: {s.text}; }}
    QPushButton:hover {{ background: {s.hover}; }}
    QPushButton:default, QPushButton#primary {{ background: {s.accent}; color: {s.accent_text}; border: 1px solid {s.accent}; }}
    QPushButton:disabled, QPushButton:default:disabled {{ background: {s.surface}; color: {s.faint}; border: 1px solid {s.line}; }}
    QTreeWidget {{ background: {s.sidebar}; border: 0; outline: 0; padding: 6px; color: {s.text}; }}
    QTreeWidget::item {{ padding: 5px 6px; border-radius: 6px; }}
    QTreeWidget::item:hover {{ background: {s.hover}; }}
    QTreeWidget::item:selected {{ background: {s.selected}; color: {s.text}; }}
    QTreeWidget::item:selected:active {{ border: 1px solid {s.accent}; }}
    QTreeWidget::item:selected:!active {{ border: 1px solid {s.selected}; }}
    QTreeWidget::branch {{ background: {s.sidebar}; }}
    QListView {{ background: {s.surface}; border: 0; outline: 0; }}
    QTextEdit, QPlainTextEdit {{ background: {s.surface}; border: 1px solid {s.line}; border-radius: 7px; padding: 6px; color: {s.text};
        selection-background-color: {s.accent}; selection-color: {s.accent_text}; }}
    QTextEdit:focus, QPlainTextEdit:focus {{ border: 1px solid {s.accent}; }}
    QTextBrowser, QTextBrowser:focus {{ background: {s.paper}; border: 0; border-radius: 0; padding: 0; color: {s.text}; }}
    QComboBox::drop-down {{ border: 0; width: 22px; }}
    QComboBox::down-arrow {{ image: url(icons:down.svg); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {s.surface}; color: {s.text}; border: 1px solid {s.line}; selection-background-color: {s.selected};
        selection-color: {s.text}; }}
    QListWidget {{ background: {s.surface}; border: 0; color: {s.text}; outline: 0; }}
    QListWidget::item {{ padding: 6px 8px; border-radius: 5px; }}
    QListWidget::item:selected {{ background: {s.selected}; color: {s.text}; }}
    QLabel#quiet {{ color: {s.quiet}; }}
    QLabel#warn {{ color: {s.warn}; }}
    QLabel#heading {{ font-weight: 600; color: {s.text}; }}
    QWidget#listpane {{ background: {s.surface}; border-left: 1px solid {s.line}; border-right: 1px solid {s.line}; }}
    QWidget#pagepane {{ background: {s.paper}; }}
    QWidget#notespane {{ background: {s.sidebar}; border-left: 1px solid {s.line}; }}
    QFrame#importbar {{ background: {s.surface}; border-top: 1px solid {s.line}; }}
    QProgressBar {{ background: {s.line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent; }}
    QProgressBar::chunk {{ background: {s.accent}; border-radius: 3px; }}
    QSplitter::handle {{ background: {s.line}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QTabBar {{ background: {s.sidebar}; }}
    QTabBar::tab {{ background: {s.sidebar}; color: {s.quiet}; padding: 7px 14px; border: 0; border-right: 1px solid {s.line}; max-width: 220px; }}
    QTabBar::tab:selected {{ background: {s.paper}; color: {s.text}; }}
    QTabBar::close-button {{ image: url(icons:close.svg); width: 12px; height: 12px; border-radius: 4px; padding: 2px; }}
    QTabBar::close-button:hover {{ background: {s.hover}; }}
    QTabWidget::pane {{ border: 0; }}
    QStatusBar {{ background: {s.sidebar}; color: {s.quiet}; border-top: 1px solid {s.line}; }}
    QStatusBar::item {{ border: 0; }}
    QMenuBar {{ background: {s.sidebar}; color: {s.text}; }}
    QMenuBar::item {{ padding: 4px 9px; background: transparent; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {s.selected}; color: {s.text}; }}
    QMenu {{ background: {s.surface}; color: {s.text}; border: 1px solid {s.line}; padding: 5px; }}
    QMenu::item {{ padding: 5px 26px 5px 18px; border-radius: 5px; }}
    QMenu::item:disabled {{ color: {s.faint}; }}
    QMenu::separator {{ height: 1px; background: {s.line}; margin: 5px 8px; }}
    QToolTip {{ background: {s.surface}; color: {s.text}; border: 1px solid {s.line}; padding: 4px 7px; }}
    QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
    QScrollBar::handle {{ background: {s.line}; border-radius: 5px; min-height: 34px; min-width: 34px; }}
    QScrollBar::handle:hover {{ background: {s.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; width: 0; height: 0; }}
    QDialog {{ background: {s.paper}; color: {s.text}; }}
    QFrame#drop {{ background: {s.selected}; border: 2px dashed {s.accent}; border-radius: 14px; }}
    QFrame#drop QLabel {{ color: {s.text}; }}
    """


def page_style(s: Scheme) -> str:
    """The style sheet of pages, in the part of CSS that Qt's rich text knows."""
    marks = "\n".join(f".mark-{name} {{ background-color: {colour}; }}" for name, colour in s.marks)
    return f"""
    body, p, li, td {{ color: {s.text}; }}
    p {{ margin-top: 0; margin-bottom: 14px; line-height: 150%; }}
    p.tight {{ margin-bottom: 4px; }}
    h1 {{ font-size: xx-large; font-weight: 700; margin-top: 2px; margin-bottom: 8px; line-height: 115%; color: {s.text}; }}
    h2 {{ font-size: large; font-weight: 700; margin-top: 24px; margin-bottom: 8px; color: {s.text}; }}
    h3 {{ font-size: medium; font-weight: 700; margin-top: 16px; margin-bottom: 2px; color: {s.text}; }}
    a {{ color: {s.accent}; text-decoration: none; }}
    a.person {{ color: {s.accent}; }}
    a.unsure {{ color: {s.text}; }}
    a.web {{ color: {s.text}; text-decoration: underline; }}
    .gone {{ color: {s.warn}; text-decoration: line-through; }}
    .new {{ background-color: {dict(s.marks)["green"]}; }}
    p.picture {{ line-height: 100%; margin-bottom: 6px; }}
    a.quiet {{ color: {s.quiet}; }}
    a.title {{ color: {s.text}; }}
    a.bar {{ color: {s.accent}; }}
    .kicker {{ color: {s.quiet}; font-size: small; margin-bottom: 2px; margin-top: 30px; }}
    .dek {{ font-size: large; color: {s.quiet}; margin-bottom: 10px; line-height: 130%; }}
    .byline {{ margin-bottom: 4px; }}
    .cast, .figures, .quiet {{ color: {s.quiet}; }}
    .cast {{ font-size: small; margin-bottom: 4px; line-height: 140%; }}
    .faint {{ color: {s.faint}; }}
    .end {{ font-size: 1pt; margin: 0; }}
    .small {{ font-size: small; }}
    .warn {{ color: {s.warn}; font-size: small; }}
    .hint {{ background-color: {s.selected}; }}
    .quote {{ margin-left: 22px; margin-right: 10px; font-style: italic; }}
    .passage {{ margin-left: 14px; color: {s.quiet}; font-style: italic; margin-bottom: 2px; }}
    .snippet {{ margin-left: 14px; margin-bottom: 8px; }}
    .upright {{ font-style: normal; }}
    .bio {{ color: {s.quiet}; font-style: italic; }}
    .caption, .outline {{ color: {s.quiet}; font-size: small; }}
    pre {{ background-color: {s.sidebar}; }}
    table.data td {{ border-bottom: 1px solid {s.line}; }}
    hr {{ background-color: {s.line}; }}
    {marks}
    """


def page_font(family: str, size: int) -> QFont:
    """The font of pages."""
    font = QFont()
    font.setFamilies([family, *SERIF] if family else SERIF)
    font.setPointSize(size)
    return font


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

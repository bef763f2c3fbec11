"""The style sheets of widgets and of pages, written for a scheme."""

from __future__ import annotations

from kbapp.ui.style.schemes import BAR, SANS, SERIF, Scheme

_POINT = 96 / 72  # pixels


def widget_style(s: Scheme) -> str:
    """The style sheet of the window's widgets."""
    return f"""
    QMainWindow, QWidget#centre {{ background: {s.sidebar}; }}
    QWidget#sidehead, QWidget#sidefoot {{ background: {s.sidebar}; }}
    QWidget#sidefoot {{ border-top: 1px solid {s.line}; }}
    QWidget#listhead, QWidget#pagehead {{ background: {s.surface}; border-bottom: 1px solid {s.line}; }}
    QWidget#pagebar {{ background: {s.paper}; }}
    QToolButton {{ border: 2px solid transparent; border-radius: 7px; padding: 4px; color: {s.text}; }}
    QToolButton:hover {{ background: {s.hover}; }}
    QToolButton:checked {{ background: {s.soft}; color: {s.accent}; }}
    QToolButton:focus, QPushButton:focus {{ border: 2px solid {s.accent}; }}
    QToolButton#library {{ font-weight: 600; padding: 4px 6px; }}
    QToolButton#chip {{ border: 1px solid {s.line2}; border-radius: 12px; padding: 2px 5px; color: {s.quiet}; font-size: 12px; }}
    QToolButton#morechip {{ border: 1px dashed {s.line2}; border-radius: 12px; padding: 2px 4px; color: {s.quiet}; font-size: 12px; }}
    QToolButton#chip:checked {{ background: {s.soft}; border-color: {s.soft}; color: {s.accent}; font-weight: 500; }}
    QToolButton#chip:focus {{ border: 2px solid {s.accent}; padding: 1px 4px; }}
    QToolButton#morechip:focus {{ border: 2px solid {s.accent}; padding: 1px 3px; }}
    QToolButton#link {{ color: {s.accent}; font-weight: 500; }}
    QToolButton::menu-indicator {{ image: none; }}
    QLineEdit, QComboBox, QSpinBox, QDateEdit {{ background: {s.card}; border: 1px solid {s.line2}; border-radius: 8px; padding: 5px 9px;
        color: {s.text}; selection-background-color: {s.accent}; selection-color: {s.accent_text}; min-height: 20px; }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QDateEdit:focus {{ border: 2px solid {s.accent}; padding: 4px 8px; }}
    QLineEdit#filter {{ padding: 3px 9px; }}
    QLineEdit#filter:focus {{ padding: 2px 8px; }}
    QComboBox#order {{ background: transparent; border: 1px solid transparent; color: {s.quiet}; padding: 2px 4px; font-size: 12px; }}
    QComboBox#order:focus {{ border: 2px solid {s.accent}; padding: 1px 3px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: 22px; background: transparent; }}
    QSpinBox::down-arrow {{ image: url(icons:down.svg); width: 12px; height: 12px; }}
    QSpinBox::up-arrow {{ image: url(icons:up.svg); width: 12px; height: 12px; }}
    QComboBox::drop-down {{ border: 0; width: 20px; }}
    QComboBox::down-arrow {{ image: url(icons:down.svg); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {s.card}; color: {s.text}; border: 1px solid {s.line2}; padding: 4px; outline: 0;
        selection-background-color: {s.selected}; selection-color: {s.text}; }}
    QPushButton {{ background: {s.card}; border: 1px solid {s.line2}; border-radius: 8px; padding: 5px 14px; color: {s.text}; font-weight: 500;
        min-height: 20px; }}
    QPushButton:hover {{ background: {s.hover}; }}
    QPushButton:focus {{ padding: 4px 13px; }}
    QPushButton#primary {{ background: {s.accent}; color: {s.accent_text}; border: 1px solid {s.accent}; }}
    QPushButton#primary:focus {{ border: 2px solid {s.text}; }}
    QPushButton#danger {{ color: {s.warn}; }}
    QPushButton:disabled, QPushButton#primary:disabled {{ background: {s.hover}; color: {s.quiet}; border: 1px solid {s.hover}; }}
    QTreeView {{ background: {s.sidebar}; border: 0; outline: 0; padding: 4px 0; color: {s.text}; }}
    QTreeView::item, QTreeView::branch {{ background: {s.sidebar}; border: 0; }}
    QListView, QTableView {{ background: {s.surface}; border: 0; outline: 0; color: {s.text}; gridline-color: {s.line}; }}
    QTableView::item {{ border: 0; border-bottom: 1px solid {s.line}; padding: 0 7px; }}
    QTableView::item:selected {{ background: {s.selected}; color: {s.text}; }}
    QHeaderView {{ background: {s.surface}; border: 0; }}
    QHeaderView::section {{ background: {s.surface}; color: {s.quiet}; border: 0; border-bottom: 1px solid {s.line}; padding: 6px 10px;
        font-size: 12px; }}
    QTextEdit, QPlainTextEdit {{ background: {s.card}; border: 1px solid {s.line2}; border-radius: 10px; padding: 6px; color: {s.text};
        selection-background-color: {s.accent}; selection-color: {s.accent_text}; }}
    QTextEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {s.accent}; padding: 5px; }}
    QTextBrowser, QTextBrowser:focus {{ background: {s.paper}; border: 0; border-radius: 0; padding: 0; color: {s.text}; }}
    QListWidget {{ background: {s.card}; border: 0; color: {s.text}; outline: 0; }}
    QListWidget::item {{ padding: 6px 8px; border-radius: 8px; }}
    QListWidget::item:selected {{ background: {s.selected}; color: {s.text}; }}
    QLabel {{ color: {s.text}; }}
    QLabel#quiet {{ color: {s.quiet}; font-size: 12px; }}
    QLabel#hint {{ background: {s.soft}; color: {s.text}; border-radius: 8px; padding: 8px 12px; font-size: 12px; }}
    QLabel#warn {{ color: {s.warn}; }}
    QLabel#heading {{ font-weight: 600; font-size: 15px; }}
    QLabel#section {{ font-weight: 600; }}
    QLabel#dialogtitle {{ font-size: 19px; font-weight: 600; }}
    QWidget#listpane {{ background: {s.surface}; border-left: 1px solid {s.line}; border-right: 1px solid {s.line}; }}
    QWidget#pagepane {{ background: {s.paper}; }}
    QWidget#notespane {{ background: {s.surface}; border-left: 1px solid {s.line}; }}
    QWidget#inspectorhead {{ background: {s.surface}; border-bottom: 1px solid {s.line}; }}
    QFrame#segments {{ background: {s.hover}; border-radius: 8px; }}
    QToolButton#segment {{ color: {s.quiet}; border: 2px solid transparent; border-radius: 7px; padding: 3px 6px; font-size: 13px; font-weight: 500; }}
    QToolButton#segment:checked {{ background: {s.card}; color: {s.text}; font-weight: 600; }}
    QToolButton#segment:focus {{ border: 2px solid {s.accent}; }}
    QScrollArea#plainarea, QWidget#plainholder {{ background: transparent; border: 0; }}
    QFrame#field {{ border: 2px solid transparent; border-bottom: 1px solid {s.line}; }}
    QFrame#field:hover {{ background: {s.hover}; }}
    QFrame#field:focus {{ border: 2px solid {s.accent}; }}
    QLabel#quotation {{ font-family: "{SERIF}"; font-size: 15px; font-style: italic; }}
    QLabel#same {{ color: {s.good}; font-weight: 500; }}
    QLabel#fieldname, QLabel#found {{ color: {s.quiet}; font-size: 12px; }}
    QLabel#yours {{ color: {s.accent}; font-size: 12px; font-weight: 500; }}
    QLabel#unsure {{ color: {s.warn}; font-size: 12px; }}
    QLabel#novalue {{ color: {s.quiet}; }}
    QLabel#warning {{ color: {s.warn}; font-size: 12px; }}
    QPushButton#link {{ background: transparent; border: 2px solid transparent; color: {s.accent}; padding: 0; text-align: left; min-height: 18px; }}
    QPushButton#personname {{ background: transparent; border: 2px solid transparent; padding: 0; text-align: left; min-height: 18px; }}
    QPushButton#personname:hover {{ color: {s.accent}; }}
    QPushButton#personname:focus {{ border: 2px solid {s.accent}; border-radius: 4px; }}
    QPushButton#link:hover {{ text-decoration: underline; }}
    QPushButton#link:focus, QToolButton#why:focus {{ border: 2px solid {s.accent}; border-radius: 4px; }}
    QToolButton#why {{ color: {s.quiet}; font-size: 12px; padding: 0; border: 2px solid transparent; }}
    QFrame#card {{ background: {s.card}; border: 1px solid {s.line}; border-radius: 10px; }}
    QFrame#popover {{ background: {s.card}; border: 1px solid {s.line2}; border-radius: 12px; }}
    QFrame#selectionbar {{ background: {s.soft}; border-top: 1px solid {s.line}; }}
    QFrame#toast {{ background: {s.toast[0]}; border-radius: 10px; }}
    QFrame#toast QLabel {{ color: {s.toast[1]}; background: transparent; }}
    QFrame#toast QPushButton {{ color: {s.toast[2]}; background: transparent; border: 2px solid transparent; font-weight: 600; padding: 2px 6px; }}
    QFrame#toast QPushButton:focus {{ border: 2px solid {s.toast[2]}; }}
    QFrame#importbar {{ background: {s.surface}; border-top: 1px solid {s.line}; }}
    QProgressBar {{ background: {s.line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent; }}
    QProgressBar::chunk {{ background: {s.accent}; border-radius: 3px; }}
    QSplitter::handle {{ background: {s.line}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QTabWidget::tab-bar {{ left: 0; }}
    QTabBar {{ background: {s.surface}; }}
    QTabBar::tab {{ background: {s.surface}; color: {s.quiet}; padding: 0 14px; height: 47px; border: 0; border-right: 1px solid {s.line};
        border-bottom: 1px solid {s.line}; max-width: 210px; }}
    QTabBar::tab:selected {{ background: {s.paper}; color: {s.text}; font-weight: 500; border-bottom: 1px solid {s.paper}; }}
    QTabBar::tab:focus {{ color: {s.accent}; }}
    QTabBar::close-button {{ image: url(icons:close.svg); width: 12px; height: 12px; border-radius: 4px; padding: 2px; }}
    QTabBar::close-button:hover {{ background: {s.hover}; }}
    QTabWidget::pane {{ border: 0; border-top: {BAR}px solid {s.paper}; }}
    QStatusBar {{ background: {s.sidebar}; color: {s.quiet}; border-top: 1px solid {s.line}; font-size: 12px; }}
    QStatusBar::item {{ border: 0; }}
    QStatusBar QLabel {{ color: {s.quiet}; font-size: 12px; }}
    QMenuBar {{ background: {s.sidebar}; color: {s.text}; }}
    QMenuBar::item {{ padding: 4px 9px; background: transparent; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {s.selected}; color: {s.text}; }}
    QMenu {{ background: {s.card}; color: {s.text}; border: 1px solid {s.line2}; padding: 6px; }}
    QMenu::item {{ padding: 6px 26px 6px 18px; border-radius: 6px; }}
    QMenu::item:disabled {{ color: {s.faint}; }}
    QMenu::separator {{ height: 1px; background: {s.line}; margin: 5px 8px; }}
    QToolTip {{ background: {s.card}; color: {s.text}; border: 1px solid {s.line2}; padding: 4px 7px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {s.line2}; border-radius: 3px; min-height: 34px; margin: 0 3px; }}
    QScrollBar::handle:horizontal {{ background: {s.line2}; border-radius: 3px; min-width: 34px; margin: 3px 0; }}
    QScrollBar::handle:vertical:hover {{ background: {s.faint}; border-radius: 5px; margin: 0 1px; }}
    QScrollBar::handle:horizontal:hover {{ background: {s.faint}; border-radius: 5px; margin: 1px 0; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; width: 0; height: 0; }}
    QDialog {{ background: {s.card}; color: {s.text}; }}
    QFrame#drop {{ background: {s.selected}; border: 2px dashed {s.accent}; border-radius: 14px; }}
    QFrame#drop QLabel {{ color: {s.text}; font-size: 19px; font-weight: 600; }}
    """


def page_style(s: Scheme, size: float = 13) -> str:
    """The style sheet of pages, in the part of CSS that Qt's rich text knows; ``size`` is that of running text in points.

    Reading is set in the serif, everything about it in the sans; sizes keep their proportions when the text is enlarged.
    Heights of lines are shares of the typeface's own spacing, which is 1.25 of its size in the serif and 1.21 in the sans.
    """
    text = size * _POINT

    def px(of_seventeen: float) -> str:
        return f"{round(text * of_seventeen / 17)}px"

    marks = "\n".join(f".mark-{name} {{ background-color: {colour}; }}" for name, colour in s.marks)
    return f"""
    body, p, li, td {{ color: {s.text}; }}
    p {{ margin-top: 0; margin-bottom: {px(14)}; line-height: 124%; }}
    li {{ line-height: 120%; }}
    p.tight {{ margin-bottom: 4px; line-height: 104%; }}
    h1 {{ font-family: "{SERIF}"; font-size: {px(31)}; font-weight: 600; margin-top: 2px; margin-bottom: 8px; line-height: 94%; color: {s.text}; }}
    h1.name {{ font-size: {px(28)}; margin-bottom: 2px; }}
    h2 {{ font-family: "{SERIF}"; font-size: {px(20)}; font-weight: 600; margin-top: 22px; margin-bottom: 8px; color: {s.text}; }}
    h3 {{ font-family: "{SERIF}"; font-size: {px(17)}; font-weight: 600; margin-top: 16px; margin-bottom: 2px; color: {s.text}; }}
    .cardhead {{ font-family: "{SANS}"; font-size: 13px; font-weight: 600; margin-bottom: 6px; line-height: 110%; }}
    b, strong, .strong {{ font-weight: 600; }}
    .gap {{ font-size: 10px; margin: 0; line-height: 100%; }}
    a {{ color: {s.accent}; text-decoration: none; }}
    a.person {{ color: {s.text}; }}
    a.unsure {{ color: {s.text}; }}
    a.web {{ color: {s.text}; text-decoration: underline; }}
    a.quiet {{ color: {s.quiet}; }}
    a.title {{ color: {s.text}; }}
    a.bar {{ color: {s.accent}; }}
    .sans {{ font-family: "{SANS}"; font-size: 13px; }}
    .gone {{ color: {s.warn}; text-decoration: line-through; }}
    .new {{ background-color: {dict(s.marks)["green"]}; }}
    p.picture {{ line-height: 100%; margin-bottom: 6px; }}
    .kicker {{ font-family: "{SANS}"; font-size: 12px; font-weight: 500; color: {s.quiet}; margin-bottom: 6px; margin-top: 24px; line-height: 107%; }}
    .dek {{ font-size: {px(19)}; color: {s.quiet}; margin-bottom: 12px; line-height: 110%; }}
    .byline {{ font-family: "{SANS}"; font-size: 13px; margin-bottom: 8px; color: {s.quiet}; }}
    a.author {{ font-weight: 600; }}
    .cast, .figures, .quiet {{ color: {s.quiet}; }}
    .cast, .figures {{ font-family: "{SANS}"; font-size: 13px; margin-bottom: 6px; line-height: 120%; }}
    .role {{ font-family: "{SANS}"; font-size: 14px; margin-bottom: 4px; line-height: 112%; }}
    .number {{ font-family: "{SANS}"; font-size: 19px; font-weight: 600; color: {s.text}; margin-bottom: 0; line-height: 99%; }}
    .label {{ font-family: "{SANS}"; font-size: 12px; color: {s.quiet}; margin-bottom: 0; line-height: 107%; }}
    .row {{ font-family: "{SANS}"; font-size: 13px; margin-bottom: 0; line-height: 112%; }}
    .faint {{ color: {s.faint}; }}
    .end {{ font-size: 1pt; margin: 0; }}
    .small {{ font-family: "{SANS}"; font-size: 12px; line-height: 116%; }}
    .warn {{ font-family: "{SANS}"; color: {s.warn}; font-size: 12px; }}
    .hint {{ font-family: "{SANS}"; font-size: 13px; background-color: {s.soft}; }}
    .warning {{ font-family: "{SANS}"; font-size: 13px; background-color: {s.warn_soft}; color: {s.text}; line-height: 116%; }}
    .quote {{ margin-left: 22px; margin-right: 10px; }}
    .said {{ font-size: {px(15)}; margin-bottom: 2px; line-height: 116%; }}
    .passage {{ margin-left: 14px; color: {s.quiet}; font-style: italic; margin-bottom: 2px; }}
    .snippet {{ font-size: {px(14)}; margin-bottom: 8px; line-height: 114%; }}
    .upright {{ font-style: normal; }}
    .bio {{ font-size: {px(15)}; color: {s.quiet}; font-style: italic; line-height: 116%; }}
    .caption, .outline {{ font-family: "{SANS}"; color: {s.quiet}; font-size: 12px; }}
    pre {{ background-color: {s.sidebar}; font-size: 13px; }}
    table.data td {{ font-family: "{SANS}"; font-size: 13px; border-bottom: 1px solid {s.line}; }}
    hr {{ background-color: {s.line}; }}
    {marks}
    """

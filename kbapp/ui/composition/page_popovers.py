"""What comes over a page: the bar at selected words, the card on a name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent

from kbapp.i18n import joined, plain_date
from kbapp.library.articles import repository as articles
from kbapp.rendering.addresses import Address, parse
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.notes.commands import COLOURS
from kbapp.ui.pages.page_view import PageView
from kbapp.ui.people.controller import PersonGlimpse

HOVER = 350  # milliseconds that the pointer rests on a name before its card comes


class PagePopovers(QObject):
    """Connects the bar and the card of one window."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._person, self._name_area = 0, QRect()
        self._timer = QTimer(self, singleShot=True, interval=HOVER)
        self._timer.timeout.connect(self._ask)
        bar, card = parts.text_bar, parts.person_card
        bar.colour_chosen.connect(parts.note_commands.highlight)
        bar.note_wanted.connect(lambda: parts.note_commands.highlight(COLOURS[0][0]))
        bar.person_wanted.connect(self._mark_person)
        bar.search_wanted.connect(self._search)
        bar.copy_wanted.connect(self._copy)
        parts.people.glimpse_ready.connect(self._show)
        card.opened.connect(lambda person: parts.tabs.visit(Address("person", str(person))))
        parts.tabs.view_added.connect(self._watch)
        parts.tabs.front_changed.connect(self._page_changed)
        self._watch(parts.tabs.view)

    def _watch(self, view: PageView) -> None:
        self._parts.text_bar.watch(view)
        view.highlighted.connect(lambda link: self._hovered(view, link))
        view.verticalScrollBar().valueChanged.connect(self._drop)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes the card before it means anything else."""
        card = self._parts.person_card
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and card.isVisible()
        ):
            self._drop()
            return True
        return super().eventFilter(watched, event)

    # --- the card on a name -------------------------------------------------------------------------------------------
    def _hovered(self, view: PageView, link: QUrl) -> None:
        address = parse(link.toString())
        if address is None or address.kind not in ("person", "author"):
            self._person = 0
            self._timer.stop()
            self._parts.people.drop_glimpse()
            return
        here = view.viewport().mapFromGlobal(QCursor.pos())
        self.rest_on(address.number, view, here)

    def rest_on(self, person: int, view: PageView, at: QPoint) -> None:
        """The pointer rests on the name of a person, at a point of the page's viewport."""
        area = view.link_area(at)
        corner = view.viewport().mapTo(self._parts.window, area.topLeft())
        self._person, self._name_area = person, QRect(corner, area.size())
        self._timer.start()

    def _ask(self) -> None:
        if self._person and not self._parts.tabs.view.textCursor().hasSelection():
            self._parts.people.glimpse(self._person, self._parts.article_shown())

    def _show(self, person: PersonGlimpse) -> None:
        if person.id == self._person:
            portrait = self._parts.notes.picture(f"kb:picture/{person.portrait}") if person.portrait else b""
            self._parts.person_card.show_person(person, self._name_area, portrait)

    def _drop(self) -> None:
        self._person = 0
        self._timer.stop()
        self._parts.people.drop_glimpse()
        self._parts.person_card.hide()

    def _page_changed(self) -> None:
        self._drop()
        if not self._parts.tabs.view.textCursor().hasSelection():
            self._parts.text_bar.hide()

    # --- the bar at selected words ------------------------------------------------------------------------------------
    def _mark_person(self) -> None:
        if (passage := self._parts.passage()) is not None:
            self._parts.person_menu.ask_mark(passage.article, passage.words)

    def _search(self) -> None:
        if (passage := self._parts.passage()) is not None:
            words = " ".join(passage.words.split()).replace('"', "")
            self._parts.search_box.setText(f'"{words}"')

    def _copy(self) -> None:
        """The words in quotation marks, and below them who wrote them, where and when."""
        if (passage := self._parts.passage()) is None:
            return
        article = articles.get(self._parts.context.library, passage.article).article
        by = ", ".join(author.name for author in article.authors)
        where = joined((by, article.title, article.source, plain_date(article.published), article.url))
        QGuiApplication.clipboard().setText(f"“{passage.words}”\n{where}")
        self._parts.window.show_message(self.tr("Copied with its citation."))

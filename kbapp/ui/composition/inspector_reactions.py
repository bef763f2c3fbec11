"""Keeps the inspector at the page in front, and does what is wanted in it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.events import ChangeSet, Kind
from kbapp.ui.inspector.values import ArticleInfo


class InspectorReactions(QObject):
    """Connects the inspector of a complete window."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts = parts
        inspector, controller, info, people = (
            parts.layout.inspector,
            parts.inspector,
            parts.info_page,
            parts.people_page,
        )
        inspector.add_page("info", info)
        inspector.add_page("people", people)
        parts.tabs.front_changed.connect(self.show_front)
        parts.context.events.changed.connect(self._refresh)
        controller.info_ready.connect(self._show)
        controller.refused.connect(info.show_refused)
        info.edited.connect(controller.edit)
        info.reset_wanted.connect(controller.reset)
        info.tag_added.connect(controller.add_tag)
        info.tag_removed.connect(controller.remove_tag)
        people.opened.connect(lambda person: parts.tabs.visit(Address("person", str(person))))
        parts.panel.wanted.connect(self._show_notes)
        self.show_front()

    def show_front(self) -> None:
        """Asks for what is known of the page in front."""
        article = self._parts.article_shown()
        self._parts.layout.inspector.show_article(bool(article))
        if article:
            self._parts.inspector.fetch(article)
        else:
            self._parts.layout.inspector.show_count("people", None)

    def _show(self, info: ArticleInfo) -> None:
        if info.article == self._parts.article_shown():
            self._parts.info_page.show_info(info)
            self._parts.people_page.show_people(info.people)
            self._parts.layout.inspector.show_count("people", len(info.people))

    def _refresh(self, change: ChangeSet) -> None:
        if any(map(change.touches, (Kind.ARTICLE, Kind.PERSON, Kind.TAG))):
            self.show_front()

    def _show_notes(self) -> None:
        """The notes are to be written in."""
        inspector = self._parts.layout.inspector
        inspector.show()
        inspector.show_page("notes")

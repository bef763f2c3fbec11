"""Reads what is known of an article, and changes its fields and tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from kbapp.domain import Article, Mention
from kbapp.errors import UserError
from kbapp.i18n import message, plain_date, translated
from kbapp.library.articles import edits
from kbapp.library.articles import repository as articles
from kbapp.library.articles.rows import StoredArticle
from kbapp.library.undo import Change, Command
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet, Kind
from kbapp.ui.core.undo import UndoController
from kbapp.ui.inspector.values import ArticleInfo, FieldEdit, InfoField, NamedPerson, RefusedEdit

_REASONS = 3  # different reasons that are given for one person
_USER = "user"  # what an article's provenance says of a field that the user has set
_BETWEEN_AUTHORS = re.compile(r"\s*[;\n]\s*")


class InspectorController(Controller):
    """What the inspector asks for and changes. ``info_ready`` answers ``fetch``; ``refused`` says why an edit was not kept."""

    info_ready = Signal(ArticleInfo)
    refused = Signal(RefusedEdit)

    def __init__(self, context: AppContext, undo: UndoController, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library, self._undo = context.library, undo
        self._reading = self.lane("inspector", latest=True)

    def fetch(self, article: int) -> None:
        """Reads what is known of an article; one that is gone is not told of, its page says so."""
        self._reading.submit(lambda: self._read(article), self.info_ready.emit, lambda _error: None)

    def edit(self, edit: FieldEdit) -> None:
        """Sets a field to what the user typed; it can be undone."""
        value: str | list[str] = edit.text
        if edit.field == "authors":
            value = [name for name in _BETWEEN_AUTHORS.split(edit.text.strip()) if name]
        elif edit.field == "language":
            value = _language_code(edit.text)

        def change() -> Change | None:
            try:
                return self._undo.commands.edit_article(edit.article, {edit.field: value})
            except UserError as error:
                self.refused.emit(RefusedEdit(edit, message(error)))
                raise

        self._undo.push(Command.EDIT_ARTICLE, change, _touched(edit.article))

    def reset(self, article: int, field: str) -> None:
        """Shows again what the file says of a field; it can be undone."""
        commands = self._undo.commands
        self._undo.push(Command.RESET_ARTICLE, lambda: commands.reset_article(article, [field]), _touched(article))

    def add_tag(self, article: int, tag: str) -> None:
        self._undo.tag([article], tag)

    def remove_tag(self, article: int, tag: str) -> None:
        commands = self._undo.commands
        self._undo.push(
            Command.REMOVE_TAG, lambda: commands.remove_tag([article], tag), ChangeSet.of_articles([article])
        )

    def _read(self, number: int) -> ArticleInfo:
        stored = articles.get(self.library, number)
        article = stored.article
        read = edits.read_values(self.library.db, number)
        people = tuple(
            NamedPerson(person, each.name, each.description or "", len(each.mentions), _reasons(each.mentions))
            for person, each in zip(stored.people_ids, article.people, strict=True)
        )
        return ArticleInfo(
            article=number,
            fields=tuple(_field(article, name, read) for name in edits.FIELDS),
            tags=tuple(sorted(article.tags, key=str.casefold)),
            people=tuple(sorted(people, key=lambda each: (-each.mentions, each.name))),
            warnings=tuple(message(notice) for notice in article.warnings),
            origin=self._origin(stored),
        )

    def _origin(self, stored: StoredArticle) -> str:
        added = plain_date(stored.imported)
        if not stored.source_file:
            return self.tr("Added on {0}.").format(added)
        return self.tr("Added on {0} from {1}.").format(added, stored.source_file)


def _touched(article: int) -> ChangeSet:
    return ChangeSet(articles=frozenset([article]), kinds=frozenset([Kind.PERSON, Kind.TAG]))


def _field(article: Article, name: str, read: dict[str, Any]) -> InfoField:
    """A field as it is shown; ``read`` has what the file says of those that the user has set."""
    found = article.provenance.get(name, "")
    is_yours = name in read
    if name == "authors":
        value = text = "; ".join(author.name for author in article.authors)
    else:
        text = str(getattr(article, name) or "")
        value = _in_words(name, text)
    shown = translated("you") if is_yours else _place(found) if text else translated("not found")
    return InfoField(
        name, value, text, shown, is_yours, name in article.unsure, _read_words(name, read[name]) if is_yours else None
    )


def _in_words(name: str, text: str) -> str:
    if name == "published":
        return plain_date(text)
    return _language_name(text) if name == "language" else text


def _read_words(name: str, value: Any) -> str:
    if name == "authors":
        return "; ".join(value)
    return _in_words(name, str(value or ""))


def _place(found: str) -> str:
    """Where a field was found, in words."""
    if found == _USER:
        return translated("you")
    known = {"json-ld": "JSON-LD", "microdata": "Microdata"}
    return known.get(found) or translated(found)


def _reasons(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Why the places were taken for a person, each reason once, in words."""
    found = dict.fromkeys(mention.reason for mention in mentions if mention.reason)
    return tuple(", ".join(translated(part) for part in reason.split(", ")) for reason in list(found)[:_REASONS])


def _language_name(code: str) -> str:
    """What a language is called, in that of the window; its code where Qt does not know it."""
    language = QLocale(code.replace("-", "_")).language()
    known = bool(code) and language != QLocale.Language.C
    return translated(QLocale.languageToString(language)) if known else code


def _language_code(text: str) -> str:
    """The code of a language that is called so, in the window's language, in English or in itself; else the text as it is."""
    wanted = text.strip().casefold()
    if len(wanted) < 4 or "-" in wanted:
        return wanted
    for language in QLocale.Language:
        if language not in (QLocale.Language.AnyLanguage, QLocale.Language.C):
            english = QLocale.languageToString(language)
            names = (english, translated(english), QLocale(language).nativeLanguageName())
            if wanted in (name.casefold() for name in names):
                return QLocale.languageToCode(language)
    return wanted

"""What the user does to the library, from the window and from the command line: one method a change, each taken back by id.

``origin`` names who does it (one window, one run of the command line), so that each takes back its own changes. Every method
is one transaction and returns the Change that the journal holds, or None when nothing had to change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kbapp.domain import Anchor, Subject
from kbapp.errors import Code, NotFound
from kbapp.library import corrections, saved_searches, undo
from kbapp.library.articles import edits, tags
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.notes import boards
from kbapp.library.notes import repository as notes
from kbapp.library.notes import tags as note_tags
from kbapp.library.people import portraits
from kbapp.library.undo import Change, Command, recorded
from kbapp.library.undo_rows import Recording

_THESE = "id IN (SELECT value FROM json_each(?))"
_OF_THESE = "article IN (SELECT value FROM json_each(?))"


class Commands:
    """The user's changes to one library, from one place."""

    def __init__(self, library: Library, origin: str) -> None:
        """Makes changes to ``library`` in the name of ``origin``."""
        self.library = library
        self.origin = origin

    # --- the journal --------------------------------------------------------------------------------------------------
    def undo(self, change: int) -> Change:
        """Takes a change back. Raises NotFound, ChangeOvertaken."""
        return undo.undo(self.library, change)

    def redo(self, change: int) -> Change:
        """Makes a change again that was taken back. Raises NotFound, ChangeOvertaken."""
        return undo.redo(self.library, change)

    def last(self, *, own: bool = True) -> Change:
        """The latest change that was not taken back: of this origin, or of all. Raises NotFound when there is none."""
        return undo.last(self.library, origin=self.origin if own else None)

    # --- articles -----------------------------------------------------------------------------------------------------
    def trash(self, ids: Sequence[int]) -> Change | None:
        """Moves articles to the trash."""
        with recorded(self.library, Command.TRASH, self.origin) as (change, done):
            self._watch_articles(change, ids)
            articles.trash(change.db, ids)
        return done.change

    def restore(self, ids: Sequence[int]) -> Change | None:
        """Brings articles back from the trash."""
        with recorded(self.library, Command.RESTORE, self.origin) as (change, done):
            self._watch_articles(change, ids)
            articles.restore(change.db, ids)
        return done.change

    def set_read(self, ids: Sequence[int], on: bool) -> Change | None:
        """Marks articles as read or unread."""
        with recorded(self.library, Command.MARK_READ if on else Command.MARK_UNREAD, self.origin) as (change, done):
            self._watch_articles(change, ids)
            articles.mark(change.db, ids, is_read=on)
        return done.change

    def set_starred(self, ids: Sequence[int], on: bool) -> Change | None:
        """Puts stars on articles or takes them off."""
        with recorded(self.library, Command.STAR if on else Command.UNSTAR, self.origin) as (change, done):
            self._watch_articles(change, ids)
            articles.mark(change.db, ids, starred=on)
        return done.change

    def edit_article(self, article: int, values: Mapping[str, Any]) -> Change | None:
        """Sets fields of an article: see edits.edit. Raises NotFound, UserError."""
        with recorded(self.library, Command.EDIT_ARTICLE, self.origin) as (change, done):
            self._watch_edits(change, article)
            edits.edit(change.db, article, values)
        return done.change

    def reset_article(self, article: int, fields: Sequence[str]) -> Change | None:
        """Shows again what the file says of these fields. Raises NotFound, UserError."""
        with recorded(self.library, Command.RESET_ARTICLE, self.origin) as (change, done):
            self._watch_edits(change, article)
            edits.reset(change.db, article, fields)
        return done.change

    # --- tags ---------------------------------------------------------------------------------------------------------
    def add_tag(self, ids: Sequence[int], tag: str) -> Change | None:
        """Puts a tag on articles. Raises UserError for an empty tag."""
        with recorded(self.library, Command.ADD_TAG, self.origin) as (change, done):
            change.names = (tags.tidy(tag),)
            change.watch("article_tags", f"{_OF_THESE} AND tag = ?", json.dumps(list(ids)), tags.tidy(tag))
            tags.add(change.db, articles.existing(change.db, ids), tag)
        return done.change

    def remove_tag(self, ids: Sequence[int], tag: str) -> Change | None:
        """Takes a tag off articles."""
        with recorded(self.library, Command.REMOVE_TAG, self.origin) as (change, done):
            change.names = (tags.tidy(tag),)
            change.watch("article_tags", f"{_OF_THESE} AND tag = ?", json.dumps(list(ids)), tags.tidy(tag))
            tags.remove(change.db, ids, tag)
        return done.change

    def rename_tag(self, tag: str, into: str) -> Change | None:
        """Gives a tag another name, on articles and in notes; a name that is in use already makes one tag of two.

        The texts of locked notes stay as they are. Raises NotFound when nothing has the tag.
        """
        with recorded(self.library, Command.RENAME_TAG, self.origin) as (change, done):
            self._replace_tag(change, tags.tidy(tag), tags.tidy(into))
        return done.change

    def delete_tag(self, tag: str) -> Change | None:
        """Takes a tag off everything; in notes its word stays. Raises NotFound when nothing has the tag."""
        with recorded(self.library, Command.DELETE_TAG, self.origin) as (change, done):
            self._replace_tag(change, tags.tidy(tag), None)
        return done.change

    def _replace_tag(self, change: Recording, tag: str, into: str | None) -> None:
        tagged = tags.articles_with(change.db, tag)
        noted = note_tags.notes_with(change.db, tag)
        if not tagged and not noted:
            raise NotFound(Code.NO_SUCH_TAG, tag=tag)
        change.names = (tag,) if into is None else (tag, into)
        change.watch("article_tags", "tag IN (?, ?)", tag, into or tag)
        tags.remove(change.db, tagged, tag)
        if into is not None:
            tags.add(change.db, tagged, into)
        for note in noted:
            change.watch("notes", "id = ?", note)
            note_tags.replace(change.db, note, tag, into)

    # --- people -------------------------------------------------------------------------------------------------------
    def merge(self, person: int, into: int) -> Change | None:
        """Makes one person of two; see corrections.merge."""
        return corrections.merge(self.library, person, into, origin=self.origin)

    def split(self, person: int, ids: Sequence[int], name: str | None = None) -> Change | None:
        """In these articles the name means someone else, who is the change's subject; see corrections.split."""
        return corrections.split(self.library, person, list(ids), name, origin=self.origin)

    def rename(self, person: int, name: str) -> Change | None:
        """Sets the name that is shown; see corrections.rename."""
        return corrections.rename(self.library, person, name, origin=self.origin)

    def add_alias(self, person: int, name: str) -> Change | None:
        """Adds a name that means this person; see corrections.alias."""
        return corrections.alias(self.library, person, name, origin=self.origin)

    def remove_alias(self, person: int, name: str) -> Change | None:
        """Takes a name away that meant this person; see corrections.alias."""
        return corrections.alias(self.library, person, name, remove=True, origin=self.origin)

    def not_a_person(self, person: int, article: int | None = None) -> Change | None:
        """What was taken for this person is none; see corrections.not_a_person."""
        return corrections.not_a_person(self.library, person, article, origin=self.origin)

    def mark_person(self, article: int, surface: str, name: str) -> Change | None:
        """These words name a person that was missed; see corrections.mark."""
        return corrections.mark(self.library, article, surface, name, origin=self.origin)

    def refuse_merge(self, one: int, other: int) -> Change | None:
        """Never suggests again that these are one person."""
        return corrections.refuse(self.library, one, other, origin=self.origin)

    def set_portrait(self, person: int, original: str | None) -> Change | None:
        """Puts a kept picture (see portraits.keep_portrait) on a person's page, or takes it off."""
        with recorded(self.library, Command.SET_PORTRAIT, self.origin) as (change, done):
            change.subject = person
            change.watch("portraits", "person = ?", person)
            portraits.set_portrait(change.db, person, original)
        return done.change

    # --- notes --------------------------------------------------------------------------------------------------------
    def add_note(self, text: str, about: Subject, quote: Anchor | None = None, colour: str | None = None) -> Change:
        """Adds a note, whose id is the change's subject; see notes.add."""
        with recorded(self.library, Command.ADD_NOTE, self.origin) as (change, done):
            change.added_note(notes.add(change.db, text, about, quote, colour))
        assert done.change is not None  # a new note is always something new
        return done.change

    def edit_note(self, note: int, text: str, revision: int | None = None, *, replacing: bool = False) -> Change | None:
        """Sets a note's text; see notes.edit. Edits of one note within a minute are one change. Raises ChangedElsewhere."""
        with recorded(self.library, Command.EDIT_NOTE, self.origin) as (change, done):
            self._watch_note(change, note)
            notes.edit(change.db, note, text, revision, replacing=replacing)
        return done.change

    def attach_note(self, note: int, quote: Anchor) -> Change | None:
        """Puts a note on another passage of its article."""
        with recorded(self.library, Command.ATTACH_NOTE, self.origin) as (change, done):
            self._watch_note(change, note)
            notes.attach(change.db, note, quote)
        return done.change

    def set_note_colour(self, note: int, colour: str | None) -> Change | None:
        """Sets the colour of a highlight."""
        with recorded(self.library, Command.COLOUR_NOTE, self.origin) as (change, done):
            self._watch_note(change, note)
            notes.set_colour(change.db, note, colour)
        return done.change

    def delete_note(self, note: int) -> Change | None:
        """Moves a note to the trash."""
        with recorded(self.library, Command.DELETE_NOTE, self.origin) as (change, done):
            self._watch_note(change, note)
            notes.delete(change.db, note)
        return done.change

    def restore_note(self, note: int) -> Change | None:
        """Brings a note back from the trash."""
        with recorded(self.library, Command.RESTORE_NOTE, self.origin) as (change, done):
            self._watch_note(change, note)
            notes.restore(change.db, note)
        return done.change

    # --- saved searches and boards ------------------------------------------------------------------------------------
    def save_search(self, name: str, query: str) -> Change | None:
        """Keeps a search under a name; the same name again replaces it."""
        with recorded(self.library, Command.SAVE_SEARCH, self.origin) as (change, done):
            change.watch("saved_searches", "1")
            saved_searches.save(change.db, name, query)
        return done.change

    def forget_search(self, query: str) -> Change | None:
        """Forgets the searches that ask this."""
        with recorded(self.library, Command.FORGET_SEARCH, self.origin) as (change, done):
            change.watch("saved_searches", "1")
            saved_searches.delete(change.db, query)
        return done.change

    def create_board(self, title: str) -> Change:
        """Begins a board, whose id is the change's subject; see boards.create."""
        with recorded(self.library, Command.CREATE_BOARD, self.origin) as (change, done):
            change.subject = boards.create(change.db, title)
            change.added("boards", (change.subject,))
        assert done.change is not None  # a new board is always something new
        return done.change

    def rename_board(self, board: int, title: str) -> Change | None:
        """Sets a board's title."""
        with recorded(self.library, Command.RENAME_BOARD, self.origin) as (change, done):
            self._watch_board(change, board)
            boards.rename(change.db, board, title)
        return done.change

    def remove_board(self, board: int) -> Change | None:
        """Takes a board away; its notes stay."""
        with recorded(self.library, Command.REMOVE_BOARD, self.origin) as (change, done):
            self._watch_board(change, board)
            boards.remove(change.db, board)
        return done.change

    def arrange_board(self, board: int, cards: list[tuple[int | None, str]]) -> Change | None:
        """Sets what stands on a board, in this order; see boards.arrange."""
        with recorded(self.library, Command.ARRANGE_BOARD, self.origin) as (change, done):
            self._watch_board(change, board)
            boards.arrange(change.db, board, cards)
        return done.change

    def add_to_board(self, board: int, note: int) -> Change | None:
        """Puts a note at the end of a board, unless it stands there already."""
        with recorded(self.library, Command.ARRANGE_BOARD, self.origin) as (change, done):
            self._watch_board(change, board)
            boards.add_note(change.db, board, note)
        return done.change

    # --- what is watched ----------------------------------------------------------------------------------------------
    def _watch_articles(self, change: Recording, ids: Iterable[int]) -> None:
        numbers = list(ids)
        change.subject = numbers[0] if numbers else None
        change.names = articles.titles(change.db, numbers[:3])
        change.watch("articles", _THESE, json.dumps(numbers))

    def _watch_edits(self, change: Recording, article: int) -> None:
        if not articles.existing(change.db, [article]):
            raise NotFound(Code.NO_SUCH_ARTICLE, ref=article)
        change.subject, change.names = article, articles.titles(change.db, [article])
        change.watch("article_edits", "article = ?", article)

    def _watch_note(self, change: Recording, note: int) -> None:
        notes.check(change.db, note)
        change.subject = note
        change.watch("notes", "id = ?", note)

    def _watch_board(self, change: Recording, board: int) -> None:
        change.subject = board
        change.watch("boards", "id = ?", board)
        change.watch("board_cards", "board = ?", board)

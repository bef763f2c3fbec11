"""note and tag."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kbapp.cli.context import ORIGIN, State, common
from kbapp.domain import Subject
from kbapp.export.json_objects import note_object, stored_article_object
from kbapp.importing.note_import import import_notes
from kbapp.library import Library
from kbapp.library.articles import repository as articles
from kbapp.library.articles import tags
from kbapp.library.commands import Commands
from kbapp.library.encryption import is_protected
from kbapp.library.notes import locking
from kbapp.library.notes import repository as notes
from kbapp.library.notes.anchors import anchor_for
from kbapp.library.people import repository as people


@click.group()
@common
def note() -> None:
    """Private notes."""


_text_option = click.option("--text", help="The note's text (Markdown); without it, standard input is read.")


def _text_or_input(text: str | None) -> str:
    return text if text is not None else sys.stdin.read().rstrip("\n")


def _subject(library: Library, about: str | None, words: tuple[str, ...]) -> Subject:
    """“article 5”, “article:5”, “person Ali Khamenei”, “library” or nothing."""
    given = about.split(":", 1) if about else [words[0], " ".join(words[1:])] if words else ["library"]
    kind, ref = given[0].strip(), given[1].strip() if len(given) > 1 else ""
    if kind == "library":
        return Subject("library")
    if kind == "article":
        return Subject("article", articles.get(library, ref).id)
    if kind in ("person", "author"):
        return Subject("person" if kind == "person" else "author", people.find(library, ref))
    raise click.UsageError(f"“{kind}” is none of article, person, author, library.")


def _show_note(state: State, library: Library, number: int) -> None:
    found = note_object(notes.get(library, number))
    state.emit(found, f"note {number}: {found['text']}")


@note.command("add")
@common
@click.argument("subject", nargs=-1)
@click.option("--about", help="What the note is about: article:ID, person:ID or NAME, author:ID or NAME, library.")
@click.option("--quote", help="The passage of the article's text that the note is about.")
@click.option("--colour", type=click.Choice(["yellow", "green", "blue", "pink", "purple"]))
@_text_option
@click.pass_obj
def note_add(
    state: State, subject: tuple[str, ...], about: str | None, quote: str | None, colour: str | None, text: str | None
) -> None:
    """Add a note: note add article 5 --text "..."."""
    words = _text_or_input(text)  # before anything is held that others wait for
    with state.open_library() as library:
        on = _subject(library, about, subject)
        anchor = None
        if quote is not None:
            if on.kind != "article" or on.id is None:
                raise click.UsageError("Only a note about an article can have a quote.")
            anchor = anchor_for(articles.get(library, on.id).article.text, quote)
        number = Commands(library, ORIGIN).add_note(words, on, anchor, colour).subject
        _show_note(state, library, number or 0)


@note.command("edit")
@common
@click.argument("number", type=int)
@_text_option
@click.pass_obj
def note_edit(state: State, number: int, text: str | None) -> None:
    """Replace a note's text; the former text is kept as a version."""
    words = _text_or_input(text)
    with state.open_library() as library:
        Commands(library, ORIGIN).edit_note(number, words)
        _show_note(state, library, number)


@note.command("delete")
@common
@click.argument("number", type=int)
@click.pass_obj
def note_delete(state: State, number: int) -> None:
    """Move a note to the trash."""
    with state.open_library() as library:
        Commands(library, ORIGIN).delete_note(number)
        _show_note(state, library, number)


@note.command("import")
@common
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_obj
def note_import(state: State, folder: Path) -> None:
    """Take notes back from a folder of Markdown files; known ones are updated, conflicts kept side by side."""
    with state.open_library() as library:
        for outcome in import_notes(library, folder):
            if outcome.error is not None:
                state.fail(str(outcome.error))
            state.emit(asdict(outcome), f"{outcome.status:10} {outcome.path}")


@note.command("protect")
@common
@click.password_option("--passphrase", envvar="KBAPP_PASSPHRASE", help="Asked for when it is not given.")
@click.pass_obj
def note_protect(state: State, passphrase: str) -> None:
    """Encrypt all notes with a passphrase; KBAPP_PASSPHRASE opens them for later commands. Prints the recovery key."""
    unlock = os.environ.pop("KBAPP_PASSPHRASE", None)
    with state.open_library() as library:
        key = locking.protect(library, unlock or passphrase)
        state.emit({"recovery_key": key}, f"Print this recovery key and keep it away from the computer: {key}")
        locking.clean(library)  # what was in use until now; said when it still is


@note.command("passphrase")
@common
@click.password_option("--new", envvar="KBAPP_NEW_PASSPHRASE", help="Asked for when it is not given.")
@click.pass_obj
def note_passphrase(state: State, new: str) -> None:
    """Change the passphrase of the notes; the present one is taken from KBAPP_PASSPHRASE."""
    with state.open_library() as library:
        key = locking.change_passphrase(library, new)
        state.emit(
            {"ok": True, "recovery_key": key},
            f"The notes have a new passphrase. Print this new recovery key, as the old one opens nothing any more: {key}",
        )
        locking.clean(library)


@click.group()
@common
def tag() -> None:
    """Tags on articles."""


def _tag_articles(state: State, ref: str, words: tuple[str, ...], *, put: bool) -> None:
    with state.open_library() as library:
        number = articles.get(library, ref).id
        commands = Commands(library, ORIGIN)
        (commands.add_tag if put else commands.remove_tag)([number], " ".join(words))
        found = stored_article_object(articles.get(library, number))
        state.emit(found, f"{found['title']}: {', '.join(found['tags']) or 'no tags'}")


@tag.command("add")
@common
@click.argument("article")
@click.argument("name", nargs=-1, required=True)
@click.pass_obj
def tag_add(state: State, article: str, name: tuple[str, ...]) -> None:
    """Put a tag on an article."""
    _tag_articles(state, article, name, put=True)


@tag.command("remove")
@common
@click.argument("article")
@click.argument("name", nargs=-1, required=True)
@click.pass_obj
def tag_remove(state: State, article: str, name: tuple[str, ...]) -> None:
    """Take a tag off an article."""
    _tag_articles(state, article, name, put=False)


@tag.command("rename")
@common
@click.argument("name")
@click.argument("into")
@click.pass_obj
def tag_rename(state: State, name: str, into: str) -> None:
    """Give a tag another name, on articles and in notes."""
    _rename_tag(state, name, into)


@tag.command("merge")
@common
@click.argument("name")
@click.argument("into")
@click.pass_obj
def tag_merge(state: State, name: str, into: str) -> None:
    """Put the tag INTO in the place of NAME, on articles and in notes."""
    _rename_tag(state, name, into)


@tag.command("delete")
@common
@click.argument("name")
@click.pass_obj
def tag_delete(state: State, name: str) -> None:
    """Take a tag off everything; in notes its word stays."""
    with state.open_library() as library:
        _say_locked(library)
        change = Commands(library, ORIGIN).delete_tag(name)
        state.emit({"deleted": tags.tidy(name), "change": change.id if change else None}, f"Tag deleted: {name}")


def _rename_tag(state: State, name: str, into: str) -> None:
    with state.open_library() as library:
        _say_locked(library)
        change = Commands(library, ORIGIN).rename_tag(name, into)
        many = dict(tags.tags(library)).get(tags.tidy(into), 0)
        value = {"name": tags.tidy(into), "articles": many, "change": change.id if change else None}
        state.emit(value, f"{name} is now {into} ({many})")


def _say_locked(library: Library) -> None:
    if is_protected(library.db) and not library.vault.unlocked:
        click.echo("Your notes are locked; the tags in their texts stay as they are.", err=True)

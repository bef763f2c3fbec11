"""article, trash, undo and history."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from kbapp.cli.context import ORIGIN, State, common
from kbapp.cli.text_output import article_text, change_text
from kbapp.export.json_objects import stored_article_object
from kbapp.library import Library, deletion, undo
from kbapp.library.articles import edits
from kbapp.library.articles import repository as articles
from kbapp.library.commands import Commands
from kbapp.library.deletion import Deleted
from kbapp.library.undo import Change


@click.group()
@common
def article() -> None:
    """Edit articles, move them to the trash, delete them for good."""


@article.command("edit")
@common
@click.argument("ref", nargs=-1, required=True)
@click.option("--title")
@click.option("--subtitle", help='"" for none; the same for every option below.')
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Once for each author.")
@click.option(
    "--published", metavar="DATE", help="As precise as you know it: 2010, 2010-10, 2010-10-18 or with a time."
)
@click.option("--source", help="The publication's name.")
@click.option("--url")
@click.option("--language", help="A code such as en, de or ar.")
@click.option("--reset", multiple=True, type=click.Choice(edits.FIELDS), help="Show again what the file says.")
@click.pass_obj
def article_edit(
    state: State, /, ref: tuple[str, ...], authors: tuple[str, ...], reset: tuple[str, ...], **fields: str | None
) -> None:
    """Say yourself what an article's title, authors and other fields are; kept when the file is imported again."""
    values: dict[str, Any] = {field: value for field, value in fields.items() if value is not None}
    if authors:
        values["authors"] = authors
    if not values and not reset:
        raise click.UsageError("Name at least one field to change, such as --title.")
    with state.open_library() as library:
        number = articles.get(library, " ".join(ref)).id
        commands = Commands(library, ORIGIN)
        if values:
            commands.edit_article(number, values)
        if reset:
            commands.reset_article(number, reset)
        stored = articles.get(library, number)
        state.emit(stored_article_object(stored), lambda: article_text(stored.article))


@article.command("trash")
@common
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@click.pass_obj
def article_trash(state: State, refs: tuple[str, ...]) -> None:
    """Move articles to the trash."""
    with state.open_library() as library:
        found = _found(state, library, refs)
        _report(state, "trashed", found, Commands(library, ORIGIN).trash(found))


@article.command("restore")
@common
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@click.pass_obj
def article_restore(state: State, refs: tuple[str, ...]) -> None:
    """Bring articles back from the trash."""
    with state.open_library() as library:
        found = _found(state, library, refs)
        _report(state, "restored", found, Commands(library, ORIGIN).restore(found))


@article.command("purge")
@common
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@click.pass_obj
def article_purge(state: State, refs: tuple[str, ...]) -> None:
    """Delete articles for good, with their notes, versions, pictures and originals. This cannot be undone."""
    with state.open_library() as library:
        _report_deleted(state, deletion.purge(library, _found(state, library, refs)))


@click.group()
@common
def trash() -> None:
    """The trash as a whole."""


@trash.command("empty")
@common
@click.option("--older-than", "days", metavar="DAYS", type=click.FloatRange(0, 100_000), default=0.0)
@click.pass_obj
def trash_empty(state: State, days: float) -> None:
    """Delete for good what lies in the trash. This cannot be undone."""
    with state.open_library() as library:
        _report_deleted(state, deletion.empty_trash(library, days))


@click.command("undo")
@common
@click.argument("number", required=False, type=click.IntRange(1, 2**62))
@click.pass_obj
def undo_(state: State, number: int | None) -> None:
    """Take back one change: the last of the library, or the one with this number in the history."""
    with state.open_library() as library:
        change = undo.undo(library, number if number is not None else undo.last(library).id)
        state.emit(change_object(change), f"Undone: {change_text(change)}")


@click.command()
@common
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 5_000))
@click.pass_obj
def history(state: State, limit: int) -> None:
    """List the changes made to the library, the latest first."""
    with state.open_library() as library:
        for change in undo.history(library, limit):
            state.emit(change_object(change), f"{change.made[:16].replace('T', ' ')}  {change_text(change)}")


def change_object(change: Change) -> dict[str, Any]:
    """A change of the journal as JSON."""
    found = asdict(change)
    return found | {
        "command": change.command.name.lower().replace("_", "-"),
        "what": change.command.value,
        "names": list(change.names),
    }


def _found(state: State, library: Library, refs: tuple[str, ...]) -> list[int]:
    """The ids of the articles that are there; what is not is said."""
    found: list[int] = []
    for ref in refs:
        with state.reporting():
            found.append(articles.get(library, ref).id)
    return list(dict.fromkeys(found))


def _report(state: State, word: str, ids: list[int], change: Change | None) -> None:
    value = {word: ids, "change": change.id if change else None}
    state.emit(value, f"{word}: {', '.join(map(str, ids)) or 'nothing'}")


def _report_deleted(state: State, gone: Deleted) -> None:
    value = {key: list(each) if isinstance(each, tuple) else each for key, each in asdict(gone).items()}
    lines = [
        f"Deleted for good: {len(gone.articles)} articles, {len(gone.notes)} notes, {gone.versions} earlier versions, "
        f"{gone.pictures} pictures, {gone.originals} original files."
    ]
    if gone.backups:
        lines.append(f"They are still in these backups: {', '.join(gone.backups)}.")
    state.emit(value, "\n".join(lines))

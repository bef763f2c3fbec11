"""show and list."""

from __future__ import annotations

from typing import Any

import click

from kbapp.cli.context import State, common
from kbapp.cli.text_output import article_text, profile_text
from kbapp.export import json_objects
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.articles import tags
from kbapp.library.notes import repository as notes
from kbapp.library.people import profiles
from kbapp.library.people import repository as people


@click.command()
@common
@click.argument("kind", type=click.Choice(["article", "author", "person", "note"]))
@click.argument("ref", nargs=-1, required=True)
@click.pass_obj
def show(state: State, kind: str, ref: tuple[str, ...]) -> None:
    """Show one page; REF is an id or a name."""
    name = " ".join(ref)
    with state.open_library() as library:
        if kind == "article":
            stored = articles.get(library, name)
            state.emit(json_objects.stored_article_object(stored), lambda: article_text(stored.article))
        elif kind == "note":
            note = notes.get(library, name)
            state.emit(json_objects.note_object(note), note.text)
        else:
            profile = profiles.profile(library, name, limit=1_000_000)
            state.emit(json_objects.profile_object(profile), lambda: profile_text(profile))


@click.command("list")
@common
@click.argument("what", type=click.Choice(["articles", "authors", "people", "notes", "tags", "sources"]))
@click.pass_obj
def list_(state: State, what: str) -> None:
    """List everything of a kind, a line each."""
    with state.open_library() as library:
        if what == "articles":
            numbers = article_list.ids(library, "newest")
            for at in range(0, len(numbers), 500):
                for card in article_list.cards(library, numbers[at : at + 500]):
                    line: dict[str, Any] = {
                        "id": card.id, "title": card.title, "authors": list(card.authors), "published": card.published, "source": card.source,
                        "source_file": card.source_file, "read": card.is_read, "starred": card.starred, "notes": card.notes,
                    }  # fmt: skip
                    state.emit(
                        line,
                        f"{card.id:6}  {card.published or '':10.10}  {card.title}  ({', '.join(card.authors) or 'no author'})",
                    )
        elif what in ("authors", "people"):
            aliases = people.all_aliases(library)
            for entry in people.entries(library, what):
                line = {
                    "id": entry.id, "name": entry.name, "aliases": list(aliases.get(entry.id, ())), "articles": entry.articles,
                    "mentions": entry.mentions, "authored": entry.authored,
                }  # fmt: skip
                state.emit(line, f"{entry.id:6}  {entry.name}  ({entry.articles} articles, {entry.authored} written)")
        elif what == "notes":
            for note in notes.listed(library):
                state.emit(
                    {**json_objects.note_object(note), "title": note.text.split("\n")[0][:80]},
                    f"{note.id:6}  {note.text.splitlines()[0][:80] if note.text else ''}",
                )
        else:
            for number, (name, many) in enumerate(tags.tags(library) if what == "tags" else tags.sources(library), 1):
                state.emit({"id": number, "name": name, "articles": many}, f"{many:6}  {name}")

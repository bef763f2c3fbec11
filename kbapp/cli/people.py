"""person: corrections of who is who."""

from __future__ import annotations

import click

from kbapp.cli.context import ORIGIN, State, common
from kbapp.cli.text_output import change_text, profile_text
from kbapp.export.json_objects import profile_object
from kbapp.library import Library, corrections
from kbapp.library.commands import Commands
from kbapp.library.people import profiles
from kbapp.library.people import repository as people
from kbapp.search.search_index import SearchIndex


@click.group()
@common
def person() -> None:
    """Correct who is who; every correction can be undone."""


def _show_person(state: State, library: Library, number: int | None) -> None:
    SearchIndex(library).follow()
    if number is None:
        return
    profile = profiles.profile(library, number)
    state.emit(profile_object(profile), lambda: profile_text(profile))


@person.command("merge")
@common
@click.argument("who")
@click.argument("into")
@click.pass_obj
def person_merge(state: State, who: str, into: str) -> None:
    """Make WHO and INTO one person; INTO keeps its page."""
    with state.open_library() as library:
        target = people.find(library, into)
        Commands(library, ORIGIN).merge(people.find(library, who), target)
        _show_person(state, library, target)


@person.command("split")
@common
@click.argument("who")
@click.option(
    "--article",
    "numbers",
    multiple=True,
    type=int,
    required=True,
    help="An article in which the name means someone else.",
)
@click.option("--name", help="The new person's name.")
@click.pass_obj
def person_split(state: State, who: str, numbers: tuple[int, ...], name: str | None) -> None:
    """In some articles the name means someone else."""
    with state.open_library() as library:
        change = Commands(library, ORIGIN).split(people.find(library, who), numbers, name)
        _show_person(state, library, change.subject if change else None)


@person.command("rename")
@common
@click.argument("who")
@click.argument("name", nargs=-1, required=True)
@click.pass_obj
def person_rename(state: State, who: str, name: tuple[str, ...]) -> None:
    """Change the name that is shown."""
    with state.open_library() as library:
        number = people.find(library, who)
        Commands(library, ORIGIN).rename(number, " ".join(name))
        _show_person(state, library, number)


@person.command("alias")
@common
@click.argument("who")
@click.argument("name", nargs=-1, required=True)
@click.option("--remove", is_flag=True)
@click.pass_obj
def person_alias(state: State, who: str, name: tuple[str, ...], remove: bool) -> None:
    """Add another name for someone, or remove one."""
    with state.open_library() as library:
        number = people.find(library, who)
        commands = Commands(library, ORIGIN)
        (commands.remove_alias if remove else commands.add_alias)(number, " ".join(name))
        _show_person(state, library, number)


@person.command("not-a-person")
@common
@click.argument("who")
@click.option("--article", type=int, help="Only in this article.")
@click.pass_obj
def person_not(state: State, who: str, article: int | None) -> None:
    """This is no person; remembered for later imports."""
    with state.open_library() as library:
        number = people.find(library, who)
        Commands(library, ORIGIN).not_a_person(number, article)
        _show_person(state, library, number)


@person.command("mark")
@common
@click.argument("name", nargs=-1, required=True)
@click.option("--article", type=int, required=True, help="The article in which a name was missed.")
@click.option("--words", help="The name as it stands there, if it is shorter than NAME.")
@click.pass_obj
def person_mark(state: State, name: tuple[str, ...], article: int, words: str | None) -> None:
    """A name in an article was missed; it means NAME."""
    with state.open_library() as library:
        full = " ".join(name)
        change = Commands(library, ORIGIN).mark_person(article, words or full, full)
        _show_person(state, library, change.subject if change else people.find(library, full))


@person.command("undo")
@common
@click.pass_obj
def person_undo(state: State) -> None:
    """Take the latest correction back."""
    with state.open_library() as library:
        change = corrections.undo_last(library)
        click.echo(f"Undone: {change_text(change)}", err=True)
        _show_person(state, library, change.subject)

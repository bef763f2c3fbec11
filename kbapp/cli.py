"""The command line: every capability of the library as a sub-command. Never imports Qt.

With ``--json`` standard output holds JSON alone; progress, warnings and errors go to standard error.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kbapp import __version__, paths
from kbapp.domain import Subject
from kbapp.errors import UserError
from kbapp.library import Library, articles, care, corrections, notes, people, tags

_F = TypeVar("_F", bound=Callable[..., Any])


class _State:
    """What the options before and after the sub-command say."""

    def __init__(self) -> None:
        self.library: str | None = None
        self.json = False
        self.failed = False

    @contextmanager
    def open_library(self) -> Iterator[Library]:
        library = Library(Path(self.library) if self.library else paths.default_library())
        try:
            yield library
        finally:
            library.close()

    def emit(self, value: dict[str, Any], text: str | Callable[[], str]) -> None:
        """One result: a line of JSON, or the text for people."""
        if self.json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        else:
            words = text if isinstance(text, str) else text()
            if words:
                sys.stdout.write(words + "\n")
        sys.stdout.flush()

    def fail(self, message: str) -> None:
        """Something could not be done; the rest goes on."""
        self.failed = True
        click.echo(message, err=True)


def run(arguments: list[str]) -> int:
    """Runs one command and returns the exit status: 0 done, 1 something could not be done, 2 wrong usage."""
    _configure_streams()
    state = _State()
    try:
        main.main(args=arguments, prog_name="kbapp", standalone_mode=False, obj=state)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        error.show()
        return 2
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 1
    except UserError as error:
        click.echo(str(error), err=True)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        click.echo("Stopped; what was reported as done is done.", err=True)
        return 1
    except Exception:
        log = _log_bug()
        click.echo(
            f"kbapp met a bug of its own; what happened is written in {log}. Please send that file to its makers.",
            err=True,
        )
        return 1
    return 1 if state.failed else 0


def _configure_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _log_bug() -> Path:
    log = paths.log_file()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(filename=log, format="%(asctime)s %(name)s %(message)s")
    except OSError:
        logging.basicConfig()
    logging.getLogger("kbapp").exception("bug in the command line")
    return log


def _common(command: _F) -> _F:
    """The options that every sub-command takes, before and after its name."""

    def keep(context: click.Context, option: click.Parameter, value: Any) -> Any:
        state = context.find_object(_State)
        if value and state is not None:
            setattr(state, option.name or "", value)
        return value

    command = click.option(
        "--json", "json", is_flag=True, expose_value=False, callback=keep, help="Print JSON, a line an object."
    )(command)
    return click.option(
        "--library",
        metavar="DIR",
        expose_value=False,
        callback=keep,
        help="The library folder (default: KBAPP_LIBRARY, else your data folder).",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=False)
@_common
@click.version_option(__version__, prog_name="kbapp")
def main() -> None:
    """A private knowledge base of articles, their authors and the people in them.

    Without a command kbapp opens its window.
    """


_files = click.argument("files", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))


# --- in ----------------------------------------------------------------------------------------------------------------
@main.command()
@_common
@_files
@click.pass_obj
def read(state: _State, files: tuple[Path, ...]) -> None:
    """Read files as an import would; nothing is kept."""
    from kbapp.export.objects import article_object
    from kbapp.importing import WorkerPool, unfold

    pool = WorkerPool()
    try:
        for done in pool.read(unfold(files)):
            if done.error is not None:
                if not done.found.asked and "not an article" in done.error:
                    continue
                state.fail(f"{done.found.path}: {done.error}")
                if state.json:
                    state.emit({"path": done.found.path, "error": done.error}, "")
            for article in done.articles:
                found = article_object(article)
                state.emit({"path": done.found.path, **found}, lambda found=found: _article_text(found))  # type: ignore[misc]
    finally:
        pool.close()


@main.command("import")
@_common
@_files
@click.pass_obj
def import_(state: _State, files: tuple[Path, ...]) -> None:
    """Import files, folders (with all in them) and archives."""
    from kbapp.importing import run as run_import
    from kbapp.library import changes
    from kbapp.search.index import SearchIndex

    counts = {"imported": 0, "duplicate": 0, "updated": 0, "failed": 0}
    with state.open_library() as library:
        index = SearchIndex(library)

        def follow() -> None:
            if changes.lag(library) > 20_000:
                index.follow()

        for outcome in run_import(library, files, index=follow):
            counts[outcome.status] += 1
            if outcome.error:
                state.fail(f"{outcome.path}: {outcome.error}")
            line = {"path": outcome.path, "status": outcome.status, "article": outcome.article, "error": outcome.error}
            state.emit(
                line, "" if outcome.error else f"{outcome.status:9}  {outcome.title}  (article {outcome.article})"
            )
        index.follow()
    click.echo(
        ", ".join(f"{number} {status}" for status, number in counts.items() if number) or "nothing to import", err=True
    )


# --- finding -----------------------------------------------------------------------------------------------------------
@main.command()
@_common
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--offset", default=0, type=click.IntRange(0))
@click.option("--sort", default="relevance", show_default=True, type=click.Choice(["relevance", "newest", "oldest"]))
@click.option("--in", "kinds", metavar="KINDS", help="Only articles, people or notes; several with commas.")
@click.pass_obj
def search(state: _State, query: tuple[str, ...], limit: int, offset: int, sort: Any, kinds: str | None) -> None:
    """Search titles, texts, people, authors and notes."""
    from kbapp.export.objects import hit_object
    from kbapp.search.index import SearchIndex
    from kbapp.search.searching import Kind, Search

    names: dict[str, Kind] = {"articles": "article", "people": "person", "notes": "note"}
    wanted = [part.strip() for part in kinds.split(",")] if kinds else []
    if unknown := [part for part in wanted if part not in names]:
        raise click.BadParameter(f"“{unknown[0]}” is none of articles, people, notes.", param_hint="--in")
    with state.open_library() as library:
        index = SearchIndex(library)
        index.follow()
        results = Search(index).search(
            " ".join(query), limit=limit, offset=offset, sort=sort, kinds=[names[part] for part in wanted]
        )  # fmt: skip
        for problem in results.problems:
            click.echo(problem, err=True)
        if not results.total and results.suggestion:
            click.echo(f"Did you mean: {results.suggestion}", err=True)
        value = {
            "query": results.query,
            "total": results.total,
            "took_ms": round(results.took_ms, 2),
            "hits": [hit_object(hit) for hit in results.hits],
        }
        state.emit(value, lambda: _hits_text(value))


@main.command()
@_common
@click.argument("kind", type=click.Choice(["article", "author", "person", "note"]))
@click.argument("ref", nargs=-1, required=True)
@click.pass_obj
def show(state: _State, kind: str, ref: tuple[str, ...]) -> None:
    """Show one page; REF is an id or a name."""
    from kbapp.export import objects

    name = " ".join(ref)
    with state.open_library() as library:
        if kind == "article":
            found = objects.stored_article_object(articles.get(library, name))
            state.emit(found, lambda: _article_text(found))
        elif kind == "note":
            found = objects.note_object(notes.get(library, name))
            state.emit(found, found["text"])
        else:
            found = objects.profile_object(people.profile(library, name, limit=1_000_000))
            state.emit(found, lambda: _profile_text(found))


@main.command("list")
@_common
@click.argument("what", type=click.Choice(["articles", "authors", "people", "notes", "tags", "sources"]))
@click.pass_obj
def list_(state: _State, what: str) -> None:
    """List everything of a kind, a line each."""
    from kbapp.export import objects

    with state.open_library() as library:
        if what == "articles":
            numbers = articles.ids(library, "newest")
            for at in range(0, len(numbers), 500):
                for card in articles.cards(library, numbers[at : at + 500]):
                    line: dict[str, Any] = {
                        "id": card.id, "title": card.title, "authors": list(card.authors), "published": card.published, "source": card.source,
                        "source_file": card.source_file, "read": card.is_read, "starred": card.starred, "notes": card.notes,
                    }  # fmt: skip
                    state.emit(
                        line,
                        f"{card.id:6}  {card.published or '':10.10}  {card.title}  ({', '.join(card.authors) or 'no author'})",
                    )
        elif what in ("authors", "people"):
            for entry in people.entries(library, what):
                line = {
                    "id": entry.id, "name": entry.name, "aliases": list(people.aliases(library.db, entry.id)), "articles": entry.articles,
                    "mentions": entry.mentions, "authored": entry.authored,
                }  # fmt: skip
                state.emit(line, f"{entry.id:6}  {entry.name}  ({entry.articles} articles, {entry.authored} written)")
        elif what == "notes":
            for note in notes.listed(library):
                state.emit(
                    {**objects.note_object(note), "title": note.text.split("\n")[0][:80]},
                    f"{note.id:6}  {note.text.splitlines()[0][:80] if note.text else ''}",
                )
        else:
            for number, (name, many) in enumerate(tags.tags(library) if what == "tags" else tags.sources(library), 1):
                state.emit({"id": number, "name": name, "articles": many}, f"{many:6}  {name}")


# --- notes and tags ------------------------------------------------------------------------------------------------------
@main.group()
@_common
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


def _show_note(state: _State, library: Library, number: int) -> None:
    from kbapp.export.objects import note_object

    found = note_object(notes.get(library, number))
    state.emit(found, f"note {number}: {found['text']}")


@note.command("add")
@_common
@click.argument("subject", nargs=-1)
@click.option("--about", help="What the note is about: article:ID, person:ID or NAME, author:ID or NAME, library.")
@click.option("--quote", help="The passage of the article's text that the note is about.")
@click.option("--colour", type=click.Choice(["yellow", "green", "blue", "pink", "purple"]))
@_text_option
@click.pass_obj
def note_add(
    state: _State, subject: tuple[str, ...], about: str | None, quote: str | None, colour: str | None, text: str | None
) -> None:
    """Add a note: note add article 5 --text "..."."""
    from kbapp.library.anchors import anchor_for

    with state.open_library() as library:
        on = _subject(library, about, subject)
        anchor = None
        if quote is not None:
            if on.kind != "article" or on.id is None:
                raise click.UsageError("Only a note about an article can have a quote.")
            anchor = anchor_for(articles.get(library, on.id).article.text, quote)
        with library.transaction() as db:
            number = notes.add(db, _text_or_input(text), on, anchor, colour)
        _show_note(state, library, number)


@note.command("edit")
@_common
@click.argument("number", type=int)
@_text_option
@click.pass_obj
def note_edit(state: _State, number: int, text: str | None) -> None:
    """Replace a note's text; the former text is kept as a version."""
    with state.open_library() as library:
        with library.transaction() as db:
            notes.edit(db, number, _text_or_input(text))
        _show_note(state, library, number)


@note.command("delete")
@_common
@click.argument("number", type=int)
@click.pass_obj
def note_delete(state: _State, number: int) -> None:
    """Move a note to the trash."""
    with state.open_library() as library:
        with library.transaction() as db:
            notes.delete(db, number)
        _show_note(state, library, number)


@main.group()
@_common
def tag() -> None:
    """Tags on articles."""


def _tag_command(change: Callable[..., None]) -> Callable[..., None]:
    @_common
    @click.argument("article")
    @click.argument("name", nargs=-1, required=True)
    @click.pass_obj
    def command(state: _State, article: str, name: tuple[str, ...]) -> None:
        from kbapp.export.objects import stored_article_object

        with state.open_library() as library:
            number = articles.get(library, article).id
            with library.transaction() as db:
                change(db, [number], " ".join(name))
            found = stored_article_object(articles.get(library, number))
            state.emit(found, f"{found['title']}: {', '.join(found['tags']) or 'no tags'}")

    return command


tag.command("add", help="Put a tag on an article.")(_tag_command(tags.add))
tag.command("remove", help="Take a tag off an article.")(_tag_command(tags.remove))


# --- people --------------------------------------------------------------------------------------------------------------
@main.group()
@_common
def person() -> None:
    """Correct who is who; every correction can be undone."""


def _show_person(state: _State, library: Library, number: int) -> None:
    from kbapp.export.objects import profile_object
    from kbapp.search.index import SearchIndex

    SearchIndex(library).follow()
    found = profile_object(people.profile(library, number))
    state.emit(found, lambda: _profile_text(found))


@person.command("merge")
@_common
@click.argument("who")
@click.argument("into")
@click.pass_obj
def person_merge(state: _State, who: str, into: str) -> None:
    """Make WHO and INTO one person; INTO keeps its page."""
    with state.open_library() as library:
        target = people.find(library, into)
        corrections.merge(library, people.find(library, who), target)
        _show_person(state, library, target)


@person.command("split")
@_common
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
def person_split(state: _State, who: str, numbers: tuple[int, ...], name: str | None) -> None:
    """In some articles the name means someone else."""
    with state.open_library() as library:
        _show_person(state, library, corrections.split(library, people.find(library, who), list(numbers), name))


@person.command("rename")
@_common
@click.argument("who")
@click.argument("name", nargs=-1, required=True)
@click.pass_obj
def person_rename(state: _State, who: str, name: tuple[str, ...]) -> None:
    """Change the name that is shown."""
    with state.open_library() as library:
        number = people.find(library, who)
        corrections.rename(library, number, " ".join(name))
        _show_person(state, library, number)


@person.command("alias")
@_common
@click.argument("who")
@click.argument("name", nargs=-1, required=True)
@click.option("--remove", is_flag=True)
@click.pass_obj
def person_alias(state: _State, who: str, name: tuple[str, ...], remove: bool) -> None:
    """Add another name for someone, or remove one."""
    with state.open_library() as library:
        number = people.find(library, who)
        corrections.alias(library, number, " ".join(name), remove=remove)
        _show_person(state, library, number)


@person.command("not-a-person")
@_common
@click.argument("who")
@click.option("--article", type=int, help="Only in this article.")
@click.pass_obj
def person_not(state: _State, who: str, article: int | None) -> None:
    """This is no person; remembered for later imports."""
    with state.open_library() as library:
        number = people.find(library, who)
        corrections.not_a_person(library, number, article)
        _show_person(state, library, number)


@person.command("undo")
@_common
@click.pass_obj
def person_undo(state: _State) -> None:
    """Take the latest correction back."""
    with state.open_library() as library:
        number = corrections.last_touched(library)
        title = corrections.undo_last(library)
        click.echo(f"Taken back: {title}", err=True)
        if number is not None:
            _show_person(state, library, number)


# --- out and care --------------------------------------------------------------------------------------------------------
@main.command()
@_common
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--with-notes", is_flag=True, help="Export the private notes too.")
@click.option("--format", "form", type=click.Choice(["csl-json", "bibtex", "ris"]), help="Print citations instead.")
@click.pass_obj
def export(state: _State, folder: Path | None, with_notes: bool, form: str | None) -> None:
    """Export everything as Markdown with the originals, or citations."""
    from kbapp.export.citations import citations
    from kbapp.export.markdown import export_library

    with state.open_library() as library:
        if form is not None:
            text = citations(
                ((number, articles.get(library, number).article) for number in articles.ids(library, "oldest")), form
            )
            if folder is None:
                sys.stdout.write(text)
                return
            try:
                folder.write_text(text, "utf-8")
            except OSError as error:
                raise UserError(f"{folder} cannot be written ({error.strerror}); choose another file.") from error
            state.emit({"written": [str(folder)]}, f"written: {folder}")
            return
        if folder is None:
            raise click.UsageError("Name a folder to export to, or a --format for citations.")
        written = [str(path) for path in export_library(library, folder, with_notes=with_notes)]
        state.emit({"folder": str(folder), "written": written}, f"{len(written)} files written to {folder}")


@main.command()
@_common
@click.option("--repair", is_flag=True, help="Make anew what can be made anew.")
@click.pass_obj
def check(state: _State, repair: bool) -> None:
    """Check the library and its index."""
    from kbapp.search.index import SearchIndex

    with state.open_library() as library:
        problems = care.check(library, repair=repair)
        index = SearchIndex(library)
        if library.index_folder.exists() and not index.is_current():
            problems.append(
                "The search index is not the library's own or is damaged; it can be made anew with: kbapp rebuild-index"
            )
            if repair:
                index.rebuild()
        state.failed = bool(problems) and not repair
        value = {
            "ok": not problems,
            "problems": problems,
            "repaired": repair and bool(problems),
            "library": str(library.folder),
        }
        state.emit(value, "\n".join(problems) or "The library is whole.")


@main.command("rebuild-index")
@_common
@click.pass_obj
def rebuild_index(state: _State) -> None:
    """Make the search index anew."""
    from kbapp.search.index import SearchIndex

    with state.open_library() as library:
        index = SearchIndex(library)
        index.rebuild()
        documents = index.ranker().documents
        state.emit({"ok": True, "problems": [], "documents": documents}, f"{documents} documents indexed.")


@main.command()
@_common
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(state: _State, file: Path) -> None:
    """Write the whole library to one file, while it is in use."""
    with state.open_library() as library:
        target = care.backup(library, file)
        state.emit({"ok": True, "problems": [], "file": str(target)}, f"Backup written: {target}")


@main.command()
@_common
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(state: _State, file: Path) -> None:
    """Put a backup in the place of the library; the present library is kept beside it."""
    folder = Path(state.library) if state.library else paths.default_library()
    kept = care.restore(folder, file)
    value = {"ok": True, "problems": [], "library": str(folder), "kept": str(kept) if kept else None}
    state.emit(value, f"Restored to {folder}." + (f" The library that was there is now {kept}." if kept else ""))


@main.command()
@_common
@click.pass_obj
def stats(state: _State) -> None:
    """Counts and sizes."""
    with state.open_library() as library:
        value = care.stats(library)
        state.emit(value, "\n".join(f"{name:16} {number}" for name, number in value.items()))


# --- words for people ------------------------------------------------------------------------------------------------------
def _article_text(found: dict[str, Any]) -> str:
    lines = [found["title"]]
    if found["subtitle"]:
        lines.append(found["subtitle"])
    about = [", ".join(author["name"] for author in found["authors"]), found["published"] or "", found["source"] or ""]
    lines.append(" · ".join(part for part in about if part))
    lines += ["", found["text"], ""]
    lines += [
        f"{person['name']}: {person['description'] or 'no description'} ({len(person['mentions'])} mentions)"
        for person in found["people"]
    ]
    lines += [f"{author['name']}: {author['bio']}" for author in found["authors"] if author["bio"]]
    return "\n".join(lines)


def _profile_text(found: dict[str, Any]) -> str:
    lines = [found["name"] + (f", {found['description']}" if found["description"] else "")]
    if found["aliases"]:
        lines.append("also: " + ", ".join(found["aliases"]))
    lines += [f"wrote: {each['title']} ({each['published'] or 'no date'})" for each in found["wrote"]]
    lines += [
        f"in: {each['title']} ({each['published'] or 'no date'}, {each['mentions']} mentions)"
        for each in found["mentioned_in"]
    ]
    lines += [f"with: {each['name']} ({each['articles']})" for each in found["often_with"][:10]]
    return "\n".join(lines)


def _hits_text(value: dict[str, Any]) -> str:
    lines = [f"{value['total']} found in {value['took_ms']:.0f} ms"]
    for hit in value["hits"]:
        lines += [f"{hit['kind']} {hit['id']}: {hit['title']}", f"    {hit['snippet']}"]
    return "\n".join(lines)

"""export, check, rebuild-index, backup, restore, stats."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kbapp import paths
from kbapp.cli.context import State, common
from kbapp.errors import Code, Notice
from kbapp.library import archive, maintenance
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.maintenance import Problem


@click.command()
@common
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--with-notes", is_flag=True, help="Export the private notes too.")
@click.option(
    "--format", "form", type=click.Choice(["csl-json", "bibtex", "ris", "graphml", "csv"]),
    help="Write citations, people as a graph, or tables instead.",
)  # fmt: skip
@click.pass_obj
def export(state: State, folder: Path | None, with_notes: bool, form: str | None) -> None:
    """Export everything as Markdown with the originals, or citations, or data on people."""
    from kbapp.export.citations import citations
    from kbapp.export.folder import write_file
    from kbapp.export.library_folder import export_library
    from kbapp.export.tables import graphml, write_tables

    with state.open_library() as library:
        if form == "csv":
            if folder is None:
                raise click.UsageError("Name a folder for the tables.")
            tables = [str(path) for path in write_tables(library, folder)]
            state.emit({"folder": str(folder), "written": tables}, f"{len(tables)} files written to {folder}")
            return
        if form is not None:
            found = articles.gathered(library, article_list.ids(library, "oldest"))
            data = (
                graphml(library)
                if form == "graphml"
                else citations(((each.id, each.article) for each in found), form).encode("utf-8", "replace")
            )
            if folder is None:
                sys.stdout.write(data.decode())
                return
            write_file(folder.expanduser(), data)
            state.emit({"written": [str(folder)]}, f"written: {folder}")
            return
        if folder is None:
            raise click.UsageError("Name a folder to export to, or a --format for citations.")
        written = [str(path) for path in export_library(library, folder, with_notes=with_notes)]
        state.emit({"folder": str(folder), "written": written}, f"{len(written)} files written to {folder}")


@click.command()
@common
@click.option("--repair", is_flag=True, help="Make anew what can be made anew.")
@click.pass_obj
def check(state: State, repair: bool) -> None:
    """Check the library and its index; nothing is deleted, and what is lost is named."""
    from kbapp.search.search_index import SearchIndex

    with state.open_library() as library:
        problems = maintenance.check(library, repair=repair)
        index = SearchIndex(library)
        if library.index_folder.exists() and (not index.is_current() or index.damage()):
            if repair:
                index.rebuild()
            problems.append(Problem(Notice(Code.CHECK_INDEX_STALE), mended=repair))
        left = [str(each) for each in problems if not each.mended]
        mended = [str(each) for each in problems if each.mended]
        state.failed = bool(left)
        value = {
            "ok": not problems,
            "problems": left + mended,
            "repaired": bool(mended),
            "library": str(library.folder),
        }
        lines = [*left, *(f"Mended: {each}" for each in mended)]
        state.emit(value, "\n".join(lines) or "The library is whole.")


@click.command("rebuild-index")
@common
@click.pass_obj
def rebuild_index(state: State) -> None:
    """Make the search index anew."""
    from kbapp.search.search_index import SearchIndex

    with state.open_library() as library:
        index = SearchIndex(library)
        index.rebuild()
        documents = index.ranker().documents
        state.emit({"ok": True, "problems": [], "documents": documents}, f"{documents} documents indexed.")


@click.command()
@common
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(state: State, file: Path) -> None:
    """Write the whole library to one file, while it is in use."""
    with state.open_library() as library:
        target = archive.back_up(library, file)
        state.emit({"ok": True, "problems": [], "file": str(target)}, f"Backup written: {target}")


@click.command()
@common
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(state: State, file: Path) -> None:
    """Put a backup in the place of the library; the present library is kept beside it."""
    folder = Path(state.library) if state.library else paths.default_library()
    kept = archive.restore(folder, file)
    value = {"ok": True, "problems": [], "library": str(folder), "kept": str(kept) if kept else None}
    state.emit(value, f"Restored to {folder}." + (f" The library that was there is now {kept}." if kept else ""))


@click.command()
@common
@click.pass_obj
def stats(state: State) -> None:
    """Counts and sizes."""
    with state.open_library() as library:
        value = maintenance.stats(library)
        state.emit(value, "\n".join(f"{name:16} {number}" for name, number in value.items()))

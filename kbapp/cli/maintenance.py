"""export, check, rebuild-index, backup, restore, stats."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kbapp import paths
from kbapp.cli.context import State, common
from kbapp.errors import Code, Notice, UserError
from kbapp.library import archive, maintenance
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.maintenance import Problem


@click.command()
@common
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--with-notes", is_flag=True, help="Export the private notes too.")
@click.option("--format", "form", type=click.Choice(["csl-json", "bibtex", "ris"]), help="Print citations instead.")
@click.pass_obj
def export(state: State, folder: Path | None, with_notes: bool, form: str | None) -> None:
    """Export everything as Markdown with the originals, or citations."""
    from kbapp.export.citations import citations
    from kbapp.export.library_folder import export_library

    with state.open_library() as library:
        if form is not None:
            text = citations(
                ((number, articles.get(library, number).article) for number in article_list.ids(library, "oldest")),
                form,
            )
            if folder is None:
                sys.stdout.write(text)
                return
            try:
                folder.write_text(text, "utf-8")
            except OSError as error:
                raise UserError(Code.FILE_NOT_WRITTEN, file=folder, reason=error.strerror) from error
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

"""read and import."""

from __future__ import annotations

import contextlib
from functools import partial

import click

from kbapp.cli.context import State, common
from kbapp.cli.text_output import article_text
from kbapp.errors import Code
from kbapp.text.filenames import printable

_ocr = click.option("--ocr", is_flag=True, help="Recognise the text of scans with tesseract.")
_files = click.argument("files", metavar="PATH...", nargs=-1, required=True, type=click.Path(readable=False))


@click.command()
@common
@_files
@_ocr
@click.pass_obj
def read(state: State, files: tuple[str, ...], ocr: bool) -> None:
    """Read files as an import would; nothing is kept."""
    from kbapp.export.json_objects import article_object
    from kbapp.importing.sources import expand_sources
    from kbapp.importing.worker_pool import WorkerPool

    pool = WorkerPool(model=state.names_model(), ocr=ocr or state.reads_scans())
    try:
        for done in pool.read(expand_sources(files)):
            if done.error is not None:
                if not done.source.explicit and done.error.code is Code.NOT_AN_ARTICLE:
                    continue
                state.fail(f"{printable(done.source.path)}: {done.error}")
                if state.json:
                    state.emit({"path": done.source.path, "error": str(done.error)}, "")
            for article in done.articles:
                for notice in article.warnings:
                    click.echo(f"{printable(done.source.path)}: {notice}", err=True)
                state.emit({"path": done.source.path, **article_object(article)}, partial(article_text, article))
    finally:
        pool.close()


@click.command("import")
@common
@_files
@_ocr
@click.pass_obj
def import_(state: State, files: tuple[str, ...], ocr: bool) -> None:
    """Import files, folders (with all in them) and archives."""
    from kbapp.importing.pipeline import run as run_import
    from kbapp.importing.worker_pool import WorkerPool
    from kbapp.library import change_log
    from kbapp.search.search_index import SearchIndex

    counts = {"imported": 0, "duplicate": 0, "updated": 0, "failed": 0}
    with (
        state.open_library() as library,
        contextlib.closing(WorkerPool(model=state.names_model(), ocr=ocr or state.reads_scans())) as pool,
    ):
        index = SearchIndex(library)

        def follow() -> None:
            if change_log.lag(library) > 20_000:
                index.follow()

        for outcome in run_import(library, files, pool=pool, index=follow):
            counts[outcome.status] += 1
            if outcome.error:
                state.fail(f"{printable(outcome.path)}: {outcome.error}")
            for notice in outcome.warnings:
                click.echo(f"{printable(outcome.path)}: {notice}", err=True)
            line = {
                "path": outcome.path,
                "status": outcome.status,
                "article": outcome.article,
                "error": str(outcome.error) if outcome.error else None,
            }
            state.emit(
                line, "" if outcome.error else f"{outcome.status:9}  {outcome.title}  (article {outcome.article})"
            )
        index.follow()
    click.echo(
        ", ".join(f"{number} {status}" for status, number in counts.items() if number) or "nothing to import", err=True
    )

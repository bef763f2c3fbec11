"""import."""

from __future__ import annotations

import contextlib

import click

from kbapp.cli.context import State, common, files_argument, ocr_option
from kbapp.importing.pipeline import run as run_import
from kbapp.importing.worker_pool import WorkerPool
from kbapp.library import change_log
from kbapp.search.search_index import SearchIndex
from kbapp.text.filenames import printable


@click.command("import")
@common
@files_argument
@ocr_option
@click.pass_obj
def import_(state: State, files: tuple[str, ...], ocr: bool) -> None:
    """Import files, folders (with all in them) and archives."""
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

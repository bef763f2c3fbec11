"""read."""

from __future__ import annotations

from functools import partial

import click

from kbapp.cli.context import State, common, files_argument, ocr_option
from kbapp.cli.text_output import article_text
from kbapp.errors import Code
from kbapp.export.json_objects import article_object
from kbapp.importing.sources import expand_sources
from kbapp.importing.worker_pool import WorkerPool
from kbapp.text.filenames import printable


@click.command()
@common
@files_argument
@ocr_option
@click.pass_obj
def read(state: State, files: tuple[str, ...], ocr: bool) -> None:
    """Read files as an import would; nothing is kept."""
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

"""search."""

from __future__ import annotations

from typing import Any

import click

from kbapp.cli.context import State, common
from kbapp.cli.text_output import error_text, hits_text
from kbapp.errors import LibraryUnavailable
from kbapp.export.json_objects import hit_object
from kbapp.i18n import message
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Kind, Search


@click.command()
@common
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--offset", default=0, type=click.IntRange(0))
@click.option("--sort", default="relevance", show_default=True, type=click.Choice(["relevance", "newest", "oldest"]))
@click.option("--in", "kinds", metavar="KINDS", help="Only articles, people or notes; several with commas.")
@click.pass_obj
def search(state: State, query: tuple[str, ...], limit: int, offset: int, sort: Any, kinds: str | None) -> None:
    """Search titles, texts, people, authors and notes."""
    names: dict[str, Kind] = {"articles": "article", "people": "person", "notes": "note"}
    wanted = [part.strip() for part in kinds.split(",")] if kinds else []
    if unknown := [part for part in wanted if part not in names]:
        raise click.BadParameter(f"“{unknown[0]}” is none of articles, people, notes.", param_hint="--in")
    with state.open_library() as library:
        index = SearchIndex(library)
        try:
            index.follow()
        except LibraryUnavailable as error:  # what is there can be searched still, and what the index lacks is read
            click.echo(error_text(error), err=True)
        results = Search(index).search(
            " ".join(query), limit=limit, offset=offset, sort=sort, kinds=[names[part] for part in wanted]
        )  # fmt: skip
        for problem in results.problems:
            click.echo(message(problem), err=True)
            if problem.start < problem.end:
                click.echo(
                    f"    {results.query}\n    {' ' * problem.start}{'^' * (problem.end - problem.start)}", err=True
                )
        if not results.total and results.suggestion:
            click.echo(f"Did you mean: {results.suggestion}", err=True)
        value: dict[str, Any] = {
            "query": results.query,
            "total": results.total,
            "took_ms": round(results.took_ms, 2),
            "hits": [hit_object(hit) for hit in results.hits],
        }
        if results.suggestion:
            value["suggestion"] = results.suggestion
        if results.problems:
            value["problems"] = [
                {"text": message(each), "start": each.start, "end": each.end} for each in results.problems
            ]
        state.emit(value, lambda: hits_text(value))

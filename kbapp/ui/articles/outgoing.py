"""What leaves the window: the original files of articles, and articles as citations."""

from __future__ import annotations

from dataclasses import dataclass

from kbapp.errors import NotFound
from kbapp.library.articles import repository as articles
from kbapp.ui.core.context import AppContext


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Files and citations of articles, asked for when they are dragged or copied."""

    context: AppContext

    def paths(self, ids: list[int]) -> list[str]:
        """Where the files of articles lie; those that are gone are left out."""
        library, found = self.context.library, []
        for each in ids:
            try:
                found.append(str(library.original(articles.get(library, each).original)))
            except NotFound:
                continue
        return found

    def citations(self, ids: list[int]) -> str:
        """Articles as records for reference managers (RIS)."""
        library = self.context.library
        return "\n".join(self.context.engines.cite(each, articles.get(library, each).article) for each in ids)

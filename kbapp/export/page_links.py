"""Which file of an export is the page of which thing, and links between them."""

from __future__ import annotations

import re

from kbapp.export.file_names import relative_link
from kbapp.export.markdown import link

_KB_LINK = re.compile(r"\]\(kb:(article|person|author|note)/(\d{1,18})\)")


class PageLinks:
    """The pages of an export by what they are about."""

    def __init__(self) -> None:
        self._paths: dict[tuple[str, int], str] = {}
        self._titles: dict[str, str] = {}
        self._listed: dict[str, list[str]] = {}
        self.addresses: dict[str, list[str | int]] = {}  # [kind, id, title] by path, for the way back

    def add(self, kind: str, number: int, path: str, title: str) -> None:
        """Gives a thing its page."""
        self._paths[kind, number] = path
        self.addresses[path] = [kind, number, title]
        self.label(kind, path, title)

    def label(self, kind: str, path: str, title: str) -> None:
        """Gives a page that is of no article, person or note its title."""
        self._titles[path] = title
        self._listed.setdefault(kind, []).append(path)

    def path(self, kind: str, number: int) -> str | None:
        """The page of a thing; a person and an author are one, with a page for each side."""
        other = {"person": "author", "author": "person"}.get(kind, kind)
        return self._paths.get((kind, number)) or self._paths.get((other, number))

    def link(self, kind: str, number: int, depth: int = 1) -> str | None:
        """A link to a thing's page from one ``depth`` folders deep; None where it has none."""
        path = self.path(kind, number)
        return link(self._titles[path] or path, relative_link(path, depth)) if path else None

    def listed(self, kind: str) -> list[tuple[str, str]]:
        """(path, title) of the pages of a kind, by title."""
        found = [(path, self._titles[path]) for path in self._listed.get(kind, ())]
        return sorted(found, key=lambda each: (each[1].casefold(), each[0]))

    def to_files(self, text: str, depth: int) -> str:
        """A note's text with its links into the library leading to files; those to what is not exported stay."""

        def target(match: re.Match[str]) -> str:
            path = self.path(match[1], int(match[2]))
            return f"]({relative_link(path, depth)})" if path else match[0]

        return _KB_LINK.sub(target, text)

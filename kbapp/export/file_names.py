"""Names of files that say what is inside and that every file system takes, whatever a title is made of."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_LONGEST = (
    120  # bytes: with a number and a suffix far below the 255 of most file systems, and the 260 of old Windows paths
)
_FORBIDDEN = re.compile(r"[<>:\"/\\|?*#^\[\]%`\s_]+")  # of Windows, of links in Obsidian and Logseq, of addresses
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.I)


def readable_name(title: str) -> str:
    """A title as the stem of a file's name; "" where nothing of it can be one."""
    plain = unicodedata.normalize("NFC", title)
    # Control characters, marks that turn the direction of writing, halves of letters, what is not assigned.
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in plain)
    name = _FORBIDDEN.sub(" ", plain).strip(" .-~'")
    while len(name.encode()) > _LONGEST:
        name = name[: max(1, len(name) - max(1, (len(name.encode()) - _LONGEST) // 4))]
    name = name.strip(" .-~'")
    return re.sub(r"(?=\.|$)", " -", name, count=1) if _RESERVED.fullmatch(name) else name


class Names:
    """The names of one folder: no two that differ only in capitals or in how letters are composed."""

    def __init__(self, otherwise: str) -> None:
        """``otherwise`` is the name of things whose title gives none."""
        self._otherwise = otherwise
        self._taken: set[str] = set()

    def name(self, title: str, number: int) -> str:
        """The name for a thing with this title and id; the id is added where the title alone is taken."""
        stem = readable_name(title) or f"{self._otherwise} {number}"
        name, nth = stem, 1
        while self._key(name) in self._taken:
            name = f"{stem} {number}" if nth == 1 else f"{stem} {number}-{nth}"
            nth += 1
        self._taken.add(self._key(name))
        return name

    @staticmethod
    def _key(name: str) -> str:
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def relative_link(path: str, depth: int = 1) -> str:
    """How a page that lies ``depth`` folders deep points to a path of the export."""
    return "../" * depth + quote(path, safe="/,'!&=+;@~-.")

"""File names: what they say of an article."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_KNOWN_DOUBLE = re.compile(r"\.(?:html?|xhtml|mhtml?|txt|md|pdf|docx?|odt|rtf|epub|eml|webarchive|tar|warc)$", re.I)
_MEANINGLESS = re.compile(
    r"[\W\d_]*|untitled|unbenannt|sans titre|document|dokument|article|text|stdin|clipboard|index", re.I
)


def title_of_name(name: str) -> str:
    """The title that a file's name gives, "" when it says nothing ("document.txt", "0017.pdf").

    Escapes of addresses ("%20"), underscores and a double suffix are undone, characters that turn the direction of writing
    or break lines are dropped.
    """
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = _SUFFIX.sub("", stem) if len(stem) > 1 else stem
    stem = _KNOWN_DOUBLE.sub("", stem)
    if re.search(r"%[0-9A-Fa-f]{2}", stem):
        stem = unquote(stem, errors="replace")
    stem = "".join(c if c.isprintable() else " " for c in stem.encode("utf-8", "replace").decode("utf-8", "replace"))
    if "_" in stem and " " not in stem.strip():
        stem = stem.replace("_", " ")
    stem = " ".join(stem.replace("_", " ").split())
    return "" if _MEANINGLESS.fullmatch(stem) else stem[:300]


def printable(path: str) -> str:
    """A path as a terminal may show it: what would break the line, turn its direction or move the cursor is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in path)

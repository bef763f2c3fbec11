"""What stands before the first element of XML and HTML: read step by step, as patterns for it take exponential time."""

from __future__ import annotations

import re

_ELEMENT = re.compile(r"<([\w.:-]+)")
_DOCTYPE = re.compile(r"<!doctype\b", re.I)


def after_prolog(text: str) -> int:
    """Where a text begins after blanks, processing instructions and comments."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        closing = "?>" if text.startswith("<?", at) else "-->" if text.startswith("<!--", at) else None
        end = text.find(closing, at) if closing else -1
        if closing is None or end < 0:
            return at
        at = end + len(closing)


def after_doctype(text: str) -> int:
    """Where a text begins after its prolog and its document type, with the declarations that may stand in it."""
    at = after_prolog(text)
    if not _DOCTYPE.match(text, at):
        return at
    subset, end = text.find("[", at), text.find(">", at)
    if 0 <= subset < end:
        end = text.find(">", max(text.find("]", subset), subset))
    return end + 1 + after_prolog(text[end + 1 :]) if end >= 0 else len(text)


def root_name(text: str) -> str:
    """The local name of the first element in lower case, "" if there is none."""
    match = _ELEMENT.match(text, after_doctype(text))
    return match[1].rpartition(":")[2].lower() if match else ""

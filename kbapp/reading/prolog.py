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


def root_name(text: str) -> str:
    """The local name of the first element in lower case, "" if there is none."""
    at = after_prolog(text)
    if _DOCTYPE.match(text, at):
        subset, end = text.find("[", at), text.find(">", at)
        if 0 <= subset < end:
            end = text.find(">", max(text.find("]", subset), subset))
        at = end + 1 + after_prolog(text[end + 1 :]) if end >= 0 else len(text)
    match = _ELEMENT.match(text, at)
    return match[1].rpartition(":")[2].lower() if match else ""

"""Ids as people type them."""

from __future__ import annotations

import re


def number_of(ref: int | str) -> int | None:
    """The id that a reference gives, None when it is no number that an id can be ("²", 99999999999999999999)."""
    text = str(ref).strip()
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None

"""The sentences of an article in which a person is named."""

from __future__ import annotations

import re


def passages(text: str, places: list[tuple[int, int]], most: int = 3) -> list[str]:
    """The sentences in which a person is named, at most ``most``."""
    found: list[str] = []
    last_end = -1
    for start, end in places:
        if start < last_end:
            continue
        left = max(
            (match.end() for match in re.finditer(r"[.!?][”\"’')]*\s+|\n", text[max(0, start - 300) : start])),
            default=None,
        )
        begin = max(0, start - 300) + left if left is not None else max(0, start - 300)
        right = re.search(r"[.!?][”\"’')]*(?=\s|$)|\n", text[end : end + 300])
        last_end = end + right.end() if right else min(len(text), end + 300)
        found.append(text[begin:last_end].strip())
        if len(found) >= most:
            break
    return found

"""Texts as sets of runs of words, and how much two of them have in common."""

from __future__ import annotations

import re
import zlib

RUN = 4  # words


def shingles(text: str) -> set[int]:
    """Hashes of the runs of four words, case and punctuation aside; a shorter text is one run."""
    words = re.findall(r"\w+", text.casefold())[:20_000]
    runs = (" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))
    return {zlib.crc32(run.encode()) for run in runs if run}


def contained(part: set[int], whole: set[int]) -> float:
    """Which share of the runs of one text the other has too, 0 to 1."""
    return len(part & whole) / len(part) if part else 0.0

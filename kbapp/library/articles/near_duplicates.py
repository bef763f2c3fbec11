"""Near-duplicates: articles with nearly the same words, such as agency text in two papers, found in about constant time.

MinHash over runs of four words (Broder, 1997), its bands kept in a table: articles that share a band are compared in full.
"""

from __future__ import annotations

import sqlite3
import zlib
from typing import TYPE_CHECKING

from kbapp.library.articles.shingles import shingles
from kbapp.library.database import Library

if TYPE_CHECKING:
    import numpy as np

ALIKE = 0.5  # of the runs of words in either are in both
_BANDS, _ROWS = 12, 4
_MOST_CANDIDATES = 20


def index_minhash(db: sqlite3.Connection, article: int, text: str) -> None:
    """Keeps the bands of an article's text, for its first time or anew."""
    db.execute("DELETE FROM minhash_bands WHERE article = ?", (article,))
    bands = _bands(shingles(text))
    db.executemany(
        "INSERT INTO minhash_bands VALUES (?, ?, ?)", ((band, value, article) for band, value in enumerate(bands))
    )


def find_similar(library: Library, article: int) -> list[tuple[int, float]]:
    """Articles that say nearly the same: (id, share of their runs of words in common), the likest first."""
    rows = library.db.execute(
        "SELECT o.article, count(*) FROM minhash_bands s JOIN minhash_bands o ON o.band = s.band AND o.value = s.value "
        "WHERE s.article = ? AND o.article <> s.article GROUP BY o.article ORDER BY count(*) DESC LIMIT ?",
        (article, _MOST_CANDIDATES),
    ).fetchall()
    if not rows:
        return []
    texts = {
        row[0]: row[1]
        for row in library.db.execute(
            f"SELECT id, text FROM articles WHERE deleted IS NULL AND id IN ({', '.join('?' * (len(rows) + 1))})",
            (article, *(row[0] for row in rows)),
        )
    }
    own = shingles(texts.pop(article, ""))
    found = []
    for other, text in texts.items():
        theirs = shingles(text)
        share = len(own & theirs) / max(1, len(own | theirs))
        if share >= ALIKE:
            found.append((other, share))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _bands(hashes: set[int]) -> list[int]:
    if not hashes:
        return []
    import numpy as np

    multipliers, offsets = _permutations()
    values = np.fromiter(hashes, np.uint64, len(hashes))
    lowest = ((values[:, None] * multipliers + offsets) >> np.uint64(32)).min(axis=0)
    return [zlib.crc32(lowest[at : at + _ROWS].tobytes()) for at in range(0, _BANDS * _ROWS, _ROWS)]


def _permutations() -> tuple[np.ndarray, np.ndarray]:
    """Multiply-shift hash functions (Dietzfelbinger), the same in every run: odd multipliers and offsets from a fixed seed."""
    import numpy as np

    state, numbers = 0x9E3779B97F4A7C15, []
    for _ in range(2 * _BANDS * _ROWS):
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        numbers.append(state)
    half = _BANDS * _ROWS
    return np.array([n | 1 for n in numbers[:half]], np.uint64), np.array(numbers[half:], np.uint64)

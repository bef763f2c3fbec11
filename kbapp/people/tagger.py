"""A chain of tags over the words of each run, weighed by what was learned from labelled texts.

The weights are those of a linear-chain conditional random field. The scores of a word are sums over its keys, each kept
once a key is met; the best chain is found for all runs of a text at once.
"""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from kbapp.paths import resource
from kbapp.people.features import TABLES, names_of

_MOST_KEYS = 150_000  # rows kept; a text of ever new words starts afresh rather than filling the memory

Floats = npt.NDArray[np.float32]


class Tagger:
    """Scores keys and decodes chains."""

    def __init__(self, labels: Sequence[str], names: Sequence[str], values: Floats, transitions: Floats) -> None:
        """``labels`` are the tags. ``names`` are the features, in the order of ``values`` (features x labels);
        ``transitions`` is labels x labels, from the row's tag to the column's."""
        self.labels, self.names = tuple(labels), tuple(names)
        self.values, self.transitions = values, transitions
        self._weights = dict(zip(names, range(len(names)), strict=True))
        self._forget()

    def _forget(self) -> None:
        self._rows: list[dict[Hashable, int]] = [{} for _ in range(TABLES)]
        self._scores = np.zeros((1024, len(self.labels)), np.float32)
        self._used = 0

    def _row(self, table: int, key: Hashable) -> int:
        if key in self._rows[table]:
            return self._rows[table][key]
        if self._used == len(self._scores):
            self._scores = np.concatenate([self._scores, np.zeros_like(self._scores)])
        known = [row for name in names_of(table, key) if (row := self._weights.get(name)) is not None]
        if known:
            self._scores[self._used] = self.values[known].sum(0)
        self._rows[table][key] = self._used
        self._used += 1
        return self._used - 1

    def tags(self, runs: Iterable[Iterable[Sequence[Hashable]]]) -> list[list[str]]:
        """The best tags of each run of a text, whose words are given by their keys."""
        if self._used > _MOST_KEYS:
            self._forget()
        rows: list[int] = []
        lengths: list[int] = []
        finders: list[Callable[[Hashable], int | None]] = [table.get for table in self._rows]
        for run in runs:
            before = len(rows)
            for keys in run:
                for find, key in zip(finders, keys, strict=True):
                    row = find(key)
                    rows.append(-1 if row is None else row)
                if -1 in rows[-TABLES:]:
                    rows[-TABLES:] = [self._row(table, key) for table, key in enumerate(keys)]
            lengths.append((len(rows) - before) // TABLES)
        if not rows:
            return []
        scores = self._scores[np.array(rows)].reshape(-1, TABLES, len(self.labels)).sum(1)
        tags = [self.labels[tag] for tag in self._best(scores, np.array(lengths))]
        return [tags[end - length : end] for end, length in zip(accumulate(lengths), lengths, strict=True)]

    def _best(self, scores: Floats, lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The tags of the best chains (Viterbi), over all runs side by side, longest first; ``scores`` is words x
        labels."""
        order = np.argsort(-lengths, kind="stable")
        first, lengths = (np.cumsum(lengths) - lengths)[order], lengths[order]
        counts = [int(np.count_nonzero(lengths > step)) for step in range(int(lengths[0]))]
        back: list[npt.NDArray[np.int64]] = []
        last = scores[first]
        for step, count in enumerate(counts[1:], 1):
            moves = last[:count, :, None] + self.transitions
            back.append(moves.argmax(1))
            last[:count] = moves.max(1) + scores[first[:count] + step]
        out = np.zeros(len(scores), np.int64)
        tag = last.argmax(1)
        for step in range(len(counts) - 1, -1, -1):
            count = counts[step]
            out[first[:count] + step] = tag[:count]
            if step:
                tag[:count] = back[step - 1][np.arange(count), tag[:count]]
        return out

    def write(self) -> bytes:
        """The weights as they are shipped: names, then numbers of half precision, compressed."""
        buffer = io.BytesIO()
        np.savez(
            buffer,
            labels=np.array("\n".join(self.labels)),
            names=np.frombuffer("\n".join(self.names).encode(), np.uint8),
            values=self.values.astype(np.float16),
            transitions=self.transitions.astype(np.float32),
        )
        return zlib.compress(buffer.getvalue(), 9)


def read(data: bytes) -> Tagger:
    """A tagger from what ``Tagger.write`` made."""
    with np.load(io.BytesIO(zlib.decompress(data)), allow_pickle=False) as arrays:
        names = arrays["names"].tobytes().decode().split("\n")
        labels = str(arrays["labels"]).split("\n")
        return Tagger(labels, names, arrays["values"].astype(np.float32), arrays["transitions"])


@functools.cache
def tagger() -> Tagger:
    """The weights of this program, read once a process."""
    return read(resource("names", "weights.bin").read_bytes())

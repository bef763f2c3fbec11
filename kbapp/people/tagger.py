"""A chain of tags over the words of each run, weighed by what was learned from labelled texts.

The weights are those of a linear-chain conditional random field. The scores of a word are sums over its keys, each kept
once a key is met; the best chain is found for all runs of a text at once.
"""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Hashable, Iterable, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from kbapp.paths import resource
from kbapp.people.features import TABLES, Key, names_of

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

    def _add_rows(self, table: int, keys: Iterable[Hashable]) -> None:
        """Rows for keys that were never met, all of a table at once."""
        weights: list[int] = []
        begins: list[int] = []
        added: list[int] = []
        for row, key in enumerate(keys, self._used):
            before = len(weights)
            weights += [weight for name in names_of(table, key) if (weight := self._weights.get(name)) is not None]
            if len(weights) > before:
                begins.append(before)
                added.append(row)
            self._rows[table][key] = row
            self._used = row + 1
        while self._used > len(self._scores):
            self._scores = np.concatenate([self._scores, np.zeros_like(self._scores)])
        if added:
            self._scores[added] = np.add.reduceat(self.values[weights], begins)

    def tags(self, runs: Iterable[Iterable[Key]]) -> list[list[str]]:
        """The best tags of each run of a text, whose words are given by their keys."""
        if self._used > _MOST_KEYS:
            self._forget()
        words: list[Key] = []
        ends: list[int] = []
        for run in runs:
            words += run
            ends.append(len(words))
        if not words:
            return []
        # Table by table: a map over a dictionary is several times as fast as a look-up a word and table in Python.
        columns = [self._column(table, keys) for table, keys in enumerate(zip(*words, strict=True))]
        scores = self._scores[np.array(columns)].sum(0)
        starts = [0, *ends[:-1]]
        best = self._best(scores, np.subtract(ends, starts))
        tags = [self.labels[tag] for tag in best.tolist()]
        return [tags[start:end] for start, end in zip(starts, ends, strict=True)]

    def _column(self, table: int, keys: Sequence[Hashable]) -> list[int]:
        """The rows of a table's keys."""
        known = self._rows[table]
        rows = list(map(known.get, keys))
        if None in rows:
            self._add_rows(table, dict.fromkeys(key for key, row in zip(keys, rows, strict=True) if row is None))
            rows = list(map(known.get, keys))
        return cast("list[int]", rows)

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

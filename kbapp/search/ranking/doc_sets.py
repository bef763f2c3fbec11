"""Sets of documents as sorted arrays of ids with scores beside them: common, joined, taken away."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kbapp.search.codec.posting_blocks import Floats, Ids
from kbapp.search.codec.segment_reader import Postings

NOTHING: tuple[Ids, Floats] = (np.empty(0, np.int32), np.empty(0))


TIE_DIGITS = 9
_TIE = 10.0**-TIE_DIGITS


def front_of(rank: Floats, ids: Ids, dates: NDArray[np.int64], wanted: int) -> NDArray[np.intp]:
    """Where the best ``wanted`` of many documents stand, with a few more that come close.

    A prefix gives thousands of documents the same rank, so that the dates have to cut too. ``dates`` are the whole segment's.
    """
    if len(rank) <= wanted * 4:
        return np.arange(len(rank))
    floor = _floor(rank, wanted)
    front = np.flatnonzero(rank >= floor - _TIE)
    above = front[rank[front] > floor + _TIE]
    if len(above) >= wanted:
        return above[front_of(rank[above], ids[above], dates, wanted)]
    tied = front[rank[front] <= floor + _TIE]
    if len(tied) > wanted * 4:
        when = dates[ids[tied]]
        tied = tied[when >= _floor(when, wanted)]
    return np.concatenate([above, tied])


def _floor(values: NDArray[Any], wanted: int) -> float:
    """A value that at least ``wanted`` reach, from a sample: partitioning all costs most where many are equal."""
    sample = values[:: max(1, len(values) // max(2048, wanted * 4))]
    at = len(sample) - wanted
    return float(np.partition(sample, at)[at])


def union(parts: list[tuple[Ids, Floats]], count: int) -> tuple[Ids, Floats]:
    """The documents in any part, their scores added."""
    size = sum(len(ids) for ids, _ in parts)
    if size * 20 > count:
        sums = np.zeros(count)
        there = np.zeros(count, np.bool_)
        for ids, scores in parts:
            sums[ids] += scores
            there[ids] = True
        found = np.flatnonzero(there).astype(np.int32)
        return found, sums[found]
    joined = np.concatenate([ids for ids, _ in parts])
    order = np.argsort(joined, kind="stable")
    joined = joined[order]
    starts = np.flatnonzero(joined[1:] != joined[:-1]) + 1
    starts = np.concatenate([[0], starts])
    summed: Floats = np.add.reduceat(np.concatenate([scores for _, scores in parts])[order], starts)
    return joined[starts], summed


def worth_decoding(postings: Postings, common: Ids) -> Ids | None:
    """Decoding all positions, which are then kept, pays unless only few of the documents are wanted."""
    return common if len(common) * 3 < len(postings.ids) else None


def in_both(one: Ids, other: Ids) -> Ids:
    """The ids that both have."""
    if len(one) > len(other):
        one, other = other, one
    at = np.searchsorted(other, one)
    at[at == len(other)] = 0
    common: Ids = one[other[at] == one]
    return common


def intersect(result: tuple[Ids, Floats], ids: Ids, scores: Floats, count: int) -> tuple[Ids, Floats]:
    """The documents in both, their scores added; ``count`` is how many documents the segment has."""
    own, sums = result
    if not len(own) or not len(ids):
        return NOTHING
    if len(own) * 8 > count:
        dense = np.full(count, np.nan)
        dense[ids] = scores
        added = dense[own]
        keep = ~np.isnan(added)
        return own[keep], sums[keep] + added[keep]
    at = np.searchsorted(ids, own)
    at[at == len(ids)] = 0
    keep = ids[at] == own
    return own[keep], sums[keep] + scores[at[keep]]


def without(result: tuple[Ids, Floats], unwanted: Ids) -> tuple[Ids, Floats]:
    """The result without the unwanted documents."""
    ids, scores = result
    if not len(ids) or not len(unwanted):
        return result
    at = np.searchsorted(unwanted, ids)
    at[at == len(unwanted)] = 0
    keep = unwanted[at] != ids
    return ids[keep], scores[keep]


def scores_at(part: tuple[Ids, Floats], ids: Ids) -> Floats:
    """The scores of these documents, 0 where the part has none."""
    own, scores = part
    if not len(own):
        return np.zeros(len(ids))
    at = np.searchsorted(own, ids)
    at[at == len(own)] = 0
    return np.where(own[at] == ids, scores[at], 0.0)

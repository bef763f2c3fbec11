"""Words near one another: positions of several words compared as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kbapp.search.codec.combined_reader import Segment
from kbapp.search.codec.posting_blocks import Ids
from kbapp.search.codec.segment_reader import Postings
from kbapp.search.ranking.doc_sets import worth_decoding
from kbapp.search.ranking.forms import position_keys


def adjacent(segment: Segment, postings: list[Postings], common: Ids, offsets: Sequence[int], slop: int) -> Ids:
    """The documents where the words follow one another, each at its offset from the one before or at most ``slop`` - 1 later."""
    keys = position_keys(segment, postings[0], worth_decoding(postings[0], common))
    for number, each in enumerate(postings[1:], 1):
        following = position_keys(segment, each, worth_decoding(each, common))
        if not len(following):
            return np.empty(0, np.int32)
        distance = offsets[number] - offsets[number - 1]
        reached = []
        for step in range(distance, distance + slop):
            at = np.searchsorted(following, keys + step)
            at[at == len(following)] = 0
            reached.append(keys[following[at] == keys + step] + step)
        keys = reached[0] if slop == 1 else np.unique(np.concatenate(reached))
        if not len(keys):
            break
    return np.unique(keys >> 32).astype(np.int32)


def close_by(segment: Segment, postings: list[Postings], common: Ids, distance: int) -> Ids:
    """The documents where the words stand at most ``distance`` places from the first, before or after it."""
    keys = position_keys(segment, postings[0], worth_decoding(postings[0], common))
    for each in postings[1:]:
        other = position_keys(segment, each, worth_decoding(each, common))
        if not len(other):
            return np.empty(0, np.int32)
        after = np.searchsorted(other, keys)
        near = np.zeros(len(keys), np.bool_)
        for at in (np.minimum(after, len(other) - 1), np.maximum(after - 1, 0)):
            near |= (np.abs(other[at] - keys) <= distance) & (other[at] >> 32 == keys >> 32)
        keys = keys[near]
    return np.unique(keys >> 32).astype(np.int32)

"""The front of many documents holds the best of them, however many tie."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kbapp.search.ranking.doc_sets import front_of, union


@settings(max_examples=150, deadline=None)
@given(
    count=st.integers(1, 12_000),
    levels=st.sampled_from([1, 2, 5, 300, 10**6]),
    days=st.sampled_from([1, 3, 2000]),
    wanted=st.integers(1, 300),
    seed=st.integers(0, 2**32 - 1),
)
def test_the_front_holds_the_best(count: int, levels: int, days: int, wanted: int, seed: int):
    chance = np.random.default_rng(seed)
    rank = chance.integers(0, levels, count) / 7
    ids = np.sort(chance.choice(count * 2, count, replace=False)).astype(np.int32)
    dates = chance.integers(0, days, count * 2).astype(np.int64)
    wanted = min(wanted, count)
    best = np.lexsort((ids, -dates[ids], -rank))[:wanted]
    front = front_of(rank, ids, dates, wanted)
    assert len(set(front.tolist())) == len(front)
    kept = front[np.lexsort((ids[front], -dates[ids[front]], -rank[front]))][:wanted]
    assert kept.tolist() == best.tolist()


@given(st.lists(st.dictionaries(st.integers(0, 50), st.floats(0.1, 9), min_size=1), min_size=1, max_size=4))
def test_a_union_adds_scores_whether_sparse_or_dense(parts: list[dict[int, float]]):
    arrays = [
        (np.array(sorted(part), np.int32), np.array([part[each] for each in sorted(part)], np.float64))
        for part in parts
    ]
    wanted = {key: sum(part.get(key, 0.0) for part in parts) for key in sorted(set().union(*parts))}
    for count in (51, 10**6):
        ids, scores = union(arrays, count)
        assert ids.tolist() == list(wanted)
        assert np.allclose(scores, list(wanted.values()))

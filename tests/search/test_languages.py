"""What people type in many languages finds the articles that it must, and no others."""

from __future__ import annotations

import pytest

from tests.bench.languages import Case, cases, fts5, ours, score


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.language)
def test_every_query_finds_what_it_must(case: Case):
    wrong: list[str] = []
    score(ours, [case], wrong)
    assert wrong == []


def test_the_set_is_large_and_no_easy_one():
    assert len(cases()) >= 20 and sum(len(case.queries) for case in cases()) >= 300
    assert score(fts5("unicode61 remove_diacritics 2"), cases()).recall < 0.7

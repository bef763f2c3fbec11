"""What finding names hands on to everything that asks who, what and said: a place that may name somebody."""

from __future__ import annotations

from dataclasses import dataclass

from kbapp.domain import FieldName


@dataclass(slots=True)
class MentionCandidate:
    """A place that names someone.

    ``start`` and ``end`` are offsets into the field, ``key`` the folded words found there. ``points`` is how much speaks
    for a person (about 1.6 is enough), ``reason`` says what does. ``cue`` is the kind of word before the name ("title",
    "role" or ""), and ``lead_start`` where those words begin, -1 for none.
    """

    field: FieldName
    start: int
    end: int
    key: tuple[str, ...]
    points: float
    reason: str
    cue: str = ""
    lead_start: int = -1

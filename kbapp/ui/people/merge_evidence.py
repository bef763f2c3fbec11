"""What speaks for and against two people being one, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kbapp.domain import Profile
from kbapp.i18n import language, plain_date, plural, translated
from kbapp.library.database import Library
from kbapp.library.people import figures, glimpses, profiles

_NAMES = 4  # people or sources that are named


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two: ``about`` says in how many articles."""

    id: int
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing that both can be compared by; ``same`` is None where it says nothing."""

    name: str
    one: str
    other: str
    same: bool | None


@dataclass(frozen=True, slots=True)
class MergeEvidence:
    """Two people and what can be compared."""

    sides: tuple[MergeSide, MergeSide]
    rows: tuple[EvidenceRow, ...]


def gather(library: Library, one: int, other: int) -> MergeEvidence:
    """Reads both sides. Raises NotFound."""
    a, b = (profiles.profile(library, each, limit=20, language=language()) for each in (one, other))
    short = glimpses.glimpses(library, [a.id, b.id])
    rows = (
        _row(translated("Name"), [a.name], [b.name], differs=True),
        _row(translated("Role"), _words(a.description), _words(b.description)),
        _row(translated("In the text"), short[a.id].passages[:1], short[b.id].passages[:1], says_nothing=True),
        _row(translated("Mentioned with"), _names(a), _names(b)),
        _row(translated("Written about by"), _writers(a), _writers(b)),
        _row(translated("Sources"), _sources(a), _sources(b)),
        _row(translated("Seen"), _words(_seen(a)), _words(_seen(b)), says_nothing=True),
    )
    return MergeEvidence((_side(library, a), _side(library, b)), tuple(row for row in rows if row.one or row.other))


def _side(library: Library, profile: Profile) -> MergeSide:
    return MergeSide(profile.id, profile.name, plural(figures.figures(library, profile.id).articles, "article"))


def _row(
    name: str, one: Iterable[str], other: Iterable[str], *, differs: bool = False, says_nothing: bool = False
) -> EvidenceRow:
    """``differs``: two that share nothing speak against it; ``says_nothing``: they are there to be read only."""
    left, right = list(one), list(other)
    shared = {each.casefold() for each in left} & {each.casefold() for each in right}
    same = None if says_nothing or not left or not right else True if shared else False if differs else None
    left.sort(key=lambda each: each.casefold() not in shared)
    right.sort(key=lambda each: each.casefold() not in shared)
    return EvidenceRow(name, ", ".join(left[:_NAMES]), ", ".join(right[:_NAMES]), same)


def _words(text: str | None) -> list[str]:
    return [text] if text else []


def _names(profile: Profile) -> list[str]:
    return [each.name for each in profile.often_with]


def _writers(profile: Profile) -> list[str]:
    return [each.name for each in profile.written_about_by]


def _sources(profile: Profile) -> list[str]:
    return list(dict.fromkeys(each.source for each in profile.mentioned_in if each.source))


def _seen(profile: Profile) -> str:
    first, last = plain_date(profile.first_seen), plain_date(profile.last_seen)
    return first if first == last else f"{first} – {last}"

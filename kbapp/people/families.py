"""Families in lists that share one surname: "Paul and David Tolliver" names Paul Tolliver too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kbapp.domain import FieldName
from kbapp.people.lexicon import lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.sex import sex_of_given_name
from kbapp.text.folding import fold

_BEFORE = re.compile(r"(?<![\w’'.-])([^\W\d_][\w’'-]+)(?: [A-Z]\.)?(,? (?:and|&|und|et|y|e) |, )$")
_WORD = re.compile(r"\S+")
_LONGEST_LIST = 8


def relatives(
    fields: Mapping[FieldName, str], candidates: Sequence[MentionCandidate]
) -> Iterator[tuple[MentionCandidate, str]]:
    """A candidate for each given name that shares the surname of the full name after it, with the full name it stands for.

    Only a known given name counts that is no place and that no other person of the article bears.
    """
    taken = {
        (each.field, each.start + word.start())
        for each in candidates
        for word in _WORD.finditer(fields[each.field][each.start : each.end])
    }
    borne = {word for each in candidates for word in each.key[:-1]} | {
        each.key[0] for each in candidates if len(each.key) == 1
    }
    for candidate in candidates:
        if len(candidate.key) < 2:
            continue
        text = fields[candidate.field]
        surname = text[candidate.start : candidate.end].split()[-1]
        end = candidate.start
        joined = False
        for _ in range(_LONGEST_LIST):
            match = _BEFORE.search(text, max(0, end - 40), end)
            if match is None or (not joined and match[2] == ", "):
                break
            joined = True
            given = match[1]
            if not _is_given(given) or fold(given) in borne or (candidate.field, match.start(1)) in taken:
                break
            key = (fold(given), candidate.key[-1])
            reason = "a given name that shares the surname after it"
            yield (
                MentionCandidate(candidate.field, match.start(1), match.end(1), key, candidate.points, reason),
                f"{given} {surname}",
            )
            end = match.start(1)


def _is_given(word: str) -> bool:
    lex = lexicon()
    folded = fold(word)
    known = folded in lex.given and word[0].isupper() and not word.isupper()
    return (
        known
        and not any(folded in words for words in (lex.places, lex.cities, lex.not_names, lex.orgs))
        and bool(sex_of_given_name(word, None))
    )

"""People found by spaCy, for users who install it: ``pip install kbapp[spacy]`` and a model, chosen in the settings.

Only the finding of names is spaCy's; who is who, descriptions and quotes are ours either way.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import Any

from kbapp.domain import FieldName
from kbapp.errors import Code, UserError
from kbapp.people.lexicon import lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.text.folding import fold

_WORD = re.compile(r"[^\W\d_][\w.’'‑-]*")
_LABELS = ("PERSON", "PER")
_POINTS = 2.5  # spaCy tells no confidence; this is that of a full name with one cue
_PIECE = 100_000  # characters; a model needs about 1 GB for a million


class MissingRecogniser(UserError):
    """spaCy or its model is not installed."""


@functools.lru_cache(maxsize=1)
def pipeline(model: str) -> Callable[[str], Any]:
    """The model, loaded once in a process. Raises MissingRecogniser."""
    try:
        import spacy

        loaded: Callable[[str], Any] = spacy.load(model, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])
        return loaded
    except (ImportError, OSError) as error:
        raise MissingRecogniser(Code.RECOGNISER_MISSING, model=model) from error


def find_candidates(fields: Iterable[tuple[FieldName, str]], model: str) -> list[MentionCandidate]:
    """The places that name people, in order; offsets are exact. Raises MissingRecogniser."""
    nlp = pipeline(model)
    found = []
    for name, text in fields:
        for offset in range(0, len(text), _PIECE):
            for entity in nlp(text[offset : offset + _PIECE]).ents:
                if entity.label_ in _LABELS:
                    candidate = _candidate(name, text, offset + entity.start_char, offset + entity.end_char)
                    if candidate is not None:
                        found.append(candidate)
    return found


def _candidate(field: FieldName, text: str, start: int, end: int) -> MentionCandidate | None:
    """A span without its titles, possessive and line breaks; None when nothing is left."""
    lex = lexicon()
    words = []
    for match in _WORD.finditer(text, start, end):
        form = re.sub(r"[’']s?$", "", match.group())
        words.append((match.start(), match.start() + len(form), fold(form).rstrip(".")))
    lead = -1
    while len(words) > 1 and words[0][2] in lex.titles:
        lead = words.pop(0)[0] if lead < 0 else (words.pop(0), lead)[1]
    if not words or "\n" in text[words[0][0] : words[-1][1]]:
        return None
    key = tuple(word for _, _, word in words)
    cue = "title" if lead >= 0 else ""
    return MentionCandidate(field, words[0][0], words[-1][1], key, _POINTS, "found by spaCy", cue, lead)

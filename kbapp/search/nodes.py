"""Kinds of queries beside Whoosh's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from whoosh import query as q


class Leaf(q.Query):  # type: ignore[misc]
    """A query that has no queries inside and no simpler form."""

    fieldname: str

    def is_leaf(self) -> bool:
        return True

    def normalize(self) -> Any:
        return self

    def field(self) -> str:
        return self.fieldname

    def __str__(self) -> str:
        return repr(self)


class Word(Leaf):
    """One word in any of several fields, where the field allows in any of its forms.

    Args:
        fields: The fields with their weights.
        word: The word as it was typed.
        spellings: The terms it is indexed under.
        stemmed: Whether forms of the word count.
    """

    def __init__(
        self,
        fields: Mapping[str, float],
        word: str,
        spellings: Sequence[bytes],
        stemmed: bool = True,
        boost: float = 1.0,
    ) -> None:
        self.fields, self.word, self.spellings, self.stemmed, self.boost = (
            fields,
            word,
            tuple(spellings),
            stemmed,
            boost,
        )
        self.fieldname = next(iter(self.fields), "")
        self.key = (self.word if stemmed else "", self.spellings)

    def __repr__(self) -> str:
        return f"Word({self.word!r}, {self.spellings!r}, stemmed={self.stemmed}, fields={self.fields!r})"


class Phrase(Leaf):
    """Words of one field one after the other, each at its offset; more than ``slop`` - 1 other words may stand between.

    Args:
        fieldname: The field.
        words: The words; the spellings of each.
        offsets: How far each stands from the first.
        slop: How many places a word may be behind the one before; only for words that follow at once.
    """

    def __init__(
        self, fieldname: str, words: Sequence[Word], offsets: Sequence[int] = (), slop: int = 1, boost: float = 1.0
    ) -> None:
        self.fieldname, self.words, self.slop, self.boost = fieldname, list(words), slop, boost
        self.offsets = tuple(offsets) or tuple(range(len(self.words)))

    def __repr__(self) -> str:
        return f"Phrase({self.fieldname!r}, {self.words!r}, {self.offsets}, slop={self.slop})"


class Near(Leaf):
    """Words of one field at most ``distance`` words apart, in either order."""

    def __init__(self, fieldname: str, words: Sequence[Word], distance: int, boost: float = 1.0) -> None:
        self.fieldname, self.words, self.distance, self.boost = fieldname, list(words), distance, boost

    def __repr__(self) -> str:
        return f"Near({self.fieldname!r}, {self.words!r}, {self.distance})"


class Containing(Leaf):
    """Documents with a word of one field that contains these letters."""

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        self.fieldname, self.text, self.boost = fieldname, text, boost

    def __repr__(self) -> str:
        return f"Containing({self.fieldname!r}, {self.text!r})"


class ColumnRange(Leaf):
    """Documents whose number in a column is at least ``start`` and less than ``end``."""

    def __init__(self, fieldname: str, start: int, end: int, boost: float = 1.0) -> None:
        self.fieldname, self.start, self.end, self.boost = fieldname, start, end, boost

    def __repr__(self) -> str:
        return f"ColumnRange({self.fieldname!r}, {self.start}, {self.end})"

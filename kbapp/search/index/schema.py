"""The one Whoosh schema: articles, people and notes in one index, each a document with the fields that it has.

Only classes of stock Whoosh are used, so that any Whoosh opens the index. Field weights are applied when searching.
"""

from __future__ import annotations

import functools
from typing import Any

from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, KEYWORD, TEXT, Schema
from whoosh.support.charset import accent_map

KINDS = ("article", "person", "note")
TEXT_FIELDS = {"title": 3.0, "subtitle": 2.0, "body": 1.0, "people": 2.0, "authors": 2.0, "note": 1.5, "source": 1.0}
"""The fields that a bare word is looked for in, with their weights."""

WORD = r"\w+(?:\.\w+)*"
NO_DATE = -(2**31)


def analyzer() -> Any:
    """Words, folded to lower case without accents, common words dropped, stemmed."""
    return (
        RegexTokenizer(WORD) | LowercaseFilter() | CharsetFilter(accent_map) | StopFilter() | StemFilter(cachesize=-1)
    )


@functools.cache
def schema() -> Schema:
    """The schema that a new index is made with."""
    chain = analyzer()
    texts = {name: TEXT(analyzer=chain, phrase=True) for name in TEXT_FIELDS}
    return Schema(
        key=ID(unique=True, stored=True),
        kind=ID(),
        lang=ID(),
        type=ID(),
        tag=KEYWORD(commas=True, lowercase=True),
        flags=KEYWORD(),
        kind_number=COLUMN(NumericColumn("B")),
        ref=COLUMN(NumericColumn("I")),
        published=COLUMN(NumericColumn("i", default=NO_DATE)),
        added=COLUMN(NumericColumn("i", default=NO_DATE)),
        **texts,
    )

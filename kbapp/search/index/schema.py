"""The one Whoosh schema: articles, people and notes in one index, each a document with the fields that it has.

Only classes of stock Whoosh are used, so that any Whoosh opens the index. Field weights are applied when searching; forms of
a word are brought together by ``stemming``, the language of a document's words.
"""

from __future__ import annotations

import functools
from typing import Any

from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, KEYWORD, TEXT, Schema
from whoosh.support.charset import accent_map

KINDS = ("article", "person", "note")
TEXT_FIELDS = {"title": 3.0, "subtitle": 2.0, "body": 1.0, "people": 2.0, "authors": 2.0, "note": 1.5, "source": 1.0}
"""The fields that a bare word is looked for in, with their weights."""
STEMMED_FIELDS = frozenset(["title", "subtitle", "body", "note"])
"""The fields in which forms of a word count as the word; names are found as they are written."""
NO_DATE = -(2**31)


def analyzer() -> Any:
    """What stock Whoosh makes of a text of ours: words without case and accents (``analysis`` tells more apart)."""
    return RegexTokenizer(r"\w+(?:\.\w+)*") | LowercaseFilter() | CharsetFilter(accent_map)


@functools.cache
def schema() -> Schema:
    """The schema that a new index is made with."""
    chain = analyzer()
    texts = {name: TEXT(analyzer=chain, phrase=True) for name in TEXT_FIELDS}
    return Schema(
        key=ID(unique=True),
        kind=ID(),
        lang=ID(),
        stemming=ID(),
        type=ID(),
        tag=KEYWORD(commas=True, lowercase=True),
        flags=KEYWORD(),
        kind_number=COLUMN(NumericColumn("B")),
        ref=COLUMN(NumericColumn("I")),
        published=COLUMN(NumericColumn("i", default=NO_DATE)),
        added=COLUMN(NumericColumn("i", default=NO_DATE)),
        prominence=COLUMN(NumericColumn("I")),
        **texts,
    )

"""The pieces of an article page: its text cut at people and notes, so that the template only has to write them down."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from kbapp.domain import BLOCK_SEPARATOR, Note, Span
from kbapp.library.articles.rows import StoredArticle
from kbapp.library.notes.anchors import find_anchor

FIRM = 0.7  # mentions less sure than this are dotted


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; with a person it is a link, with a note's colour a highlight. ``notes`` begin with it."""

    text: str
    person: int = 0
    reason: str = ""
    firm: bool = True
    notes: tuple[int, ...] = ()
    colour: str = ""
    place: int = 0
    styles: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of the body with its pieces; ``rows`` only for tables."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    person: int = 0
    reason: str = ""
    firm: bool = True
    note: int = 0
    colour: str = ""


def field_pieces(stored: StoredArticle, field: str) -> tuple[Piece, ...]:
    """The title or subtitle as pieces."""
    text = stored.article.title if field == "title" else stored.article.subtitle or ""
    return tuple(_pieces(text, 0, _mention_spans(stored, field), []))


def body_blocks(stored: StoredArticle, notes: Iterable[Note]) -> tuple[tuple[PageBlock, ...], frozenset[int]]:
    """The body's blocks as pieces, and the ids of notes whose passage is no longer in the text."""
    text = stored.article.text
    mentions = _mention_spans(stored, "text")
    highlights, lost = [], set()
    for note in notes:
        if note.quote is None:
            continue
        place = find_anchor(text, note.quote)
        if place is None:
            lost.add(note.id)
        else:
            highlights.append(_Span(*place, note=note.id, colour=note.colour or "yellow"))
    blocks = []
    offset = 0
    for block in stored.article.blocks:
        end = offset + len(block.text)
        rows = tuple(tuple(row.split("\t")) for row in block.text.split("\n")) if block.kind == "table" else ()
        pieces = tuple(
            _pieces(block.text, offset, _within(mentions, offset, end), _within(highlights, offset, end), block.spans)
        )
        blocks.append(PageBlock(block.kind, block.level or 2, pieces, rows))
        offset = end + len(BLOCK_SEPARATOR)
    return tuple(blocks), frozenset(lost)


def _mention_spans(stored: StoredArticle, field: str) -> list[_Span]:
    spans = [
        _Span(mention.start, mention.end, number, mention.reason, mention.confidence >= FIRM)
        for number, person in zip(stored.people_ids, stored.article.people, strict=True)
        for mention in person.mentions
        if mention.field == field
    ]
    return sorted(spans, key=lambda span: span.start)


def _within(spans: list[_Span], start: int, end: int) -> list[_Span]:
    return [span for span in spans if span.start < end and span.end > start]


def _pieces(
    text: str, offset: int, mentions: list[_Span], highlights: list[_Span], styled: tuple[Span, ...] = ()
) -> Iterable[Piece]:
    """Cuts at every edge of a mention, highlight or style; where several lie, the piece is all of them."""
    edges = {0, len(text)}
    for style in styled:
        edges.update(min(max(edge, 0), len(text)) for edge in (style.start, style.end))
    for span in (*mentions, *highlights):
        edges.update(min(max(edge - offset, 0), len(text)) for edge in (span.start, span.end))
    cuts = sorted(edges)
    for start, end in itertools.pairwise(cuts):
        at = start + offset
        mention = next((span for span in mentions if span.start <= at < span.end), None)
        highlight = next((span for span in highlights if span.start <= at < span.end), None)
        yield Piece(
            text[start:end],
            person=mention.person if mention else 0,
            reason=mention.reason if mention else "",
            firm=mention.firm if mention else True,
            notes=tuple(span.note for span in highlights if max(span.start, offset) == at),
            colour=highlight.colour if highlight else "",
            place=at,
            styles=tuple(
                dict.fromkeys(span.kind for span in styled if span.start <= start < span.end and span.kind != "link")
            ),
            target=next((span.target for span in styled if span.start <= start < span.end and span.kind == "link"), ""),
        )

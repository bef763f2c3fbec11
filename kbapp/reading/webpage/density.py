"""Where the article stands on a page, told by its text: paragraphs with much prose and few links lend weight to the
elements that hold them (the idea of Readability, 2009), and what hangs together with the heaviest is the body."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from kbapp.domain import Block, BlockKind, Span
from kbapp.reading.images import source_of
from kbapp.reading.inline_styles import Style, StyledText, style_of
from kbapp.reading.webpage.fragments import data_table

_DROPPED = frozenset(
    "script style noscript template svg iframe button select textarea input nav footer head object embed video audio canvas dialog menu map".split()
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:comment|comments|disqus|related|recommend\w*|share|sharing|social|sidebar|side-bar|footer|foot|header|masthead|menu|nav|navbar|breadcrumbs?|"
    r"newsletter|subscribe|subscription|signup|sign-up|promo|promoted|sponsor\w*|advert\w*|ads?|banner|popup|modal|cookie\w*|consent|widget|"
    r"tags?|taglist|pagination|pager|author-?(?:bio|box|info|card)|byline|caption|credit|meta|metadata|dateline|toolbar|tools|trending|popular|most-?read|"
    r"more-?(?:stories|from|news|on)|read-?(?:more|next)|also|outbrain|taboola|gallery|slideshow|carousel|print-?only|screen-reader\w*|visually-hidden|"
    r"hidden|paywall|donate|correction-link|toc|rating|vote|poll|video|player|infobox|hatnote|reflist|references)(?:$|[\s_-])", re.I,
)  # fmt: skip
_STRONG = re.compile(r"(?:^|[\s_-])(?:article-?_?(?:body|content|text)|story-?_?(?:body|content|text)|post-?_?(?:body|content|entry)|entry-?_?content|content-?_?body|articlebody)(?:$|[\s_-])", re.I)  # fmt: skip
_KINDS: dict[str, BlockKind] = {"li": "list_item", "blockquote": "quote", "pre": "code"}
_BLOCK_TAGS = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 li ul ol dl dd dt blockquote pre figure figcaption table tbody thead tr td th center body header aside details address hr".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SENTENCE = re.compile(r"[.!?…。](?:\s|$|[”\"’'])")


@dataclass(slots=True)
class Piece:
    """A block of the page's text: where it hangs, and how much of it is links."""

    text: str
    kind: BlockKind
    level: int | None
    parent: Any
    links: float
    suspects: tuple[Any, ...]
    furniture: bool = False
    spans: tuple[Span, ...] = ()
    pictures: tuple[
        tuple[str, str], ...
    ] = ()  # (source, words) of those between the piece before and the end of this one

    @property
    def block(self) -> Block:
        return Block(self.kind, self.text, self.level, self.spans)


def pieces(root: Any) -> list[Piece]:
    """All visible blocks of text on the page, in order."""
    gatherer = _Gatherer()
    body = root.find("body") if root.tag == "html" else root
    gatherer.walk(body if body is not None else root)
    gatherer.flush(None, "paragraph", None, ())
    _judge_suspects(gatherer.found)
    return gatherer.found


def _judge_suspects(found: list[Piece]) -> None:
    """An element called "sidebar" or "comments" is furniture unless it holds the bulk of the page's prose: many pages
    name the wrapper of everything after what stands beside the article."""
    prose = [len(piece.text) if piece.links < 0.4 and _SENTENCE.search(piece.text) else 0 for piece in found]
    total = sum(prose)
    held: dict[Any, int] = {}
    for piece, size in zip(found, prose, strict=True):
        for element in piece.suspects:
            held[element] = held.get(element, 0) + size
    for piece in found:
        piece.furniture = any(held[element] <= 0.4 * total for element in piece.suspects)


def dense_pieces(found: list[Piece]) -> list[Piece]:
    """Those pieces that make up the article: what hangs under the heaviest element, furniture and link lists left out."""
    weights: dict[Any, float] = {}
    for piece in found:
        worth = _worth(piece)
        element = piece.parent
        share = 1.0
        for _ in range(5):
            if element is None or element.tag in ("body", "html"):
                break
            weights[element] = weights.get(element, 0.0) + worth * share
            element, share = element.getparent(), share * (0.75 if share == 1.0 else 0.6)
    if not weights:
        return [piece for piece in found if _worth(piece) > 0]
    top = max(weights, key=lambda element: weights[element] * (1.3 if _STRONG.search(_marks(element)) else 1.0))
    top = _widened(top, weights)
    inside = set(top.iter())
    return _trimmed([piece for piece in found if piece.parent in inside])


def _widened(top: Any, weights: dict[Any, float]) -> Any:
    """The parent in the place of the heaviest element when its other children hold prose as well."""
    for _ in range(3):
        parent = top.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        others = sum(weights.get(child, 0.0) for child in parent if child is not top)
        if others < max(3.0, 0.2 * weights[top]):
            break
        top = parent
        weights.setdefault(top, 0.0)
    return top


def _worth(piece: Piece) -> float:
    """How much a piece speaks for its element being the article."""
    if piece.furniture or piece.links > 0.5 or len(piece.text) < 25 or piece.kind == "heading":
        return 0.0
    worth = 0.5 + min(len(piece.text) / 100, 4.0) + min(piece.text.count(",") * 0.2, 1.5)
    if not _SENTENCE.search(piece.text):
        worth *= 0.3
    return worth * (1 - piece.links)


def _trimmed(inside: list[Piece]) -> list[Piece]:
    """Without furniture, link lists, and headings that nothing follows."""
    kept = [
        piece
        for piece in inside
        if not piece.furniture
        and not is_aside(piece)
        and not (piece.kind == "list_item" and piece.links > 0.35 and not _SENTENCE.search(piece.text))
        and (piece.links < 0.55 or (piece.links < 0.9 and bool(_SENTENCE.search(piece.text)) and len(piece.text) > 80))
    ]
    result: list[Piece] = []
    for at, piece in enumerate(kept):
        following = kept[at + 1] if at + 1 < len(kept) else None
        if piece.kind == "heading" and (
            following is None or (following.kind == "heading" and (following.level or 2) <= (piece.level or 2))
        ):
            continue
        result.append(piece)
    return result


_CREDIT = re.compile(
    r"\((?:image|photo|picture|credit|pic|bild|foto|crédit)s?\s*(?:credit)?\s*:[^()]{0,80}\)\s*$|^(?:image|photo|picture|credit|foto|bild)s?(?: by| credit| courtesy)?\s*:",
    re.I,
)
_CLOSER = re.compile(
    r"^(?:like this (?:story|article)|share (?:this|on|it)|follow (?:us|@)|sign up|subscribe (?:to|now|here)|read (?:more|next|also|full)|don[’']t miss|see also|related(?: articles?| stories| posts?)?:?$|"
    r"advertisement|click here|also read|watch(?: live| now|:)|more (?:from|on|stories)|listen:|continue reading|all rights reserved|copyright|©|filed under|tags?:|posted in|"
    r"leave a (?:comment|reply)|view comments|show comments|comments? (?:are closed|\()|thank you for reading|get the latest|download (?:the|our) app|support (?:us|our)|"
    r"this (?:article|story) (?:was )?(?:originally|first) (?:appeared|published)|\[?read more|story continues|recommended|lesen sie auch|mehr zum thema|lire aussi|leia (?:mais|também)|lee también|leggi anche)",
    re.I,
)


def is_aside(piece: Piece) -> bool:
    """Short lines that frame an article on the web: calls to share or read on, credits of pictures."""
    return len(piece.text) < 160 and bool(_CREDIT.search(piece.text) or _CLOSER.match(piece.text))


def _marks(element: Any) -> str:
    """Class and id, with camelCase parted as dashes part words."""
    return _parted(element.get("class") or "", element.get("id") or "")


@functools.lru_cache(maxsize=4096)
def _parted(class_: str, number: str) -> str:
    return _CAMEL.sub("-", f"{class_} {number}")


@functools.lru_cache(maxsize=4096)
def _says_furniture(class_: str, number: str) -> bool:
    words = _parted(class_, number)
    return bool(_FURNITURE.search(words)) and not _STRONG.search(words)


class _Gatherer:
    """Walks the tree once and cuts its text into pieces at block elements."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.loose = StyledText()
        self.linked = 0
        self.pictures: list[tuple[str, str]] = []

    def flush(self, parent: Any, kind: BlockKind, level: int | None, suspects: tuple[Any, ...]) -> None:
        linked = self.linked
        self.linked = 0
        if not self.loose.says:
            self.loose.forget()
            return
        text, spans = self.loose.take(fold=kind != "code")
        if text:
            share = min(1.0, linked / len(text))
            self.found.append(
                Piece(text, kind, level, parent, share, suspects, spans=spans, pictures=tuple(self.pictures))
            )
            self.pictures.clear()

    def walk(self, root: Any) -> None:
        """Depth first with a stack of its own: pages nest deeper than Python may recurse."""
        stack: list[tuple[str, Any, BlockKind, int | None, Any, tuple[Any, ...], bool, tuple[Style, ...]]] = [
            ("open", root, "paragraph", None, None, (), False, ())
        ]
        while stack:
            action, element, kind, level, parent, suspects, in_link, styles = stack.pop()
            if action == "tail":
                self._text(element.tail, in_link, styles)
                continue
            if action == "close":
                self.flush(parent, kind, level, suspects)
                continue
            tag = element.tag if isinstance(element.tag, str) else None
            if tag is None or tag in _DROPPED or _hidden(element):
                continue
            own_kind, own_level, own_parent, own_suspects = kind, level, parent, suspects
            breaking = tag in _BLOCK_TAGS
            if breaking:
                self.flush(parent, kind, level, suspects)
                own_parent = element
                if tag in ("figcaption", "figure", "aside") or (
                    tag not in ("body", "article", "main")
                    and _says_furniture(element.get("class") or "", element.get("id") or "")
                ):
                    own_suspects = (*suspects, element)
                if tag == "table" and (rows := data_table(element)) is not None:
                    self.found.append(
                        Piece(rows, "table", None, element.getparent(), _linked_share(element, rows), own_suspects)
                    )
                    continue
                if tag in _HEADINGS:
                    own_kind, own_level = "heading", int(tag[1])
                elif tag in _KINDS:
                    own_kind, own_level = _KINDS[tag], None
                elif tag in ("p", "div") and kind == "heading":
                    own_kind, own_level = "paragraph", None
                stack.append(("close", element, own_kind, own_level, own_parent, own_suspects, in_link, styles))
            elif tag == "img":
                self.pictures.append((source_of(element), element.get("alt") or ""))
            elif tag == "br":
                self.loose.add("\n" if kind == "code" else " ")
            inside_link = in_link or tag == "a"
            if not breaking and (style := style_of(tag, element.get("href"))) is not None and style not in styles:
                styles = (*styles, style)
            self._text(element.text, inside_link, styles)
            for child in element.iterchildren(reversed=True):
                if child.tail:
                    stack.append(("tail", child, own_kind, own_level, own_parent, own_suspects, inside_link, styles))
                stack.append(("open", child, own_kind, own_level, own_parent, own_suspects, inside_link, styles))

    def _text(self, text: str | None, in_link: bool, styles: tuple[Style, ...]) -> None:
        if text:
            self.loose.add(text, styles)
            if in_link:
                self.linked += len(text.strip())


def _linked_share(element: Any, text: str) -> float:
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    return min(1.0, linked / max(1, len(text)))


def _hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or bool(
        style and re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", style)
    )  # fmt: skip

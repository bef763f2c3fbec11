"""The text of a page, cut at block elements into fragments that know where they hang and what their surroundings are called.

Nothing is thrown away because of a name alone. A menu, a box called "sidebar", a part that is hidden until a script runs:
each is a suspect, and one that holds the bulk of the page's prose is acquitted (many pages name the wrapper of everything
after what stands beside the article).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml import etree

from kbapp.domain import Block, BlockKind, Span
from kbapp.reading.images import source_of
from kbapp.reading.inline_styles import Style, StyledText, style_of
from kbapp.reading.webpage.fragments import data_table

_DROPPED = frozenset(
    "script style template svg iframe select textarea input head object embed video audio canvas map datalist rt rp".split()
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(comment|comments|disqus|respond|reply|replies|user-?posts?|readers?-?(?:posts?|comments?|letters?)|related|recommend\w*|share|sharing|social|sidebar|side-bar|footer|foot|header|masthead|menu|nav|navbar|navigation|"
    r"breadcrumbs?|newsletter|subscribe|subscription|signup|sign-up|promo|promoted|sponsor\w*|advert\w*|ads?|banner|popup|modal|cookie\w*|consent|widget|"
    r"tags?|taglist|pagination|pager|author-?(?:bio|box|info|card)|byline|caption|credit|meta|metadata|dateline|toolbar|tools|trending|popular|most-?read|"
    r"more-?(?:stories|from|news|on)|read-?(?:more|next)|also|outbrain|taboola|gallery|slideshow|carousel|print-?only|screen-reader\w*|visually-hidden|"
    r"hidden|donate|correction-link|toc|rating|vote|poll|video|player|infobox|hatnote|reflist|references)(?=$|[\s_-])", re.I,
)  # fmt: skip
STRONG = re.compile(r"(?:^|[\s_-])(?:article-?_?(?:body|content|text)|story-?_?(?:body|content|text)|post-?_?(?:body|content|entry)|entry-?_?content|content-?_?body|articlebody)(?:$|[\s_-])", re.I)  # fmt: skip
_SUSPECT_TAGS = frozenset("figcaption figure aside nav footer noscript button dialog menu".split())
_FRAMES = frozenset("nav footer menu dialog".split())
_HOLDS_TEXT = etree.XPath("boolean(descendant::p or descendant::article or descendant::main or descendant::h1)")
_NEVER_SUSPECT = frozenset("body article main p li h1 h2 h3 h4 h5 h6".split())
_READERS_SAY = re.compile(r"comment|disqus|respond|repl|user|reader")
_SELLS = re.compile(
    r"promo|advert|ads?$|banner|cookie|consent|newsletter|popup|modal|share|sharing|social|sponsor|subscri|sign-?up|<footer>|footer"
)
_ENOUGH = 60  # letters by which a hidden copy of a text is known
_KINDS: dict[str, BlockKind] = {"li": "list_item", "blockquote": "quote", "pre": "code"}
_BLOCK_TAGS = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 li ul ol dl dd dt blockquote pre figure figcaption table tbody thead tr td th center body header "
    "aside details summary address hr nav footer noscript button dialog menu form fieldset".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z])")
SENTENCE = re.compile(r"[.!?…。！？।۔][\"”’'»)\]]*(?:\s|$)|[。！？]")
_OUT_OF_SIGHT = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


@dataclass(slots=True)
class TextFragment:
    """A block of the page's text.

    ``links`` is the share of its letters that are links (0 to 1); ``suspects`` name what around it speaks against its being
    article text; ``prose`` is how many letters it has if it holds a sentence that is not mainly links, else 0; ``pictures`` are (source, alternative text) of those between the fragment before and the end of this one.
    """

    text: str
    kind: BlockKind
    level: int | None
    parent: Any
    links: float
    suspects: tuple[str, ...]
    furniture: bool = False
    prose: int = 0
    spans: tuple[Span, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()

    @property
    def block(self) -> Block:
        return Block(self.kind, self.text, self.level, self.spans)


def page_fragments(root: Any) -> list[TextFragment]:
    """All text of the page in order, what is hidden included; an acquitted hidden element loses what hides it."""
    gatherer = _Gatherer()
    body = root.find("body") if root.tag == "html" else root
    top = _Place("paragraph", None, None, (), False, ())
    gatherer.walk(body if body is not None else root, top)
    gatherer.flush(top)
    _acquit(gatherer.found, gatherer.hidden)
    return gatherer.found


def class_words(element: Any) -> str:
    """Class and id, with camelCase parted as dashes part words."""
    return _parted(element.get("class") or "", element.get("id") or "")


def _acquit(found: list[TextFragment], hidden: dict[str, Any]) -> None:
    for fragment in found:
        if fragment.links < 0.4 and SENTENCE.search(fragment.text):
            fragment.prose = len(fragment.text)
    prose = [fragment.prose for fragment in found]
    out_of_sight = [not hidden.keys().isdisjoint(fragment.suspects) for fragment in found]
    shown = "\n".join(fragment.text for fragment, away in zip(found, out_of_sight, strict=True) if not away)
    said_twice = [away and fragment.text[:_ENOUGH] in shown for fragment, away in zip(found, out_of_sight, strict=True)]
    total = sum(size for size, twice in zip(prose, said_twice, strict=True) if not twice)
    held: dict[str, int] = {}
    for fragment, size, twice in zip(found, prose, said_twice, strict=True):
        for name in fragment.suspects:
            held[name] = held.get(name, 0) + (0 if twice else size)
    guilty = {name for name, size in held.items() if size <= _forgiven_share(name) * total}
    for fragment, twice in zip(found, said_twice, strict=True):
        fragment.furniture = twice or not guilty.isdisjoint(fragment.suspects)
    for name, element in hidden.items():
        if name in held and name not in guilty:
            for attribute in ("hidden", "aria-hidden", "style"):
                element.attrib.pop(attribute, None)


def _forgiven_share(name: str) -> float:
    """How much of the page's prose a suspect must hold to be acquitted."""
    if _READERS_SAY.match(name):
        return 0.97  # readers often write more than the author
    return 0.7 if _SELLS.match(name) else 0.4


class _Place(NamedTuple):
    """Where in the page the walk is."""

    kind: BlockKind
    level: int | None
    parent: Any
    suspects: tuple[str, ...]
    in_link: bool
    styles: tuple[Style, ...]


class _Gatherer:
    """Walks the tree once and cuts its text into fragments at block elements."""

    def __init__(self) -> None:
        self.found: list[TextFragment] = []
        self.hidden: dict[str, Any] = {}
        self.loose = StyledText()
        self.linked = 0
        self.after_break = False
        self.pictures: list[tuple[str, str]] = []

    def flush(self, place: _Place) -> None:
        linked = self.linked
        self.linked = 0
        self.after_break = False
        if not self.loose.says:
            self.loose.forget()
            return
        text, spans = self.loose.take(fold=place.kind != "code")
        if text:
            share = min(1.0, linked / len(text))
            self.found.append(
                TextFragment(text, place.kind, place.level, place.parent, share, place.suspects, spans=spans, pictures=tuple(self.pictures))
            )  # fmt: skip
            self.pictures.clear()

    def walk(self, root: Any, top: _Place) -> None:
        """Depth first with a stack of its own: pages nest deeper than Python may recurse."""
        stack: list[tuple[str, Any, _Place]] = [("open", root, top)]
        while stack:
            action, element, place = stack.pop()
            if action == "tail":
                self._text(element.tail, place)
            elif action == "close":
                self.flush(place)
            elif isinstance(element.tag, str) and element.tag not in _DROPPED:
                inside = self._enter(element, place, stack)
                if inside is None:
                    continue
                self._text(element.text, inside)
                for child in element.iterchildren(reversed=True):
                    if child.tail:
                        stack.append(("tail", child, inside))
                    stack.append(("open", child, inside))

    def _enter(self, element: Any, place: _Place, stack: list[tuple[str, Any, _Place]]) -> _Place | None:
        """Where the children of an element are; None when they are done with."""
        tag = element.tag
        if tag in _BLOCK_TAGS:
            self.flush(place)
            if tag in _FRAMES and _HOLDS_TEXT(element) is False:
                return None
            inside = self._block(element, place)
            if tag == "table" and (rows := data_table(element)) is not None:
                self.found.append(
                    TextFragment(rows, "table", None, element.getparent(), _linked_share(element, rows), inside.suspects)
                )  # fmt: skip
                return None
            stack.append(("close", element, inside))
            return inside
        if tag == "img":
            self.pictures.append((source_of(element), element.get("alt") or ""))
        elif tag == "br":
            self._break(place)
        elif _is_hidden(element):
            self.flush(place)
            inside = place._replace(suspects=(*place.suspects, self._hide(element)))
            stack.append(("close", element, inside))
            return inside
        elif tag == "a":
            place = place._replace(in_link=True)
        style = style_of(tag, element.get("href"))
        if style is not None and style not in place.styles:
            place = place._replace(styles=(*place.styles, style))
        return place

    def _block(self, element: Any, place: _Place) -> _Place:
        tag, kind, level, suspects = element.tag, place.kind, place.level, place.suspects
        if tag in _SUSPECT_TAGS:
            suspects = _joined(suspects, (f"<{tag}>",))
        if tag not in _NEVER_SUSPECT and (
            words := _furniture_words(element.get("class") or "", element.get("id") or "")
        ):
            suspects = _joined(suspects, words)
        if _is_hidden(element):
            suspects = (*suspects, self._hide(element))
        if tag in _HEADINGS:
            kind, level = "heading", int(tag[1])
        elif tag in _KINDS:
            kind, level = _KINDS[tag], None
        elif tag in ("p", "div") and kind == "heading":
            kind, level = "paragraph", None
        return _Place(kind, level, element, suspects, place.in_link, place.styles)

    def _hide(self, element: Any) -> str:
        name = f"hidden {len(self.hidden)}"
        self.hidden[name] = element
        return name

    def _break(self, place: _Place) -> None:
        """Two line breaks in a row part paragraphs."""
        if place.kind == "code":
            self.loose.add("\n")
        elif self.after_break and place.kind != "heading":
            self.flush(place)
        else:
            self.loose.add(" ")
            self.after_break = True

    def _text(self, text: str | None, place: _Place) -> None:
        if text:
            self.loose.add(text, place.styles)
            if not text.isspace():
                self.after_break = False
                if place.in_link:
                    self.linked += len(text.strip())


@functools.lru_cache(maxsize=4096)
def _parted(class_: str, number: str) -> str:
    return _CAMEL.sub("-", f"{class_} {number}")


@functools.lru_cache(maxsize=4096)
def _furniture_words(class_: str, number: str) -> tuple[str, ...]:
    words = _parted(class_, number)
    if STRONG.search(words):
        return ()
    return tuple(dict.fromkeys(word.lower() for word in _FURNITURE.findall(words)))


def _joined(suspects: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    new = tuple(name for name in more if name not in suspects)
    return suspects + new if new else suspects


def _linked_share(element: Any, text: str) -> float:
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    return min(1.0, linked / max(1, len(text)))


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(style and _OUT_OF_SIGHT.search(style))
    )


def prose_length(fragments: Iterable[TextFragment]) -> int:
    """How many letters of sentences there are."""
    return sum(fragment.prose for fragment in fragments)

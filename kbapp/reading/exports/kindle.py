"""Kindle: "My Clippings.txt" in the languages of the devices, and the notebook that the apps export as a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from kbapp.domain import Article, Highlight
from kbapp.errors import Code, Notice, UnreadableFile
from kbapp.reading import entries
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.exports import books
from kbapp.reading.fields.dates import parse_date
from kbapp.reading.webpage.parsing import parse

_RULE = re.compile(r"^=========+[ \t]*$", re.M)
_NOTE = re.compile(
    r"\b(?:note|notiz|nota|notitie|notatka|not|notunuz|poznámka|anteckning|notat|muistiinpano|jegyzet|bilješka)\b|メモ|笔记|筆記|заметка|ملاحظة|메모|הערה",
    re.I,
)
_BOOKMARK = re.compile(
    r"\b(?:bookmark|lesezeichen|signet|marque-page|marcador|segnalibro|bladwijzer|zakładka|záložka|bokmärke|bokmerke|bogmærke|kirjanmerkki|"
    r"könyvjelző|yer imi|yer i̇mi)\b|ブックマーク|书签|書籤|закладка|إشارة مرجعية|북마크|סימנייה",
    re.I,
)
_HIGHLIGHT = re.compile(
    r"\b(?:highlight|markierung|surlignement|subrayado|resaltado|evidenziazione|destaque|markering|podkreślenie|zaznaczenie|korostus|kiemelés|"
    r"vurgu\w*|clip\w*)\b|ハイライト|标注|標註|выделение|выделенный|하이라이트",
    re.I,
)
_LIMIT = re.compile(
    r"^\s*<\s*(?:you have reached the clipping limit|sie haben das |has alcanzado el límite|vous avez atteint la limite).{0,120}>\s*$",
    re.I | re.S,
)
_PLACE = re.compile(r"\d{1,6}(?:\s*[-–]\s*\d{1,6})?")
_TITLE = re.compile(r"(?P<title>.+?)\s*\((?P<authors>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*\Z")
_MARKS = str.maketrans("", "", "\ufeff\u200b\u200e\u200f")


def is_clippings(text: str) -> bool:
    """Whether a text is a Kindle's clippings: entries parted by lines of "=", each with a line about its place."""
    text = text.translate(_MARKS)
    if _RULE.search(text) is None:
        return False
    lines = text.lstrip().split("\n", 3)
    return len(lines) > 2 and lines[1].lstrip().startswith("-") and ("|" in lines[1] or bool(_kind(lines[1])))


def is_notebook(text: str) -> bool:
    """Whether a page is an exported notebook."""
    return "noteHeading" in text and "bookTitle" in text


@dataclass(frozen=True, slots=True)
class _Clipping:
    kind: str  # "highlight" or "note"
    text: str
    place: tuple[int, int] | None
    created: str | None
    colour: str | None = None


def read_clippings(data: bytes, _name: str) -> list[Article]:
    """An article for each book. Raises UnreadableFile when there is no highlight and no note."""
    shelf = books.Shelf()
    clippings: dict[int, list[_Clipping]] = {}
    found: dict[int, books.Book] = {}
    limited: dict[int, int] = {}
    for entry in _RULE.split(decode(data).translate(_MARKS)):
        lines = entry.strip("\n \t").split("\n")
        if len(lines) < 2 or not lines[1].lstrip().startswith("-"):
            continue
        book = shelf.book(*_title(lines[0]))
        found[id(book)] = book
        text = "\n".join(lines[2:]).strip()
        kind = _kind(lines[1])
        if _LIMIT.match(text):
            limited[id(book)] = limited.get(id(book), 0) + 1
        elif text and kind != "bookmark":
            clippings.setdefault(id(book), []).append(
                _Clipping(kind or "highlight", text, _place(lines[1]), _time(lines[1]))
            )
    for number, book in found.items():
        book.marks = _joined(clippings.get(number, []))
        if number in limited:
            book.warnings = (Notice(Code.CLIPPING_LIMIT, {"count": limited[number]}),)
    return _some(shelf)


def read_notebook(data: bytes, _name: str) -> list[Article]:
    """The one book of a notebook. Raises UnreadableFile when it has no highlight and no note."""
    root = parse(decode(data, declared_encoding(data)))
    shelf = books.Shelf()
    book = shelf.book(_of_class(root, "bookTitle") or "Kindle", tuple(entries.names(_of_class(root, "authors"))))
    clippings: list[_Clipping] = []
    heading, colour = "", None
    for element in root.iter():
        name = element.get("class") or ""
        if name == "noteHeading":
            heading = _words(element)
            marked = next(
                (each for each in element.iter("span") if (each.get("class") or "").startswith("highlight_")), None
            )
            colour = entries.colour((marked.get("class") or "") if marked is not None else "")
        elif name == "noteText" and (text := _words(element)):
            kind = _kind(heading.partition(" - ")[0]) or "highlight"
            if (
                kind == "note"
                and clippings
                and clippings[-1].kind == "highlight"
                and _near(clippings[-1], _place(heading))
            ):
                clippings[-1] = replace(
                    clippings[-1], place=(*(clippings[-1].place or (0, 0))[:1], (_place(heading) or (0, 0))[1])
                )
            clippings.append(_Clipping(kind, text, _place(heading), None, colour if kind == "highlight" else None))
    book.marks = _joined(clippings)
    return _some(shelf)


def _some(shelf: books.Shelf) -> list[Article]:
    articles = shelf.articles("kindle")
    if not articles:
        raise UnreadableFile(Code.EXPORT_WITHOUT_ARTICLES)
    return articles


def _title(line: str) -> tuple[str, tuple[str, ...]]:
    """The title and the authors in "Keepers (Lind, Hanna; Okoye, Ben)"."""
    match = _TITLE.match(line.strip())
    if match is None:
        return line.strip(), ()
    names = [each for part in match["authors"].split(";") for each in entries.names(part.strip())]
    return match["title"], tuple(dict.fromkeys(names))


def _kind(line: str) -> str | None:
    """What an entry is, by the words before its first number: "highlight", "note" or "bookmark"."""
    for words in (re.split(r"\d|\|", line, maxsplit=1)[0], line.partition("|")[0]):
        if _HIGHLIGHT.search(words):
            return "highlight"
        if _BOOKMARK.search(words):
            return "bookmark"
        if _NOTE.search(words):
            return "note"
    return None


def _place(line: str) -> tuple[int, int] | None:
    """The location of an entry, which stands last before the time: (first, last)."""
    parts = [part for part in re.split(r"[|·]", line) if _PLACE.search(part)]
    if len(parts) > 1 and _time(parts[-1]) is not None:
        parts.pop()
    places = _PLACE.findall(parts[-1]) if parts else []
    if not places:
        return None
    first, _, last = re.sub(r"\s", "", places[-1].replace("–", "-")).partition("-")
    end = int(last) if last else int(first)
    if last and end < int(first):  # "1406-7"
        end = int(first[: len(first) - len(last)] + last)
    return int(first), end


def _time(line: str) -> str | None:
    return parse_date(re.sub(r"^\D*", "", line.rpartition("|")[2])) or parse_date(line.rpartition("|")[2])


def _joined(clippings: list[_Clipping]) -> list[Highlight]:
    """Highlights with the notes that were written on them; of a passage that was marked twice the last."""
    kept: list[_Clipping] = []
    last_at: dict[int, int] = {}
    notes: list[_Clipping] = []
    for each in clippings:
        if each.kind == "note":
            notes.append(each)
            continue
        before = last_at.get(each.place[0]) if each.place else None
        if before is not None and (kept[before].text in each.text or each.text in kept[before].text):
            kept[before] = each
            continue
        if each.place:
            last_at[each.place[0]] = len(kept)
        kept.append(each)
    ends: dict[int, int] = {}
    for number, mark in enumerate(kept):
        if mark.place and mark.place[1] - mark.place[0] < 200:
            ends.update(dict.fromkeys(range(mark.place[0], mark.place[1] + 1), number))
    comments: dict[int, list[str]] = {}
    alone: list[Highlight] = []
    for note in notes:
        marked = ends.get(note.place[1]) if note.place else None
        if marked is None:
            alone.append(Highlight("", note.text, None, note.created))
        else:
            comments.setdefault(marked, []).append(note.text)
    marks = [
        Highlight(mark.text, "\n\n".join(dict.fromkeys(comments.get(number, ()))), mark.colour, mark.created)
        for number, mark in enumerate(kept)
    ]
    return [*marks, *alone]


def _near(highlight: _Clipping, place: tuple[int, int] | None) -> bool:
    """Whether a note that follows a highlight in a notebook, which gives no ends, may be a note on it."""
    return highlight.place is not None and place is not None and 0 <= place[0] - highlight.place[0] <= 10


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _of_class(root: Any, name: str) -> str:
    return next((_words(each) for each in root.iter() if each.get("class") == name), "")

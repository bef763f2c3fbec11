"""The head of a plain-text article: headline, dek, byline, date and labelled lines above the body."""

from __future__ import annotations

import re

from kbapp.reading.fields import bylines, dates
from kbapp.reading.plaintext.draft import LABELLED, LIST_ITEM, SENTENCE_END, URL, Draft

MOST_LINES = 8  # paragraphs in which the fields of the head are looked for
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .,'’/()-]{2,60}|[A-Z][\w .,'’-]{2,40}\([A-Z][\w /]+\))[^—–\n]{0,40}\s*(?:--|[—–-])\s"
)
_SECTION = re.compile(
    r"opinion|analysis|editorial|comment|commentary|feature|interview|exclusive|breaking news|news|politics|business|sports?|culture|arts|"
    r"meinung|kommentar|analyse|leitartikel|politik|wirtschaft|kultur|opinión|editorial|análisis|política|économie|politique|éditorial|tribune|"
    r"opinione|commento|politica|opinião|opinie|мнение|политика|رأي", re.I)  # fmt: skip
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# What may stand between the names of a line that is only names, and after them.
_JOINED = re.compile(r"\s+(?:and|und|et|y|e|og|och|en|i|и|та|&)\s+(?=[^\W\d_])|\s*[;·|/,]\s*")
_OFFICE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|columnist|critic|staff|bureau chief|contributor|journalist|producer|analyst|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journalistin|reporterin|correspondante?|journaliste|corresponsal|periodista|redactora?|"
    r"corrispondente|giornalista|inviat[oa]|корреспондент|обозреватель)s?$", re.I)  # fmt: skip
_PLACE = re.compile(
    r"\b(?:(?:reports|reporting|berichtet)\s+)?(?:in|at|from|à|en|a|в|aus|bei|da)\s+(?=[A-ZÀ-ÞА-Я])[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){0,3}"
)


def take_head(paragraphs: list[str], draft: Draft) -> list[str]:
    """Files what stands above the body in the draft and returns the rest."""
    rest = list(paragraphs)
    for _ in range(MOST_LINES):
        if not rest or not _take_line(rest[0], rest, draft):
            break
        rest.pop(0)
    return rest


def bare_names(line: str, text: str) -> list[str]:
    """The names in a line that is nothing but names, with an office or a place at most; empty when it is anything else.

    ``text`` is what follows: a line whose every word occurs there in lower case ("Climate Change") is a phrase, no name.
    """
    if (
        len(line) > 120
        or SENTENCE_END.search(line.rstrip(". "))
        or not line[:1].isalpha()
        or re.search(r"[:!?\d]", line)
    ):
        return []
    names: list[str] = []
    for part in _JOINED.split(line):
        part = " ".join(part.split())
        place = _PLACE.search(part)
        bare = part[: place.start()].strip() if place and place.end() == len(part) else part
        if not part or (names and not bare) or (names and _OFFICE.search(bare)):
            continue
        if not bylines.is_name(bare) or _OFFICE.search(bare) or bylines.is_outlet(bare) or bylines.is_agency(bare):
            return []
        names.append(bylines.tidy_name(bare))
    return [] if any(_is_phrase(name, text) for name in names) else names


def _is_phrase(name: str, text: str) -> bool:
    words = re.findall(r"[^\W\d_]{3,}", name)
    return bool(words) and all(re.search(rf"\b{re.escape(word.lower())}\b", text) for word in words)


def _take_line(line: str, rest: list[str], draft: Draft) -> bool:
    """Files one paragraph under the field that it is; False when the body begins with it."""
    if draft.take_labelled(line) or _take_byline(line, draft):
        return True
    if dates.is_date_only(line):
        draft.take_published(dates.parse_date(line), "date line")
        return True
    if len(line) < 160 and URL.fullmatch(line.strip("<>")):
        draft.take_url(line.strip("<>"), "text")
        return True
    if draft.title is None:
        if _is_section(line, rest):
            draft.tags.append(line.strip(" *_#:").capitalize())
            return True
        if _is_dated_masthead(line, rest):
            return _take_source_and_date(line, draft)
        if not _is_headline(line, rest):
            return False
        draft.title, draft.provenance["title"] = strip_markup(line), "heading"
        return True
    if _take_bare_names(line, rest, draft) or _take_source_and_date(line, draft):
        return True
    if draft.source is None and _is_outlet_line(line) and len(rest) > 1 and dates.is_date_only(rest[1]):
        draft.take_source(line.strip(), "text")
        return True
    if draft.subtitle is None and _is_dek(line, rest, draft):
        draft.subtitle, draft.provenance["subtitle"] = strip_markup(line), "text"
        return True
    return False


def _is_section(line: str, rest: list[str]) -> bool:
    """Whether a line above the headline only names the paper's section ("OPINION")."""
    return bool(_SECTION.fullmatch(line.strip(" *_#:"))) and len(rest) > 2 and _is_headline(rest[1], rest[1:])


def _is_outlet_line(line: str) -> bool:
    """Whether a line is nothing but a publication's name, all its words of weight with capitals."""
    weighty = [word for word in line.split() if len(word) > 3]
    return len(line) <= 60 and bylines.is_outlet(line.strip()) and all(word[:1].isupper() for word in weighty)


def _is_dated_masthead(line: str, rest: list[str]) -> bool:
    """Whether a line above the headline gives the publication and the day ("The Valley Post - 12 March 2023")."""
    found = dates.find_date(line) if len(line) <= 100 else None
    return (
        found is not None
        and _is_outlet_line(line[: found[1]].rstrip(" ,|·•–—-("))
        and len(rest) > 2
        and len(rest[1]) <= 150
        and not SENTENCE_END.search(rest[1])
    )


def _is_headline(line: str, rest: list[str]) -> bool:
    if len(line) > 250 or _DATELINE.match(line):
        return False
    if len(rest) == 1:
        return not SENTENCE_END.search(line) and len(line) < 120
    return len(line) <= 150 or not line.rstrip().endswith(".")


def _is_dek(line: str, rest: list[str], draft: Draft) -> bool:
    """A dek stands between headline and body: short, and either unlike a sentence or followed by the byline."""
    if len(line) > 320 or len(rest) < 2 or _DATELINE.match(line) or LIST_ITEM.match(line):
        return False
    following = rest[1]
    marked_off = (
        bool(bylines.byline_of(following))
        or dates.is_date_only(following)
        or bool(LABELLED.match(following))
        or (len(rest) > 2 and bool(bare_names(following, " ".join(rest[2:8]))))
    )
    if marked_off and not draft.authors:
        return True
    if SENTENCE_END.search(line):
        return False
    return len(line) < 220 and len(following) > len(line) * 0.8 and not line.endswith((":", ","))


def _take_source_and_date(line: str, draft: Draft) -> bool:
    """Files "The Daily Planet, October 18, 2010" or "Daily Planet | 18 Oct 2010"."""
    found = dates.find_date(line)
    if not found or len(line) > 120 or draft.published or SENTENCE_END.search(line[: found[1]].strip()):
        return False
    before = line[: found[1]].strip(" ,|·•–—-(")
    after = line[found[2] :].strip(" ,|·•–—-).")
    if len(after) > 60 or len(before) > 80 or (before and not before[0].isupper()):
        return False
    before = re.sub(r"^(published|posted|updated)( on| in)?\b", "", before, flags=re.I).strip(" :,")
    before = re.sub(rf"[ ,|·•–—-]+{_WEEKDAY}$", "", before, flags=re.I)
    named = bylines.is_name(before) and not _is_outlet_line(before)
    if before and named and not draft.authors and "|" not in line:
        draft.take_authors([before], "date line")
    elif before and len(before.split()) > 7:
        return False
    elif before and not re.fullmatch(_WEEKDAY, before, re.I):
        draft.take_source(before, "date line")
    draft.take_published(found[0], "date line")
    return True


def _take_bare_names(line: str, rest: list[str], draft: Draft) -> bool:
    """Files a line that is nothing but names and stands above the date, the address or running text."""
    if draft.authors or len(rest) < 2 or not (names := bare_names(line, " ".join(rest[1:8]))):
        return False
    following = rest[1]
    if not (
        len(following) > 120
        or _is_outlet_line(following)
        or (len(following) > 50 and SENTENCE_END.search(following))
        or dates.is_date_only(following)
        or (len(following) < 120 and dates.find_date(following))
        or URL.match(following)
        or LABELLED.match(following)
    ):
        return False
    draft.take_authors(names, "byline")
    return True


def _take_byline(line: str, draft: Draft) -> bool:
    names = bylines.byline_of(line)
    if not names:
        return False
    draft.take_authors(names, "byline")
    found = dates.find_date(line)
    if found:
        draft.take_published(found[0], "byline")
    agency = re.search(
        r"(?:,|\||\bfor\b)\s*(?:for\s+)?(?P<source>(?:the\s+)?[A-Z][\w .’'&-]{1,50})$",
        line[: found[1]] if found else line,
    )
    if agency and bylines.tidy_name(agency["source"]) not in names and not re.search(
        r"\b(writer|correspondent|editor|reporter|jr|sr|staff|bureau|columnist|analyst)\b", agency["source"], re.I
    ) and not bylines.is_name(agency["source"]):  # fmt: skip
        draft.take_source(agency["source"].strip(), "byline")
    return True


def strip_markup(line: str) -> str:
    """A line of the head without the marks that some writers put around it."""
    return re.sub(r"\s+", " ", line).strip(" *_#=")

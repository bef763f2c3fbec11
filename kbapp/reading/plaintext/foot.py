"""The foot of a plain-text article: a signature, a bio, labels and credits below the body."""

from __future__ import annotations

import re

from kbapp.reading.fields import bylines, dates
from kbapp.reading.plaintext.draft import LABELLED, SENTENCE_END, URL, Draft

_CREDIT = re.compile(r"^[(\[]?\s*(?:additional\s+)?(?:reporting|writing|editing|written|edited|compiled|photos?|photography|translation)\s+by\b", re.I)  # fmt: skip
_FOOT = 8  # paragraphs in which a closing byline is looked for


def take_foot(paragraphs: list[str], draft: Draft) -> list[str]:
    """Files what stands below the body in the draft and returns the rest."""
    start = _foot_start(paragraphs, draft)
    body = paragraphs[:start]
    for line in paragraphs[start:]:
        if bylines.ABOUT_AUTHOR.match(line) or draft.take_labelled(line) or _CREDIT.match(line):
            continue
        names = bylines.byline_of(line)
        if names:
            draft.authors = draft.authors or _signed(names, draft)
        elif dates.is_date_only(line):
            draft.take_published(dates.parse_date(line), "date line")
        elif URL.fullmatch(line.strip("<>")):
            draft.take_url(line.strip("<>"), "text")
        elif _signature(line):
            draft.authors = draft.authors or _signed([_signature(line) or ""], draft)
        else:
            subject = bylines.bio_subject(line)
            if subject and not draft.authors:
                draft.take_authors([subject], "bio")
            draft.bios.append(
                line.strip(" *_[]").removeprefix("(").strip() if line.startswith(("*", "_", "[")) else line
            )
    return body


def _signed(names: list[str], draft: Draft) -> list[str]:
    draft.provenance.setdefault("authors", "byline")
    return names


def _foot_start(paragraphs: list[str], draft: Draft) -> int:
    """The index of the first paragraph that is about the article rather than of it."""
    start = len(paragraphs)
    known = list(draft.authors)
    for back in range(1, min(_FOOT, len(paragraphs) - 1) + 1):
        index = len(paragraphs) - back
        for name in bylines.byline_of(paragraphs[index]):
            known.append(name)
        if bylines.ABOUT_AUTHOR.match(paragraphs[index]) or (
            bylines.byline_of(paragraphs[index]) and _all_about_author(paragraphs[index + 1 :], known)
        ):
            return index
    for index in range(len(paragraphs) - 1, 0, -1):
        line = paragraphs[index]
        if not (_is_foot_line(line) or _is_closing_bio(line, known, index, paragraphs)):
            break
        start = index
    return start


def _all_about_author(paragraphs: list[str], known: list[str]) -> bool:
    """After a closing byline only the bio and labels may follow; else the line was part of the text."""
    return all(
        _is_foot_line(line) or (len(line) < 1500 and (index == 0 or any(bylines.is_bio(line, name) for name in known) or len(paragraphs) <= 3))
        for index, line in enumerate(paragraphs)
    )  # fmt: skip


def _is_foot_line(line: str) -> bool:
    match = LABELLED.match(line)
    labelled = bool(match) and len(line) < 200 and not SENTENCE_END.search(line)
    return (
        labelled
        or bool(bylines.byline_of(line))
        or bool(bylines.BIO_KEY.match(line))
        or (dates.is_date_only(line) and len(line) < 60)
        or bool(URL.fullmatch(line.strip("<>")))
        or (bool(_CREDIT.match(line)) and len(line) < 300)
        or bool(_signature(line))
    )


def _is_closing_bio(line: str, known: list[str], index: int, paragraphs: list[str]) -> bool:
    if len(line) > 1500:
        return False
    if any(bylines.is_bio(line, name) for name in known if not bylines.is_agency(name)):
        return True
    subject = bylines.bio_subject(line)
    return bool(subject) and not known and index >= 2 and not any(
        (subject or "").split()[-1] in paragraph for paragraph in paragraphs[:index]
    )  # fmt: skip


def _signature(line: str) -> str | None:
    """ "— Jane Doe" under the text."""
    match = re.match(r"^\s*(?:--|[—–])\s*(?P<name>\S.{2,50})$", line)
    return match["name"].strip() if match and bylines.is_name(match["name"].strip()) else None

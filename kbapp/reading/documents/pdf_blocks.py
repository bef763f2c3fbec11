"""Lines of a PDF to blocks: running heads and page numbers out, paragraphs joined over columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kbapp.domain import Block
from kbapp.reading.documents.pdf_lines import TextLine
from kbapp.reading.plaintext.paragraphs import split_paragraphs

_PAGE_NUMBER = re.compile(
    r"[-–—|·\s]*(?:(?:page|seite|seiten|pagina|página|p[ag]{0,2}\.|s\.|стр\.?|sida|side|strona|oldal|str\.?)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s?(?:/|of|von|sur|de|di|van|av|из)\s?\d{1,4})?[-–—|·\s]*", re.I)  # fmt: skip
_ENDED = re.compile(r"[.!?:][”\"’')]*$")
_EDGE_ROWS = 2


@dataclass(frozen=True, slots=True)
class RunningHeads:
    """The pages without what is repeated on them, and the texts that were taken out, each once."""

    pages: list[list[TextLine]]
    texts: tuple[str, ...]


def without_running_heads(pages: list[list[TextLine]]) -> RunningHeads:
    """Takes out page numbers and what stands at the edge of several pages, the same but for its figures.

    Heads of left and right pages may differ, so a third of the pages is enough, but two at least.
    """
    edges = [_edge_lines(page) for page in pages]
    shapes = Counter(shape for edge in edges for shape in {_shape(line.text) for line, _ in edge})
    kept: list[list[TextLine]] = []
    removed: dict[str, None] = {}
    for page, edge in zip(pages, edges, strict=True):
        out: set[int] = set()
        for line, apart in edge:
            count = shapes[_shape(line.text)]
            repeated = count >= max(2 if apart else 3, len(pages) / 3) and _shape(line.text).strip("#")
            if repeated or (apart and _PAGE_NUMBER.fullmatch(line.text.strip())):
                out.add(id(line))
                removed[line.text.strip()] = None
        kept.append([line for line in page if id(line) not in out])
    return RunningHeads(kept, tuple(removed))


def _edge_lines(page: list[TextLine]) -> list[tuple[TextLine, bool]]:
    """The lines in the uppermost and lowest rows of a page, and whether a space parts their row from the text."""
    rows: dict[int, list[TextLine]] = {}
    for line in page:
        rows.setdefault(round(line.bottom / 4), []).append(line)
    heights = sorted(rows)
    found: list[tuple[TextLine, bool]] = []
    for inward, order in ((1, heights), (-1, heights[::-1])):
        for at in range(min(_EDGE_ROWS, len(order) - 1)):
            height, following = order[at], order[at + 1]
            size = max(line.size for line in rows[height])
            apart = (following - height) * inward * 4 > size * 1.5
            if apart or at == 0:
                found += [(line, apart) for line in rows[height]]
            if not apart:
                break
    return found


def _shape(text: str) -> str:
    return " ".join(re.sub(r"\d+", "#", text.casefold()).split())


def blocks_of(pages: list[list[TextLine]]) -> tuple[list[Block], list[tuple[int, float]]]:
    """Lines gathered to paragraphs by distance, indent and size; larger lines are headings. Beside each block where it
    begins: its page, and how far down as a negative height."""
    lines = [line for page in pages for line in page]
    usual = Counter(round(line.size, 1) for line in lines for _ in range(len(line.text) // 20 + 1)).most_common(1)[0][0]
    groups: list[list[TextLine]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or _parts(before, line, usual):
            groups.append([line])
        else:
            groups[-1].append(line)
    blocks: list[Block] = []
    starts: list[tuple[int, float]] = []
    for group in groups:
        text = " ".join(split_paragraphs("\n".join(line.text for line in group)))
        size = max(line.size for line in group)
        if size > usual * 1.18 and len(text) < 250 and len(group) <= 4:
            blocks.append(Block("heading", text, 1 if size > usual * 1.6 else 2))
        elif blocks and blocks[-1].kind == "paragraph" and _goes_on(blocks[-1].text, text):
            blocks[-1] = Block("paragraph", " ".join(split_paragraphs(blocks[-1].text + "\n" + text)))
            continue
        else:
            blocks.append(Block("paragraph", text))
        starts.append((group[0].page, -group[0].top))
    return blocks, starts


def _parts(before: TextLine, line: TextLine, usual: float) -> bool:
    gap = before.bottom - line.top
    if abs(before.size - line.size) > usual * 0.2 and abs(before.bottom - line.bottom) > usual:
        return True
    if gap > usual * 0.9:
        return True
    indented = usual * 0.8 < line.left - before.left < usual * 4
    ended = bool(re.search(r"[.!?:][”\"’')]*$", before.text))
    return ended and indented and gap >= -usual * 0.5


def _goes_on(before: str, text: str) -> bool:
    """A paragraph broken by the end of a column or page."""
    return not re.search(r"[.!?:][”\"’')]*$", before) and text[:1].islower() and len(before) > 60

"""PDFs of newspapers: columns in order, running heads out, words joined; scans kept by name and read when asked for."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from kbapp.errors import Code
from kbapp.reading import read
from kbapp.reading.documents import ocr
from kbapp.reading.documents import pdf as pdf_reader

Line = tuple[float, float, float, str]
"""Points from the left and from the bottom, the size of the letters, the text."""


def pdf(pages: Sequence[Sequence[Line]], info: str = "", *, scanned: bool = False) -> bytes:
    """A PDF of lines at their places; ``scanned`` puts a picture over each page in the place of text."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    image = zlib.compress(bytes(100 * 140))
    for lines in pages:
        text = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n"
            % (size, x, y, line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)"))
            for x, y, size, line in lines
        )
        content = b"q 595 0 0 842 0 0 cm /I Do Q" if scanned else text
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I %d 0 R>>>>>>"
            % (number + 1, number + 2)
        )
        objects.append(b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream")
        objects.append(
            b"<</Type/XObject/Subtype/Image/Width 100/Height 140/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode/Length %d>>stream\n"
            % len(image)
            + image
            + b"\nendstream"
        )
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    objects.append(f"<<{info}>>".encode())
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(objects), len(out))
    )


def column(left: float, top: float, lines: Sequence[str], size: float = 10) -> list[Line]:
    return [(left, top - 13 * at, size, line) for at, line in enumerate(lines)]


WORDS = (
    "the old tram depot by the river is to become a market hall with a roof of glass and a yard for the children of the quarter, "
    "says the owner, who has waited nine years for the permit and does not mind one more winter of rain and wind in the halls"
).split()


def prose(mark: str, lines: int) -> list[str]:
    """Lines of a column that begins with its mark and ends in a full stop."""
    out = [" ".join(WORDS[at % 30 : at % 30 + 5]) for at in range(0, lines * 5, 5)]
    out[0], out[-1] = f"{mark} {out[0]}", out[-1] + " ends here."
    return out


def page(number: int, columns: int, head: str) -> list[Line]:
    width = 500 / columns
    lines = [(50.0, 810.0, 9.0, head), (290.0, 20.0, 9.0, f"- {number} -")]
    for at in range(columns):
        lines += column(50 + at * width, 640, prose(f"P{number}C{at}", 14), 9 if columns == 3 else 10)
    return lines


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other(columns):
    pages = [page(number, columns, "Harbour Gazette   Tuesday, 14 May 2019") for number in (1, 2, 3)]
    pages[0] += [(50, 740, 26, "A market under glass"), (50, 715, 10, "By Marta Quill")]
    (article,) = read(pdf(pages, "/Title(Microsoft Word - depot.doc)/CreationDate(D:20240101000000)"), "d.pdf")
    marks = [word for word in article.text.split() if word[0] == "P" and word[1:2].isdigit()]
    assert marks == [f"P{number}C{at}" for number in (1, 2, 3) for at in range(columns)]
    assert article.title == "A market under glass" and [author.name for author in article.authors] == ["Marta Quill"]
    assert "Gazette" not in article.text and "- 2 -" not in article.text
    assert (article.published, article.source) == ("2019-05-14", "Harbour Gazette")
    assert article.provenance["published"] == article.provenance["source"] == "running head"


def test_heads_of_left_and_right_pages_and_what_is_above_the_headline():
    pages = [[*page(n, 1, "Harbour Gazette" if n % 2 else "The market hall")] for n in range(1, 7)]
    pages[0] += [
        (50, 770, 9, "City"),
        (50, 740, 26, "A market under glass"),
        (50, 715, 10, "By Marta Quill"),
        (50, 700, 10, "3 May 2018"),
    ]
    (article,) = read(pdf(pages, "/CreationDate(D:20240101000000)"), "d.pdf")
    assert article.title == "A market under glass" and article.published == "2018-05-03"
    assert "Gazette" not in article.text and "The market hall" not in article.text and article.blocks[0].text == "City"


def test_lines_of_the_text_that_repeat_are_no_running_heads():
    pages = [column(50, 780, prose("P", 50)) for _ in range(2)]
    (article,) = read(pdf(pages), "d.pdf")
    assert article.text.count("ends here.") == 2


def test_words_broken_at_line_ends_and_paragraphs_over_columns():
    first = [
        "The council of the town has de-",
        "cided to keep the market in the",
        "middle of the old depot, and a well-",
        "known builder will draw the plans",
        "for it, with help from the owner of",
        "the halls and those who will sell",
    ]
    second = [
        "their fish, fruit and flowers there",
        "from the coming spring on. The",
        "mayor is content.",
        "Others are not, and said so at",
        "the meeting of the quarter, which",
        "went on until late.",
    ]
    lines = [(50.0, 760.0, 24.0, "The depot"), *column(50, 700, first), *column(320, 700, second)]
    text = read(pdf([lines]), "d.pdf")[0].text
    assert "has decided to keep" in text and "a well-known builder" in text and "those who will sell their fish" in text


def test_a_table_is_not_taken_for_columns():
    rows = [
        (50.0 + 250 * side, 700.0 - 13 * at, 10.0, f"{'Stall' if not side else 'rent'} {at}")
        for at in range(12)
        for side in (0, 1)
    ]
    (article,) = read(
        pdf([[(50, 760, 24, "Rents"), *column(50, 740, ["What the stalls of the market will cost a month."]), *rows]]),
        "d.pdf",
    )
    assert article.text.index("rent 0") < article.text.index("Stall 1")


def test_the_creation_date_is_unsure():
    (article,) = read(
        pdf([column(50, 700, prose("P", 20))], "/Author(Quill, Marta)/CreationDate(D:20210304000000)"),
        "market_hall.pdf",
    )
    assert article.published == "2021-03-04" and "published" in article.unsure
    assert [author.name for author in article.authors] == ["Marta Quill"]


def test_a_scan_is_kept_by_its_name_and_says_that_it_has_no_text():
    (article,) = read(pdf([[]] * 2, scanned=True), "Depot 1931.pdf")
    assert (article.title, article.blocks) == ("Depot 1931", ())
    assert [notice.code for notice in article.warnings] == [Code.SCAN_WITHOUT_TEXT]


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A stand-in for the program: it checks that it is given a picture, and prints what it is told to."""
    if os.name != "posix":
        pytest.skip("the stand-in is a shell script")
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n[ \"$1\" = --list-langs ] && printf 'List of 3\\ndeu\\neng\\nosd\\n' && exit\n"
                       "[ \"$(head -c 2)\" = P5 ] && echo \"The depot burns\" && echo && echo \"Firemen from three towns came to the depot with $4, and saved the trams.\"\n")  # fmt: skip
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    ocr._languages.cache_clear()
    yield
    ocr._languages.cache_clear()


@pytest.mark.usefixtures("tesseract")
def test_text_of_a_scan_is_recognised_only_when_asked_for():
    data = pdf([[]], scanned=True)
    assert read(data, "d.pdf")[0].blocks == ()
    (article,) = read(data, "d.pdf", ocr=True)
    assert article.title == "The depot burns" and "with eng+deu" in article.text
    assert [notice.code for notice in article.warnings] == [Code.TEXT_RECOGNISED] and "text" in article.unsure


def test_a_missing_program_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    (article,) = read(pdf([[]], scanned=True), "d.pdf", ocr=True)
    assert [notice.code for notice in article.warnings] == [Code.SCAN_WITHOUT_TEXT, Code.OCR_UNAVAILABLE]


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf_reader, "_MAX_PAGES", 2)
    (article,) = read(pdf([column(50, 700, prose(f"P{n}", 20)) for n in range(4)]), "d.pdf")
    assert [notice.code for notice in article.warnings] == [Code.PAGES_LEFT_OUT] and "P2" not in article.text

"""Every phrase of windows and pages is there in every language, with the same gaps to fill."""

import ast
import re
from pathlib import Path

import pytest

from kbapp import i18n
from kbapp.errors import Code, Term, UnreadableFile
from kbapp.paths import resource
from kbapp.people.reasons import Reason

ROOT = Path(__file__).parents[1]
_ROWS = r"_\w*ORDERS|_PLACES|_SECTIONS|COLOURS"  # tuples whose second words are shown
LANGUAGES = [language for language in i18n.LANGUAGES if language != "en"]


def _of_windows() -> set[str]:
    """What is given to tr or translated, and the names in tuples that are given to it one by one."""
    found: set[str] = set()
    for path in (ROOT / "kbapp" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("tr", "translated"):
                found |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
            if isinstance(node, ast.Assign) and re.fullmatch(_ROWS, ast.unparse(node.targets[0])):
                found |= {row[1] for row in ast.literal_eval(node.value)}
    return found


def _of_pages() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "resources" / "templates").glob("*.html"):
        found |= {a or b for a, b in re.findall(r"""\b_\((?:'([^']+)'|"([^"]+)")\)""", path.read_text("utf-8"))}
    return found | {"Author", "Person", "Source", "Year", "Tag"}  # the facets of a result


def _of_errors() -> set[str]:
    """The sentences of all codes, and the words of ours that are put into them."""
    found = {code.value for code in Code}
    for path in (ROOT / "kbapp").rglob("*.py"):
        found |= set(re.findall(r'\bTerm\("([^"]+)"\)', path.read_text("utf-8")))
    return found


def _gaps(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}|%\w", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    phrases = _of_windows() | _of_pages() | _of_errors() | {reason.value for reason in Reason}
    assert len(phrases) > 400
    assert sorted(phrase for phrase in phrases if phrase not in i18n.load(language).texts) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_and_shortcut_marks_are_kept(language: str) -> None:
    texts = i18n.load(language).texts
    assert {text: said for text, said in texts.items() if _gaps(text) != _gaps(said)} == {}
    assert {text for text, said in texts.items() if not said.strip()} == set()


def test_dates_and_counts_in_each_language() -> None:
    try:
        i18n.use(i18n.load("de"))
        assert i18n.plain_date("2010-10-18") == "18. Oktober 2010"
        assert [i18n.plural(n, "article") for n in (1, 2)] == ["1 Artikel", "2 Artikel"]
        i18n.use(i18n.load("ar"))
        assert i18n.plain_date("2010-10") == "أكتوبر 2010"
        assert i18n.joined(("Vogt", "", "1 مايو")) == "\u2068Vogt\u2069 · \u20681 مايو\u2069"
        assert [i18n.plural(n, "article") for n in (1, 2, 7, 40)] == ["مقال واحد", "مقالان", "7 مقالات", "40 مقالًا"]
    finally:
        i18n.use(i18n.Table())


def test_the_files_are_part_of_the_package() -> None:
    assert {path.stem for path in Path(str(resource("translations"))).glob("*.json")} == set(LANGUAGES)


def test_an_error_is_told_in_the_language_of_the_window() -> None:
    try:
        i18n.use(i18n.load("de"))
        error = UnreadableFile(Code.NOT_AN_ARTICLE, what=Term("a picture"))
        assert i18n.message(error).startswith("Das ist ein Bild, kein Artikel")
        assert str(error).startswith("This is a picture, not an article")
    finally:
        i18n.use(i18n.load("en"))

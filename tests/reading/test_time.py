"""Nothing is worse than linear: no pattern can backtrack without end, and the time of readers grows as their input does."""

from __future__ import annotations

import ast
import contextlib
import re
import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kbapp.errors import UserError
from kbapp.reading import read

ROOT = Path(__file__).parents[2] / "kbapp"
HEAD = "Report of the depot\nBy Marta Quill\n\nThe owner said on Monday that the hall would be built, and more words follow here.\n\n"


MANY = 50  # repeats; from here on a bound helps no more than none


# --- patterns ------------------------------------------------------------------------------------------------------
def patterns() -> Iterator[tuple[str, str]]:
    """Every pattern that is written as a literal in a call of ``re``, and where it stands."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, (str, bytes))
            ):
                value = node.args[0].value
                yield (
                    f"{path.relative_to(ROOT)}:{node.lineno}",
                    value if isinstance(value, str) else value.decode("latin-1"),
                )


def nested_quantifiers(pattern: str) -> list[str]:
    """The unbounded repeats in a pattern whose body can match one text in more ways than one.

    Such a body holds an unbounded repeat of its own that may touch the next round: nothing that must be there, and that the
    repeat cannot match itself, stands before or behind it.
    """
    return list(_nested(parser.parse(pattern, re.X if "(?x)" in pattern else 0)))


def _nested(tree: object) -> Iterator[str]:
    for operation, argument in tree:  # type: ignore[attr-defined]
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            _, most, body = argument
            if most >= MANY and _is_ambiguous(body):
                yield str(body)
            yield from _nested(body)
        elif operation is constants.SUBPATTERN:
            yield from _nested(argument[-1])
        elif operation is constants.BRANCH:
            for branch in argument[1]:
                yield from _nested(branch)
        elif operation in (constants.ASSERT, constants.ASSERT_NOT):
            yield from _nested(argument[1])


def _is_ambiguous(body: object) -> bool:
    """Whether a repeated body both begins and ends with what an unbounded repeat in it can match too."""
    alternatives = list(_alternatives(body))
    for items in alternatives:
        for at, (operation, argument) in enumerate(items):
            if operation not in (constants.MAX_REPEAT, constants.MIN_REPEAT) or argument[1] < MANY:
                continue
            letters = _letters(argument[2])
            around = [*items[at + 1 :], *items[:at]]  # what stands between this repeat and itself in the next round
            required = [each for each in around if not _is_optional(each)]
            if not any(not (_letters([each]) & letters) for each in required):
                return True
    return False


def _alternatives(body: object) -> Iterator[list[tuple[object, object]]]:
    """The sequences that a body can be, groups opened."""
    items = list(body)  # type: ignore[call-overload]
    if len(items) == 1:
        operation, argument = items[0]
        if operation is constants.SUBPATTERN:
            yield from _alternatives(argument[-1])
            return
        if operation is constants.BRANCH:
            for branch in argument[1]:
                yield from _alternatives(branch)
            return
    yield items


def _is_optional(item: tuple[object, object]) -> bool:
    operation, argument = item
    if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        return argument[0] == 0  # type: ignore[index]
    return operation in (constants.AT, constants.ASSERT, constants.ASSERT_NOT)


_SAMPLE = [chr(number) for number in range(128)] + list("éÉß中–“’\u00a0")


def _letters(items: object) -> frozenset[str]:
    """Those of a sample of letters with which a match of these items may begin or go on."""
    found: set[str] = set()
    for operation, argument in items:  # type: ignore[attr-defined]
        if operation is constants.LITERAL:
            found.add(chr(argument))
        elif operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            found |= _letters(argument[2])
        elif operation is constants.SUBPATTERN:
            found |= _letters(argument[-1])
        elif operation is constants.BRANCH:
            for branch in argument[1]:
                found |= _letters(branch)
        elif operation in (constants.IN, constants.ANY, constants.NOT_LITERAL):
            found |= {letter for letter in _SAMPLE if _one(operation, argument).fullmatch(letter)}
    return frozenset(found)


def _one(operation: object, argument: object) -> re.Pattern[str]:
    """A pattern for one letter of a class, put together again."""
    if operation is constants.ANY:
        return re.compile(".")
    if operation is constants.NOT_LITERAL:
        return re.compile(f"[^{re.escape(chr(argument))}]")  # type: ignore[arg-type]
    names = {
        constants.CATEGORY_SPACE: r"\s", constants.CATEGORY_NOT_SPACE: r"\S", constants.CATEGORY_WORD: r"\w",
        constants.CATEGORY_NOT_WORD: r"\W", constants.CATEGORY_DIGIT: r"\d", constants.CATEGORY_NOT_DIGIT: r"\D",
    }  # fmt: skip
    inside = ""
    for kind, value in argument:  # type: ignore[attr-defined]
        if kind is constants.NEGATE:
            inside += "^"
        elif kind is constants.LITERAL:
            inside += re.escape(chr(value))
        elif kind is constants.RANGE:
            inside += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        elif kind is constants.CATEGORY:
            inside += names[value]
    return re.compile(f"[{inside}]")


@pytest.mark.parametrize(
    ("pattern", "bad"),
    [
        (r"(?:a+)+$", True), (r"(?:\s*\w*)*x", True), (r"(?:[A-Z]+:[^\n]*\n|[ \t]+[^\n]*\n)*x", False),
        (r"(?:[A-Z]+:[^\n]*|[ \t]+[^\n]*)*x", True), (r"(?:<!--.*?-->\s*)*x", True), (r"(?:<!--.{0,3000}?-->\s*)*x", True), (r"(?:\w+,)+", False), (r"(?:\s+\w+)*", False),
    ],
)  # fmt: skip
def test_the_check_knows_bad_patterns_from_good_ones(pattern, bad):
    assert bool(nested_quantifiers(pattern)) is bad


def test_no_pattern_has_nested_quantifiers():
    found = list(patterns())
    assert len(found) > 400
    assert {where: pattern for where, pattern in found if nested_quantifiers(pattern)} == {}


# --- growth --------------------------------------------------------------------------------------------------------
UNITS = [" ", "\n", "\t", "A", "Ab ", "Ab. ", "A.", "By ", "by Ab Cd, ", "\n \n", "> ", "[", "[a](", "<", "<a ", "<!--", "<!-- -->", "- ", "*a ", "(", '"', "1. ", "2010 ", "1/",
         "March 1 ", "Ab and ", "#", "@", "A: b\n", "  A: b\n", "    x\n", " \n  x", "’", "A-b ", "Mr. ", "=", "|", "`", "http://", "a@", "— ", "said ", "Ab (", "From ", "\nFrom a Mon 1 2 3\n",
         "-----\n", "ﬁ", "Ã©", "<?xml ?>", "@a{", "TY  - "]  # fmt: skip
SHAPES: dict[str, Callable[[str], str]] = {
    "a.txt": lambda text: text,
    "b.txt": lambda text: HEAD + text,
    "a.md": lambda text: "# Title\n\n" + HEAD + text,
    "a.eml": lambda text: f"From: a@b.c\nTo: x@y.z\nSubject: Fwd: {text[:3000].replace(chr(10), ' ')}\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nMessage-ID: <1>\n\n{HEAD}{text}",
    "a.rtf": lambda text: r"{\rtf1\ansi " + text.replace("\\", "").replace("{", "").replace("}", "") + "}",
}  # fmt: skip
SMALL, LARGE = 8_000, 64_000


def seconds(name: str, text: str) -> float:
    began = time.process_time()
    with contextlib.suppress(UserError):
        read(text.encode(), name)
    return time.process_time() - began


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_as_the_input_does(name):
    slow: dict[str, tuple[float, float]] = {}
    for unit in UNITS:
        texts = [SHAPES[name]((unit * (size // len(unit) + 1))[:size]) for size in (SMALL, LARGE)]
        seconds(name, texts[0])
        small, large = seconds(name, texts[0]), seconds(name, texts[1])
        if large > max(0.1, small) * (LARGE / SMALL) * 2.5:
            slow[unit] = (small, large)
    assert slow == {}


@pytest.mark.parametrize(
    "text",
    ["    " + "\n    ".join(f"indented line {n} of a poem" for n in range(400)), "\n".join(" " * 10 for _ in range(200)) + "x", "<!-- a -->" * 3000 + "x", "  a\n" * 5000],
)  # fmt: skip
def test_an_indented_head_is_read_at_once(text):
    assert seconds("x.txt", text) < 3

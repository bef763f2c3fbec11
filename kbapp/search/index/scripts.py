"""Which characters belong to words, and which scripts are written without spaces between words."""

from __future__ import annotations

import re

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0859-\u085b\u08d3-\u08e1\u08e3-\u0963"
    "\u0971-\u0df3\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86-\u0fbc\u135d-\u135f\u1712-\u1714\u180b-\u180d\u18a9"
    "\u1920-\u193b\u1a17-\u1a7f\u1ab0-\u1aff\u1b00-\u1b44\u1b6b-\u1baf\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Combining marks; those of the Indic scripts by their blocks, whose letters count as word characters anyway."""
JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that show nothing: soft hyphen, zero-width joiners."""
EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"

_EAST_ASIAN = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3100-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff65-\uff9f\U00020000-\U0003ffff"
)
_SOUTH_EAST_ASIAN = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u17d7\u17dc\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f"
_SOUTH_EAST_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecf\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3"

UNSPACED = re.compile(f"[{_EAST_ASIAN}{_SOUTH_EAST_ASIAN}]+")
"""A run of letters of scripts without spaces between words (Korean, whose particles are glued to words, among them)."""
CLUSTER = re.compile(
    f"[\u1100-\u115f][\u1160-\u11a7]*[\u11a8-\u11ff]*|.[{_SOUTH_EAST_MARKS}\u3099\u309a\uff9e\uff9f]*", re.S
)
"""What a reader takes for one letter of such a run: with its vowel and tone marks, its voicing mark, a syllable of jamo."""
MIDDLE_DOTS = frozenset("・･")

_WORD = rf"\w{MARKS}{JOINERS}{EMOJI}"
APOSTROPHES = "'’‘ʼ`´＇\u05f3\u05f4"
HYPHENS = "-‐‑"
_CONNECTOR = rf"(?:[{APOSTROPHES}{re.escape(HYPHENS)}.&@·]|(?<=\d),(?=\d))"
WORDS = re.compile(rf"[{_WORD}]+(?:{_CONNECTOR}[{_WORD}]+)*")
"""Words with what is joined to them by hyphens, apostrophes, dots, & and @."""
SIGNED_WORDS = re.compile(rf"(?:(?<![\w.])\.|[#@])?[{_WORD}]+(?:{_CONNECTOR}[{_WORD}]+)*(?:(?:\+\+|#)(?![\w]))?")
"""The same with signs that are part of a name: C++, C#, .NET, #tag, @name."""


def has_signs(text: str) -> bool:
    """Whether a text may hold words with signs, which take longer to find."""
    return (
        "#" in text or "++" in text or "@" in text or " ." in text or "(." in text or text[:1] == "." or "\n." in text
    )


SCRIPTS = (
    ("ru", re.compile("[\u0400-\u052f]")), ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")), ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("he", re.compile("[\u0590-\u05ff]")), ("hi", re.compile("[\u0900-\u097f]")), ("hy", re.compile("[\u0530-\u058f]")),
    ("ta", re.compile("[\u0b80-\u0bff]")), ("en", re.compile("[A-Za-z]")),
)  # fmt: skip
"""The language to take for a text of which only the script is known."""

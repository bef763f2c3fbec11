"""What changed between two versions of an article: paragraphs compared, and within changed ones the words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

_MOST_WORDS = 3000  # a changed passage longer than this is shown whole, old and new
Change = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words and what became of it."""

    text: str
    change: Change


def differences(before: Sequence[str], after: Sequence[str]) -> list[list[Part]]:
    """The paragraphs of both versions in reading order, each as parts; unchanged paragraphs are one part."""
    found: list[list[Part]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [[Part(text, "same")] for text in before[a:b]]
            continue
        for old, new in _paired(before[a:b], after[c:d]):
            found.append(list(_words(old, new)))
    return found


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Changed paragraphs beside those that they became; an empty one where there is none."""
    for at in range(max(len(old), len(new))):
        yield old[at] if at < len(old) else "", new[at] if at < len(new) else ""


def _words(old: str, new: str) -> Iterable[Part]:
    a, b = re.findall(r"\s*\S+", old), re.findall(r"\s*\S+", new)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    if not a or not b or len(a) + len(b) > _MOST_WORDS or matcher.ratio() < 0.4:
        if old:
            yield Part(old, "gone")
        if new:
            yield Part(new, "new")
        return
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield Part("".join(a[i:j]), "same")
            continue
        if i < j:
            yield Part("".join(a[i:j]), "gone")
        if k < m:
            yield Part("".join(b[k:m]), "new")

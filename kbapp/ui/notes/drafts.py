"""What is asked for and answered about notes: plain values that say which note on the screen they belong to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbapp.domain import Subject


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note as it is written.

    Attributes:
        id: Its card in the panel.
        note: The note's id; 0 for one that was not saved yet.
        subject: What it is about.
        text: Its text now.
        revision: The revision that the text was begun from; None for one that was not saved yet.
    """

    id: int
    note: int
    subject: Subject | None
    text: str
    revision: int | None


@dataclass(frozen=True, slots=True)
class SavedNote:
    """A draft that was saved, as which note and revision."""

    draft: int
    note: int
    text: str
    revision: int


@dataclass(frozen=True, slots=True)
class UnsavedNote:
    """A draft that could not be saved, and why, in words."""

    draft: int
    why: str


@dataclass(frozen=True, slots=True)
class ImageSource:
    """A picture that was pasted or dropped; ``read`` gives its bytes, to be called off the window's thread."""

    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class NoteImage:
    """A picture that was stored with a draft's note."""

    draft: int
    image: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Selected words of an article, and which occurrence of them on the page it is, from 0."""

    article: int
    words: str
    occurrence: int

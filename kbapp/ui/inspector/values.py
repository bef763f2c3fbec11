"""What the inspector shows and what the user does there, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InfoField:
    """A field of an article.

    Attributes:
        name: That of the article's field ("published").
        value: What is shown; "" for nothing.
        text: What is put into the box when it is edited.
        found: Where it was found, in words; "" where that is not known.
        is_yours: Whether the user has set it.
        unsure: Whether it was guessed.
        read: What the file says, in words, where the user says something else; None where he does not.
    """

    name: str
    value: str
    text: str
    found: str = ""
    is_yours: bool = False
    unsure: bool = False
    read: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person whom an article names, how often, and why those places were taken for a person, in words."""

    id: int
    name: str
    role: str
    mentions: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What is known of an article; ``warnings`` and ``origin`` are sentences."""

    article: int
    fields: tuple[InfoField, ...]
    tags: tuple[str, ...]
    people: tuple[NamedPerson, ...]
    warnings: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """What the user typed into a field of an article."""

    article: int
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """What was typed and why it could not be kept, in words."""

    edit: FieldEdit
    why: str

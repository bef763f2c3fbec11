"""What can go wrong outside the program's own fault. Everything that is not a UserError is a bug.

An error carries a code and the values that its sentence names. The code's value is that sentence in English, which says in
plain words what happened and what the user can do about it; ``i18n.message`` gives it in the user's language. Nothing ever
looks into the words: whoever needs to tell errors apart compares ``error.code``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Everything that a person may be told. Names are stable; the value is the English sentence, with its ``{fields}``."""

    NO_SUCH_PAGE = "There is no page {address}."


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that went well enough and still must be told: what was cut, guessed or left out."""

    code: Code
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English, for logs and the command line."""
        return self.code.value.format(**self.fields)


class UserError(Exception):
    """Something that a person can act on.

    Args:
        code: What happened.
        fields: The values that the sentence of ``code`` names.
    """

    def __init__(self, code: Code | str, /, **fields: object) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        """The sentence in English, for logs and the command line."""
        return self.code.value.format(**self.fields) if isinstance(self.code, Code) else self.code

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.fields)


def _rebuild(kind: type[UserError], code: Code, fields: dict[str, object]) -> UserError:
    return kind(code, **fields)


class UnreadableFile(UserError):
    """A file that holds no article that kbapp can read."""


class LibraryUnavailable(UserError):
    """The library cannot be opened or written: missing rights, a full disk, a damaged or newer file."""


class NotFound(UserError):
    """No article, person or note has this id or name."""


class InvalidSettings(UserError):
    """The settings file is not what it should be; the message names the line."""

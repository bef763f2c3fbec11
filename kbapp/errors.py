"""What can go wrong outside the program's own fault. Everything that is not a UserError is a bug.

Every message is one plain sentence that names the thing and says what the user can do about it.
"""

from __future__ import annotations


class UserError(Exception):
    """Something that a person can act on; its text is shown to them as it stands."""


class UnreadableFile(UserError):
    """A file that holds no article that kbapp can read."""


class LibraryUnavailable(UserError):
    """The library cannot be opened or written: missing rights, a full disk, a damaged or newer file."""


class NotFound(UserError):
    """No article, person or note has this id or name."""


class InvalidSettings(UserError):
    """The settings file is not what it should be; the message names the line."""

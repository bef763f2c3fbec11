"""The SQLite truth: one module a noun, its SQL beside it; callers hold the transactions."""

from kbapp.library.database import Library

__all__ = ["Library"]

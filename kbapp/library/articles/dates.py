"""Dates of publication in the form that the database sorts by."""

from __future__ import annotations

import re
from datetime import UTC, datetime


def published_key(published: str | None) -> str:
    """The date as UTC in a form whose text order is time order; partial dates sort before the days within them."""
    if not published:
        return ""
    if re.search(r"T.*(?:Z|[+-]\d\d:\d\d)$", published):
        try:
            moment = datetime.fromisoformat(published.replace("Z", "+00:00"))
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        except (ValueError, OverflowError):
            return published[:19]
    return published[:19]

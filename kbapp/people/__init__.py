"""Article -> article with people: recognised, resolved within the article, described, quoted. Knows names, not databases."""

from kbapp.people.recognise import recognise

__all__ = ["recognise"]

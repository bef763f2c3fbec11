"""Article -> article with people: recognised, resolved within the article, described, quoted. Knows names, not databases."""

from __future__ import annotations

from kbapp.domain import Article


def recognise(article: Article, model: str = "") -> Article:
    """The same article with its people, each with every mention, a description and quotes. ``model`` is the spaCy model
    that finds the names in place of kbapp's own recogniser. Raises MissingRecogniser, a UserError.

    What it takes is loaded at the first call: the window's first paint needs none of it.
    """
    from kbapp.people.recogniser import recognise as found

    return found(article, model)

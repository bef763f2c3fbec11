"""Sixty pages in thirty layouts: titles, authors and dates are read from where each kind of publisher puts them."""

from __future__ import annotations

from kbapp.reading import read
from tests.reading.publishers import pages


def test_fields_of_sixty_pages():
    wrong: dict[str, list[str]] = {"title": [], "authors": [], "date": [], "body": []}
    count = 0
    for page in pages():
        count += 1
        (article,) = read(page.html.encode(), "page.html")
        authors = [author.name for author in article.authors if author.name != "Northern Wire"]
        if article.title != page.title:
            wrong["title"].append(f"{page.kind}: {article.title}")
        if [name.casefold() for name in authors] != [name.casefold() for name in page.authors]:
            wrong["authors"].append(f"{page.kind}: {authors} instead of {page.authors}")
        if (article.published or "")[:10] != page.day:
            wrong["date"].append(f"{page.kind}: {article.published} instead of {page.day}")
        if not all(paragraph in article.text for paragraph in page.paragraphs[1:]) or "Privacy" in article.text:
            wrong["body"].append(f"{page.kind}: {article.text[:80]}")
    assert count == 60
    for field, goal in (("title", 0.97), ("authors", 0.92), ("date", 0.95), ("body", 0.95)):
        assert 1 - len(wrong[field]) / count >= goal, f"{field}: " + "; ".join(wrong[field])

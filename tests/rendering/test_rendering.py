"""Pages as text: everything linked, nothing from strangers ever markup."""

from __future__ import annotations

import re
import time

import pytest

from kbapp.domain import Article, Block, Subject
from kbapp.errors import Code, NotFound, Notice
from kbapp.library import Library
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.library.notes.anchors import anchor_for
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address, parse
from kbapp.rendering.router import render
from tests.conftest import HARBOUR


def links(html: str) -> set[str]:
    return set(re.findall(r'href="(kb:[^"]+)"', html))


def test_an_article_links_its_author_and_every_mention(library: Library, add):
    (outcome,) = add(HARBOUR)
    html = render(library, Address("article", str(outcome.article))).html
    solberg, mendes = people.find(library, "Henrik Solberg"), people.find(library, "Carla Mendes")
    assert html.count(f'href="kb:person/{solberg}"') == 3  # two in the text, one in the list of people
    assert f"kb:author/{mendes}" in html and "Ships will sail" in html


def test_every_link_of_every_page_leads_to_a_page(samples: Library):
    seen: set[str] = set()
    todo = ["kb:list/people", "kb:list/authors", "kb:list/notes", "kb:list/sources", "kb:list/merges"]
    while todo:
        link = todo.pop()
        address = parse(link)
        assert address is not None, link
        if str(address.page) in seen or address.kind in ("search", "original", "more"):
            continue
        seen.add(str(address.page))
        todo += links(render(samples, address).html)
    assert len(seen) > 45


def test_text_from_strangers_is_never_markup(library: Library, add):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    (outcome,) = add(
        f"Mayor {evil} speaks\n\nBy Carla Mendes\n\nMayor Henrik Solberg said {evil} and then went home to his {evil} again, as he does."
    )
    with library.transaction() as db:
        notes.add(db, f"note {evil} ![x](http://evil.example/x.png)", Subject("article", outcome.article))
    for kind, number in (
        ("article", outcome.article),
        ("person", people.find(library, "Henrik Solberg")),
        ("author", people.find(library, "Carla Mendes")),
    ):
        html = render(library, Address(kind, str(number))).html
        assert "<script" not in html
        assert all(source.startswith("kb:chart/") for source in re.findall(r"<img src=\"?([^\" >]*)", html))


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{'  ' * n}- x\n" for n in range(10_000)),
        "> " * 20_000 + "x",
        "[" * 50_000,
        "*" * 100_000,
        "![x](" * 20_000,
        "| a " * 20_000,
    ],
)
def test_markdown_bombs_take_bounded_time(library: Library, text: str):
    with library.transaction() as db:
        note = notes.add(db, text, Subject("library"))
    begun = time.monotonic()
    render(library, Address("note", str(note)))
    assert time.monotonic() - begun < 10


def test_pictures_from_elsewhere_are_words(library: Library):
    with library.transaction() as db:
        note = notes.add(
            db, "![spy](http://x.org/a.png) ![p](file:///etc/passwd) ![ok](kb:image/3)", Subject("library")
        )
    html = render(library, Address("note", str(note))).html
    assert html.count("<img") == 1 and "kb:image/3" in html and "x.org" not in html and "spy" in html


def test_a_highlight_is_shown_and_a_lost_one_is_said(library: Library, add):
    (outcome,) = add(HARBOUR)
    text = articles.get(library, outcome.article).article.text
    with library.transaction() as db:
        notes.add(
            db, "why noon?", Subject("article", outcome.article), anchor_for(text, "the first ship would sail"), "green"
        )
    html = render(library, Address("article", str(outcome.article))).html
    assert '<span class="mark-green">the first ship would sail</span>' in html
    with library.transaction() as db:
        db.execute("UPDATE notes SET quote = replace(quote, 'first ship', 'seventh submarine')")
    assert "passage not found" in render(library, Address("article", str(outcome.article))).html


def test_a_person_page_has_it_all(samples: Library):
    html = render(samples, Address("person", str(people.find(samples, "Karl-Heinz Brandt")))).html
    for words in (
        "chief engineer",
        "Mentioned with",
        "Who writes about",
        "Passages",
        "Mentions by month",
        "Quotes",
        "Roles over time",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("kb:person/5", Address("person", "5")),
        ("kb://article/7#m12", Address("article", "7", "m12")),
        ("kb:search/a%20b%3Ac", Address("search", "a b:c")),
        ("http://x", None),
        ("kb:planet/5", None),
        ("", None),
    ],
)
def test_addresses(text: str, address: Address | None):
    assert parse(text) == address
    if address is not None:
        assert parse(str(address)) == address


def test_a_missing_page_is_not_found(library: Library):
    for address in (Address("article", "5"), Address("person", "x"), Address("list", "planets"), Address("note", "3")):
        with pytest.raises(NotFound):
            render(library, address)


def test_who_is_only_an_author_opens_as_one(samples: Library):
    only = "SELECT id FROM people WHERE mentions = 0 AND authored > 0 LIMIT 1"
    author = str(samples.db.execute(only).fetchone()[0])
    page = render(samples, Address("person", author))
    assert page.address == Address("author", author) and "No article mentions" not in page.html


def test_what_was_left_out_of_an_article_is_said_on_its_page(library: Library):
    notice = Notice(Code.NO_SUCH_PAGE, {"address": "<b>7</b>"})
    blocks = (Block("paragraph", "Nine ferries waited outside until the fog had lifted from the sound."),)
    with library.transaction() as db:
        number = articles.add(db, Article("Fog", blocks, warnings=(notice,)), f"{'a' * 64}.txt", 0, "fog.txt").id
    html = render(library, Address("article", str(number))).html
    assert "There is no page &lt;b&gt;7&lt;/b&gt;." in html and "in the trash" not in html
    with library.transaction() as db:
        articles.trash(db, [number])
    assert "This article is in the trash." in render(library, Address("article", str(number))).html

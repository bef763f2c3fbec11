"""Headlines and deks: what the page shows, without kicker, date, site's name or comments' heading."""

from __future__ import annotations

import pytest

from kbapp.reading import read

BODY = "".join(
    f"<p>Paragraph {number} tells how the river was given back its old bed, with all its bends and islands.</p>"
    for number in range(5)
)


def article(top: str, head: str = "", title: str = "River set free"):
    page = f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{top}{BODY}</body></html>"
    return read(page.encode(), "river.html")[0]


OG = "<meta property='og:title' content='River set free'>"


@pytest.mark.parametrize(
    "heading",
    [
        "<h1><span class='kicker'>Nature</span><span>River set free</span></h1>",
        "<h1><span>Nature</span> <span>River set free</span></h1>",
        "<h1><time>4 May 2024</time>River set free</h1>",
        "<h1>River set free <small>The old bed is back after ninety years</small></h1>",
        "<h1>Ri&shy;ver s<wbr>et free</h1>",
        "<h1>River set free | Opinion</h1>",
        "<h1><ruby>River<rt>ri-va</rt></ruby> set free</h1>",
        "<div class='top'><h1>The Bend</h1></div><h3>River set free</h3>",
        "<h1>12 comments on “River set free”</h1><h2>River set free</h2>",
        "<div class='section'><h1>Nature Monday</h1></div><div class='headline'>River set free</div>",
    ],
)
def test_the_headline_alone(heading: str):
    found = article(heading, OG)
    assert found.title == "River set free" and found.text.startswith("Paragraph 0")
    assert found.provenance["title"] == "heading"


@pytest.mark.parametrize(
    "title", ["River set free | The Bend", "River set free - The Bend", "River set free – The Bend", "River set free » The Bend"]
)  # fmt: skip
def test_a_site_that_is_not_declared_is_cut_off(title: str):
    found = article("<div>", title=title)
    assert found.title == "River set free" and "title" in found.unsure


def test_a_dash_in_the_shown_headline_is_no_end_of_it():
    whole = "River set free – anglers object"
    assert article(f"<h1>{whole}</h1>", title=whole).title == whole


def test_parts_of_a_heading_join_as_they_are_shown():
    assert article("<h1>CO<sub>2</sub> in the river</h1>", title="x").title == "CO2 in the river"
    assert article("<h1><span>Bend</span><span>: river set free</span></h1>", title="x").title == "Bend: river set free"


@pytest.mark.parametrize(
    "dek",
    [
        "<p class='article__desc'>After ninety years the old bed is back, and so are the fish.</p>",
        "<div class='storyExcerpt'>After ninety years the old bed is back, and so are the fish.</div>",
        "<h2>After ninety years the old bed is back, and so are the fish.</h2>",
        "<div class='q7'><p class='z9'>After ninety years the old bed is back, and so are the fish.</p></div>",
        "<p class='chapo'>After ninety years the old bed is back, and so are the fish.</p>",
    ],
)
def test_the_dek_by_class_place_and_shape(dek: str):
    found = article(f"<article><h1>River set free</h1>{dek}<div>{BODY}</div></article>", OG)
    assert found.subtitle == "After ninety years the old bed is back, and so are the fish."
    assert found.text.startswith("Paragraph 0") and "subtitle" in found.provenance


def test_a_second_headline_that_is_only_declared_is_no_dek():
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"River set free","alternativeHeadline":"River: free at last"}</script>'
    assert article("<h1>River set free</h1>", head).subtitle is None


def test_a_long_dek_is_kept_and_a_first_paragraph_is_no_dek():
    long = "After ninety years the old bed is back. " * 9
    assert article(f"<h1>River set free</h1><p class='standfirst'>{long}</p>").subtitle == long.strip()
    first = "Paragraph zero, which the editors also gave to search engines as the description of this page, to save themselves some work."
    found = article(f"<h1>River set free</h1><p>{first}</p>", f"<meta name='description' content='{first}'>")
    assert found.subtitle is None and found.text.startswith("Paragraph zero")


def test_the_publisher_comes_before_the_name_of_an_application():
    head = '<meta name="application-name" content="Nature"><script type="application/ld+json">{"@type":"NewsArticle","headline":"River set free","publisher":{"name":"The Bend Online"}}</script>'
    found = article("<h1>River set free</h1>", head)
    assert (found.source, found.provenance["source"]) == ("The Bend Online", "json-ld")

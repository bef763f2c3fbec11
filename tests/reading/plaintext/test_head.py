"""A line under the headline that is nothing but names signs the article; a phrase in capitals does not."""

from __future__ import annotations

import pytest

from kbapp.reading import read

BODY = (
    "The lighthouse keepers of the northern isles will leave their posts next winter, the port office said, when the lamps "
    "are lit by machines."
)


def article(*head: str):
    return read(
        "\n\n".join(["Lamps without keepers", *head, BODY, "The last of them has served for forty years."]).encode()
    )[0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Marta Quill", ["Marta Quill"]),
        ("MARTA QUILL", ["Marta Quill"]),
        ("Marta Quill, Shipping Correspondent", ["Marta Quill"]),
        ("Marta Quill in Stromness", ["Marta Quill"]),
        ("Marta Quill and Tom van Eyk", ["Marta Quill", "Tom van Eyk"]),
        ("Marta Quill, Tom van Eyk", ["Marta Quill", "Tom van Eyk"]),
        ("Ingrid Solberg og Nils Aasen", ["Ingrid Solberg", "Nils Aasen"]),
        ("Ольга Сорокина и Пётр Лебедев", ["Ольга Сорокина", "Пётр Лебедев"]),
        ("José Luis Prado y Ana Gil", ["José Luis Prado", "Ana Gil"]),
    ],
)
@pytest.mark.parametrize("below", [(), ("4 May 2021",), ("https://isles.example/lamps",)])
def test_a_line_of_names_is_the_byline(line, names, below):
    found = article(line, *below)
    assert [author.name for author in found.authors] == names
    assert found.subtitle is None and found.title == "Lamps without keepers"
    assert found.provenance["authors"] == "byline"


def test_names_may_follow_a_dek():
    found = article("An era ends on the isles", "Marta Quill", "4 May 2021")
    assert (found.subtitle, [author.name for author in found.authors]) == ("An era ends on the isles", ["Marta Quill"])
    assert found.published == "2021-05-04"


@pytest.mark.parametrize("line", ["Lighthouse Keepers", "Northern Isles", "The Orkney Times"])
def test_a_phrase_or_a_paper_signs_nothing(line):
    assert article(line, "4 May 2021").authors == ()


def test_a_name_over_a_date_without_blank_lines():
    text = f"Les phares sans gardiens\nClaire Aubry, correspondante à Brest\nle 4 mai 2021\n\n{BODY}\n\n{BODY}"
    found = read(text.encode())[0]
    assert ([author.name for author in found.authors], found.published) == (["Claire Aubry"], "2021-05-04")


def test_fields_say_where_they_were_found():
    found = article("By Marta Quill", "4 May 2021")
    assert dict(found.provenance) == {"title": "heading", "authors": "byline", "published": "date line"}
    labelled = read(f"Title: Lamps\nSource: Isles Weekly\n\n{BODY}".encode())[0]
    assert labelled.provenance["title"] == labelled.provenance["source"] == "label"
    nameless = read(BODY.encode(), "lamps_out.txt")[0]
    assert (nameless.title, nameless.provenance["title"], nameless.unsure) == ("lamps out", "file name", ("title",))


def test_the_paper_may_stand_between_name_and_date():
    found = article("Marta Quill", "The Isles Gazette", "4 May 2021")
    assert ([author.name for author in found.authors], found.source, found.published) == (
        ["Marta Quill"],
        "The Isles Gazette",
        "2021-05-04",
    )
    assert found.subtitle is None and found.text.startswith("The lighthouse keepers")


def test_paper_and_day_or_the_section_above_the_headline_are_no_title():
    text = f"Lamps without keepers\n\nMarta Quill reports from Kirkwall\n\n{BODY}\n\n{BODY}"
    dated = read(f"The Isles Gazette - 4 May 2021\n\n{text}".encode())[0]
    assert (dated.title, dated.source, dated.published) == ("Lamps without keepers", "The Isles Gazette", "2021-05-04")
    assert [author.name for author in dated.authors] == ["Marta Quill"]
    column = read(f"OPINION\n\n{text}".encode())[0]
    assert (column.title, column.tags) == ("Lamps without keepers", ("Opinion",))


def test_two_paragraphs_and_a_signature_keep_a_body():
    found = read(f"{BODY}\n\nThe last of them has served for forty years.\n\nBy Marta Quill\n4 May 2021".encode())[0]
    assert "forty years" in found.text and [author.name for author in found.authors] == ["Marta Quill"]

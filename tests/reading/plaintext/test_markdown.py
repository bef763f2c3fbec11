"""Markdown files: where their fields come from, and the language that they name."""

from kbapp.reading.plaintext.markdown import read_markdown

GERMAN = "Der Gemeinderat hat am Dienstag beschlossen, die alte Mühle zu kaufen, und das war nicht billig."


def test_every_field_says_where_it_was_found() -> None:
    article = read_markdown(
        "---\ntitle: Die Mühle\nauthor: [[Jutta Feld]]\nsite: Talbote\ndate: 2021-05\nurl: https://tal.example/muehle\n"
        f"lang: de-AT\n---\n{GERMAN}"
    )
    declared = ("title", "authors", "source", "published", "url", "language")
    assert article.provenance == dict.fromkeys(declared, "front matter")
    assert article.language == "de"


def test_fields_below_the_front_matter_say_so() -> None:
    article = read_markdown(f"# Die Mühle\n\nVon Jutta Feld\n\n5. Mai 2021\n\n{GERMAN}")
    assert article.provenance == {
        "title": "heading",
        "authors": "byline",
        "published": "byline",
        "language": "text",
    }


def test_title_of_last_resort_says_that_it_is_the_file_name() -> None:
    assert read_markdown(GERMAN, "alte_muehle.md").provenance["title"] == "file name"
    assert read_markdown(GERMAN).provenance["title"] == "text"


def test_a_language_by_its_name_is_no_code() -> None:
    assert read_markdown(f"---\nlanguage: German\n---\n{GERMAN}").language == "de"

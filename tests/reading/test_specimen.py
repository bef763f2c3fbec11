"""The customer's own article: every field and link, as ``expected.json`` has them (kept outside the project)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbapp.people import recognise
from kbapp.reading import read

SPECIMEN = Path(__file__).resolve().parents[3] / "shared" / "specimen"
pytestmark = pytest.mark.skipif(not SPECIMEN.is_dir(), reason="the specimen lies beside the project and is not here")


def test_every_field_and_person_of_the_specimen():
    expected = json.loads((SPECIMEN / "expected.json").read_text("utf-8"))
    article = recognise(read((SPECIMEN / "article.txt").read_bytes(), "article.txt")[0])
    assert article.title == expected["title"]
    assert article.subtitle == expected["subtitle"]
    assert [author.name for author in article.authors] == [author["name"] for author in expected["authors"]]
    bio = article.authors[0].bio or ""
    assert bio.startswith(expected["authors"][0]["bio_starts"]) and bio.endswith(expected["authors"][0]["bio_ends"])
    assert len(article.blocks) == expected["body_paragraphs"]
    assert article.text.startswith(expected["body_starts"]) and article.text.endswith(expected["body_ends"])
    assert {person.name for person in article.people} == {person["name"] for person in expected["people"]}
    for wanted in expected["people"]:
        person = next(person for person in article.people if person.name == wanted["name"])
        assert {mention.surface for mention in person.mentions} >= set(wanted["surfaces"])
        fewest, most = wanted["mentions_in_body"]
        assert fewest <= sum(mention.field == "text" for mention in person.mentions) <= most
        assert wanted.get("description_has", "") in (person.description or "")
    surfaces = " | ".join(mention.surface for person in article.people for mention in person.mentions)
    assert not [words for words in expected["not_people"] if words in surfaces]

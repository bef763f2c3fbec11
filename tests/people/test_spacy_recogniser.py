"""spaCy in place of the own recogniser: said plainly where it is missing, exact where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbapp.domain import Article, Block
from kbapp.importing.sources import SourceFile
from kbapp.importing.worker_pool import WorkerPool, read_one
from kbapp.people import recognise
from kbapp.people.spacy_recogniser import MissingRecogniser


def test_a_missing_model_is_said_with_what_to_do():
    with pytest.raises(MissingRecogniser, match=r"en_core_web_none.*pip install.*recogniser: kbapp"):
        read_one(b"Headline of the day\n\nMs. Ada Kron said it was late.\n", "a.txt", model="en_core_web_none")


def test_a_missing_model_costs_no_worker():
    pool = WorkerPool(1, model="en_core_web_none")
    (done,) = pool.read([SourceFile("a.txt", "a.txt", b"Headline of the day\n\nMs. Ada Kron said it was late.\n")])
    assert done.error is not None and "pip install" in str(done.error) and not done.articles
    pool.close()


def test_names_of_spacy_are_resolved_described_and_quoted_by_us(tmp_path: Path):
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    rules = nlp.add_pipe("entity_ruler")
    rules.add_patterns([{"label": "PERSON", "pattern": name} for name in ("Dr. Ada Kron", "Kron", "Kron's")])
    nlp.to_disk(tmp_path / "model")
    text = "The harbour engineer, Dr. Ada Kron, opened the gates.\n\n“The tide will not wait for us,” Kron said. Kron’s boat left."
    (kron,) = recognise(Article("Tide", (Block("paragraph", text),)), str(tmp_path / "model")).people
    assert kron.name == "Ada Kron" and len(kron.mentions) == 3 and kron.description == "harbour engineer"
    assert all(text[m.start : m.end] == m.surface for m in kron.mentions)
    assert [quote.text for quote in kron.quotes] == ["“The tide will not wait for us,”"]

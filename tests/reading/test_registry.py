"""Every format has a reader that loads; what the sniffer can answer has one too."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kbapp.reading import sniffing
from kbapp.reading.registry import FORMATS, load_reader


@pytest.mark.parametrize("kind", FORMATS)
def test_the_reader_of_each_format_loads(kind):
    assert callable(load_reader(kind))


def test_what_is_told_by_looking_can_be_read():
    tables = (sniffing._KINDS_OF_JSON, sniffing._KINDS_OF_MARKUP, sniffing._KINDS_OF_TEXT)
    assert {kind for table in tables for kind, _ in table} <= FORMATS.keys()


def test_no_reader_is_loaded_before_its_first_file():
    code = (
        "import sys, kbapp.reading; kbapp.reading.read(b'Tram opens\\n\\nThe new tram was opened on Monday by the mayor.', 'a.txt');"
        "print([m for m in ('pypdfium2', 'trafilatura', 'bibtexparser', 'warcio') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )

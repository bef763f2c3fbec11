"""Settings: readable YAML, mistakes said with their line, the file left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbapp.errors import InvalidSettings
from kbapp.settings import Settings, load, save


def test_settings_come_back(tmp_path: Path):
    save(tmp_path / "s" / "settings.yaml", Settings(theme="dark", font_size=15))
    assert (tmp_path / "s" / "settings.yaml").read_text() == "theme: dark\nfont_size: 15\n"
    assert load(tmp_path / "s" / "settings.yaml") == Settings(theme="dark", font_size=15)
    assert load(tmp_path / "missing.yaml") == Settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme: dark\nfont_size: [", "line 2|line 3"),
        ("theme: dark\nfont_size: huge\n", "line 2: font_size cannot be"),
        ("theme: pink\n", "line 1: theme is one of"),
        ("font_size: 900\n", "must be between"),
        ("colour: red\n", "no setting"),
        ("just words", "should hold lines"),
    ],
)
def test_mistakes_are_said_with_their_line(tmp_path: Path, text: str, words: str):
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(InvalidSettings, match=words):
        load(path)
    assert path.read_text() == text

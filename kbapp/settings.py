"""The user's settings: one YAML file that a person can read. A wrong file is told with its line and left as it is."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from kbapp.errors import Code, InvalidSettings

CHOICES = {
    "theme": ("system", "light", "dark", "sepia"),
    "recogniser": ("kbapp", "spacy"),
    "language": ("system", "en", "de", "ar"),
    "ocr": ("off", "tesseract"),
}
RANGES = {"font_size": (8, 32), "measure": (40, 120), "cache_mb": (16, 8192), "lock_after": (0, 1440)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. ``measure`` is the width of a page in characters, ``font_size`` its size in points, ``lock_after``
    the minutes without a touch after which protected notes lock themselves (0: never), ``spelling``
    the language that notes are spelled in ("system", "off" or such as "de_DE"), ``language`` the words of windows and pages
    from the next start, ``recogniser`` what finds people in newly imported
    articles: kbapp itself, or spaCy with ``spacy_model`` where it is installed, ``ocr`` whether the text of scans is recognised by the system's
    tesseract."""

    theme: str = "system"
    font: str = ""
    font_size: int = 13
    measure: int = 68
    cache_mb: int = 256
    lock_after: int = 10
    spelling: str = "system"
    language: str = "system"
    recogniser: str = "kbapp"
    spacy_model: str = "en_core_web_sm"
    ocr: str = "off"

    @property
    def names_model(self) -> str:
        """The spaCy model that finds people; "" for kbapp's own recogniser."""
        return self.spacy_model if self.recogniser == "spacy" else ""


def load(path: Path) -> Settings:
    """The settings in the file, defaults where it says nothing. Raises InvalidSettings, whose message names the line."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSettings(Code.SETTINGS_NOT_READ, file=path, reason=error) from error
    import yaml  # most users have no settings file, and the first paint need not wait for it

    try:
        values = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise InvalidSettings(Code.SETTINGS_MISTAKE, file=path, line=line) from error
    if not isinstance(values, dict):
        raise InvalidSettings(Code.SETTINGS_NOT_LINES, file=path)
    return _checked(path, text, values)


def save(path: Path, settings: Settings) -> None:
    """Writes what differs from the defaults."""
    default = Settings()
    values = {
        f.name: getattr(settings, f.name)
        for f in dataclasses.fields(Settings)
        if getattr(settings, f.name) != getattr(default, f.name)
    }
    import yaml

    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), "utf-8")
    partial.replace(path)


def _checked(path: Path, text: str, values: dict[Any, Any]) -> Settings:
    types = get_type_hints(Settings)
    for key, value in values.items():
        line = next(
            (number for number, words in enumerate(text.split("\n"), 1) if words.strip().startswith(str(key))), 1
        )
        if key not in types:
            raise InvalidSettings(Code.SETTING_UNKNOWN, file=path, line=line, key=key)
        if not isinstance(value, get_args(types[key]) or types[key]) or isinstance(value, bool):
            raise InvalidSettings(Code.SETTING_WRONG_TYPE, file=path, line=line, key=key, value=value)
        if key in CHOICES and value not in CHOICES[key]:
            raise InvalidSettings(
                Code.SETTING_NOT_A_CHOICE, file=path, line=line, key=key, choices=", ".join(CHOICES[key])
            )
        if key in RANGES and not RANGES[key][0] <= value <= RANGES[key][1]:
            raise InvalidSettings(
                Code.SETTING_OUT_OF_RANGE, file=path, line=line, key=key, least=RANGES[key][0], most=RANGES[key][1]
            )
    return Settings(**values)

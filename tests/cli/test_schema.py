"""What the command line prints is what its schema promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.conftest import HARBOUR, ROOT, CommandLine

SCHEMA = json.loads((ROOT / "resources" / "schema" / "command-line.schema.json").read_text("utf-8"))


def check(name: str, lines: list[dict[str, Any]]) -> None:
    """Fails unless there are lines, and all of them are of this kind."""
    assert lines
    validator = Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{name}"}]})
    for line in lines:
        validator.validate(line)


def test_the_schema_is_one_and_refuses_what_is_not_promised():
    Draft202012Validator.check_schema(SCHEMA)
    with pytest.raises(ValidationError):
        check("import line", [{"path": "a", "status": "done", "article": 1, "error": None}])
    with pytest.raises(ValidationError):
        check("listed article", [{"id": "1"}])


def test_every_command_prints_what_the_schema_says(kbapp: CommandLine, tmp_path: Path):
    file = tmp_path / "ferry.txt"
    file.write_text(HARBOUR, "utf-8")
    check("read article", kbapp.json("read", file))
    check("import line", kbapp.json("import", file))
    check("stored article", kbapp.json("show", "article", "1"))
    check("note", kbapp.json("note", "add", "article", "1", "--text", "a #tag", "--quote", "before noon"))
    check("note", kbapp.json("list", "notes"))
    check("listed article", kbapp.json("list", "articles"))
    for kind in ("people", "authors"):
        check("listed person", kbapp.json("list", kind))
    check("profile", kbapp.json("show", "person", "Henrik Solberg"))
    check("profile", kbapp.json("show", "author", "Carla Mendes"))
    check("search", kbapp.json("search", "ferry"))
    check("check", kbapp.json("check"))
    check("export", kbapp.json("export", tmp_path / "out"))

"""The front matter of Markdown: YAML between lines of "---", or TOML between lines of "+++"."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

_FRONT = re.compile(r"\A﻿?---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TOML_FRONT = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(?P<toml>.{0,100000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)


def opens_with_front_matter(text: str) -> bool:
    return bool(_FRONT.match(text) or _TOML_FRONT.match(text))


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML at the head of a text (empty where there is none) and the text below it; never raises."""
    match = _FRONT.match(text)
    if not match:
        return _toml_front_matter(text)
    body = text[match.end() :]
    source = match["yaml"]
    if len(source) > 100_000 or source.count("*") > 1000:
        return {}, body
    try:
        front = yaml.load(source, Loader=_PlainLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        front = dict(re.findall(r"^(\w[\w -]*):[ \t]*[\"']?(.+?)[\"']?[ \t]*$", source, re.M))
    return (front if isinstance(front, dict) else {}), body


def _toml_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The same for TOML between lines of "+++", as Hugo has it."""
    match = _TOML_FRONT.match(text)
    if not match:
        return {}, text
    try:
        return tomllib.loads(match["toml"]), text[match.end() :]
    except (tomllib.TOMLDecodeError, RecursionError):
        return dict(re.findall(r"^(\w[\w -]*?)\s*=\s*[\"']?(.+?)[\"']?\s*$", match["toml"], re.M)), text[match.end() :]


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML in which dates stay the strings that were written, and with them their precision; no aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")  # a few lines of them can unfold to gigabytes
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

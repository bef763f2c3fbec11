"""What the program is made of, with versions and licences, as the installed packages themselves say it."""

from __future__ import annotations

import platform
import re
import sys
import sysconfig
from dataclasses import dataclass
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import cast

from kbapp.paths import resource


@dataclass(frozen=True, slots=True)
class Component:
    """A package that the program uses; ``texts`` are its licence files, whole."""

    name: str
    version: str
    licence: str
    homepage: str
    texts: tuple[str, ...] = ()


def components() -> list[Component]:
    """Python and every package that kbapp needs at run time, directly or through another, in order of their names."""
    found: dict[str, Component] = {}
    waiting = ["kbapp"]
    while waiting:
        name = waiting.pop()
        if _folded(name) in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # wanted on another system only
            continue
        found[_folded(name)] = _component(distribution)
        waiting += [
            re.split(r"[\s;<>=!~\[(]", line, maxsplit=1)[0]
            for line in distribution.requires or ()
            if not re.search(r"\bextra\s*==", line)
        ]
    python = Component("Python", platform.python_version(), "PSF-2.0", "https://www.python.org/", _texts_of_python())
    return sorted([*found.values(), python, *_artwork()], key=lambda component: component.name.casefold())


def _artwork() -> list[Component]:
    """Typefaces and icons in ``resources``, each with its licence beside it."""
    known = (
        ("Inter", "4.001", "https://rsms.me/inter/"),
        ("SourceSerif4", "4.004", "https://github.com/adobe-fonts/source-serif"),
    )
    icons = resource("icons", "Lucide-LICENSE.txt").read_text("utf-8")
    return [
        *(
            Component(name, version, "OFL-1.1", home, (resource("fonts", f"{name}-OFL.txt").read_text("utf-8"),))
            for name, version, home in known
        ),
        Component("Lucide icons", "1.62.0", "ISC", "https://lucide.dev/", (icons,)),
    ]


def _texts_of_python() -> tuple[str, ...]:
    files = [Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt")]
    return tuple(file.read_text("utf-8", "replace") for file in files if file.is_file())[:1]


def _component(distribution: metadata.Distribution) -> Component:
    about = cast(Message, distribution.metadata)  # what it is, and what its type does not say
    links = dict(entry.split(", ", 1) for entry in about.get_all("Project-URL") or () if ", " in entry)
    homepage = about.get("Home-page") or next((links[key] for key in sorted(links, key=_rank_of_link)), "")
    texts = [
        file.read_text("utf-8", "replace") if hasattr(file, "read_text") else ""
        for path in distribution.files or ()
        if ".dist-info" in str(path)
        and ("/licenses/" in path.as_posix() or re.match(r"(?i)(licen[cs]e|copying|notice)", path.name))
        for file in [path.locate()]
        if file.is_file()  # type: ignore[attr-defined]
    ]
    return Component(about["Name"], about["Version"], _licence(about), homepage, tuple(texts))


def _licence(about: Message) -> str:
    """The licence expression, else the classifier, else the first line of the free text."""
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License")
    ]
    text = (about.get("License") or "").strip().partition("\n")[0]
    return ", ".join(classifiers) or text or "see its homepage"


def _rank_of_link(key: str) -> int:
    words = ("home", "source", "repository", "doc")
    return next((rank for rank, word in enumerate(words) if word in key.lower()), len(words))


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

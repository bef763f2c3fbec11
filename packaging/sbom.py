"""Lists what a release is made of: a CycloneDX SBOM, or with --copyright Debian's copyright file."""

import json
import sys
from pathlib import Path

import kbapp
from kbapp.licences import components


def sbom() -> str:
    parts = [
        {
            "type": "library",
            "name": part.name,
            "version": part.version,
            "purl": f"pkg:pypi/{part.name.lower()}@{part.version}",
            "licenses": [{"license": {"name": part.licence}}],
        }
        for part in components()
        if part.name != "kbapp"
    ]
    main = {"type": "application", "name": "kbapp", "version": kbapp.__version__}
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": main}, "components": parts}  # fmt: skip
    return json.dumps(document, indent=1)


def copyright_file() -> str:
    """What Debian wants to know: whose work this is, and under which terms each part of it stands."""
    own = (Path(__file__).parent / "LICENSE").read_text("utf-8")
    lines = [*own.splitlines(), "", "It carries the following software, each under its own licence:", ""]
    for part in components():
        if part.name == "kbapp":
            continue
        lines += [f"{part.name} {part.version}", f"  {part.homepage}", f"  Licence: {part.licence}", ""]
        texts = [_for_debian(text) for text in part.texts] or [_pointer(part.licence)]
        lines += [f"  {line}".rstrip() for text in texts for line in text.splitlines()]
        lines.append("")
    lines += [f"{name}\n  {home}\n  {words}\n" for name, home, words in _INSIDE]
    return "\n".join(lines)


# Libraries inside of the packages above, which those name in no file of their own.
_INSIDE = (
    ("Qt", "https://www.qt.io/", "Copyright (C) The Qt Company Ltd. and other contributors. LGPL-3: /usr/share/common-licenses/LGPL-3"),
    ("SQLite", "https://sqlite.org/", "The authors disclaim copyright; it is in the public domain."),
    ("GCC runtime libraries (libstdc++, libgcc)", "https://gcc.gnu.org/",
     "Copyright (C) Free Software Foundation, Inc. GPL-3 with the GCC Runtime Library Exception: /usr/share/common-licenses/GPL-3"),
)  # fmt: skip


def _for_debian(text: str) -> str:
    """A file that is one of the long licences and nothing else is pointed to; Debian has it once for all packages."""
    head = " ".join(text[:600].split())
    for words, name in _COMMON:
        if head.startswith(words):
            return f"The text is in /usr/share/common-licenses/{name} on Debian systems."
    return text


_COMMON = (
    ("Apache License Version 2.0", "Apache-2.0"),
    ("GNU GENERAL PUBLIC LICENSE Version 2", "GPL-2"),
    ("GNU GENERAL PUBLIC LICENSE Version 3", "GPL-3"),
    ("GNU LESSER GENERAL PUBLIC LICENSE Version 2.1", "LGPL-2.1"),
    ("GNU LESSER GENERAL PUBLIC LICENSE Version 3", "LGPL-3"),
)


def _pointer(licence: str) -> str:
    """Where the text is, of a part that brings none."""
    name = "LGPL-3" if "LGPL" in licence else "Apache-2.0" if "Apache" in licence else ""
    return f"The text is in /usr/share/common-licenses/{name} on Debian systems." if name else "See its homepage."


if __name__ == "__main__":
    print(copyright_file() if "--copyright" in sys.argv else sbom())

"""Lists what a release is made of: a CycloneDX SBOM, or with --copyright Debian's copyright file."""

import json
import sys

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
    lines = [
        "kbapp is distributed under the MIT licence.",
        "",
        "It carries the following software, each under its own licence:",
        "",
    ]
    for part in components():
        if part.name == "kbapp":
            continue
        lines += [f"{part.name} {part.version}", f"  {part.homepage}", f"  Licence: {part.licence}", ""]
        lines += [f"  {line}".rstrip() for text in part.texts for line in _for_debian(text).splitlines()]
        lines.append("")
    return "\n".join(lines)


def _for_debian(text: str) -> str:
    """Debian has the long licences once for all packages, and wants them pointed to."""
    for words, name in (("Apache License", "Apache-2.0"), ("GNU GENERAL PUBLIC LICENSE", "GPL-3"), ("GNU LESSER GENERAL PUBLIC LICENSE", "LGPL-3")):  # fmt: skip
        if words in text and "TERMS AND CONDITIONS" in text:
            return f"The text is in /usr/share/common-licenses/{name} on Debian systems."
    return text


if __name__ == "__main__":
    print(copyright_file() if "--copyright" in sys.argv else sbom())

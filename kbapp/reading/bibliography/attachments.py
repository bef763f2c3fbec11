"""The files that a list of references names as attached to its entries."""

from __future__ import annotations

from kbapp.errors import UnreadableFile
from kbapp.reading.bibliography import bibtex, ris, zotero_rdf
from kbapp.reading.encoding import decode


def attachment_names(data: bytes, suffix: str) -> list[str]:
    """The names in a list whose file ends in ``suffix``, each once; none in a list that cannot be read."""
    try:
        if suffix == ".rdf":
            return list(dict.fromkeys(zotero_rdf.attachment_names(data)))
        text = decode(data)
    except UnreadableFile:
        return []
    return list(dict.fromkeys(ris.attachment_names(text) if suffix == ".ris" else bibtex.attachment_names(text)))

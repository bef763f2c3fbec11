"""The parts of documents that are zip archives of XML, read within bounds: no bomb unpacks, no entity is resolved.

The usual libraries unpack without limits (python-docx, odfpy) or are under the AGPL (ebooklib); what kbapp needs of these
formats is their text, and that is short.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from kbapp.errors import Code, UnreadableFile

_MAX_PART = 60_000_000  # bytes
_MAX_RATIO = 400
_ALWAYS_UNPACKED = 1 << 20
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of a document. Raises UnreadableFile when it is damaged."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(Code.FILE_CUT_OFF) from error


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part. Raises UnreadableFile when it is missing, damaged, locked or unpacks to far too much."""
    try:
        info = archive.getinfo(name)
        if info.file_size > _MAX_PART or info.file_size > max(_ALWAYS_UNPACKED, info.compress_size * _MAX_RATIO):
            raise UnreadableFile(Code.UNPACKS_TOO_LARGE)
        with archive.open(info) as part:
            return part.read(_MAX_PART)
    except KeyError as error:
        raise UnreadableFile(Code.PART_MISSING) from error
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        locked = "password" in str(error).lower()
        raise UnreadableFile(Code.PASSWORD_PROTECTED if locked else Code.FILE_DAMAGED) from error


def read_xml(archive: zipfile.ZipFile, name: str) -> Any:
    """The root element of a part. Raises UnreadableFile as ``read_part`` does, or when it is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(read_part(archive, name), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(Code.FILE_DAMAGED) from error
    if root is None:
        raise UnreadableFile(Code.FILE_DAMAGED)
    return root


def optional_xml(archive: zipfile.ZipFile, name: str) -> Any | None:
    """The root element of a part that a document can do without; None when it is missing or damaged."""
    if name not in archive.NameToInfo:
        return None
    try:
        return read_xml(archive, name)
    except UnreadableFile:
        return None


def read_image(archive: zipfile.ZipFile, name: str) -> bytes:
    """A picture of the archive; empty when it is none or damaged, as the text does not depend on it."""
    if not name.lower().endswith(_IMAGES) or name not in archive.NameToInfo:
        return b""
    try:
        return read_part(archive, name)
    except UnreadableFile:
        return b""

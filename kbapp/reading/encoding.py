"""Bytes of unknown encoding to text, without ever failing on what a person would call a text file."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from kbapp.errors import Code, UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAMPLE = 200_000
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})
_MARKS_WITHIN = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n\n", "\ufeff": "", "\x1b": ""}
_RARE_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 12, 13, 27})
# Encodings that real article files come in, the likelier first.
_CANDIDATES = ["cp1252", "cp1251", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp1250", "cp1253",
               "cp1255", "cp1256", "iso8859_2", "latin_1"]  # fmt: skip


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in ``data``: by its mark, by UTF-8, by the declared encoding, else by its letters.

    Raises UnreadableFile when the bytes are no text in any encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return without_controls(_clean(data.decode(encoding, errors="replace")))
    if looks_binary(data):
        raise UnreadableFile(Code.NOT_TEXT)
    wide = _wide_without_mark(data)
    if wide:
        return without_controls(_clean(data.decode(wide, errors="replace")))
    data = data.translate(None, _CONTROL_BYTES)  # they mean the same in all encodings that follow
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.start > 0:  # cut off within the last character
            return _clean(data[: error.start].decode("utf-8"))
    for named in (declared, declared_encoding(data)):
        if named and (decoded := _try(data, named)) is not None:
            return _clean(decoded)
    return _clean(_guess(data))


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML or XML head names within its first 4 kB."""
    match = _DECLARED.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


def looks_binary(data: bytes) -> bool:
    """Whether the bytes hold what no text in any encoding holds."""
    head = data[:8192]
    if not head or _wide_without_mark(head):
        return False
    controls = len(head) - len(head.translate(None, _RARE_CONTROLS))
    return b"\x00" in head or controls > len(head) * 0.02


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a null in nearly every other byte."""
    head = data[:2000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.05 else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        if codecs.lookup(encoding).name in ("ascii", "iso8859-1"):
            encoding = "cp1252"  # as browsers do: pages that say latin-1 mean this
        return data.decode(encoding, errors="strict")
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _guess(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best else "cp1252"
    western = _try(data[:_SAMPLE], "cp1252")
    if western is not None and _mostly_ascii(data) and _plausible(western):
        encoding = "cp1252"
    return data.decode(encoding, errors="replace")


def _mostly_ascii(data: bytes) -> bool:
    head = data[:_SAMPLE]
    return sum(1 for byte in head if byte > 127) < len(head) * 0.1


def _plausible(text: str) -> bool:
    """Accented letters stand inside words of a Western text and seldom touch each other."""
    odd = sum(1 for char in text if ord(char) > 127 and unicodedata.category(char) not in ("Ll", "Lu", "Pi", "Pf", "Pd", "Po", "Zs", "So", "Sc", "Lo"))  # fmt: skip
    runs = re.findall(r"[^\x00-\x7f]{3,}", text)
    return odd < 5 and len(runs) < 2


def without_controls(text: str) -> str:
    """The text without NULs, bells and the like; tabs and line ends stay."""
    return _CONTROLS.sub("", text)


def _clean(text: str) -> str:
    """One kind of line end, and no marks within."""
    for mark, meant in _MARKS_WITHIN.items():
        if mark in text:
            text = text.replace(mark, meant)
    return text

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
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NOT_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")
_WITHIN_WORD = re.compile(r"(?<=[a-z])[ŽŠŸŒÀ-Þˆ˜¨´¸†‡•™\ufffd](?=[a-z])")
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
    names = [name for name in (declared, declared_encoding(data)) if name]
    if (seven_bit := _seven_bit(data, names)) is not None:
        return without_controls(_clean(seven_bit))
    data = data.translate(None, _CONTROL_BYTES)  # they mean the same in all encodings that follow
    if (text := _as_utf8(data)) is not None:
        return _clean(_undo_double_encoding(text))
    for name in names:
        if (decoded := _try(data, name)) is not None:
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


def _seven_bit(data: bytes, names: list[str]) -> str | None:
    """Text in an encoding that shifts between alphabets with plain ASCII, such as Japanese mail; None if it is none."""
    if not data.isascii():
        return None
    shifted = ["iso2022_jp_2"] if b"\x1b$" in data else []
    for name in [*names, *shifted]:
        try:
            codec = codecs.lookup(name).name
            if codec in ("utf-7", "hz") or codec.startswith("iso2022"):
                return data.decode(codec, errors="strict")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return None


def _as_utf8(data: bytes) -> str | None:
    """The text as UTF-8, also where a few of its many letters are damaged; None for another encoding."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.start > 0:  # cut off within the last character
            return data[: error.start].decode("utf-8")
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    whole = len(_NOT_ASCII.findall(text)) - damaged
    return text if damaged * 20 <= whole else None


def _undo_double_encoding(text: str) -> str:
    """UTF-8 that a program took for Windows' Western encoding and wrote as UTF-8 again ("CafÃ©"), set right.

    Only where every single letter beyond ASCII is the trace of it, so that a text about this mistake stays as it is.
    """
    mended = 0
    pieces: list[str] = []
    at = 0
    for match in _NOT_ASCII_RUN.finditer(text):
        try:
            right = match[0].encode("cp1252", errors="undefined_as_latin1").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return text
        pieces += [text[at : match.start()], right]
        at = match.end()
        mended += 1
    return "".join([*pieces, text[at:]]) if mended >= 2 else text


def _undefined_as_latin1(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that Windows' Western encoding leaves open stand for themselves."""
    if isinstance(error, UnicodeEncodeError) and ord(error.object[error.start]) in (0x81, 0x8D, 0x8F, 0x90, 0x9D):
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


codecs.register_error("undefined_as_latin1", _undefined_as_latin1)


def _try(data: bytes, encoding: str) -> str | None:
    """The text in an encoding that was declared; None where it cannot be that one."""
    try:
        codec = codecs.lookup(encoding).name
        if codec == "ascii" or codec.startswith(("utf-16", "utf-32", "utf-7", "hz", "iso2022")):
            return None  # the bytes have shown already that they are not
        if codec not in ("iso8859-1", "cp1252"):
            return data.decode(codec, errors="strict")
        text = data.decode("cp1252", errors="strict")  # as browsers do: pages that say latin-1 mean this
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return text if _plausible(text[:_SAMPLE]) else None


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best else "cp1252"
    beyond_ascii = sum(1 for byte in sample if byte > 127) / max(1, len(sample))
    western = sample.decode("cp1252", errors="replace")
    if beyond_ascii < 0.2 and _misplaced(western) >= 2 and not _misplaced(sample.decode("mac_roman")):
        encoding = "mac_roman"
    elif beyond_ascii < 0.1 and "\ufffd" not in western and _plausible(western):
        encoding = "cp1252"
    return data.decode(encoding, errors="replace")


def _misplaced(text: str) -> int:
    """How many capitals and signs stand within a word of small letters, as they do when the encoding is the wrong one."""
    return len(_WITHIN_WORD.findall(text))


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

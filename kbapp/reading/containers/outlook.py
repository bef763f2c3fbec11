"""Outlook's messages (MSG), through olefile (BSD): the properties that a message is shown by.

extract-msg, which knows the whole format, is under the GPL.
"""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta

import olefile

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.containers import mail_parts
from kbapp.reading.containers.mail import article_of
from kbapp.reading.documents.rtf import rtf_text
from kbapp.reading.encoding import declared_encoding, decode

# Property numbers of MAPI.
_SUBJECT, _BODY, _HTML, _RTF, _HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_SENDER_NAMES, _SENDER_ADDRESSES = (0x0042, 0x0C1A), (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_TIMES, _CODE_PAGES = (0x0039, 0x0E06), (0x3FDE, 0x3FFD)
_UNICODE, _ANSI, _BINARY, _LONG, _TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040
_MAX_STREAM = 60_000_000
_ODD = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    struct.error,
    OverflowError,
    RecursionError,
)
# What the compression of rich text takes for known before the first byte.
_RTF_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def read_msg(data: bytes, _name: str) -> list[Article]:
    """One message as an article. Raises UnreadableFile when it is damaged or holds no text."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            message = _Message(file)
            article = message.article()
    except _ODD as error:
        raise UnreadableFile(Code.OUTLOOK_DAMAGED) from error
    if article is None:
        raise UnreadableFile(Code.MESSAGE_WITHOUT_TEXT)
    return [article]


class _Message:
    """The properties of a message: those of fixed length stand together, each other one in a stream of its own."""

    def __init__(self, file: olefile.OleFileIO) -> None:
        self._file = file
        self._fixed: dict[tuple[int, int], bytes] = {}
        table = self._stream("__properties_version1.0")
        for at in range(32, len(table) - 15, 16):
            kind, number = struct.unpack_from("<HH", table, at)
            self._fixed[number, kind] = table[at + 8 : at + 16]
        pages = [
            struct.unpack("<l", self._fixed[each, _LONG][:4])[0] for each in _CODE_PAGES if (each, _LONG) in self._fixed
        ]
        self._encoding = next((f"cp{page}" for page in pages if page not in (0, 1200, 65001)), None)

    def article(self) -> Article | None:
        """The message as it is shown; None without text."""
        headers = mail_parts.parse_message(self._text(_HEADERS).encode("utf-8", "surrogateescape") + b"\n\n")
        name, address = mail_parts.sender(headers)
        name = next((text for each in _SENDER_NAMES if (text := self._text(each))), "") or name
        addresses = [text for each in _SENDER_ADDRESSES if "@" in (text := self._text(each))]
        address = addresses[0] if addresses else address
        found = self._body()
        if found is None:
            return None
        return article_of(
            *found, self._text(_SUBJECT), "" if "@" in name else name, address, mail_parts.sent(headers) or self._sent()
        )

    def _body(self) -> tuple[str, bool] | None:
        """The text and whether it is HTML."""
        html = self._stream_of(_HTML, _BINARY).rstrip(b"\0")
        if html.strip():
            return decode(html, declared_encoding(html) or self._encoding), True
        for text, is_html in ((self._text(_HTML), True), (self._text(_BODY), False)):
            if text.strip():
                return text.replace("\r\n", "\n"), is_html
        rich = _unpacked_rtf(self._stream_of(_RTF, _BINARY))
        text = rtf_text(rich.decode("latin-1")) if rich.startswith(b"{\\rtf") else ""
        return (text, False) if text.strip() else None

    def _sent(self) -> str | None:
        """When it was sent or came, from the count of 100 nanoseconds since 1601 that Windows keeps."""
        for number in _TIMES:
            if raw := self._fixed.get((number, _TIME)):
                moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=int.from_bytes(raw, "little") // 10)
                return moment.replace(microsecond=0).isoformat()
        return None

    def _text(self, number: int) -> str:
        wide = self._stream_of(number, _UNICODE)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._stream_of(number, _ANSI).rstrip(b"\0")
        return decode(narrow, self._encoding) if narrow else ""

    def _stream_of(self, number: int, kind: int) -> bytes:
        return self._stream(f"__substg1.0_{number:04X}{kind:04X}")

    def _stream(self, name: str) -> bytes:
        if not self._file.exists(name) or self._file.get_size(name) > _MAX_STREAM:
            return b""
        with self._file.openstream(name) as stream:
            return bytes(stream.read())


def _unpacked_rtf(data: bytes) -> bytes:
    """Rich text as Outlook packs it ([MS-OXRTFCP]): letters, and references into the last 4,096 of them."""
    if len(data) < 16:
        return b""
    size = min(struct.unpack_from("<L", data, 4)[0], _MAX_STREAM)
    if data[8:12] == b"MELA":
        return data[16 : 16 + size]
    window = bytearray(_RTF_DICTIONARY)
    window += bytes(4096 - len(window))
    write, at = len(_RTF_DICTIONARY), 16
    out = bytearray()
    while at < len(data) and len(out) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data) or len(out) >= size:
                break
            if control >> bit & 1:
                pair = int.from_bytes(data[at : at + 2], "big")
                at += 2
                offset, length = pair >> 4, (pair & 0x0F) + 2
                if offset == write:
                    return bytes(out)
                letters = [(offset + each) % 4096 for each in range(length)]
            else:
                window[write] = data[at]
                at += 1
                letters = [write]
                length = 1
            for source in letters:
                letter = window[source]
                out.append(letter)
                window[write] = letter
                write = (write + 1) % 4096
    return bytes(out[:size])

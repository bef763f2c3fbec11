"""What a message holds: its headers and its text, whatever their labels claim about encoding."""

from __future__ import annotations

import binascii
import email
import email.policy
import quopri
import re
from base64 import b64decode
from datetime import datetime
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

from kbapp.reading.encoding import declared_encoding, decode, without_controls
from kbapp.reading.fields.dates import parse_date

_ODD_HEADER = (
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    LookupError,
)  # the email package raises these for odd ones
_QUOTED = re.compile(rb"=(?:[0-9A-F]{2}|\r?\n)")
_BASE64_LINES = re.compile(rb"(?:[A-Za-z0-9+/]{60,100}\r?\n){2,}[A-Za-z0-9+/]{1,100}={0,2}\s*\Z")
_MOST_PARTS = 2000


def parse_message(data: bytes) -> EmailMessage:
    """A message of bytes; never raises, whatever they are."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def header(message: Message, name: str) -> str:
    """A header's text, "" if there is none. Letters that stand in it raw (8-bit) are decoded as those of the body are."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw_bytes = str(raw).encode("utf-8", "surrogateescape")
    if not raw_bytes.isascii():
        return _one_line(decode(raw_bytes, _charset(message)))
    try:
        return _one_line(str(message.get(name) or ""))
    except _ODD_HEADER:
        return _one_line(str(raw))


def sender(message: Message) -> tuple[str, str]:
    """(name, address) of who sent the message."""
    name, address = parseaddr(header(message, "From"))
    return name.strip(" \"'"), address


def sent(message: Message) -> str | None:
    """When the message was sent, as ISO 8601."""
    return iso_date(header(message, "Date"))


def iso_date(text: str) -> str | None:
    """The date of a mail header in any form that mail programs write."""
    try:
        moment: datetime = parsedate_to_datetime(text)
    except (*_ODD_HEADER, OverflowError):
        return parse_date(text)
    return moment.isoformat()


def body_of(message: EmailMessage) -> tuple[str, bool] | None:
    """The text that a mail program shows and whether it is HTML; None when there is none.

    A message that only carries another one (forwarded as an attachment) has that one's text.
    """
    texts: dict[str, str] = {}
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and not _is_attachment(part) and not texts.get(kind, "").strip():
            texts[kind] = part_text(part)
    for kind in ("text/html", "text/plain"):
        if texts.get(kind, "").strip():
            return texts[kind], kind == "text/html"
    return None


def carried_message(message: Message) -> EmailMessage | None:
    """The first message that is attached to this one."""
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822" and isinstance(inner := part.get_payload(), list) and inner:
            return inner[0] if isinstance(inner[0], EmailMessage) else None
    return None


def part_text(part: Message) -> str:
    """A part's text, its transfer encoding undone even where the part does not name it."""
    try:
        raw = part.get_payload(decode=True)
    except _ODD_HEADER:
        raw = None
    if not isinstance(raw, bytes):
        return ""
    if not str(part.get("Content-Transfer-Encoding") or "").strip():
        raw = _undo_unnamed_transfer(raw)
    return without_controls(decode(raw, _charset(part) or declared_encoding(raw))) if raw.strip() else ""


def images_of(message: Message) -> dict[str, bytes]:
    """The pictures among the parts, by their address and by their id."""
    found: dict[str, bytes] = {}
    for part in _leaves(message):
        if part.get_content_maintype() == "image" and isinstance(raw := part.get_payload(decode=True), bytes):
            for name in (header(part, "Content-Location"), "cid:" + header(part, "Content-ID").strip("<> ")):
                found[name] = raw
    return found


def _undo_unnamed_transfer(raw: bytes) -> bytes:
    if len(_QUOTED.findall(raw)) > 3 and raw.isascii() and b"=\n" in raw.replace(b"\r", b""):
        return quopri.decodestring(raw)
    if _BASE64_LINES.match(raw.lstrip()):
        try:
            return b64decode(raw)
        except binascii.Error:
            return raw
    return raw


def _parts(message: Message) -> list[Message]:
    """All parts, outermost first, without following what is nested absurdly deep."""
    found: list[Message] = []
    waiting: list[Message] = [message]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        if part.get_content_maintype() == "multipart" and isinstance(inner := part.get_payload(), list):
            waiting += [each for each in reversed(inner) if isinstance(each, Message)]
    return found


def _leaves(message: Message) -> list[Message]:
    return [part for part in _parts(message) if part.get_content_maintype() != "multipart"]


def _is_attachment(part: Message) -> bool:
    return str(part.get("Content-Disposition") or "").strip().lower().startswith("attachment")


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _ODD_HEADER:
        return None


def _one_line(text: str) -> str:
    return " ".join(without_controls(text).split())

"""Mail: single messages (EML, Apple Mail's EMLX) and mailboxes, an article for each message that holds text.

The subject is the title, and not a word of the text is taken for a subtitle: a message has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr

from kbapp.domain import Article, Author, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.containers import mail_parts, mail_text
from kbapp.reading.fields import bylines, language
from kbapp.reading.fields.dates import is_date_only
from kbapp.reading.limits import MAX_ITEMS, items_left_out, with_warning
from kbapp.reading.plaintext.layout import body_blocks
from kbapp.reading.webpage.fragments import html_blocks
from kbapp.reading.webpage.parsing import parse

# A line of a mailbox that begins a message: "From address Tue Mar 05 10:00:00 +0000 2024". Text may begin with "From" too.
_SEPARATOR = re.compile(
    rb"^From \S+ .{0,10}\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.{10,60}$|^From (?:-|\?\?\?@\?\?\?)[^\n]{0,60}$"
)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_SIGNED = 3  # paragraphs at the head of a text in which its byline is looked for


def read_eml(data: bytes, _name: str) -> list[Article]:
    """One message, such as a newsletter, as an article. Raises UnreadableFile when it holds no text."""
    first, _, rest = data.partition(b"\n")
    if first.strip().isdigit():  # Apple Mail writes the message's length above it and a property list below
        data = rest[: int(first.strip()[:12])]
    article = message_article(mail_parts.parse_message(data))
    if article is None:
        raise UnreadableFile(Code.MESSAGE_WITHOUT_TEXT)
    return [article]


def read_mbox(data: bytes, _name: str) -> list[Article]:
    """A mailbox file. Raises UnreadableFile when no message in it holds text."""
    articles: list[Article] = []
    total = 0
    for total, raw in enumerate(_messages(data), 1):
        if total <= MAX_ITEMS and (article := message_article(mail_parts.parse_message(raw))) is not None:
            articles.append(article)
    if not articles:
        raise UnreadableFile(Code.MAILBOX_WITHOUT_TEXT)
    return with_warning(articles, items_left_out(MAX_ITEMS, total))


def _messages(data: bytes) -> Iterator[bytes]:
    """The messages of a mailbox. A separator counts only where a header follows and a blank line, or nothing, precedes."""
    starts: list[tuple[int, int]] = []  # of the separator, and of the message
    at = 0
    while at >= 0:
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        before = data[max(0, at - 4) : at].replace(b"\r", b"")
        if (at == 0 or before.endswith(b"\n\n")) and _SEPARATOR.match(data[at:end].rstrip()) and _HEADER.match(data[end + 1 : end + 80].lstrip(b">")):  # fmt: skip
            starts.append((at, end + 1))
        found = data.find(b"\nFrom ", max(at, end - 1))
        at = found + 1 if found >= 0 else -1
    for number, (_, begin) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(data)
        yield re.sub(rb"^>(>{0,8}From )", rb"\1", data[begin:stop], flags=re.M)


@dataclass(slots=True)
class _Envelope:
    """Who sent what when; the innermost of forwarded messages counts."""

    subject: str
    sender: str
    address: str
    sent: str | None


def message_article(message: EmailMessage) -> Article | None:
    """A message as an article; None when it holds no text."""
    found = mail_parts.body_of(message)
    carried = mail_parts.carried_message(message)
    subject = mail_parts.header(message, "Subject")
    if carried is not None and (found is None or (mail_text.is_forward(subject) and len(found[0].split()) < 5)):
        return message_article(carried)
    if found is None:
        return None
    sender, address = mail_parts.sender(message)
    return article_of(*found, subject, sender, address, mail_parts.sent(message))


def article_of(text: str, is_html: bool, subject: str, sender: str, address: str, sent: str | None) -> Article | None:
    """An article of what a mail program shows: the text and its envelope; None when there is no text."""
    envelope = _Envelope(mail_text.plain_subject(subject), sender, address, sent)
    may_be_forwarded = mail_text.is_forward(subject)
    if is_html:
        blocks = mail_text.without_small_print(html_blocks(parse(text)))
        blocks = _without_forwarded_blocks(blocks, envelope, may_be_forwarded)
    else:
        blocks = mail_text.without_small_print(body_blocks(_without_forwarded_lines(text, envelope, may_be_forwarded)))
    signed, blocks = _take_head(blocks, envelope.subject)
    if not blocks:
        return None
    names, source = _sender_names(envelope)
    provenance = {"title": "mail subject", "published": "mail date"}
    if signed or names:
        provenance["authors"] = "byline" if signed else "mail sender"
    if source:
        provenance["source"] = "mail sender"
    body = " ".join(block.text for block in blocks)
    if not envelope.subject:
        provenance["title"] = "text"
    return Article(
        title=envelope.subject or _first_words(body),
        blocks=tuple(blocks),
        authors=tuple(Author(each) for each in signed or names),
        published=envelope.sent,
        source=source,
        language=language.detect(body),
        format="eml",
        provenance=provenance
        if envelope.sent
        else {key: value for key, value in provenance.items() if key != "published"},
    )


def _without_forwarded_lines(text: str, envelope: _Envelope, may_be_forwarded: bool) -> str:
    lines = text.split("\n")
    head = mail_text.forwarded_head(lines[:400])
    if head is None or not (may_be_forwarded or not any(line.strip() for line in lines[: head.start])):
        return text
    _take_envelope(head, envelope)
    quoted = [line for line in lines[head.end :] if line.strip()]
    rest = lines[head.end :]
    if quoted and all(line.lstrip().startswith(">") for line in quoted):
        rest = [re.sub(r"^\s*> ?", "", line) for line in rest]
    return "\n".join([*lines[: head.start], *rest])


def _without_forwarded_blocks(blocks: list[Block], envelope: _Envelope, may_be_forwarded: bool) -> list[Block]:
    """The same for HTML, where a forwarded head is one block of several lines or a block a line."""
    lines: list[str] = []
    block_of: list[int] = []
    for number, block in enumerate(blocks[:60]):
        for line in block.text.split("\n"):
            lines.append(line)
            block_of.append(number)
    head = mail_text.forwarded_head(lines)
    if head is None or not (may_be_forwarded or head.start == 0):
        return blocks
    _take_envelope(head, envelope)
    return [*blocks[: block_of[head.start]], *blocks[block_of[head.end - 1] + 1 :]]


def _take_envelope(head: mail_text.ForwardedHead, envelope: _Envelope) -> None:
    name, address = parseaddr(head.sender)
    envelope.sender, envelope.address = name.strip(" \"'") or head.sender.partition("<")[0].strip(), address
    envelope.sent = mail_parts.iso_date(head.date) or envelope.sent
    envelope.subject = mail_text.plain_subject(head.subject) or envelope.subject


def _take_head(blocks: list[Block], subject: str) -> tuple[list[str], list[Block]]:
    """(authors, the rest): the subject repeated as a headline and a byline under it are no text; all else is."""
    rest = list(blocks)
    for at, block in enumerate(rest[:_SIGNED]):
        if _same(block.text, subject) and len(rest) > 1:
            del rest[at]
            break
    for at, block in enumerate(rest[:_SIGNED]):
        if len(block.text) < 160 and len(rest) > 1 and not mail_text.is_header_line(block.text) and (names := bylines.byline_of(block.text)):  # fmt: skip
            del rest[at]
            if at < len(rest) - 1 and is_date_only(rest[at].text):
                del rest[at]
            return names, rest
    return [], rest


def _sender_names(envelope: _Envelope) -> tuple[list[str], str | None]:
    """(the sender as an author, the source): "Ada Finch from The Harbour Letter" says both."""
    domain = envelope.address.rpartition("@")[2] or None
    name = re.sub(r"\s*\([^()]*\)\s*", " ", envelope.sender).strip()
    parts = re.split(r"\s+(?:from|at|via|von|bei|de)\s+|\s*[|@·•]\s*", name, maxsplit=1)
    person, outlet = parts[0], parts[1] if len(parts) > 1 else ""
    if match := re.fullmatch(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]*)?)", person):
        person = f"{match[2]} {match[1]}"
    if " " in person and bylines.is_name(person) and not bylines.is_agency(person) and not bylines.is_outlet(person):
        return [bylines.tidy_name(person)], outlet or domain
    return [], name or domain


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")


def _same(one: str, other: str) -> bool:
    return bool(other) and re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()

"""Mail and saved pages in mail's clothes: EML and mbox newsletters, MHTML of browsers."""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
import tempfile
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from kbapp.domain import Article, Author
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.fields.bylines import is_agency

_MOST_MESSAGES = 2000


def read_eml(data: bytes, name: str) -> list[Article]:
    """One message, such as a newsletter, as an article."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return [_article(message, name)]


def read_mbox(data: bytes, name: str) -> list[Article]:
    """A mailbox file: an article for each message that holds text."""
    articles = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mbox"
        path.write_bytes(data)
        box = mailbox.mbox(path, factory=None, create=False)
        for number, raw in enumerate(box.itervalues()):
            if number >= _MOST_MESSAGES:
                break
            message = email.message_from_bytes(raw.as_bytes(), policy=email.policy.default)
            try:
                articles.append(_article(message, name))
            except UnreadableFile:
                continue
        box.close()
    if not articles:
        raise UnreadableFile(Code.MAILBOX_WITHOUT_TEXT)
    return articles


def read_mhtml(data: bytes, name: str) -> list[Article]:
    """A page saved with everything in one file by Chrome, Edge or Internet Explorer."""
    from kbapp.reading.webpage.reader import read_html

    message = email.message_from_bytes(data, policy=email.policy.default)
    beside = _pictures(message)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                article = read_html(decode(raw, part.get_content_charset() or declared_encoding(raw)), name, beside)
                address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
                return [article if article.url or not address.startswith("http") else replace(article, url=address)]
    raise UnreadableFile(Code.NO_PAGE_IN_MHTML)


def _pictures(message: email.message.Message) -> dict[str, bytes]:
    """The pictures among the parts, by their address and by their id."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        if part.get_content_maintype() == "image" and isinstance(raw := part.get_payload(decode=True), bytes):
            for name in (str(part.get("Content-Location") or ""), "cid:" + str(part.get("Content-ID") or "").strip("<> ")):  # fmt: skip
                found[name] = raw
    return found


def _article(message: EmailMessage, name: str) -> Article:
    body = message.get_body(("html", "plain"))
    raw = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(raw, bytes) or not raw.strip():
        raise UnreadableFile(Code.MESSAGE_WITHOUT_TEXT)
    text = decode(raw, body.get_content_charset())
    if body.get_content_type() == "text/html":
        from kbapp.reading.fields.document_head import article_from_blocks
        from kbapp.reading.webpage.fragments import html_blocks
        from kbapp.reading.webpage.parsing import parse

        article = article_from_blocks(html_blocks(parse(text)), "eml", name)
    else:
        from kbapp.reading.plaintext.layout import read_text

        article = read_text(text, name)[0]
    subject = re.sub(r"^(?:(?:re|fwd?|aw|wg):\s*)+", "", str(message.get("Subject") or ""), flags=re.I).strip()
    sender, address = parseaddr(str(message.get("From") or ""))
    authors = article.authors or ((Author(sender),) if " " in sender and not is_agency(sender) else ())
    source = article.source or (sender if sender and not any(author.name == sender for author in authors) else None)
    return replace(
        article,
        title=subject or article.title,
        authors=authors,
        source=source or (address.rpartition("@")[2] or None),
        published=_sent(message) or article.published,
    )


def _sent(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("Date"))).isoformat()
    except (ValueError, TypeError):
        return None

"""A row or JSON object under whatever names its program uses, as an article; tables and JSON share it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kbapp.domain import Article
from kbapp.reading import entries

Row = Mapping[str, Any]

_NAMES = {
    "title": "title|headline|name|resolved_title|given_title|document title|page title",
    "content": "content|text|body|full text|full_text|fulltext|article|article text|article_text|articletext|maintext|main_text|content_html|"
    "html_content|html|content_text|textcontent|plain_text|plaintext|articlebody|story",
    "excerpt": "excerpt|description|summary|abstract|snippet|selection|extended|lead|teaser|preview",
    "url": "url|link|given_url|resolved_url|href|address|uri|source_url|sourceurl|permalink|web_url|article_url|original_url|originalurl",
    "authors": "authors|author|byline|creator|creators|writer|published_by|by",
    "published": "published|published_at|publishedat|publication date|publication_date|date published|date_published|datepublished|"
    "published date|published_date|publish_date|pub_date|pubdate|date|issue_date|publication year|year",
    "saved": "time_added|saved|saved_at|savedat|saved date|saved_date|date saved|date_saved|added|added_at|addedat|date added|date_added|dateadded|"
    "created|created_at|createdat|creation date|creation_date|add_date|bookmarked_at|timestamp|time|clipped",
    "source": "publication|publication title|newspaper|paper|journal|outlet|publisher|source|source_name|site|site_name|sitename|siteName|website|"
    "domain_name|domain|medium|newspaper name",
    "tags": "tags|document tags|keywords|labels|categories|topics|subjects",
    "folder": "folder|collection|list|notebook",
    "read": "is_read|isread|read|is_archived|isarchived|archived|readat|read_at|finished",
    "state": "status|state|location",
    "progress": "reading progress|reading_progress|readingprogress",
    "starred": "starred|is_starred|isstarred|favorite|favourite|favorited|favourited|is_favorite|isfavorite|favorite_at|important|is_important|liked|pinned",
    "note": "note|notes|comment|my note|user_note|personal note",
    "language": "language|lang|inlanguage|language_code",
    "subtitle": "subtitle|dek|standfirst|subheadline|sub_title|secondary title",
    "highlights": "highlights|annotations",
}
_FIELD_OF = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names.split("|"))}
_READ_STATES = frozenset({"archive", "archived", "read", "done", "finished", "succeeded_archived"})
_STARRED_STATES = frozenset({"starred", "favorite", "favourite"})
_LEAST_TEXT = 40  # letters of a content that is more than a caption


def folded(row: Row) -> dict[str, Any]:
    """The row with its names in lower case and without blanks around them."""
    return {str(key).strip().lstrip("\ufeff").casefold(): value for key, value in row.items()}


def fields_of(row: Row) -> dict[str, Any]:
    """The values of a row by what they mean; where two names mean the same, the more telling one counts."""
    found: dict[str, tuple[int, Any]] = {}
    for key, value in row.items():
        meaning = _FIELD_OF.get(str(key).strip().casefold())
        if meaning is None or value in (None, "", [], {}):
            continue
        field, rank = meaning
        if field not in found or rank < found[field][0]:
            found[field] = (rank, value)
    return {field: value for field, (_, value) in found.items()}


def has_text(names: set[str]) -> bool:
    """Whether rows with these names hold articles: a title and a text."""
    meanings = {_FIELD_OF[name][0] for name in names if name in _FIELD_OF}
    return {"title", "content"} <= meanings


def has_links(names: set[str]) -> bool:
    """Whether rows with these names hold links: an address, and a title or the time when it was saved."""
    meanings = {_FIELD_OF[name][0] for name in names if name in _FIELD_OF}
    return "url" in meanings and bool(meanings & {"title", "saved", "tags", "excerpt"})


def article_of(row: Row, form: str) -> Article | None:
    """The article of a row: a document where it has a text, else a link; None where it has neither."""
    fields = fields_of(row)
    url = next((value.strip() for value in (fields.get("url"), *row.values()) if entries.is_address(value)), None)
    content = fields.get("content")
    state = str(fields.get("state") or "").casefold()
    folder = str(fields.get("folder") or "").casefold() if isinstance(fields.get("folder"), str) else ""
    common: dict[str, Any] = {
        "title": _text(fields.get("title")),
        "authors": entries.names(fields.get("authors")),
        "published": _published(fields.get("published")),
        "saved": entries.moment(fields.get("saved")),
        "source": _source(fields.get("source")),
        "tags": [*entries.tags_in(fields.get("tags")), *entries.folder_tag(folder and str(fields["folder"]))],
        "is_read": _said(fields.get("read"))
        or state in _READ_STATES
        or folder == "archive"
        or _is_whole(fields.get("progress")),
        "starred": _said(fields.get("starred")) or state in _STARRED_STATES or folder == "starred",
        "highlights": entries.marks_in(fields.get("highlights")),
        "note": _text(fields.get("note")),
        "words_language": _text(fields.get("language")) or None,
    }
    if isinstance(content, str) and len(content.strip()) >= (_LEAST_TEXT if url else 1):
        blocks = entries.content_blocks(content)
        return entries.document(
            blocks=blocks, form=form, url=url, subtitle=_text(fields.get("subtitle")) or None, **common
        )
    if url is None:
        return None
    return entries.link(url, excerpt=_text(fields.get("excerpt")) or _text(content), **common)


def _text(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else ""
        if isinstance(value, (list, dict, bool)) or value is None
        else str(value)
    )


def _said(value: Any) -> bool:
    """A mark is set by yes, and by the time when it was set."""
    return entries.truth(value) or bool(re.match(r"\d{4}-\d\d-\d\d|\d{9,}", str(value)))


def _is_whole(progress: Any) -> bool:
    """Whether a text was read to its end: "100%", 1.0 or 100."""
    return str(progress).strip(" %") in ("1", "1.0", "100", "100.0")


def _source(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    text = _text(value).strip()
    return text if text and not entries.is_address(text) else None


def _published(value: Any) -> str | None:
    text = _text(value).strip()
    return text if re.fullmatch(r"(?:1[5-9]|20|21)\d\d", text) else entries.moment(text)

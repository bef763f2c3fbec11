"""The templates of pages and the filters that they use."""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from kbapp.i18n import isolated, message, plain_date, plural, right_to_left, translated
from kbapp.paths import resource
from kbapp.rendering.addresses import action_link

_nonce: ContextVar[str] = ContextVar("nonce", default="")
_MARKS = '"“”„‟«»‹›‘’‚「」『』'
_BOX = re.compile(r"(<li>\s*(?:<p>)?)\[([ xX])\] ")


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=translated,
        message=message,
        ending=lambda: "left" if right_to_left() else "right",  # the side at which a line ends
        action=lambda name, *arguments: action_link(_nonce.get(), name, *arguments),
    )
    environment.filters.update(
        date=lambda value: isolated(plain_date(value)),
        markdown=markdown_html,
        plural=lambda *words: isolated(plural(*words)),
        marked=_marked,
        capfirst=lambda text: text[:1].upper() + text[1:],
        quoted=_quoted,
        host=lambda url: urlsplit(url or "").hostname or "",
    )
    return environment


@contextmanager
def page_nonce() -> Iterator[str]:
    """Gives the action links of the page that is rendered within a nonce of their own."""
    nonce = secrets.token_hex(12)
    token = _nonce.set(nonce)
    try:
        yield nonce
    finally:
        _nonce.reset(token)


def template(name: str) -> Template:
    """A page's template, with the filters that pages use."""
    return _environment().get_template(name)


def markdown_html(text: str) -> Markup:
    """A note's Markdown as HTML: no raw HTML, and no pictures but those kept with notes."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 30}).enable(["table", "strikethrough"])
    parser.add_render_rule("image", _picture)
    tokens = parser.parse(text[:200_000])
    for token in tokens:
        if token.tag in ("h1", "h2", "h3", "h4"):  # a note's headings stand below those of the page
            token.tag = f"h{int(token.tag[1]) + 2}"
    html = str(parser.renderer.render(tokens, parser.options, {}))
    return Markup(_BOX.sub(lambda match: f"{match[1]}{'☐' if match[2] == ' ' else '☑'} ", html))


def _picture(_renderer: Any, tokens: Any, at: int, _options: Any, _env: Any) -> str:
    """A picture of the library; of any other only the words are shown."""
    token = tokens[at]
    source, words = str(token.attrs.get("src", "")), escape(token.content)
    if not re.fullmatch(r"kb:image/\d{1,18}", source):
        return str(words)
    return f'<img src="{source}" alt="{words}">'


def _quoted(text: str) -> str:
    """Direct speech between one pair of marks, whichever the article had."""
    return f"“{text.strip().strip(_MARKS)}”"


def _marked(text: str, name: str) -> Markup:
    """A passage with the person's names set off."""
    words = sorted({word for word in re.findall(r"[^\W\d_][\w’'-]+", name) if len(word) > 2}, key=len, reverse=True)
    safe = str(escape(text))
    if not words:
        return Markup(safe)
    pattern = re.compile(r"(?<!\w)(" + "|".join(re.escape(str(escape(word))) for word in words) + r")(?!\w)")
    return Markup(pattern.sub(r"<b>\1</b>", safe))

"""HTML source to an lxml tree, built the way browsers build it.

libxml2 leaves an element open where its end tag is missing, so that one slip inside a menu swallows the article. lexbor
follows the HTML standard: it parses first and writes the page out well nested, and lxml reads that.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from selectolax.lexbor import LexborHTMLParser

from kbapp.errors import Code, UnreadableFile

# lxml.html asks a function of Python for the class of each element that is touched; without forms one class does.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.I)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li".split())
_FEW_TAGS = 20_000  # up to here no nesting is slow
_DEEPEST = 2_000


def parse(page: str) -> Any:
    """The page as an lxml tree; XML declarations and null bytes, on which parsers stumble, are dropped.

    Raises UnreadableFile when there is nothing to parse.
    """
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", ""))
    if not _nests_too_deep(page):
        page = LexborHTMLParser(page).html or page
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(Code.PAGE_DAMAGED) from error


def _nests_too_deep(page: str) -> bool:
    """Whether elements are left open by the thousand, which takes the standard's algorithm quadratic time."""
    if page.count("<") <= _FEW_TAGS:
        return False
    steps = (-1 if match[1] else 1 for match in _TAG.finditer(page) if match[2].lower() not in _VOID)
    return any(depth > _DEEPEST for depth in itertools.accumulate(steps))

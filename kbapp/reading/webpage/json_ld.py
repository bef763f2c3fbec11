"""schema.org data in a page's JSON-LD scripts: the article node and what it says of itself."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

ARTICLE_TYPES = frozenset(
    "Article NewsArticle BlogPosting Report ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle "
    "BackgroundNewsArticle AdvertiserContentArticle SatiricalArticle ScholarlyArticle TechArticle SocialMediaPosting "
    "LiveBlogPosting MedicalScholarlyArticle Recipe HowTo DiscussionForumPosting ClaimReview FAQPage QAPage PodcastEpisode MedicalWebPage "
    "AboutPage ItemPage Review CreativeWork WebPage".split()
)
_WEAK = frozenset("CreativeWork WebPage Review FAQPage QAPage MedicalWebPage AboutPage ItemPage ClaimReview".split())


def article_node(tree: Any) -> dict[str, Any]:
    """The node that describes the article, references to other nodes resolved; empty when the page has none."""
    nodes = [node for script in _scripts(tree) for node in _nodes(script)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [
        node
        for node in nodes
        if _types(node) & ARTICLE_TYPES and ("headline" in node or "author" in node or "datePublished" in node)
    ]
    articles.sort(key=lambda node: (bool(_types(node) & _WEAK), "headline" not in node))
    if not articles:
        return {}
    article = dict(articles[0])
    for key in ("author", "publisher", "creator"):
        if key in article:
            article[key] = _resolved(article[key], by_id)
    return article


def people_of(value: Any) -> list[tuple[str, str | None]]:
    """(name, description) of the persons and organisations in an ``author`` value of any of its many shapes."""
    if isinstance(value, str):
        return [(text(value), None)] if value.strip() and not value.startswith("http") else []
    if isinstance(value, list):
        return [person for item in value[:30] for person in people_of(item)]
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, list):
            return [person for item in name for person in people_of(item)]
        if isinstance(name, str) and name.strip():
            about = value.get("description")
            return [(text(name), text(about) if isinstance(about, str) and len(about) > 20 else None)]
        parts = [value.get("givenName"), value.get("familyName")]
        if all(isinstance(part, str) for part in parts):
            return [(" ".join(map(str, parts)), None)]
    return []


def text(value: object) -> str:
    """A JSON-LD string as plain text: entities and tags that publishers leave in are resolved."""
    plain = html.unescape(str(value))
    return re.sub(r"\s+", " ", re.sub(r"<[^<>]{1,200}>", " ", plain)).strip()


def _scripts(tree: Any) -> Iterator[Any]:
    for script in tree.iterfind(".//script[@type]"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        source = (script.text or "").strip()[:2_000_000]
        source = (
            re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?$", "", source)
            .strip()
            .rstrip(";")
        )
        try:
            yield json.loads(source, strict=False)
        except (ValueError, RecursionError):
            repaired = re.sub(r",\s*([}\]])", r"\1", source)
            try:
                yield json.loads(repaired, strict=False)
            except (ValueError, RecursionError):
                if saved := _salvaged(source):
                    yield saved


def _salvaged(source: str) -> dict[str, Any]:
    """What can be saved of a script that is no JSON, for instance for a bare quotation mark: the plain fields."""
    kind = re.search(r'"@type"\s*:\s*\[?\s*"(\w+)"', source)
    if kind is None or kind[1] not in ARTICLE_TYPES:
        return {}
    node: dict[str, Any] = {"@type": kind[1]}
    for key in ("headline", "datePublished", "dateModified", "url"):
        if found := re.search(rf'"{key}"\s*:\s*"([^"\\{{}}]{{1,400}})"\s*[,}}]', source):
            node[key] = found[1]
    for key in ("author", "publisher"):
        if found := re.search(rf'"{key}"\s*:\s*\[?\s*\{{[^{{}}]{{0,300}}?"name"\s*:\s*"([^"\\]{{1,100}})"', source):
            node[key] = {"@type": "Person" if key == "author" else "Organization", "name": found[1]}
    return node


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"):
            if isinstance(value.get(key), (dict, list)):
                yield from _nodes(value[key], depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {str(item).rsplit("/", 1)[-1] for item in (kind if isinstance(kind, list) else [kind])}


def _resolved(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, dict) and "name" not in value and value.get("@id") in by_id:
        return by_id[str(value["@id"])]
    return value

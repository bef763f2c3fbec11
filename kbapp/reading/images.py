"""Pictures that lie in a file itself or in the folder beside it; nothing is ever loaded from an address."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from kbapp.domain import Article, Block, Picture
from kbapp.text.media_types import image_media_type

PlacedImage = tuple[int, str, str]
"""A picture of a document: the number of the block that follows it, its source, the words that describe it."""

_SMALLEST, _LARGEST = 2_500, 8 << 20  # bytes; less is an icon or a tracker
_MOST = 40


def kept_pictures(
    found: Iterable[tuple[Block, str, str]],
    original: Sequence[Block],
    kept: Sequence[Block],
    companions: Mapping[str, bytes],
) -> tuple[Picture, ...]:
    """Those pictures that can be had: ``found`` are (the block that follows, source, alternative text), ``original`` all blocks, of which
    ``kept`` remained in the article."""
    order = {id(block): at for at, block in enumerate(original)}
    places = [order[id(block)] for block in kept if id(block) in order]
    pictures: dict[bytes, Picture] = {}
    for block, source, alt_text in found:
        data = picture_data(source, companions)
        media = image_media_type(data)
        if data and media and len(pictures) < _MOST and data not in pictures:
            pictures[data] = Picture(
                data, media, " ".join(alt_text.split())[:300], bisect_left(places, order[id(block)])
            )
    return tuple(pictures.values())


def with_pictures(
    article: Article, blocks: Sequence[Block], placed: Iterable[PlacedImage], companions: Mapping[str, bytes]
) -> Article:
    """The article with those pictures of a document that can be had; ``blocks`` are the document's, of which some became
    its title and the like."""
    if not blocks:
        return article
    found = [(blocks[min(at, len(blocks) - 1)], source, alt_text) for at, source, alt_text in placed]
    return replace(article, pictures=kept_pictures(found, blocks, article.blocks, companions))


def picture_data(source: str, companions: Mapping[str, bytes]) -> bytes:
    """The bytes that a picture's source means: a data address, or a name among what came with the page; empty if neither."""
    if source.startswith("data:"):
        head, _, body = source.partition(",")
        if not head.startswith("data:image/") or len(body) > 2 * _LARGEST:
            return b""
        try:
            data = base64.b64decode(unquote(body)) if head.endswith(";base64") else unquote_to_bytes(body)
        except (binascii.Error, ValueError):
            return b""
    else:
        name = source.removeprefix("./")
        data = (
            companions.get(source)
            or companions.get(unquote(name))
            or companions.get(PurePosixPath(unquote(name)).name)
            or b""
        )
    return data if _SMALLEST <= len(data) <= _LARGEST else b""


def source_of(element: Any) -> str:
    """Where an img element has its picture from: pages that load late keep the true source elsewhere."""
    names = ("src", "data-src", "data-original", "href", "{http://www.w3.org/1999/xlink}href", "xlink:href")
    candidates = [str(value) for name in names if (value := element.get(name))] or [""]
    return next(
        (each for each in candidates if each.startswith("data:image/") and len(each) > _SMALLEST), candidates[0]
    )

"""Pictures in a PDF: photographs as the JPEG that they are, other bitmaps as PNG; logos and page backgrounds left out."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from typing import Any

_LEAST, _MOST_PIXELS = 64, 20_000_000
_MOST = 60
Picture = tuple[int, float, bytes]
"""The page, the height of its upper edge (points), and the bytes of a picture."""


def pictures_of(pages: list[Any]) -> list[Picture]:
    """The pictures of the pages in order; what stands on many pages, or fills one, is no illustration."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    found: list[Picture] = []
    for number, page in enumerate(pages):
        area = page.get_width() * page.get_height()
        try:
            for each in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3):
                left, bottom, right, top = each.get_bounds()
                covers = (right - left) * (top - bottom) / max(1.0, area)
                if 0.005 < covers < 0.85 and len(found) < _MOST and (data := _bytes_of(each)):
                    found.append((number, top, data))
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            continue
    often = Counter(data for _, _, data in found)
    return [each for each in found if often[each[2]] < 3]


def _bytes_of(image: Any) -> bytes:
    width, height = image.get_px_size()
    if width < _LEAST or height < _LEAST or width * height > _MOST_PIXELS:
        return b""
    if image.get_filters() == ["DCTDecode"]:
        return bytes(image.get_data(decode_simple=False))
    bitmap = image.get_bitmap()
    return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


def _png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """A PNG of rows of grey or blue-green-red pixels."""
    rows = []
    for at in range(height):
        row = pixels[at * stride : at * stride + width * channels]
        if channels >= 3:
            turned = bytearray(width * 3)
            turned[0::3], turned[1::3], turned[2::3] = row[2::channels], row[1::channels], row[0::channels]
            row = bytes(turned)
        rows.append(b"\x00" + row)
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if channels >= 3 else 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )

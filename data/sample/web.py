"""What the sample server can answer: pages with their validators, and pictures made on the spot."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

State = Literal[1, 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One answer. `location` goes with a redirect; `modified` is aware, in UTC."""

    body: bytes
    content_type: str
    modified: dt.datetime
    status: int = 200
    location: str | None = None

    @property
    def etag(self) -> str:
        """A weak entity tag (RFC 9110 8.8.3): it must serve the plain and the gzipped body alike."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One outlet: its hosts, what lies under each path, and its paged listings (the last page is empty)."""

    hosts: tuple[str, ...]
    resources: Mapping[str, Resource]
    listings: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)

    def find(self, path: str, page: int = 1) -> Resource | None:
        """Give what lies under `path`, or None; `page` counts from 1 and matters to listings alone."""
        pages = self.listings.get(path)
        if pages is not None:
            return pages[min(page, len(pages)) - 1]
        return self.resources.get(path)


def html_page(text: str, modified: dt.datetime, *, charset: str = "utf-8") -> Resource:
    """Wrap an HTML text; raises `UnicodeEncodeError` where `charset` cannot hold it."""
    return Resource(
        body=text.encode(charset), content_type=f"text/html; charset={charset}", modified=modified
    )


def batches(cards: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Part the cards of a listing into pages of `size`."""
    return [tuple(cards[start : start + size]) for start in range(0, len(cards), size)]


def redirect(url: str, modified: dt.datetime) -> Resource:
    """A permanent redirect (301) to `url`."""
    body = f'<!DOCTYPE html><title>301</title><a href="{url}">{url}</a>\n'.encode()
    return Resource(
        body=body, content_type="text/html; charset=utf-8", modified=modified, status=301, location=url
    )


def picture(path: str, modified: dt.datetime) -> Resource:
    """A small valid image for `path`: a grey JPEG, or a PNG of a colour told by the path's hash."""
    if path.lower().endswith(".png"):
        return Resource(body=_png(path), content_type="image/png", modified=modified)
    return Resource(body=_jpeg(), content_type="image/jpeg", modified=modified)


def _png(seed: str, width: int = 64, height: int = 48) -> bytes:
    """A true-colour PNG of one colour (PNG specification, sections 5.3 and 11)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    colour = hashlib.sha256(seed.encode()).digest()[:3]
    rows = (b"\0" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _jpeg(width: int = 64, height: int = 48) -> bytes:
    """A grey baseline JPEG (ITU-T T.81): every 8x8 block is the bits 00, "no change" and "end of block"."""

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    one_code = bytes([1] + [0] * 15 + [0])  # one symbol, 0, whose code is the single bit 0
    bits = (width // 8) * (height // 8) * 2
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xDB, b"\0" + b"\1" * 64),
            segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)),
            segment(0xC4, b"\x00" + one_code),
            segment(0xC4, b"\x10" + one_code),
            segment(0xDA, b"\1\1\0\0\x3f\0"),
            b"\0" * (bits // 8),
            b"\xff\xd9",
        )
    )

"""Content codings undone (RFC 9110, 8.4), as far as they were asked for and within bounds.

Two codings are asked for, both of which the standard library undoes: what no server is offered, none can
harm with. Scrapy's own middleware takes half an answer for a whole one, and undoes as many layers as a header
names.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

ASKED = b"gzip, deflate"
MAX_LAYERS = 2  # codings, one over the other: a server behind a careless proxy; more is an attack
MAX_MEMBERS = 100  # of one gzip stream (RFC 1952, 2.2)
SMALL = 1 << 20  # bytes unpacked that no ratio makes dangerous
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"  # RFC 1952, 2.3.1
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # as zlib names the formats
_RAW = -15  # "deflate" without its zlib header, as some servers send it


class Unpackable(Exception):  # noqa: N818 - what the answer is
    """An answer whose coding cannot be undone, or must not be; the message says why."""


def unpack(body: bytes, codings: Sequence[str], *, most: int, ratio: float) -> bytes:
    """Undo the content codings of an answer.

    Args:
        body: as sent.
        codings: in the order in which they were applied, as `Content-Encoding` names them.
        most: bytes, unpacked.
        ratio: how many times its packed size a body of more than `SMALL` bytes may unpack to.

    Raises:
        Unpackable: a coding was not asked for, there are too many, the data is damaged or cut short, or it
            is larger than `most` or `ratio` allows.
    """
    named = [coding for each in codings if (coding := each.strip().lower()) not in ("", "identity")]
    if len(named) > MAX_LAYERS:
        raise Unpackable(f"packed {len(named)} times over")
    allowed = min(most, max(SMALL, int(len(body) * ratio)))
    for coding in reversed(named):
        if coding not in _WINDOWS:
            raise Unpackable(f"packed as {coding[:40]!r}, which nobody asked for")
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in _pieces(body, coding):
                size += len(piece)
                if size > allowed:
                    bound = f"{most} bytes" if allowed == most else f"{ratio:g} times its packed size"
                    raise Unpackable(f"unpacked, it is more than {bound}")
                pieces.append(piece)
        except zlib.error as error:
            raise Unpackable(f"packed as {coding}, and damaged: {error}") from error
        body = b"".join(pieces)
    return body


def _pieces(body: bytes, coding: str) -> Iterator[bytes]:
    window = _WINDOWS[coding]
    if coding == "deflate" and not _has_zlib_header(body):
        window = _RAW
    for _ in range(MAX_MEMBERS):
        inflater = zlib.decompressobj(window)
        packed = body
        while not inflater.eof:
            piece = inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
            if not piece and not packed and not inflater.eof:
                raise Unpackable(f"packed as {coding}, and cut short")
            yield piece
        body = inflater.unused_data
        if window != _WINDOWS["gzip"] or not body.startswith(_GZIP):
            return  # what follows is padding
    raise Unpackable(f"of more than {MAX_MEMBERS} gzip members")


def _has_zlib_header(body: bytes) -> bool:
    """Tell whether a zlib stream begins here (RFC 1950, 2.2)."""
    return len(body) >= 2 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0


class UnpackMiddleware:
    """Asks for codings, and undoes them. Settings: `DOWNLOAD_MAXSIZE` (bytes), `JARSHY_UNPACK_RATIO`."""

    def __init__(self, *, most: int, ratio: float) -> None:
        self.most = most
        self.ratio = ratio

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> UnpackMiddleware:
        """Build it with the project's bounds."""
        settings = crawler.settings
        return cls(most=settings.getint("DOWNLOAD_MAXSIZE"), ratio=settings.getfloat("JARSHY_UNPACK_RATIO"))

    def process_request(self, request: Request) -> None:
        """Say which codings are understood."""
        request.headers.setdefault("Accept-Encoding", ASKED)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 - Scrapy's
        """Give the answer unpacked.

        Raises:
            IgnoreRequest: it cannot be, or must not be.
        """
        lines = response.headers.getlist("Content-Encoding")
        if not lines or not response.body:
            return response
        codings = b",".join(lines).decode("latin-1").split(",")
        try:
            body = unpack(response.body, codings, most=self.most, ratio=self.ratio)
        except Unpackable as error:
            raise IgnoreRequest(str(error)) from error
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        told = {"encoding": None} if issubclass(kind, TextResponse) else {}
        return response.replace(cls=kind, headers=headers, body=body, **told)

"""The media types of the files that are served: by their names, and by what feeds begin with."""

from __future__ import annotations

import re

_BY_ENDING = {
    "atom": "application/atom+xml; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",  # UTF-8 by its own rules (RFC 8259, section 8.1)
    "opml": "text/x-opml; charset=utf-8",  # registered by nobody, and what readers send and know
    "png": "image/png",
    "rss": "application/rss+xml; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
}
_BY_ROOT = {
    b"rss": _BY_ENDING["rss"],
    b"feed": _BY_ENDING["atom"],
    b"opml": _BY_ENDING["opml"],
}
_ROOT = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<([a-z]+)[\s>]", re.DOTALL)
_JSON_FEED = b"https://jsonfeed.org/version/"
_HEAD = 2_000  # bytes in which a feed says what it is
_PACKED = ("image/png", "image/x-icon", "application/octet-stream")


def media_type(name: str, data: bytes) -> str:
    """Give the Content-Type of a file: RSS, Atom, OPML and JSON Feed are told by their beginning."""
    ending = name.rpartition(".")[2].lower()
    kind = _BY_ENDING.get(ending, "application/octet-stream")
    head = data[:_HEAD]
    if ending == "xml" and (root := _ROOT.match(head.removeprefix(b"\xef\xbb\xbf"))):
        return _BY_ROOT.get(root[1], kind)
    if ending == "json" and _JSON_FEED in head.replace(rb"\/", b"/"):
        return "application/feed+json"
    return kind


def compressible(kind: str) -> bool:
    """Tell whether a media type's files are text, and not packed already."""
    return kind not in _PACKED

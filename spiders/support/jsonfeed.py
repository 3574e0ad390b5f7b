"""JSON Feed (jsonfeed.org, version 1.1): its items, as a listing needs them. Pure: bytes in, items out."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a feed. Empty where the feed does not say."""

    url: str  # as written
    title: str
    date: str  # RFC 3339


def looks_like_one(body: bytes) -> bool:
    """Tell whether an answer is JSON rather than XML, by its first letter."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read_items(body: bytes, *, most: int) -> list[Item]:
    """Read a feed's items in their order, at most so many.

    JSON that is none, or no feed, gives no items. Never raises for what the bytes hold.
    """
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return []
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return []
    return [
        Item(
            url=_text(item, "url"),
            title=_text(item, "title"),
            date=_text(item, "date_published") or _text(item, "date_modified"),
        )
        for item in items[:most]
        if isinstance(item, dict)
    ]


def _text(item: dict[str, object], name: str) -> str:
    value = item.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""

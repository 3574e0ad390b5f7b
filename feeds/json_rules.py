"""Whether a JSON Feed is fit to publish: version 1.1 of the specification, as far as Jarshy writes it.

The last gate before a file: a feed with a problem is not written.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from feeds.isolate import sanitised
from feeds.plain import clean_text, clean_url, language_tag

_VERSION = "https://jsonfeed.org/version/1.1"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")  # RFC 3339
_MIME = re.compile(r"[a-z]+/[a-z0-9.+\-]+\Z")
_FEED_TEXTS = ("title", "home_page_url", "feed_url", "description", "next_url", "language")
_ITEM_TEXTS = ("id", "url", "title", "content_html", "summary", "image", "language")


def problems_of_json(data: bytes) -> list[str]:
    """Give what is wrong with a JSON Feed, in its order; nothing, if it may be published.

    Never raises: what cannot be read is a problem like any other.
    """
    try:
        feed = json.loads(data.decode("utf-8"), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        return [f"not JSON: {error}"]
    if not isinstance(feed, dict) or feed.get("version") != _VERSION:
        return [f"not an object of version {_VERSION}"]
    return list(_feed(feed))


def problems_of_item(item: Mapping[str, Any]) -> list[str]:
    """Give what is wrong with one item, taken by itself."""
    return list(_item(item))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _feed(feed: Mapping[str, Any]) -> Iterator[str]:
    yield from _texts(feed, _FEED_TEXTS, "feed")
    if not feed.get("title"):
        yield "feed: no title"
    for name in ("home_page_url", "feed_url", "next_url"):
        yield from _address(feed, name, "feed", own=True)
    if "feed_url" not in feed:
        yield "feed: no feed_url"
    elif feed["feed_url"] in (feed.get("next_url"), feed.get("home_page_url")):
        yield "feed: feed_url is also the next page's or the site's"
    yield from _language(feed, "feed")
    for hub in _objects(feed, "hubs"):
        if not hub.get("type") or clean_url(str(hub.get("url")), own=True) is None:
            yield "feed: a hub wants a type and an absolute http(s) address"
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield "feed: items is no list of objects"
        return
    for number, item in enumerate(items, 1):
        yield from (f"item {number}: {problem}" for problem in _item(item))
    times = Counter(str(item.get("id")) for item in items)
    yield from (f"id {guid!r} stands {count} times" for guid, count in times.items() if count > 1)
    dates = [date for item in items if (date := _when(item.get("date_published"))) is not None]
    if any(later > earlier for earlier, later in pairwise(dates)):
        yield "items are not newest first"


def _item(item: Mapping[str, Any]) -> Iterator[str]:
    yield from _texts(item, _ITEM_TEXTS, "item")
    for name in ("id", "url", "title", "content_html", "date_published", "date_modified", "language"):
        if not item.get(name):
            yield f"no {name}"
    yield from _address(item, "url", "item")
    yield from _address(item, "image", "item")
    yield from _language(item, "item")
    dates = [_when(item.get(name)) for name in ("date_published", "date_modified")]
    if dates[0] is None or dates[1] is None:
        yield "a date is no RFC 3339 date"
    elif dates[1] < dates[0]:
        yield "date_modified is before date_published"
    html = item.get("content_html")
    if isinstance(html, str) and html != sanitised(html, ""):
        yield "content_html holds HTML that a feed must not carry"
    for author in _objects(item, "authors"):
        if not author.get("name"):
            yield "an author without a name"
    tags = item.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) and tag for tag in tags):
        yield "a tag is no text"
    for attachment in _objects(item, "attachments"):
        if clean_url(str(attachment.get("url"))) is None or not _MIME.match(str(attachment.get("mime_type"))):
            yield "an attachment wants an absolute http(s) address and a media type"


def _objects(of: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Give the objects of a list; what is none becomes an empty one, which lacks all that is asked of it."""
    found = of.get(name, [])
    if not isinstance(found, list):
        return [{}]
    return [each if isinstance(each, dict) else {} for each in found]


def _texts(of: Mapping[str, Any], names: tuple[str, ...], where: str) -> Iterator[str]:
    for name in names:
        value = of.get(name, "")
        if not isinstance(value, str):
            yield f"{where}: {name} is no text"
        elif value != clean_text(value):
            yield f"{where}: {name} holds characters that no feed carries"


def _address(of: Mapping[str, Any], name: str, where: str, *, own: bool = False) -> Iterator[str]:
    if name in of and clean_url(str(of[name]), own=own) != of[name]:
        yield f"{where}: {name} {str(of[name])[:200]!r} is no absolute http(s) address"


def _language(of: Mapping[str, Any], where: str) -> Iterator[str]:
    if "language" in of and language_tag(str(of["language"])) != of["language"]:
        yield f"{where}: language {of['language']!r} is no language tag"


def _when(text: object) -> datetime | None:
    if not isinstance(text, str) or not _DATE.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # 31 February
        return None

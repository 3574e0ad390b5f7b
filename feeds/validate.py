"""Whether an RSS document is fit to publish: the RSS 2.0 specification and the RSS Advisory Board's profile.

Rules by their place in the profile (rssboard.org/rss-profile), as far as they touch the elements that
Jarshy writes or could come to write. The last gate before a file: a feed with a problem is not written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise

from lxml import etree

from feeds.isolate import sanitised
from feeds.plain import clean_url

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"

# RFC 822, section 5, with the year of RFC 2822: "Wed, 25 Nov 2026 09:05:00 +0000".
_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UT|[ECMP][SD]T|Z)\Z"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")  # RFC 5646, in outline
_TAG = re.compile(r"<[A-Za-z/!?]")
_MIME = re.compile(r"[a-z]+/[a-z0-9.+\-]+\Z")
SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
_FREQUENCY = f"{SYNDICATION}updateFrequency"
_ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
_HOURS = frozenset(map(str, range(24)))
_PERIODS = ("hourly", "daily", "weekly", "monthly", "yearly")
_ONCE_IN_CHANNEL = (
    *("title", "link", "description", "language"),
    *("lastBuildDate", "pubDate", "ttl", "generator"),
)
_ONCE_IN_ITEM = (
    *("title", "link", "description", "guid", "pubDate", "source", "enclosure", "author"),
    *(f"{CONTENT}encoded", f"{DC}rights", f"{DC}language"),
)


def problems_of_rss(data: bytes) -> list[str]:
    """Give what is wrong with an RSS document, in the document's order; nothing, if it may be published.

    Never raises: what cannot be read is a problem like any other.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return [f"not well-formed: {error}"]
    if root.getroottree().docinfo.internalDTD is not None:
        return ["a document type declaration"]
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        return ["not <rss version=2.0> with one channel"]
    return [*_channel(channels[0]), *_items(channels[0])]


def problems_of_item(item: etree._Element) -> list[str]:
    """Give what is wrong with one item, taken by itself."""
    return list(_item(item))


def _channel(channel: etree._Element) -> Iterator[str]:
    for name in ("title", "link", "description"):
        if not _text(channel, name):
            yield f"channel: no {name}"
    yield from _repeated(channel, _ONCE_IN_CHANNEL, "channel")
    yield from _plain(channel, ("title", "description"), "channel")
    if clean_url(_text(channel, "link"), own=True) is None:
        yield "channel: link is no absolute http(s) address"
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(selves) != 1:
        yield f"channel: {len(selves)} atom:link with rel=self"
    for link in selves:
        if clean_url(link.get("href", ""), own=True) is None or link.get("type") != "application/rss+xml":
            yield "channel: atom:link rel=self wants an absolute address and type application/rss+xml"
        if link.get("href") == _text(channel, "link"):
            yield "channel: link is the feed's own address, not its site's"
    language = channel.findtext("language")
    if language is not None and not _LANGUAGE.match(language):
        yield f"channel: language {language!r}"
    ttl = channel.findtext("ttl")
    if ttl is not None and not (ttl.isascii() and ttl.isdigit() and int(ttl[:9]) > 0):
        yield f"channel: ttl {ttl!r} is no count of minutes"
    yield from _hints(channel)
    yield from _dates(channel, ("lastBuildDate", "pubDate"), "channel")
    children = [child.tag for child in channel]
    if "item" in children and any(tag != "item" for tag in children[children.index("item") :]):
        yield "channel: items are not last"


def _hints(channel: etree._Element) -> Iterator[str]:
    """When to ask (RSS 2.0, and the RSS 1.0 module Syndication), and where the history is (RFC 5005)."""
    hours = [(hour.text or "").strip() for hour in channel.iterfind("skipHours/hour")]
    if len(set(hours)) != len(hours) or not all(hour in _HOURS for hour in hours):
        yield "channel: skipHours wants hours from 0 to 23, each once"
    period, frequency = channel.findtext(f"{SYNDICATION}updatePeriod"), channel.findtext(_FREQUENCY)
    if period is not None and period not in _PERIODS:
        yield f"channel: sy:updatePeriod {period!r}"
    if frequency is not None and not (frequency.isascii() and frequency.isdigit() and int(frequency[:9]) > 0):
        yield f"channel: sy:updateFrequency {frequency!r} is no count"
    links = channel.findall(f"{ATOM}link")
    if any(clean_url(link.get("href", ""), own=True) is None or not link.get("rel") for link in links):
        yield "channel: atom:link wants an absolute http(s) address and a relation"
    relations = {str(link.get("rel")): link.get("href") for link in links}
    if channel.find(_ARCHIVE) is not None and "current" not in relations:
        yield "channel: an archive without a link to the current feed"
    if relations.get("self") in (relations.get("prev-archive", ""), relations.get("next-archive", "")):
        yield "channel: a document that is its own archive"


def _items(channel: etree._Element) -> Iterator[str]:
    items = channel.findall("item")
    for number, item in enumerate(items, 1):
        yield from (f"item {number}: {problem}" for problem in _item(item))
    guids = Counter(_text(item, "guid") for item in items)
    yield from (f"guid {guid!r} stands {times} times" for guid, times in guids.items() if guid and times > 1)
    dates = [date for item in items if (date := _when(_text(item, "pubDate"))) is not None]
    if any(later > earlier for earlier, later in pairwise(dates)):
        yield "items are not newest first"
    built = _when(_text(channel, "lastBuildDate"))
    if built is not None and any(date > built for date in dates):
        yield "lastBuildDate is before an item's pubDate"


def _item(item: etree._Element) -> Iterator[str]:
    for name in ("title", "link", "description", "guid", "pubDate"):
        if not _text(item, name):
            yield f"no {name}"
    yield from _repeated(item, _ONCE_IN_ITEM, "item")
    yield from _plain(item, ("title",), "item")
    link, guid = _text(item, "link"), item.find("guid")
    if link and clean_url(link) != link:
        yield f"link {link[:200]!r} is no absolute http(s) address"
    if guid is not None and guid.get("isPermaLink", "true") != "false" and clean_url(guid.text or "") is None:
        yield "guid says it is a permanent link and is none"
    yield from _dates(item, ("pubDate",), "item")
    for source in item.findall("source"):
        if clean_url(source.get("url", "")) is None or not (source.text or "").strip():
            yield "source wants a name and an absolute http(s) address"
    if any(not (category.text or "").strip() for category in item.findall("category")):
        yield "a category without a name"
    for enclosure in item.findall("enclosure"):
        yield from _enclosure(enclosure)
    for content in item.iter(f"{MEDIA}content"):
        if clean_url(content.get("url", "")) is None:
            yield "media:content has no absolute http(s) address"
        if content.get("type") is not None and not _MIME.match(content.get("type", "")):
            yield f"media:content type {content.get('type')!r}"
    for html in (item.find("description"), item.find(f"{CONTENT}encoded")):
        # What the sanitiser would change holds a relative address, an unsafe element or a tag left open.
        if html is not None and html.text and _settled(html.text) != _settled(sanitised(html.text, "")):
            yield f"{etree.QName(html).localname} holds HTML that a feed must not carry"
    if item.find(f"{CONTENT}encoded") is not None and item.find("description") is None:
        yield "content:encoded without description"


def _enclosure(enclosure: etree._Element) -> Iterator[str]:
    length = enclosure.get("length", "")
    if clean_url(enclosure.get("url", "")) is None:
        yield "enclosure has no absolute http(s) address"
    if not (length.isascii() and length.isdigit()):
        yield f"enclosure length {length!r} is no count of bytes"
    if not _MIME.match(enclosure.get("type", "")):
        yield f"enclosure type {enclosure.get('type')!r}"


def _dates(parent: etree._Element, names: tuple[str, ...], where: str) -> Iterator[str]:
    for name in names:
        text = parent.findtext(name)
        if text is not None and _when(text) is None:
            yield f"{where}: {name} {text!r} is no RFC 822 date with a four-digit year"


def _when(text: str) -> datetime | None:
    if not _DATE.match(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:  # 31 February
        return None
    return moment if moment.tzinfo is not None else None


def _repeated(parent: etree._Element, names: tuple[str, ...], where: str) -> Iterator[str]:
    counts = Counter(str(child.tag) for child in parent)
    yield from (f"{where}: {counts[name]} elements {name}" for name in names if counts[name] > 1)


def _plain(parent: etree._Element, names: tuple[str, ...], where: str) -> Iterator[str]:
    for name in names:
        if _TAG.search(_text(parent, name)):
            yield f"{where}: {name} looks like HTML"


def _text(parent: etree._Element, name: str) -> str:
    return (parent.findtext(name) or "").strip()


def _settled(html: str) -> str:
    return " ".join(html.split())

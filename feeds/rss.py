"""RSS 2.0 with content:encoded, Dublin Core, Media RSS and atom:link, written by feedgen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.extensions import DublinCoreEntry, DublinCoreFeed, MediaEntry, MediaFeed
from feeds.model import Channel, Entry, newest_first
from feeds.plain import clean_text, clean_url, one_line
from feeds.sanitise import sanitise
from feeds.validate import problems_of_item
from items import Problem

GENERATOR = "Jarshy"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # the date of a feed without entries


def render_rss(
    channel: Channel, entries: Iterable[Entry], on_problem: Callable[[Problem], None] | None = None
) -> bytes:
    """Give the feed as UTF-8 bytes; the same channel and entries give the same bytes.

    Entries go newest first. One that cannot stand in a valid feed is left out and told to `on_problem`; the
    others are not touched by it. `lastBuildDate` is the newest change of an entry, never the present.

    Raises:
        ValueError: the channel has no title, description or link.
    """
    tell = on_problem or (lambda _problem: None)
    good: dict[str, tuple[Entry, FeedEntry]] = {}
    for entry in entries:
        why = f"a second entry with the GUID {entry.guid}" if entry.guid in good else ""
        item: FeedEntry | None = None
        try:
            item = _item(entry)
            why = why or "; ".join(problems_of_item(_as_written(item)))
        except (AttributeError, TypeError, ValueError) as error:  # naive times, texts that are no text
            why = str(error)
        if why or item is None:
            tell(Problem(outlet=entry.outlet, url=str(entry.link), field="entry", why=why))
        else:
            good[entry.guid] = (entry, item)
    feed = _feed(channel, [entry for entry, _ in good.values()])
    for entry in newest_first(entry for entry, _ in good.values()):
        feed.add_entry(good[entry.guid][1], order="append")
    written: bytes = feed.rss_str(pretty=True)
    return written


def _feed(channel: Channel, entries: list[Entry]) -> FeedGenerator:
    """Give a feed without entries. The site's link comes last: feedgen prints the last as the channel's."""
    feed = FeedGenerator()
    feed.register_extension("dc", DublinCoreFeed, DublinCoreEntry, atom=False, rss=True)
    feed.register_extension("media", MediaFeed, MediaEntry, atom=False, rss=True)
    feed.title(one_line(channel.title))
    feed.description(one_line(channel.description))
    feed.link(href=channel.self_url, rel="self", type="application/rss+xml")
    feed.link(href=channel.link, rel="alternate")
    feed.generator(GENERATOR)
    feed.ttl(channel.ttl)
    if channel.language:
        feed.language(channel.language)
    feed.lastBuildDate(max((entry.updated for entry in entries), default=_EPOCH))
    return feed


def _item(entry: Entry) -> FeedEntry:
    """Give feedgen's form of the entry. Texts are cleaned here too: an entry may come from anywhere."""
    item = FeedEntry()
    item.register_extension("dc", DublinCoreEntry, atom=False, rss=True)
    item.register_extension("media", MediaEntry, atom=False, rss=True)
    item.guid(clean_text(entry.guid), permalink=False)
    item.title(one_line(entry.title))
    item.link(href=clean_url(entry.link) or "", rel="alternate")
    # A description is HTML to readers, so plain text is escaped once more.
    item.description(sanitise(escape(one_line(entry.summary), quote=False), entry.link))
    item.content(sanitise(entry.content, entry.link))
    item.published(entry.published)
    item.updated(entry.updated)
    # The specification demands an address; where none is known, the page that names the source serves.
    item.source(url=clean_url(entry.origin.url or "") or entry.link, title=one_line(entry.origin.name))
    item.dc.add("source", *(one_line(source.name) for source in entry.sources))
    item.dc.add("creator", *(one_line(creator) for creator in entry.creators))
    item.dc.add("publisher", one_line(entry.publisher))
    item.dc.add("rights", one_line(entry.rights))
    item.dc.add("language", one_line(entry.lang))
    pictures = ((clean_url(picture.url), picture) for picture in entry.pictures)
    item.media.show(
        [
            replace(
                picture,
                url=url,
                credit=one_line(picture.credit or "") or None,
                description=one_line(picture.description),
            )
            for url, picture in pictures
            if url
        ]
    )
    return item


def _as_written(item: FeedEntry) -> etree._Element:
    element: etree._Element = item.rss_entry()
    return element

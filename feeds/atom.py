"""Atom (RFC 4287) with Dublin Core and Media RSS, written by feedgen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.atom_rules import problems_of_entry
from feeds.extensions import (
    ChannelFeed,
    DublinCoreEntry,
    DublinCoreFeed,
    EntryFeed,
    EntryMore,
    MediaEntry,
    MediaFeed,
)
from feeds.isolate import Tell, built, sanitised
from feeds.model import Channel, Entry
from feeds.plain import clean_text, clean_url, language_tag, one_line
from feeds.rss import EPOCH, GENERATOR, categories, shown


def render_atom(channel: Channel, entries: Iterable[Entry], on_problem: Tell | None = None) -> bytes:
    """Give the feed as UTF-8 bytes; the same channel and entries give the same bytes.

    Entries go newest first. One that cannot stand in a valid feed is left out and told to `on_problem`. The
    feed's `updated` is the newest change of an entry, never the present.

    Raises:
        ValueError: the channel has no title.
    """
    good = built(
        entries,
        lambda entry: _entry(entry, channel),
        lambda made: problems_of_entry(etree.tostring(made.atom_entry())),
        on_problem,
    )
    feed = _feed(channel, [entry for entry, _ in good])
    for _, made in good:
        feed.add_entry(made, order="append")
    written: bytes = feed.atom_str(pretty=True)
    return written


def source_id(key: str) -> str:
    """Give the identifier for life of a source, as `atom:source` wants one: made of its identity alone."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tag:jarshy,2026:source/{clean_text(key)}").urn


def _feed(channel: Channel, entries: list[Entry]) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("dc", DublinCoreFeed, DublinCoreEntry, atom=True, rss=False)
    feed.register_extension("media", MediaFeed, MediaEntry, atom=True, rss=False)
    feed.register_extension("channel", ChannelFeed, None, atom=True, rss=False)
    feed.register_extension("more", EntryFeed, EntryMore, atom=True, rss=False)
    feed.channel.take(channel)
    feed.id(channel.feed_id or channel.self_url)
    feed.title(one_line(channel.title))
    feed.subtitle(one_line(channel.description))
    feed.link(href=channel.self_url, rel="self", type="application/atom+xml")
    feed.link(href=channel.link, rel="alternate", type="text/html")
    feed.generator(GENERATOR)
    if channel.language:
        feed.language(channel.language)
    feed.updated(max((entry.updated for entry in entries), default=EPOCH))
    return feed


def _entry(entry: Entry, channel: Channel) -> FeedEntry:
    """Give feedgen's form of the entry. Texts are cleaned here too: an entry may come from anywhere."""
    made = FeedEntry()
    made.register_extension("dc", DublinCoreEntry, atom=True, rss=False)
    made.register_extension("media", MediaEntry, atom=True, rss=False)
    made.register_extension("more", EntryMore, atom=True, rss=False)
    made.id(clean_text(entry.guid))
    made.title(one_line(entry.title))
    made.link(href=clean_url(entry.link) or "", rel="alternate")
    made.summary(one_line(entry.summary), type="text")
    made.content(sanitised(entry.content, entry.link), type="html")
    made.published(entry.published)
    made.updated(entry.updated)
    for creator in entry.creators:
        made.author(name=one_line(creator))
    made.rights(one_line(entry.rights) or None)
    for category in categories(entry, channel):
        made.category(category)
    made.dc.add("source", *(one_line(source.name) for source in entry.sources))
    made.dc.add("publisher", one_line(entry.publisher))
    made.media.show(shown(entry))
    made.more.take(language_tag(entry.lang), list(_links(entry)), _source(entry), entry.updated)
    return made


def _source(entry: Entry) -> Mapping[str, str]:
    """Give who reported first; nothing where that has no name to show."""
    name, found = one_line(entry.origin.name), clean_url(entry.origin.url or "")
    if not name:
        return {}
    known = {"id": source_id(entry.origin.key), "title": name}
    return {**known, "href": found} if found else known


def _links(entry: Entry) -> Iterator[Mapping[str, str]]:
    """Give the links beside the original: whom it came by, its pictures, the story elsewhere."""
    for source in dict.fromkeys(entry.sources):
        found = clean_url(source.url or "")
        if found:
            yield {"rel": "via", "href": found, "title": one_line(source.name)}
    for picture in shown(entry):
        if picture.type:  # an enclosure without one tells no reader what it is
            yield {"rel": "enclosure", "href": picture.url, "type": picture.type}
    for other in entry.others:
        found = clean_url(other.url)
        if found:
            title = one_line(f"{other.headline} ({other.outlet})")
            yield {"rel": "related", "href": found, "hreflang": language_tag(other.lang), "title": title}

"""RSS 2.0 with content:encoded, Dublin Core, Media RSS and atom:link, written by feedgen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from urllib.parse import urljoin

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

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
from feeds.model import Channel, Entry, Picture
from feeds.plain import clean_text, clean_url, language_tag, one_line
from feeds.sentence import primary
from feeds.validate import problems_of_item
from pipelines.text.topics import title_of

GENERATOR = "Jarshy"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # the date of a feed without entries


def render_rss(channel: Channel, entries: Iterable[Entry], on_problem: Tell | None = None) -> bytes:
    """Give the feed as UTF-8 bytes; the same channel and entries give the same bytes.

    Entries go newest first. One that cannot stand in a valid feed is left out and told to `on_problem`; the
    others are not touched by it. `lastBuildDate` is the newest change of an entry, never the present.

    Raises:
        ValueError: the channel has no title, description or link.
    """
    good = built(
        entries,
        lambda entry: _item(entry, channel),
        lambda item: problems_of_item(item.rss_entry()),
        on_problem,
    )
    feed = _feed(channel, [entry for entry, _ in good])
    for _, item in good:
        feed.add_entry(item, order="append")
    written: bytes = feed.rss_str(pretty=True)
    return written


def _feed(channel: Channel, entries: list[Entry]) -> FeedGenerator:
    """Give a feed without entries. The site's link comes last: feedgen prints the last as the channel's."""
    feed = FeedGenerator()
    feed.register_extension("dc", DublinCoreFeed, DublinCoreEntry, atom=False, rss=True)
    feed.register_extension("media", MediaFeed, MediaEntry, atom=False, rss=True)
    feed.register_extension("channel", ChannelFeed, None, atom=False, rss=True)
    feed.register_extension("more", EntryFeed, EntryMore, atom=False, rss=True)
    feed.channel.take(channel)
    feed.title(one_line(channel.title))
    feed.description(one_line(channel.description))
    feed.link(href=channel.self_url, rel="self", type="application/rss+xml")
    feed.link(href=channel.link, rel="alternate")
    feed.generator(GENERATOR)
    if not channel.history.archive:
        feed.ttl(channel.rhythm.ttl)
        if channel.rhythm.skip_hours:
            feed.skipHours(list(channel.rhythm.skip_hours))
    if channel.language:
        feed.language(channel.language)
    feed.lastBuildDate(max((entry.updated for entry in entries), default=EPOCH))
    return feed


def _item(entry: Entry, channel: Channel) -> FeedEntry:
    """Give feedgen's form of the entry. Texts are cleaned here too: an entry may come from anywhere."""
    item = FeedEntry()
    item.register_extension("dc", DublinCoreEntry, atom=False, rss=True)
    item.register_extension("media", MediaEntry, atom=False, rss=True)
    item.register_extension("more", EntryMore, atom=False, rss=True)
    item.guid(clean_text(entry.guid), permalink=False)
    item.title(one_line(entry.title))
    item.link(href=clean_url(entry.link) or "", rel="alternate")
    # A description is HTML to readers, so plain text is escaped once more.
    item.description(sanitised(escape(one_line(entry.summary), quote=False), entry.link))
    item.content(sanitised(entry.content, entry.link))
    item.published(entry.published)
    item.updated(entry.updated)
    # The specification demands an address; where none is known, the page that names the source serves.
    item.source(url=clean_url(entry.origin.url or "") or entry.link, title=one_line(entry.origin.name))
    for category in categories(entry, channel):
        item.category(category)
    item.dc.add("source", *(one_line(source.name) for source in entry.sources))
    item.dc.add("creator", *(one_line(creator) for creator in entry.creators))
    item.dc.add("publisher", one_line(entry.publisher))
    item.dc.add("rights", one_line(entry.rights))
    item.dc.add("language", language_tag(entry.lang))
    item.media.show(shown(entry))
    item.more.take(entry.lang, (), {}, entry.updated)
    return item


def categories(entry: Entry, channel: Channel) -> list[dict[str, str]]:
    """Give an entry's topics, each with its name in the entry's language, and the outlet's tags, for feedgen.

    The scheme of the topics is the address below which their editions stand; tags have none.
    """
    scheme = urljoin(channel.link, "topics/")
    lang = primary(entry.lang)
    named = [{"term": topic, "label": title_of(topic, lang), "scheme": scheme} for topic in entry.topics]
    tags = dict.fromkeys(one_line(tag) for tag in entry.tags)
    return [*named, *({"term": tag} for tag in tags if tag)]


def shown(entry: Entry) -> list[Picture]:
    """Give the pictures of an entry that have an address fit to print, with clean texts."""
    pictures = ((clean_url(picture.url), picture) for picture in entry.pictures)
    return [
        replace(
            picture,
            url=url,
            credit=one_line(picture.credit or "") or None,
            description=one_line(picture.description),
        )
        for url, picture in pictures
        if url
    ]

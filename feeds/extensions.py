"""What feedgen 1.0 does not write, as extensions of it.

Its own `media` knows neither `media:credit` nor `media:description`, its own `dc` no element twice, its own
`syndication` misspells the elements it writes; of the links of an Atom entry it drops all but the address,
of those of an RSS channel all but "self"; it knows no `fh:archive`, no `xml:lang` of an entry, no change of
an RSS item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.model import Channel, Picture
from pipelines.attribution.photos import photo_sources

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class DublinCoreFeed(BaseExtension):  # type: ignore[misc]
    """Declares the namespace (DCMI Metadata Element Set, version 1.1)."""

    def extend_ns(self) -> dict[str, str]:
        """Give the prefix and the namespace."""
        return {"dc": DC}


class DublinCoreEntry(BaseEntryExtension):  # type: ignore[misc]
    """Writes any element of the set, each as often as it was added, in that order."""

    def __init__(self) -> None:
        self._elements: list[tuple[str, str]] = []

    def add(self, name: str, *texts: str) -> None:
        """Add one element `name` for each text; empty texts say nothing and are left out."""
        self._elements.extend((name, text) for text in texts if text)

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Write the elements into an RSS item."""
        for name, text in self._elements:
            etree.SubElement(item, f"{{{DC}}}{name}").text = text
        return item

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Write the elements into an Atom entry."""
        return self.extend_rss(entry)


class MediaFeed(BaseExtension):  # type: ignore[misc]
    """Declares the namespace (Media RSS 1.5.1)."""

    def extend_ns(self) -> dict[str, str]:
        """Give the prefix and the namespace."""
        return {"media": MEDIA}


class MediaEntry(BaseEntryExtension):  # type: ignore[misc]
    """Writes one `media:content` an image. They show different things, so they form no `media:group`."""

    def __init__(self) -> None:
        self._pictures: tuple[Picture, ...] = ()

    def show(self, pictures: Sequence[Picture]) -> None:
        """Take the images; the first is the entry's main one."""
        self._pictures = tuple(pictures)

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Write the images into an RSS item."""
        for position, picture in enumerate(self._pictures):
            content = etree.SubElement(item, f"{{{MEDIA}}}content", url=picture.url, medium="image")
            if picture.type:
                content.set("type", picture.type)
            if position == 0 and len(self._pictures) > 1:
                content.set("isDefault", "true")
            if picture.description:
                described = etree.SubElement(content, f"{{{MEDIA}}}description", type="plain")
                described.text = picture.description
            # Who of them is a photographer and who an agency, the words do not say: "author" claims least.
            for name in photo_sources(picture.credit or "") or (picture.credit,):
                if name:
                    credit = etree.SubElement(content, f"{{{MEDIA}}}credit", role="author", scheme="urn:ebu")
                    credit.text = name
        return item

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Write the images into an Atom entry."""
        return self.extend_rss(entry)


class ChannelFeed(BaseExtension):  # type: ignore[misc]
    """Writes what a feed says of itself beside its title: when to ask, where its history is, its hubs."""

    def __init__(self) -> None:
        self._channel: Channel | None = None

    def take(self, channel: Channel) -> None:
        """Take the channel that is written."""
        self._channel = channel

    def extend_ns(self) -> dict[str, str]:
        """Give the prefixes and namespaces: RFC 5005, section 2, and the RSS 1.0 module Syndication."""
        return {"fh": HISTORY, "sy": SYNDICATION}

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """Write them into the channel of an RSS document."""
        self._write(rss[0], f"{{{ATOM}}}link", "application/rss+xml")
        return rss

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Write them into an Atom feed; feedgen's tree has Atom's own elements in no namespace."""
        self._write(feed, "link", "application/atom+xml")
        return feed

    def _write(self, parent: etree._Element, link: str, form: str) -> None:
        if self._channel is None:
            return
        history = self._channel.history
        places = {"current": history.current, "prev-archive": history.prev, "next-archive": history.next}
        for rel, href in places.items():
            if href:
                etree.SubElement(parent, link, rel=rel, href=href, type=form)
        for hub in self._channel.hubs:
            etree.SubElement(parent, link, rel="hub", href=hub)
        if history.archive:
            etree.SubElement(parent, f"{{{HISTORY}}}archive")
            return  # nobody asks twice for what never changes
        rhythm = self._channel.rhythm
        etree.SubElement(parent, f"{{{SYNDICATION}}}updatePeriod").text = rhythm.period
        etree.SubElement(parent, f"{{{SYNDICATION}}}updateFrequency").text = str(rhythm.frequency)


class EntryFeed(BaseExtension):  # type: ignore[misc]
    """Stands beside `EntryMore`: feedgen wants an extension of the feed for one of its entries."""


class EntryMore(BaseEntryExtension):  # type: ignore[misc]
    """Writes an entry's language, further links and source into Atom, and its last change into RSS."""

    def __init__(self) -> None:
        self._lang = ""
        self._links: tuple[Mapping[str, str], ...] = ()
        self._source: Mapping[str, str] = {}
        self._updated: datetime | None = None

    def take(
        self, lang: str, links: Sequence[Mapping[str, str]], source: Mapping[str, str], updated: datetime
    ) -> None:
        """Take what is written.

        Args:
            lang: BCP 47.
            links: the attributes of every link beside the one to the original.
            source: `id`, `title` and, where known, `href` of who reported first.
            updated: aware.
        """
        self._lang, self._links, self._source, self._updated = lang, tuple(links), source, updated

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Write the last change into an RSS item, as Atom has it: RSS itself has no element for it."""
        if self._updated is not None:
            etree.SubElement(item, f"{{{ATOM}}}updated").text = self._updated.isoformat()
        return item

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Write language, links and source into an Atom entry (RFC 4287, sections 2, 4.2.7 and 4.2.11)."""
        if self._lang:
            entry.set(_LANG, self._lang)
        for attributes in self._links:
            etree.SubElement(entry, "link", dict(attributes))
        if self._source:
            source = etree.SubElement(entry, "source")
            etree.SubElement(source, "id").text = self._source["id"]
            etree.SubElement(source, "title").text = self._source["title"]
            if "href" in self._source:
                etree.SubElement(source, "link", rel="alternate", href=self._source["href"])
        return entry

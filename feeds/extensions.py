"""What feedgen 1.0 does not write, as extensions of it: repeated Dublin Core, Media RSS with credits.

feedgen's own `media` knows neither `media:credit` nor `media:description`, its own `dc` also writes the
elements to Atom, where the format has its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.model import Picture

DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"


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
            if picture.credit:
                # One string may hold a photographer and an agency: "author" claims the least of either.
                credit = etree.SubElement(content, f"{{{MEDIA}}}credit", role="author", scheme="urn:ebu")
                credit.text = picture.credit
        return item

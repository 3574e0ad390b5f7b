"""Where an outlet lists its articles, and what a listing says of each. Pure: bytes in, candidates out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urldefrag

import feedparser
from lxml.etree import LxmlError
from scrapy.utils.sitemap import Sitemap

from items import FetchKind
from spiders.extract.dom import parse, select, text_of
from spiders.extract.layout import Hint
from spiders.extract.urls import absolute

MAX_ENTRIES = 5000  # of one feed or sitemap: beyond that it is an archive, or a trap
MAX_CARDS = 500  # of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedListing:
    """An HTML listing, one page after the other, newest first."""

    url: str  # with {page}
    card: str  # CSS: every match is one article
    link: str = "a"  # CSS inside the card; empty where the card is the link itself
    headline: str = ""  # CSS inside the card; empty: the text of the link
    date: str = ""  # CSS inside the card; its `datetime` attribute first, then its text
    lang: str | None = None
    first: int = 1
    pages: int = 20  # at most

    kind: FetchKind = "listing"

    def address(self, page: int) -> str:
        """Give the address of a page, counted from 0."""
        return self.url.replace("{page}", str(self.first + page))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedListing:
    """An RSS or Atom feed. It is whole in one answer."""

    url: str
    lang: str | None = None
    pages: int = 1

    kind: FetchKind = "feed"

    def address(self, page: int) -> str:  # noqa: ARG002 - as the other kinds have it
        """Give the feed's address."""
        return self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapListing:
    """A sitemap, a news sitemap, or an index of them (sitemaps.org), whose newest `pages` are read."""

    url: str
    lang: str | None = None
    pages: int = 5

    kind: FetchKind = "sitemap"

    def address(self, page: int) -> str:  # noqa: ARG002 - as the other kinds have it
        """Give the sitemap's address."""
        return self.url


Listing = PagedListing | FeedListing | SitemapListing


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that a listing names: its absolute address, and what else was said of it."""

    url: str
    hint: Hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What one answer of a listing holds. `further`: sitemaps that an index names."""

    candidates: tuple[Candidate, ...] = ()
    further: tuple[str, ...] = ()


def read_page(text: str, url: str, listing: PagedListing) -> Listed:
    """Read a page of an HTML listing.

    Args:
        text: the page, decoded.
        url: where it was read, against which links are resolved.
        listing: its selectors.

    Returns:
        The cards in their order, each address once; a card without a link that can be followed is left out.
    """
    found: dict[str, Candidate] = {}
    root, _ = parse(text)
    for card in select(root, (listing.card,))[:MAX_CARDS]:
        anchors = select(card, (listing.link,)) if listing.link else [card]
        hrefs = [href for anchor in anchors if (href := anchor.get("href"))]
        address = _address(url, hrefs[0]) if hrefs else None
        if address is None:
            continue
        named = select(card, (listing.headline,)) if listing.headline else anchors
        headline = next((words for each in named if (words := text_of(each))), None)
        dates = select(card, (listing.date,)) if listing.date else []
        date_text = next((words for each in dates if (words := each.get("datetime") or text_of(each))), None)
        hint = Hint(headline=headline, date_text=date_text, lang=listing.lang)
        found.setdefault(address, Candidate(url=address, hint=hint))
    return Listed(candidates=tuple(found.values()))


def read_feed(body: bytes, url: str, listing: FeedListing) -> Listed:
    """Read an RSS or Atom feed; relative links are resolved against the feed's own address.

    A feed that is no feed gives no candidates. Never raises for what the bytes hold.
    """
    # A stream: feedparser takes bare bytes for a file's name, and text for an address to fetch.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    found: dict[str, Candidate] = {}
    for entry in parsed.entries[:MAX_ENTRIES]:
        address = _address(url, str(entry.get("link") or ""))
        if address is None:
            continue
        hint = Hint(
            headline=" ".join(str(entry.get("title") or "").split()) or None,
            date_text=str(entry.get("published") or entry.get("updated") or "") or None,
            lang=listing.lang,
        )
        found.setdefault(address, Candidate(url=address, hint=hint))
    return Listed(candidates=tuple(found.values()))


def read_sitemap(body: bytes, url: str, listing: SitemapListing) -> Listed:
    """Read a sitemap or an index; newest first where it dates its entries. No entity of its XML is resolved.

    XML that is none gives what was read before it broke.
    """
    entries: list[tuple[str, str, str | None]] = []
    index = False
    try:
        sitemap = Sitemap(body)
        index = sitemap.type == "sitemapindex"
        for entry in islice(_entries(sitemap), MAX_ENTRIES):
            address = _address(url, entry.get("loc", ""))
            if address is not None:
                entries.append((entry.get("lastmod", ""), address, entry.get("title")))
    except (LxmlError, StopIteration, ValueError):
        entries = entries or []
    entries.sort(key=lambda entry: entry[0], reverse=True)
    if index:
        return Listed(further=tuple(dict.fromkeys(address for _, address, _ in entries)))
    return Listed(
        candidates=tuple(
            Candidate(
                url=address, hint=Hint(headline=title or None, date_text=date or None, lang=listing.lang)
            )
            for date, address, title in entries
        )
    )


def _entries(sitemap: Sitemap) -> Iterator[dict[str, str]]:
    for entry in sitemap:
        yield {key: value for key, value in entry.items() if isinstance(value, str)}


def _address(base: str, href: str) -> str | None:
    """Resolve a link; the part of a page that it points at makes no other page."""
    address = absolute(base, href)
    return None if address is None else urldefrag(address).url

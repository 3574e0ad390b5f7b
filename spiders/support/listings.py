"""Where an outlet lists its articles, and what a listing says of each. Pure: bytes in, candidates out."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urldefrag, urlsplit
from zoneinfo import ZoneInfo

import feedparser
from lxml.html import HtmlElement

from items import FetchKind
from spiders.extract.dates import find_date_span, parse_moment
from spiders.extract.dom import parse, select, text_of
from spiders.extract.encoding import decode
from spiders.extract.layout import Hint
from spiders.extract.mojibake import repair_text
from spiders.extract.urls import absolute
from spiders.support import jsonfeed
from spiders.support.feedbytes import MAX_ENTRIES, harmless, in_utf8
from spiders.support.sitemaps import named_by_robots, read_entries

MAX_CARDS = 500  # of one page
MACHINE_DATES = ("datetime", "data-unixtime", "data-time")  # attributes that hold ISO 8601 or Unix time


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedListing:
    """An HTML listing, one page after the other, newest first.

    Where the cards are not known, `card="a"` with an empty `link` takes every link that may be an article's.
    """

    url: str  # with {page}; without it the listing has one page
    card: str  # CSS: every match is one article
    link: str = "a"  # CSS inside the card; empty where the card is the link itself
    headline: str = ""  # CSS inside the card; empty: the text of the link
    without: str = ""  # CSS inside the card: the clock or rubric that stands in the headline's element
    date: str = ""  # CSS inside the card; a machine-readable attribute first, then its text
    day: str = ""  # CSS: a heading over the cards of one day, where a card has but the time
    date_leads: bool = False  # the headline's text begins with the date, in no element that is known
    lang: str | None = None
    first: int = 1
    pages: int = 20  # at most

    kind: FetchKind = "listing"

    def address(self, page: int) -> str:
        """Give the address of a page, counted from 0."""
        return self.url.replace("{page}", str(self.first + page))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedListing(PagedListing):
    """An archive of a page a day, newest first: asked where a crawl is bounded by days.

    A day without articles is not the end of it.
    """

    # `url` with {date} (ISO 8601) in place of {page}
    pages: int = 366  # days, at most
    last: dt.date | None = None  # the newest day, once a crawl knows it

    def address(self, page: int) -> str:
        """Give the address of the day so many days before the newest."""
        day = "{date}" if self.last is None else (self.last - dt.timedelta(days=page)).isoformat()
        return self.url.replace("{date}", day)

    def between(self, since: dt.date | None, until: dt.date) -> DatedListing:
        """Give the listing for a crawl of these days, both included; of no page where there are none."""
        days = self.pages if since is None else (until - since).days + 1
        return replace(self, last=until, pages=max(0, min(self.pages, days)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedListing:
    """An RSS, Atom or JSON feed: whole in one answer, unless its older entries have addresses too."""

    url: str
    older: str = ""  # with {page}, from 2: the entries before (WordPress: "…/feed/?paged={page}")
    lang: str | None = None
    pages: int = 1  # at most

    kind: FetchKind = "feed"

    def address(self, page: int) -> str:
        """Give the address of a page, counted from 0."""
        return self.older.replace("{page}", str(page + 1)) if page and self.older else self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapListing:
    """A sitemap, a news sitemap, or an index of them (sitemaps.org), whose newest `pages` are read.

    Where they lie robots.txt may tell: under its address (".../robots.txt") those that it names are read.
    """

    url: str
    lang: str | None = None
    pages: int = 5

    kind: FetchKind = "sitemap"

    @property
    def in_robots(self) -> bool:
        """Whether the address is that of a robots.txt."""
        return urlsplit(self.url).path == "/robots.txt"

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


def day_of(hint: Hint, languages: Sequence[str], zone: str, now: dt.datetime) -> dt.date | None:
    """Give the day that a listing prints of an article.

    Args:
        hint: what the listing says of it.
        languages: the outlet's, for a listing in none of its own.
        zone: IANA zone of the outlet, in which the day is one.
        now: aware.
    """
    if not hint.date_text:
        return None
    moment = parse_moment(hint.date_text, langs=(hint.lang,) if hint.lang else languages, zone=zone, now=now)
    return None if moment is None else moment.at.astimezone(ZoneInfo(zone)).date()


def read(body: bytes, url: str, listing: Listing, *, declared: str | None) -> tuple[Listed, str | None]:
    """Read an answer of a listing of any kind.

    Args:
        body: the answer, as sent.
        url: where it was read, against which links are resolved.
        listing: what was asked for.
        declared: the charset that the answer's header named.

    Returns:
        What it lists, and the encoding a page was read in (XML names its own: None).
    """
    if isinstance(listing, PagedListing):
        decoded = decode(body, declared=declared)
        return read_page(decoded.text, url, listing), decoded.charset
    if isinstance(listing, FeedListing):
        return read_feed(body, url, listing, declared=declared), None
    return read_sitemap(body, url, listing), None


def read_page(text: str, url: str, listing: PagedListing) -> Listed:
    """Read a page of an HTML listing.

    Args:
        text: the page, decoded.
        url: where it was read, against which links are resolved.
        listing: its selectors.

    Returns:
        The cards in their order, each address once (of several links to it, the first with a text); a card
        without a link that can be followed is left out.
    """
    found: dict[str, Candidate] = {}
    root, _ = parse(text)
    headings = set(select(root, (listing.day,))) if listing.day else set()
    cards = select(root, (f"{listing.day}, {listing.card}" if headings else listing.card,))
    day = ""
    for card in cards[:MAX_CARDS]:
        if card in headings:
            day = text_of(card)
            continue
        anchors = select(card, (listing.link,)) if listing.link else [card]
        hrefs = [href for anchor in anchors if (href := anchor.get("href"))]
        address = _address(url, hrefs[0]) if hrefs else None
        if address is None:
            continue
        dates = select(card, (listing.date,)) if listing.date else []
        printed = next((words for each in dates if (words := _date_text(each))), "")
        for aside in select(card, (listing.without,)) if listing.without else ():
            aside.drop_tree()
        named = select(card, (listing.headline,)) if listing.headline else anchors
        headline = next((words for each in named if (words := text_of(each))), None)
        if listing.date_leads and headline and (span := find_date_span(headline)) and span[0] == 0:
            printed, headline = headline[: span[1]], headline[span[1] :].lstrip(" ,|•·–—-") or None
        hint = Hint(headline=headline, date_text=f"{day} {printed}".strip() or None, lang=listing.lang)
        if address not in found or (headline and not found[address].hint.headline):
            found[address] = Candidate(url=address, hint=hint)
    return Listed(candidates=tuple(found.values()))


def _date_text(element: HtmlElement) -> str:
    """What an element says of a date: an attribute made for machines, a `title` with digits, its text."""
    told = [str(element.get(name, "")) for name in MACHINE_DATES]
    title = str(element.get("title", ""))
    told.append(title if any(mark.isdigit() for mark in title) else "")
    return next(filter(None, told), None) or text_of(element)


def read_feed(body: bytes, url: str, listing: FeedListing, *, declared: str | None = None) -> Listed:
    """Read an RSS, Atom or JSON feed; relative links are resolved against the feed's own address.

    Titles are escaped once too often by many an outlet ("&laquo;" in a CDATA section), or decoded wrongly:
    that is undone. An XML feed is decoded as a page is, whatever it says of its encoding.

    A feed that is no feed gives no candidates. Never raises for what the bytes hold.
    """
    found: dict[str, Candidate] = {}
    as_json = jsonfeed.looks_like_one(body)
    for link, title, date in _json_items(body) if as_json else _xml_entries(in_utf8(body, declared)):
        address = _address(url, link)
        if address is None:
            continue
        headline = repair_text(" ".join(unescape(title).split())) or None
        hint = Hint(headline=headline, date_text=date or None, lang=listing.lang)
        found.setdefault(address, Candidate(url=address, hint=hint))
    return Listed(candidates=tuple(found.values()))


def _xml_entries(body: bytes) -> Iterator[tuple[str, str, str]]:
    try:
        # A stream: feedparser takes bare bytes for a file's name, and text for an address to fetch.
        parsed = feedparser.parse(
            io.BytesIO(harmless(body)), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # noqa: BLE001 - what it makes of broken markup is its own affair; the feed is none
        return
    for entry in parsed.entries[:MAX_ENTRIES]:
        told = (entry.get("link"), entry.get("title"), entry.get("published") or entry.get("updated"))
        link, title, date = (str(text or "") for text in told)
        yield link, title, date


def _json_items(body: bytes) -> Iterator[tuple[str, str, str]]:
    for item in jsonfeed.read_items(body, most=MAX_ENTRIES):
        yield item.url, item.title, item.date


def below(listing: Listing, address: str) -> Listing:
    """Give the listing of a sitemap that another names: what robots.txt names may be an index itself."""
    if isinstance(listing, SitemapListing) and listing.in_robots:
        return replace(listing, url=address)
    return listing


def read_sitemap(body: bytes, url: str, listing: SitemapListing) -> Listed:
    """Read a sitemap or an index, plain or gzipped; newest first where it dates its entries.

    XML that is none gives what was read before it broke.
    """
    if listing.in_robots:
        named = (_address(url, each) for each in named_by_robots(body))
        return Listed(further=tuple(dict.fromkeys(filter(None, named))))
    entries = sorted(read_entries(body, most=MAX_ENTRIES), key=lambda entry: entry.date, reverse=True)
    further: dict[str, None] = {}
    found: dict[str, Candidate] = {}
    for entry in entries:
        address = _address(url, entry.address)
        if address is None:
            continue
        if entry.index:
            further[address] = None
            continue
        hint = Hint(headline=entry.title or None, date_text=entry.date or None, lang=listing.lang)
        found.setdefault(address, Candidate(url=address, hint=hint))
    return Listed(candidates=tuple(found.values()), further=tuple(further))


def _address(base: str, href: str) -> str | None:
    """Resolve a link; the part of a page that it points at makes no other page."""
    address = absolute(base, href)
    return None if address is None else urldefrag(address).url

"""Looks at a site that nobody prepared, as politely as a crawl: robots.txt obeyed, one request at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider, signals
from scrapy import exceptions as scrapy_errors
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.extract.meta import same_site
from spiders.extract.urls import absolute, canonicalise
from spiders.support.answers import declared_charset, not_html
from spiders.support.findings import Findings, Found, NamedBy, Recorded
from spiders.support.listings import (
    Candidate,
    FeedListing,
    Listed,
    Listing,
    PagedListing,
    SitemapListing,
    read,
)
from spiders.support.site import LIKE_AN_ARTICLE, USUAL_FEEDS, USUAL_SITEMAP, is_home, read_site, sitemaps_of

MAX_HOMES: Final = 4  # front pages: the site's, and those of its other languages
MAX_TRIED: Final = 3  # feeds a front page, sitemaps, and articles beyond those that answer
MAX_ARTICLES: Final = 2  # that are recorded, a listing

_ERRORS = (
    scrapy_errors.IgnoreRequest,
    scrapy_errors.CannotResolveHostError,
    scrapy_errors.DownloadCancelledError,
    scrapy_errors.DownloadConnectionRefusedError,
    scrapy_errors.DownloadFailedError,
    scrapy_errors.DownloadTimeoutError,
    scrapy_errors.ResponseDataLossError,
    scrapy_errors.UnsupportedURLSchemeError,
)


class Scout(Spider):
    """Asks for a page, the front pages it leads to, the feeds or sitemaps they name, and a few articles.

    It bears no name of its own, so that no list of outlets has it. What came of it is in `findings`.
    """

    def __init__(self, *, url: str, **kwargs: Any) -> None:
        super().__init__("scout", **kwargs)
        self.declared = (urlsplit(url).netloc,)  # a port that somebody named is meant
        self.findings = Findings(url=url, at=dt.datetime.now(dt.UTC))
        self._robots = ""
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Scout:
        """Build it; the robots.txt that Scrapy asks for is read along."""
        scout = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(scout.overhear, signal=signals.response_received)
        return scout

    def overhear(self, response: Response) -> None:
        """Keep the first robots.txt that comes by."""
        if urlsplit(response.url).path == "/robots.txt" and response.status == 200 and not self._robots:
            self._robots = response.body.decode("utf-8", "replace")

    async def start(self) -> AsyncIterator[Any]:
        """Look around; nothing is yielded, every request is awaited in its turn."""
        await self._look()
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _look(self) -> None:
        found = self.findings
        first = await self._page(found.url)
        if first is None:
            return
        front: Recorded | None = first
        if not is_home(first.url):
            found.articles.append(first)
            front = await self._page(urljoin(first.url, "/"))
        found.homes.append(read_site((front or first).text, (front or first).url))
        editions = [address for _, address in found.homes[0].editions if is_home(address)]
        for address in editions[: MAX_HOMES - 1]:
            if page := await self._page(address, quiet=True):
                found.homes.append(read_site(page.text, page.url))
        found.sitemaps = sitemaps_of(self._robots)
        for home in tuple(found.homes):
            await self._first_of([FeedListing(url=url) for url in home.feeds[:MAX_TRIED]], "the page")
        if not found.listings:
            await self._unnamed(found.homes[0].url, front)
        for listed in tuple(found.listings):
            await self._articles(listed)

    async def _unnamed(self, home: str, front: Recorded | None) -> None:
        """Look for a listing where no page names a feed: usual places, sitemaps, the front page itself."""
        usual = [FeedListing(url=urljoin(home, path)) for path in USUAL_FEEDS]
        maps = [SitemapListing(url=url) for url in self.findings.sitemaps[:MAX_TRIED]]
        usual_map = [SitemapListing(url=urljoin(home, USUAL_SITEMAP))]
        found = await self._first_of(usual, "nobody: a usual place")
        found = found or await self._first_of(maps, "robots.txt")
        found = found or await self._first_of(usual_map, "nobody: a usual place")
        if not found and front is not None:
            self._keep_links(front)

    async def _first_of(self, listings: Sequence[FeedListing | SitemapListing], named_by: NamedBy) -> bool:
        """Keep the first of these listings that names articles of the site; tell whether one did."""
        for listing in listings:
            usual = named_by == "nobody: a usual place"
            answer = await self._get(listing.url, quiet=usual)
            if answer is None:
                continue
            declared = replace(listing, url=answer.url)
            listed = _read(answer, declared)
            if listed.further and (newest := await self._get(listed.further[0])) is not None:
                answer, listed = newest, _read(newest, declared)  # of an index of sitemaps
            if self._keep(declared, named_by, answer, listed.candidates):
                return True
            if not usual:
                self.findings.notes.append(f"{answer.url} names no article of the site")
        return False

    def _keep_links(self, front: Recorded) -> None:
        """Keep the front page as a listing, where its links look like those of articles."""
        listing = PagedListing(url=front.url, card="a", link="", pages=1)
        listed = [
            each
            for each in _read(front, listing).candidates
            if LIKE_AN_ARTICLE.search(urlsplit(each.url).path)
        ]
        self._keep(listing, "its own links", front, listed)

    def _keep(
        self, listing: Listing, named_by: NamedBy, answer: Recorded, listed: Sequence[Candidate]
    ) -> bool:
        own = tuple(each for each in listed if same_site(each.url, answer.url, None))
        if own:
            found = Found(listing=listing, named_by=named_by, recorded=answer, candidates=own)
            self.findings.listings.append(found)
        return bool(own)

    async def _articles(self, listed: Found) -> None:
        """Record the first articles of a listing."""
        recorded = 0
        for candidate in listed.candidates[: MAX_ARTICLES + MAX_TRIED]:
            if recorded == MAX_ARTICLES:
                return
            page = await self._page(candidate.url)
            if page is not None:
                self.findings.articles.append(replace(page, hint=candidate.hint))
                recorded += 1

    async def _page(self, url: str, *, quiet: bool = False) -> Recorded | None:
        return await self._get(url, quiet=quiet, page=True)

    async def _get(self, url: str, *, quiet: bool = False, page: bool = False) -> Recorded | None:
        """Ask for an address once; None where it gave nothing of use, which is noted unless `quiet`."""
        if canonicalise(url) in self._asked:
            return None
        self._asked.add(canonicalise(url))
        assert self.crawler.engine is not None  # noqa: S101 - the spider has started
        try:
            response = await self.crawler.engine.download_async(Request(url, dont_filter=True))
        except _ERRORS as error:
            why = str(error) or type(error).__name__
        else:
            came = absolute(url, response.url)  # of a redirect's address no user name is kept
            why = "leads nowhere" if came is None else _useless(response, url, page=page)
            if came is not None and not why:
                self._asked.add(canonicalise(came))
                charset, now = declared_charset(response), dt.datetime.now(dt.UTC)
                return Recorded(url=came, body=response.body, charset=charset, at=now)
        if not quiet:
            self.findings.notes.append(f"{url}: {' '.join(why.split())[:200]}")
        return None


def _useless(response: Response, url: str, *, page: bool) -> str:
    """Say why an answer is of no use; "" where it is of some."""
    if response.status != 200:
        return f"status {response.status}"
    if not same_site(response.url, url, None):
        return f"leads to another site, {urlsplit(response.url).netloc}; give its own address"
    media = not_html(response) if page else None
    return f"{media} is no page" if media else ""


def _read(answer: Recorded, listing: Listing) -> Listed:
    return read(answer.body, answer.url, listing, declared=answer.charset)[0]

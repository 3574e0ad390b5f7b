"""The spider that every outlet's is: it walks the declared listings, asks for what is new, and yields pages.

An outlet's file declares; this module does. Whatever came of a request (an article, a refusal, a name that
did not resolve) is one `items.Page`; nothing is dropped in silence, and no page ends the crawl.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.python.failure import Failure

from items import Fetch, FetchKind, OutletFacts, Page, Problem, Terms
from spiders.extract.layout import Hint, Layout
from spiders.support import answers, comeback, listings, redirects, retry_after
from spiders.support.bounds import Bounds
from spiders.support.freshness import Forgetful, Freshness, Known, worth_asking
from spiders.support.listings import Candidate, DatedListing, Listing, SitemapListing
from spiders.support.readers import Readers
from spiders.support.reading import Reading, Step, read, steps_of
from spiders.support.reasons import reason_of
from spiders.support.robots import RobotsUnreachable
from spiders.support.walk import Walk

Confidence = Literal["seen", "page", "probe", "code", "link", "assumed"]
"""What speaks for an outlet's declarations, the best first: crawled live, a stored copy of its page, a dated
check of its addresses, a published crawler of it, addresses in somebody's list, analogy alone."""

_HANDLED = [304, *redirects.STATUSES]


class OutletSpider(Spider):
    """An outlet by declaration. `scrapy crawl NAME -a limit=5 -a since=2026-11-01 -a until=2026-11-25`.

    Args of a crawl: `limit`, the most articles to ask for; `since` and `until`, days (ISO 8601, in the
    outlet's zone, both included) by the listing's date.
    """

    title: ClassVar[str]
    home: ClassVar[str]
    hosts: ClassVar[tuple[str, ...]]  # the same pages on every one of them; the first is the canonical
    editions: ClassVar[tuple[str, ...]] = ()  # hosts whose paths name other pages: other languages, scripts
    zone: ClassVar[str] = "Asia/Almaty"
    languages: ClassVar[tuple[str, ...]]
    terms: ClassVar[Terms] = "excerpt"
    rights: ClassVar[str] = ""
    source: ClassVar[str] = ""
    country: ClassVar[str] = "KZ"
    confidence: ClassVar[Confidence]  # how sure the declared facts are: by the weakest that a crawl needs
    listings: ClassVar[tuple[Listing, ...]]
    layouts: ClassVar[tuple[Layout, ...]] = ()
    allow: ClassVar[str] = ""  # a regular expression that the path of an article's address holds
    deny: ClassVar[str] = ""  # … and one that it does not
    chain: ClassVar[str] = ""  # a file in `certs/`: certificates its server should send, and does not
    bounds: ClassVar[Bounds] = Bounds()  # what it promises: broken, they fail the outlet
    render: ClassVar[bool] = False  # pages are written by their scripts: needs the extra `render`, a browser
    render_hosts: ClassVar[tuple[str, ...]] = ()  # … which load those and their data from here too

    def __init__(
        self,
        name: str | None = None,
        *,
        limit: str | int | None = None,
        since: str | None = None,
        until: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, **kwargs)
        self.declared = (*self.served(), *self.render_hosts)  # where a request may go: "host" or "host:port"
        self.allowed_domains = list(dict.fromkeys(host.partition(":")[0] for host in self.declared))
        self.limit = None if limit is None else int(limit)
        self.since = None if since is None else dt.date.fromisoformat(since)
        self.until = None if until is None else dt.date.fromisoformat(until)
        self.freshness: Freshness = Forgetful()
        self.steps: tuple[tuple[str, Step], ...] = ()  # what an article goes through once it is extracted
        self.readers: Readers | None = None  # lent for a crawl; without, pages are read in this process
        self._asked = 0
        self._walk_on = True  # past listing pages that hold nothing new
        self._walk = Walk(self.hosts)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> OutletSpider:
        """Build it with what the settings name: `JARSHY_FRESHNESS`, `JARSHY_STEPS`."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.steps = tuple(steps_of(crawler.settings.getlist("JARSHY_STEPS")).items())
        if path := crawler.settings.get("JARSHY_FRESHNESS"):
            spider.freshness = build_from_crawler(load_object(path), crawler)
        return spider

    @classmethod
    def facts(cls) -> OutletFacts:
        """Give what is declared, as the store and the feeds need it."""
        return OutletFacts(
            name=cls.name,
            title=cls.title,
            home=cls.home,
            hosts=cls.hosts,
            zone=cls.zone,
            languages=cls.languages,
            terms=cls.terms,
            rights=cls.rights,
            source=cls.source,
            country=cls.country,
        )

    @classmethod
    def served(cls) -> tuple[str, ...]:
        """Give every host that a request may go to."""
        return (*cls.hosts, *cls.editions)

    @classmethod
    def is_article(cls, url: str) -> bool:
        """Tell whether an address may be an article's, by the declared patterns."""
        path = urlsplit(url).path
        return bool(re.search(cls.allow, path)) and not (cls.deny and re.search(cls.deny, path))

    @property
    def bounded(self) -> bool:
        """Whether the crawl was told to leave something out: then it is no complete one."""
        return not (self.limit is None and self.since is None and self.until is None)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the first page of every listing."""
        # Where the last crawl was cut short, the first known page is not the end of what is new.
        self._walk_on = not self.freshness.complete()
        today = dt.datetime.now(ZoneInfo(self.zone)).date()
        for declared in self.listings:
            listing: Listing = declared
            if isinstance(declared, DatedListing):
                by_day = self.since is not None or self.until is not None
                listing = declared.between(self.since, min(self.until or today, today))
                if not (by_day and listing.pages):
                    continue
            yield self._listing_request(listing, 0, listing.address(0))

    def parse_listing(self, response: Response, listing: Listing, page: int, asked: str) -> Iterator[Any]:
        """Yield the listing's own page, the articles worth asking for, and the next page of it."""
        now = answers.answered_at(response)
        if response.status in _HANDLED:
            yield self._moved_or_not_modified(response, asked, now)
            return
        listed, charset = listings.read(
            response.body, response.url, listing, declared=answers.declared_charset(response)
        )
        error: str | None = None
        problems: tuple[Problem, ...] = ()
        articles = [each for each in listed.candidates if self.is_article(each.url)]
        # What is denied on purpose still shows a listing that lives; links of no known shape do not.
        alive = articles or any(re.search(self.allow, urlsplit(each.url).path) for each in listed.candidates)
        a_day = isinstance(listing, DatedListing)
        if page == 0 and not (alive or listed.further or a_day):
            links = f" among {len(listed.candidates)} links" if listed.candidates else ""
            error = f"the listing holds no article{links}"
            problems = (Problem(outlet=self.name, url=asked, field="listing", why=error),)
        yield Page(
            fetch=self._fetch(response, listing.kind, asked, now, charset=charset, error=error),
            problems=problems,
        )
        for number, address in enumerate(listed.further[: listing.pages], 1):
            if asked == listing.url:  # an index of sitemaps may not name another
                yield self._listing_request(listings.below(listing, address), number, address)
        wanted, over = self._wanted(articles, now)
        yield from wanted
        anew = self._walk.names_more(listing.url, (each.url for each in listed.candidates))
        more = not isinstance(listing, SitemapListing) and page + 1 < listing.pages
        if more and not over and (a_day or (anew and (wanted or self._walk_on))):
            yield self._listing_request(listing, page + 1, listing.address(page + 1))

    def parse_article(self, response: Response, hint: Hint, asked: str) -> Iterator[Page | Request]:
        """Yield the page that an article's address gave, read in this process."""
        now = answers.answered_at(response)
        if (unread := self._unread(response, asked, now)) is not None:
            yield unread
        else:
            answer = answers.to_read(response, self.facts(), self.layouts, hint, asked=asked, now=now)
            yield self._page(response, read(answer, self.steps), asked, now)

    async def read_article(self, response: Response, hint: Hint, asked: str) -> AsyncIterator[Page | Request]:
        """Yield what `parse_article` yields, read beside the event loop."""
        assert self.readers is not None  # noqa: S101 - else this would not have been asked for
        now = answers.answered_at(response)
        if (unread := self._unread(response, asked, now)) is not None:
            yield unread
        else:
            answer = answers.to_read(response, self.facts(), self.layouts, hint, asked=asked, now=now)
            yield self._page(response, await self.readers.read(answer), asked, now)

    def failed(self, failure: Failure) -> Iterator[Page]:
        """Yield the page of a request that gave nothing: no answer, an error status, a refusal of our own."""
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy sets it
        kind: FetchKind = request.meta["jarshy_kind"]
        asked: str = request.cb_kwargs["asked"]
        error = failure.value
        if isinstance(error, HttpError):
            why, now = f"status {error.response.status}", answers.answered_at(error.response)
            why = ": ".join(filter(None, (why, comeback.asked_by(error.response))))
            yield self._failed(error.response, asked, now, "fetch", why, kind)
            return
        if isinstance(error, comeback.PutOff):
            return  # never asked for, and counted by who put it off
        refused = isinstance(error, IgnoreRequest) and "robots.txt" in str(error)
        if refused and not isinstance(error, RobotsUnreachable):
            self._count("jarshy/robots_refused")  # never asked for: not a request, but a thing to know
            return
        why = reason_of(error)
        now = dt.datetime.now(dt.UTC)
        fetch = Fetch(outlet=self.name, kind=kind, url=asked, at=now, status=0, error=why)
        problem = Problem(outlet=self.name, url=asked, field="fetch", why=why)
        yield Page(fetch=fetch, problems=(problem,))

    def _listing_request(self, listing: Listing, page: int, address: str) -> Request:
        known = None if self._walk_on or self.bounded else self.freshness.look(address)
        request = self._request(address, listing.kind, known)
        told = {"listing": listing, "page": page, "asked": address}
        later = -1 if page else 0  # after the articles of the page before, lest all of them wait at once
        return request.replace(callback=self.parse_listing, cb_kwargs=told, priority=later)

    def article_request(
        self, address: str, hint: Hint, known: Known | None = None, *, asked: str | None = None
    ) -> Request:
        """Give the request for an article: `asked` is the address it is known by, where that is another."""
        told = {"hint": hint, "asked": asked or address}
        read_by = self.parse_article if self.readers is None else self.read_article
        return self._request(address, "article", known).replace(callback=read_by, cb_kwargs=told)

    def _request(self, address: str, kind: FetchKind, known: Known | None) -> Request:
        meta = {"jarshy_kind": kind, "handle_httpstatus_list": _HANDLED}
        return Request(address, errback=self.failed, headers=answers.validators(known), meta=meta)

    def _moved_or_not_modified(self, response: Response, asked: str, now: dt.datetime) -> Page | Request:
        request = response.request
        assert request is not None  # noqa: S101 - Scrapy sets it on every answer
        kind: FetchKind = request.meta["jarshy_kind"]
        if response.status == 304 and not answers.is_conditional(request):
            why = "status 304, though nothing was known of it"
            return self._failed(response, asked, now, "fetch", why, kind)
        if response.status == 304:
            return Page(fetch=self._fetch(response, kind, asked, now))
        most = self.settings.getint("REDIRECT_MAX_TIMES")
        try:
            return redirects.follow(response, request, hosts=self.served(), most=most)
        except redirects.Refused as error:
            return self._failed(response, asked, now, "fetch", str(error), kind)

    def _wanted(self, articles: Sequence[Candidate], now: dt.datetime) -> tuple[list[Request], bool]:
        """Give the requests for articles worth asking for, and whether the crawl's bounds are reached."""
        requests: list[Request] = []
        dates: list[dt.date | None] = []
        by_day = self.since is not None or self.until is not None
        for candidate in articles:
            day = listings.day_of(candidate.hint, self.languages, self.zone, now) if by_day else None
            dates.append(day)
            outside = day is not None and (
                (self.since is not None and day < self.since) or (self.until is not None and day > self.until)
            )
            known = self.freshness.look(candidate.url)
            if (
                outside
                or self._walk.met(candidate.url)
                or not worth_asking(known, candidate.hint.headline, now)
            ):
                continue
            if self.limit is not None and self._asked >= self.limit:
                return requests, True
            self._walk.meet(candidate.url)
            self._asked += 1
            asked = self.article_request(candidate.url, candidate.hint, known)
            # What the outlet sent us away from is asked for last, so that it holds up no other article.
            last = known is not None and known.status in retry_after.STATUSES
            requests.append(asked.replace(priority=-1) if last else asked)
        past = bool(dates) and self.since is not None and all(day and day < self.since for day in dates)
        return requests, past

    def _unread(self, response: Response, asked: str, now: dt.datetime) -> Page | Request | None:
        """Give what an answer leads to that is no article's page; None for one that is to be read."""
        if response.status in _HANDLED:
            return self._moved_or_not_modified(response, asked, now)
        if media := answers.not_html(response):
            return self._failed(response, asked, now, "content_type", f"{media[:80]} is no HTML page")
        return None

    def _page(self, response: Response, reading: Reading, asked: str, now: dt.datetime) -> Page:
        for fault in reading.faults:
            self.logger.error("%s", fault)
        if reading.raised:
            self._count(f"jarshy/extraction_errors/{reading.raised}")
        charset, error = reading.charset, reading.error
        fetch = self._fetch(response, "article", asked, now, charset=charset, error=error)
        return Page(fetch=fetch, article=reading.article, problems=reading.problems)

    def _failed(
        self,
        response: Response,
        asked: str,
        now: dt.datetime,
        field: str,
        why: str,
        kind: FetchKind = "article",
    ) -> Page:
        problem = Problem(outlet=self.name, url=asked, field=field, why=why)
        return Page(fetch=self._fetch(response, kind, asked, now, error=why), problems=(problem,))

    def _fetch(
        self,
        response: Response,
        kind: FetchKind,
        asked: str,
        now: dt.datetime,
        charset: str | None = None,
        error: str | None = None,
    ) -> Fetch:
        return answers.fetch_of(
            response, outlet=self.name, kind=kind, asked=asked, now=now, charset=charset, error=error
        )

    def _count(self, key: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(key)

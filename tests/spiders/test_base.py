"""The spider that every outlet's is, without a network: answers in, pages and requests out."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.test import get_crawler
from twisted.internet.error import ConnectionLost, DNSLookupError
from twisted.python.failure import Failure

from items import Page
from spiders.akorda import AkordaSpider
from spiders.base import OutletSpider
from spiders.extract.layout import Hint
from spiders.inbusiness import InbusinessSpider
from spiders.kursiv import KursivSpider
from spiders.nur import NurSpider
from spiders.support import reading
from spiders.support.freshness import Known
from spiders.support.listings import DatedListing
from spiders.support.walk import Walk

PAGE = (Path(__file__).parents[1] / "outlets/akorda/en-literal-year/page.html").read_bytes()
URL = "https://www.akorda.kz/en/president-receives-rector-483802"
LISTING = "https://www.akorda.kz/en/events?page=1"
CARD = '<div class="card"><h5>{date}</h5><h3><a href="/en/event-{number}">Event {number}</a></h3></div>'


@dataclass
class Remembered:
    """A freshness by hand."""

    pages: dict[str, Known] = field(default_factory=dict)
    whole: bool = True

    def look(self, url: str) -> Known | None:
        return self.pages.get(url)

    def complete(self) -> bool:
        return self.whole


def spider(freshness: Remembered | None = None, **arguments: str) -> OutletSpider:
    made = AkordaSpider.from_crawler(get_crawler(AkordaSpider), **arguments)
    made.freshness = freshness or Remembered(whole=False)
    return made


def answer(body: bytes, url: str = URL, **more: Any) -> HtmlResponse:
    headers = {"Content-Type": "text/html; charset=utf-8", "ETag": '"a"', **more.pop("headers", {})}
    return HtmlResponse(
        url, body=body, headers=headers, request=Request(url, meta={"jarshy_kind": "article"}), **more
    )


def article(made: OutletSpider, response: Response) -> Page:
    (page,) = made.parse_article(response, Hint(lang="en"), URL)
    assert isinstance(page, Page)
    return page


def cards(*numbers: int, date: str = "19 november 2024 year") -> bytes:
    return "".join(CARD.format(number=number, date=date) for number in numbers).encode()


def walk(made: OutletSpider, response: Response, page: int = 0) -> tuple[Page, list[str], str | None]:
    """Give the listing's page, the addresses asked for, and the next page's."""
    listing = made.listings[2]
    first, *requests = made.parse_listing(response, listing, page, listing.address(page))
    urls = [request.url for request in requests]
    following = [url for url in urls if "/events?" in url]
    return first, [url for url in urls if url not in following], next(iter(following), None)


def test_an_article_is_a_page_with_its_fetch() -> None:
    page = article(spider(), answer(PAGE))
    assert page.article is not None
    assert page.article.headline == "President receives Rector of the University of Mining Technologies"
    assert (page.fetch.status, page.fetch.etag, page.fetch.charset) == (200, '"a"', "utf-8")
    assert page.fetch.size == len(PAGE)
    assert page.fetch.error is None


def test_not_modified_is_a_page_without_article() -> None:
    asked = Request(URL, headers={"If-None-Match": '"a"'}, meta={"jarshy_kind": "article"})
    page = article(spider(), Response(URL, status=304, request=asked))
    assert (page.article, page.fetch.status, page.fetch.error, page.problems) == (None, 304, None, ())


def test_not_modified_is_an_error_where_nothing_was_known() -> None:
    page = article(spider(), Response(URL, status=304, request=Request(URL, meta={"jarshy_kind": "article"})))
    assert page.fetch.error == "status 304, though nothing was known of it"


def test_a_redirect_within_the_outlet_is_followed_with_all_that_was_asked() -> None:
    made = spider()
    asked = Request(
        URL, headers={"If-None-Match": '"a"'}, meta={"jarshy_kind": "article"}, cb_kwargs={"asked": URL}
    )
    moved = Response(URL, status=301, headers={"Location": "/en/new-483802"}, request=asked)
    (request,) = made.parse_article(moved, Hint(), URL)
    assert isinstance(request, Request)
    assert request.url == "https://www.akorda.kz/en/new-483802"
    assert (request.headers["If-None-Match"], request.cb_kwargs) == (b'"a"', {"asked": URL})


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://elsewhere.example/en/a-12345", "another site"),
        ("http://169.254.169.254/latest/", "another site"),
        ("https://www.akorda.kz:8443/en/a-12345", "another site"),
        ("javascript:alert(1)", "no address"),
        ("file:///etc/passwd", "no address"),
        ("", "no address"),
    ],
)
def test_a_redirect_off_the_outlet_is_a_failed_page(location: str, told: str) -> None:
    asked = Request(URL, meta={"jarshy_kind": "article"})
    page = article(spider(), Response(URL, status=302, headers={"Location": location}, request=asked))
    assert page.article is None
    assert told in str(page.fetch.error)
    assert page.problems


def test_a_circle_of_redirects_ends() -> None:
    made = spider()
    asked: Request | Page = Request(URL, meta={"jarshy_kind": "article"})
    hops = 0
    while isinstance(asked, Request):
        circle = Response(URL, status=302, headers={"Location": URL}, request=asked)
        (asked,) = made.parse_article(circle, Hint(), URL)
        hops += 1
        assert hops < 100
    assert "redirects" in str(asked.fetch.error)


def test_a_pdf_is_a_problem_and_no_article() -> None:
    page = article(spider(), answer(b"%PDF", headers={"Content-Type": "application/pdf"}))
    assert page.article is None
    assert [problem.field for problem in page.problems] == ["content_type"]
    assert page.fetch.error


@pytest.mark.parametrize(
    ("cut", "field"),
    [
        (rb"<(/?)(h2|title)>", "headline"),
        (rb"(?s)<header.*?</header>|<footer.*</footer>|<article>.*</article>|<a class=.print.*?</a>", "body"),
        (rb"19 november 2024 year", "published"),
    ],
)
def test_a_page_without_a_required_field_names_outlet_address_and_field(cut: bytes, field: str) -> None:
    page = article(spider(), answer(re.sub(cut, b"", PAGE)))
    assert page.article is None
    assert field in str(page.fetch.error)
    assert field in {problem.field for problem in page.problems}
    assert {(problem.outlet, problem.url) for problem in page.problems} == {("akorda", URL)}


def test_should_extraction_raise_the_page_is_lost_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(reading, "extract_page", broken)
    made = spider()
    page = article(made, answer(PAGE))
    assert page.article is None
    assert page.fetch.error
    assert [problem.why for problem in page.problems] == ["RuntimeError while it was read"]
    assert made.crawler.stats is not None
    assert made.crawler.stats.get_value("jarshy/extraction_errors/RuntimeError") == 1


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (HttpError(Response(URL, status=503)), 503, "status 503"),
        (HttpError(Response(URL, status=410)), 410, "status 410"),
        (DNSLookupError("no such host"), 0, "DNSLookupError"),
        (ConnectionLost("while reading"), 0, "ConnectionLost"),
        (IgnoreRequest("Filtered offsite request to 'evil.kz'"), 0, "offsite"),
    ],
)
def test_a_failed_request_is_a_page(error: Exception, status: int, told: str) -> None:
    (page,) = spider().failed(_failure(error))
    assert (page.fetch.kind, page.fetch.url, page.fetch.status, page.article) == (
        "article",
        URL,
        status,
        None,
    )
    assert told in str(page.fetch.error)
    assert [problem.field for problem in page.problems] == ["fetch"]


def test_what_robots_forbid_was_no_request() -> None:
    made = spider()
    assert list(made.failed(_failure(IgnoreRequest("Forbidden by robots.txt")))) == []


def test_a_listing_is_walked_to_its_empty_page() -> None:
    made = spider()
    page, asked, following = walk(made, answer(cards(10001, 10002), LISTING))
    assert page.fetch.kind == "listing"
    assert [url.rsplit("-", 1)[1] for url in asked] == ["10001", "10002"]
    assert following is not None
    assert following.endswith("page=2")
    _, asked, following = walk(made, answer(b"<p></p>", LISTING), page=1)
    assert (asked, following) == ([], None)


def test_a_first_page_without_cards_is_a_failed_fetch() -> None:
    page, asked, following = walk(spider(), answer(b"<p>under repair</p>", LISTING))
    assert page.fetch.error
    assert [problem.field for problem in page.problems] == ["listing"]
    assert (asked, following) == ([], None)


def test_nothing_new_ends_the_walk_after_a_complete_crawl_only() -> None:
    now = datetime.now(UTC)
    old = Known(asked_at=now, status=200, headlines=("Event 10001",), first_seen=now - timedelta(days=9))
    pages = {"https://www.akorda.kz/en/event-10001": old}
    for whole in (True, False):
        made = spider(Remembered(pages, whole=whole))
        made._walk_on = not whole
        _, asked, following = walk(made, answer(cards(10001), LISTING))
        assert asked == []
        assert (following is None) == whole


def test_a_feed_is_walked_to_its_older_entries_where_it_has_them() -> None:
    item = "<item><title>{0}</title><link>https://kz.kursiv.media/2026-11-24/{0}/</link></item>"
    feed = f"<rss version='2.0'><channel>{item.format('a')}{item.format('b')}</channel></rss>".encode()
    made = KursivSpider.from_crawler(get_crawler(KursivSpider))
    made.freshness = Remembered(whole=False)
    (listing,) = made.listings
    for page, following in ((0, ["paged=2"]), (listing.pages - 1, [])):
        made._walk = Walk(made.hosts)
        address = listing.address(page)
        first, *requests = made.parse_listing(answer(feed, address), listing, page, address)
        assert first.fetch.kind == "feed"
        urls = [request.url for request in requests]
        assert [url.rsplit("/", 2)[1] for url in urls[:2]] == ["a", "b"]
        assert [url.rpartition("?")[2] for url in urls[2:]] == following


async def started(made: OutletSpider) -> list[str]:
    return [request.url async for request in made.start()]


def test_an_archive_of_days_is_asked_only_by_a_crawl_of_days_and_past_empty_ones() -> None:
    def inbusiness(**arguments: str) -> OutletSpider:
        made = InbusinessSpider.from_crawler(get_crawler(InbusinessSpider), **arguments)
        made.freshness = Remembered()
        return made

    assert not any("date=" in url for url in asyncio.run(started(inbusiness(limit="3"))))
    made = inbusiness(since="2026-03-01", until="2026-03-02")
    (first,) = (url for url in asyncio.run(started(made)) if "date=" in url)
    assert first.endswith("/ru/lastnews?date=2026-03-02")
    archive = next(each for each in made.listings if isinstance(each, DatedListing))
    days = archive.between(made.since, date(2026, 3, 2))
    for page, following in ((0, ["2026-03-01"]), (1, [])):
        told, *requests = made.parse_listing(answer(b"<p></p>", first), days, page, first)
        assert told.fetch.error is None
        assert [request.url[-10:] for request in requests] == following


def test_an_edition_on_a_host_of_its_own_is_the_outlet_s() -> None:
    made = NurSpider.from_crawler(get_crawler(NurSpider))
    assert "kaz.nur.kz" in made.allowed_domains
    url = "https://www.nur.kz/society/1799098-a/"
    asked = Request(url, meta={"jarshy_kind": "article"}, cb_kwargs={"asked": url})
    moved = Response(
        url, status=302, headers={"Location": "https://kaz.nur.kz/society/1799098-b/"}, request=asked
    )
    (request,) = made.parse_article(moved, Hint(), url)
    assert isinstance(request, Request)


def test_a_page_without_its_declared_body_is_read_as_any_and_the_loss_is_told() -> None:
    page = article(spider(), answer(re.sub(rb"<(/?)article>", rb"<\1section>", PAGE)))
    assert page.article is not None
    assert page.article.means["body"] == "generic"
    assert len(page.article.blocks) == 5
    assert [problem.why for problem in page.problems if problem.field == "body"] == [
        "no declared selector matched: #main_block article"
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<p>soon</p>", "the listing holds no article"),
        (cards(1).replace(b"/en/event-1", b"/about"), "the listing holds no article among 1 links"),
    ],
)
def test_a_listing_whose_links_are_no_articles_is_told_to_be_empty(body: bytes, told: str) -> None:
    page, asked, _ = walk(spider(), answer(body, LISTING))
    assert (page.fetch.error, asked) == (told, [])
    assert [problem.field for problem in page.problems] == ["listing"]


def test_a_listing_not_modified_ends_the_walk() -> None:
    page, asked, following = walk(
        spider(), Response(LISTING, status=304, request=Request(LISTING, meta={"jarshy_kind": "listing"}))
    )
    assert (page.fetch.status, asked, following) == (304, [], None)


def test_declared_patterns_keep_what_is_no_article_out() -> None:
    body = cards(10001) + b'<div class="card"><h3><a href="/en/deklaracii-490023">D</a></h3></div>'
    _, asked, _ = walk(spider(), answer(body, LISTING))
    assert asked == ["https://www.akorda.kz/en/event-10001"]


def test_limit_since_and_until_bound_a_crawl() -> None:
    _, asked, following = walk(spider(limit="1"), answer(cards(10001, 10002), LISTING))
    assert (len(asked), following) == (1, None)
    listing = answer(cards(10001) + cards(10002, date="1 march 2024 year"), LISTING)
    _, asked, _ = walk(spider(since="2024-11-01"), listing)
    assert [url[-5:] for url in asked] == ["10001"]
    _, asked, following = walk(spider(until="2024-11-01"), listing)
    assert [url[-5:] for url in asked] == ["10002"]
    _, asked, following = walk(spider(since="2025-01-01"), listing)
    assert (asked, following) == ([], None)


def _failure(error: Exception) -> Failure:
    failure = Failure(error)  # type: ignore[no-untyped-call]
    failure.request = Request(URL, cb_kwargs={"asked": URL}, meta={"jarshy_kind": "article"})  # type: ignore[attr-defined]
    return failure

"""Every parser of outside bytes, fed with what looks almost right: none raises, none gives what is not safe.

Beside this, by text and bytes of any kind: pages, dates, encodings, addresses, WARC files, JSON Lines and
HTML for feeds have property tests in their own rooms.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from protego import Protego
from scrapy import Request
from scrapy.http import Response

from spiders.extract.dom import parse
from spiders.extract.hosts import may_be_public
from spiders.extract.jsonld import read_jsonld
from spiders.extract.layout import Hint
from spiders.extract.page import extract_page
from spiders.extract.urls import absolute
from spiders.support import listings, redirects
from spiders.support.answers import declared_charset, fetch_of, not_html
from spiders.support.guard import PortRefused, check_port
from spiders.support.listings import FeedListing, PagedListing, SitemapListing
from spiders.support.reasons import reason_of
from spiders.support.site import read_site, sitemaps_of

BASE = "https://outlet.kz/news/"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
MORE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.sampled_from(
    [
        "",
        "x",
        "Қазақстан",
        "2026-11-25T10:00:00+05:00",
        "25 қараша",
        "https://outlet.kz/a/1",
        "/a/2",
        "//e.kz/3",
        "javascript:1",
        "http://127.0.0.1/4",
        "&x;",
        "&#0;",
        "&#x110000;",
        "]]>",
        "<![CDATA[",
        "\x00",
        "�",
        "\u202e",
        "<b>",
        "-->",
        "%zz",
        "9" * 400,
    ]
)
TAGS = st.sampled_from(
    [
        "rss",
        "channel",
        "item",
        "title",
        "link",
        "guid",
        "pubDate",
        "feed",
        "entry",
        "id",
        "updated",
        "urlset",
        "url",
        "loc",
        "lastmod",
        "sitemapindex",
        "sitemap",
        "news:news",
        "news:title",
        "media:content",
        "rdf:RDF",
        "x:include",
        "a",
        "article",
        "time",
        "script",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        ' href="/a/3"',
        " href=javascript:1",
        ' rel="alternate"',
        ' type="application/ld+json"',
        ' xml:base="file:///"',
        ' xmlns="x"',
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"',
        ' datetime="x"',
        " a=1 a=2",
        ' "',
        "/",
    ]
)
HEADS = st.sampled_from(
    [
        "",
        "<?xml version='1.0'?>",
        "<?xml version='1.0' encoding='utf-16'?>",
        "<?xml version='9'?>",
        "<!DOCTYPE html>",
        "\ufeff",
        "<!DOCTYPE x [<!ENTITY x 'y'><!ENTITY z '&x;&x;'>]>",
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
    ]
)
MARKUP = st.builds(
    lambda head, parts: head + "".join(parts),
    HEADS,
    st.lists(
        st.one_of(st.builds("<{1}{0}{2}>".format, TAGS, st.sampled_from(["", "/"]), ATTRIBUTES), WORDS),
        max_size=30,
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@graph",
                    "@id",
                    "headline",
                    "url",
                    "datePublished",
                    "author",
                    "name",
                    "image",
                    "items",
                ]
            )
            | st.sampled_from(
                [
                    "title",
                    "date_published",
                    "articleBody",
                    "inLanguage",
                    "mainEntityOfPage",
                    "NewsArticle",
                    "keywords",
                ]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=25,
)


def bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "listing",
    [FeedListing(url=BASE), SitemapListing(url=BASE), PagedListing(url=BASE, card="a, item", link="")],
    ids=lambda listing: type(listing).__name__,
)
@MORE
@given(
    text=MARKUP,
    form=st.sampled_from(
        [bytes_of, lambda text: gzip.compress(bytes_of(text)), lambda text: bytes_of(text)[:-9]]
    ),
)
def test_listings(listing: listings.Listing, text: str, form: Callable[[str], bytes]) -> None:
    listed, _ = listings.read(form(text), BASE, listing, declared=None)
    for address in (*(each.url for each in listed.candidates), *listed.further):
        assert address.startswith(("https://", "http://"))
        assert address.isascii()
        assert absolute(BASE, address) == address


@MORE
@given(VALUES)
def test_json_feeds(value: object) -> None:
    listings.read_feed(bytes_of(json.dumps({"version": "x", "items": value})), BASE, FeedListing(url=BASE))


@MORE
@given(VALUES, MARKUP)
def test_pages_with_data(value: object, markup: str) -> None:
    data = json.dumps(value)
    linked = f'<script type="application/ld+json">{data}</script>'
    html = f"{linked}<script>window.__STATE__={data}</script>{markup}"
    read_jsonld(parse(html)[0], url=BASE)
    extract_page(html, url=BASE, now=NOW, outlet=None, layouts=(), hint=Hint())
    read_site(html, BASE)


ROBOTS = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(
            [
                "User-agent",
                "Disallow",
                "Allow",
                "Crawl-delay",
                "Sitemap",
                "Request-rate",
                "Host",
                "",
                "\ufeffUser-agent",
            ]
        ),
        st.sampled_from([":", ": ", " : ", ""]),
        st.one_of(
            st.sampled_from(
                ["*", "Jarshy", "/", "/*a*b$", "nan", "inf", "-1", "1e999", "1/0", "%", "/%zz", "#"]
            ),
            WORDS,
        ),
    ),
    max_size=20,
).map("\n".join)


@MORE
@given(ROBOTS, st.sampled_from(["/", "/a" * 500, "/%zz?x=\u202e", "//x", "/*$"]))
def test_robots(text: str, path: str) -> None:
    rules = Protego.parse(text.encode("utf-8", "replace").decode())
    rules.can_fetch(f"https://outlet.kz{path}", "Jarshy")
    delay = rules.crawl_delay("Jarshy")
    assert delay is None or isinstance(delay, float)
    assert all(url.startswith(("https://", "http://")) for url in sitemaps_of(text))


@MORE
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Location", "Content-Type", "ETag", "Last-Modified", "Retry-After"]),
            st.binary(max_size=60),
        )
    ),
    st.binary(max_size=50),
)
def test_headers(headers: list[tuple[str, bytes]], body: bytes) -> None:
    request = Request(BASE, meta={"jarshy_kind": "article"})
    response = Response(BASE, status=302, headers=dict(headers), body=body, request=request)
    fetch = fetch_of(response, outlet="x", kind="article", asked=BASE, now=NOW)
    assert all(
        value is None or len(value) <= 500 for value in (fetch.etag, fetch.last_modified, fetch.content_type)
    )
    declared_charset(response)
    not_html(response)
    try:
        followed = redirects.follow(response, request, hosts=("outlet.kz",), most=5)
    except redirects.Refused:
        return
    assert followed.url.startswith(("https://outlet.kz/", "http://outlet.kz/"))


@MORE
@given(
    st.one_of(
        st.text(max_size=40),
        st.builds(
            "{}://{}:{}{}".format,
            st.sampled_from(["http", "https"]),
            st.text(max_size=12),
            st.text("0123456789x-", max_size=6),
            WORDS,
        ),
    )
)
def test_addresses(url: str) -> None:
    may_be_public(url.encode("ascii", "ignore").decode())
    try:
        check_port(url)
    except PortRefused as error:
        reason_of(error)
    except ValueError:
        assert absolute(BASE, url) is None or "[" in url  # what is no address is never asked for

from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from spiders.support.listings import (
    FeedListing,
    PagedListing,
    SitemapListing,
    read_feed,
    read_page,
    read_sitemap,
)

CARDS = PagedListing(
    url="https://a.kz/ru?page={page}", card="div.card", link="h3 a", headline="", date="h5, time", lang="ru"
)
FEED = FeedListing(url="https://a.kz/ru/rss", lang="ru")
SITEMAP = SitemapListing(url="https://a.kz/sitemap.xml")
BASE = "https://a.kz/ru?page=2"


def test_cards_give_address_headline_and_date() -> None:
    page = """<div class="card"><h5>21 марта 2026 года</h5><h3><a href="/ru/a-1234"> Глава\n государства </a>
    </h3></div><div class="card"><h3><a href="//a.kz/ru/b-1234#top">Б</a></h3>
    <time datetime="2026-03-20">вчера</time></div>"""
    first, second = read_page(page, BASE, CARDS).candidates
    assert (first.url, first.hint.headline, first.hint.date_text, first.hint.lang) == (
        "https://a.kz/ru/a-1234", "Глава государства", "21 марта 2026 года", "ru",
    )  # fmt: skip
    assert (second.url, second.hint.date_text) == ("https://a.kz/ru/b-1234", "2026-03-20")


def test_cards_without_a_way_in_are_left_out_and_each_address_stands_once() -> None:
    hrefs = ("", 'href="javascript:void(0)"', 'href="/ru/a-1"', 'href="/ru/a-1#comments"')
    page = "".join(f'<div class="card"><h3><a {href}>A</a></h3></div>' for href in hrefs)
    assert [each.url for each in read_page(page, BASE, CARDS).candidates] == ["https://a.kz/ru/a-1"]


def test_a_card_may_be_the_link() -> None:
    listing = PagedListing(
        url="https://a.kz?p={page}", card=".list > a", link="", headline="span", date="time"
    )
    page = '<div class="list"><a href="/x"><span>Тақырып</span><time>Бүгін</time></a></div>'
    (found,) = read_page(page, BASE, listing).candidates
    assert (found.url, found.hint.headline, found.hint.date_text) == ("https://a.kz/x", "Тақырып", "Бүгін")


def test_feed_s_relative_links_are_the_feed_s_own_host_s() -> None:
    feed = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>A</title>
    <link>https://elsewhere.kz/</link>
    <item><title>Глава государства</title><link>/ru/a-1234</link>
    <pubDate>Wed, 25 Nov 2026 09:00:00 +0500</pubDate></item>
    <item><title>без ссылки</title></item></channel></rss>"""
    (found,) = read_feed(feed.encode(), "https://a.kz/ru/rss", FEED).candidates
    assert (found.url, found.hint.headline) == ("https://a.kz/ru/a-1234", "Глава государства")
    assert found.hint.date_text == "Wed, 25 Nov 2026 09:00:00 +0500"


def test_feed_bytes_are_never_taken_for_a_file_s_name() -> None:
    assert read_feed(b"/etc/hostname", FEED.url, FEED).candidates == ()
    assert read_feed(b"http://127.0.0.1/", FEED.url, FEED).candidates == ()


def test_sitemap_newest_first() -> None:
    xml = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://a.kz/old</loc><lastmod>2024-01-01</lastmod></url>
    <url><loc>https://a.kz/new</loc><lastmod>2026-01-01</lastmod></url></urlset>"""
    assert [each.url for each in read_sitemap(xml, SITEMAP.url, SITEMAP).candidates] == [
        "https://a.kz/new", "https://a.kz/old",
    ]  # fmt: skip


def test_sitemap_index_names_further_ones() -> None:
    xml = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>https://a.kz/1.xml</loc></sitemap></sitemapindex>"""
    listed = read_sitemap(xml, SITEMAP.url, SITEMAP)
    assert (listed.further, listed.candidates) == (("https://a.kz/1.xml",), ())


def test_sitemap_entities_are_not_resolved() -> None:
    xml = b"""<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bbbb">
    <!ENTITY c "&b;&b;&b;&b;">]><urlset><url><loc>https://a.kz/&a;&c;</loc></url></urlset>"""
    for found in read_sitemap(xml, SITEMAP.url, SITEMAP).candidates:
        assert found.url == "https://a.kz/"


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for body in (data, b"<?xml version='1.0'?><urlset>" + data, gzip.compress(data)):
        read_sitemap(body, SITEMAP.url, SITEMAP)
        read_feed(body, FEED.url, FEED)


@given(st.text(max_size=400))
def test_no_page_raises(text: str) -> None:
    read_page(text, BASE, CARDS)
    read_page(f'<div class="card"><h3><a href="{text}">{text}</a></h3></div>', BASE, CARDS)

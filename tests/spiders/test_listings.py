from __future__ import annotations

import gzip
import os
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.support.listings import (
    DatedListing,
    FeedListing,
    PagedListing,
    SitemapListing,
    read,
    read_feed,
    read_page,
    read_sitemap,
)
from spiders.support.sitemaps import MAX_BYTES, read_entries

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


def test_a_day_over_the_cards_dates_each_below_it() -> None:
    listing = PagedListing(
        url="https://a.kz/news", pages=1, card="ul > li", without="time, span", date="time", day="h2"
    )
    page = """<h2>24 ноября 2026</h2><ul><li><a href="/1"><time>23:50</time> Первая <span>Общество</span></a>
    </li></ul><h2>23 ноября 2026</h2><ul><li><a href="/2"><time>09:05</time> Вторая</a></li></ul>"""
    hints = [each.hint for each in read_page(page, BASE, listing).candidates]
    assert [(hint.headline, hint.date_text) for hint in hints] == [
        ("Первая", "24 ноября 2026 23:50"),
        ("Вторая", "23 ноября 2026 09:05"),
    ]


@pytest.mark.parametrize(
    ("text", "headline", "date_text"),
    [
        ("<b>09:16, 04 Май 2026</b> 12 школ построят", "12 школ построят", "09:16, 04 Май 2026"),
        ("09:16, 04 Май 2026\n — Мектеп ашылды", "Мектеп ашылды", "09:16, 04 Май 2026"),
        ("Сегодня, 14:05", None, "Сегодня, 14:05"),
        ("К 1 сентября 2026 года откроют школу", "К 1 сентября 2026 года откроют школу", None),
    ],
)
def test_a_headline_that_begins_with_its_date(text: str, headline: str | None, date_text: str | None) -> None:
    listing = PagedListing(url="https://a.kz/news?page={page}", card="a", link="", date_leads=True)
    (found,) = read_page(f'<a href="/1">{text}</a>', BASE, listing).candidates
    assert (found.hint.headline, found.hint.date_text) == (headline, date_text)


def test_where_cards_are_not_known_the_link_with_a_text_gives_the_headline() -> None:
    listing = PagedListing(url="https://a.kz/news", pages=1, card="a", link="")
    page = '<a href="/1"><img src="1.jpg"></a><a href="/1">Первая</a><a href="/1">дальше</a>'
    (found,) = read_page(page, BASE, listing).candidates
    assert (found.hint.headline, found.hint.date_text) == ("Первая", None)


@pytest.mark.parametrize(
    ("time", "date_text"),
    [
        ('<time datetime="2026-11-24T09:00Z">вчера</time>', "2026-11-24T09:00Z"),
        ('<time data-unixtime="1795510800">вчера</time>', "1795510800"),
        ('<time data-time="1795510800">вчера</time>', "1795510800"),
        ('<time title="24.11.2026 14:00">вчера</time>', "24.11.2026 14:00"),
        ('<time title="Дата публикации">вчера</time>', "вчера"),
    ],
)
def test_a_date_is_read_where_machines_would(time: str, date_text: str) -> None:
    listing = PagedListing(url="https://a.kz/news", pages=1, card="p", date="time")
    (found,) = read_page(f'<p><a href="/1">А</a>{time}</p>', BASE, listing).candidates
    assert found.hint.date_text == date_text


def test_an_answer_is_read_as_its_listing_s_kind_and_charset() -> None:
    page = '<div class="card"><h3><a href="/ru/a-1">Акорда</a></h3></div>'.encode("windows-1251")
    listed, charset = read(page, BASE, CARDS, declared="windows-1251")
    assert ([each.hint.headline for each in listed.candidates], charset) == (["Акорда"], "windows-1251")
    assert read(b"<rss/>", FEED.url, FEED, declared=None)[1] is None
    assert read(b"<urlset/>", SITEMAP.url, SITEMAP, declared=None)[1] is None


def test_an_archive_has_a_page_a_day() -> None:
    archive = DatedListing(url="https://a.kz/news?date={date}", card="a")
    days = archive.between(date(2026, 2, 27), date(2026, 3, 1))
    assert [days.address(page)[-10:] for page in range(days.pages)] == [
        "2026-03-01", "2026-02-28", "2026-02-27",
    ]  # fmt: skip
    assert archive.between(None, date(2026, 3, 1)).pages == archive.pages
    assert archive.between(date(2026, 3, 2), date(2026, 3, 1)).pages == 0
    assert archive.between(date(1990, 1, 1), date(2026, 3, 1)).pages == archive.pages


def test_feed_s_relative_links_are_the_feed_s_own_host_s() -> None:
    feed = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>A</title>
    <link>https://elsewhere.kz/</link>
    <item><title>Глава государства</title><link>/ru/a-1234</link>
    <pubDate>Wed, 25 Nov 2026 09:00:00 +0500</pubDate></item>
    <item><title>без ссылки</title></item></channel></rss>"""
    (found,) = read_feed(feed.encode(), "https://a.kz/ru/rss", FEED).candidates
    assert (found.url, found.hint.headline) == ("https://a.kz/ru/a-1234", "Глава государства")
    assert found.hint.date_text == "Wed, 25 Nov 2026 09:00:00 +0500"


def test_a_json_feed_is_read_as_any() -> None:
    feed = """\ufeff {"version": "https://jsonfeed.org/version/1.1", "items": [
    {"id": "1", "url": "/ru/a-1", "title": "Глава  дня", "date_published": "2026-11-25T09:00:00+05:00"},
    {"id": "2", "url": "https://a.kz/ru/b-2", "date_modified": "2026-11-24T09:00:00Z", "title": 7},
    {"id": "3", "title": "без адреса"}, "нечто"]}"""
    assert [
        (each.url, each.hint.headline, each.hint.date_text)
        for each in read_feed(feed.encode(), "https://a.kz/feed.json", FEED).candidates
    ] == [
        ("https://a.kz/ru/a-1", "Глава дня", "2026-11-25T09:00:00+05:00"),
        ("https://a.kz/ru/b-2", None, "2026-11-24T09:00:00Z"),
    ]


@pytest.mark.parametrize("body", [b"{", b'{"items": 5}', b"{}", b'{"a":' * 100_000, b'{"items": [[[]]]}'])
def test_json_that_is_no_feed_lists_nothing(body: bytes) -> None:
    assert read_feed(body, FEED.url, FEED).candidates == ()


def test_a_feed_may_go_on() -> None:
    feed = FeedListing(url="https://a.kz/feed/", older="https://a.kz/feed/?paged={page}", pages=3)
    assert [feed.address(page) for page in range(3)] == [
        "https://a.kz/feed/", "https://a.kz/feed/?paged=2", "https://a.kz/feed/?paged=3",
    ]  # fmt: skip
    assert FEED.address(1) == FEED.url


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


NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://a.kz/1</loc><lastmod>2026-11-24T12:00:00+05:00</lastmod><news:news><news:publication>
<news:name>A</news:name></news:publication><news:publication_date>2026-11-24T10:00:00+05:00
</news:publication_date><news:title>One &amp; all</news:title></news:news>
<image:image><image:loc>https://a.kz/1.jpg</image:loc><image:title>A picture</image:title></image:image></url>
<url><loc>https://a.kz/2</loc><image:image><image:title>Another</image:title></image:image></url></urlset>"""


@pytest.mark.parametrize("body", [NEWS, b"\n " + NEWS, gzip.compress(NEWS)])
def test_a_news_sitemap_tells_headline_and_date(body: bytes) -> None:
    listed = read_sitemap(body, SITEMAP.url, SITEMAP)
    assert [(each.url, each.hint.headline, each.hint.date_text) for each in listed.candidates] == [
        ("https://a.kz/1", "One & all", "2026-11-24T10:00:00+05:00"),
        ("https://a.kz/2", None, None),
    ]


def test_a_sitemap_cut_off_gives_what_stood_before() -> None:
    packed = gzip.compress(NEWS + b" " * 200_000 + os.urandom(50_000))
    for body in (NEWS[:-80], packed[:-20_000]):
        urls = [each.url for each in read_sitemap(body, SITEMAP.url, SITEMAP).candidates]
        assert urls[:1] == ["https://a.kz/1"]


def test_of_a_bomb_no_more_is_unpacked_than_a_sitemap_may_hold() -> None:
    entry = b"<url><loc>https://a.kz/1</loc><x>" + b"a" * 1_000_000 + b"</x></url>"
    bomb = gzip.compress(b"<urlset>" + entry * 60, compresslevel=1)
    tracemalloc.start()
    found = read_entries(bomb, most=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0 < len(found) <= MAX_BYTES // len(entry) + 1
    assert peak < 10_000_000


def test_a_sitemap_of_endless_parts_is_left() -> None:
    entry = b"<url><loc>https://a.kz/1</loc></url>"
    assert len(read_entries(b"<urlset>" + entry + b"<a/>" * 100_000 + entry, most=10)) == 1


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

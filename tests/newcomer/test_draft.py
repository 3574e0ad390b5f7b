"""What is decided of a site, without one: addresses, names, places, and text that is hostile to a program."""

from __future__ import annotations

import ast
import datetime as dt
import re
import tomllib
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.attribution.identity import directory
from pipelines.newcomer.draft import NoOutlet, draft, name_of
from pipelines.newcomer.patterns import pattern_of
from pipelines.newcomer.source import source_entry, spider_source
from pipelines.newcomer.whereabouts import Whereabouts, whereabouts
from spiders.support.findings import Findings, findings_of_saved
from spiders.support.site import read_site, registered_name, sitemaps_of

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
PAGE = "<html lang=ru><h1>Заметка</h1><p>Слова заметки, которых хватит на один короткий абзац.</p>"


def saved(html: str = PAGE, url: str = "https://qala.example/a/1234") -> Findings:
    return findings_of_saved(url, html.encode(), NOW)


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        (["/2026/11/24/a-b/", "/2026/11/23/c/"], r"^/\d{4}/\d{1,2}/\d{1,2}/[^/]+/?$"),
        (["/ru/news/a-123456", "/kk/sport/b-654321"], r"^/[a-z]{2}/[^/]+/[^/]+-\d+/?$"),
        ([f"/news/{number}.html" for number in range(10000, 10005)], r"^/news/\d+\.html/?$"),
        (["/news/10001.html", "/sport/10002.html"], r"^/[^/]+/\d+\.html/?$"),
        (["/a/1-one", "/post/two"], r"^/(?:[^/]+/[^/]+|[^/]+/\d+-[^/]+)/?$"),
        ([f"/{'x/' * length}{length}" for length in range(9)], ""),
        (["/"], ""),
        ([], ""),
    ],
)
def test_addresses_have_a_pattern_where_they_have_something_in_common(paths: list[str], pattern: str) -> None:
    assert pattern_of(paths) == pattern


@given(st.lists(st.from_regex(r"/[a-z0-9./_%()+*-]{0,30}", fullmatch=True), max_size=12))
def test_a_pattern_holds_for_nearly_all_it_was_made_of(paths: list[str]) -> None:
    pattern = pattern_of(paths)
    distinct = [path for path in dict.fromkeys(paths) if path.strip("/")]
    if pattern:
        held = [path for path in distinct if re.search(pattern, f"/{path.strip('/')}")]
        assert len(held) >= 0.9 * len(distinct)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.qala.kz", "qala"), ("kaz.nur.kz", "nur_kz"), ("24.kg", "kg24_kg"), ("herald.com.kz", "herald"),
        ("the-herald.uz", "the_herald"), ("90.uz", "uz90"),
    ],
)  # fmt: skip
def test_a_name_is_made_of_the_host(host: str, name: str) -> None:
    assert name_of(host, {"nur", "kg24"}) == name


@pytest.mark.parametrize(
    ("host", "name"), [("kaz.nur.kz", "nur.kz"), ("a.b.gov.kz", "b.gov.kz"), ("qala.example", "qala.example")]
)
def test_the_registered_name_of_a_host(host: str, name: str) -> None:
    assert registered_name(host) == name


@pytest.mark.parametrize(
    ("host", "country", "zone"),
    [
        ("a.kz", "KZ", "Asia/Almaty"), ("a.kg", "KG", "Asia/Bishkek"), ("a.ru", "RU", "Europe/Moscow"),
        ("a.co.uk", "GB", "Europe/London"), ("a.com", "ZZ", "UTC"), ("127.0.0.1:80", "ZZ", "UTC"),
    ],
)  # fmt: skip
def test_a_domain_tells_a_country_or_nothing(host: str, country: str, zone: str) -> None:
    assert whereabouts(host) == Whereabouts(country, zone)
    ZoneInfo(zone)


def test_sitemaps_of_news_come_first_and_other_lines_are_left_alone() -> None:
    robots = (
        "User-agent: *\nSitemap: https://a.kz/all.xml\r\nsitemap:https://a.kz/news.xml\n# Sitemap: none\n"
    )
    assert sitemaps_of(robots) == ("https://a.kz/news.xml", "https://a.kz/all.xml")


def test_a_page_names_its_own_feeds_and_editions_and_nobody_else_s() -> None:
    html = (
        "<html lang=kk><link rel=alternate type='application/rss+xml; charset=utf-8' href=/feed.xml>"
        "<link rel=alternate type=application/rss+xml href=https://other.example/feed>"
        "<link rel=alternate type=application/rss+xml title='Пікірлер' href=/c/feed>"
        "<link rel=alternate type=application/json href=/wp-json/1>"
        "<link rel=alternate hreflang=ru href=/ru/><a href=/rss>RSS</a><a href=/feedback>x</a>"
        "<a href=/en>EN</a>"
    )
    named = read_site(html, "https://qala.example/")
    assert named.feeds == ("https://qala.example/feed.xml", "https://qala.example/rss")
    assert named.editions == (("ru", "https://qala.example/ru/"), ("en", "https://qala.example/en"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(alphabet="\"'\\#\n{}()\x7f\u2028", max_size=20))
def test_what_a_site_calls_itself_is_never_code(words: str, marks: str) -> None:
    title = f"{words}{marks}".encode(errors="ignore").decode()
    findings = saved()
    findings.homes[0] = replace(findings.homes[0], title=title or "x")
    made = draft(findings, register=directory(), taken=(), name="qala")
    tree = ast.parse(spider_source(made, findings))
    outlet = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    told = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in outlet.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id not in ("listings", "bounds")
    }
    assert told["title"] == (title or "x")
    (entry,) = tomllib.loads(source_entry(made))["source"]
    assert entry["name"]["kk"] == (title or "x")


def test_a_listing_s_own_address_is_no_article_s() -> None:
    html = f"{PAGE}<link rel=alternate type=application/rss+xml href=/feed/>"
    made = draft(saved(html), register=directory(), taken=())
    (listing,) = made.listings
    assert not made.is_article(listing.listing.address(0))
    assert made.is_article("https://qala.example/a/1234")
    assert made.confidence == "link"


def test_an_outlet_that_the_sources_know_keeps_its_name_there() -> None:
    made = draft(saved(url="https://asahi.com/articles/1234"), register=directory(), taken=())
    assert (made.facts.source, made.known_source) == ("asahi", True)


def test_nothing_found_is_no_outlet() -> None:
    nothing = Findings(url="https://qala.example", at=NOW, notes=["https://qala.example: status 500"])
    with pytest.raises(NoOutlet, match="status 500"):
        draft(nothing, register=directory(), taken=())

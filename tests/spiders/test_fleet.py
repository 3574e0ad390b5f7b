"""What every outlet's spider owes: its name, its fixtures, its manners."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

import spiders
from data.sample.server import OUTLETS as SAMPLES
from pipelines.attribution.identity import directory
from pipelines.runner import outlets, project_settings
from spiders.base import Confidence, OutletSpider
from spiders.extract.dom import parse, select
from spiders.extract.hosts import may_be_public
from spiders.extract.urls import canonicalise
from spiders.support.chains import FOLDER, read_links
from spiders.support.guard import check_port
from spiders.support.listings import DatedListing, FeedListing, PagedListing

FIXTURES = Path(__file__).parents[1] / "outlets"
FLEET = outlets()
MANNERS = (  # settings that a spider may not touch
    "ROBOTSTXT_OBEY", "ROBOTSTXT_USER_AGENT", "USER_AGENT", "AUTOTHROTTLE_ENABLED", "COOKIES_ENABLED",
    "DOWNLOAD_VERIFY_CERTIFICATES", "TWISTED_DNS_RESOLVER", "DOWNLOAD_HANDLERS", "HTTPPROXY_ENABLED",
    "DOWNLOADER_MIDDLEWARES", "ITEM_PIPELINES", "REDIRECT_ENABLED", "METAREFRESH_ENABLED",
)  # fmt: skip
AT_LEAST = ("DOWNLOAD_DELAY", "AUTOTHROTTLE_START_DELAY")
AT_MOST = (
    "DOWNLOAD_MAXSIZE",
    "DOWNLOAD_TIMEOUT",
    "JARSHY_UNPACK_RATIO",
    "REDIRECT_MAX_TIMES",
    "CLOSESPIDER_TIMEOUT",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "CONCURRENT_REQUESTS",
    "AUTOTHROTTLE_TARGET_CONCURRENCY",
    "RETRY_TIMES",
)
SPIDERS = [pytest.param(spider, id=name) for name, spider in FLEET.items()]


def test_every_module_of_the_room_is_an_outlet() -> None:
    modules = {module.name for module in pkgutil.iter_modules(spiders.__path__) if not module.ispkg}
    assert modules - {"base"} == set(FLEET)


@pytest.mark.parametrize("spider", SPIDERS)
def test_name_is_the_file_s(spider: type[OutletSpider]) -> None:
    assert spider.__module__ == f"spiders.{spider.name}"
    source = Path(str(importlib.import_module(spider.__module__).__file__))
    assert len(source.read_text(encoding="utf-8").splitlines()) < 64


@pytest.mark.parametrize("spider", SPIDERS)
def test_manners_are_not_weakened(spider: type[OutletSpider]) -> None:
    own = spider.custom_settings or {}
    house = project_settings()
    assert not set(own) & set(MANNERS)
    for name in AT_LEAST:
        assert name not in own or float(str(own[name])) >= house.getfloat(name)
    for name in AT_MOST:
        assert name not in own or float(str(own[name])) <= house.getfloat(name)
    for attribute in ("download_delay", "max_concurrent_requests", "user_agent", "download_maxsize"):
        assert not hasattr(spider, attribute)


@pytest.mark.parametrize("spider", SPIDERS)
def test_hosts_and_certificates_are_what_they_say(spider: type[OutletSpider]) -> None:
    for declared in (*spider.served(), *spider.render_hosts):
        host, _, port = declared.partition(":")
        assert may_be_public(host)
        assert not port or (port.isascii() and port.isdigit() and 0 < int(port) < 65536)
        check_port(f"https://{declared}/", (declared,))
    for listing in spider.listings:
        check_port(listing.url.partition("{")[0], (*spider.served(), *spider.render_hosts))
    if spider.chain:
        assert read_links(FOLDER / spider.chain)


@pytest.mark.parametrize("spider", SPIDERS)
def test_two_recorded_pages_and_each_language(spider: type[OutletSpider]) -> None:
    cases = sorted(path.parent.name for path in (FIXTURES / spider.name).glob("*/page.html"))
    assert len(cases) >= 2
    assert {case.split("-")[0] for case in cases} >= set(spider.languages)


@pytest.mark.parametrize("spider", SPIDERS)
def test_declarations_hold_together(spider: type[OutletSpider]) -> None:
    facts = spider.facts()
    ZoneInfo(facts.zone)
    assert facts.title
    assert facts.rights
    assert facts.source in directory().sources
    assert facts.home == f"https://{facts.hosts[0]}"
    assert facts.terms in ("full", "excerpt", "headline")
    re.compile(spider.allow)
    re.compile(spider.deny)
    for host in spider.editions:
        assert canonicalise(f"https://{host}/a", hosts=facts.hosts) == f"https://{host}/a"
    assert spider.confidence in get_args(Confidence)
    assert spider.listings
    for listing in spider.listings:
        assert urlsplit(listing.address(0)).scheme == "https"
        assert urlsplit(listing.address(0)).hostname in spider.served()
        assert listing.lang is None or listing.lang in facts.languages
        assert not spider.is_article(listing.address(0).partition("?")[0])
        if isinstance(listing, FeedListing):
            assert ("{page}" in listing.older) == (listing.pages > 1)
        if isinstance(listing, PagedListing):
            mark = "{date}" if isinstance(listing, DatedListing) else "{page}"
            assert (mark in listing.url) == (listing.pages > 1)
            declared = (
                listing.card,
                listing.link,
                listing.headline,
                listing.without,
                listing.date,
                listing.day,
            )
            for selector in filter(None, declared):
                select(parse("<p>")[0], (selector,))


@pytest.mark.parametrize("spider", SPIDERS)
def test_bounds_are_declared_and_can_hold(spider: type[OutletSpider]) -> None:
    bounds = spider.bounds
    least, most = bounds.articles_a_week
    assert most is not None
    assert most >= 10 * (least or 1)  # a bound is a fence, not a forecast
    assert bounds.coverage.keys() <= {"lead", "author", "section", "views", "images", "tags", "published"}
    assert all(0 < share <= 1 for share in bounds.coverage.values())
    assert least or spider.name in SAMPLES
    if bounds.newest is not None:
        assert timedelta(days=1) < bounds.newest <= timedelta(days=30)


def test_the_house_s_own_manners() -> None:
    house = project_settings()
    assert house.getbool("ROBOTSTXT_OBEY")
    assert house.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert house.getfloat("DOWNLOAD_DELAY") >= 1
    assert house.getint("CONCURRENT_REQUESTS_PER_DOMAIN") <= 2
    assert "Jarshy" in house["USER_AGENT"]
    assert not house.getbool("COOKIES_ENABLED")
    assert not house.getbool("TELNETCONSOLE_ENABLED")
    assert {scheme for scheme, handler in house.getwithbase("DOWNLOAD_HANDLERS").items() if handler} == {
        "http",
        "https",
    }

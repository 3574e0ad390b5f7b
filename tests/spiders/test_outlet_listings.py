"""Every outlet's recorded listings: listing.html, feed.xml or sitemap.xml as served, and what they name.

A case is a folder whose name begins with "listing"; meta.json says which of the spider's listings it is
(counted from 0), and the fetch's address, charset and time. To record what one gives now, after looking at
it: `python tests/spiders/test_outlet_listings.py OUTLET CASE`.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from pipelines.recorded import ANSWERS, listing_facts
from pipelines.runner import outlets
from spiders.extract.dates import parse_moment
from spiders.support.listings import Candidate, read

FOLDER = Path(__file__).parents[1] / "outlets"
CASES = sorted(path.parent for path in FOLDER.glob("*/listing*/meta.json"))


def meta_of(case: Path) -> dict[str, Any]:
    """Give what is noted of a case's fetch."""
    meta: dict[str, Any] = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    return meta


def articles(case: Path) -> list[Candidate]:
    """Read a case as the spider would: what is listed and may be an article."""
    meta, spider = meta_of(case), outlets()[case.parent.name]
    listing = spider.listings[meta["listing"]]
    body = (case / ANSWERS[listing.kind]).read_bytes()
    listed, _ = read(body, meta["url"], listing, declared=meta["charset"])
    return [each for each in listed.candidates if spider.is_article(each.url)]


def facts(case: Path) -> list[dict[str, str | None]]:
    """Give what is read of a listing, as JSON has it."""
    return listing_facts(articles(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_recorded_listing_is_read_as_expected(case: Path) -> None:
    assert facts(case) == json.loads((case / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_every_date_a_listing_prints_is_understood(case: Path) -> None:
    spider, now = outlets()[case.parent.name], datetime.fromisoformat(meta_of(case)["now"])
    for each in articles(case):
        if each.hint.date_text:
            langs = (each.hint.lang,) if each.hint.lang else spider.languages
            assert parse_moment(each.hint.date_text, langs=langs, zone=spider.zone, now=now), each


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_spider_asks_for_what_is_listed_and_for_nothing_off_its_hosts(case: Path) -> None:
    meta, spider = meta_of(case), outlets()[case.parent.name]
    listing = spider.listings[meta["listing"]]
    request = Request(meta["url"], meta={"jarshy_kind": listing.kind})
    answer = Response(meta["url"], body=(case / ANSWERS[listing.kind]).read_bytes(), request=request)
    made = spider.from_crawler(get_crawler(spider))
    page, *requests = made.parse_listing(answer, listing, 0, meta["url"])
    assert page.fetch.error is None
    asked = [each.url for each in requests if each.meta["jarshy_kind"] == "article"]
    assert asked == [each.url for each in articles(case)]
    assert {urlsplit(each.url).netloc for each in requests} <= set(spider.served())


@pytest.mark.parametrize("name", sorted(outlets()))
def test_every_outlet_has_a_recorded_listing(name: str) -> None:
    assert any(case.parent.name == name for case in CASES)


if __name__ == "__main__":
    chosen = FOLDER / sys.argv[1] / sys.argv[2]
    (chosen / "expected.json").write_text(
        json.dumps(facts(chosen), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )

"""Whole pages of many makes, each beside what must be read of it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from items import Article, Moment, OutletFacts
from spiders.extract.layout import Extraction, Layout
from spiders.extract.page import extract_page

PAGES = Path(__file__).with_name("pages")
CASES = sorted(path.stem for path in PAGES.glob("*.html"))
FIELDS = ("lang", "lang_declared", "headline", "canonical_url", "lead", "author", "section", "views")


def outlet_of(name: str, host: str) -> OutletFacts:
    return OutletFacts(
        name=name,
        title=name.title(),
        home=f"https://{host}",
        hosts=(host, host.removeprefix("www."))
        if host.startswith("www.akorda")
        else (host.removeprefix("www."), host),
        zone="Asia/Almaty",
        languages=("kk", "ru", "en"),
    )


def read_case(name: str) -> tuple[dict[str, Any], Extraction]:
    case = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    layout: dict[str, Any] = {field: tuple(selectors) for field, selectors in case.get("layout", {}).items()}
    extraction = extract_page(
        (PAGES / f"{name}.html").read_text(encoding="utf-8"),
        url=case["url"],
        now=datetime.fromisoformat(case.get("now", "2026-11-25T06:00:00+00:00")),
        outlet=outlet_of(case["outlet"], case["url"].split("/")[2]) if "outlet" in case else None,
        layouts=[Layout(**layout)] if layout else [],
    )
    return case["expect"], extraction


def moment(value: Moment | None) -> list[str] | None:
    return None if value is None else [value.at.isoformat(), value.precision]


def seen(article: Article, extraction: Extraction) -> dict[str, Any]:
    return {
        **{field: getattr(article, field) for field in FIELDS},
        "tags": list(article.tags),
        "published": moment(article.published),
        "modified": moment(article.modified),
        "images": [[image.url, image.caption, image.credit] for image in article.images],
        "blocks": [[block.kind, block.text] for block in article.blocks],
        "links": [[link.url, link.text] for block in article.blocks for link in block.links],
        "translations": {translation.lang: translation.url for translation in article.translations},
        "problems": [problem.field for problem in extraction.problems],
    }


@pytest.mark.parametrize("name", CASES)
def test_page_is_read_as_its_golden_file_says(name: str) -> None:
    expect, extraction = read_case(name)
    got = seen(extraction.article, extraction)
    means = expect.pop("means", {})
    assert {field: got[field] for field in expect} == expect
    assert {field: extraction.article.means.get(field) for field in means} == means


def test_there_is_a_golden_file_for_every_page() -> None:
    assert [path.stem for path in sorted(PAGES.glob("*.json"))] == CASES
    assert len(CASES) >= 14

"""Invented pages of unprepared sites, of many makes and languages, each beside what a reader sees in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from items import Article
from spiders.extract.page import extract_page

PAGES = sorted(Path(__file__).with_name("unprepared").glob("*.html"))


def read(path: Path) -> tuple[dict[str, Any], Article]:
    expect: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    html = path.read_text(encoding="utf-8")
    now = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    return expect, extract_page(html, url=expect["url"], now=now).article


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_unprepared_page_is_read_as_a_reader_sees_it(path: Path) -> None:
    expect, article = read(path)
    assert list(article.paragraphs) == expect["paragraphs"]
    if not expect["paragraphs"]:
        return
    assert article.headline == expect["headline"]
    assert article.published is not None
    assert article.published.raw
    assert article.published.at.date().isoformat() == expect["published"]
    assert {image.url.split("?")[0] for image in article.images} == set(expect["images"])
    if expect["author"] is not None:
        assert article.author == expect["author"]


def test_there_are_pages_of_many_makes() -> None:
    assert len(PAGES) >= 10

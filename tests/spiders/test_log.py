"""A line of the log is one line, whatever a page or a server wrote."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import DropItem

from spiders.support.log import CRAWL, OneLine, QuietFormatter
from spiders.support.visible import quoted, visible

FORGED = "a\nts=2026 level=INFO event=crawled\x1b[2J\u2028\u202e\x00\x85"


def line(message: str, *arguments: object, error: BaseException | None = None) -> str:
    info = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord("here", logging.ERROR, __file__, 1, message, arguments, info)
    return OneLine("%Y").format(record)


@given(st.text())
def test_what_is_visible_is_one_line_and_says_the_same(text: str) -> None:
    assert visible(text).isprintable()
    if not any("\ud800" <= each <= "\udfff" for each in text):
        assert json.loads(quoted(text)) == text


@pytest.mark.parametrize("message", ["event=x url=%s", "Crawled %s"])
def test_a_page_cannot_forge_a_line(message: str) -> None:
    told = line(message, FORGED)
    assert told.isprintable()
    assert "logger=here event=" in told


def test_an_error_is_told_on_the_same_line_and_cut_short() -> None:
    try:
        raise ValueError("first\nsecond" + "x" * 1000)
    except ValueError as error:
        told = line("event=broken", error=error)
    assert told.isprintable()
    assert 'error="ValueError: first\\u000asecond' in told
    assert 'at="test_log.py:' in told
    assert len(told) < 500


def test_the_crawl_is_named() -> None:
    token = CRAWL.set("akorda/17")
    try:
        assert "crawl=akorda/17 logger=here event=x" in line("event=x")
    finally:
        CRAWL.reset(token)
    assert "crawl=- logger=here event=x" in line("event=x")


def test_a_dropped_page_is_not_printed() -> None:
    told = QuietFormatter().dropped({"body": "the whole article"}, DropItem("x"), None, None)  # type: ignore[arg-type]
    assert "article" not in told["msg"] % told["args"]

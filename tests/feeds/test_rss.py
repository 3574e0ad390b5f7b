from __future__ import annotations

import calendar
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.model import Channel, Entry, entry_of
from feeds.rss import render_rss
from feeds.validate import problems_of_rss
from items import Problem, Story

GOLDEN = Path(__file__).with_name("digest.xml")
CHANNEL = Channel(
    title="Jarshy: the day's news",
    description="News with its sources.",
    link="https://digest.example/",
    self_url="https://digest.example/digest.xml",
    feed_id="tag:digest.example,2026:jarshy/digest",
)


def moment(parsed: time.struct_time) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


@pytest.fixture
def entries(stories: list[Story], now: datetime) -> list[Entry]:
    return [entry_of(story, now) for story in stories]


@pytest.fixture
def feed(entries: list[Entry]) -> bytes:
    return render_rss(CHANNEL, entries)


def test_golden_feed(feed: bytes) -> None:
    assert feed.decode() == GOLDEN.read_text(encoding="utf-8")


def test_golden_feed_is_valid() -> None:
    assert problems_of_rss(GOLDEN.read_bytes()) == []


def test_a_reader_gets_every_field_back(feed: bytes, entries: list[Entry]) -> None:
    parsed = feedparser.parse(feed, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo
    assert parsed.feed.title == CHANNEL.title
    assert parsed.feed.link == CHANNEL.link
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == [CHANNEL.self_url]
    assert parsed.feed.ttl == "60"
    by_guid = {entry.guid: entry for entry in entries}
    assert len(parsed.entries) == len(entries)
    for item in parsed.entries:
        entry = by_guid[item.id]
        assert item.title == entry.title
        assert item.link == entry.link
        assert not item.guidislink
        assert moment(item.published_parsed) == entry.published
        assert item.source.title == entry.origin.name
        assert item.source.href == (entry.origin.url or entry.link)
        assert item.content[0].value == entry.content
        assert item.rights == entry.rights
        assert item.language == entry.lang
        assert [author.name for author in item.authors] == list(entry.creators)
        shown = [content["url"] for content in item.get("media_content", [])]
        assert shown == [picture.url for picture in entry.pictures]
        named = [credit["content"] for credit in item.get("media_credit", [])]
        assert named == [picture.credit for picture in entry.pictures if picture.credit]
        assert entry.sentence in item.content[0].value.replace("&amp;", "&")


def test_every_link_of_the_chain_is_a_dc_source(feed: bytes, entries: list[Entry]) -> None:
    items = {item.findtext("guid"): item for item in etree.fromstring(feed).iter("item")}
    for entry in entries:
        sources = items[entry.guid].findall("{http://purl.org/dc/elements/1.1/}source")
        assert [source.text for source in sources] == [source.name for source in entry.sources]


def test_same_entries_in_any_order_give_the_same_bytes(entries: list[Entry], feed: bytes) -> None:
    assert render_rss(CHANNEL, reversed(entries)) == feed


def test_last_build_date_is_the_newest_change(feed: bytes, entries: list[Entry]) -> None:
    built = feedparser.parse(feed).feed.updated_parsed
    assert moment(built) == max(entry.updated for entry in entries)


def test_feedgen_alone_dates_a_feed_by_the_present() -> None:
    # The reason for setting lastBuildDate: when this fails, feedgen has changed.
    assert abs((FeedGenerator().lastBuildDate() - datetime.now(UTC)).total_seconds()) < 60


def test_newest_comes_first(feed: bytes) -> None:
    dates = [item.published_parsed for item in feedparser.parse(feed).entries]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) == len(dates)


def test_channel_link_is_the_site_and_stands_once(feed: bytes) -> None:
    channel = etree.fromstring(feed)[0]
    assert [link.text for link in channel.findall("link")] == [CHANNEL.link]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"published": datetime(2026, 11, 25)}, "timezone"),  # noqa: DTZ001 - the fault under test
        ({"link": "javascript:alert(1)"}, "link"),
        ({"title": " "}, "title"),
        ({"published": datetime(26, 11, 25, tzinfo=UTC)}, "four-digit"),
    ],
)
def test_a_bad_entry_is_dropped_and_told_alone(
    entries: list[Entry], changed: dict[str, Any], why: str
) -> None:
    problems: list[Problem] = []
    bad = replace(entries[0], guid="urn:uuid:bad", **changed)
    assert render_rss(CHANNEL, [*entries, bad], problems.append) == render_rss(CHANNEL, entries)
    assert [problem.field for problem in problems] == ["entry"]
    assert why in problems[0].why


def test_a_repeated_guid_is_dropped(entries: list[Entry]) -> None:
    problems: list[Problem] = []
    data = render_rss(CHANNEL, [*entries, entries[0]], problems.append)
    assert len(feedparser.parse(data).entries) == len(entries)
    assert "second entry" in problems[0].why


def test_a_feed_of_nothing_is_still_valid() -> None:
    assert problems_of_rss(render_rss(CHANNEL, [])) == []


def test_channel_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        render_rss(replace(CHANNEL, title=""), [])


def test_speed_is_no_worry(make_story: Callable[..., Story], now: datetime) -> None:
    started = time.process_time()
    made = [entry_of(make_story(number=n), now) for n in range(300)]
    assert problems_of_rss(render_rss(CHANNEL, made)) == []
    assert time.process_time() - started < 10  # seconds; 0.5 on a small machine

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import feeds.publish
from feeds.publish import publish, told_in, write_digest
from feeds.validate import problems_of_rss
from items import Story

FEEDS = ["digest-en.xml", "digest-kk.xml", "digest-ru.xml", "digest.xml"]


def test_publish_writes_whole_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "out" / "digest.xml"
    assert publish(path, b"one")
    assert publish(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_unchanged_content_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "digest.xml"
    publish(path, b"one")
    os.utime(path, (1, 1))
    inode = path.stat().st_ino
    assert not publish(path, b"one")
    assert (path.stat().st_mtime, path.stat().st_ino) == (1, inode)


@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_a_failure_leaves_the_last_good_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "digest.xml"
    publish(path, b"good")

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space"):
        publish(path, b"half")
    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]


def test_digest_of_every_language(tmp_path: Path, stories: list[Story], now: datetime) -> None:
    report = write_digest(stories, tmp_path, now, base_url="https://digest.example/feeds")
    assert sorted(path.name for path in report.written) == FEEDS
    assert (report.entries, report.problems, report.refused) == (4, (), ())
    for name in FEEDS:
        data = (tmp_path / name).read_bytes()
        assert problems_of_rss(data) == []
        assert f'href="https://digest.example/feeds/{name}"'.encode() in data
    russian = (tmp_path / "digest-ru.xml").read_text(encoding="utf-8")
    told = [story for story in stories if any(member.article.lang == "ru" for member in story.members)]
    assert russian.count("<item>") == len(told) == 3
    assert "<language>ru</language>" in russian


def test_second_digest_touches_nothing(tmp_path: Path, stories: list[Story], now: datetime) -> None:
    write_digest(stories, tmp_path, now)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    report = write_digest(reversed(stories), tmp_path, now + timedelta(days=3))
    assert report.written == ()
    assert len(report.unchanged) == 4
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_bad_story_is_told_and_the_rest_goes_out(
    tmp_path: Path, make_story: Callable[..., Story], now: datetime
) -> None:
    lost = make_story(number=9)
    lead = replace(lost.lead, outlet=replace(lost.lead.outlet, zone="Asia/Nowhere"), revision=2, revised=now)
    lost = replace(lost, lead=lead, members=(lead,))
    bad = make_story(number=8, canonical_url="ftp://e.kz/8")
    report = write_digest([make_story(number=1), bad, lost], tmp_path, now)
    assert report.entries == 1
    assert [(problem.outlet, problem.field) for problem in report.problems] == [("inbusiness", "entry")] * 2
    assert report.problems[0].url == "ftp://e.kz/8"
    assert (tmp_path / "digest.xml").read_text(encoding="utf-8").count("<item>") == 1


def test_an_invalid_feed_is_refused_and_the_old_one_stays(
    tmp_path: Path, stories: list[Story], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_digest(stories[:1], tmp_path, now)
    good = (tmp_path / "digest.xml").read_bytes()
    monkeypatch.setattr(feeds.publish, "render_rss", lambda *_: b"<rss version='2.0'><channel/></rss>")
    report = write_digest(stories, tmp_path, now)
    assert report.written == ()
    assert tmp_path / "digest.xml" in report.refused
    assert any(problem.field == "feed" and "no title" in problem.why for problem in report.problems)
    assert (tmp_path / "digest.xml").read_bytes() == good


def test_no_story_leaves_the_last_digest(tmp_path: Path, stories: list[Story], now: datetime) -> None:
    write_digest(stories, tmp_path, now)
    before = (tmp_path / "digest.xml").read_bytes()
    assert write_digest([], tmp_path, now).entries == 0
    assert (tmp_path / "digest.xml").read_bytes() == before


def test_a_feed_holds_the_newest_up_to_its_limit(
    tmp_path: Path, make_story: Callable[..., Story], now: datetime
) -> None:
    write_digest([make_story(number=n) for n in range(1, 9)], tmp_path, now, limit=3)
    text = (tmp_path / "digest.xml").read_text(encoding="utf-8")
    assert [number for number in range(1, 9) if f"Новость номер {number}<" in text] == [6, 7, 8]


def test_base_url_must_be_absolute(tmp_path: Path, stories: list[Story], now: datetime) -> None:
    with pytest.raises(ValueError, match="base_url"):
        write_digest(stories, tmp_path, now, base_url="/feeds")


def test_a_story_stands_in_the_digest_of_every_language_it_is_told_in(stories: list[Story]) -> None:
    written = [story for story in stories if len({member.article.lang for member in story.members}) > 1]
    assert written, "the set holds a story in two languages"
    for story in written:
        for lang in {member.article.lang for member in story.members}:
            (told,) = told_in([story], lang)
            assert told.guid == story.guid
            assert told.lead.article.lang == lang
            assert told.lead in story.members
            if story.lead.article.lang == lang:
                assert told.lead is story.lead
        assert told_in([story], "tr") == []

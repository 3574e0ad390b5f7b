from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from feeds.editions import Edition, led
from feeds.publish import place_of, publish
from items import Story
from pipelines.store import Choice


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


def test_base_url_and_hubs_must_be_absolute() -> None:
    assert place_of("https://digest.example/feeds").site == "https://digest.example/feeds/"
    with pytest.raises(ValueError, match="base_url"):
        place_of("/feeds")
    with pytest.raises(ValueError, match="hub"):
        place_of("https://digest.example/", ["hub.example"])


def test_a_story_stands_in_the_digest_of_every_language_it_is_told_in(stories: list[Story]) -> None:
    written = [story for story in stories if len({member.article.lang for member in story.members}) > 1]
    assert written, "the set holds a story in two languages"
    for story in written:
        for lang in {member.article.lang for member in story.members}:
            told = led(story, in_language(lang))
            assert told is not None
            assert told.guid == story.guid
            assert told.lead.article.lang == lang
            assert told.lead in story.members
            if story.lead.article.lang == lang:
                assert told.lead is story.lead
        assert led(story, in_language("tr")) is None


def in_language(lang: str) -> Edition:
    choice = Choice(languages=(lang,))
    return Edition(name=f"digest-{lang}", kind="language", title=lang, description=lang, choice=choice)

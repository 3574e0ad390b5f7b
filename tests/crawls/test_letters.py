"""Encodings and damage on crawled pages, from the socket to the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.store import Store
from pipelines.text.unicode import normalise
from tests.crawls.fleet import World, crawled, rows
from tests.crawls.letters import PAGES, SAMPLE, world
from tests.faults.wire import Server

URL = "http://letters.example.kz/a/"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, World]]:
    """Two crawls: what is sound, or was repaired, is not asked for again for its headline."""
    db = tmp_path_factory.mktemp("letters") / "j.db"
    letters = world()
    with Server(letters.answer) as server:
        crawled("tests.crawls.letters", server, "crawl", "--db", db)
        letters.run = len(letters.asked)
        crawled("tests.crawls.letters", server, "crawl", "--db", db)
        yield db, letters


@pytest.mark.parametrize("name", PAGES)
def test_the_words_are_those_that_were_written(read: tuple[Path, World], name: str) -> None:
    _, _, headline, text = PAGES[name]
    with Store.open(read[0], readonly=True) as store:
        found = store.article(URL + name)
    assert found is not None
    assert found.article.headline == normalise(headline)
    assert found.article.paragraphs[0] == normalise(text)
    if name == "about":
        assert normalise(SAMPLE) in "\n".join(block.text for block in found.article.blocks)


def test_what_was_repaired_is_told(read: tuple[Path, World]) -> None:
    told = rows(read[0], "SELECT url, why FROM problems WHERE field = 'charset' ORDER BY url")
    repaired = {url.removeprefix(URL) for url, why in told if "repaired" in why}
    assert repaired == {
        "kz1048-in-utf8", "twice-ru", "twice-kk", "twice-latin", "thrice", "inner-ru", "inner-kk", "inner-en"
    }  # fmt: skip
    assert {url.removeprefix(URL) for url, why in told if why.startswith("declared")} == {
        "kz1048", "koi8-lying", "koi8-as-utf8"
    }  # fmt: skip


def test_the_feed_s_titles_are_read_as_the_pages_are(read: tuple[Path, World]) -> None:
    assert read[1].asked[read[1].run :]
    assert {path for _, path, _, _ in read[1].asked[read[1].run :]} == {"/robots.txt", "/feed"}

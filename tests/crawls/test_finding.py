"""Articles found, found again, moved, gone and spelt anew: three runs of the real program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.crawls.finding import FLEET, headline, world
from tests.crawls.fleet import World, crawled, rows
from tests.faults.wire import Server

MODULE = "tests.crawls.finding"
RUNS = 3


@dataclass
class Runs:
    world: World
    db: Path
    began: list[int] = field(default_factory=list)  # where the requests of each run begin

    def asked(self, name: str, run: int) -> list[str]:
        """Give what a run asked of an outlet, robots.txt aside."""
        bounds = [*self.began, len(self.world.asked)]
        mine = self.world.asked[bounds[run - 1] : bounds[run]]
        return [path for host, path, _, _ in mine if host == f"{name}.example.kz" and path != "/robots.txt"]

    def head(self, name: str, path: str, run: int) -> bytes:
        """Give the headers of a run's request."""
        bounds = [*self.began, len(self.world.asked)]
        mine = self.world.asked[bounds[run - 1] : bounds[run]]
        return next(
            head for host, its, _, head in mine if (host, its) == (f"{name}.example.kz", path)
        ).lower()

    def held(self, name: str) -> list[str]:
        """Give the canonical paths of an outlet's articles."""
        sql = "SELECT canonical_url FROM articles WHERE outlet = ? AND folded_into IS NULL ORDER BY 1"
        return [url.partition(".example.kz")[2] for (url,) in rows(self.db, sql, name)]

    def outcomes(self, name: str) -> list[str]:
        return [
            each for (each,) in rows(self.db, "SELECT outcome FROM crawls WHERE outlet = ? ORDER BY id", name)
        ]

    def revisions(self, name: str) -> list[tuple[int, str]]:
        sql = (
            "SELECT number, headline FROM revisions JOIN articles ON articles.id = article_id "
            "WHERE outlet = ? ORDER BY revisions.id"
        )
        return [(number, text) for number, text in rows(self.db, sql, name)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    found = Runs(world(), tmp_path_factory.mktemp("finding") / "j.db")
    names = [name for name in FLEET if name != "days"]
    with Server(found.world.answer) as server:
        for number in range(1, RUNS + 1):
            found.world.run = number
            found.began.append(len(found.world.asked))
            # By name: an outlet whose crawl failed is asked again at once.
            crawled(MODULE, server, "crawl", *names, "--db", found.db, code=1)
        found.began.append(len(found.world.asked))
        bounds = ("--since", "2026-11-20", "--until", "2026-11-22")
        crawled(MODULE, server, "crawl", "days", *bounds, "--db", found.db)
        yield found


def test_a_listing_that_repeats_its_last_page_ends(runs: Runs) -> None:
    assert runs.held("repeats") == ["/a/1", "/a/2", "/a/3"]
    pages = [path for path in runs.asked("repeats", 1) if path.startswith("/l")]
    assert pages == ["/l?page=1", "/l?page=2", "/l?page=3"]
    assert runs.asked("repeats", 2) == ["/l?page=1"]


def test_an_article_is_asked_for_once_however_it_is_spelt(runs: Runs) -> None:
    assert sorted(runs.asked("spelt", 1)) == ["/a/1", "/a/2?id=7&v=1", "/feed"]
    assert runs.asked("spelt", 2) == ["/feed"]
    assert len(runs.held("spelt")) == 2


def test_copies_that_name_their_canonical_are_that_article(runs: Runs) -> None:
    assert runs.held("copies") == ["/a/1", "/a/2"]
    assert runs.asked("copies", 2) == ["/feed"]
    assert {number for number, _ in runs.revisions("copies")} == {1}


def test_a_canonical_that_leads_away_or_to_the_front_page_is_not_believed(runs: Runs) -> None:
    assert runs.held("elsewhere") == ["/a/1", "/a/2", "/a/3"]


def test_a_guid_is_an_address_only_where_it_says_so(runs: Runs) -> None:
    assert runs.held("guids") == ["/a/1", "/a/2", "/a/5"]
    assert "/12345" not in runs.asked("guids", 1)


def test_the_tag_of_a_304_is_the_tag_from_then_on(runs: Runs) -> None:
    assert b"if-none-match" not in runs.head("tags", "/feed", 1)
    assert b'if-none-match: "one"' in runs.head("tags", "/feed", 2)
    assert b'if-none-match: "two"' in runs.head("tags", "/feed", 3)
    assert runs.outcomes("tags") == ["ok"] * RUNS


def test_a_date_that_is_yet_to_come_is_no_validator(runs: Runs) -> None:
    for run in (1, 2, 3):
        assert b"if-modified-since" not in runs.head("future", "/feed", run)
    assert runs.outcomes("future") == ["ok"] * RUNS


def test_a_page_of_login_fails_the_crawl_and_leaves_no_validator(runs: Runs) -> None:
    assert runs.outcomes("login") == ["ok", "failed", "ok"]
    assert b'"login"' not in runs.head("login", "/feed", 3)
    assert runs.held("login") == ["/a/1", "/a/2"]


def test_what_is_gone_stays_held_is_noted_and_is_asked_for_no_more(runs: Runs) -> None:
    assert runs.asked("gone", 2) == ["/feed", "/a/1"]
    assert runs.asked("gone", 3) == ["/feed"]
    noted = dict(rows(runs.db, "SELECT url, gone_at IS NOT NULL FROM articles WHERE outlet = 'gone'"))
    assert noted == {"http://gone.example.kz/a/1": 1, "http://gone.example.kz/a/2": 0}


def test_an_address_that_became_a_listing_changes_no_article(runs: Runs) -> None:
    assert "/a/1" in runs.asked("turned", 2)
    assert runs.revisions("turned") == [(1, headline(1))]
    assert set(runs.asked("turned", 2) + runs.asked("turned", 3)) <= {"/feed", "/a/1"}


def test_another_encoding_of_the_same_words_is_no_revision(runs: Runs) -> None:
    assert "/a/1" in runs.asked("charset", 2)
    charsets = rows(
        runs.db, "SELECT charset FROM fetches WHERE url = 'http://charset.example.kz/a/1' ORDER BY id LIMIT 2"
    )
    assert charsets == [("windows-1251",), ("utf-8",)]
    assert runs.revisions("charset")[:2] == [(1, headline(1))]


def test_two_languages_that_name_each_other_are_one_story(runs: Runs) -> None:
    assert runs.held("pairs") == ["/a/1", "/a/kk-77"]
    sql = (
        "SELECT count(DISTINCT story_id), count(*) FROM story_members "
        "JOIN articles ON articles.id = article_id WHERE outlet = 'pairs'"
    )
    assert rows(runs.db, sql) == [(1, 2)]


def test_a_redirect_and_where_it_leads_are_one_article(runs: Runs) -> None:
    assert runs.asked("moved", 1) == ["/feed", "/a/old", "/a/new"]
    assert runs.held("moved") == ["/a/new"]
    assert runs.asked("moved", 2) == runs.asked("moved", 3) == ["/feed"]


def test_a_listing_that_fails_costs_no_article_of_the_other(runs: Runs) -> None:
    assert runs.outcomes("mixed") == ["failed"] * RUNS
    assert runs.held("mixed") == ["/a/1"]


def test_sitemaps_are_found_through_robots_and_what_it_forbids_is_not_asked(runs: Runs) -> None:
    assert runs.held("maps") == ["/a/1", "/a/2", "/a/3"]
    assert "/a/9" not in runs.asked("maps", 1)
    assert not [host for host, _, _, _ in runs.world.asked if host == "other.example"]


def test_an_archive_of_days_is_walked_past_an_empty_day_and_no_further(runs: Runs) -> None:
    assert runs.held("days") == ["/a/20", "/a/22"]
    days = [path[-2:] for path in runs.asked("days", RUNS + 1) if path.startswith("/day")]
    assert days == ["22", "21", "20"]

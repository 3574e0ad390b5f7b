"""`Retry-After` obeyed by the real program: within a crawl, over runs, and by whoever names an outlet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.crawls.fleet import World, crawled, rows
from tests.crawls.waiting import FLEET, MOST, world
from tests.faults.wire import Server

pytestmark = pytest.mark.slow
MODULE = "tests.crawls.waiting"
HELD = {"long": 3600, "far-date": 43_200, "vast": 43_200, "robots": 900, "endless": 3}
HOUR = timedelta(hours=1)


@dataclass
class Runs:
    world: World
    server: Server
    db: Path
    ended: datetime
    first: dict[str, int]  # requests of the first run by host
    second: dict[str, int]
    named: str  # what naming a held outlet said
    status: dict[str, Any]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """One run over all, another at once, and a crawl of an outlet that is held, by name."""
    db = tmp_path_factory.mktemp("waiting") / "j.db"
    waiting = world()
    with Server(waiting.answer) as server:
        crawled(MODULE, server, "crawl", "--db", db, code=1)
        ended = datetime.now(UTC)
        first = _by_host(waiting)
        told = crawled(MODULE, server, "status", "--json", "--db", db, code=1)
        crawled(MODULE, server, "crawl", "--db", db, code=None)
        second = {host: count - first.get(host, 0) for host, count in _by_host(waiting).items()}
        named = crawled(MODULE, server, "crawl", "long", "--db", db, code=75)
        status = {each["outlet"]: each for each in json.loads(told)}
        yield Runs(waiting, server, db, ended, first, second, named, status)


def _by_host(world: World) -> dict[str, int]:
    return {host: len(world.times(host)) for host in world.sites}


def _stored(runs: Runs, name: str) -> int:
    return int(rows(runs.db, "SELECT count(*) FROM articles WHERE outlet = ?", name)[0][0])


def _first(runs: Runs, name: str) -> tuple[str, datetime | None]:
    """The outcome of an outlet's first crawl, and when it asked to come back."""
    ((outcome, at),) = rows(
        runs.db, "SELECT outcome, not_before_at FROM crawls WHERE outlet = ? ORDER BY id LIMIT 1", name
    )
    return outcome, at and datetime.fromisoformat(at)


@pytest.mark.parametrize("name", ["well", "short", "by-date", "past", "negative", "garbage"])
def test_what_is_over_soon_costs_no_article(runs: Runs, name: str) -> None:
    assert _stored(runs, name) == 5
    assert _first(runs, name) == ("ok", None)


@pytest.mark.parametrize("name", ["short", "by-date"])
def test_a_short_pause_is_the_whole_outlet_s(runs: Runs, name: str) -> None:
    host = f"{name}.example.kz"
    first, second = runs.world.times(host, "/a/2")[:2]
    assert second - first >= 1.0 if name == "by-date" else second - first >= 1.9  # a date has whole seconds
    # Two requests may be under way at once; once both are answered, none is begun in the pause.
    assert not [at for at in runs.world.times(host) if first + 0.6 < at < first + 0.98]


@pytest.mark.parametrize(("name", "seconds"), [(name, s) for name, s in HELD.items() if name != "endless"])
def test_a_long_one_ends_the_crawl_and_is_remembered(runs: Runs, name: str, seconds: int) -> None:
    outcome, at = _first(runs, name)
    assert outcome == ("partial" if name == "long" and _stored(runs, name) else "failed")
    assert at is not None
    assert abs((at - runs.ended).total_seconds() - seconds) < 120
    assert runs.status[name]["not_before"] == at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert runs.second[f"{name}.example.kz"] == 0


def test_what_was_put_off_is_counted_and_no_request(runs: Runs) -> None:
    counts = runs.status["long"]["counts"]
    assert counts["put_off"] + counts["asked"] == 5
    assert runs.first["long.example.kz"] == 2 + counts["asked"]  # robots.txt and the feed
    ((error,),) = rows(runs.db, "SELECT DISTINCT error FROM fetches WHERE url = 'http://long.example.kz/a/1'")
    assert error.startswith("status 429: asked to come back at 20")


def test_robots_that_asks_for_a_pause_lets_nothing_be_asked(runs: Runs) -> None:
    assert runs.world.paths("robots.example.kz") == []
    assert runs.first["robots.example.kz"] == 1


def test_one_that_asks_again_and_again_is_not_waited_for_without_end(runs: Runs) -> None:
    assert _stored(runs, "nagging") == 4
    assert 1 < runs.world.count("nagging.example.kz")["/a/2"] <= 6  # three tries a crawl
    times = runs.world.times("endless.example.kz")
    begun = times[: runs.first["endless.example.kz"]]
    assert begun[-1] - begun[0] < 7 * MOST  # five pauses of the longest kind, and then no more
    assert _first(runs, "endless")[0] == "failed"


def test_the_others_are_crawled_meanwhile(runs: Runs) -> None:
    assert runs.second["well.example.kz"] == 2  # robots.txt and the feed: nothing is new
    assert set(runs.first) == {f"{name}.example.kz" for name in FLEET}


def test_whoever_names_an_outlet_is_told_when_to_come_back(runs: Runs) -> None:
    assert "event=rest outlet=long next_try=20" in runs.named
    assert runs.first["long.example.kz"] == len(runs.world.times("long.example.kz"))

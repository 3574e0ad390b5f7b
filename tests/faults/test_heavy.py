"""Pages and listings as heavy as the project's own bounds let them be, one crawl over all of them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field

import pytest

from tests.crawls.fleet import World, rows
from tests.faults.heavy import HEAVY, Heavy, world
from tests.faults.test_servers import awaited
from tests.faults.wire import Server
from tests.road import HOME, environment

pytestmark = pytest.mark.slow
WITHIN = 400  # seconds for all of them, on a machine that has other work too
MEMORY = 950  # MB: below the 1 GB at which a crawl ends itself


@dataclass
class Crawled:
    code: int
    megabytes: float
    world: World
    outcomes: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str | None] = field(default_factory=dict)  # by address
    stored: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    db = tmp_path_factory.mktemp("heavy") / "j.db"
    heavy = world()
    with Server(heavy.answer) as server, db.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "tests.crawls.fleet", "tests.faults.heavy", "crawl", "--db", str(db)],
            cwd=HOME, env=environment(server.port), stdout=log, stderr=log,
        )  # fmt: skip
        code, megabytes = awaited(process, WITHIN)
    found = Crawled(code, megabytes, heavy)
    found.outcomes = dict(rows(db, "SELECT outlet, outcome FROM crawls"))
    found.errors = dict(rows(db, "SELECT url, error FROM fetches ORDER BY id DESC"))
    for name, url in rows(db, "SELECT outlet, url FROM articles ORDER BY url"):
        found.stored.setdefault(name, []).append(url.partition(".example.kz")[2])
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return found


def test_the_run_stays_within_its_memory_and_keeps_the_other_outlet_whole(crawled: Crawled) -> None:
    assert crawled.code == 1
    assert crawled.megabytes < MEMORY
    assert crawled.outcomes["plain"] == "ok"
    assert len(crawled.stored["plain"]) == 20


@pytest.mark.parametrize("each", [pytest.param(each, id=each.fault.name) for each in HEAVY])
def test_what_becomes_of_it(each: Heavy, crawled: Crawled) -> None:
    name = each.fault.name
    stored = crawled.stored.get(name, [])
    assert ("/a/good" in stored) is each.good, (crawled.outcomes[name], crawled.errors)
    told = each.fault.told
    listed = each.listing is not None or name.startswith("feed")
    error = crawled.errors.get(f"http://{name}.example.kz/{'feed' if listed else 'a/bad'}")
    if told:
        assert told in str(error)
        assert crawled.outcomes[name] in (("failed",) if listed else ("ok", "partial"))
    else:
        assert error is None
        assert listed or "/a/bad" in stored


def test_an_endless_listing_is_left_and_no_calendar_is_walked(crawled: Crawled) -> None:
    assert crawled.world.count("pages.example.kz") == {"/feed?page=1": 1, "/a/good": 1, "/feed?page=2": 1}

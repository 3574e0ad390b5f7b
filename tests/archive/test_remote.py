"""Outlets crawled on a cluster come to what a crawl of this machine comes to; a dead worker costs nothing."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import psutil
import pytest

from data.sample.server import OUTLETS, SampleServer
from items import Fetch, Page
from pipelines import runner
from pipelines.keep import StoredFreshness
from pipelines.remote import memory, store
from pipelines.remote.crawl import crawl
from pipelines.remote.memory import Brought, Carried, Order
from pipelines.store import Store
from tests.archive.test_engine import cluster
from tests.archive.test_replay import rows
from tests.road import HOME, command, environment, jarshy

HELD = {  # what a crawl comes to, whenever it was
    "articles": "SELECT outlet, url, canonical_url, lang, section, views, gone_at IS NULL "
    "FROM articles ORDER BY 3",
    "revisions": "SELECT a.canonical_url, r.number, r.reason, r.content_hash, r.author, r.published_at, "
    "r.published_raw FROM revisions AS r JOIN articles AS a ON a.id = r.article_id ORDER BY 1, 2",
    "chain": "SELECT canonical_url, ordinal, role, source, name, evidence FROM v_chain ORDER BY 1, 2",
    "problems": "SELECT url, field, why FROM problems ORDER BY 1, 2, 3",
    "fetches": "SELECT url, status, error, sha256, count(*) FROM fetches GROUP BY 1, 2, 3, 4 ORDER BY 1, 2",
    "crawls": "SELECT c.outlet, c.outcome, n.name, n.n FROM crawls AS c "
    "JOIN crawl_counts AS n ON n.crawl_id = c.id ORDER BY c.outlet, c.id, n.name",
    "stories": "SELECT group_concat(url, ' ') FROM (SELECT m.story_id, a.canonical_url AS url "
    "FROM story_members AS m JOIN articles AS a ON a.id = m.article_id ORDER BY 2) "
    "GROUP BY story_id ORDER BY 1",
}


def held(db: Path) -> dict[str, object]:
    return {what: rows(db, sql) for what, sql in HELD.items()}


def asked(server: SampleServer, *arguments: str | Path) -> list[tuple[str, str, int]]:
    """Run the program; give what it asked the outlets for, in no order."""
    server.requests.clear()
    jarshy("crawl", *OUTLETS, *arguments, port=server.port)
    return sorted(server.requests)


@pytest.mark.slow
def test_a_crawl_elsewhere_is_the_crawl_here(tmp_path: Path) -> None:
    """All new, then one article corrected and the rest known. The outlets are asked for the very same."""
    here, there = tmp_path / "here" / "j.db", tmp_path / "there" / "j.db"
    with SampleServer() as server, cluster(tmp_path, 2) as (address, _):
        for server.state in (1, 2):
            mine = asked(server, "--db", here)
            theirs = asked(server, "--db", there, "--record", "--scheduler", address)
            assert theirs == mine
            assert held(there) == held(here)
    files = {path.name for path in (there.parent / "archive").iterdir()}
    placed = rows(there, "SELECT DISTINCT archive_file FROM fetches")
    assert {name for (name,) in placed} == files
    jarshy("reprocess", "--db", there)  # every place holds what it says


@pytest.mark.slow
def test_the_outlet_of_a_dead_worker_is_crawled_again_and_nothing_doubled(tmp_path: Path) -> None:
    with SampleServer() as server, cluster(tmp_path, 2) as (address, workers):
        job = subprocess.Popen(  # noqa: S603
            command("crawl", *OUTLETS, "--db", tmp_path / "j.db", "--scheduler", address),
            cwd=HOME, env=environment(server.port), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        victim, crawls = workers[0], list[psutil.Process]()
        deadline = time.monotonic() + 60
        while not (crawls and len(server.requests) > 5) and time.monotonic() < deadline:
            crawls = psutil.Process(victim.pid).children()
            time.sleep(0.01)
        os.kill(victim.pid, signal.SIGKILL)
        assert psutil.wait_procs(crawls, timeout=5)[1] == []  # nobody asks the outlet beside the next worker
        _, err = job.communicate(timeout=120)
        assert job.returncode == 0, err.decode()[-2000:]
    assert rows(tmp_path / "j.db", "SELECT count(*) FROM articles") == [(50,)]
    assert rows(tmp_path / "j.db", "SELECT count(*) FROM fetches GROUP BY url HAVING count(*) > 1") == []
    assert rows(tmp_path / "j.db", "SELECT DISTINCT outcome FROM crawls") == [("ok",)]


def an_order(**told: object) -> Order:
    facts = {
        "outlet": "akorda", "hosts": ("www.akorda.kz",), "known": {}, "complete": False, "bounds": {},
        "record": False, "log_level": "ERROR", "variables": {},
    }  # fmt: skip
    return Order(**{**facts, **told})  # type: ignore[arg-type]


def test_what_is_taken_along_is_what_the_store_would_say(recorded: Path) -> None:
    spiders = runner.outlets()
    for name in OUTLETS:
        with Store.open(recorded / "j.db", readonly=True) as held_store:
            known = held_store.book.remembered(name)
            carried = Carried(an_order(outlet=name, hosts=spiders[name].facts().hosts, known=known))
            urls = [
                url
                for (url,) in rows(
                    recorded / "j.db", "SELECT url FROM fetches UNION SELECT url FROM articles"
                )
            ]
            own = StoredFreshness.__new__(StoredFreshness)
            mine = [url for url in urls if spiders[name].hosts[0] in url]
            assert len(mine) > 20
            for url in [*mine, f"{spiders[name].home}/never", "nonsense"]:
                with patch("pipelines.keep._outlet", return_value=spiders[name]):
                    own._crawler = None  # type: ignore[assignment] # asked of the patched function alone
                    assert carried.look(url) == own._known(held_store, url), url


def test_a_crawl_that_is_wanted_no_more_is_told_to_stop() -> None:
    begun = time.monotonic()
    with SampleServer() as server:
        variables = {"JARSHY_LOOPBACK": f"127.0.0.1:{server.port}"}
        brought = crawl(an_order(variables=variables), wanted=lambda: time.monotonic() - begun < 1.0)
    assert brought.ended is None or brought.ended.reason in ("shutdown", "finished")


def test_a_crawl_that_died_is_a_failure_and_keeps_what_it_brought(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    runner.prepare(db, runner.outlets().values())
    now = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    fetch = Fetch(outlet="akorda", kind="listing", url="https://www.akorda.kz/kz/events", at=now, status=200)
    brought = Brought(outlet="akorda", began=now, pages=(Page(fetch=fetch),), why="the crawl died (-9)")
    with Store.open(db) as open_store:
        found = store.keep(open_store, brought, tmp_path / "archive")
    assert (found.outcome, found.why) == ("failed", "the crawl died (-9)")
    assert rows(db, "SELECT outcome, (SELECT count(*) FROM fetches) FROM crawls") == [("failed", 1)]


def test_a_spool_that_was_cut_short_gives_what_is_whole(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    pages = [
        Page(fetch=Fetch(outlet="a", kind="article", url=f"https://a.kz/{n}", at=now, status=200))
        for n in range(3)
    ]
    spool = memory.Spool(tmp_path)
    for page in pages:
        spool.write(page)
    spool.close()
    path = tmp_path / "pages.pickle"
    path.write_bytes(path.read_bytes() + pickle.dumps(pages[0])[:-20])
    assert list(memory.spooled(tmp_path)) == pages
    assert memory.ended(tmp_path) is None


def test_recorded_bytes_stay_in_their_folder(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    brought = Brought(outlet="akorda", began=now, pages=(), recorded=(("../../x.warc.gz", b"x"),))
    runner.prepare(tmp_path / "j.db", runner.outlets().values())
    with Store.open(tmp_path / "j.db") as open_store:
        store.keep(open_store, brought, tmp_path / "a" / "b")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["x.warc.gz"]

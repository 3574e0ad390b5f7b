"""A broken bound fails the run, by name and loudly; the other outlets and the feeds are as ever."""

from __future__ import annotations

from pathlib import Path

from tests.crawls.fleet import crawled, rows
from tests.crawls.promising import FLEET, NUMBERS, world
from tests.faults.wire import Server

MODULE = "tests.crawls.promising"


def test_a_broken_bound_fails_the_run_and_is_named(tmp_path: Path) -> None:
    db, out = tmp_path / "j.db", tmp_path / "out"
    with Server(world().answer) as server:
        told = crawled(MODULE, server, "run", "--db", db, "--out", out, code=1)
        state = crawled(MODULE, server, "status", "--db", db, code=1)
        well = crawled(MODULE, server, "run", "keeps", "--db", db, "--out", out)
    assert "jarshy: old: the newest article is of 2026-11-20; declared: 1 days at most" in told
    assert "jarshy: bare: images in 0 of 20 articles; declared is 50%" in told
    assert "jarshy: keeps" not in told + well
    states = dict(rows(db, "SELECT outlet, state FROM outlet_health"))
    assert states == {"keeps": "new", "old": "ill", "bare": "ill"}
    assert {line.split("name=")[1].split()[0] for line in state.splitlines() if "state=ill" in line} == {
        "old", "bare"
    }  # fmt: skip
    assert dict(rows(db, "SELECT outlet, count(*) FROM articles GROUP BY outlet")) == dict.fromkeys(
        FLEET, len(NUMBERS)
    )
    assert (out / "digest.xml").is_file()
    health = (out / "health.xml").read_text(encoding="utf-8")
    assert "images in 0 of 20 articles" in health

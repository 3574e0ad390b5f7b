"""A real crawl, killed at random moments, comes to what an undisturbed one comes to."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from data.sample.server import OUTLETS, SampleServer
from data.sample.web import Resource
from tests.road import HOME, command, environment, jarshy

KILLS = 20
SEED = 20261125


@pytest.mark.slow
def test_a_crawl_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    whole = tmp_path / "whole.db"
    databases = [tmp_path / "killed-0.db"]
    kills = 0
    with SampleServer() as server:
        jarshy("crawl", *OUTLETS, "--db", whole, port=server.port)
        while kills < KILLS:
            # So many requests of the run, and a moment in which their pages are read and stored.
            if _killed(databases[-1], server, requests=chance.randint(3, 24), wait=chance.uniform(0, 0.05)):
                kills += 1
            else:  # it was done: the next ones begin anew
                databases.append(tmp_path / f"killed-{len(databases)}.db")
        for db in databases:
            jarshy("crawl", *OUTLETS, "--db", db, port=server.port)
    for db in databases:
        assert _rows(db, "PRAGMA integrity_check") == [("ok",)]
        assert _rows(db, "PRAGMA foreign_key_check") == []
        for what, sql in _SAME.items():
            assert _rows(db, sql) == _rows(whole, sql), what
        for what, sql in _NONE.items():
            assert _rows(db, sql) == [], what


def test_sigterm_ends_a_crawl_cleanly(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    with SampleServer() as server:
        child = _started("crawl", *OUTLETS, "--db", str(db), port=server.port)
        _wait_for_pages(server)
        code = _told_to_stop(child)
        assert code in (0, 75)  # 0 where it had just ended
        assert _rows(db, "SELECT count(*) FROM crawls WHERE outcome IS NULL") == [(0,)]
        if code == 75:
            assert ("interrupted",) in _rows(db, "SELECT outcome FROM crawls")
        jarshy("crawl", *OUTLETS, "--db", db, port=server.port)
    assert _rows(db, "SELECT count(*) FROM articles") == [(50,)]


def test_sigterm_waits_for_no_server(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    with SampleServer() as sample:
        whole = sample.answer

        def answer(host: str, target: str) -> Resource:
            if "events" in target:
                time.sleep(15)
            return whole(host, target)

        sample.answer = answer  # type: ignore[method-assign]
        child = _started("crawl", *OUTLETS, "--db", str(db), port=sample.port)
        _wait_for_pages(sample)
        time.sleep(1)
        assert _told_to_stop(child) == 75
    outcomes = dict(_rows(db, "SELECT outlet, outcome FROM crawls"))
    assert outcomes["akorda"] == "interrupted"
    assert _rows(db, "SELECT count(*) > 0 FROM articles") == [(1,)]


def test_a_second_run_says_who_is_at_work(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    with SampleServer() as server:
        child = _started("crawl", *OUTLETS, "--db", str(db), port=server.port)
        _wait_for_pages(server)
        second = jarshy("crawl", *OUTLETS, "--db", db, port=server.port, code=None)
        child.wait(timeout=60)
    if second.returncode != 0:  # else the first had ended already
        assert second.returncode == 75
        assert f"pid {child.pid}" in second.stderr.decode()


# What two databases must agree on: facts, not ids or times.
_SAME = {
    "articles": "SELECT canonical_url, lang, section, views FROM articles ORDER BY 1",
    "revisions": (
        "SELECT a.canonical_url, r.number, r.headline, r.content_hash FROM revisions AS r "
        "JOIN articles AS a ON a.id = r.article_id ORDER BY 1, 2"
    ),
    "chains": (
        "SELECT a.canonical_url, c.part, c.name, c.role FROM credits AS c "
        "JOIN revisions AS r ON r.id = c.revision_id JOIN articles AS a ON a.id = r.article_id "
        "ORDER BY 1, 2, 3, 4"
    ),
    "addresses": "SELECT url FROM addresses ORDER BY 1",
}
_NONE = {
    "article doubled": "SELECT canonical_url FROM articles GROUP BY canonical_url HAVING count(*) > 1",
    "article without story": "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM story_members)",
    "translation in another story": (
        "SELECT a.canonical_url, t.url FROM translations AS t JOIN articles AS a ON a.id = t.article_id "
        "JOIN articles AS b ON b.canonical_url = t.url JOIN story_members AS m ON m.article_id = a.id "
        "JOIN story_members AS n ON n.article_id = b.id WHERE m.story_id <> n.story_id"
    ),
    "story without article": (
        "SELECT id FROM stories WHERE merged_into IS NULL AND id NOT IN (SELECT story_id FROM story_members)"
    ),
    "crawl without end": "SELECT id FROM crawls WHERE outcome IS NULL",
}


def _started(*arguments: str, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        command(*arguments),
        cwd=HOME,
        env=environment(port),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _killed(db: Path, server: SampleServer, *, requests: int, wait: float) -> bool:
    """Start a crawl and kill it after so many requests and seconds; True where it was still at work."""
    before = len(server.requests)
    child = _started("crawl", *OUTLETS, "--db", str(db), port=server.port)
    while child.poll() is None and len(server.requests) - before < requests:
        time.sleep(0.002)
    time.sleep(wait)
    child.kill()
    return child.wait() == -signal.SIGKILL


def _told_to_stop(child: subprocess.Popen[bytes]) -> int:
    """Send SIGTERM and give the exit code, which must come within ten seconds."""
    child.send_signal(signal.SIGTERM)
    try:
        return child.wait(timeout=10)
    finally:
        child.kill()
        child.wait()


def _wait_for_pages(server: SampleServer) -> None:
    deadline = time.monotonic() + 30
    while len(server.requests) < 8:
        assert time.monotonic() < deadline, "the crawl asked for nothing"
        time.sleep(0.01)


def _rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()

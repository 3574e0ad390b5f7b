"""The real program over archives: what is recorded, replayed and read again comes to what was crawled."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from data.sample.server import OUTLETS, SampleServer
from tests.archive.made import SITE, Answer, answer, file_of, one_member, wacz, written
from tests.road import HOME, environment, jarshy

# What a crawl must come to, in words of its own: no row's number, no guid.
SAME = {
    "articles": "SELECT outlet, url, canonical_url, lang, lang_declared, section, views, first_seen, "
    "last_seen, gone_at FROM articles ORDER BY canonical_url",
    "revisions": "SELECT a.canonical_url, r.number, r.reason, r.seen_at, r.content_hash, r.headline, r.lead, "
    "r.author, r.published_at, r.published_precision, r.published_raw, r.modified_at, r.body_found "
    "FROM revisions AS r JOIN articles AS a ON a.id = r.article_id ORDER BY 1, 2",
    "chain": "SELECT canonical_url, ordinal, role, source, name, evidence FROM v_chain ORDER BY 1, 2",
    "quotes": "SELECT canonical_url, ordinal, speaker, text FROM v_quotes ORDER BY 1, 2",
    "images": "SELECT a.canonical_url, i.ordinal, i.url, i.credit FROM images AS i "
    "JOIN articles AS a ON a.id = i.article_id ORDER BY 1, 2",
    "addresses": "SELECT x.url, a.canonical_url FROM addresses AS x "
    "JOIN articles AS a ON a.id = x.article_id ORDER BY 1",
    "problems": "SELECT url, field, why FROM problems ORDER BY 1, 2, 3",
    "fetches": "SELECT url, at, status, final_url, sha256, size, charset, archive_file, archive_offset, "
    "error FROM fetches WHERE kind = 'article' ORDER BY archive_file, archive_offset",
    "stories": "SELECT group_concat(url, ' ') FROM (SELECT m.story_id, a.canonical_url AS url "
    "FROM story_members AS m JOIN articles AS a ON a.id = m.article_id ORDER BY 2) "
    "GROUP BY story_id ORDER BY 1",
}

# The program with nothing to reach a network by: a socket of the Internet, or a name looked up, ends it.
OFFLINE = """
import socket, sys
def forbid(event, told):
    if event == "socket.getaddrinfo" or event == "socket.connect" or (
        event == "socket.__new__" and told[1] in (socket.AF_INET, socket.AF_INET6)
    ):
        sys.stderr.write(f"FORBIDDEN {event} {told}\\n")
        raise RuntimeError(event)
import cli, feeds.verbs.crawling, pipelines.runner
pipelines.runner.outlets()  # urllib3, which others import, opens a socket to see whether there is IPv6
sys.addaudithook(forbid)
raise SystemExit(cli.main(sys.argv[1:]))
"""


def offline(*arguments: str | Path, code: int | None = 0) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", OFFLINE, *map(str, arguments)],
        cwd=HOME, env=environment(), capture_output=True, timeout=180, check=False,
    )  # fmt: skip
    told = done.stderr.decode()
    assert "FORBIDDEN" not in told, told[-2000:]
    assert code is None or done.returncode == code, told[-3000:]
    return done.stdout.decode()


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@dataclass
class Crawl:
    db: Path
    files: list[Path]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """The sample outlets, crawled once with everything recorded."""
    folder = tmp_path_factory.mktemp("crawl")
    with SampleServer() as server:
        jarshy("crawl", *OUTLETS, "--record", "--db", folder / "j.db", port=server.port)
    return Crawl(folder / "j.db", sorted((folder / "archive").iterdir()))


def beside(crawl: Crawl, tmp_path: Path) -> Path:
    """Give a new database beside the same archive, so that places are named alike."""
    (tmp_path / "archive").symlink_to(crawl.files[0].parent)
    return tmp_path / "j.db"


def test_every_article_leads_to_its_bytes(crawl: Crawl) -> None:
    placed = rows(crawl.db, "SELECT count(*), count(archive_file), count(archive_offset) FROM fetches")
    assert placed[0][0] == placed[0][1] == placed[0][2] > 50


def test_a_recording_replayed_without_a_network_is_the_crawl(crawl: Crawl, tmp_path: Path) -> None:
    db = beside(crawl, tmp_path)
    told = offline("crawl", "--db", db, "--archive", *crawl.files)
    assert "event=survey files=2" in told
    for what, sql in SAME.items():
        assert rows(db, sql) == rows(crawl.db, sql), what
    assert {outcome for (outcome,) in rows(db, "SELECT outcome FROM crawls")} == {"partial"}


def test_a_replay_goes_on_where_it_was_stopped(crawl: Crawl, tmp_path: Path) -> None:
    db = beside(crawl, tmp_path)
    offline("crawl", "--db", db, "--limit", "9", "--archive", *crawl.files)
    assert rows(db, "SELECT count(*) FROM fetches") == [(18,)]
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "cli", "crawl", "--db", str(db), "--archive", *map(str, crawl.files)],
        cwd=HOME, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while child.poll() is None and rows(db, "SELECT count(*) FROM fetches") < [(22,)]:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    offline("crawl", "--db", db, "--archive", *crawl.files)
    for what in ("articles", "revisions", "chain", "addresses", "fetches", "stories"):
        assert rows(db, SAME[what]) == rows(crawl.db, SAME[what]), what


def test_the_same_archive_again_changes_nothing(crawl: Crawl) -> None:
    before = {what: rows(crawl.db, sql) for what, sql in SAME.items()}
    offline("crawl", "--db", crawl.db, "--archive", *crawl.files)
    assert {what: rows(crawl.db, sql) for what, sql in SAME.items()} == before


def test_damaged_records_are_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    data, offsets = written([answer(number) for number in range(6)])
    at = offsets[2] + (offsets[3] - offsets[2]) // 2
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data[:at] + b"\xff" * 20 + data[at + 20 : -40])
    db = tmp_path / "j.db"
    told = offline("crawl", "akorda", "--db", db, "--archive", path)
    assert "damaged=2" in told
    urls = {url for (url,) in rows(db, "SELECT url FROM articles")}
    assert urls == {answer(number).url for number in (0, 1, 3, 4)}
    problems = rows(db, "SELECT field, url FROM v_problems WHERE field = 'archive' ORDER BY problem_id")
    assert [field for field, _ in problems] == ["archive", "archive"]
    assert problems[1][1] == answer(5).url
    offline("crawl", "akorda", "--db", db, "--archive", path)
    assert len(rows(db, "SELECT 1 FROM v_problems WHERE field = 'archive'")) == 2


@pytest.mark.parametrize("kind", ["plain", "one member", "wacz"])
def test_archives_of_other_makes_are_read(tmp_path: Path, kind: str) -> None:
    answers = [answer(number) for number in range(3)]
    foreign = [
        Answer("https://example.org/kz/auylda-zhana-zhol-2741901", answers[0].body),
        Answer(f"{SITE}/kz/events?page=1", answers[0].body),
        Answer(f"{SITE}/assets/photo-1.jpg", b"\xff\xd8", [("Content-Type", "image/jpeg")]),
        Answer(f"{SITE}/kz/auylda-zhana-zhol-2741909", b"", [("Location", answers[0].url)], "301 Moved"),
    ]
    path = tmp_path / "a.warc"
    if kind == "wacz":
        wacz(path, {"data.warc.gz": written([*foreign, *answers])[0]})
    elif kind == "one member":
        path.write_bytes(one_member([*foreign, *answers]))
    else:
        file_of(path, [*foreign, *answers], gz=False)
    db = tmp_path / "j.db"
    offline("crawl", "akorda", "--db", db, "--archive", path)
    assert sorted(url for (url,) in rows(db, "SELECT url FROM articles")) == [each.url for each in answers]
    seen = rows(db, "SELECT DISTINCT first_seen, last_seen FROM articles")
    assert seen == [("2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z")]
    assert rows(db, "SELECT count(*) FROM fetches") == [(3,)]
    if kind != "one member":  # which has no places, so that all is read again
        crawls = rows(db, "SELECT count(*) FROM crawls")
        offline("crawl", "akorda", "--db", db, "--archive", path)
        assert rows(db, "SELECT count(*) FROM crawls") == crawls  # the redirect waits for nobody


def test_states_of_an_article_are_revisions_in_the_order_of_time(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    early, late, gone = (
        answer(1, date="2026-11-20T09:30:00Z"),
        answer(1, "Жолға үш жүз миллион теңге бөлінді.", date="2026-11-21T09:30:00Z"),
        Answer(answer(1).url, b"", status="404 Not Found", date="2026-11-19T09:30:00Z"),
    )
    first = file_of(tmp_path / "a.warc.gz", [early, late])
    offline("crawl", "akorda", "--db", db, "--archive", first)
    found = rows(db, "SELECT number, seen_at FROM revisions ORDER BY number")
    assert found == [(1, "2026-11-20T09:30:00Z"), (2, "2026-11-21T09:30:00Z")]
    older = file_of(tmp_path / "b.warc.gz", [early, gone])
    offline("crawl", "akorda", "--db", db, "--archive", older)
    assert rows(db, "SELECT number, seen_at FROM revisions ORDER BY number") == found
    assert rows(db, "SELECT gone_at, last_seen FROM articles") == [(None, "2026-11-21T09:30:00Z")]


def test_bounds_hold_by_the_day_of_the_archive(tmp_path: Path) -> None:
    days = [answer(number, date=f"2026-11-{18 + number}T20:00:00Z") for number in range(4)]
    path = file_of(tmp_path / "a.warc.gz", days)
    db = tmp_path / "j.db"
    # 20:00 in Greenwich is the next day in Almaty.
    bounds = ("--since", "2026-11-20", "--until", "2026-11-21")
    offline("crawl", "akorda", "--db", db, *bounds, "--archive", path)
    assert sorted(url for (url,) in rows(db, "SELECT url FROM articles")) == [days[1].url, days[2].url]


def test_a_file_that_is_not_there_is_a_usage(tmp_path: Path) -> None:
    done = jarshy("crawl", "--db", tmp_path / "j.db", "--archive", tmp_path / "none.warc", code=2)
    assert b"none.warc" in done.stderr


def test_an_archive_without_prepared_outlets_says_so(tmp_path: Path) -> None:
    path = file_of(tmp_path / "a.warc.gz", [Answer("https://example.org/a", b"<p>x</p>")])
    done = jarshy("crawl", "--db", tmp_path / "j.db", "--archive", path)
    assert b"no article in it of these outlets" in done.stderr

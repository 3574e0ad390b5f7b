"""Copies, checks and pruning: what is kept, what is found, what goes."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pipelines.store import Store, copies, upkeep
from tests.road import jarshy
from tests.store.pages import DAY, NOW, article, page

VERSIONS = sorted((Path(__file__).parent / "versions").glob("*.sql"))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "j.db"
    with path.open("wb"):
        pass
    connection = sqlite3.connect(path)
    connection.executescript(VERSIONS[-1].read_text(encoding="utf-8"))
    connection.close()
    Store.open(path).close()
    return path


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def spoil(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    connection.close()


def test_an_older_schema_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(VERSIONS[0].read_text(encoding="utf-8"))
    connection.close()
    before = rows(path, "SELECT name FROM sqlite_master ORDER BY 1")
    Store.open(path).close()
    (kept,) = tmp_path.glob("old.db.before-*")
    assert kept.name == "old.db.before-0002_archives"
    assert rows(kept, "SELECT name FROM sqlite_master ORDER BY 1") == before
    Store.open(path).close()  # nothing to do: no copy
    assert len(list(tmp_path.glob("old.db.before-*"))) == 1


def test_a_copy_is_whole_while_another_writes(db: Path, tmp_path: Path) -> None:
    writer = sqlite3.connect(db, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE articles SET views = 7")
    copies.copy(db, tmp_path / "deep" / "copy.db")
    writer.execute("ROLLBACK")
    writer.close()
    assert upkeep.inspect(tmp_path / "deep" / "copy.db") == []
    assert rows(tmp_path / "deep" / "copy.db", "SELECT count(*) FROM articles WHERE views = 7") == [(0,)]
    assert (tmp_path / "deep" / "copy.db").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["copy.db"]


def test_a_copy_of_a_damaged_file_takes_no_name(db: Path, tmp_path: Path) -> None:
    spoil(db, "PRAGMA user_version = 1")
    with db.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096 * 20)
    (tmp_path / "copy.db").write_bytes(b"the last good one")
    with pytest.raises(sqlite3.DatabaseError):
        copies.copy(db, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"the last good one"
    assert not list(tmp_path.glob(".copy*"))


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("DELETE FROM addresses", "refers to a row of addresses"),
        ("UPDATE addresses SET article_id = 1", "no address leads to"),
        ("UPDATE revisions SET number = number + 5", "not numbered from 1"),
        ("UPDATE stories SET guid = (SELECT guid FROM articles LIMIT 1) WHERE id = 1", "a GUID of two"),
        ("DELETE FROM fetches", "refers to a row of fetches"),
        ("INSERT INTO article_words (rowid, headline) VALUES (999, 'x')", "search index"),
    ],
)
def test_what_is_wrong_is_found(db: Path, sql: str, word: str) -> None:
    assert upkeep.inspect(db) == []
    spoil(db, sql)
    assert any(word in each for each in upkeep.inspect(db))


def test_pruning_keeps_every_identity_and_the_newest_text(db: Path) -> None:
    with Store.open(db) as store:
        crawl = store.begin_crawl("akorda", NOW + DAY)
        store.keep(page(article(), NOW + DAY), crawl)  # a second state
        store.end_crawl(crawl, NOW + DAY, "ok", {})
        held = {each.guid: each.article for _, each in store.all_articles()}
    late = NOW + 9 * DAY
    told = upkeep.prune(db, late, dry=True)
    assert told["revisions (texts)"] >= 1
    assert upkeep.prune(db, late, dry=False) == told
    assert sum(upkeep.prune(db, late, dry=False).values()) == 0
    assert upkeep.inspect(db) == []
    with Store.open(db) as store:
        assert {each.guid: each.article for _, each in store.all_articles()} == held
    assert rows(db, "SELECT count(*) FROM revisions WHERE search = ''") == [(told["revisions (texts)"],)]


def test_the_verbs(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        jarshy("backup", "--db", db, "--keep", "1")
    assert len(list((tmp_path / "backups").iterdir())) == 1
    jarshy("digest", "--db", db, "--out", out)
    assert jarshy("check", "--db", db, "--out", out).stdout == b"event=check store=ok feeds=ok\n"
    digest = out / "digest.xml"
    digest.write_bytes(digest.read_bytes().replace(b"urn:uuid:", b"urn:uuid:0", 1))
    assert b"jarshy digest" in jarshy("check", "--db", db, "--out", out, code=1).stderr
    shutil.rmtree(out)
    assert b"event=would_prune" in jarshy("prune", "--db", db, "--before", "2030-01-01", "--dry-run").stdout
    spoil(db, "DELETE FROM fetches")
    assert b"Restore" in jarshy("check", "--db", db, "--out", out, code=1).stderr

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from data.sample.server import OUTLETS, SampleServer
from pipelines import runner
from pipelines.reprocess import Reprocessed, reprocess
from pipelines.store import Store
from spiders.akorda import AkordaSpider
from tests.archive.test_replay import SAME, rows
from tests.road import jarshy

FACTS = ("articles", "revisions", "chain", "quotes", "images")
SPOILS = (
    "UPDATE revisions SET headline = 'Бұрынғы ереженің қатесі', content_hash = 'x', search = 'x'",
    "UPDATE blocks SET text = 'Telegram-ға жазылыңыз' WHERE ordinal = 1",
    "UPDATE revisions SET published_at = '2001-01-01T00:00:00Z'",
    "UPDATE articles SET section = 'Қате', views = 1, lang = 'uz'",
    "DELETE FROM images",
    "DELETE FROM attributions",
)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    with SampleServer() as server:
        jarshy("crawl", *OUTLETS, "--record", "--db", folder / "j.db", port=server.port)
    return folder


@pytest.fixture
def db(crawled: Path, tmp_path: Path) -> Path:
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    return tmp_path / "j.db"


def again(db: Path, most: int | None = None) -> list[Reprocessed]:
    settings = runner.project_settings()
    found = []
    with Store.open(db) as store:
        for each in reprocess(store, db.parent / "archive", runner.outlets(settings), settings):
            found.append(each)
            if len(found) == most:
                break
    return found


def spoil(db: Path) -> None:
    """Make the store as a poorer rule would have left it."""
    with Store.open(db) as store, store.transaction():
        for sql in SPOILS:
            store._db.execute(sql)


def test_an_unchanged_rule_changes_nothing(db: Path) -> None:
    before = {what: rows(db, SAME[what]) for what in FACTS}
    assert Counter(each.outcome for each in again(db)) == {"unchanged": 50}
    assert {what: rows(db, SAME[what]) for what in FACTS} == before


@pytest.mark.parametrize("sql", SPOILS)
def test_what_a_poorer_rule_left_is_mended_from_the_bytes(db: Path, sql: str) -> None:
    whole = {what: rows(db, SAME[what]) for what in FACTS}
    guids = rows(db, "SELECT guid, canonical_url FROM articles ORDER BY 1")
    with Store.open(db) as store, store.transaction():
        store._db.execute(sql)
    assert "changed" in {each.outcome for each in again(db)}
    assert {what: rows(db, SAME[what]) for what in FACTS} == whole
    assert rows(db, "SELECT guid, canonical_url FROM articles ORDER BY 1") == guids
    assert rows(db, "SELECT max(number) FROM revisions") == [(1,)]


def test_a_stopped_run_is_finished_by_the_next_and_the_third_finds_nothing(db: Path) -> None:
    whole = {what: rows(db, SAME[what]) for what in FACTS}
    spoil(db)
    again(db, most=20)
    second = Counter(each.outcome for each in again(db))
    assert second == {"unchanged": 20, "changed": 30}
    assert Counter(each.outcome for each in again(db)) == {"unchanged": 50}
    assert {what: rows(db, SAME[what]) for what in FACTS} == whole


def test_what_was_not_recorded_or_is_lost_stays_as_it_was(db: Path) -> None:
    spoil(db)
    with Store.open(db) as store, store.transaction():
        store._db.execute(
            "UPDATE fetches SET archive_file = NULL, archive_offset = NULL WHERE archive_file LIKE 'akorda%'"
        )
    (lost,) = (db.parent / "archive").glob("inbusiness*")
    lost.unlink()
    before = {what: rows(db, SAME[what]) for what in FACTS}
    assert Counter(each.outcome for each in again(db)) == {"unrecorded": 24, "unreadable": 26}
    assert {what: rows(db, SAME[what]) for what in FACTS} == before


def test_what_a_browser_rendered_is_not_read_from_what_was_sent(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AkordaSpider, "render", True)
    assert Counter(each.outcome for each in again(db)) == {"unrecorded": 24, "unchanged": 26}


def test_facts_of_an_answer_that_was_not_recorded_stay(db: Path) -> None:
    spoil(db)
    with Store.open(db) as store, store.transaction():
        store._db.execute("UPDATE articles SET views = 9999")
        store._db.execute(
            "INSERT INTO fetches (crawl_id, kind, url, address, at, status, size, parsed) "
            "SELECT f.crawl_id, 'article', f.url, a.canonical_url, '2026-12-01T00:00:00Z', 200, 1, 1 "
            "FROM articles AS a JOIN revisions AS r ON r.article_id = a.id "
            "JOIN fetches AS f ON f.id = r.fetch_id"
        )
    assert Counter(each.outcome for each in again(db)) == {"changed": 50}
    assert rows(db, "SELECT DISTINCT views FROM articles") == [(9999,)]
    assert rows(db, "SELECT count(*) FROM revisions WHERE headline LIKE 'Бұрынғы%'") == [(0,)]


def test_the_verb_prints_what_changed(db: Path) -> None:
    spoil(db)
    told = jarshy("reprocess", "--db", db).stdout.decode().splitlines()
    assert told[-1] == "event=reprocess articles=50 changed=50 unchanged=0 unrecorded=0 unreadable=0"
    assert len(told) == 51
    assert all(line.startswith("event=reprocessed url=https://") for line in told[:-1])
    assert "headline" in told[0]
    told = jarshy("reprocess", "--db", db).stdout.decode().splitlines()
    assert told == ["event=reprocess articles=50 changed=0 unchanged=50 unrecorded=0 unreadable=0"]

"""A database that an earlier Jarshy wrote is brought up to date with all that is in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pipelines.store import SchemaMismatch, Store
from pipelines.store.db import open_database, to_text
from pipelines.store.facets import facets_of
from pipelines.store.migrations import migrations
from tests.store.pages import DAY, NOW, article, full_article, page

VERSIONS = sorted((Path(__file__).parent / "versions").glob("*.sql"))


@pytest.fixture(params=VERSIONS, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(request.param.read_text(encoding="utf-8"))
    connection.close()
    return path


def schema(path: Path) -> dict[str, set[str]]:
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type <> 'index'")]
    found = {
        name: {str(row[1:]) for row in connection.execute(f"PRAGMA table_xinfo({name})")} for name in names
    }
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall()
    connection.close()
    return {**found, "indexes": {str(row) for row in indexes}}


def content(path: Path) -> dict[str, list[Any]]:
    connection = sqlite3.connect(path)
    tables = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("_", "sqlite_", "derived", "dictionary"))
    ]
    found = {}
    for table in tables:
        cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608
        names = [column[0] for column in cursor.description if not column[0].startswith("archive_")]
        found[table] = sorted(
            (dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor),
            key=repr,
        )
        found[table] = [{name: row[name] for name in names} for row in found[table]]
    connection.close()
    return found


def test_there_is_a_fixture_of_every_version_before_this_one() -> None:
    known = len(migrations._migrations)
    assert [path.stem for path in VERSIONS] == [str(number) for number in range(1, known)]


def test_an_older_database_gets_the_schema_of_a_new_one_and_loses_nothing(old: Path, tmp_path: Path) -> None:
    before = content(old)
    with pytest.raises(SchemaMismatch, match=r"lacks .*0009_rulings"):
        open_database(old, readonly=True)
    Store.open(old).close()
    Store.open(tmp_path / "new.db").close()
    assert schema(old) == schema(tmp_path / "new.db")
    after = content(old)
    for table, rows in before.items():  # columns may be added
        kept = [{name: row[name] for name in rows[0]} for row in after[table]] if rows else []
        assert sorted(kept, key=repr) == rows
    assert before["articles"]
    assert before["problems"]
    connection = sqlite3.connect(old)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT count(archive_file) FROM fetches").fetchall() == [(0,)]
    made = set(connection.execute("SELECT article_id, kind, value, changed_at FROM facets").fetchall())
    connection.close()
    assert made == facets_by_hand(old)


def facets_by_hand(path: Path) -> set[tuple[int, str, str, str]]:
    """What the code would write for every article of a database."""
    with Store.open(path) as store:
        return {
            (number, kind, value, to_text(stored.revised or stored.first_seen))
            for number, stored in store.all_articles()
            for kind, value in facets_of(stored.article, stored.outlet.source)
        }


def test_an_older_database_is_written_to_as_ever(old: Path) -> None:
    with Store.open(old) as store:
        held = store.article(full_article().url)
        assert held is not None
        assert held.article == full_article()
        crawl = store.begin_crawl("akorda", NOW + DAY)
        kept = store.keep(page(article(), NOW + DAY), crawl)
        assert kept.decision is not None
        assert kept.decision.kind == "revised"
        assert store.recordings()[0].first is None


def test_a_migration_that_is_cut_short_leaves_the_old_schema(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema(old)
    last = migrations._migrations[-1]

    def broken(db: Any) -> None:
        last.fn(db)
        db.execute("CREATE TABLE")

    monkeypatch.setattr(
        migrations, "_migrations", [*migrations._migrations[:-1], type(last)(last.name, broken)]
    )
    with pytest.raises(sqlite3.OperationalError):
        Store.open(old)
    assert schema(old) == before

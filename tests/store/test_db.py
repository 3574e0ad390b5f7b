from __future__ import annotations

import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipelines.store import SchemaMismatch, Store, search_spelling
from pipelines.store.db import from_text, open_database, storable, to_text, writing
from tests.store.pages import NOW, article, dump, open_store, page


def pragma(store: Store, name: str) -> object:
    return store._db.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_file_is_opened_safely(store: Store) -> None:
    assert pragma(store, "foreign_keys") == 1
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 1
    assert pragma(store, "busy_timeout") == 200  # the rest is waited for where signals are heard


def test_every_table_is_strict(store: Store) -> None:
    tables = store._db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    loose = {
        name
        for name, strict in tables
        if not strict and not name.startswith(("sqlite_", "_sqlite", "v_", "article_words"))
    }
    assert len(tables) > 20
    assert loose == set()


def test_every_foreign_key_has_an_index_to_walk_back_by(store: Store) -> None:
    db = store._db
    for table in db.table_names():
        firsts = {index.columns[0] for index in db.table(table).indexes} | {db.table(table).pks[0]}
        keys = {key.column for key in db.table(table).foreign_keys if key.column is not None}
        # Outlets are few, and a folded article is never dropped.
        assert keys - firsts - {"outlet", "source", "folded_into"} == set(), table


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "jarshy.db"
    with open_store(path) as store:
        store.keep(page(article()), store.begin_crawl("akorda", NOW))
        before = dump(store)
    with open_store(path) as store:
        assert dump(store) == before
    with Store.open(path, readonly=True) as store:
        assert dump(store) == before
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.begin_crawl("akorda", NOW)


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "jarshy.db"
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('jarshy', '9999_x', '')"
        )
    connection.close()
    for readonly in (False, True):
        with pytest.raises(SchemaMismatch, match="newer Jarshy"):
            Store.open(path, readonly=readonly)


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.db"):
        Store.open(tmp_path / "missing.db", readonly=True)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()
    with pytest.raises(SchemaMismatch, match="another program"):
        Store.open(other)
    with sqlite3.connect(other) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    empty = tmp_path / "empty.db"
    empty.touch()
    with pytest.raises(SchemaMismatch, match="open it once for writing"):
        Store.open(empty, readonly=True)
    rubbish = tmp_path / "rubbish.db"
    rubbish.write_text("no database at all " * 100)
    with pytest.raises(sqlite3.DatabaseError):
        Store.open(rubbish)


def test_a_migration_that_fails_leaves_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "jarshy.db"
    broken = tmp_path / "schema.sql"
    broken.write_text("CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE;")
    monkeypatch.setattr("pipelines.store.migrations._SCHEMA", broken)
    with pytest.raises(sqlite3.OperationalError):
        open_database(path)
    monkeypatch.undo()
    open_store(path).close()


def test_an_old_sqlite_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.store.db.SQLITE_NEEDED", (99, 1))
    with pytest.raises(RuntimeError, match=r"strict tables need 99\.1 or later"):
        Store.open(tmp_path / "jarshy.db")


def test_a_path_with_odd_letters_is_that_path_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "деректер" / "жаршы ?x=1#%20.db"
    open_store(path).close()
    assert path.is_file()


def test_a_reader_does_not_stop_the_writer(store: Store, crawl: int, tmp_path: Path) -> None:
    store.keep(page(article("kk/1")), crawl)
    with Store.open(tmp_path / "jarshy.db", readonly=True) as reader:
        rows = reader._db.execute("SELECT * FROM articles")
        rows.fetchone()
        assert store.keep(page(article("kk/2")), crawl).guid is not None
        assert reader.counts().articles == 1 or not rows.fetchall()


def test_a_writer_waits_for_another_even_after_reading(store: Store, tmp_path: Path) -> None:
    started = threading.Event()

    def other() -> None:
        with open_store(tmp_path / "jarshy.db") as second, second.transaction():
            second.begin_crawl("akorda", NOW)
            started.set()
            time.sleep(0.3)

    thread = threading.Thread(target=other)
    thread.start()
    assert started.wait(10)
    with store.transaction():
        seen = store._db.execute("SELECT count(*) FROM crawls").fetchone()[0]
        store.begin_crawl("inbusiness", NOW)
    thread.join()
    assert seen == 1


def test_the_write_lock_is_taken_at_once(store: Store, tmp_path: Path) -> None:
    second = Database(sqlite3.connect(tmp_path / "jarshy.db", timeout=0))
    with writing(store._db), pytest.raises(sqlite3.OperationalError, match="locked"):
        second.execute("UPDATE outlets SET title = 'x'")
    second.close()


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001
        max_value=datetime(9999, 12, 30),  # noqa: DTZ001
        timezones=st.sampled_from(
            [UTC, timezone(timedelta(hours=6)), timezone(timedelta(hours=-3, minutes=-30))]
        ),
    )
)
def test_times_come_back_to_the_second(moment: datetime) -> None:
    text = to_text(moment)
    assert len(text) == 20
    assert text.endswith("Z")
    assert from_text(text) == moment.astimezone(UTC).replace(microsecond=0)
    assert from_text(text).utcoffset() == timedelta(0)


def test_times_are_those_that_sqlite_reads(store: Store) -> None:
    row = store._db.execute("SELECT datetime(?), julianday(?) IS NOT NULL", [to_text(NOW)] * 2).fetchone()
    assert row == ("2026-11-25 09:00:00", 1)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_can_be_stored(text: str) -> None:
    given_article = article(headline=text, tags=(text,), means={text: text})
    clean = storable(given_article)
    for each in (clean.headline, clean.tags[0], *clean.means):
        each.encode()
        assert "\x00" not in each


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Қазақстан", "казакстан"),
        ("ӨСКЕМЕН", "оскемен"),
        ("Үкімет  үні", "укимет уни"),
        ("Королёв", "королев"),
        ("STRAẞE", "strasse"),
    ],
)
def test_search_finds_what_is_typed(store: Store, crawl: int, text: str, question: str) -> None:
    assert search_spelling(text) == search_spelling(question)
    store.keep(page(article(headline=text)), crawl)
    found = store._db.execute(
        "SELECT count(*) FROM v_articles WHERE search LIKE '%' || ? || '%'", [question]
    ).fetchone()
    assert found == (1,)


@settings(deadline=None)
@given(st.text())
def test_search_spelling_is_its_own(text: str) -> None:
    assert search_spelling(search_spelling(text)) == search_spelling(text)

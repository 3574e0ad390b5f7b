from __future__ import annotations

import re
from pathlib import Path

from pipelines.store import Store
from pipelines.store.dictionary import relations, sync
from pipelines.store.schema_page import PAGE, page

QUERIES = Path(__file__).parents[2] / "data" / "queries"
TIME = re.compile(r"(^|_)at$|_seen$")


def real(store: Store) -> dict[str, list[str]]:
    """The columns of every table and view; what is inside the search index is FTS5's own."""
    db = store._db
    tables = {
        name: db.table(name).columns
        for name in db.table_names()
        if not name.startswith(("_", "article_words_", "sqlite_"))
    }
    views = {name: db.view(name).columns for name in db.view_names()}
    return {name: [column.name for column in columns] for name, columns in {**tables, **views}.items()}


def test_the_dictionary_names_every_column_of_the_real_schema(store: Store) -> None:
    assert {each.name: [column.name for column in each.columns] for each in relations()} == real(store)
    views = set(store._db.view_names())
    assert {each.name for each in relations() if each.kind == "view"} == views


def test_the_file_holds_the_dictionary(store: Store) -> None:
    rows = store._db.execute(
        "SELECT relation, name FROM dictionary WHERE name <> '' ORDER BY relation, ordinal"
    ).fetchall()
    told: dict[str, list[str]] = {}
    for relation, name in rows:
        told.setdefault(relation, []).append(name)
    assert told == real(store)
    assert store._db.execute("SELECT count(*) FROM dictionary WHERE meaning = ''").fetchall() == [(0,)]


def test_every_time_says_its_zone_and_nothing_else_does(store: Store) -> None:
    for relation, name, unit, zone in store._db.execute("SELECT relation, name, unit, zone FROM dictionary"):
        assert (zone == "UTC") == (unit == "time"), f"{relation}.{name}"
        assert bool(TIME.search(name)) == (unit == "time"), f"{relation}.{name}"


def test_a_dictionary_of_another_text_is_written_anew(store: Store) -> None:
    db = store._db
    before = db.execute("SELECT * FROM dictionary").fetchall()
    with store.transaction():
        db.execute("UPDATE dictionary SET meaning = 'old'")
        assert not sync(db)
        db.execute("UPDATE derived SET made_of = 'old' WHERE name = 'dictionary'")
        assert sync(db)
    assert db.execute("SELECT * FROM dictionary").fetchall() == before


def test_the_page_is_made_of_the_dictionary() -> None:
    stale = "docs/schema.md is stale; make it anew: python -m pipelines.store.schema_page"
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), stale


def test_the_page_names_every_query() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert {path.name for path in QUERIES.glob("*.sql") if f"`{path.name}`" not in text} == set()

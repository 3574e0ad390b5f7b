"""The ten questions asked of the Parquet by DuckDB: the answers that the store gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.store import Desk
from pipelines.store.questions import FOLDER, listed
from pipelines.store.search import search_spelling
from tests.archive.made import Answer, answer, file_of, page
from tests.archive.test_job import imported, made

ASKED: tuple[Mapping[str, str], ...] = (
    {},
    {"since": "2000-01-01"},
    {"since": "2026-11-20", "until": "2026-11-23"},
    {"since": "2030-01-01"},
)
RANDOM = {"most_told": ("story",)}  # columns that bear a guid, of which each file has its own


@pytest.fixture(scope="module")
def read(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample outlets, a correction, and a story that two outlets tell with a time of day."""
    folder = tmp_path_factory.mktemp("asked")
    later = page(1, "Бұл туралы Ақорданың баспасөз қызметі хабарлады.").replace(b"T09:00:00", b"T11:20:00")
    extra = [
        answer(1),
        answer(1, "Кейін жолға шамдар орнатылды.", date="2026-11-21T08:00:00Z"),
        Answer("https://www.qala-news.example.kz/2026/zhol", later, date="2026-11-20T10:30:00Z"),
    ]
    file_of(folder / "extra.warc.gz", extra)
    assert not made(
        [*sorted((recorded / "archive").iterdir()), folder / "extra.warc.gz"], folder / "out"
    ).failed
    return folder / "out"


@pytest.fixture(scope="module")
def store(read: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("store") / "j.db"
    imported(read, db)
    return db


@pytest.fixture(scope="module")
def duck(read: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"SET VARIABLE archive = '{read}'")
        connection.execute((FOLDER / "duckdb" / "views.sql").read_text(encoding="utf-8"))
        yield connection


def comparable(
    name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]], *, bounded: bool
) -> list[tuple[str, ...]]:
    """Give rows without what each file has of its own, or has by chance."""
    if name == "coverage":  # the archive knows the outlets alone that it has pages of
        rows = [row for row in rows if row[columns.index("articles")]]
        if bounded:  # … and takes them for crawled when they were archived, not when they were imported
            rows = [row[: columns.index("problems")] for row in rows]
            columns = columns[: columns.index("problems")]
    if name == "most_told" and len(rows) == 20:  # of stories that are told alike any may be the last
        rows = [row for row in rows if row[1:3] > rows[-1][1:3]]
        assert rows
    kept = [place for place, column in enumerate(columns) if column not in RANDOM.get(name, ())]
    return sorted(tuple(str(float(v) if isinstance(v := row[n], int) else v) for n in kept) for row in rows)


@pytest.mark.parametrize("name", [question.name for question in listed()])
def test_answers_are_the_stores(name: str, store: Path, duck: duckdb.DuckDBPyConnection) -> None:
    question = next(each for each in listed() if each.name == name)
    sql = (FOLDER / "duckdb" / f"{name}.sql").read_text(encoding="utf-8")
    found = 0
    spans = [{"person": "токаев"}, {"person": "а"}] if "person" in question.parameters else ASKED
    for given in spans:
        for parameter in ("since", "until"):
            duck.execute(f"SET VARIABLE {parameter} = '{given.get(parameter, '')}'")
        duck.execute(f"SET VARIABLE person = '{search_spelling(given.get('person', ''))}'")
        answer = duck.execute(sql)
        columns = tuple(column[0] for column in answer.description)
        mine = answer.fetchall()
        with Desk.open(store) as desk:
            theirs = desk.ask(question, given)
            assert columns == theirs.columns
            found_there = list(theirs.rows)
            bounded = "until" in given
            assert comparable(name, columns, mine, bounded=bounded) == comparable(
                name, columns, found_there, bounded=bounded
            ), given
        found += len(mine)
    assert found


def test_every_question_is_there() -> None:
    files = {path.stem for path in (FOLDER / "duckdb").glob("*.sql")}
    assert files == {question.name for question in listed()} | {"views"}

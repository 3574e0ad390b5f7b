"""A real Datasette serves a store with our metadata: its tables, its questions, its search."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from feeds.metadata import FILE
from pipelines.store.questions import listed
from tests.store.pages import NOW, article, credit, open_store, page, reading

DATASETTE = shutil.which("datasette")
pytestmark = pytest.mark.skipif(DATASETTE is None, reason="datasette is not installed")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("datasette") / "jarshy.db"
    with open_store(path) as store:
        crawl = store.begin_crawl("inbusiness", NOW)
        relayed = reading(credit("Акорда", "akorda"))
        store.keep(page(article("ru/last/1", "inbusiness", lang="ru", attribution=relayed)), crawl)
    return path


def get(db: Path, path: str) -> Any:
    command = [str(DATASETTE), "serve", str(db), "-m", str(FILE), "--get", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_tables_and_questions_are_there(db: Path) -> None:
    told = get(db, "/jarshy.json")
    assert {"articles", "dictionary"} <= {table["name"] for table in told["tables"]}
    assert {query["name"] for query in told["queries"]} == {question.name for question in listed()}


def test_a_question_is_answered_with_its_parameters_left_empty(db: Path) -> None:
    told = get(db, "/jarshy/credited_first.json?since=&until=&_shape=array")
    assert [row["source"] for row in told] == ["akorda"]


def test_a_view_is_searched_by_the_index(db: Path) -> None:
    rows = get(db, "/jarshy/v_articles.json?_search=есеп&_shape=array")
    assert [row["outlet"] for row in rows] == ["inbusiness"]
    assert get(db, "/jarshy/v_articles.json?_search=nobody&_shape=array") == []

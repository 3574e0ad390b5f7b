"""The analyst's verbs, as typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import cli
from feeds.verbs.answer import NOTHING, OK, USAGE
from tests.store.pages import NOW, article, credit, moment, open_store, page, reading


@pytest.fixture
def db(tmp_path: Path) -> Path:
    with open_store(tmp_path / "j.db") as store:
        crawl = store.begin_crawl("inbusiness", NOW)
        relayed = reading(credit("Акорда", "akorda"))
        made = article(
            "ru/last/1", "inbusiness", lang="ru", headline="=Цены на \x1b[31m хлеб", attribution=relayed
        )
        store.keep(page(made), crawl)
        dated = article(
            "ru/last/2", "inbusiness", lang="ru", headline="Пекари", published=moment(precision="day")
        )
        store.keep(page(dated), crawl)
    return tmp_path / "j.db"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main([str(each) for each in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_search_tells_headline_outlet_time_and_address(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "search", "ценой", "хлеба", "--db", db, "--json")
    assert (code, json.loads(out)) == (
        OK,
        [
            {
                "headline": "=Цены на \x1b[31m хлеб",
                "outlet": "inbusiness",
                "time": "2026-11-25T14:00+05:00",
                "url": "https://inbusiness.kz/ru/last/1",
            }
        ],
    )
    _, out, _ = run(capsys, "search", "хлеб", "--db", db)
    assert "\x1b" not in out  # a page writes no control character on a terminal
    _, out, _ = run(capsys, "search", "пекарей", "--db", db)
    assert "time=2026-11-25 " in out  # a day stays a day


def test_a_search_for_nothing_or_of_no_outlet_is_usage(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "search", "!", "--db", db)[0] == USAGE
    code, _, err = run(capsys, "search", "хлеб", "--outlet", "nobody", "--db", db)
    assert code == USAGE
    assert "no outlet is called nobody; the store has: akorda, inbusiness" in err
    assert run(capsys, "search", "мұнай", "--db", db)[:2] == (OK, "")


def test_questions_are_listed_told_and_answered(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "query")[1].count("event=question") >= 10
    assert "Caveats:" in run(capsys, "query", "--about", "relay_lag")[1]
    code, out, _ = run(capsys, "query", "credited_first", "--csv", "--db", db)
    assert (code, next(csv.DictReader(io.StringIO(out)))["source"]) == (OK, "akorda")
    code, out, err = run(capsys, "query", "credited_first", "since=2030-01-01", "--db", db)
    assert (code, out) == (OK, "")
    assert "no rows" in err


def test_a_question_that_is_none_says_which_there_are(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there are: corrections, coverage" in run(capsys, "query", "nonsense", "--db", db)[2]
    code, _, err = run(capsys, "query", "quotes_of_a_person", "--db", db)
    assert (code, "needs person=" in err) == (USAGE, True)
    assert run(capsys, "query", "corrections", "who=x", "--db", db)[0] == USAGE


def test_before_the_first_crawl_each_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in (("search", "x"), ("query", "corrections"), ("export", tmp_path / "out")):
        code, _, err = run(capsys, *verb, "--db", tmp_path / "none.db")
        assert (code, "jarshy crawl" in err) == (NOTHING, True)


def test_an_export_tells_its_files(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "export", tmp_path / "out", "--format", "csv", "--db", db)
    assert code == OK
    assert "name=articles.csv" in out
    told = (tmp_path / "out" / "articles.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [row["headline"][:2] for row in rows] == ["'=", "Пе"]

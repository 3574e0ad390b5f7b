from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from data.sample.server import SampleServer
from feeds.verbs.answer import FAILED, NOTHING, USAGE
from feeds.verbs.usage import parser
from tests.road import HOME, environment, jarshy

VERBS = (
    "crawl",
    "run",
    "digest",
    "status",
    "outlets",
    "attribute",
    "extract",
    "fold",
    "sanitise",
    "demo",
    "explain",
    "reattribute",
    "search",
    "query",
    "export",
)


@pytest.mark.parametrize("verb", [(), *((verb,) for verb in VERBS)], ids=" ".join)
def test_help_teaches(verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*verb, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "usage: jarshy" in told
    for name in VERBS if not verb else ():
        assert name in told


def test_every_verb_is_there() -> None:
    def named(part: argparse.ArgumentParser) -> Iterator[str]:
        if found := part.get_default("verb"):
            yield found
        for action in part._subparsers._group_actions if part._subparsers else ():
            for child in (action.choices or {}).values():  # type: ignore[attr-defined] # of subparsers, a mapping
                yield from named(child)

    names = set(named(parser()))
    assert {"crawling.crawl", "fleet.new", "fleet.check"} <= names
    for name in names:
        assert callable(cli.work(name)), name


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["nonsense"], ["attribute"], ["crawl", "--limit", "0"], ["crawl", "--limit", "x"],
        ["crawl", "--since", "yesterday"], ["demo", "--state", "3"], ["digest", "akorda"],
    ],
)  # fmt: skip
def test_bad_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == USAGE
    assert "usage: jarshy" in capsys.readouterr().err


def test_an_unknown_outlet_is_2_and_says_which_there_are(tmp_path: Path) -> None:
    done = jarshy("crawl", "nobody", "--db", tmp_path / "j.db", code=USAGE)
    assert b"no outlet is called nobody; there are " in done.stderr
    assert b"akorda" in done.stderr


def test_before_the_first_crawl_every_verb_says_what_to_do(tmp_path: Path) -> None:
    for verb in (("digest",), ("status",), ("explain", "https://inbusiness.kz/kz/last/x"), ("reattribute",)):
        done = jarshy(*verb, "--db", tmp_path / "j.db", code=NOTHING)
        assert b"jarshy crawl" in done.stderr
    assert not (tmp_path / "j.db").exists()


def test_a_base_url_that_is_none_is_2(tmp_path: Path) -> None:
    from pipelines.store import Store

    Store.open(tmp_path / "j.db").close()
    done = jarshy("digest", "--db", tmp_path / "j.db", "--base-url", "here", code=USAGE)
    assert b"base_url" in done.stderr


def test_outlets_are_listed() -> None:
    told = jarshy("outlets").stdout.decode()
    assert "name=akorda" in told
    assert "terms=excerpt" in told
    assert "live=no confidence=code" in told


def test_scrapy_knows_the_outlets_and_no_more() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=HOME, capture_output=True, text=True, check=True
    )
    modules = {path.stem for path in (HOME / "spiders").glob("*.py")} - {"__init__", "base"}
    assert set(done.stdout.split()) == modules


def test_plain_scrapy_crawls_into_the_store(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    with SampleServer() as server:
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", "scrapy", "crawl", "inbusiness", "-a", "limit=3", "-s", f"JARSHY_DB={db}"],
            cwd=HOME, env=environment(server.port), capture_output=True, timeout=60, check=True,
        )  # fmt: skip
    (told,) = json.loads(jarshy("status", "--json", "--db", db).stdout)
    assert (told["outlet"], told["outcome"]) == ("inbusiness", "partial")
    assert told["articles"] == 3


def test_a_filter_reads_lines_and_ends_with_1_where_one_was_bad() -> None:
    line = {"id": 1, "html": "<b>a</b>", "base": "https://a.kz/"}
    done = jarshy("sanitise", "--jsonl", stdin=json.dumps(line).encode() + b"\n{\n", code=FAILED)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {"id": 1, "html": "<b>a</b>"}
    assert set(second) == {"id", "error"}


def test_demo_tells_what_came_of_it_and_how_little_is_new_the_second_time(tmp_path: Path) -> None:
    where = ("--db", tmp_path / "j.db", "--out", tmp_path / "out")
    first = jarshy("demo", *where).stdout.decode()
    second = jarshy("demo", *where).stdout.decode()
    after = jarshy("demo", "--state", "2", *where).stdout.decode()
    assert "new in this run: all of them" in first
    assert str(tmp_path / "out" / "digest.xml") in first
    assert "credited most: Akorda press service" in first
    assert "new in this run: 0, revised: 0, by 7 requests" in second
    assert "new in this run: 0, revised: 1" in after
    url = "https://inbusiness.kz/ru/last/narodnye-obligacii-raskupili-za-dva-dnya"
    explained = jarshy("explain", url, "--db", tmp_path / "j.db").stdout.decode()
    assert "origin: пресс-службу Минфина  [finance-kz]  rule cite" in explained
    unknown = jarshy("explain", f"{url}-x", "--db", tmp_path / "j.db", code=USAGE)
    assert b"holds no article or story at" in unknown.stderr
    assert (
        jarshy("reattribute", "--db", tmp_path / "j.db").stdout
        == b"event=reattribute articles=50 changed=0\n"
    )

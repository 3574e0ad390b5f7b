"""A robots.txt that cannot be had, as RFC 9309 §2.3.1 reads it: the real program, a server on loopback."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.road import jarshy
from tests.test_faults import ARTICLE, Answer, akorda, html, listed, rows, sent

FORBIDS = b"User-agent: *\nDisallow: /\n"


def no_answer(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def crawl(tmp_path: Path, robots: Answer, code: int) -> tuple[Path, list[str]]:
    db = tmp_path / "j.db"
    paths = {"/robots.txt": robots, **listed("good-10001"), "/en/good-10001": html(ARTICLE)}
    with akorda(paths) as (port, asked):
        jarshy("crawl", "akorda", "--db", db, port=port, code=code)
    return db, [path for path, _ in asked]


@pytest.mark.parametrize(
    ("robots", "why"), [(sent(FORBIDS[:0], 503), "status 503"), (no_answer, "")], ids=["503", "no answer"]
)
def test_rules_that_cannot_be_had_forbid_everything(tmp_path: Path, robots: Answer, why: str) -> None:
    db, asked = crawl(tmp_path, robots, code=1)
    assert set(asked) == {"/robots.txt"}
    assert rows(db, "SELECT outcome FROM crawls") == [("failed",)]
    told = rows(db, "SELECT DISTINCT error FROM fetches")
    assert len(told) == 1
    assert "robots.txt could not be had" in told[0][0]
    assert why in told[0][0]
    assert rows(db, "SELECT count(*) FROM problems WHERE why LIKE '%RFC 9309%'") == [(3,)]  # one a listing


@pytest.mark.parametrize("status", [401, 404, 410])
def test_rules_that_are_not_there_allow_everything(tmp_path: Path, status: int) -> None:
    db, asked = crawl(tmp_path, sent(FORBIDS, status), code=0)  # what the error page says is no rule
    assert "/en/good-10001" in asked
    assert rows(db, "SELECT count(*) FROM articles") == [(1,)]


def test_rules_behind_too_many_redirects_are_not_there(tmp_path: Path) -> None:
    around = sent(b"", 302, Location="https://www.akorda.kz/robots.txt")
    db, _ = crawl(tmp_path, around, code=0)
    assert rows(db, "SELECT count(*) FROM articles") == [(1,)]


def test_each_of_several_requests_waiting_for_the_rules_obeys_them(tmp_path: Path) -> None:
    db, asked = crawl(tmp_path, sent(FORBIDS, Content_Type="text/plain"), code=1)
    assert asked == ["/robots.txt"]
    assert rows(db, "SELECT outcome FROM crawls") == [("failed",)]

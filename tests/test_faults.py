"""What outlets and machines do wrong, and what a run then says: the real program and its exit code."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

from data.sample.server import OUTLETS, SampleServer
from pipelines.store import hold
from tests.road import HOME, environment, jarshy

CARD = b"""<div class="card"><h5>19 november 2024 year</h5><h3>%s</h3></div>"""
ARTICLE = (HOME / "tests/outlets/akorda/en-literal-year/page.html").read_bytes()
Answer = Callable[[BaseHTTPRequestHandler], None]


def sent(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Give an answer of a status, headers and a body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def html(body: bytes) -> Answer:
    return sent(body, Content_Type="text/html; charset=utf-8")


@contextmanager
def akorda(paths: dict[str, Answer]) -> Iterator[tuple[int, list[tuple[str, float]]]]:
    """Serve akorda.kz with these answers, else 404; gives its port and, as they come, the requests."""
    asked: list[tuple[str, float]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append((self.path, time.monotonic()))
            paths.get(self.path, sent(b"", 404))(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited signature
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Let clients go that had enough."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield int(server.server_address[1]), asked
        finally:
            server.shutdown()
            thread.join()


def listed(*slugs: str) -> dict[str, Answer]:
    """Give three listings, the English one with these articles."""
    cards = b"".join(CARD % f'<a href="/en/{slug}">{slug}</a>'.encode() for slug in slugs)
    old = CARD % b'<a href="/kz/deklaracii-490017">x</a>'
    return {
        **{f"/{lang}/events?page=1": html(old) for lang in ("kz", "ru")},
        **{f"/{lang}/events?page=2": html(b"<p>") for lang in ("kz", "ru", "en")},
        "/en/events?page=1": html(cards),
    }


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_one_outlet_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    with SampleServer() as sample:
        whole = sample.answer

        def answer(host: str, target: str) -> Any:
            return whole("nowhere.kz" if host == "www.akorda.kz" and "events" in target else host, target)

        sample.answer = answer  # type: ignore[method-assign]
        jarshy("crawl", *OUTLETS, "--db", db, port=sample.port, code=1)
        status = jarshy("status", "--db", db, code=1).stdout.decode()
    assert rows(db, "SELECT outlet, outcome FROM crawls ORDER BY outlet") == [
        ("akorda", "failed"),
        ("inbusiness", "ok"),
    ]
    (told,) = (line for line in status.splitlines() if "name=akorda " in line)
    assert "state=ill" in told or "state=failed" in told, told


def test_nothing_answers(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    with akorda({}) as (port, _):
        pass  # the port is free again
    jarshy("crawl", "akorda", "--db", db, port=port, code=1)
    assert rows(db, "SELECT outcome FROM crawls") == [("failed",)]
    assert {status for (status,) in rows(db, "SELECT status FROM fetches")} == {0}


def test_bad_pages_are_counted_and_the_good_one_is_stored(tmp_path: Path) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "90000")
        handler.end_headers()
        handler.wfile.write(ARTICLE[:900])
        handler.close_connection = True

    paths = {
        **listed(
            "good-10001", "loop-10002", "away-10003", "inside-10004", "huge-10005", "cut-10006", "pdf-10007"
        ),
        "/en/good-10001": html(ARTICLE),
        "/en/loop-10002": sent(b"", 302, Location="https://www.akorda.kz/en/loop-10002?again"),
        "/en/loop-10002?again": sent(b"", 302, Location="https://www.akorda.kz/en/loop-10002"),
        "/en/away-10003": sent(b"", 302, Location="https://elsewhere.example/en/away-10003"),
        "/en/inside-10004": sent(b"", 302, Location="http://169.254.169.254/latest/meta-data/"),
        "/en/huge-10005": html(b"a" * (10 * 1024 * 1024 + 1)),
        "/en/cut-10006": cut,
        "/en/pdf-10007": sent(b"%PDF-1.7", Content_Type="application/pdf"),
    }
    db = tmp_path / "j.db"
    with akorda(paths) as (port, asked):
        jarshy("crawl", "akorda", "--db", db, port=port, code=1)  # six of seven failed
    assert [url for (url,) in rows(db, "SELECT url FROM articles")] == ["https://www.akorda.kz/en/good-10001"]
    failed = {url.rsplit("/", 1)[1] for (url,) in rows(db, "SELECT url FROM fetches WHERE error IS NOT NULL")}
    assert failed == {"loop-10002", "away-10003", "inside-10004", "huge-10005", "cut-10006", "pdf-10007"}
    paths_asked = [path for path, _ in asked]
    assert "/latest/meta-data/" not in paths_asked
    assert paths_asked.count("/en/away-10003") == 1


def test_crawl_delay_of_robots_is_kept(tmp_path: Path) -> None:
    robots = sent(b"User-agent: *\nCrawl-delay: 0.4\n", Content_Type="text/plain")
    with akorda({"/robots.txt": robots, **listed("good-10001"), "/en/good-10001": html(ARTICLE)}) as (
        port,
        asked,
    ):
        jarshy("crawl", "akorda", "--db", tmp_path / "j.db", port=port)
    moments = [moment for path, moment in asked if path != "/robots.txt"]
    assert len(moments) == 7
    # Scrapy varies a delay by half of it either way.
    assert min(later - sooner for sooner, later in pairwise(moments)) > 0.15


def test_an_article_that_failed_is_asked_again_though_the_listing_is_the_same(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    page = CARD % b'<a href="/en/good-10001">Good</a>'
    paths = {**listed(), "/en/events?page=1": html(page), "/en/good-10001": sent(b"", 503)}
    with akorda(paths) as (port, _):
        jarshy("crawl", "akorda", "--db", db, port=port)
        assert rows(db, "SELECT outcome FROM crawls") == [("partial",)]
        paths["/en/good-10001"] = html(ARTICLE)
        jarshy("crawl", "akorda", "--db", db, port=port)
    assert rows(db, "SELECT outcome FROM crawls ORDER BY id") == [("partial",), ("ok",)]
    assert rows(db, "SELECT count(*) FROM articles") == [(1,)]


def test_a_store_that_is_none_is_said_so(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    db.write_bytes(b"no database at all" * 100)
    for verb in ("crawl", "digest", "status"):
        done = jarshy(verb, "--db", db, code=3)
        assert str(db) in done.stderr.decode() or "database" in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()
    assert db.read_bytes() == b"no database at all" * 100


def test_a_held_store_is_tried_later(tmp_path: Path) -> None:
    with hold(tmp_path / "j.db.lock"):
        done = jarshy("run", *OUTLETS, "--db", tmp_path / "j.db", code=75)
    assert b"another run is at work: pid" in done.stderr


def test_a_failed_crawl_leaves_the_last_good_feeds(tmp_path: Path) -> None:
    db, out = tmp_path / "j.db", tmp_path / "out"
    with SampleServer() as sample:
        jarshy("run", *OUTLETS, "--db", db, "--out", out, port=sample.port)
    before = {path: path.read_bytes() for path in out.rglob("*.*") if path.name != "health.xml"}
    jarshy(
        "run", *OUTLETS, "--db", db, "--out", out, port=sample.port, code=1
    )  # nobody listens there any more
    assert {path: path.read_bytes() for path in out.rglob("*.*") if path.name != "health.xml"} == before
    assert len(before) >= 3


def test_no_request_goes_to_an_address_inside(tmp_path: Path) -> None:
    script = tmp_path / "inside.py"
    script.write_text(
        "import sys\n"
        "import scrapy\n"
        "from scrapy.crawler import AsyncCrawlerProcess\n"
        "from pipelines.runner import project_settings\n"
        "from spiders.support.reasons import reason_of\n"
        "class Inside(scrapy.Spider):\n"
        "    name = 'inside'\n"
        "    declared = [sys.argv[2]]\n"  # its port: only the address is to be refused
        "    async def start(self):\n"
        "        yield scrapy.Request(sys.argv[1], errback=lambda failure: print(reason_of(failure.value)))\n"
        "settings = project_settings()\n"
        "settings.set('ITEM_PIPELINES', {})\n"
        "settings.set('ROBOTSTXT_OBEY', False)\n"
        "settings.set('RETRY_ENABLED', False)\n"
        "process = AsyncCrawlerProcess(settings)\n"
        "process.crawl(Inside)\n"
        "process.start()\n",
        encoding="utf-8",
    )
    with akorda({"/": html(b"secret")}) as (port, asked):
        for host in ("127.0.0.1", "localhost", "localhost.", "[::1]", "0x7f000001", "2130706433", "127.1"):
            done = subprocess.run(  # noqa: S603
                [sys.executable, str(script), f"http://{host}:{port}/", f"{host.strip('[]')}:{port}"],
                cwd=HOME,
                env={**environment(), "PYTHONPATH": str(HOME)},
                capture_output=True,
                timeout=60,
                check=True,
            )
            refused = (
                rb"not asked: .* is not a public address|the host's name does not resolve"  # IPv4 alone does
            )
            assert re.match(refused, done.stdout), host
    assert asked == []

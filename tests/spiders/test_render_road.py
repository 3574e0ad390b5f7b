"""A loopback site written by its scripts, crawled by the real program in a real Chromium, if there is one."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from spiders.support import warc
from spiders.support.archived import Archived
from spiders.support.render import NoBrowser, chromium
from tests.road import HOME, environment

PARTS = Path(__file__).parent / "scripted"
TEXT = [
    "В Костанае открыли новый зерновой терминал, который рассчитан на перевалку миллиона тонн в год.",
    "Строительство заняло два года, в нём участвовали три подрядные организации области.",
    "Первый состав с пшеницей нового урожая ушёл отсюда в порт Актау ещё до конца октября.",
]
PLAIN = f"""<html lang="ru"><head><title>Мост</title></head><body><article><h1>Мост через Тобол открыли</h1>
<time datetime="2026-11-24T10:00:00+05:00"></time><p>{"</p><p>".join(TEXT)}</p></article></body></html>"""
SITES = ("scripted.example.kz", "static.example.kz", "plain.example.kz")


@dataclass
class Site:
    """What listens, and all it was asked."""

    articles: list[str]
    port: int = 0
    tcp: int = 0
    udp: socket.socket = field(default_factory=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    asked: list[tuple[str, str]] = field(default_factory=list)  # host and path
    headers: list[dict[str, str]] = field(default_factory=list)
    pried: list[str] = field(default_factory=list)  # at a port that no outlet has

    def answer(self, host: str, path: str) -> tuple[str, str] | None:
        """Give the media type and the body; None for what is not there."""
        if path == "/robots.txt":
            return "text/plain", "User-agent: *\nDisallow: /api/private\n"
        if host == "plain.example.kz":
            return "text/html", "<a href='/news/bridge'>Мост</a>" if path == "/news" else PLAIN
        if host == "static.example.kz":
            return "text/javascript", self.part("app.js")
        if path == "/api/list":
            return "application/json", json.dumps(self.articles)
        if path.startswith("/api/"):
            title = f"Терминал в Костанае принял зерно: {path.partition('=')[2]}"
            return "application/json", json.dumps({"title": title, "text": TEXT})
        return ("text/html", self.part("frame.html")) if path.startswith("/news") else None

    def part(self, name: str) -> str:
        """Give a file of the scripted outlet, which knows where it might pry."""
        text = (PARTS / name).read_text(encoding="utf-8")
        return text.replace("{tcp}", str(self.tcp)).replace("{udp}", str(self.udp.getsockname()[1]))


@contextmanager
def listening(site: Site) -> Iterator[Site]:
    class Outlet(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers["Host"]
            site.asked.append((host, self.path))
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            found = site.answer(host, self.path)
            body = found[1].encode() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", f"{found[0] if found else 'text/plain'}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"frame"')
            self.send_header("Set-Cookie", "id=1")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited signature
            """Keep quiet."""

    class Elsewhere(Outlet):
        def handle(self) -> None:
            site.pried.append(str(self.client_address))

    with (
        ThreadingHTTPServer(("127.0.0.1", 0), Outlet) as outlet,
        ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as elsewhere,
        site.udp,
    ):
        site.port, site.tcp = outlet.server_address[1], elsewhere.server_address[1]
        site.udp.bind(("127.0.0.1", 0))
        site.udp.setblocking(False)
        threads = [
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            for server in (outlet, elsewhere)
        ]
        for thread in threads:
            thread.start()
        try:
            yield site
        finally:
            outlet.shutdown()
            elsewhere.shutdown()
            for thread in threads:
                thread.join()


def crawled(site: Site, db: Path, **own: str) -> tuple[dict[str, Any], str]:
    """Crawl both outlets; gives what came of it, and the log."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.spiders.rendered", str(db)],
        cwd=HOME,
        env={**environment(site.port), **own},
        capture_output=True,
        timeout=150,
        check=False,
    )
    log = done.stderr.decode()
    assert done.returncode == 0, log[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found, log


@pytest.fixture
def browser() -> str:
    try:
        return chromium()
    except NoBrowser as error:
        pytest.skip(str(error))


def test_without_a_browser_the_outlet_fails_and_says_what_to_install_and_the_others_go_on(
    tmp_path: Path,
) -> None:
    with listening(Site(["ordinary"])) as site:
        found, log = crawled(site, tmp_path / "a.db", JARSHY_CHROMIUM=str(tmp_path / "none"))
    assert found["outcomes"] == {"plain": "ok", "scripted": "failed"}
    (failed,) = (page for page in found["pages"] if "scripted" in page["url"])
    assert "this outlet needs a browser" in failed["error"]
    assert "event=no_browser outlet=scripted" in log
    assert {host for host, _ in site.asked} == {"plain.example.kz"}


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_an_article_that_its_scripts_write_is_read(tmp_path: Path) -> None:
    with listening(Site(["first", "second"])) as site:
        found, log = crawled(site, tmp_path / "a.db")
    assert found["outcomes"] == {"plain": "ok", "scripted": "ok"}, log
    pages = {page["url"].rpartition("/")[2]: page for page in found["pages"] if "scripted" in page["url"]}
    assert pages.keys() == {"news", "first", "second"}
    for name in ("first", "second"):
        assert pages[name]["headline"] == f"Терминал в Костанае принял зерно: {name}"
        assert pages[name]["text"].split("\n")[:3] == TEXT
        assert "Asia/Almaty, был здесь: undefined" in pages[name]["text"]
        assert pages[name]["etag"] is None  # the frame's says nothing of the article
    asked = [path for host, path in site.asked if host == "scripted.example.kz"]
    assert sorted(asked) == [
        "/api/article?id=first", "/api/article?id=second", "/api/list",
        "/news", "/news/first", "/news/second", "/robots.txt",
    ]  # fmt: skip
    static = [path for host, path in site.asked if host == "static.example.kz"]
    assert static == ["/robots.txt", "/app.js"]  # asked for leave first, and once for all pages
    assert all(sent["user-agent"].startswith("Jarshy/") for sent in site.headers)
    assert not any("cookie" in sent or "referer" in sent for sent in site.headers)


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_of_a_rendered_page_all_that_it_was_made_of_is_recorded(tmp_path: Path) -> None:
    with listening(Site(["first"])) as site:
        found, log = crawled(site, tmp_path / "a.db", RECORDED=str(tmp_path / "kept"))
    assert found["outcomes"] == {"plain": "ok", "scripted": "ok"}, log
    (file,) = (tmp_path / "kept").glob("scripted-*.warc.gz")
    kept = [each for each in warc.read(file, lambda *_: True) if isinstance(each, Archived)]
    assert {
        "https://scripted.example.kz/news/first",
        "https://static.example.kz/app.js",
        "https://scripted.example.kz/api/article?id=first",
    } <= {each.url for each in kept}
    (frame,) = (each for each in kept if each.url.endswith("/news/first"))
    assert TEXT[0].encode() not in frame.body  # as it was sent, before its scripts ran
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        sql = "SELECT archive_file, archive_offset FROM fetches WHERE url LIKE '%/news/first'"
        assert db.execute(sql).fetchall() == [(file.name, frame.offset)]


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_what_a_script_may_not_have_it_does_not_get(tmp_path: Path) -> None:
    with listening(Site(["prying", "leaving", "greedy"])) as site:
        found, log = crawled(site, tmp_path / "a.db")
        with pytest.raises(BlockingIOError):
            site.udp.recv(1)
    pages = {page["url"].rpartition("/")[2]: page for page in found["pages"] if "scripted" in page["url"]}
    assert pages["prying"]["headline"] is not None, log
    assert (
        pages["leaving"]["error"]
        == "the page leads elsewhere by itself, to https://elsewhere.example/landing"
    )
    assert pages["greedy"]["headline"] is None  # it had asked for eight things before its article
    paths = {path for _, path in site.asked}
    assert {host for host, _ in site.asked} == set(SITES)
    assert not any(path.startswith(("/api/private", "/api/form", "/api/beacon", "/popup")) for path in paths)
    assert not paths & {"/photo.jpg", "/font.woff2", "/style.css", "/frame", "/favicon.ico"}
    assert len([path for path in paths if path.startswith("/api/more")]) <= 8
    assert site.pried == []


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_a_script_without_end_and_a_page_without_bounds_are_failed_pages(tmp_path: Path) -> None:
    with listening(Site(["endless", "huge", "ordinary"])) as site:
        found, _ = crawled(site, tmp_path / "a.db")
    pages = {page["url"].rpartition("/")[2]: page for page in found["pages"] if "scripted" in page["url"]}
    assert pages["endless"]["error"] == "not rendered within 12 s"
    assert pages["huge"]["error"] == "rendered, the page has more than 300000 bytes"
    assert pages["ordinary"]["headline"] == "Терминал в Костанае принял зерно: ordinary"

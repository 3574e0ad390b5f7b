from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

import cli
from feeds.websub import ping
from tests.store.pages import NOW, article, open_store, page

FEEDS = ["https://digest.example/digest.xml", "https://digest.example/тақырып.atom?a=1&b=2"]


class Hub(ThreadingHTTPServer):
    """A hub on loopback that notes what it is told, and answers with `status`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[tuple[str, str, dict[str, list[str]]]] = []
        self.status = 202

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hub?key=1"


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append((self.path, self.headers["Content-Type"], parse_qs(body)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name there
        del format, arguments


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_hub_is_told_of_each_feed(hub: Hub) -> None:
    outcome = ping(hub.url, FEEDS)
    assert (outcome.told, outcome.failed, outcome.why) == (2, 0, {})
    form = "application/x-www-form-urlencoded"
    assert hub.told == [("/hub?key=1", form, {"hub.mode": ["publish"], "hub.url": [url]}) for url in FEEDS]


@pytest.mark.parametrize("status", [301, 307, 400, 404, 500, 503])
def test_a_refusal_is_counted_and_no_redirect_followed(hub: Hub, status: int) -> None:
    hub.status = status
    outcome = ping(hub.url, FEEDS)
    assert (outcome.told, outcome.failed, list(outcome.why)) == (0, 2, [f"status {status}"])
    assert len(hub.told) == 2


@pytest.mark.parametrize(
    "url",
    ["ftp://hub.example/", "file:///etc/passwd", "hub", "http://", "http://[::1", "http://127.0.0.1:1/"],
)
def test_what_is_no_hub_fails_alone(url: str) -> None:
    outcome = ping(url, FEEDS, timeout=1)
    assert (outcome.told, outcome.failed) == (0, 2)


def test_a_hub_that_is_silent_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        began = time.monotonic()
        outcome = ping(f"http://127.0.0.1:{deaf.getsockname()[1]}/", FEEDS * 5, timeout=0.1, deadline=0.3)
        assert time.monotonic() - began < 5
    assert outcome.told == 0
    assert outcome.failed == 10


def test_a_hub_that_drips_is_left() -> None:
    def drip(server: socket.socket) -> None:
        line, _ = server.accept()
        with line:
            try:
                for byte in b"HTTP/1.1 202 Accepted\r\n" + b"X: y\r\n" * 1000:
                    line.sendall(bytes([byte]))
                    time.sleep(0.02)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        outcome = ping(f"http://127.0.0.1:{server.getsockname()[1]}/", FEEDS, timeout=5, deadline=0.3)
    assert (outcome.told, outcome.failed, list(outcome.why)) == (0, 2, ["no answer within 0 s"])


def test_a_publication_tells_the_hub_of_what_it_wrote_and_fails_for_nothing(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(tmp_path / "j.db") as store:
        kept = store.keep(page(article()), store.begin_crawl("akorda", NOW))
        store.assign(kept.guid or "", None, "test")
    monkeypatch.setattr("os.environ", {"JARSHY_HUB": hub.url, "JARSHY_EDITIONS": "everything"})
    arguments = ["digest", "--db", str(tmp_path / "j.db"), "--out", str(tmp_path / "out")]
    arguments += ["--base-url", "https://digest.example/"]
    assert cli.main(arguments) == 0
    assert sorted(told["hub.url"][0] for _, _, told in hub.told) == [
        f"https://digest.example/digest.{ending}" for ending in ("atom", "json", "xml")
    ]
    assert b'rel="hub"' in (tmp_path / "out" / "digest.xml").read_bytes()
    assert cli.main(arguments) == 0
    assert len(hub.told) == 3  # nothing changed, so nobody was told
    hub.status = 500
    (tmp_path / "out" / "digest.xml").unlink()
    assert cli.main(arguments) == 0
    told = capsys.readouterr()
    assert "event=websub told=0 failed=1" in told.out
    assert "status 500" in told.err

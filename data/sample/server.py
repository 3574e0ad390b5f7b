"""A loopback web server for the sample outlets: both hosts, honest HTTP, nothing from outside.

The outlet is told by the Host header, or by the address itself when the server is used as a plain HTTP proxy
(RFC 9112 3.2.2), so a crawler may keep the outlets' own URLs. To run it:
`python -m data.sample.server --port 8765 --state 1`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import sys
import threading
from collections.abc import Sequence
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from data.sample import akorda, inbusiness
from data.sample.articles import RECORDED
from data.sample.web import Resource, Site, State

OUTLETS = ("akorda", "inbusiness")  # the spiders whose pages these are
_COMPRESSIBLE = ("text/", "application/rss+xml", "application/xml")
_MAX_PAGE_DIGITS = 6


class SampleServer:
    """Serves the sample outlets on 127.0.0.1 while its context lasts, one thread a connection.

    Args:
        port: 0 takes a free one; read `port` for which.
        state: 1 serves every article as first published, 2 after the correction. May be set at any time.
        extra: folders of further inbusiness.kz articles (`*.toml`), listed with the others.
    """

    def __init__(self, port: int = 0, *, state: State = 1, extra: Sequence[Path] = ()) -> None:
        self.state: State = state
        self.requests: list[tuple[str, str, int]] = []  # (host, path with its query, status), in order
        self._lock = threading.Lock()
        self._sites: dict[State, dict[str, Site]] = {1: _by_host(1, extra), 2: _by_host(2, extra)}
        self._http = _Http(("127.0.0.1", port), self)
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it is bound to."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """The server's own address; name the outlet in the Host header, or use it as an HTTP proxy."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, name="sample-server", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        if self._thread is not None:
            self._thread.join()

    def serve_forever(self) -> None:
        """Serve in this thread until interrupted."""
        try:
            self._http.serve_forever()
        finally:
            self._http.server_close()

    def answer(self, host: str, target: str) -> Resource:
        """Give what the outlet at `host` answers for `target` (path and query) in the present state."""
        site = self._sites[self.state].get(host)
        if site is None:
            return _plain(HTTPStatus.MISDIRECTED_REQUEST, f"no outlet at {host or 'an unnamed host'}")
        parts = urlsplit(target)
        found = site.find(parts.path, _page(parts.query))
        return found or _plain(HTTPStatus.NOT_FOUND, "not found")

    def note(self, host: str, target: str, status: int) -> None:
        """Log one request."""
        with self._lock:
            self.requests.append((host, target, status))


def _by_host(state: State, extra: Sequence[Path]) -> dict[str, Site]:
    sites = (akorda.site(), inbusiness.site(state, extra=extra))
    return {host: site for site in sites for host in site.hosts}


def _page(query: str) -> int:
    """The `page` of a query; 1 when it is absent or no positive number."""
    value = parse_qs(query).get("page", ["1"])[0]
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) <= _MAX_PAGE_DIGITS else 1


def _plain(status: HTTPStatus, text: str) -> Resource:
    return Resource(
        body=f"{text}\n".encode(), content_type="text/plain; charset=utf-8", modified=RECORDED, status=status
    )


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], sample: SampleServer) -> None:
        self.sample = sample
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a client go that hung up, as a killed crawl does; report anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleOutlets"
    sys_version = ""
    timeout = 30  # seconds an idle connection is kept
    server: _Http

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited signature
        """Keep standard error quiet: `SampleServer.requests` is the log."""

    def _reply(self, *, with_body: bool) -> None:
        parts = urlsplit(self.path)
        host = (parts.netloc or self.headers.get("Host", "")).rsplit("@", 1)[-1].split(":")[0].lower()
        target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        resource = self.server.sample.answer(host, target)
        status = resource.status
        if status == HTTPStatus.OK and self._is_current(resource):
            status = HTTPStatus.NOT_MODIFIED
        self.server.sample.note(host, target, int(status))
        self.send_response(status)
        if resource.status == HTTPStatus.OK:
            self.send_header("ETag", resource.etag)
            self.send_header("Last-Modified", format_datetime(resource.modified, usegmt=True))
            self.send_header("Cache-Control", "no-cache")
        if resource.location is not None:
            self.send_header("Location", resource.location)
        self.send_header("Vary", "Accept-Encoding")
        if status == HTTPStatus.NOT_MODIFIED:
            self.end_headers()
            return
        body = resource.body
        self.send_header("Content-Type", resource.content_type)
        if resource.content_type.startswith(_COMPRESSIBLE) and self._accepts_gzip():
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _is_current(self, resource: Resource) -> bool:
        """Whether the client has this state: If-None-Match rules over If-Modified-Since (RFC 9110 13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            opaque = resource.etag.removeprefix("W/")
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return "*" in known or opaque in known
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            moment = parsedate_to_datetime(since)
        except ValueError:
            return False  # RFC 9110 13.1.3: a date that is none is ignored
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        return resource.modified.replace(microsecond=0) <= moment

    def _accepts_gzip(self) -> bool:
        """Whether gzip is among the accepted codings with a weight above zero (RFC 9110 12.5.3)."""
        for coding in self.headers.get("Accept-Encoding", "").split(","):
            name, _, weight = coding.partition(";")
            if name.strip().lower() in {"gzip", "x-gzip", "*"}:
                return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; print the address first. Gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m data.sample.server", description="Serve the sample outlets."
    )
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--state", type=int, choices=(1, 2), default=1, help="2: after the correction")
    parser.add_argument(
        "--extra", type=Path, action="append", default=[], help="a folder of further articles"
    )
    options = parser.parse_args(arguments)
    server = SampleServer(options.port, state=options.state, extra=options.extra)
    print(server.url, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""A small client for the sample server's tests."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

import lxml.html

from data.sample.server import SampleServer


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def tree(self) -> lxml.html.HtmlElement:
        charset = self.headers["content-type"].partition("charset=")[2]
        return lxml.html.document_fromstring(self.body.decode(charset))


def get(server: SampleServer, url: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask for one outlet URL; header names are written with underscores."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers={"Host": parts.netloc, **named})
        response = connection.getresponse()
        body = response.read()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)
    finally:
        connection.close()


def words_of(node: lxml.html.HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())

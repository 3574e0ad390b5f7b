"""The server around `answer`: Twisted's, which Scrapy brings along.

It reads HTTP, keeps connections and ends on signals. Its own `static.File` is not used: it sends no entity
tags, lists folders, follows symbolic links out of its own; and `Request.setETag` misreads a list of tags.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.web.resource import Resource
from twisted.web.server import NOT_DONE_YET, Site

from feeds.serve.answer import Answer, answer, misdirected

_IDLE = 30  # seconds without a byte, after which a connection is closed


class Folder(Resource):
    """Every path of a site, answered from a folder."""

    isLeaf = True  # noqa: N815 - Twisted's name

    def __init__(self, root: Path, hosts: frozenset[str] | None) -> None:
        """`hosts`: the names by which it may be asked for; None for any.

        A page of a stranger could have its own name lead here (DNS rebinding) and read what is private.
        """
        super().__init__()  # type: ignore[no-untyped-call]
        self._root = root
        self._hosts = hosts

    def render(self, request: Any) -> int:
        """Answer a request (a `twisted.web.http.Request`, which has no types), whatever its method."""
        headers = {
            name.decode("latin-1").lower(): ", ".join(value.decode("latin-1") for value in values)
            for name, values in request.requestHeaders.getAllRawHeaders()
        }
        host = request.getRequestHostname().decode("latin-1").strip("[]").lower()
        if self._hosts is not None and host not in self._hosts:
            self._send(request, misdirected())
        else:
            method, target = request.method.decode("latin-1"), request.path.decode("latin-1")
            self._send(request, answer(self._root, method, target, headers))
        return NOT_DONE_YET

    def _send(self, request: Any, made: Answer) -> None:
        request.setResponseCode(made.status, HTTPStatus(made.status).phrase.encode())
        request.setHeader(b"Server", b"jarshy")
        for name, value in made.headers:
            request.setHeader(name.encode("latin-1"), value.encode("latin-1"))
        if request.method != b"HEAD":
            request.write(made.body)
        request.finish()


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's alone.

    Raises:
        ValueError: it is no IP address.
    """
    return ipaddress.ip_address(host).is_loopback


def serve(root: Path, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve a folder until the process is told to stop (SIGINT, SIGTERM); then end what is open, and return.

    Args:
        root: the folder.
        host: an IP address to listen on.
        port: 0 takes a free one.
        started: told the address of the site once it listens.

    Raises:
        twisted.internet.error.CannotListenError: another program has the port, or it is not ours to take.
    """
    from twisted.internet import reactor as installed

    reactor: Any = installed  # its methods are put there at run time
    names = frozenset(("localhost", "127.0.0.1", "::1", host)) if is_loopback(host) else None
    site = Site(  # type: ignore[no-untyped-call]
        Folder(root, names), timeout=_IDLE
    )
    listening = reactor.listenTCP(port, site, interface=host)
    at = listening.getHost()
    assert isinstance(at, IPv4Address | IPv6Address)  # noqa: S101 - TCP has no other
    shown = f"[{at.host}]" if isinstance(at, IPv6Address) else at.host
    started(f"http://{shown}:{at.port}/")
    reactor.run()

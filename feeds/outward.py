"""Connections that a publication makes to addresses of the operator's: to public ones, or to those he allows.

A webhook or a hub stands in a file of settings, but its name leads where a name server says. As for crawls,
what it resolves to is checked as the connection is made, and that very address is connected to.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from spiders.extract.hosts import is_public

AGENT = "Jarshy/0.1"


class Inside(OSError):  # noqa: N818 - where the address leads
    """The host leads to an address that is nobody's public server, and none was allowed."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float, private: bool = False) -> str:
    """POST to an address; follows no redirect, reads no more than the head of the answer.

    Args:
        url: http or https, absolute.
        body: sent as it is.
        headers: besides those that HTTP needs.
        timeout: seconds that the other side may be silent. It may drip for longer: see `within`.
        private: whether addresses inside networks may be connected to. Without, only public ones, and the
            machine itself where it is named by its number ("http://127.0.0.1:8080/"), which no name server
            can make of another name.

    Returns:
        What went wrong, or nothing where the other side took it (a status of 2xx).
    """
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return "no http(s) address"
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        connection.sock = _connected(parts.hostname, port, timeout, private=private)
        try:
            if parts.scheme == "https":
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, {"User-Agent": AGENT, **headers})
            with connection.getresponse() as answer:
                return "" if answer.status in range(200, 300) else f"status {answer.status}"
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"[:200]


def within(seconds: float, work: Callable[[], str]) -> str:
    """Give what `work` gives, or that it took too long: a socket's timeout does not stop what drips."""
    found: list[str] = []
    worker = threading.Thread(target=lambda: found.append(work()), name="outward", daemon=True)
    worker.start()
    worker.join(seconds)
    return found[0] if found else f"no answer within {seconds:.0f} s"


def _connected(host: str, port: int, timeout: float, *, private: bool) -> socket.socket:
    """Connect to the first address of a host that may be and answers.

    Raises:
        Inside: none of its addresses may be.
        OSError: none answers, or the name does not resolve.
    """
    failed: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        found = ipaddress.ip_address(str(address[0]).partition("%")[0])
        if not (private or is_public(found) or (found.is_loopback and _is_number(host))):
            failed = failed or Inside(
                f"{host} leads to {found}, inside a network; health.private allows that for the webhook, "
                "feeds.private for the hub"
            )
            continue
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(timeout)
            made.connect(address)
        except OSError as error:
            made.close()
            failed = error
            continue
        return made
    raise failed or OSError(f"{host} has no address")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

"""Telling a WebSub hub that feeds have changed, so that it asks for them (as PubSubHubbub 0.4, section 7)."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

TIMEOUT: Final = 10.0  # seconds that the hub may be silent
DEADLINE: Final = 60.0  # seconds for all feeds of a publication; subscribers ask by themselves in the end


@dataclass(slots=True)
class Pinged:
    """How many feeds the hub took, and what came in the way of the others, each once."""

    told: int = 0
    failed: int = 0
    why: dict[str, None] = field(default_factory=dict)


def ping(hub: str, feeds: Iterable[str], *, timeout: float = TIMEOUT, deadline: float = DEADLINE) -> Pinged:
    """Tell `hub` of every feed of `feeds`, one request each; never raises for what the hub does.

    Redirects are not followed, no answer is read beyond its head. A hub that keeps the line without end is
    left when `deadline` seconds are over: what it was not told of counts as failed.
    """
    waiting = list(feeds)
    outcome = Pinged()
    done = threading.Event()

    def work() -> None:
        ends = time.monotonic() + deadline
        for url in waiting:
            if time.monotonic() > ends or done.is_set():
                break
            why = _told(hub, url, timeout)
            if done.is_set():
                break
            if why:
                outcome.failed += 1
                outcome.why[why] = None
            else:
                outcome.told += 1

    # A thread that nobody waits for beyond the deadline: a socket's timeout does not stop what drips.
    worker = threading.Thread(target=work, name="websub", daemon=True)
    worker.start()
    worker.join(deadline)
    done.set()
    left = len(waiting) - outcome.told - outcome.failed
    if left:
        outcome.failed += left
        outcome.why[f"no answer within {deadline:.0f} s"] = None
    return outcome


def _told(hub: str, url: str, timeout: float) -> str:
    """Tell the hub of one feed; gives what came in the way, or nothing."""
    body = urlencode({"hub.mode": "publish", "hub.url": url})
    try:
        parts = urlsplit(hub)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return f"{hub!r} is no http(s) address"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = _connection(parts.scheme, parts.hostname, parts.port, timeout)
        try:
            connection.request(
                "POST",
                path,
                body.encode("ascii"),
                {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Jarshy"},
            )
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"[:200]
    return "" if status in range(200, 300) else f"status {status}"


def _connection(scheme: str, host: str, port: int | None, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
    return http.client.HTTPConnection(host, port, timeout=timeout)

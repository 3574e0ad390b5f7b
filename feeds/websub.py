"""Telling a WebSub hub that feeds have changed, so that it asks for them (as PubSubHubbub 0.4, section 7)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from feeds.outward import post

TIMEOUT: Final = 10.0  # seconds that the hub may be silent
DEADLINE: Final = 60.0  # seconds for all feeds of a publication; subscribers ask by themselves in the end


@dataclass(slots=True)
class Pinged:
    """How many feeds the hub took, and what came in the way of the others, each once."""

    told: int = 0
    failed: int = 0
    why: dict[str, None] = field(default_factory=dict)


def ping(
    hub: str,
    feeds: Iterable[str],
    *,
    timeout: float = TIMEOUT,
    deadline: float = DEADLINE,
    private: bool = False,
) -> Pinged:
    """Tell `hub` of every feed of `feeds`, one request each; never raises for what the hub does.

    Where the hub may be, `feeds.outward.post` says. Redirects are not followed, no answer is read beyond its
    head. A hub that keeps the line without end is left when `deadline` seconds are over: what it was not told
    of counts as failed.
    """
    waiting = list(feeds)
    outcome = Pinged()
    done = threading.Event()

    def work() -> None:
        ends = time.monotonic() + deadline
        for url in waiting:
            if time.monotonic() > ends or done.is_set():
                break
            why = _told(hub, url, timeout, private=private)
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


def _told(hub: str, url: str, timeout: float, *, private: bool) -> str:
    """Tell the hub of one feed; gives what came in the way, or nothing."""
    body = urlencode({"hub.mode": "publish", "hub.url": url})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return post(hub, body.encode("ascii"), kind, timeout=timeout, private=private)

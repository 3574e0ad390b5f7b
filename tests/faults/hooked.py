"""The real program, in a world changed before it began: `python -m tests.faults.hooked HOOK… -- VERB…`.

names-fail     no name resolves
names-hang     the system's resolver answers nobody for a minute
clock=+3600    the clock is so many seconds off, from the start
jump=+3600     … from the fifth page on
impatient      whoever waits for a lock loses patience twenty times sooner
no-zones       the system has no table of zones
reader-dies    the process that reads a page of number 483750 is killed at it
reader-hangs   … never ends with it
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import sys
import time
import zoneinfo
from typing import Any, NoReturn

import time_machine

import cli

TIME = time.time


class _Hasty:
    """The module `time`, twenty times as fast."""

    sleep = staticmethod(time.sleep)

    @staticmethod
    def monotonic() -> float:
        return 20 * time.monotonic()


def _fail(*_: object, **__: object) -> NoReturn:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def _hang(*_: object, **__: object) -> NoReturn:
    time.sleep(60)
    _fail()


def shift(seconds: float) -> None:
    """Set the clock of this process off by so much from now on; it goes on ticking."""
    at = dt.datetime.fromtimestamp(TIME() + seconds, dt.UTC)
    time_machine.travel(at, tick=True).start()


def jump(seconds: float) -> None:
    from pipelines.keep import KeepPipeline

    stored = KeepPipeline.process_item
    seen = 0

    async def process_item(self: KeepPipeline, item: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == 5:
            shift(seconds)
        return await stored(self, item)

    KeepPipeline.process_item = process_item  # type: ignore[method-assign]


def spoil(*, hang: bool, seconds: float = 1.0) -> None:
    """Let one page be the end of whoever reads it."""
    import settings
    from spiders.support import reading

    read = vars(reading)["extract_page"]
    settings.JARSHY_READ_SECONDS = int(seconds)

    def extract_page(html: str, **told: Any) -> Any:
        while told["url"].endswith("-483750"):
            if not hang:
                os.kill(os.getpid(), signal.SIGKILL)
        return read(html, **told)

    vars(reading)["extract_page"] = extract_page


def apply(hook: str) -> None:
    """Change the world in one way."""
    name, _, value = hook.partition("=")
    if name in ("names-fail", "names-hang"):
        answer = _fail if name == "names-fail" else _hang
        socket.getaddrinfo = socket.gethostbyname = answer
    elif name == "clock":
        shift(float(value))
    elif name == "jump":
        jump(float(value))
    elif name == "impatient":
        from pipelines.store import db

        vars(db)["time"] = _Hasty
    elif name == "no-zones":
        zoneinfo.reset_tzpath(())
    elif name in ("reader-dies", "reader-hangs"):
        spoil(hang=name == "reader-hangs", seconds=float(value or 1))
    else:
        raise SystemExit(f"no hook is called {name}")


def main(arguments: list[str]) -> int:
    at = arguments.index("--")
    for hook in arguments[:at]:
        apply(hook)
    return cli.main(arguments[at + 1 :])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

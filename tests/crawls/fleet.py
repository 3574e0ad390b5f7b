"""A fleet that only a test knows, on one loopback server, crawled by the real program as often as need be.

`python -m tests.crawls.fleet MODULE VERB …` takes what `jarshy` takes. MODULE has `FLEET`, spiders by name,
and may have `SETTINGS`, which stand over the project's.
"""

from __future__ import annotations

import importlib
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spiders.base import OutletSpider
from spiders.support.listings import FeedListing, Listing
from tests.faults.wire import Server, Wire
from tests.road import HOME, environment

Answer = Callable[[Wire], Any]
Site = dict[str, Answer]  # path with its query -> what is answered


def outlet(name: str, *listings: Listing, module: str, **declared: Any) -> type[OutletSpider]:
    """Give the spider of `NAME.example.kz`, with articles under /a/ and, unless told, its feed at /feed."""
    host = f"{name}.example.kz"
    facts = {
        "name": name,
        "title": name,
        "home": f"http://{host}",
        "hosts": (host,),
        "languages": ("ru",),
        "confidence": "assumed",
        "allow": r"^/a/",
        "listings": listings or (FeedListing(url=f"http://{host}/feed"),),
        "__module__": module,
        **declared,
    }
    return type(f"{name.replace('-', ' ').title().replace(' ', '')}Spider", (OutletSpider,), facts)


@dataclass
class World:
    """The outlets' servers, and every request as it came: host, path, when, head."""

    sites: dict[str, Site]  # by host
    asked: list[tuple[str, str, float, bytes]] = field(default_factory=list)
    run: int = 1  # which run is at work: sites may answer by it

    def answer(self, wire: Wire) -> Wire:
        self.asked.append((wire.host, wire.path, time.monotonic(), wire.head))
        site = self.sites.get(wire.host)
        if site is None:
            return wire.answer(b"", status="421 Misdirected Request")
        if act := site.get(wire.path):
            act(wire)
        else:
            wire.answer(b"", status="404 Not Found")
        return wire

    def paths(self, host: str) -> list[str]:
        """Give what was asked of a host, robots.txt aside, in order."""
        return [path for asked, path, _, _ in self.asked if asked == host and path != "/robots.txt"]

    def times(self, host: str, path: str = "") -> list[float]:
        return [at for asked, its, at, _ in self.asked if asked == host and path in ("", its)]

    def count(self, host: str) -> Counter[str]:
        return Counter(self.paths(host))


def crawled(module: str, server: Server, *arguments: str | Path, code: int | None = 0) -> str:
    """Run a verb of the real program over a module's fleet; gives its standard error and output."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.crawls.fleet", module, *map(str, arguments)],
        cwd=HOME, env=environment(server.port), capture_output=True, timeout=240, check=False,
    )  # fmt: skip
    told = done.stderr.decode() + done.stdout.decode()
    assert code is None or done.returncode == code, f"{done.returncode}: {told[-3000:]}"
    return told


def rows(db: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def main(name: str, arguments: list[str]) -> int:
    import cli
    import settings

    module = importlib.import_module(name)
    settings.SPIDER_MODULES = [name]
    for key, value in getattr(module, "SETTINGS", {}).items():
        setattr(settings, key, value)
    for key, spider in module.FLEET.items():
        setattr(module, f"_{key}", spider)
    return cli.main(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))

"""The whole road, fetch to store, beside bare Scrapy that fetches the same pages and parses them.

    python -m benchmarks.road [--pages 2500] [--rounds 1] [--memory] [--write]

Both crawl the five outlets of `benchmarks.web` on loopback with the same concurrency and no delay. Bare
Scrapy (`benchmarks.bare`) parses each page with BeautifulSoup(lxml) and keeps nothing; ours discovers the
pages by the outlets' listings, extracts, attributes, stores and folds. The rounds are interleaved, the median
is taken. Then the same again with nothing new, and both on one core. `--memory` crawls ten times as many
pages too.
The exit code is 1 where a limit is not held.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.request import urlopen

from benchmarks.bare import MANNERS
from benchmarks.children import Used, run, served
from benchmarks.measure import Measure, table
from benchmarks.web import OUTLETS

PAGES: Final = 2500  # fewer, and the start of the program is all that a crawl with nothing new takes
ROUNDS: Final = 1
SPEED: Final = 1.0  # of bare Scrapy's pages a second, at least
AGAIN: Final = 1 / 50  # of the first crawl's time, at most
REQUESTS: Final = 2  # of an outlet with one listing, by a crawl that finds nothing new: it, and robots.txt
MEMORY: Final = 1.2  # of ten times as many pages, at most


def crawl(port: int, db: Path) -> None:
    """Crawl the outlets into a store: `jarshy crawl`, but for the manners. To be called once in a process."""
    from pipelines import runner

    settings = runner.project_settings()
    prepared = runner.outlets(settings)
    runner.prepare(db, (prepared[name] for name in OUTLETS))
    overrides = {**MANNERS, "JARSHY_LOOPBACK": f"127.0.0.1:{port}", "CLOSESPIDER_TIMEOUT": 0}
    results = runner.crawl(list(OUTLETS), db, log_level="WARNING", overrides=overrides)
    for each in results:
        if each.outcome != "ok":
            raise SystemExit(f"{each.outlet}: {each.outcome}, {each.why}")


def road(port: int, db: Path, cores: int | None = None) -> Used:
    """Crawl in a process of its own."""
    return run(["benchmarks.road", "--crawl", str(port), "--db", str(db)], cores=cores)


def bare(port: int, cores: int | None = None, *, parsing: bool = True) -> Used:
    """Crawl by bare Scrapy in a process of its own."""
    return run(["benchmarks.bare", "--port", str(port), *(["--parse"] if parsing else [])], cores=cores)


def asked(port: int) -> dict[str, int]:
    """Give how many requests each host has had."""
    with urlopen(f"http://127.0.0.1:{port}/bench/requests") as told:
        found: dict[str, int] = json.load(told)
    return found


def stored(db: Path) -> int:
    """Count the articles of a store."""
    connection = sqlite3.connect(db)
    count = int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    connection.close()
    return count


def measure(pages: int, rounds: int) -> list[Measure]:
    """Measure the speed."""
    ours: dict[int | None, list[Used]] = {None: [], 1: []}
    theirs: dict[int | None, list[Used]] = {None: [], 1: []}
    again: list[Used] = []
    with tempfile.TemporaryDirectory() as folder, served(pages // len(OUTLETS)) as port:
        for turn in range(rounds):
            for cores in (None, 1):
                db = Path(folder) / f"{turn}-{cores}.db"
                theirs[cores].append(_told("bare", cores, bare(port, cores)))
                ours[cores].append(_told("ours", cores, road(port, db, cores)))
                assert stored(db) == pages, f"{stored(db)} articles of {pages}"
            before = asked(port)
            again.append(_told("ours again", None, road(port, Path(folder) / f"{turn}-None.db")))
            requests = {host: count - before[host] for host, count in asked(port).items() if host in before}
    first, second = (median(each.seconds for each in many) for many in (ours[None], again))
    requests.pop("bench")
    print(f"requests with nothing new: {requests}", file=sys.stderr)

    def ratio(cores: int | None, field: str) -> float:
        them, us = (median(float(getattr(each, field)) for each in many[cores]) for many in (theirs, ours))
        return them / us

    memory = max(each.memory for each in ours[None])
    return [
        Measure(
            f"pages a second, fetch to store / bare Scrapy + BeautifulSoup ({pages} pages)",
            ratio(None, "seconds"),
            at_least=SPEED,
            memory=memory,
        ),
        Measure(
            "… on one core", ratio(1, "seconds"), at_least=SPEED, memory=max(each.memory for each in ours[1])
        ),
        Measure("… by processor time, of all cores", ratio(None, "processor")),
        Measure("a crawl with nothing new / the first", second / first, at_most=AGAIN),
        Measure(
            "requests with nothing new, of an outlet with one listing",
            max(
                requests[outlet.channels[0].host] for outlet in OUTLETS.values() if len(outlet.channels) == 1
            ),
            at_most=REQUESTS,
        ),
    ]


def _told(who: str, cores: int | None, used: Used) -> Used:
    """Say on the way what a run took."""
    told = f"{used.seconds:.1f} s, {used.processor:.1f} s of processor, {used.memory:.0f} MB"
    print(f"{who}, cores: {cores or 'all'}: {told}", file=sys.stderr, flush=True)
    return used


def remembered(pages: int) -> Measure:
    """Measure the memory of ten times as many pages."""
    peaks = []
    for count in (pages, pages * 10):
        with tempfile.TemporaryDirectory() as folder, served(count // len(OUTLETS)) as port:
            used = road(port, Path(folder) / "j.db")
            print(f"{count} pages: {used.memory:.0f} MB, {used.seconds:.0f} s", file=sys.stderr)
            peaks.append(used.memory)
    what = f"memory at {pages * 10} pages / at {pages}"
    return Measure(what, peaks[1] / peaks[0], at_most=MEMORY, memory=peaks[1])


def main() -> int:
    """Print the table; 1 where a limit is not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--memory", action="store_true", help="the memory instead, of --pages and ten times")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    parser.add_argument("--crawl", type=int, metavar="PORT", help=argparse.SUPPRESS)
    parser.add_argument("--db", type=Path, help=argparse.SUPPRESS)
    options: Any = parser.parse_args()
    if options.crawl:
        crawl(options.crawl, options.db)
        return 0
    found = [remembered(options.pages)] if options.memory else measure(options.pages, options.rounds)
    mark = "memory" if options.memory else "road"
    return table(found, mark if options.write else "")


if __name__ == "__main__":
    raise SystemExit(main())

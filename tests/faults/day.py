"""A day of cron, compressed: runs against outlets that fail at random, the clock moved on between them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.sample.server import OUTLETS, SampleServer
from data.sample.web import Resource
from feeds.validate import problems_of_rss
from tests.faults.place import WRONG, Place

STEP = 900  # seconds from run to run
HOSTS = ("www.akorda.kz", "inbusiness.kz")
MOODS = ("well", "well", "well", "down", "no listings", "flaky", "empty")


@dataclass(slots=True)
class Day:
    """What came of a day."""

    codes: Counter[int] = field(default_factory=Counter)
    moods: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    requests: int = 0
    rested: int = 0


def simulate(
    folder: Path, server: SampleServer, *, runs: int, seed: int, names: Sequence[str] = OUTLETS
) -> Day:
    """Do so many runs; after each, nothing may be lost, doubled or renamed, and all feeds are valid.

    Args:
        folder: an empty one.
        server: whose answers are bent while the day lasts.
        runs: at 96 a whole day.
        seed: of the chance that outlets fail by.
        names: outlets to name; none: all of them, and those that fail rest.
    """
    chance = random.Random(seed)
    place, day = Place(folder, server), Day()
    (folder / "disk").mkdir()
    whole, moods = server.answer, dict.fromkeys(HOSTS, "well")
    held: dict[str, str] = {}

    def answer(host: str, target: str) -> Resource:
        mood = moods.get(host.removeprefix("www.") if host not in moods else host, "well")
        listing = "page=" in target or "lastnews" in target
        if mood == "down" or (mood == "flaky" and chance.random() < 0.3):
            raise ConnectionResetError
        if mood == "no listings" and listing:
            return whole("nowhere.kz", target)
        found = whole(host, target)
        if mood == "empty" and listing:
            return Resource(body=b"<html><body>", content_type="text/html", modified=found.modified)
        return found

    server.answer = answer  # type: ignore[method-assign]
    try:
        for number in range(runs):
            if number == runs // 2:
                server.state = 2  # a correction
            for host in moods:
                moods[host] = chance.choice(MOODS)
                day.moods[moods[host]] += 1
            off = number * STEP - (3600 if chance.random() < 0.05 else 0)  # now and then the clock is wrong
            done = place.run(f"clock={off}", outlets=names)
            day.codes[done.returncode] += 1
            day.rested += done.stdout.count(b"event=rest")
            assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
            assert b"Traceback" not in done.stderr, done.stderr.decode()[-2000:]
            held = stands(place, held)
        moods.update(dict.fromkeys(HOSTS, "well"))
        for extra in (24, 48):  # a page that could not be read is asked for again after hours
            place.run(f"clock={runs * STEP + extra * 3600}", outlets=OUTLETS)
            held = stands(place, held)
    finally:
        server.answer = whole  # type: ignore[method-assign]
        server.state = 1
    day.articles, day.requests = len(held), len(server.requests)
    return day


def stands(place: Place, before: dict[str, str]) -> dict[str, str]:
    """Assert that all that was there is there, once, under its GUID; gives what is there now."""
    now = place.guids()
    assert {url: now.get(url) for url in before} == before
    for what, sql in WRONG.items():
        assert place.rows(sql) == [], what
    for name, data in place.feeds().items():
        if name.endswith(".xml") and b"<rss" in data[:500]:
            assert problems_of_rss(data) == [], name
    return now


def told(day: Day) -> dict[str, Any]:
    """Give the figures of a day."""
    return {
        "runs": day.codes.total(),
        "exit codes": dict(sorted(day.codes.items())),
        "moods": dict(sorted(day.moods.items())),
        "outlets left to rest": day.rested,
        "requests": day.requests,
        "articles": day.articles,
    }

"""Servers that misbehave in every way we could think of, one crawl over all of them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.fault import written
from tests.faults.page import PAGE, TABLES
from tests.faults.scenario import OUTLET_TIME, Scenario
from tests.faults.scenarios import BY_HOST, answered
from tests.faults.wire import Server
from tests.road import HOME, environment
from tests.test_faults import rows

WITHIN = 240  # seconds for all of them, on a machine that has other work too
MEMORY = 700  # MB


@dataclass
class Crawled:
    """What one run over all the outlets came to."""

    code: int
    seconds: float
    megabytes: float
    server: Server
    log: str
    outcomes: dict[str, str] = field(default_factory=dict)
    errors: dict[tuple[str, str], str | None] = field(default_factory=dict)  # (outlet, path)
    stored: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    db = tmp_path_factory.mktemp("servers") / "j.db"
    with Server(answered) as server:
        started = time.monotonic()
        log = db.with_suffix(".log")
        with log.open("wb") as stream:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "tests.faults.program", "crawl", "--db", str(db)],
                cwd=HOME, env=environment(server.port), stdout=stream, stderr=stream,
            )  # fmt: skip
            done = awaited(process, WITHIN)
        yield _read(done, time.monotonic() - started, server, log, db)


def awaited(process: subprocess.Popen[bytes], within: float) -> tuple[int, float]:
    """Give the exit code and the most memory (MB), of a process that may not live longer than `within`."""
    until = time.monotonic() + within
    peak = 0.0
    while time.monotonic() < until:
        code = process.poll()
        if code is not None:
            return code, peak
        peak = max(peak, _peak(process.pid))
        time.sleep(0.1)
    process.kill()
    process.wait()
    raise AssertionError(f"not done within {within} s")


def _peak(pid: int) -> float:
    """The most memory a process has held so far, in MB; its `ru_maxrss` would count what its parent held."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:  # it has just ended, or this system has no /proc
        return 0.0
    held = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(held.split()[1]) / 1024


def _read(done: tuple[int, float], seconds: float, server: Server, log: Path, db: Path) -> Crawled:
    found = Crawled(done[0], seconds, done[1], server, log.read_text(encoding="utf-8"))
    found.outcomes = dict(rows(db, "SELECT outlet, outcome FROM crawls"))
    fetched = "SELECT outlet, url, error FROM fetches JOIN crawls ON crawls.id = crawl_id ORDER BY fetches.id"
    for outlet, url, error in rows(db, fetched):
        found.errors[outlet, url.partition(".example.kz")[2]] = error
    for outlet, url in rows(db, "SELECT outlet, url FROM articles"):
        found.stored[outlet].add(url.partition(".example.kz")[2])
    return found


def test_the_run_ends_within_its_time_and_memory(crawled: Crawled) -> None:
    assert crawled.code == 1
    assert crawled.seconds < WITHIN
    assert crawled.megabytes < MEMORY
    assert crawled.outcomes.keys() == {each.fault.name for each in BY_HOST.values()}
    assert OUTLET_TIME < WITHIN


@pytest.mark.parametrize("scenario", [pytest.param(each, id=each.fault.name) for each in BY_HOST.values()])
def test_what_becomes_of_an_outlet(scenario: Scenario, crawled: Crawled) -> None:
    name = scenario.fault.name
    at = scenario.told_at or scenario.at
    error = crawled.errors.get((name, at))
    told = f"{name}: {crawled.outcomes[name]}, told of {at}: {error}"
    if scenario.error is None:
        assert error is None, told
    else:
        assert re.search(scenario.error, error or ""), told
    assert crawled.outcomes[name] == scenario.outcome, told
    assert ("/a/good" in crawled.stored[name]) is scenario.good, told


def test_nothing_beside_the_outlets_is_asked(crawled: Crawled) -> None:
    asked = {host for host, _ in crawled.server.asked}
    assert asked <= BY_HOST.keys()
    paths = {path for _, path in crawled.server.asked}
    assert not paths & {"/a/1", "/a/2", "/a/3", "/a/4", "/5", "/6", "/a/secret", "/latest/meta-data/"}
    assert crawled.server.asked["map-itself.example.kz", "/feed?199"] <= 1
    assert sum(n for (host, _), n in crawled.server.asked.items() if host.startswith("map-itself")) < 10


def test_no_request_says_more_than_it_must(crawled: Crawled) -> None:
    for head in crawled.server.heads:
        names = {line.partition(b":")[0].strip().lower() for line in head.split(b"\r\n")[1:]}
        assert not names & {b"cookie", b"referer", b"authorization"}
        assert b"accept-encoding: gzip, deflate\r\n" in head.lower()


def test_no_control_character_comes_into_the_log(crawled: Crawled) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", crawled.log)


def test_the_page_of_faults_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(TABLES), "run: python -m tests.faults.page"
    assert len(BY_HOST) > 60

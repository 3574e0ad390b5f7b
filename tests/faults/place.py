"""A place to do harm in: a store with a first crawl in it, its feeds, the outlets, the program."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from lxml import etree

from data.sample.server import SampleServer
from tests.road import HOME, environment, jarshy

OUTLET = "akorda"
ARTICLES = 24  # of that outlet
FIRST = 6  # of them that the place begins with
WRONG = {
    "an article doubled": "SELECT canonical_url FROM articles GROUP BY 1 HAVING count(*) > 1",
    "a GUID doubled": "SELECT guid FROM articles GROUP BY 1 HAVING count(*) > 1",
    "an article without a story": (
        "SELECT id FROM articles WHERE folded_into IS NULL "
        "AND id NOT IN (SELECT article_id FROM story_members)"
    ),
    "a key that leads nowhere": "PRAGMA foreign_key_check",
    "a crawl without an end": "SELECT id FROM crawls WHERE outcome IS NULL",
}


class Place:
    """A folder with a store and feeds of `FIRST` articles; the outlets' server is somebody else's."""

    def __init__(self, folder: Path, server: SampleServer) -> None:
        self.folder = folder
        self.server = server
        self.db = folder / "disk" / "j.db"
        self.out = folder / "disk" / "out"

    def command(self, *hooks: str, verb: str = "run", outlets: Sequence[str] = (OUTLET,)) -> list[str]:
        """Give the program's command, in a world changed by these hooks (`tests.faults.hooked`)."""
        started = ["-m", "tests.faults.hooked", *hooks, "--"] if hooks else ["-m", "cli"]
        where = ["--db", str(self.db), *(["--out", str(self.out)] if verb == "run" else [])]
        return [sys.executable, *started, verb, *outlets, *where]

    def environment(self, *, loopback: bool = True, **changed: str | None) -> dict[str, str]:
        """Give the environment of a child; a variable that is None is not in it."""
        found = {**environment(self.server.port if loopback else None), "PYTHONPATH": str(HOME)}
        return {key: value for key, value in {**found, **changed}.items() if value is not None}

    def run(
        self,
        *hooks: str,
        env: Mapping[str, str] | None = None,
        out: int | IO[bytes] | None = None,
        outlets: Sequence[str] = (OUTLET,),
    ) -> subprocess.CompletedProcess[bytes]:
        """Run to the end."""
        return subprocess.run(  # noqa: S603
            self.command(*hooks, outlets=outlets),
            cwd=HOME,
            env=dict(env or self.environment()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if out is None else out,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )

    @contextmanager
    def running(self, *hooks: str, loopback: bool = True) -> Iterator[subprocess.Popen[bytes]]:
        """Start it; what is left of it at the end is killed."""
        with subprocess.Popen(  # noqa: S603
            self.command(*hooks),
            cwd=HOME,
            env=self.environment(loopback=loopback),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as child:
            try:
                yield child
            finally:
                child.kill()

    def wait_for_requests(self, child: subprocess.Popen[bytes], more: int) -> None:
        """Wait until the program has asked for so many pages more."""
        goal, deadline = len(self.server.requests) + more, time.monotonic() + 60
        while len(self.server.requests) < goal and child.poll() is None:
            assert time.monotonic() < deadline, "the crawl asked for nothing"
            time.sleep(0.005)

    def feeds(self) -> dict[str, bytes]:
        """Give every file of the digest; the feed of the outlets' health tells of the fault itself."""
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in self.out.rglob("*")
            if path.is_file() and not path.name.startswith(".") and path.name != "health.xml"
        }

    def guids(self) -> dict[str, str]:
        """Give the GUID of every article by its address."""
        return dict(self.rows("SELECT canonical_url, guid FROM articles"))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"{self.db.as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def comes_back(self, guids: Mapping[str, str]) -> None:
        """The next run completes, and all is there."""
        done = self.run()
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        self.is_whole(guids)

    def is_whole(self, guids: Mapping[str, str]) -> None:
        """All articles, each once, under the GUIDs they had, in feeds that parse."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        for what, sql in WRONG.items():
            assert self.rows(sql) == [], what
        now = self.guids()
        assert len(now) == ARTICLES
        assert {url: now[url] for url in guids} == dict(guids)
        items = etree.parse(self.out / "digest.xml").findall(".//item/guid")
        assert len({item.text for item in items}) == len(items) > 0


def stopped(child: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Tell a program to stop; give its exit code and the seconds it took."""
    begun = time.monotonic()
    child.send_signal(signal.SIGTERM)
    return child.wait(timeout=30), time.monotonic() - begun


def prepared(folder: Path, server: SampleServer) -> None:
    """Make what every place begins with, in `folder`."""
    where = ("--db", folder / "j.db", "--out", folder / "out")
    jarshy("run", OUTLET, "--limit", str(FIRST), *where, port=server.port)


@contextmanager
def disk(place: Place, size: str = "64m") -> Iterator[Path]:
    """Put the place on a file system of its own, in memory, so that it can be full or read-only.

    Raises:
        PermissionError: This user may mount nothing.
    """
    home = place.folder / "disk"
    if os.geteuid() != 0:
        raise PermissionError("only root mounts file systems")
    beside = place.folder / "beside"
    home.rename(beside)
    home.mkdir()
    _mount("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(home))
    try:
        shutil.copytree(beside, home, dirs_exist_ok=True)
        yield home
    finally:
        _mount("umount", "-l", str(home))


def remount(home: Path, options: str) -> None:
    """Change the file system of a place: "ro", "rw", "size=8m"."""
    _mount("mount", "-o", f"remount,{options}", str(home))


def _mount(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise PermissionError(done.stderr.decode())

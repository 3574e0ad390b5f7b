"""Faults of the machine and its operator, done to the real program; each says what must come of it.

`test_process` does them all; `python -m tests.faults.page` writes them into docs/reliability.md.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.faults.place import ARTICLES, Place, disk, remount, stopped
from tests.road import HOME

WITHIN = 10.0  # seconds from being told to stop


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong. `does` gives the exit code of the run; it asserts what else it must."""

    name: str
    comes: str  # what comes of it, for the table
    codes: tuple[int, ...]  # those that are right
    does: Callable[[Place], int]
    publishes: bool  # whether the run may write feeds; else the old ones stand

    @property
    def harmless(self) -> bool:
        """Whether the very run completes."""
        return self.codes == (0,) and "clock" not in self.name


FAULTS: dict[str, Fault] = {}


def fault(
    name: str, comes: str, *codes: int, publishes: bool = False
) -> Callable[[Callable[[Place], int]], Callable[[Place], int]]:
    def noted(does: Callable[[Place], int]) -> Callable[[Place], int]:
        FAULTS[does.__name__] = Fault(name, comes, codes, does, publishes)
        return does

    return noted


@contextmanager
def locked(place: Place, begin: str) -> Iterator[sqlite3.Connection]:
    """Be an analyst who forgets to close a transaction."""
    connection = sqlite3.connect(place.db, isolation_level=None)
    try:
        connection.execute(begin)
        connection.execute("SELECT count(*) FROM articles").fetchone()
        yield connection
    finally:
        connection.close()


@fault("SIGTERM in the midst of a crawl", "ends within 10 s, what came is kept", 75, 0)
def told_to_stop(place: Place) -> int:
    with place.running() as child:
        place.wait_for_requests(child, 8)
        code, seconds = stopped(child)
    assert seconds < WITHIN
    assert place.rows("SELECT count(*) FROM crawls WHERE outcome IS NULL") == [(0,)]
    return code


@fault("SIGTERM while the name server does not answer", "ends within 10 s", 75)
def told_to_stop_while_names_hang(place: Place) -> int:
    with place.running("names-hang", loopback=False) as child:
        time.sleep(3)
        code, seconds = stopped(child)
    assert seconds < WITHIN
    return code


@fault("SIGTERM while an analyst has the store locked", "ends within 10 s", 75)
def told_to_stop_while_locked(place: Place) -> int:
    with place.running() as child:
        place.wait_for_requests(child, 5)
        with locked(place, "BEGIN EXCLUSIVE"):
            time.sleep(0.5)
            code, seconds = stopped(child)
    assert seconds < WITHIN
    return code


@fault("SIGKILL in the midst of a crawl", "what was stored stands", -signal.SIGKILL)
def killed(place: Place) -> int:
    with place.running() as child:
        place.wait_for_requests(child, 8)
        child.kill()
        return child.wait(timeout=30)


@fault(
    "a page kills the process that reads it",
    "lost alone, and counted; asked for again in hours",
    0,
    publishes=True,
)
def reader_killed(place: Place) -> int:
    return _reader_lost(place, "reader-dies")


@fault(
    "a page holds up the process that reads it",
    "lost alone, and counted; asked for again in hours",
    0,
    publishes=True,
)
def reader_held_up(place: Place) -> int:
    return _reader_lost(place, "reader-hangs")


def _reader_lost(place: Place, hook: str) -> int:
    done = place.run(hook)
    assert b"event=extraction_error" in done.stderr
    lost = "SELECT outlet, field, why FROM v_problems WHERE url LIKE '%-483750' AND field = 'extraction'"
    assert place.rows(lost) == [("akorda", "extraction", "ReaderEnded while it was read")]
    assert place.rows("SELECT count(*) FROM articles") == [(ARTICLES - 1,)]
    again = [*place.command("clock=+25200"), "--since", "2000-01-01"]  # in seven hours, listings read anew
    subprocess.run(again, cwd=HOME, env=place.environment(), capture_output=True, timeout=120, check=True)  # noqa: S603
    return done.returncode


@fault("SIGTERM while a page is read that never ends", "ends within 10 s, what came is kept", 75)
def told_to_stop_while_reading(place: Place) -> int:
    with place.running("reader-hangs=600") as child:
        place.wait_for_requests(child, 20)
        time.sleep(1)
        code, seconds = stopped(child)
    assert seconds < WITHIN
    return code


@fault("the disk is full", "said once an outlet; what was stored stands", 3)
def full_disk(place: Place) -> int:
    with _full(place) as (env, limit):
        done = subprocess.run(  # noqa: S603
            place.command(), cwd=HOME, env=env, capture_output=True, timeout=120, check=False,
            preexec_fn=limit,
        )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert b"full" in done.stderr or b"could not be written" in done.stderr or b"I/O" in done.stderr
    return done.returncode


@fault("the disk is read-only", "nothing is asked for", 3)
def read_only_disk(place: Place) -> int:
    before = len(place.server.requests)
    with disk(place) as home:
        remount(home, "ro")
        done = place.run()
        assert b"Read-only" in done.stderr
        assert not [path for path in home.rglob("*") if path.name.endswith("-journal")]
    _put_back(place)
    assert len(place.server.requests) == before
    return done.returncode


@fault("an analyst reads for the whole run", "nothing is held up", 0, publishes=True)
def long_read(place: Place) -> int:
    with locked(place, "BEGIN") as reader:
        code = place.run().returncode
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (6,)  # the state of its begin
    return code


@fault("an analyst locks the store for a while", "waited for, up to 30 s", 0, publishes=True)
def locked_for_a_while(place: Place) -> int:
    with place.running() as child:
        place.wait_for_requests(child, 5)
        with locked(place, "BEGIN IMMEDIATE"):
            time.sleep(3)
        return child.wait(timeout=60)


@fault("an analyst locks the store and forgets it", "said; nothing is asked for", 75)
def locked_for_good(place: Place) -> int:
    before = len(place.server.requests)
    with locked(place, "BEGIN EXCLUSIVE"):
        done = place.run("impatient")
    assert b"another program has the store locked" in done.stderr
    assert len(place.server.requests) == before
    return done.returncode


@fault("another run is at work", "says who", 75)
def second_run(place: Place) -> int:
    from pipelines.store import hold, lock_path

    with hold(lock_path(place.db)):
        done = place.run()
    assert f"pid {os.getpid()} since".encode() in done.stderr
    return done.returncode


@fault("the database is damaged", "said, with what to do; the copy is put back", 3)
def damaged(place: Place) -> int:
    good = place.db.read_bytes()
    with place.db.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (len(good) - 16384))
    done = place.run()
    assert b"jarshy check" in done.stderr
    assert b"Traceback" not in done.stderr
    place.db.write_bytes(good)
    for name in ("j.db-wal", "j.db-shm"):
        place.db.with_name(name).unlink(missing_ok=True)
    return done.returncode


@fault("the database is a newer Jarshy's", "refused, untouched", 3)
def newer_schema(place: Place) -> int:
    good = place.db.read_bytes()
    connection = sqlite3.connect(place.db)
    with connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('jarshy', '9999_x', '')"
        )
    connection.close()
    done = place.run()
    assert b"newer Jarshy" in done.stderr
    place.db.write_bytes(good)
    return done.returncode


@fault("the clock is a year behind", "crawls as ever", 0, publishes=True)
def clock_behind(place: Place) -> int:
    return place.run(f"clock={-365 * 86400}").returncode


@fault(
    "the clock is ten years ahead",
    "crawls as ever; set right, new stories still come first",
    0,
    publishes=True,
)
def clock_ahead(place: Place) -> int:
    return place.run(f"clock={3650 * 86400}").returncode


@fault("the clock jumps back an hour in the midst of a crawl", "nothing is lost", 0, publishes=True)
def clock_jumps_back(place: Place) -> int:
    code = place.run("jump=-3600").returncode
    assert place.rows("SELECT count(*) FROM crawls WHERE ended_at < started_at") == [(0,)]
    return code


@fault("the clock jumps ahead a day in the midst of a crawl", "nothing is lost", 0, publishes=True)
def clock_jumps_ahead(place: Place) -> int:
    return place.run("jump=86400").returncode


@fault("the network drops in the midst of a crawl", "the outlet failed; what came is kept", 1, publishes=True)
def network_drops(place: Place) -> int:
    answer, served = place.server.answer, len(place.server.requests)

    def dropping(host: str, target: str) -> object:
        if len(place.server.requests) - served > 10:
            raise ConnectionResetError
        return answer(host, target)

    place.server.answer = dropping  # type: ignore[method-assign,assignment]
    try:
        return place.run().returncode
    finally:
        place.server.answer = answer  # type: ignore[method-assign]


@fault("no name resolves", "the outlet failed; the feeds stand", 1)
def names_fail(place: Place) -> int:
    return place.run("names-fail", env=place.environment(loopback=False)).returncode


@fault("the folder of the feeds cannot be written", "the articles are kept", 3)
def feeds_not_writable(place: Place) -> int:
    aside = place.out.with_name("aside")
    place.out.rename(aside)
    place.out.write_bytes(b"")
    done = place.run()
    place.out.unlink()
    aside.rename(place.out)
    assert b"the last one stands" in done.stderr
    return done.returncode


@fault("no HOME, nothing in the environment", "as ever", 0, publishes=True)
def no_environment(place: Place) -> int:
    keep = ("PYTHONPATH", "JARSHY_LOOPBACK")
    env = {key: value for key, value in place.environment().items() if key in keep}
    return place.run(env=env).returncode


@fault("standard input, output and error are closed", "as ever", 0, publishes=True)
def closed_streams(place: Place) -> int:
    def close() -> None:
        for number in (0, 1, 2):
            os.close(number)

    return subprocess.run(  # noqa: S603
        place.command(), cwd=HOME, env=place.environment(), timeout=120, check=False, preexec_fn=close
    ).returncode  # fmt: skip


@fault("standard output goes to a full disk", "the words are lost, the digest is not", 0, publishes=True)
def full_output(place: Place) -> int:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        return place.run(out=full).returncode


@fault("the reader of standard output has gone", "the words are lost, the digest is not", 0, publishes=True)
def reader_gone(place: Place) -> int:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return place.run(out=writing).returncode
    finally:
        os.close(writing)


@fault("the locale is C, without UTF-8", "as ever", 0, publishes=True)
def locale_c(place: Place) -> int:
    env = place.environment(
        LC_ALL="C", LANG=None, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", TZ="Nowhere/At_all"
    )
    return place.run(env=env).returncode


@fault("the system has no table of time zones", "the package's own is used", 0, publishes=True)
def no_zones(place: Place) -> int:
    return place.run("no-zones").returncode


@contextmanager
def _full(place: Place) -> Iterator[tuple[dict[str, str], Callable[[], None] | None]]:
    """A disk with no room for a whole crawl: a real one for root, else a bound on every file's size."""
    size = place.db.stat().st_size
    try:
        with disk(place) as home:
            used = sum(path.stat().st_blocks * 512 for path in home.rglob("*") if path.is_file())
            remount(home, f"size={used + 300_000}")
            try:
                yield place.environment(), None
            finally:
                remount(home, "size=64m")
                _copy_back(place)
    except PermissionError:
        bound = size + 40_000

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (bound, bound))

        yield place.environment(), limit
    else:
        _put_back(place)


def _copy_back(place: Place) -> None:
    """Keep what is on the disk of memory for after it."""
    import shutil

    kept = place.folder / "kept"
    shutil.copytree(place.folder / "disk", kept)


def _put_back(place: Place) -> None:
    """Move the place to the ordinary disk again."""
    home = place.folder / "disk"
    home.rmdir()
    kept = place.folder / "kept"
    (kept if kept.exists() else place.folder / "beside").rename(home)

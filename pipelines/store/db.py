"""The connection: how the file is opened, and how times and texts stand in it."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from pipelines.store import copies, migrations

SQLITE_NEEDED = (3, 37)
BUSY_SECONDS = 30.0  # how long a writer waits for another before "database is locked"
BUSY_AT_ONCE = 0.2  # … of these in SQLite's own hands, where no signal is heard
_BUSY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
INTEGERS = range(-(2**63), 2**63)  # what SQLite holds

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL ends a text in most tools; lone surrogates are no UTF-8

T = TypeVar("T")


def open_database(path: Path, *, readonly: bool = False, patience: float = BUSY_SECONDS) -> Database:
    """Open the store's file, making it and its folder and bringing its schema up to date unless `readonly`.

    Foreign keys are enforced, the journal is a WAL (a long read never stops a crawl), a commit survives a
    crash of the process (synchronous NORMAL), and a lock of another program's is waited for
    (`patience` seconds; see `patiently`). Before an older schema is changed, the file is copied beside
    itself, as `jarshy.db.before-0006_health`; what cannot be copied is not changed.

    Raises:
        RuntimeError: Python's SQLite is older than SQLITE_NEEDED.
        FileNotFoundError: `readonly`, and there is no such file.
        SchemaMismatch: The file is newer than this code, another program's, or (`readonly`) not yet migrated.
        sqlite3.Error: The file is no database, or cannot be opened.
    """
    if sqlite3.sqlite_version_info < SQLITE_NEEDED:
        needed = ".".join(map(str, SQLITE_NEEDED))
        raise RuntimeError(
            f"this Python has SQLite {sqlite3.sqlite_version}; strict tables need {needed} or later"
        )
    if readonly and not path.is_file():
        raise FileNotFoundError(f"no database at {path}")
    if not readonly:
        path.parent.mkdir(parents=True, exist_ok=True)
    mode = "ro" if readonly else "rwc"
    return patiently(lambda: _opened(path, mode, readonly=readonly), patience)


def _opened(path: Path, mode: str, *, readonly: bool) -> Database:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_AT_ONCE)
    db = Database(connection)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        if readonly:
            migrations.check(db)
            if lacking := migrations.pending(db):
                raise migrations.SchemaMismatch(
                    f"the database at {path} lacks {', '.join(lacking)}: open it once for writing"
                )
            return db
        migrations.check(db)  # before the first write to somebody else's file
        db.enable_wal()
        db.execute("PRAGMA synchronous = NORMAL")
        if migrations.started(db) and (lacking := migrations.pending(db)):
            copies.copy(path, path.with_name(f"{path.name}.before-{lacking[0]}"))
        migrations.migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def to_text(moment: datetime) -> str:
    """Write an aware time as the store does: UTC, whole seconds, "2026-11-25T09:00:00Z".

    Raises:
        ValueError: The time is naive.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {moment!r}")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def from_text(text: str) -> datetime:
    """Read a time that `to_text` wrote: aware, in UTC."""
    return datetime.fromisoformat(text)


def maybe_from_text(text: str | None) -> datetime | None:
    """Read a time that may be absent."""
    return None if text is None else from_text(text)


def storable(value: T) -> T:
    """Give an item with every text made storable: NUL and lone surrogates become U+FFFD, all the way down."""
    return _storable(value)  # type: ignore[return-value]


def _storable(value: object) -> object:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, tuple):
        return tuple(_storable(each) for each in value)
    if isinstance(value, Mapping):
        return {_storable(key): _storable(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            name: new
            for name, old in ((field.name, getattr(value, field.name)) for field in fields(value))
            if (new := _storable(old)) != old
        }
        return replace(value, **changed) if changed else value
    return value


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether an error means that another connection has the file locked: it passes."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _BUSY  # the low byte is the primary code


def patiently(work: Callable[[], T], seconds: float = BUSY_SECONDS) -> T:
    """Do what may find the file locked, again and again for so long; it must begin with taking the lock.

    SQLite would wait by itself, but deaf to signals: a run that is told to stop must stop within seconds.

    Raises:
        sqlite3.Error: As `work` does; "database is locked" when the time is over.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() >= deadline:
                raise
        time.sleep(0.05)


@contextmanager
def writing(db: Database, seconds: float = BUSY_SECONDS) -> Iterator[None]:
    """One transaction (nested: a savepoint) that holds the write lock from its start.

    The lock is waited for `seconds`; 0 asks once.

    A plain BEGIN takes the lock with the first write; by then, if another process wrote after our first read,
    SQLite fails at once instead of waiting. A statement that changes nothing takes it first.
    """
    with db.atomic():
        patiently(lambda: db.execute("UPDATE stories SET id = id WHERE 0"), seconds)
        yield

"""The connection: how the file is opened, and how times and texts stand in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from pipelines.store import migrations

SQLITE_NEEDED = (3, 37)
BUSY_SECONDS = 30.0  # how long a writer waits for another before "database is locked"
INTEGERS = range(-(2**63), 2**63)  # what SQLite holds

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL ends a text in most tools; lone surrogates are no UTF-8

T = TypeVar("T")


def open_database(path: Path, *, readonly: bool = False) -> Database:
    """Open the store's file, making it and its folder and bringing its schema up to date unless `readonly`.

    Foreign keys are enforced, the journal is a WAL (a long read never stops a crawl), a commit survives a
    crash of the process (synchronous NORMAL), and a second writer waits BUSY_SECONDS.

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
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS)
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


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction (nested: a savepoint) that holds the write lock from its start.

    A plain BEGIN takes the lock with the first write; by then, if another process wrote after our first read,
    SQLite fails at once instead of waiting. A statement that changes nothing takes it first.
    """
    with db.atomic():
        db.execute("UPDATE stories SET id = id WHERE 0")
        yield

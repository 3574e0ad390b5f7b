"""Copies of the file, made while others use it, and checked before they bear their name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

PAGES_AT_ONCE = 2000  # of a copy, between two looks at the world
_MODE = 0o600  # a copy holds what the outlets' terms keep from others


def copy(source: Path, target: Path) -> None:
    """Copy a database while others use it (SQLite's online backup), check the copy, then give it its name.

    Raises:
        FileNotFoundError: There is no database at `source`.
        sqlite3.Error: It cannot be read, or the copy is not whole.
        OSError: The copy cannot be written.
    """
    if not source.is_file():
        raise FileNotFoundError(f"no database at {source}")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_EXCL, _MODE))
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as held,
            closing(sqlite3.connect(beside)) as made,
        ):
            held.backup(made, pages=PAGES_AT_ONCE)
            made.execute("PRAGMA journal_mode = DELETE")  # one file, which may lie on a read-only disk
            if wrong := list(faults(made)):
                raise sqlite3.DatabaseError(f"the copy is not whole: {wrong[0]}")
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell what is wrong with the file itself: its pages, its indexes, its foreign keys."""
    for (told,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if told != "ok":
            yield str(told)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(20):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"

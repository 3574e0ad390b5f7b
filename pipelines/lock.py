"""One writer at a time: an advisory lock beside the database, released by the kernel when its holder ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


class Locked(RuntimeError):  # noqa: N818 - reads as what it is: `except Locked`
    """Another process holds the lock. `holder` is what it wrote there: its pid and start, or ""."""

    def __init__(self, path: Path, holder: str) -> None:
        self.path = path
        self.holder = holder
        super().__init__(f"{path} is held by {holder or 'another process'}")


def lock_path(database: Path) -> Path:
    """Give the lock file that lies beside a database."""
    return database.with_name(database.name + ".lock")


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock file `path` (made if missing, never removed: removal would let two holders in).

    While held it contains "pid 123 since 2026-11-25T09:00:00Z"; afterwards it is empty.

    Raises:
        Locked: Another process, or another `hold` in this one, has it.
        OSError: The file cannot be opened.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
            raise Locked(path, holder) from None
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"pid {os.getpid()} since {since}\n".encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)

"""Work that must be alone with the store.

A run that finds it held is over at once: the store's modules are loaded once the lock is had.
"""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from feeds.verbs.answer import LATER, NOTHING, say
from pipelines.lock import Locked, hold, lock_path


def locked(options: Namespace, work: Callable[[Namespace], int]) -> int:
    """Work while holding the store of `options.db`, or say who does; gives the exit code."""
    with ExitStack() as stack:
        try:
            options.db.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(hold(lock_path(options.db)))
        except Locked as error:
            return say(
                LATER, f"another run is at work: {error.holder or 'unknown'}. Try again when it is done."
            )
        except OSError as error:
            return say(NOTHING, f"{options.db.parent}: {error.strerror}. Choose another place with --db.")
        from pipelines.store import SchemaMismatch

        try:
            return work(options)
        except SchemaMismatch as error:
            return say(NOTHING, f"{options.db}: {error}")
        except sqlite3.Error as error:
            return trouble(options.db, error)


def trouble(db: Path, error: Exception) -> int:
    """Say what keeps the store from being used, and what to do; gives the exit code."""
    from pipelines.store import is_busy

    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code
    if isinstance(error, sqlite3.Error) and is_busy(error):
        return say(LATER, f"{db}: another program has the store locked. Try again when it has let go.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        todo = f"Look with: jarshy check --db {db}. What to do then is in docs/operating.md, under Restore."
    elif code == sqlite3.SQLITE_FULL:
        todo = "Make room; what was stored before stands, and the next run goes on from there."
    elif code == sqlite3.SQLITE_READONLY:
        todo = "The file, its folder or its disk may not be written; see docs/operating.md."
    else:
        todo = "Is the disk full, or the file no database of Jarshy's?"
    return say(NOTHING, f"{db}: {error}. {todo}")

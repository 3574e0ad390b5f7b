"""The verbs of the store's upkeep: `backup`, `check`, `prune`."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from feeds import inspect
from feeds.console import told_of
from feeds.verbs.answer import FAILED, NOTHING, OK, no_store, say
from feeds.verbs.locked import locked, trouble
from pipelines.store import SchemaMismatch, copies, upkeep

_STAMP = "%Y%m%dT%H%M%SZ"


def backup(options: Namespace) -> int:
    """Copy the store of `options.db` to `options.file`, checked; keep the newest `options.keep`."""
    if not options.db.exists():
        return no_store(options)
    target: Path = options.file or options.db.parent / "backups" / _name(options.db, datetime.now(UTC))
    try:
        copies.copy(options.db, target)
        told_of("backup", file=target, bytes=target.stat().st_size)
        if options.file is None and options.keep:
            for old in sorted(target.parent.glob(f"{options.db.stem}-????????T??????Z.db"))[: -options.keep]:
                old.unlink()
                told_of("backup_removed", file=old)
    except sqlite3.Error as error:
        return trouble(options.db, error)
    except OSError as error:
        return say(NOTHING, f"{target}: {error.strerror}; no copy was made.")
    return OK


def check(options: Namespace) -> int:
    """Say what is wrong with the store and the feeds, and what to do; FAILED where anything is."""
    if not options.db.exists():
        return no_store(options)
    try:
        wrong = upkeep.inspect(options.db)
        guids = upkeep.story_guids(options.db) if not wrong else frozenset()
    except SchemaMismatch as error:
        return say(NOTHING, str(error))
    except sqlite3.Error as error:
        if trouble(options.db, error) != NOTHING:
            return say(NOTHING, "nothing was checked.")
        wrong, guids = [str(error)], frozenset()
    for each in wrong:
        told_of("wrong", what="store", why=each)
    if wrong:
        return say(
            FAILED, "put back the last good copy (docs/operating.md, Restore); the feeds stand as they are."
        )
    stale = inspect.problems(options.out, guids, datetime.now(UTC))
    for each in stale:
        told_of("wrong", what="feed", why=each)
    if stale:
        hint = f"remove what is wrong and write it anew: jarshy digest --db {options.db} --out {options.out}"
        if any(each.startswith("history/") for each in stale):
            hint += "; an archive is written again only with all of its folder below history/ removed"
        return say(FAILED, hint)
    told_of("check", store="ok", feeds="ok")
    return OK


def prune(options: Namespace) -> int:
    """Let go of what is older than `options.before`; with `options.dry_run` only say what would go."""
    return locked(options, _pruned) if options.db.exists() else no_store(options)


def _pruned(options: Namespace) -> int:
    before = datetime.fromisoformat(options.before).replace(tzinfo=UTC)
    counted = upkeep.prune(options.db, before, dry=options.dry_run)
    told_of("would_prune" if options.dry_run else "prune", before=options.before, **counted)
    return OK


def _name(db: Path, now: datetime) -> str:
    return f"{db.stem}-{now.strftime(_STAMP)}.db"

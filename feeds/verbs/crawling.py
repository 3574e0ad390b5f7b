"""The verbs that crawl: `crawl`, and `run`, which writes the digest too."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from collections.abc import Iterable

from feeds.console import Board
from feeds.verbs.answer import FAILED, LATER, NOTHING, OK, USAGE, say
from feeds.verbs.locked import locked
from feeds.verbs.publishing import digest
from pipelines import runner
from pipelines.runner import Crawled


def crawl(options: Namespace) -> int:
    """Crawl the outlets of `options` into its store."""
    return locked(options, _crawled)


def run(options: Namespace) -> int:
    """Crawl, then write the digest: in one hold of the store, so that no other run comes between."""

    def both(options: Namespace) -> int:
        code = _crawled(options)
        if code in (USAGE, NOTHING):
            return code
        published = digest(options)
        return code if published == OK else published

    return locked(options, both)


def _crawled(options: Namespace) -> int:
    prepared = runner.outlets()
    unknown = [name for name in options.outlets if name not in prepared]
    if unknown:
        return say(USAGE, f"no outlet is called {', '.join(unknown)}; there are {', '.join(prepared)}.")
    names = list(dict.fromkeys(options.outlets)) or list(prepared)
    try:
        runner.prepare(options.db, prepared.values())
    except (sqlite3.Error, OSError) as error:
        return say(NOTHING, f"{options.db}: {error}. Is the disk full, or the file no database of Jarshy's?")
    bounds = {
        key: str(value) for key in ("limit", "since", "until") if (value := getattr(options, key, None))
    }
    with Board(names) as board:
        results = runner.crawl(
            names, options.db, bounds=bounds, log_level=board.log_level, progress=board.progress
        )
        board.finish(results)
    return _code(results)


def _code(results: Iterable[Crawled]) -> int:
    found = list(results)
    if any(result.store_failed for result in found):
        return say(NOTHING, "the store could not be written; what was stored before stands. See the log.")
    outcomes = {result.outcome for result in found}
    return FAILED if "failed" in outcomes else LATER if "interrupted" in outcomes else OK

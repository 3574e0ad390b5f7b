"""The verbs that crawl: `crawl`, and `run`, which writes the digest too."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from feeds.console import Board, told_of
from feeds.verbs.answer import FAILED, LATER, NOTHING, OK, USAGE, say
from feeds.verbs.locked import locked
from feeds.verbs.publishing import digest
from pipelines import replay, runner
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
    archive: list[Path] = getattr(options, "archive", None) or []
    settings = runner.project_settings()
    prepared = runner.outlets(settings)
    unknown = [name for name in options.outlets if name not in prepared]
    if unknown:
        return say(USAGE, f"no outlet is called {', '.join(unknown)}; there are {', '.join(prepared)}.")
    names = list(dict.fromkeys(options.outlets)) or list(prepared)
    archives = replay.archives_of(options.db)
    overrides: dict[str, Any] = {}
    waiting: Mapping[str, int] = {}
    try:
        runner.prepare(options.db, prepared.values())
    except (sqlite3.Error, OSError) as error:
        return say(NOTHING, f"{options.db}: {error}. Is the disk full, or the file no database of Jarshy's?")
    bounds = {
        key: str(value) for key in ("limit", "since", "until") if (value := getattr(options, key, None))
    }
    if archive:
        try:
            found = replay.survey(archive, {name: prepared[name] for name in names}, options.db, archives)
        except OSError as error:
            return say(USAGE, f"{error.filename}: {error.strerror}. Give WARC or WACZ files.")
        overrides = replay.replaying(found, archives, settings)
        waiting = found.waiting
        names = [name for name in names if waiting.get(name)]
        told_of("survey", files=len(found.files), articles=sum(waiting.values()), damaged=found.damaged)
        if not names:
            return say(OK, "there is no article in it of these outlets that is not stored from it already.")
    elif getattr(options, "record", False):
        overrides = replay.recording(archives, settings)
    with Board(names, waiting) as board:
        results = runner.crawl(
            names,
            options.db,
            bounds=bounds,
            log_level=board.log_level,
            progress=board.progress,
            overrides=overrides,
        )
        board.finish(results)
    return _code(results)


def _code(results: Iterable[Crawled]) -> int:
    found = list(results)
    if any(result.store_failed for result in found):
        return say(NOTHING, "the store could not be written; what was stored before stands. See the log.")
    outcomes = {result.outcome for result in found}
    return FAILED if "failed" in outcomes else LATER if "interrupted" in outcomes else OK

"""What the verbs that crawl do, once the store is theirs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feeds.console import Board, told_of
from feeds.verbs.answer import FAILED, LATER, NOTHING, OK, USAGE, say
from feeds.verbs.health import look_after, write_feed
from feeds.verbs.publishing import digest
from pipelines import replay, runner
from pipelines.outcome import TOLD_TO_STOP
from pipelines.runner import Crawled
from pipelines.store import Store
from pipelines.watch import asked_to_wait, resting


def crawl_and_publish(options: Namespace) -> int:
    """Crawl, then write the digest and the feed of health; gives the exit code."""
    code = crawl(options)
    if code in (USAGE, NOTHING):
        return code
    published = digest(options)
    write_feed(options)
    return code if published == OK else published


def crawl(options: Namespace) -> int:
    """Crawl the outlets of `options` into its store, which the caller has locked; gives the exit code."""
    archive: list[Path] = getattr(options, "archive", None) or []
    first, last = getattr(options, "since", None), getattr(options, "until", None)
    if first and last and first > last:
        return say(USAGE, f"--since {first} is after --until {last}: no day is between them.")
    scheduler: str | None = getattr(options, "scheduler", None)
    if archive and scheduler:
        return say(USAGE, "to read archives on a cluster: jarshy archive FILES --out DIR --scheduler ADDRESS")
    settings = runner.project_settings()
    prepared = runner.outlets(settings)
    broken = runner.broken_outlets(settings)
    unknown = [name for name in options.outlets if name not in prepared and name not in broken]
    if unknown:
        return say(USAGE, f"no outlet is called {', '.join(unknown)}; there are {', '.join(prepared)}.")
    lost = {name: why for name, why in broken.items() if name in options.outlets or not options.outlets}
    for name, why in lost.items():
        say(FAILED, f"spiders/{name}.py cannot be loaded: {why}. The other outlets go on.")
    names = [name for name in dict.fromkeys(options.outlets or prepared) if name in prepared]
    if not names:
        return FAILED
    archives = replay.archives_of(options.db)
    overrides: dict[str, Any] = {}
    waiting: Mapping[str, int] = {}
    runner.prepare(options.db, prepared.values())
    if not archive:
        names = _awake(options.db, names, named=bool(options.outlets))
        if not names:
            return LATER if options.outlets else OK
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
        if scheduler:
            found_there = _afield(options, scheduler, names, bounds, board)
            if isinstance(found_there, int):
                return found_there
            results = found_there
        else:
            results = runner.crawl(
                names,
                options.db,
                bounds=bounds,
                log_level=board.log_level,
                progress=board.progress,
                overrides=overrides,
            )
        board.finish(results)
    code = _code(results)
    if code in (OK, FAILED) and not archive:
        looked = look_after(options, prepared, results)
        code = FAILED if FAILED in (code, looked) else code
    return FAILED if lost and code == OK else code


def _afield(
    options: Namespace, scheduler: str, names: list[str], bounds: Mapping[str, str], board: Board
) -> list[Crawled] | int:
    """Crawl on a cluster; gives what came, or the exit code where there is none to crawl on."""
    from pipelines.archive.engine import MissingCluster, NoScheduler
    from pipelines.remote.run import run

    try:
        return run(
            names,
            options.db,
            scheduler,
            bounds=bounds,
            record=bool(getattr(options, "record", False)),
            log_level=board.log_level,
            progress=board.progress,
        )
    except MissingCluster as error:
        return say(USAGE, str(error))
    except NoScheduler as error:
        return say(LATER, f"{error}. Start one with: dask scheduler")


def _awake(db: Path, names: list[str], *, named: bool) -> list[str]:
    """Leave out the outlets that rest after failures, or asked for it.

    Whoever names an outlet asks it after failures all the same, but not before it said that it may be asked.
    """
    with Store.open(db, readonly=True) as store:
        asleep = (asked_to_wait if named else resting)(store, datetime.now(UTC))
    for name in names:
        if name in asleep:
            told_of("rest", outlet=name, next_try=asleep[name].strftime("%Y-%m-%dT%H:%M:%SZ"))
    return [name for name in names if name not in asleep]


def _code(results: Iterable[Crawled]) -> int:
    """Give the exit code of crawls; raises KeyboardInterrupt where one was told to stop."""
    found = list(results)
    if any(result.store_failed for result in found):
        return say(NOTHING, "the store could not be written; what was stored before stands. See the log.")
    if any(result.why == TOLD_TO_STOP for result in found):
        raise KeyboardInterrupt
    if any(result.store_busy for result in found):
        return say(LATER, "another program has locked the store; what was stored before stands.")
    return FAILED if any(result.outcome == "failed" for result in found) else OK

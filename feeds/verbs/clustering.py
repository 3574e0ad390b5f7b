"""The verbs of archives of any size: `archive`, and `import`."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from collections import Counter
from typing import Any

from feeds.console import told_of
from feeds.verbs.answer import FAILED, LATER, NOTHING, OK, USAGE, say
from feeds.verbs.locked import locked, trouble
from pipelines import runner
from pipelines.archive import engine, job
from pipelines.archive.load import NoArchive
from pipelines.archive.load import load as into
from pipelines.lock import Locked, hold, lock_path
from pipelines.parquet import MissingParquet, arrow
from pipelines.replay import archives_of


def archive(options: Namespace) -> int:
    """Read the archives `options.files` into `options.out`; FAILED where one was not read whole."""
    try:
        arrow()
        options.out.mkdir(parents=True, exist_ok=True)
        with (
            hold(lock_path(options.out / "job")),
            engine.started(options.scheduler, options.workers) as workers,
        ):
            report = job.run(
                options.files,
                options.out,
                workers,
                size=options.slice << 20,
                fold=not options.pages_only,
                told=_told,
            )
    except (engine.MissingCluster, MissingParquet) as error:
        return say(USAGE, str(error))
    except Locked as error:
        return say(LATER, f"another job writes to {options.out}: {error.holder or 'unknown'}.")
    except engine.NoScheduler as error:
        return say(LATER, f"{error}. Start one with: dask scheduler")
    told = report.told()
    sums = {key: told[key] for key in ("files", "failed", "pages", "articles")}
    told_of("archive", **sums, done_before=report.again, folder=options.out)
    if len(report.failed) == len(report.files) and not told["pages"]:
        return say(NOTHING, f"no file could be read; see {options.out / 'report.json'}.")
    if report.failed or report.errors:
        return say(FAILED, f"not all could be read; see {options.out / 'report.json'}.")
    return OK


def _told(event: str, told: dict[str, Any]) -> None:
    told_of(event, **told)


def load(options: Namespace) -> int:
    """Put what `archive` wrote into the store; the same again changes nothing."""
    return locked(options, _loaded)


def _loaded(options: Namespace) -> int:
    spiders = runner.outlets()
    runner.prepare(options.db, spiders.values())
    declared = {name: spider.facts() for name, spider in spiders.items()}
    try:
        counts = into(options.folder, options.db, archives_of(options.db), declared, _stored)
    except (MissingParquet, NoArchive) as error:
        return say(USAGE, str(error))
    except sqlite3.Error as error:
        say(NOTHING, "what was stored before stands.")
        return trouble(options.db, error)
    told_of("import", **{key: counts[key] for key in ("pages", "read", "new", "revised", "known", "joined")})
    return OK


def _stored(group: str, counts: Counter[str]) -> None:
    told_of("imported", group=group, **{key: counts[key] for key in ("pages", "read", "new", "known")})

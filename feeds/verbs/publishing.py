"""The verb `digest`: the feeds, from the store."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from datetime import UTC, datetime

from feeds.console import told_of
from feeds.digest import write
from feeds.settings import feed_settings
from feeds.verbs.answer import NOTHING, OK, USAGE, no_store, say
from feeds.verbs.locked import trouble
from feeds.websub import ping
from pipelines.store import SchemaMismatch


def digest(options: Namespace) -> int:
    """Write the feeds of `options.db` into `options.out`; a failure leaves the last good one."""
    if not options.db.exists():
        return no_store(options)
    try:
        settings = feed_settings(options.config, options.base_url)
        report = write(options.db, options.out, settings, datetime.now(UTC))
    except sqlite3.Error as error:
        say(NOTHING, "the digest was not written, the last one stands.")
        return trouble(options.db, error)
    except SchemaMismatch as error:
        return say(NOTHING, f"the digest was not written, the last one stands: {error}")
    except (FileExistsError, NotADirectoryError) as error:
        return say(
            NOTHING, f"{error.filename}: not a folder, nothing was written; choose a folder with --out"
        )
    except OSError as error:
        why = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return say(NOTHING, f"the digest was not written, the last one stands: {why}")
    except ValueError as error:
        return say(USAGE, str(error))
    told_of("digest", entries=report.entries, written=len(report.written), unchanged=len(report.unchanged))
    if settings.hub and report.changed:
        outcome = ping(settings.hub, report.changed, private=options.config["feeds.private"])
        told_of("websub", told=outcome.told, failed=outcome.failed)
        for why in outcome.why:
            say(OK, f"the hub was not told of every feed: {why}")
    for problem in report.problems:
        say(OK, f"{problem.field} of {problem.url or problem.outlet}: {problem.why}")
    if report.refused:
        return say(NOTHING, f"not valid, so not published: {', '.join(path.name for path in report.refused)}")
    if not report.entries:
        say(OK, "the store holds no story yet, so there is nothing to publish; begin with: jarshy crawl")
    return OK

"""What a run does about the outlets' health when its crawls are done."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from feeds.health_feed import NAME, render_health
from feeds.notify import tell_command, tell_webhook
from feeds.prometheus import exposition
from feeds.publish import publish
from feeds.verbs.answer import FAILED, OK, say
from pipelines.runner import Crawled
from pipelines.store import SchemaMismatch, Store
from pipelines.watch import watch
from spiders.base import OutletSpider


def look_after(
    options: Namespace, prepared: Mapping[str, type[OutletSpider]], results: Iterable[Crawled]
) -> int:
    """Judge the outlets crawled, tell of changes, write what monitors read; FAILED for a broken bound.

    Nothing of this fails a run by itself: what could not be told is said, and tried again by the next run.
    """
    now = datetime.now(UTC)
    code = OK
    try:
        with Store.open(options.db) as store:
            for name, verdict in watch(store, prepared, results, now).items():
                for bound in verdict.broken_bounds:
                    code = say(FAILED, f"{name}: {bound}")
            _tell(store, options, now)
            if file := options.config["health.prometheus"]:
                write_prometheus(store, Path(file))
    except (sqlite3.Error, OSError) as error:
        say(OK, f"how the outlets do could not be noted: {error}")
    return code


def write_feed(options: Namespace) -> None:
    """Write `health.xml` beside the feeds."""
    try:
        with Store.open(options.db, readonly=True) as store:
            publish(options.out / NAME, render_health(store.book.changes(), options.base_url))
    except (sqlite3.Error, SchemaMismatch, OSError, ValueError) as error:
        say(OK, f"{NAME} was not written, the last one stands: {error}")


def write_prometheus(store: Store, file: Path) -> None:
    """Write the metrics at once; raises OSError."""
    publish(file, exposition(store.outlet_status(), store.book.states()).encode())


def _tell(store: Store, options: Namespace, now: datetime) -> None:
    """Tell of the changes that nobody was told of; each is told once, or again where no way took it."""
    changes = store.book.changes(untold=True)
    if not changes:
        return
    ways = []
    if url := options.config["health.webhook"]:
        ways.append(tell_webhook(url, changes, private=options.config["health.private"]))
    if command := options.config["health.notify"]:
        ways.append(tell_command(command, changes))
    for wrong in filter(None, ways):
        say(OK, f"{len(changes)} changes of state could not be told by {wrong}")
    if not ways or not all(ways):
        store.book.told(changes[0].id, now)

"""A run over many outlets on a cluster: each whole to one worker at a time, one writer for all of them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pipelines import runner
from pipelines.archive.engine import Done, Job, started
from pipelines.remote import store as storing
from pipelines.remote.crawl import crawl
from pipelines.remote.memory import Order
from pipelines.replay import archives_of
from pipelines.runner import Crawled, Progress
from pipelines.store import Store

logger = logging.getLogger(__name__)

_TAKEN: Final = ("JARSHY_CONTACT", "JARSHY_LOOPBACK")  # of the environment, with every order


def run(
    names: Sequence[str],
    db: Path,
    scheduler: str,
    *,
    bounds: Mapping[str, str],
    record: bool,
    log_level: str,
    progress: Progress | None = None,
) -> list[Crawled]:
    """Crawl outlets on the workers of a scheduler, and store what they bring.

    The caller holds the store's lock. An outlet whose worker died is crawled again by another, with the same
    knowledge: nothing of the first was stored.

    Args:
        names: outlets.
        db: the store, prepared.
        scheduler: "tcp://host:8786".
        bounds: arguments of the spiders.
        record: keep the bytes of every answer, in this machine's archive.
        log_level: of the workers' logs.
        progress: told of every page when it is stored.

    Raises:
        MissingCluster, NoScheduler: as `pipelines.archive.engine.started`.
        sqlite3.Error, OSError: the store cannot be read or written; what was stored before stands.
    """
    spiders = runner.outlets()
    variables = {name: os.environ[name] for name in _TAKEN if os.environ.get(name)}
    results: dict[str, Crawled] = {}
    with started(scheduler, None) as engine, Store.open(db) as store:

        def jobs() -> Iterator[Job]:
            for name in names:
                order = Order(
                    outlet=name,
                    hosts=spiders[name].facts().hosts,
                    known=store.book.remembered(name),
                    complete=(store.book.last_crawl(name) or (None, None))[1] == "ok",
                    bounds=dict(bounds),
                    record=record,
                    log_level=log_level,
                    variables=variables,
                )
                yield Job(name, crawl, (order,))

        # A crawl that fails is not tried again at once: the outlet has been asked enough.
        for done in engine.each(jobs(), retries=0):
            if done.error is None:
                found = storing.keep(store, done.result, archives_of(db), progress)
            else:
                found = _lost(done)
            logger.info("event=crawled outlet=%s outcome=%s why=%r", found.outlet, found.outcome, found.why)
            results[done.name] = found
    runner.settle_all(db)
    return [results[name] for name in names]


def _lost(done: Done) -> Crawled:
    """Tell of an outlet that no worker could crawl: nothing of it is stored, and the next run asks again."""
    why = " ".join(f"no worker could crawl it: {done.error}".split())[:300]
    return Crawled(outlet=done.name, outcome="failed", why=why, counts={})

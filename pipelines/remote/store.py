"""What came back from a worker, stored as a crawl on this machine would have been."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from pipelines.keep import closing
from pipelines.outcome import tally
from pipelines.remote.memory import Brought, Ended
from pipelines.runner import Crawled, Progress
from pipelines.store import CLOCKS_DIFFER, Store


def keep(store: Store, brought: Brought, archives: Path, progress: Progress | None = None) -> Crawled:
    """Store what a crawl brought: its bytes first, so that no page names a record that is not there.

    Args:
        store: open for writing, by nobody else.
        brought: by the worker.
        archives: the folder of recordings.
        progress: told of every page that is stored.

    Raises:
        sqlite3.Error, OSError: what was stored before stands, and the next crawl completes it.
    """
    for name, data in brought.recorded:
        _write(archives, name, data)
    outlet = brought.outlet
    last, _ = store.book.last_crawl(outlet) or (brought.began, None)
    crawl = store.begin_crawl(outlet, brought.began)
    counts: Counter[str] = Counter()
    for page in brought.pages:
        with store.transaction():
            kept = store.keep(page, crawl)
            if kept.guid is not None and kept.decision is not None and kept.decision.kind == "new":
                store.await_settling(kept.guid)
        counts += tally(page)
        if kept.decision is not None:
            counts[kept.decision.kind] += 1
        if progress is not None:
            progress(outlet, page)
    ended = brought.ended or Ended(reason="died", bounded=False, stats={})
    outcome, why, not_before = closing(
        ended.stats,
        counts,
        reason=ended.reason,
        bounded=ended.bounded,
        errors=int(brought.ended is None),
        clock_behind=last > brought.began + CLOCKS_DIFFER,
    )
    why = brought.why or why
    store.end_crawl(crawl, datetime.now(UTC), outcome, +counts, not_before=not_before)
    return Crawled(outlet=outlet, outcome=outcome, why=why, counts=dict(counts))


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a recorded file beside its place, then rename it; its name is what a worker says it is."""
    path = folder / Path(name).name
    folder.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f".{path.name}.making")
    with making.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)

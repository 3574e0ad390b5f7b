"""Pages to articles and their revisions: by the store's own rules, in the order of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from items import OutletFacts, Page
from pipelines import parquet
from pipelines.archive.reading import stranger
from pipelines.archive.schema import ROWS, page_of
from pipelines.archive.shelf import day_of
from pipelines.outcome import tally
from pipelines.store import Store
from spiders.support.recorded import RecordedFetch

_TOGETHER: Final = 200  # pages a transaction


def ordered(root: Path, files: Iterable[str]) -> Iterator[Page]:
    """Give the pages of files in the order they were archived; a day's are in memory at once.

    Args:
        root: the folder of the archive.
        files: of pages, relative to it.

    Raises:
        OSError: a file cannot be read.
    """
    for _, names in groupby(sorted(files, key=lambda name: (day_of(name), name)), key=day_of):
        found = [page for name in names for page in read(root / name)]
        yield from sorted(found, key=_place)


def read(path: Path) -> Iterator[Page]:
    """Give the pages of a file, as they stand in it.

    Raises:
        OSError: it cannot be read.
    """
    arrow = parquet.arrow()
    with arrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS):
            yield from map(page_of, batch.to_pylist())


def keep(
    store: Store,
    pages: Iterable[Page],
    declared: dict[str, OutletFacts],
    *,
    now: Callable[[Page], datetime],
) -> Counter[str]:
    """Store pages; gives how many by what they came to (`pages`, `read`, `new`, `revised`, …; `known`).

    A page is left alone where the store was told of its address at that time or later, so that the same
    pages change nothing when they come again. Articles that are new wait to be settled.

    Args:
        store: open for writing; what is declared of outlets is in it.
        pages: in the order of time.
        declared: the outlets' facts; of any other site those of a stranger are stored.
        now: when a crawl begins and ends, as its first and last page has it.
    """
    crawls = _Crawls(store, declared, now)
    counts: Counter[str] = Counter()
    before: dict[tuple[str, str], datetime | None] = {}
    remaining = iter(pages)
    while some := list(islice(remaining, _TOGETHER)):
        with store.transaction():
            for page in some:
                outlet, url = page.fetch.outlet, page.fetch.url
                crawls.meet(outlet, page)
                if (outlet, url) not in before:
                    known = store.freshness(url, outlet=outlet)
                    before[outlet, url] = None if known is None else known.fetched_at
                last = before[outlet, url]
                if last is not None and page.fetch.at.replace(microsecond=0) <= last:
                    counts["known"] += 1
                    continue
                kept = store.keep(page, crawls.of(page))
                counts += tally(page)
                if kept.decision is not None:
                    counts[kept.decision.kind] += 1
                    if kept.guid is not None and kept.decision.kind == "new":
                        store.await_settling(kept.guid)
    crawls.end()
    return counts


class _Crawls:
    """The crawl of each outlet: begun with its first page that is kept."""

    def __init__(
        self, store: Store, declared: dict[str, OutletFacts], now: Callable[[Page], datetime]
    ) -> None:
        self._store = store
        self._declared = declared
        self._now = now
        self._met: set[str] = set()
        self._open: dict[str, tuple[int, Page]] = {}
        self._counts: dict[str, Counter[str]] = {}

    def meet(self, outlet: str, page: Page) -> None:
        if outlet not in self._met:
            self._met.add(outlet)
            if outlet not in self._declared:
                self._store.sync_outlets([stranger(outlet)], self._now(page))

    def of(self, page: Page) -> int:
        """Give the number of the crawl that a page is of."""
        outlet = page.fetch.outlet
        if outlet in self._open:
            number = self._open[outlet][0]
        else:
            number = self._store.begin_crawl(outlet, self._now(page))
        self._open[outlet] = number, page
        self._counts.setdefault(outlet, Counter()).update(tally(page))
        return number

    def end(self) -> None:
        """Close them: as what is read from an archive, they saw not all there was."""
        for outlet, (number, page) in self._open.items():
            self._store.end_crawl(number, self._now(page), "partial", +self._counts[outlet])


def _place(page: Page) -> tuple[datetime, str, int]:
    fetch = page.fetch
    if isinstance(fetch, RecordedFetch):
        return fetch.at, fetch.archive_file, fetch.archive_offset
    return fetch.at, "", 0


def archived_at(page: Page) -> datetime:
    """Give the time of a page itself: what is made of an archive has no other clock."""
    return page.fetch.at.astimezone(UTC)

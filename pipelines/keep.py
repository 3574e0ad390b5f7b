"""Keep: every page into the store and into its story as it comes, and the crawl's own row around them."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from items import Page
from pipelines.fold import settle
from pipelines.outcome import Outcome, judge, tally
from pipelines.store import BUSY_SECONDS, CLOCKS_DIFFER, Kept, Store, hold, is_busy, lock_path
from spiders.base import OutletSpider
from spiders.support import comeback
from spiders.support.freshness import Known
from spiders.support.log import CRAWL

logger = logging.getLogger(__name__)

PATIENCE_AT_START = 2.0  # seconds; the run has just had the store
PAUSE = 0.25  # seconds between two tries for a store that another program has locked
STORE_FAILED = "jarshy/store_failed"
STORE_BUSY = "jarshy/store_busy"
OUTCOME = "jarshy/outcome"


class KeepPipeline:
    """One transaction a page. A store that cannot be written ends the crawl, whose pages would be lost."""

    def __init__(self, crawler: Crawler, path: Path, *, lock: bool, replayed: bool = False) -> None:
        self.crawler = crawler
        self.path = path
        self.lock = lock
        self.replayed = replayed
        self.counts: Counter[str] = Counter()
        self.complete_before = False  # whether the outlet's last crawl saw all there was
        self._errors = 0
        self._ending: asyncio.Future[None] | None = None
        self._clock_behind = False  # of the outlet's last crawl
        self._broken = ""  # why the store takes no more
        self._crawl: int | None = None
        self._store: Store | None = None
        self._held = ExitStack()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepPipeline:
        """Build it from the settings `JARSHY_DB`, `JARSHY_LOCK_HELD` and `JARSHY_REPLAY`."""
        settings = crawler.settings
        path = Path(str(settings["JARSHY_DB"]))
        lock = not settings.getbool("JARSHY_LOCK_HELD")
        pipeline = cls(crawler, path, lock=lock, replayed=bool(settings["JARSHY_REPLAY"]))
        # Only this signal tells why the crawl ended.
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        return pipeline

    @property
    def store(self) -> Store:
        """The open store.

        Raises:
            RuntimeError: The crawl has not begun, or is over.
        """
        if self._store is None:
            raise RuntimeError("the store is open during a crawl only")
        return self._store

    def open_spider(self) -> None:
        """Open the store and the crawl; raises what hinders it, which keeps the crawl from starting."""
        spider = _outlet(self.crawler)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.lock:
                self._held.enter_context(hold(lock_path(self.path)))
            self._store = self._held.enter_context(Store.open(self.path, patience=PATIENCE_AT_START))
            now = datetime.now(UTC)
            self._store.sync_outlets([spider.facts()], now)
            began, outcome = self._store.book.last_crawl(spider.name) or (now, None)
            self.complete_before = outcome == "ok"
            self._clock_behind = began > now + CLOCKS_DIFFER
            self._crawl = self._store.begin_crawl(spider.name, now)
            self._store.patience = 0.0  # who waits, waits beside the loop
            CRAWL.set(f"{spider.name}/{self._crawl}")
        except (sqlite3.Error, OSError, RuntimeError) as error:
            self._count(_kind(error))
            self._held.close()
            self._store = None
            raise

    async def process_item(self, item: Page) -> Page:
        """Store the page and count it."""
        if self._broken:
            raise DropItem(self._broken)
        try:
            kept = await self._kept(item)
        except (sqlite3.Error, OSError) as error:
            raise DropItem(self.give_up(error)) from error
        except Exception:
            self._errors += 1
            raise
        self.counts += tally(item)
        if kept.decision is not None:
            self.counts[kept.decision.kind] += 1
        return item

    async def _kept(self, item: Page) -> Kept:
        """Store a page. A lock of another program's is waited out beside the loop, which hears signals."""
        assert self._crawl is not None  # noqa: S101 - open_spider came first, or no item would
        loop = asyncio.get_running_loop()
        deadline = loop.time() + BUSY_SECONDS
        while True:
            try:
                with self.store.transaction():
                    kept = self.store.keep(item, self._crawl)
                    if kept.guid is not None and kept.decision is not None and kept.decision.kind == "new":
                        self.store.await_settling(kept.guid)
                return kept
            except sqlite3.OperationalError as error:
                if not is_busy(error) or loop.time() >= deadline:
                    raise
            await asyncio.sleep(PAUSE)

    def give_up(self, error: Exception) -> str:
        """End the crawl, since the store cannot be written or read; gives why. What came before stands."""
        if not self._broken:
            locked = _kind(error) == STORE_BUSY
            self._broken = "another program has locked the store" if locked else f"the store failed: {error}"
            self._count(_kind(error))
            logger.error("event=store_failed why=%r", self._broken)
            if self.crawler.engine is not None and self.crawler.engine.spider is not None:
                ending = self.crawler.engine.close_spider_async(reason="store_failed")
                self._ending = asyncio.ensure_future(ending)  # a task that nobody holds may be collected
        return self._broken

    def spider_closed(self, spider: Spider, reason: str) -> None:  # noqa: ARG002 - the signal's
        """Judge the crawl, close its row, and give the store back."""
        if self._store is None or self._crawl is None:
            return
        outlet = _outlet(self.crawler)
        stats = self.crawler.stats
        outcome, why, not_before = closing(
            {} if stats is None else stats.get_stats(),
            self.counts,
            reason=reason,
            bounded=outlet.bounded,
            errors=self._errors,
            replayed=self.replayed,
            broken=self._broken,
            clock_behind=self._clock_behind,
        )
        try:
            if self.lock and reason != "shutdown" and not self._broken:
                settle(
                    self._store
                )  # a crawl by itself; several are settled together, when the last has ended
            self._store.end_crawl(
                self._crawl, datetime.now(UTC), outcome, +self.counts, not_before=not_before
            )
        except (sqlite3.Error, OSError) as error:  # the next crawl closes it, as interrupted
            logger.error("event=crawl_not_closed outlet=%s why=%r", outlet.name, str(error))
            self._count(_kind(error))
        finally:
            self._held.close()
            self._store = None
        if stats is not None:
            for name, count in self.counts.items():
                stats.set_value(f"jarshy/{name}", count)
            stats.set_value(OUTCOME, outcome)
            stats.set_value("jarshy/why", why)
        told = " ".join(f"{name}={count}" for name, count in sorted(self.counts.items()) if count)
        logger.info("event=crawled outlet=%s outcome=%s why=%r %s", outlet.name, outcome, why, told)

    def _count(self, key: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(key)


def closing(
    stats: Mapping[str, Any], counts: Counter[str], *, errors: int = 0, **told: Any
) -> tuple[Outcome, str, datetime | None]:
    """Judge a crawl by its pages and by what it noted besides, which is counted too.

    Args:
        stats: the crawl's statistics.
        counts: the sum of `tally` over its pages; changed.
        errors: pages that a step of ours did not take.
        told: the rest that `judge` asks for.

    Returns:
        The outcome, why, and when the outlet asked to come back, where that ended the crawl.
    """
    for name, key in (("robots_refused", "jarshy/robots_refused"), ("put_off", comeback.PUT_OFF)):
        if number := int(stats.get(key, 0)):
            counts[name] = number
    not_before = stats.get(comeback.NOT_BEFORE)
    errors += int(stats.get("spider_exceptions/count", 0))
    return *judge(counts, errors=errors, not_before=not_before, **told), not_before


class StoredFreshness:
    """`spiders.support.freshness.Freshness` from the store that the crawl writes to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StoredFreshness:
        """Build it; the store is asked for once the crawl runs."""
        return cls(crawler)

    def look(self, url: str) -> Known | None:
        """Tell what the store knows of an address; nothing where the crawl keeps no store."""
        keep = self._keep()
        if keep is None:
            return None
        try:
            return self._known(keep.store, url)
        except sqlite3.Error as error:
            raise CloseSpider(keep.give_up(error)) from error

    def _known(self, store: Store, url: str) -> Known | None:
        found = store.freshness(url, outlet=_outlet(self._crawler).name)
        if found is None:
            return None
        stored = None if found.article is None else store.article(found.article)
        headlines: tuple[str, ...] = ()
        if stored is not None:
            article = stored.article
            headlines = tuple(dict.fromkeys((article.headline, article.headline_found or article.headline)))
        return Known(
            asked_at=found.fetched_at,
            status=found.status,
            etag=found.etag,
            last_modified=found.last_modified,
            headlines=headlines,
            first_seen=None if stored is None else stored.first_seen,
        )

    def complete(self) -> bool:
        """Tell whether the outlet's last crawl saw all there was."""
        keep = self._keep()
        return keep is not None and keep.complete_before

    def _keep(self) -> KeepPipeline | None:
        return self._crawler.get_item_pipeline(KeepPipeline)


def _kind(error: Exception) -> str:
    """Tell under which count the store's failure goes: one that passes by itself, or not."""
    return STORE_BUSY if isinstance(error, sqlite3.Error) and is_busy(error) else STORE_FAILED


def _outlet(crawler: Crawler) -> OutletSpider:
    """Give the crawl's spider; raises TypeError for a spider that is no outlet's."""
    spider = crawler.spider
    if not isinstance(spider, OutletSpider):
        raise TypeError(f"{spider!r} declares no outlet: pipelines.keep stores outlets' pages")
    return spider

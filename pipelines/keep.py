"""Keep: every page into the store and into its story as it comes, and the crawl's own row around them."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from items import Page
from pipelines.fold import settle
from pipelines.outcome import judge, tally
from pipelines.store import Store, hold
from spiders.base import OutletSpider
from spiders.support.freshness import Known

logger = logging.getLogger(__name__)

STORE_FAILED = "jarshy/store_failed"
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
            self._store = self._held.enter_context(Store.open(self.path))
            now = datetime.now(UTC)
            self._store.sync_outlets([spider.facts()], now)
            last = {status.outlet: status.outcome for status in self._store.outlet_status()}
            self.complete_before = last.get(spider.name) == "ok"
            self._crawl = self._store.begin_crawl(spider.name, now)
        except (sqlite3.Error, OSError, RuntimeError):
            self._count(STORE_FAILED)
            self._held.close()
            self._store = None
            raise

    async def process_item(self, item: Page) -> Page:
        """Store the page and count it."""
        try:
            assert self._crawl is not None  # noqa: S101 - open_spider came first, or no item would
            with self.store.transaction():
                kept = self.store.keep(item, self._crawl)
                if kept.guid is not None and kept.decision is not None and kept.decision.kind == "new":
                    self.store.await_settling(kept.guid)
        except (sqlite3.Error, OSError):
            self._errors += 1
            self._count(STORE_FAILED)
            if self.crawler.engine is not None and self.crawler.engine.spider is not None:
                self.crawler.engine.close_spider(self.crawler.engine.spider, "store_failed")
            raise
        except Exception:
            self._errors += 1
            raise
        self.counts += tally(item)
        if kept.decision is not None:
            self.counts[kept.decision.kind] += 1
        return item

    def spider_closed(self, spider: Spider, reason: str) -> None:  # noqa: ARG002 - the signal's
        """Judge the crawl, close its row, and give the store back."""
        if self._store is None or self._crawl is None:
            return
        outlet = _outlet(self.crawler)
        stats = self.crawler.stats
        errors = self._errors + int(stats.get_value("spider_exceptions/count", 0) if stats else 0)
        outcome, why = judge(
            self.counts, reason=reason, bounded=outlet.bounded, errors=errors, replayed=self.replayed
        )
        try:
            if self.lock:  # a crawl by itself; several are settled together, when the last has ended
                settle(self._store)
            self._store.end_crawl(self._crawl, datetime.now(UTC), outcome, +self.counts)
        except (sqlite3.Error, OSError):
            logger.exception("event=crawl_not_closed outlet=%s", outlet.name)
            self._count(STORE_FAILED)
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
        found = keep.store.freshness(url, outlet=_outlet(self._crawler).name)
        if found is None:
            return None
        stored = None if found.article is None else keep.store.article(found.article)
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


def lock_path(database: Path) -> Path:
    """Give the lock file that lies beside a database."""
    return database.with_name(database.name + ".lock")


def _outlet(crawler: Crawler) -> OutletSpider:
    """Give the crawl's spider; raises TypeError for a spider that is no outlet's."""
    spider = crawler.spider
    if not isinstance(spider, OutletSpider):
        raise TypeError(f"{spider!r} declares no outlet: pipelines.keep stores outlets' pages")
    return spider

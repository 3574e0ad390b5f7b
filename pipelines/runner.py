"""Runs the crawls: several outlets in one process, and what came of each."""

from __future__ import annotations

import asyncio
import logging
import signal
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from items import Page
from pipelines.attribution.identity import Source, directory
from pipelines.fold import settle
from pipelines.keep import OUTCOME, STORE_FAILED, KeepPipeline
from pipelines.outcome import Outcome
from pipelines.store import SourceFacts, Store
from spiders.base import OutletSpider

logger = logging.getLogger(__name__)

SETTINGS_MODULE = "settings"
GRACE = 5.0  # seconds between being told to stop and stopping in any case

Progress = Callable[[str, Page], None]  # the outlet's name, and a page that is stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What came of one outlet's crawl. `counts` as `pipelines.outcome.tally` has them."""

    outlet: str
    outcome: Outcome
    why: str
    counts: Mapping[str, int]
    store_failed: bool = False


def project_settings() -> Settings:
    """Give the project's settings, as plain `scrapy` would load them."""
    settings = Settings()
    settings.setmodule(SETTINGS_MODULE, priority="project")
    return settings


def outlets(settings: Settings | None = None) -> dict[str, type[OutletSpider]]:
    """Give every outlet's spider by name, in the order of names."""
    loader = get_spider_loader(settings or project_settings())
    found = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: spider for name, spider in found.items() if issubclass(spider, OutletSpider)}


def prepare(db: Path, spiders: Iterable[type[OutletSpider]]) -> None:
    """Make or migrate the database, and write into it what is declared of outlets and known of sources.

    Raises:
        sqlite3.Error: The database cannot be opened or written.
        OSError: Its folder cannot be made.
    """
    db.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    with Store.open(db) as store:
        store.sync_outlets((spider.facts() for spider in spiders), now)
        store.sync_sources(map(_facts, directory().sources.values()), now)
        store.sync_topics()


def crawl(
    names: Sequence[str],
    db: Path,
    *,
    bounds: Mapping[str, str] | None = None,
    log_level: str = "INFO",
    progress: Progress | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> list[Crawled]:
    """Crawl outlets side by side until all are done, or the process is told to stop (SIGINT, SIGTERM).

    The caller holds the store's lock. To be called once in a process: Twisted's reactor does not start twice.

    Args:
        names: outlets; an unknown one raises KeyError.
        db: the store, prepared.
        bounds: arguments of the spiders: limit, since, until.
        log_level: of the log on standard error.
        progress: told of every page.
        overrides: settings of this run: those of a recording, or of a replay.
    """
    settings = project_settings()
    settings.setdict(dict(overrides or {}), priority="cmdline")
    settings.set("JARSHY_DB", str(db), priority="cmdline")
    settings.set("JARSHY_LOCK_HELD", True, priority="cmdline")
    settings.set("LOG_LEVEL", log_level, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    logging.getLogger("scrapy").setLevel(logging.WARNING)  # our own lines say what an operator asks
    crawlers = {name: process.create_crawler(name) for name in names}
    for name, crawler in crawlers.items():
        if progress is not None:
            crawler.signals.connect(_listener(name, progress), signal=signals.item_scraped, weak=False)
        process.crawl(crawler, **(bounds or {}))
    _stop_on_signals(process)
    process.start(install_signal_handlers=False)
    for crawler in crawlers.values():
        keep = crawler.get_item_pipeline(KeepPipeline) if crawler.engine is not None else None
        if keep is not None and crawler.spider is not None:
            keep.spider_closed(crawler.spider, "shutdown")  # does nothing where the crawl ended by itself
    _settle(db)
    return [_crawled(name, crawler) for name, crawler in crawlers.items()]


def _settle(db: Path) -> None:
    """Fold what has come into stories. A store that cannot be written leaves it waiting for the next run."""
    try:
        with Store.open(db) as store:
            joined = settle(store)
        logger.info("event=settled joined=%d", joined)
    except (sqlite3.Error, OSError):
        logger.exception("event=not_settled db=%s", db)


def _stop_on_signals(process: AsyncCrawlerProcess) -> None:
    """End cleanly on SIGINT and SIGTERM: requests under way may finish within GRACE, what came is stored."""
    from twisted.internet import reactor as installed

    reactor: Any = installed  # the module stands for the asyncio reactor that the process has installed

    def stop() -> None:
        logger.info("event=stopping grace_seconds=%s", GRACE)
        ending.append(asyncio.ensure_future(process.stop()))
        reactor.callLater(GRACE, give_up)

    def give_up() -> None:
        reactor.crash()  # a server that never answers holds nothing up
        reactor.getThreadPool().stop()  # whose threads would keep the process

    def listen() -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)

    ending: list[asyncio.Future[None]] = []  # a task that nobody holds may be collected
    reactor.callLater(0, listen)  # once the loop runs


def _listener(name: str, progress: Progress) -> Callable[[Page], None]:
    def item_scraped(item: Page) -> None:
        progress(name, item)

    return item_scraped


def _crawled(name: str, crawler: Crawler) -> Crawled:
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    prefix = "jarshy/"
    counts = {key.removeprefix(prefix): int(n) for key, n in stats.items() if _is_count(key, n, prefix)}
    return Crawled(
        outlet=name,
        outcome=stats.get(OUTCOME, "failed"),
        why=stats.get("jarshy/why", "the crawl did not start; see the log"),
        counts=counts,
        store_failed=bool(stats.get(STORE_FAILED)),
    )


def _is_count(key: str, value: object, prefix: str) -> bool:
    return key.startswith(prefix) and isinstance(value, int)


def _facts(source: Source) -> SourceFacts:
    name = next((source.names[lang] for lang in ("en", "ru", "kk") if lang in source.names), source.key)
    return SourceFacts(key=source.key, name=name, kind=source.kind, wikidata=source.wikidata)

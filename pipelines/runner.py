"""Runs the crawls: several outlets in one process, and what came of each."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sqlite3
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader
from twisted.internet.base import ReactorBase

from items import Page
from pipelines.attribution.identity import Source, directory
from pipelines.fold import settle
from pipelines.keep import OUTCOME, STORE_BUSY, STORE_FAILED, KeepPipeline
from pipelines.outcome import TOLD_TO_STOP, Outcome
from pipelines.store import SourceFacts, Store
from spiders.base import OutletSpider
from spiders.support import log
from spiders.support.loader import OutletLoader
from spiders.support.nursery import Bounds
from spiders.support.readers import MOST, Readers, cores, readers
from spiders.support.reading import steps_of

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
    store_busy: bool = False  # another program has the store locked


def project_settings() -> Settings:
    """Give the project's settings, as plain `scrapy` would load them."""
    settings = Settings()
    settings.setmodule(SETTINGS_MODULE, priority="project")
    return settings


def outlets(settings: Settings | None = None) -> dict[str, type[OutletSpider]]:
    """Give every outlet's spider by name, in the order of names."""
    loader = _loader(settings)
    found = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: spider for name, spider in found.items() if issubclass(spider, OutletSpider)}


def broken_outlets(settings: Settings | None = None) -> dict[str, str]:
    """Give the outlets whose file cannot be loaded, each with why."""
    return dict(_loader(settings).broken)


def _loader(settings: Settings | None) -> OutletLoader:
    with warnings.catch_warnings():  # whoever asks for the broken ones tells of them
        warnings.simplefilter("ignore", RuntimeWarning)
        loader = get_spider_loader(settings or project_settings())
    assert isinstance(loader, OutletLoader)  # noqa: S101 - the setting names it
    return loader


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
        store.sync_sources(known_sources(), now)
        if count := store.book.set_right(now):
            logger.warning("event=clock_set_right articles=%d", count)
        store.sync_topics()
        while store.sync_search():
            pass


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
    crawlers = walk(settings, names, bounds or {}, progress)
    for crawler in crawlers.values():
        keep = crawler.get_item_pipeline(KeepPipeline) if crawler.engine is not None else None
        if keep is not None and crawler.spider is not None:
            keep.spider_closed(crawler.spider, "shutdown")  # does nothing where the crawl ended by itself
    results = [_crawled(name, crawler) for name, crawler in crawlers.items()]
    if not any(each.why == TOLD_TO_STOP or each.store_failed or each.store_busy for each in results):
        settle_all(db)  # else the next run does
    return results


def walk(
    settings: Settings, names: Iterable[str], bounds: Mapping[str, str], progress: Progress | None = None
) -> dict[str, Crawler]:
    """Run the crawls of outlets to their end, or until the process is told to stop; see `crawl`.

    Args:
        settings: of the run.
        names: outlets; an unknown one raises KeyError.
        bounds: arguments of the spiders.
        progress: told of every page.

    Returns:
        Every crawl, ended, by its outlet.
    """
    log.install(settings)
    with _readers(settings) as lent:  # forked before the reactor has threads
        return _walked(settings, names, bounds=bounds, progress=progress, lent=lent)


def _readers(settings: Settings) -> AbstractContextManager[Readers | None]:
    """Give the processes that read pages, as the settings have it."""
    count = settings.getint("JARSHY_READERS")
    bounds = Bounds(
        seconds=settings.getfloat("JARSHY_READ_SECONDS"), memory=settings.getint("JARSHY_READ_MEMORY")
    )
    steps = steps_of(settings.getlist("JARSHY_STEPS")).items()
    return readers(min(cores(), MOST) if count < 0 else count, steps, bounds)


def _walked(
    settings: Settings,
    names: Iterable[str],
    *,
    bounds: Mapping[str, str],
    progress: Progress | None,
    lent: Readers | None,
) -> dict[str, Crawler]:
    gc.freeze()  # what is loaded stays: no look for garbage needs to go through it again
    # Twisted times delays and time limits by the clock on the wall: set back an hour, it would wait an hour.
    setattr(ReactorBase, "seconds", staticmethod(time.monotonic))  # noqa: B010 - a method, for mypy
    process = AsyncCrawlerProcess(settings)
    logging.getLogger("scrapy").setLevel(logging.WARNING)  # our own lines say what an operator asks
    crawlers = {name: process.create_crawler(name) for name in names}
    for name, crawler in crawlers.items():
        crawler.signals.connect(_lender(lent), signal=signals.spider_opened, weak=False)
        if progress is not None:
            crawler.signals.connect(_listener(name, progress), signal=signals.item_scraped, weak=False)
        process.crawl(crawler, **bounds)
    with _stopped_by_signals(process):
        process.start(install_signal_handlers=False)
    return crawlers


def settle_all(db: Path) -> None:
    """Fold what has come into stories. A store that cannot be written leaves it waiting for the next run."""
    try:
        with Store.open(db) as store:
            joined = settle(store)
        logger.info("event=settled joined=%d", joined)
    except (sqlite3.Error, OSError) as error:
        logger.error("event=not_settled db=%s why=%r", db, str(error))


@contextmanager
def _stopped_by_signals(process: AsyncCrawlerProcess) -> Iterator[None]:
    """End cleanly on SIGINT and SIGTERM: requests under way may finish within GRACE, what came is stored.

    Afterwards the signals mean again what they meant before.
    """
    from twisted.internet import reactor as installed

    reactor: Any = installed  # the module stands for the asyncio reactor that the process has installed
    # A name server that does not answer keeps a thread for as long as the system's resolver likes.
    reactor.getThreadPool().threadFactory = _Loose
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop() -> None:
        if not ending:
            logger.info("event=stopping grace_seconds=%s", GRACE)
            ending.append(asyncio.ensure_future(process.stop()))
            reactor.callLater(GRACE, reactor.crash)  # a server that never answers holds nothing up

    def listen() -> None:
        loop = asyncio.get_running_loop()
        for number in before:
            loop.add_signal_handler(number, stop)

    ending: list[asyncio.Future[None]] = []  # a task that nobody holds may be collected
    reactor.callLater(0, listen)  # once the loop runs
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)


class _Loose(threading.Thread):
    """A thread of the reactor's that nobody waits for: all it does is to resolve names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "daemon": True})

    def join(self, timeout: float | None = None) -> None:
        """Wait for no longer than an idle thread takes to end."""
        super().join(0.1 if timeout is None else timeout)


def _lender(lent: Readers | None) -> Callable[[OutletSpider], None]:
    def spider_opened(spider: OutletSpider) -> None:
        spider.readers = lent

    return spider_opened


def _listener(name: str, progress: Progress) -> Callable[[Page], None]:
    def item_scraped(item: Page) -> None:
        progress(name, item)

    return item_scraped


def _crawled(name: str, crawler: Crawler) -> Crawled:
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    prefix = "jarshy/"
    counts = {key.removeprefix(prefix): int(n) for key, n in stats.items() if _is_count(key, n, prefix)}
    trouble = bool(stats.get(STORE_FAILED) or stats.get(STORE_BUSY))
    return Crawled(
        outlet=name,
        outcome=stats.get(OUTCOME, "interrupted" if trouble else "failed"),
        why=stats.get("jarshy/why", "the crawl did not start; see the log"),
        counts=counts,
        store_failed=bool(stats.get(STORE_FAILED)),
        store_busy=bool(stats.get(STORE_BUSY)),
    )


def _is_count(key: str, value: object, prefix: str) -> bool:
    return key.startswith(prefix) and isinstance(value, int)


def known_sources() -> Iterator[SourceFacts]:
    """Give what the register knows of sources."""
    return map(_facts, directory().sources.values())


def _facts(source: Source) -> SourceFacts:
    name = next((source.names[lang] for lang in ("en", "ru", "kk") if lang in source.names), source.key)
    return SourceFacts(key=source.key, name=name, kind=source.kind, wikidata=source.wikidata)

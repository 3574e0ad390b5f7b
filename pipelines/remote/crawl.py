"""One outlet's crawl at a worker, in a process of its own: Twisted's reactor does not start twice.

`python -m pipelines.remote.crawl FOLDER` is that process. It ends when its standard input does: with its
worker.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from items import Page
from pipelines import runner
from pipelines.remote import memory
from pipelines.remote.memory import Brought, Ended, Order
from pipelines.replay import recording
from spiders.base import OutletSpider
from spiders.support.log import CRAWL

_GRACE: Final = 10.0  # seconds for a crawl that is told to stop
_LOOK: Final = 0.5  # seconds between two looks whether it is still wanted
_KEEP: Final = "pipelines.keep.KeepPipeline"
_STATS: Final = ("jarshy/", "spider_exceptions/count")


def crawl(order: Order, wanted: Callable[[], bool] | None = None) -> Brought:
    """Crawl an outlet as ordered; gives what came. The task of a worker.

    Args:
        order: what is asked for.
        wanted: asked now and then; a crawl that is wanted no more is told to stop. None: ask Dask.

    Raises:
        OSError: there is no room for it.
    """
    wanted = wanted or _wanted()
    began = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="jarshy-") as name:
        folder = Path(name)
        memory.order(folder, order)
        child = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", __name__, str(folder)],
            stdin=subprocess.PIPE,  # never written to: its end is ours
            env={**os.environ, **order.variables},
            cwd=Path(__file__).parents[2],
        )
        try:
            code = _waited(child, wanted)
        finally:
            child.kill()
            child.wait()
            assert child.stdin is not None  # noqa: S101 - it was asked for
            child.stdin.close()
        how = memory.ended(folder)
        archive = folder / memory.ARCHIVE
        files = sorted(archive.iterdir()) if archive.is_dir() else []
        return Brought(
            outlet=order.outlet,
            began=began,
            pages=tuple(memory.spooled(folder)),
            recorded=tuple((file.name, file.read_bytes()) for file in files),
            ended=how,
            why="" if how is not None else f"the crawl died ({code}); see the worker's log",
        )


def _waited(child: subprocess.Popen[bytes], wanted: Callable[[], bool]) -> int:
    while True:
        try:
            return child.wait(_LOOK)
        except subprocess.TimeoutExpired:
            if wanted():
                continue
        child.send_signal(signal.SIGTERM)
        try:
            return child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()


def _wanted() -> Callable[[], bool]:
    """Give what tells whether this task is still waited for: whoever ordered it may be gone."""
    from distributed import worker as here

    dask: Any = here
    worker, key = dask.get_worker(), dask.thread_state.key

    def wanted() -> bool:
        task = worker.state.tasks.get(key)
        return task is not None and task.state == "executing"

    return wanted


class SpoolPipeline:
    """The last step of the road where the store is not: a page is written down for whoever stores it."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self._crawler = crawler
        self._folder = folder
        self._spool = memory.Spool(folder)
        crawler.signals.connect(self._closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SpoolPipeline:
        """Build it from the setting `JARSHY_REMOTE`."""
        return cls(crawler, Path(str(crawler.settings[memory.FOLDER])))

    def open_spider(self) -> None:
        """Name the crawl in the log."""
        CRAWL.set(f"{self._crawler.spidercls.name}/-")

    def process_item(self, item: Page) -> Page:
        """Write the page down."""
        self._spool.write(item)
        return item

    def _closed(self, spider: Spider, reason: str) -> None:
        self._spool.close()
        stats = {} if self._crawler.stats is None else self._crawler.stats.get_stats()
        told = {key: value for key, value in stats.items() if key.startswith(_STATS)}
        bounded = isinstance(spider, OutletSpider) and spider.bounded
        memory.end(self._folder, Ended(reason=reason, bounded=bounded, stats=told))


def main(folder: Path) -> int:
    """Crawl what the order in a folder asks for."""
    threading.Thread(target=_end_with_worker, daemon=True).start()
    order = memory.ordered(folder)
    settings = runner.project_settings()
    steps = {name: place for name, place in settings.getdict("ITEM_PIPELINES").items() if name != _KEEP}
    own: dict[str, Any] = {
        memory.FOLDER: str(folder),
        "JARSHY_FRESHNESS": f"{memory.__name__}.{memory.Carried.__name__}",
        "ITEM_PIPELINES": {**steps, f"{SpoolPipeline.__module__}.{SpoolPipeline.__name__}": 300},
        "JARSHY_READERS": 1,  # beside this process: a worker has as many crawls as threads
        "LOG_LEVEL": order.log_level,
    }
    if order.record:
        own |= recording(folder / memory.ARCHIVE, settings)
    settings.setdict(own, priority="cmdline")
    runner.walk(settings, [order.outlet], order.bounds)
    return 0


def _end_with_worker() -> None:
    """End this process when its worker has: nobody would take what it brings, and another asks the outlet."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))

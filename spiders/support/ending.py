"""The end of a crawl whose time is over: Scrapy lets requests wait out their delays first, however long."""

from __future__ import annotations

from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured

GRACE = 5.0  # seconds for what is under way, or about to be, when the time is over


class OutletTime:
    """Fails what still waits for its turn when `CLOSESPIDER_TIMEOUT` (seconds) is over: so the crawl ends."""

    def __init__(self, crawler: Crawler, seconds: float) -> None:
        self.crawler = crawler
        self.seconds = seconds
        self._due: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OutletTime:
        """Build it.

        Raises:
            NotConfigured: an outlet's time is not bounded.
        """
        seconds = crawler.settings.getfloat("CLOSESPIDER_TIMEOUT")
        if not seconds:
            raise NotConfigured
        extension = cls(crawler, seconds)
        crawler.signals.connect(extension.begin, signal=signals.spider_opened)
        crawler.signals.connect(extension.end, signal=signals.spider_closed)
        return extension

    def begin(self) -> None:
        """Set the clock."""
        self._after(self.seconds + GRACE)

    def end(self) -> None:
        """Stop it."""
        if self._due is not None and self._due.active():
            self._due.cancel()

    def _after(self, seconds: float) -> None:
        from twisted.internet import reactor as installed

        reactor: Any = installed  # the module stands for the reactor that the process has installed
        self._due = reactor.callLater(seconds, self._let_go)

    def _let_go(self) -> None:
        downloader: Any = None if self.crawler.engine is None else self.crawler.engine.downloader
        if downloader is None:
            return
        for slot in downloader.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(IgnoreRequest("the outlet's time was over"))
        self._after(GRACE)  # what was behind robots.txt comes only now

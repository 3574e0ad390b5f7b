"""When a server asks to be left alone for a while: `Retry-After`, obeyed.

A short while is waited out, by every request of the outlet's and not only by the one that was answered so. A
longer one ends the outlet's crawl: what was still to be asked for is put off, and the store keeps when the
outlet may be asked again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from spiders.support.pace import delay_of, slow_down
from spiders.support.retry_after import STATUSES, told, wait_asked

logger = logging.getLogger(__name__)

PAUSES = 5  # of the longest kind that one crawl waits out, all in all
NOT_BEFORE = "jarshy/not_before"  # the crawl's statistic: a datetime, UTC
PUT_OFF = "jarshy/put_off"  # … and how many requests were not made for it
_TOLD = "jarshy_not_before"  # where a request's meta holds what its answer asked for
_SLOWEST = 60.0  # seconds between two requests that "too many requests" may bring an outlet to


class PutOff(IgnoreRequest):
    """A request that was not made, since the outlet had asked to come back later."""


def asked_by(response: Response) -> str:
    """Say what an answer asked for, where that ended the crawl; else nothing."""
    found = None if response.request is None else response.request.meta.get(_TOLD)
    return told(found) if isinstance(found, datetime) else ""


async def wait_turn(crawler: Crawler) -> None:
    """Wait as long as the crawl's outlet asked, before a request is sent; see `ComeBackMiddleware.wait`."""
    middleware = crawler.get_downloader_middleware(ComeBackMiddleware) if crawler.engine else None
    if middleware is not None:
        await middleware.wait()


class ComeBackMiddleware:
    """Obeys `Retry-After`. Settings: `JARSHY_RETRY_AFTER_MOST` (seconds), `CLOSESPIDER_TIMEOUT` (seconds).

    To stand nearer the network than Scrapy's `RetryMiddleware`: what it lets through is tried again after the
    pause, and what ends the crawl is not tried again. It is built once an outlet.
    """

    def __init__(self, crawler: Crawler, most: float) -> None:
        self.crawler = crawler
        self.most = most
        self._patience = PAUSES * most  # seconds that this crawl may still spend in waiting
        self._time = crawler.settings.getfloat("CLOSESPIDER_TIMEOUT")
        self._began = time.monotonic()
        self._until = 0.0  # by the monotonic clock
        self._not_before: datetime | None = None
        self._ended = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ComeBackMiddleware:
        """Build it.

        Raises:
            NotConfigured: the setting is 0 or less: nothing is waited for, as in a replay.
        """
        most = crawler.settings.getfloat("JARSHY_RETRY_AFTER_MOST")
        if most <= 0:
            raise NotConfigured
        return cls(crawler, most)

    def process_request(self, request: Request) -> None:  # noqa: ARG002 - whatever is asked for
        """Let a request pass to where requests wait their turn.

        Raises:
            PutOff: the outlet is asked for nothing more in this crawl.
        """
        if self._not_before is not None:
            raise self._put_off(self._not_before)

    async def wait(self) -> None:
        """Wait as long as the outlet asked: for whoever is about to send a request whose turn it is.

        Raises:
            PutOff: that is longer than this crawl waits.
        """
        while self._not_before is None and (left := self._until - time.monotonic()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), left)
        if self._not_before is not None:
            raise self._put_off(self._not_before)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note what an answer asks for; the answer itself goes on as it is."""
        if response.status not in STATUSES:
            return response
        now = datetime.now(UTC)
        values = [each.decode("latin-1") for each in response.headers.getlist("Retry-After")]
        date = (response.headers.get("Date") or b"").decode("latin-1")
        asked = wait_asked(values, now, date)
        if asked is None:
            return response
        clock = time.monotonic()
        until = clock + asked.total_seconds()
        longer = until - max(self._until, clock)  # two answers to requests of one moment ask for one pause
        left = self._began + self._time - clock if self._time else self.most
        if asked.total_seconds() > min(self.most, left) or longer > self._patience:
            self._end(request, now + asked)
        elif longer > 0:
            self._patience -= longer
            self._until = until
            self._count("jarshy/pauses")
            if response.status == 429:
                slow_down(self.crawler, request, min(2 * delay_of(self.crawler, request), _SLOWEST))
            logger.info("event=pause host_asked_seconds=%.0f status=%d", longer, response.status)
        return response

    def _end(self, request: Request, moment: datetime) -> None:
        request.meta.update({"dont_retry": True, _TOLD: moment})
        self._not_before = moment if self._not_before is None else max(self._not_before, moment)
        self._ended.set()
        downloader = None if self.crawler.engine is None else self.crawler.engine.downloader
        for slot in downloader.slots.values() if downloader is not None else ():
            while slot.queue:  # they would wait out their delays first
                _, waiting = slot.queue.popleft()
                waiting.errback(self._put_off(moment))
        if self.crawler.stats is not None:
            self.crawler.stats.set_value(NOT_BEFORE, self._not_before)
        logger.warning("event=put_off until=%s", self._not_before.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _put_off(self, moment: datetime) -> PutOff:
        self._count(PUT_OFF)
        return PutOff(told(moment))

    def _count(self, key: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(key)

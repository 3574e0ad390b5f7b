"""What Scrapy leaves out of robots.txt: one that cannot be had (RFC 9309), and its Crawl-delay."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred

from spiders.support.pace import slow_down

logger = logging.getLogger(__name__)

_DAY = 86_400.0


class RobotsUnreachable(IgnoreRequest):
    """A request that was not made, since the site did not say what it allows."""


class _NothingAllowed(RobotParser):
    """What stands for a robots.txt that could not be had."""

    def __init__(self, why: str) -> None:
        self.why = why

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> _NothingAllowed:  # noqa: ARG003
        """Build it; nothing is read."""
        return cls("not asked for")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:  # noqa: ARG002 - nothing is
        """Give False."""
        return False


class RobotsMiddleware(RobotsTxtMiddleware):
    """Reads a robots.txt that cannot be had as RFC 9309 §2.3.1 asks.

    A status of 4xx, or more redirects than are followed, means that there is none: everything is allowed,
    and the page of the error is not taken for rules. A status of 5xx, or no answer at all, means that there
    may be rules which cannot be read: nothing is asked of the host in this crawl, and each request says why.
    Scrapy's own reads all of these as leave.
    """

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request pass, or raise IgnoreRequest; RobotsUnreachable where the rules could not be had."""
        if isinstance(rp, _NothingAllowed):
            raise RobotsUnreachable(rp.why)
        super().process_request_2(rp, request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Give the rules for a request's host, once they are known.

        Several requests may wait for them. Twisted hands the first its result and the others None, which
        Scrapy takes for leave: what was settled is looked up again.
        """
        given = await super().robot_parser(request)
        settled = self._parsers[urlsplit(request.url).netloc]
        return given if isinstance(settled, Deferred) else settled

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            raise RobotsUnreachable(f"status {response.status}")
        if response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, IgnoreRequest) and "redirect" in str(exc):
            super()._robots_error(exc, netloc)  # "max redirections reached": as if there were none
            return
        said = " ".join(str(exc).split())[:120] or type(exc).__name__
        why = f"robots.txt could not be had ({said}): nothing may be asked for (RFC 9309, 2.3.1.4)"
        waiting = self._parsers[netloc]
        self._parsers[netloc] = nothing = _NothingAllowed(why)
        self._stats.inc_value("jarshy/robots_unreachable")
        logger.warning("event=robots_unreachable host=%s why=%r", netloc, said)
        if isinstance(waiting, Deferred):
            waiting.callback(nothing)


class RobotsDelay:
    """Waits between requests to a host as long as its robots.txt asks, where that is longer than we would."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent = str(crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"])
        self.own = crawler.settings.getfloat("DOWNLOAD_DELAY")
        # Seconds: by then the crawl is over, though Scrapy varies a delay by half of it.
        self.most = 3 * (crawler.settings.getfloat("CLOSESPIDER_TIMEOUT") or _DAY)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsDelay:
        """Build it and listen for every robots.txt that is read."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Slow the host of `request` down to what its robots.txt asks for."""
        told = robotparser.crawl_delay(self.agent)
        if told is None or not told > self.own or self.crawler.engine is None:
            return  # what is no number is not greater
        asked = min(told, self.most)
        key = slow_down(self.crawler, request, asked)
        if self.crawler.stats is not None:
            self.crawler.stats.max_value("jarshy/robots_delay", asked)
        logger.info("event=crawl_delay host=%s seconds=%s", key, asked)

"""Crawl-delay of robots.txt: Scrapy reads it and leaves it at that."""

from __future__ import annotations

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class RobotsDelay:
    """Waits between requests to a host as long as its robots.txt asks, where that is longer than we would."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent = str(crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"])
        self.own = crawler.settings.getfloat("DOWNLOAD_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsDelay:
        """Build it and listen for every robots.txt that is read."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Slow the host of `request` down to what its robots.txt asks for."""
        asked = robotparser.crawl_delay(self.agent)
        engine = self.crawler.engine
        if asked is None or asked <= self.own or engine is None:
            return
        downloader = engine.downloader
        key = downloader.get_slot_key(request)
        downloader.per_slot_settings[key] = {**downloader.per_slot_settings.get(key, {}), "delay": asked}
        if key in downloader.slots:  # made for the request of robots.txt itself
            downloader.slots[key].delay = asked
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None:  # it would come down to our own delay again
            throttle.mindelay = max(throttle.mindelay, asked)
            throttle.maxdelay = max(throttle.maxdelay, asked)
        if self.crawler.stats is not None:
            self.crawler.stats.max_value("jarshy/robots_delay", asked)
        logger.info("event=crawl_delay host=%s seconds=%s", key, asked)

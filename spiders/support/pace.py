"""How fast a host is asked: Scrapy keeps that in three places, of which each would undo the others."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle


def delay_of(crawler: Crawler, request: Request) -> float:
    """Give the seconds between two requests to the host of `request`, as things are."""
    downloader: Any = None if crawler.engine is None else crawler.engine.downloader
    slot = None if downloader is None else downloader.slots.get(downloader.get_slot_key(request))
    return float(crawler.settings.getfloat("DOWNLOAD_DELAY") if slot is None else slot.delay)


def slow_down(crawler: Crawler, request: Request, seconds: float) -> str:
    """Let at least so many seconds lie between two requests to the host of `request`, for all of the crawl.

    Returns:
        The host, as the downloader names it; empty where nothing is crawled yet.
    """
    downloader: Any = None if crawler.engine is None else crawler.engine.downloader
    if downloader is None:
        return ""
    key = downloader.get_slot_key(request)
    seconds = max(seconds, delay_of(crawler, request))
    downloader.per_slot_settings[key] = {**downloader.per_slot_settings.get(key, {}), "delay": seconds}
    if key in downloader.slots:  # made for the request of robots.txt itself
        downloader.slots[key].delay = seconds
    throttle = crawler.get_extension(AutoThrottle)
    if throttle is not None:  # it would come down to our own delay again
        throttle.mindelay = max(throttle.mindelay, seconds)
        throttle.maxdelay = max(throttle.maxdelay, seconds)
    return str(key)

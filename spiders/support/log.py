"""What a crawl's log says: one line an event, `key=value`, and no text of an article.

Whatever reaches a line, a page's address or a server's own words in an error, stays on it: control characters
are written as escapes, so that nothing from outside begins a line of its own or speaks to a terminal.
"""

from __future__ import annotations

import logging
import sys
import traceback
from contextvars import ContextVar
from typing import Any, Self, TextIO

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from items import Page
from spiders.support.visible import quoted, visible

LONGEST = 2000  # characters of a message
SAID = 200  # characters of what an error says: it may quote the page
PLACES = 6  # of a traceback, the innermost
CRAWL: ContextVar[str] = ContextVar("crawl", default="-")
"""What runs at the moment: `akorda/17`, outlet and number of the crawl (`crawls.id`); "-" outside of any."""


class OneLine(logging.Formatter):
    """`ts=… level=… crawl=akorda/17 logger=… event=… key=value`; an error is two keys more."""

    def __init__(self, datefmt: str | None = None) -> None:
        super().__init__(datefmt=datefmt)

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        message = record.getMessage()
        if not message.startswith("event="):  # another package's words
            message = f"event=said text={quoted(message[:LONGEST])}"
        parts = [
            f"ts={self.formatTime(record, self.datefmt)} level={record.levelname} crawl={CRAWL.get()}",
            f"logger={record.name} {visible(message[:LONGEST])}",
        ]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(told(record.exc_info[1]))
        return " ".join(parts)


def told(error: BaseException) -> str:
    """Give what a line says of an error: `error="KeyError: …" at="file.py:12 < file.py:3"`."""
    places = traceback.extract_tb(error.__traceback__)[-PLACES:]
    where = " < ".join(f"{place.filename.rpartition('/')[2]}:{place.lineno}" for place in reversed(places))
    return f"error={quoted(f'{type(error).__name__}: {error}'[:SAID])} at={quoted(where)}"


class _Handler(logging.StreamHandler[TextIO]):
    """Writes to standard error as it is at the moment: tests and daemons change it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override] # a handler of a stream keeps one
        return sys.stderr


class OneLineLog:
    """The extension that installs the log, in whatever way a crawl was started.

    Scrapy would make its own handler anew for every crawler, each time with a formatter of its own; so the
    settings tell it to make none (`LOG_INSTALL_ROOT_HANDLER`).
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Install what `install` does."""
        install(crawler.settings)
        return cls()


def install(settings: BaseSettings) -> None:
    """Send the log to `LOG_FILE`, or else to standard error, from `LOG_LEVEL` on. Repeated: changes both."""
    name = settings.get("LOG_FILE")
    handler = logging.FileHandler(name, encoding="utf-8") if name else _Handler()
    handler.setFormatter(OneLine(str(settings["LOG_DATEFORMAT"])))
    handler.setLevel(settings["LOG_LEVEL"])
    for old in [each for each in logging.root.handlers if isinstance(each.formatter, OneLine)]:
        logging.root.removeHandler(old)
        old.close()
    logging.root.setLevel(logging.NOTSET)  # the handler decides
    if settings.getbool("LOG_ENABLED"):
        logging.root.addHandler(handler)


class QuietFormatter(LogFormatter):
    """Scrapy's formatter without the items themselves: an address and a status say enough."""

    def scraped(
        self,
        item: Any,
        response: Response | Failure | None,  # noqa: ARG002 - Scrapy's signature
        spider: Spider,  # noqa: ARG002
    ) -> LogFormatterResult:
        """One line a page, at DEBUG."""
        return _line(logging.DEBUG, "stored", item)

    def dropped(
        self,
        item: Any,
        exception: BaseException,  # noqa: ARG002
        response: Response | Failure | None,  # noqa: ARG002
        spider: Spider,  # noqa: ARG002
    ) -> LogFormatterResult:
        """One line for a page that came after the store had failed; Scrapy's own would print the page."""
        return _line(logging.DEBUG, "dropped", item)

    def item_error(
        self,
        item: Any,
        exception: BaseException,  # noqa: ARG002
        response: Response | Failure | None,  # noqa: ARG002
        spider: Spider,  # noqa: ARG002
    ) -> LogFormatterResult:
        """One line for a page that a pipeline could not take, with the error."""
        return _line(logging.ERROR, "item_error", item)


def _line(level: int, event: str, item: Any) -> LogFormatterResult:
    url = item.fetch.url if isinstance(item, Page) else type(item).__name__
    status = item.fetch.status if isinstance(item, Page) else "-"
    return {
        "level": level,
        "msg": "event=%(event)s status=%(status)s url=%(url)r",
        "args": {"event": event, "status": status, "url": url},
    }

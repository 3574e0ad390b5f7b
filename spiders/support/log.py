"""What a crawl's log says of its items and errors: an event a line, and no text of an article."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from items import Page


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

    def item_error(
        self,
        item: Any,
        exception: BaseException,  # noqa: ARG002
        response: Response | Failure | None,  # noqa: ARG002
        spider: Spider,  # noqa: ARG002
    ) -> LogFormatterResult:
        """One line for a page that a pipeline could not take; the traceback follows it."""
        return _line(logging.ERROR, "item_error", item)


def _line(level: int, event: str, item: Any) -> LogFormatterResult:
    url = item.fetch.url if isinstance(item, Page) else type(item).__name__
    status = item.fetch.status if isinstance(item, Page) else "-"
    return {
        "level": level,
        "msg": "event=%(event)s status=%(status)s url=%(url)r",
        "args": {"event": event, "status": status, "url": url},
    }

"""The book of the crawls: how they went, and what is thought of the outlets since."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from pipelines.store import clock, crawls
from pipelines.store.db import writing


class CrawlBook:
    """A part of the store's door: see `Store.book`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def last_crawl(self, outlet: str) -> tuple[datetime, str | None] | None:
        """Give when an outlet's last crawl began, and its outcome (None while it runs); None without one."""
        return crawls.last_crawl(self._db, outlet)

    def set_right(self, now: datetime) -> int:
        """Set right what was stored while the clock was ahead of the world; gives how many articles."""
        with writing(self._db):
            return clock.set_right(self._db, now)

"""The book of the crawls: how they went, and what is thought of the outlets since."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from pipelines.health.facts import Facts, Verdict
from pipelines.store import clock, crawls, health, memory
from pipelines.store.db import writing
from pipelines.store.health import Change, Health
from spiders.support.freshness import Known


class CrawlBook:
    """A part of the store's door: see `Store.book`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def last_crawl(self, outlet: str) -> tuple[datetime, str | None] | None:
        """Give when an outlet's last crawl began, and its outcome (None while it runs); None without one."""
        return crawls.last_crawl(self._db, outlet)

    def remembered(self, outlet: str) -> dict[str, Known]:
        """Give what is known of every address of an outlet that was asked for, in canonical spelling."""
        return memory.remembered(self._db, outlet)

    def not_before(self) -> dict[str, datetime]:
        """Give when outlets asked to come back (`Retry-After`), of those whose last crawl that ended."""
        return crawls.not_before(self._db)

    def set_right(self, now: datetime) -> int:
        """Set right what was stored while the clock was ahead of the world; gives how many articles."""
        with writing(self._db):
            return clock.set_right(self._db, now)

    def facts(self, outlet: str, now: datetime) -> Facts:
        """Give what the rules of health ask for; raises KeyError for an unknown outlet."""
        return health.facts(self._db, outlet, now)

    def judged(self, outlet: str, verdict: Verdict, now: datetime) -> None:
        """Store a verdict on an outlet, and the change of its state, if it is one."""
        with writing(self._db):
            health.write(self._db, outlet, verdict, now)

    def states(self) -> dict[str, Health]:
        """Give what is thought of every outlet that was judged, by name."""
        return health.states(self._db)

    def changes(self, limit: int = 100, *, untold: bool = False) -> list[Change]:
        """Give changes of state, the newest first; with `untold` those that nobody was told of yet."""
        return health.changes(self._db, limit, untold=untold)

    def told(self, upto: int, now: datetime) -> None:
        """Note that whoever is to know was told of all changes up to the one of this id."""
        with writing(self._db):
            health.told(self._db, upto, now)

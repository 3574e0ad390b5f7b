"""The days that pages are made of: from the store, and from the files that are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from items import Story
from pipelines.store import Store

DAY_LIMIT = 3_000  # stories of a day, the newest
_BEFORE, _AFTER = timedelta(hours=14), timedelta(hours=36)  # a day lasts so long in all zones of the earth
_FILE = re.compile(r"(\d{4}-\d\d-\d\d)\.html\Z")


def days_of(store: Store) -> Callable[[date], list[Story]]:
    """Give a function that gives the stories of a day in any zone, and some of the days beside it."""

    def stories(day: date) -> list[Story]:
        start = datetime.combine(day, time(), tzinfo=UTC)
        return store.stories_around(start - _BEFORE, start + _AFTER, DAY_LIMIT)

    return stories


def day_of_file(name: str) -> date | None:
    """Give the day whose (first) page a file is, by its name; None if it is none."""
    found = _FILE.search(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:  # 2026-02-31.html is somebody's own
        return None


def days_in(folder: Path) -> set[date]:
    """Give the days that have a page in a folder; none where there is no folder."""
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return {day for name in names if (day := day_of_file(name)) is not None}

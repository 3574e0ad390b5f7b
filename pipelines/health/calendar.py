"""Windows of a history that may be compared, and those on which an outlet may rightly be quiet."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

WEEKS = 8  # that a habit is made of
_HOLIDAYS = Path(__file__).with_name("holidays.toml")
_WARMING = timedelta(days=1)  # the first crawl brings what had gathered before it


@cache
def _holidays() -> dict[str, frozenset[str]]:
    with _HOLIDAYS.open("rb") as file:
        return {country: frozenset(days) for country, days in tomllib.load(file).items()}


def is_holiday(day: date, country: str) -> bool:
    """Tell whether a day is a public holiday of fixed date; `country` is ISO 3166-1 alpha-2."""
    return f"{day:%m-%d}" in _holidays().get(country, frozenset())


def windows(
    seen: Sequence[datetime],
    crawled: Sequence[datetime],
    now: datetime,
    days: int,
    *,
    first_crawl: datetime | None,
    country: str,
    zone: str,
) -> tuple[int | None, ...]:
    """Count articles in the window of so many days that ends now, and in those of `WEEKS` weeks before.

    Args:
        seen: when each article was first seen, in order.
        crawled: when good crawls began, in order.
        now: aware.
        days: 1 or 7.
        first_crawl: when the outlet was first crawled.
        country: whose holidays are left out of windows of a day.
        zone: IANA zone of its days.

    Returns:
        The counts, this window's first; None where nothing was crawled, or nothing is to be expected.
    """
    found: list[int | None] = []
    for weeks in range(WEEKS + 1):
        end = now - timedelta(weeks=weeks)
        begin = end - timedelta(days=days)
        early = first_crawl is None or begin < first_crawl + _WARMING
        idle = bisect_left(crawled, begin) == bisect_left(crawled, end)
        local = {moment.astimezone(ZoneInfo(zone)).date() for moment in (begin, end)}
        quiet = days == 1 and any(is_holiday(day, country) for day in local)
        count = bisect_left(seen, end) - bisect_left(seen, begin)
        found.append(None if early or idle or quiet else count)
    return tuple(found)

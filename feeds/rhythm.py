"""How often a feed is worth asking for: hints to readers, from when its entries really came. Pure.

Conservative: a hint that is too slow makes news late, one that is too fast costs a request that is answered
304. So the time to live is half of the usual pause, and an hour is skipped only when it was silent for weeks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

SAMPLE = 1_000  # times that are looked at
_TTLS = (15, 30, 60, 120, 240, 360, 720)  # minutes; what is between them is rounded down
_USUAL = 60  # minutes, where too little is known
_FEWEST = 8  # times; fewer say nothing
_HABIT = timedelta(days=28)  # over which an hour must have been silent
_MOST_SKIPPED = 12  # hours; a feed that is silent for longer is not one with hours
_SEEN_WITH = timedelta(minutes=2)  # what one crawl brings comes within it and is one change of the feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When to ask. `period` and `frequency` are those of RSS 1.0's syndication module."""

    ttl: int = _USUAL  # minutes
    skip_hours: tuple[int, ...] = ()  # 0 to 23, in UTC, as RSS 2.0 has them
    period: str = "hourly"  # or "daily"
    frequency: int = 1  # times a period


def rhythm_of(times: Iterable[datetime]) -> Rhythm:
    """Give the rhythm of a feed whose entries came or changed at `times` (aware, in any order).

    `ttl` is half of the median pause between changes, rounded down to a quarter, a half, one, two, four, six
    or twelve hours. An hour of the day is skipped if nothing came in it, nor in the hour before and the hour
    after, over four weeks or more; of more than twelve such hours none is.
    """
    moments = sorted({each.astimezone(UTC).replace(second=0, microsecond=0) for each in times})
    changes = [later for earlier, later in pairwise([None, *moments]) if later and _apart(earlier, later)]
    if len(changes) < _FEWEST:
        return Rhythm()
    pauses = [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(changes)]
    ttl = max((each for each in _TTLS if each <= median(pauses) / 2), default=_TTLS[0])
    hourly = ttl <= _USUAL
    return Rhythm(
        ttl=ttl,
        skip_hours=_silent(changes),
        period="hourly" if hourly else "daily",
        frequency=(60 if hourly else 24 * 60) // ttl,
    )


def _apart(earlier: datetime | None, later: datetime) -> bool:
    return earlier is None or later - earlier > _SEEN_WITH


def _silent(changes: list[datetime]) -> tuple[int, ...]:
    if changes[-1] - changes[0] < _HABIT:
        return ()
    busy = {(each.hour + by) % 24 for each in changes for by in (-1, 0, 1)}
    silent = tuple(hour for hour in range(24) if hour not in busy)
    return silent if len(silent) <= _MOST_SKIPPED else ()

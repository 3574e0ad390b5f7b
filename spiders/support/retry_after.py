"""`Retry-After` (RFC 9110, 10.2.3), read: how long a server asks to be left alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

STATUSES = (429, 503)  # RFC 6585, 4; RFC 9110, 15.6.4
LONGEST = timedelta(hours=12)  # an outlet that asks for years is asked twice a day whether it meant it
_SECONDS = re.compile(r"[0-9]+", re.ASCII)


def wait_asked(values: Sequence[str], now: datetime, date: str | None = None) -> timedelta | None:
    """Tell how long a server asks to be left alone.

    Args:
        values: its `Retry-After` headers: seconds or HTTP dates. Of several the longest holds.
        now: when the answer came, aware.
        date: its `Date` header, by whose clock a date is meant where it can be read.

    Returns:
        From nothing (a date that is past) to LONGEST; None where no value is seconds or a date. Never raises.
    """
    told = [wait for value in values if (wait := _wait(value.strip(), now, date)) is not None]
    return max(told, default=None)


def _wait(value: str, now: datetime, date: str | None) -> timedelta | None:
    if _SECONDS.fullmatch(value):
        digits = value.lstrip("0") or "0"
        return LONGEST if len(digits) > 6 else min(timedelta(seconds=int(digits)), LONGEST)
    until = moment(value)
    if until is None:
        return None
    return min(max(until - (moment(date or "") or now), timedelta(0)), LONGEST)


def moment(value: str) -> datetime | None:
    """Give the moment of an HTTP date (RFC 9110, 5.6.7), in UTC; None for what is none."""
    try:
        found = parsedate_to_datetime(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def told(moment: datetime) -> str:
    """Say when the outlet may be asked again, for a log or a person."""
    return f"asked to come back at {moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

"""The time of day and the zone in what the patterns of `date_words` matched."""

from __future__ import annotations

import re
from datetime import time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from items import Precision
from spiders.extract.date_words import WORDS


def clock_of(match: re.Match[str] | None) -> tuple[time, Precision] | None:
    """The time of day that a match of a pattern of times holds, and its precision; None where it is none."""
    if match is None:
        return None
    parts = match.groupdict()
    hour = int(parts["hour"] or parts["hour2"])
    half = (parts["half"] or parts.get("half2") or "").strip()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    minute, second = parts["minute"] or parts.get("minute2") or 0, parts["second"] or 0
    try:
        return time(hour, int(minute), int(second)), "second" if parts["second"] else "minute"
    except ValueError:
        return None


def zone_of(match: re.Match[str] | None) -> tzinfo | None:
    """The zone that a match of a pattern of zones holds; None where it is none that is certain."""
    if match is None:
        return None
    if name := match["zone"]:
        return ZoneInfo(WORDS.zones[name])
    if match["sign"] is None or not (match["prefix"] or match["minutes"]):
        return None  # "-5" after a time may be anything; "+0500" and "GMT+5" may not
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if match["sign"] == "-" else offset)

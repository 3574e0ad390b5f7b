"""Which pages are worth asking for, and again: what is known of an address, and the rule. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

YOUNG = timedelta(days=2)  # an article is corrected in its first days, if ever
PAUSE = timedelta(minutes=30)  # between two looks at the youngest article
UNREADABLE = timedelta(hours=6)  # before a page that answered, but could not be read, is asked for again
GONE = frozenset({404, 410})
FOR_EVER = 410  # RFC 9110, 15.5.11: likely to be permanent


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an address that was asked for before. Times are aware."""

    asked_at: datetime
    status: int  # of the last answer; 0 when none came
    etag: str | None = None  # of the last answer that was read
    last_modified: str | None = None
    headlines: tuple[str, ...] = ()  # of the article there, as printed and as repaired; empty: no article
    first_seen: datetime | None = None  # of the article


class Freshness(Protocol):
    """What the spider asks of whoever remembers earlier crawls."""

    def look(self, url: str) -> Known | None:
        """Tell what is known of an address, whatever its spelling; None if it was never asked for."""

    def complete(self) -> bool:
        """Tell whether the outlet's last crawl saw all there was: only then is "nothing new" the end."""


class Forgetful:
    """The freshness of a spider without a store: everything is new."""

    def look(self, url: str) -> Known | None:  # noqa: ARG002 - the protocol's
        """Nothing is known."""
        return None

    def complete(self) -> bool:
        """No crawl came before."""
        return False


def worth_asking(known: Known | None, headline: str | None, now: datetime) -> bool:
    """Decide whether a listed page is fetched.

    Args:
        known: what is known of its address.
        headline: as the listing prints it today.
        now: aware.

    Returns:
        True for a page never asked for, one whose failure may have passed, an article whose listing prints
        another headline than before, and a young article: asked again at growing intervals (half its age), so
        that a correction is seen and the outlet is not pestered. A page that is gone stays gone, but for an
        article that was not found, and is listed still.
    """
    if known is None:
        return True
    waited = abs(now - known.asked_at)  # a clock that was ahead must not put a page off until then
    if not known.headlines:
        return passing(known.status) or (known.status not in GONE and waited >= UNREADABLE)
    if known.status in GONE:
        return known.status != FOR_EVER and waited >= UNREADABLE
    if headline and not any(_same(headline, held) for held in known.headlines):
        return True
    age = abs(now - (known.first_seen or known.asked_at))
    return age < YOUNG and waited >= max(PAUSE, age / 2)


def passing(status: int) -> bool:
    """Tell whether a failure is of the moment: no answer (0), too many requests, the server's own fault."""
    return status in (0, 408, 429) or status >= 500


def _same(listed: str, held: str) -> bool:
    """A listing may cut a long headline short."""
    listed, held = " ".join(listed.casefold().split()), " ".join(held.casefold().split())
    short = listed.rstrip("….").rstrip()
    return listed == held or (short != listed and len(short) > 20 and held.startswith(short))

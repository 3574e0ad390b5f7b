"""The two times of an entry: when it was published, and when a reader would last have wanted to know."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from items import Stored, Story

# Articles seen so close to each other came with one crawl: no feed showed the one without the other.
_ONE_CRAWL = timedelta(minutes=30)
# What an article says, of what a revision may change.
_TOLD = frozenset(("headline", "lead", "body"))


def published_at(stored: Stored, now: datetime) -> datetime:
    """Give the time that dates the entry, in UTC: never later than when we first saw it, nor than `now`.

    A page dated by the day alone is dated by when it was first seen, if that was the same day in the outlet's
    zone, else by that day's noon there. A page without a date is dated by when it was first seen.
    """
    moment = stored.article.published
    if moment is None:
        return min(stored.first_seen, now)
    at = moment.at
    if moment.precision == "day":
        zone = ZoneInfo(stored.outlet.zone)
        day = at.astimezone(ZoneInfo(moment.zone)).date()
        if stored.first_seen.astimezone(zone).date() == day:
            at = stored.first_seen
        else:
            at = datetime.combine(day, time(12), tzinfo=zone).astimezone(UTC)
    return min(at, stored.first_seen, now)


def updated_at(story: Story, published: datetime, now: datetime) -> datetime:
    """Give when a reader would last have wanted to know, in UTC: never before `published`, nor after `now`.

    That is when the lead's outlet changed what it says (headline, lead, body), or when the lead itself came
    because it is nearer the origin than what had been shown. A further relay, another author's name, a date
    or the spelling set right do not count: whoever read the entry has read it.
    """
    lead = story.lead
    moments = [published]
    if lead.first_seen - story.first_seen > _ONE_CRAWL:
        moments.append(lead.first_seen)
    retold = not lead.slight and (not lead.changed or not _TOLD.isdisjoint(lead.changed))
    if lead.revised is not None and retold:
        moments.append(lead.revised)
    return min(max(moments), now)

"""`health.xml`: the changes of the outlets' states, an entry each, to subscribe to. RSS 2.0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import urljoin

from feedgen.feed import FeedGenerator

from feeds.plain import one_line
from feeds.validate import problems_of_rss
from pipelines.store import Change

NAME = "health.xml"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def render_health(changes: Sequence[Change], base_url: str) -> bytes:
    """Give the feed as UTF-8 bytes; the same changes give the same bytes.

    Args:
        changes: the newest first; each keeps the GUID that it was given when it came about.
        base_url: where the feeds are served.

    Raises:
        ValueError: it is not fit to be published.
    """
    site = base_url if base_url.endswith("/") else base_url + "/"
    feed = FeedGenerator()
    feed.title("Jarshy: how the outlets do")
    feed.description("Every change of an outlet's state, with the reason")
    feed.link(href=urljoin(site, NAME), rel="self", type="application/rss+xml")
    feed.link(href=site, rel="alternate")
    feed.generator("Jarshy")
    feed.language("en")
    feed.ttl(30)
    feed.lastBuildDate(changes[0].at if changes else _EPOCH)
    for change in changes:
        entry = feed.add_entry(order="append")
        entry.guid(change.guid, permalink=False)
        entry.title(one_line(f"{change.title}: {change.state} (was {change.before})"))
        entry.link(href=change.home, rel="alternate")
        why = one_line(change.why) or "all is as usual again"
        entry.description(escape(f"{change.outlet}: {why}", quote=False))
        entry.published(change.at)
    written: bytes = feed.rss_str(pretty=True)
    if faults := problems_of_rss(written):
        raise ValueError(f"{NAME}: {'; '.join(faults)}")
    return written

"""What a crawl asks of the store, all of it at once: for a crawl that is run where the store is not."""

from __future__ import annotations

from sqlite_utils import Database

from pipelines.store.db import from_text, maybe_from_text
from spiders.support.freshness import Known

# Validators are those of the last answer that was read without loss; see `crawls.freshness`.
_REMEMBERED = """
SELECT f.address, l.at, l.status, p.etag, p.last_modified, r.headline, r.headline_found, a.first_seen
FROM (
    SELECT f.address, max(f.id) AS last, max(CASE WHEN f.parsed THEN f.id END) AS read
    FROM crawls AS c CROSS JOIN fetches AS f ON f.crawl_id = c.id
    WHERE c.outlet = ? GROUP BY f.address
) AS f
JOIN fetches AS l ON l.id = f.last
LEFT JOIN fetches AS p ON p.id = f.read
LEFT JOIN addresses AS x ON x.url = f.address
LEFT JOIN articles AS a ON a.id = x.article_id
LEFT JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
"""


def remembered(db: Database, outlet: str) -> dict[str, Known]:
    """Give what is known of an outlet's addresses; see `CrawlBook.remembered`."""
    found = {}
    for address, at, status, etag, modified, headline, as_found, seen in db.execute(_REMEMBERED, [outlet]):
        texts = () if headline is None else dict.fromkeys((headline, as_found or headline))
        found[str(address)] = Known(
            asked_at=from_text(at),
            status=status,
            etag=etag,
            last_modified=modified,
            headlines=tuple(texts),
            first_seen=maybe_from_text(seen),
        )
    return found

"""What a crawl asks of the store, all of it at once: for a crawl that is run where the store is not."""

from __future__ import annotations

from sqlite_utils import Database

from pipelines.store.db import from_text, maybe_from_text
from spiders.support.freshness import Known

# As `crawls.freshness` has it: the last request, the validators to send; an address that was never asked for,
# and leads to an article, is known by the last request for any address of that.
_REMEMBERED = """
WITH asked AS (
    SELECT f.address, max(f.id) AS last,
           max(CASE WHEN f.parsed OR (f.status = 304 AND f.error IS NULL AND f.etag IS NOT NULL)
                    THEN f.id END) AS read
    FROM crawls AS c CROSS JOIN fetches AS f ON f.crawl_id = c.id
    WHERE c.outlet = :outlet GROUP BY f.address
),
led_to AS (
    SELECT x.url AS address, max(f.id) AS last, NULL AS read
    FROM articles AS a
    JOIN addresses AS x ON x.article_id = a.id
    JOIN addresses AS y ON y.article_id = a.id
    JOIN fetches AS f ON f.address = y.url
    WHERE a.outlet = :outlet AND NOT EXISTS (SELECT 1 FROM fetches AS g WHERE g.address = x.url)
    GROUP BY x.url
)
SELECT k.address, l.at, l.status, p.etag, p.last_modified, r.headline, r.headline_found, a.first_seen
FROM (SELECT * FROM asked UNION ALL SELECT * FROM led_to) AS k
JOIN fetches AS l ON l.id = k.last
LEFT JOIN fetches AS p ON p.id = k.read
LEFT JOIN addresses AS x ON x.url = k.address
LEFT JOIN articles AS a ON a.id = x.article_id
LEFT JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
"""


def remembered(db: Database, outlet: str) -> dict[str, Known]:
    """Give what is known of an outlet's addresses; see `CrawlBook.remembered`."""
    found = {}
    rows = db.execute(_REMEMBERED, {"outlet": outlet})
    for address, at, status, etag, modified, headline, as_found, seen in rows:
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

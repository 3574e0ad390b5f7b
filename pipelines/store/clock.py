"""What a clock that was ahead of the world left behind, set right once it is known to have been wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from pipelines.store import tallies
from pipelines.store.db import to_text

CLOCKS_DIFFER = timedelta(hours=1)  # less than that is no matter

# Which clock was wrong, today's or that day's? The page's own date tells: an article that we saw in the
# future, and that was published in the past, was seen by a clock that was ahead. Where today's clock is
# behind, the article's date lies in the future too, and nothing is touched.
_AHEAD = """
CREATE TEMP TABLE ahead AS
SELECT a.id FROM outlets AS o
JOIN articles AS a ON a.outlet = o.name AND a.first_seen > :late
JOIN revisions AS r ON r.article_id = a.id AND r.number = 1
WHERE r.published_at <= :now
"""
_SET_RIGHT = """
UPDATE articles SET first_seen = min(first_seen, :now), last_seen = min(last_seen, :now),
       gone_at = min(gone_at, :now) WHERE id IN ahead;
UPDATE revisions SET seen_at = min(seen_at, :now) WHERE article_id IN ahead;
UPDATE facets SET changed_at = min(changed_at, :now) WHERE article_id IN ahead;
UPDATE story_members SET joined_at = min(joined_at, :now) WHERE article_id IN ahead;
UPDATE addresses SET first_seen = min(first_seen, :now) WHERE article_id IN ahead;
UPDATE stories SET created_at = min(created_at, :now)
WHERE id IN (SELECT story_id FROM story_members WHERE article_id IN ahead);
UPDATE crawls SET started_at = min(started_at, :now), ended_at = min(ended_at, :now)
WHERE started_at > :now AND ended_at IS NOT NULL
"""


def set_right(db: Database, now: datetime) -> int:
    """Date what the future brought by today; see `Store.set_right`. In the caller's transaction."""
    told = {"now": to_text(now), "late": to_text(now + CLOCKS_DIFFER)}
    db.execute(_AHEAD, told)
    try:
        ahead = [int(row[0]) for row in db.execute("SELECT id FROM ahead").fetchall()]
        if ahead:
            with tallies.kept(db, ahead):
                for sql in _SET_RIGHT.split(";"):
                    db.execute(sql, told)
    finally:
        db.execute("DROP TABLE ahead")
    return len(ahead)

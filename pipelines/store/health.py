"""What the store knows of an outlet's health: the facts for the rules, their verdicts, the changes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from pipelines.health.calendar import WEEKS, windows
from pipelines.health.facts import Before, Facts, LastCrawl, Seen, Verdict
from pipelines.store.db import from_text, maybe_from_text, to_text
from pipelines.store.rows import insert
from pipelines.store.stories import new_guid

SAMPLE = 400  # newest articles that fields are counted on
_SHAPE = 160  # characters of a body that tell it from another
_VARIES = re.compile(r"\b(?=\w*\d)[\w-]+\b|[\W_]+")  # numbers, marks of a request; blanks and points

_SEEN = """
SELECT a.id, a.first_seen, a.lang, r.published_at, r.published_precision, r.lead IS NOT NULL AS lead,
       r.author IS NOT NULL AS author, a.section IS NOT NULL AS section, a.views IS NOT NULL AS views,
       EXISTS (SELECT 1 FROM images WHERE article_id = a.id) AS images,
       EXISTS (SELECT 1 FROM article_tags WHERE article_id = a.id) AS tags,
       (SELECT group_concat(substr(text, 1, 300), ' ') FROM blocks
        WHERE revision_id = r.id AND ordinal <= 2) AS body
FROM articles AS a
JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
WHERE a.outlet = ? AND a.folded_into IS NULL AND a.first_seen <= ?
ORDER BY a.first_seen DESC, a.id DESC LIMIT ?
"""
_FIELDS = ("lead", "author", "section", "views", "images", "tags")
_LAST = "SELECT * FROM crawls WHERE outlet = ? AND outcome IS NOT NULL ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is thought of an outlet, as stored. Times in UTC."""

    outlet: str
    state: str
    since: datetime
    why: str
    checked_at: datetime
    last_success: datetime | None
    failures: int
    next_try: datetime | None
    found: int | None
    habit: float | None
    span_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of an outlet's state."""

    id: int
    guid: str
    outlet: str
    title: str
    home: str
    at: datetime
    before: str
    state: str
    why: str


def facts(db: Database, outlet: str, now: datetime) -> Facts:
    """Gather what the rules ask for; an unknown outlet raises KeyError."""
    told = db.execute("SELECT zone, country FROM outlets WHERE name = ?", [outlet]).fetchone()
    if told is None:
        raise KeyError(outlet)
    since = to_text(now - timedelta(weeks=WEEKS + 2))
    seen = _times(
        db,
        "SELECT first_seen FROM articles WHERE outlet = ? AND first_seen > ? AND folded_into IS NULL "
        "ORDER BY first_seen",
        [outlet, since],
    )
    crawled = _times(
        db,
        "SELECT started_at FROM crawls WHERE outlet = ? AND started_at > ? AND outcome IN ('ok', 'partial') "
        "ORDER BY started_at",
        [outlet, since],
    )
    first = db.execute("SELECT min(started_at) FROM crawls WHERE outlet = ?", [outlet]).fetchone()[0]
    articles = _articles(db, outlet, now)

    def counted(days: int) -> tuple[int | None, ...]:
        first_crawl = maybe_from_text(first)
        zone, country = told
        return windows(seen, crawled, now, days, first_crawl=first_crawl, country=country, zone=zone)

    return Facts(
        outlet=outlet,
        first_crawl=maybe_from_text(first),
        last=_last(db, outlet),
        before=_before(db, outlet),
        days=counted(1),
        weeks=counted(7),
        articles=articles,
        newest=max((each.published for each in articles if each.published), default=None),
    )


def write(db: Database, outlet: str, verdict: Verdict, now: datetime) -> None:
    """Store a verdict, and the change of state that it is, if it is one. In the caller's transaction."""
    row = db.execute("SELECT state FROM outlet_health WHERE outlet = ?", [outlet]).fetchone()
    before = row[0] if row else "new"
    if before != verdict.state and "ill" in (before, verdict.state):
        insert(
            db,
            "health_changes",
            {
                "guid": new_guid(),
                "outlet": outlet,
                "at": to_text(now),
                "before": before,
                "state": verdict.state,
                "why": verdict.why,
            },
        )
    db.table("outlet_health").upsert(
        {
            "outlet": outlet,
            "state": verdict.state,
            "since_at": to_text(verdict.since),
            "why": verdict.why,
            "checked_at": to_text(now),
            "succeeded_at": _maybe(verdict.last_success),
            "failures": verdict.failures,
            "failed_at": _maybe(verdict.failed_at),
            "next_try_at": _maybe(verdict.next_try),
            "yield": verdict.found,
            "habit": verdict.habit,
            "span_days": verdict.span_days,
        },
        pk="outlet",
    )


def states(db: Database) -> dict[str, Health]:
    """Give what is thought of every outlet that was judged, by name."""
    return {
        row["outlet"]: Health(
            outlet=row["outlet"],
            state=row["state"],
            since=from_text(row["since_at"]),
            why=row["why"],
            checked_at=from_text(row["checked_at"]),
            last_success=maybe_from_text(row["succeeded_at"]),
            failures=row["failures"],
            next_try=maybe_from_text(row["next_try_at"]),
            found=row["yield"],
            habit=row["habit"],
            span_days=row["span_days"],
        )
        for row in db.query("SELECT * FROM outlet_health ORDER BY outlet")
    }


def changes(db: Database, limit: int, *, untold: bool = False) -> list[Change]:
    """Give changes of state, the newest first; with `untold` those that nobody was told of yet."""
    where = "WHERE c.told_at IS NULL" if untold else ""
    sql = (
        "SELECT c.id, c.guid, c.outlet, o.title, o.home, c.at, c.before, c.state, c.why "  # noqa: S608 - own text
        f"FROM health_changes AS c JOIN outlets AS o ON o.name = c.outlet {where} ORDER BY c.id DESC LIMIT ?"
    )
    return [Change(**{**row, "at": from_text(row["at"])}) for row in db.query(sql, [limit])]


def told(db: Database, upto: int, now: datetime) -> None:
    """Note that whoever is to know was told of all changes up to this one."""
    db.execute(
        "UPDATE health_changes SET told_at = ? WHERE told_at IS NULL AND id <= ?", [to_text(now), upto]
    )


def _times(db: Database, sql: str, values: list[Any]) -> list[datetime]:
    return [from_text(row[0]) for row in db.execute(sql, values).fetchall()]


def _maybe(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def _before(db: Database, outlet: str) -> Before:
    for row in db.query("SELECT * FROM outlet_health WHERE outlet = ?", [outlet]):
        return Before(
            state=row["state"],
            since=from_text(row["since_at"]),
            last_success=maybe_from_text(row["succeeded_at"]),
            failures=row["failures"],
            failed_at=maybe_from_text(row["failed_at"]),
        )
    return Before()


def _last(db: Database, outlet: str) -> LastCrawl | None:
    for row in db.query(_LAST, [outlet]):
        counts = db.execute("SELECT name, n FROM crawl_counts WHERE crawl_id = ?", [row["id"]]).fetchall()
        errors = db.execute(
            "SELECT error, count(*) FROM fetches WHERE crawl_id = ? AND error IS NOT NULL GROUP BY error",
            [row["id"]],
        ).fetchall()
        landings: Counter[str] = Counter()
        for (final,) in db.execute(
            "SELECT final_url FROM fetches WHERE crawl_id = ? AND kind = 'article' AND final_url <> url",
            [row["id"]],
        ).fetchall():
            landings[urlsplit(final)._replace(query="", fragment="").geturl()] += 1
        return LastCrawl(
            began=from_text(row["started_at"]),
            ended=from_text(row["ended_at"]),
            outcome=row["outcome"],
            counts=dict(counts),
            errors=dict(errors),
            landings=landings,
            not_before=maybe_from_text(row["not_before_at"]),
        )
    return None


def _articles(db: Database, outlet: str, now: datetime) -> tuple[Seen, ...]:
    rows = list(db.query(_SEEN, [outlet, to_text(now), SAMPLE]))
    marks = ", ".join("?" * len(rows))
    given: dict[int, set[str]] = defaultdict(set)
    sql = f"SELECT article_id, field FROM means WHERE means = 'layout' AND article_id IN ({marks})"  # noqa: S608 - marks
    for article, name in db.execute(sql, [row["id"] for row in rows]).fetchall():
        given[article].add(name)
    return tuple(
        Seen(
            first_seen=from_text(row["first_seen"]),
            lang=row["lang"],
            published=maybe_from_text(row["published_at"]),
            precision=row["published_precision"],
            fields=frozenset(
                [name for name in _FIELDS if row[name]] + (["published"] if row["published_at"] else [])
            ),
            by_layout=frozenset(given[row["id"]]),
            shape=_VARIES.sub(" ", (row["body"] or "").casefold()).strip()[:_SHAPE],
        )
        for row in rows
    )

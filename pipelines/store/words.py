"""The search index: the words of every article's newest revision, and the articles that hold given ones.

Kept in the transaction that writes the article; triggers of the schema take the words of an article away
with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from items import Article
from pipelines.store import read
from pipelines.store.db import from_text, maybe_from_text, to_text
from pipelines.store.stems import VERSION, expression, joined

_WRITE = "INSERT OR REPLACE INTO article_words (rowid, headline, text) VALUES (?, ?, ?)"
_RANK = "bm25(article_words, 6.0, 1.0)"  # a word of the headline tells more of what an article is about
# Without a condition the index alone knows the best; with one, every match is looked at.
_BEST = f"SELECT rowid AS id, {_RANK} AS rank FROM article_words WHERE article_words MATCH :match"  # noqa: S608
_FOUND = """
SELECT v.guid, v.outlet, o.zone, v.lang, v.headline, v.canonical_url, v.published_at, v.published_precision,
       v.first_seen, w.rank
FROM ({best}) AS w
CROSS JOIN v_articles AS v ON v.article_id = w.id
CROSS JOIN outlets AS o ON o.name = v.outlet
ORDER BY w.rank, v.article_id DESC LIMIT :limit
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that holds the words. Times aware, in UTC; `rank` is bm25's: the lower, the better."""

    guid: str
    outlet: str
    zone: str  # IANA name: the outlet's
    lang: str
    headline: str
    url: str
    published: datetime | None
    precision: str | None  # of `published`: "second", "minute" or "day"
    first_seen: datetime
    rank: float


def write(db: Database, article_id: int, article: Article) -> None:
    """Put an article's words in place of those it has; stands inside a transaction."""
    texts = (article.lead or "", *article.paragraphs)
    row = [article_id, joined((article.headline,), article.lang), joined(texts, article.lang)]
    db.execute(_WRITE, row)


def search(
    db: Database,
    words: str,
    *,
    lang: str | None,
    since: datetime | None,
    outlets: Sequence[str],
    limit: int,
) -> list[Found]:
    """Give articles that hold words, the best first; see `Store.search`."""
    bound: dict[str, object] = {"match": expression(words, lang), "limit": limit}
    conditions, join = [], ""
    if lang:
        conditions.append("(a.lang = :lang OR a.lang LIKE :lang || '-%')")
        bound["lang"] = lang
    if outlets:
        names = {f"outlet{n}": name for n, name in enumerate(outlets)}
        conditions.append(f"a.outlet IN ({', '.join(f':{name}' for name in names)})")
        bound.update(names)
    if since:
        join = (
            "CROSS JOIN revisions AS r ON r.article_id = a.id "
            "AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)"
        )
        conditions.append("coalesce(r.published_at, a.first_seen) >= :since")
        bound["since"] = to_text(since)
    best = f"{_BEST} ORDER BY rank LIMIT :limit"
    if conditions:
        best = (
            f"SELECT m.id, m.rank FROM ({_BEST}) AS m CROSS JOIN articles AS a ON a.id = m.id {join} "  # noqa: S608
            f"WHERE {' AND '.join(conditions)} ORDER BY m.rank LIMIT :limit"
        )
    cursor = db.execute(_FOUND.format(best=best), bound)
    cursor.row_factory = sqlite3.Row
    return [_found(row) for row in cursor]


def _found(row: sqlite3.Row) -> Found:
    return Found(
        guid=row["guid"],
        outlet=row["outlet"],
        zone=row["zone"],
        lang=row["lang"],
        headline=row["headline"],
        url=row["canonical_url"],
        published=maybe_from_text(row["published_at"]),
        precision=row["published_precision"],
        first_seen=from_text(row["first_seen"]),
        rank=row["rank"],
    )


def behind(db: Database) -> int:
    """Count the articles whose words today's rules have yet to read; 0 nearly always."""
    after = _come(db)
    if after is None:
        return 0
    sql = "SELECT count(*) FROM articles WHERE id > ? AND folded_into IS NULL"
    return int(db.execute(sql, [after]).fetchone()[0])


def sync(db: Database, limit: int) -> int:
    """Index articles of an older store; see `Store.sync_search`. Stands inside a transaction."""
    after = _come(db)
    if after is None:
        return 0
    sql = "SELECT id FROM articles WHERE id > ? AND folded_into IS NULL ORDER BY id LIMIT ?"
    ids = [int(row[0]) for row in db.execute(sql, [after, limit]).fetchall()]
    for article_id, stored in read.articles(db, ids).items():
        write(db, article_id, stored.article)
    db.execute(
        "INSERT INTO derived (name, made_of) VALUES ('search', ?) "
        "ON CONFLICT (name) DO UPDATE SET made_of = excluded.made_of",
        [f"{VERSION} after {ids[-1]}" if ids else VERSION],
    )
    return len(ids)


def _come(db: Database) -> int | None:
    """Give the number of the last article that today's rules have read; None once they have read all."""
    held = db.execute("SELECT made_of FROM derived WHERE name = 'search'").fetchone()
    version, _, after = str(held[0] if held else "").partition(" after ")
    if version != VERSION:
        return 0
    return int(after) if after else None

"""Items to rows: writes the parts of an article. Every function expects to stand inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from items import Article, Attribution, Credit, Fetch, Moment, Problem
from pipelines.store.db import to_text
from pipelines.store.decide import content_hash
from pipelines.store.search import search_spelling
from spiders.support.recorded import RecordedFetch

Row = dict[str, Any]


def insert(db: Database, table: str, row: Mapping[str, object]) -> int:
    """Insert one row; gives its rowid."""
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", dict(row))  # noqa: S608 - own names
    return int(cursor.lastrowid or 0)


def insert_all(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Insert rows of one shape; stands inside a transaction."""
    rows = list(rows)
    if rows:
        names, marks = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        # sqlite-utils' own way looks at the schema anew for every call.
        db.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - own names


def replace_all(db: Database, table: str, article_id: int, rows: Iterable[Row]) -> None:
    """Put the rows of an article's list in place of those it has."""
    db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])  # noqa: S608 - own names
    insert_all(db, table, ({"article_id": article_id, **row} for row in rows))


def write_fetch(db: Database, fetch: Fetch, crawl_id: int, address: str, *, parsed: bool) -> int:
    """Insert a request; gives its id."""
    kept = (fetch.archive_file, fetch.archive_offset) if isinstance(fetch, RecordedFetch) else (None, None)
    return insert(
        db,
        "fetches",
        {
            "crawl_id": crawl_id,
            "kind": fetch.kind,
            "url": fetch.url,
            "address": address,
            "final_url": fetch.final_url,
            "at": to_text(fetch.at),
            "status": fetch.status,
            "etag": fetch.etag,
            "last_modified": fetch.last_modified,
            "content_type": fetch.content_type,
            "charset": fetch.charset,
            "size": fetch.size,
            "sha256": fetch.sha256,
            "error": fetch.error,
            "parsed": int(parsed),
            "archive_file": kept[0],
            "archive_offset": kept[1],
        },
    )


def write_problems(db: Database, fetch_id: int, problems: Iterable[Problem]) -> None:
    """Insert what could not be read of one request."""
    rows = ({"fetch_id": fetch_id, "url": p.url, "field": p.field, "why": p.why} for p in problems)
    insert_all(db, "problems", rows)


def write_revision(
    db: Database, article_id: int, number: int, article: Article, *, fetch_id: int, at: str, reason: str
) -> int:
    """Insert one state of an article with its blocks, links and attribution; gives its id."""
    revision_id = insert(
        db,
        "revisions",
        {
            "article_id": article_id,
            "number": number,
            "fetch_id": fetch_id,
            "seen_at": at,
            "reason": reason,
            **_text_columns(article),
        },
    )
    _write_blocks(db, revision_id, article)
    if article.attribution is not None:
        write_attribution(db, revision_id, article.attribution, at)
    return revision_id


def rewrite_revision(db: Database, revision_id: int, article: Article, at: str) -> None:
    """Put another reading of the same page in place of what a revision holds."""
    columns = _text_columns(article)
    names = ", ".join(f"{name} = :{name}" for name in columns)
    db.execute(f"UPDATE revisions SET {names} WHERE id = :id", {**columns, "id": revision_id})  # noqa: S608
    db.execute("DELETE FROM blocks WHERE revision_id = ?", [revision_id])
    _write_blocks(db, revision_id, article)
    if article.attribution is not None:
        write_attribution(db, revision_id, article.attribution, at)


def _text_columns(article: Article) -> Row:
    return {
        "content_hash": content_hash(article),
        "headline": article.headline,
        "headline_found": article.headline_found,
        "lead": article.lead,
        "lead_found": article.lead_found,
        "body_found": article.body_found,
        "author": article.author,
        **moment_columns("published", article.published),
        **moment_columns("modified", article.modified),
        "search": search_spelling("\n".join((article.headline, article.lead or "", article.body))),
    }


def _write_blocks(db: Database, revision_id: int, article: Article) -> None:
    blocks = list(enumerate(article.blocks, 1))
    insert_all(
        db,
        "blocks",
        (
            {"revision_id": revision_id, "ordinal": n, "kind": b.kind, "level": b.level, "text": b.text}
            for n, b in blocks
        ),
    )
    insert_all(
        db,
        "block_links",
        (
            {"revision_id": revision_id, "block_ordinal": n, "ordinal": m, "url": link.url, "text": link.text}
            for n, block in blocks
            for m, link in enumerate(block.links, 1)
        ),
    )


def amend_revision(db: Database, article_id: int, new: Article, old: Article, at: str) -> None:
    """Write what may change in the newest revision without making another, where it differs from `old`."""
    revision_id = newest_revision(db, article_id)
    columns = {
        "author": new.author,
        **moment_columns("published", new.published),
        **moment_columns("modified", new.modified),
    }
    held = {
        "author": old.author,
        **moment_columns("published", old.published),
        **moment_columns("modified", old.modified),
    }
    if columns != held:
        names = ", ".join(f"{name} = :{name}" for name in columns)
        db.execute(f"UPDATE revisions SET {names} WHERE id = :id", {**columns, "id": revision_id})  # noqa: S608
    if new.attribution is not None and new.attribution != old.attribution:
        write_attribution(db, revision_id, new.attribution, at)


def newest_revision(db: Database, article_id: int) -> int:
    """Give the id of an article's newest revision."""
    sql = "SELECT id FROM revisions WHERE article_id = ? ORDER BY number DESC LIMIT 1"
    return int(db.execute(sql, [article_id]).fetchone()[0])


def write_attribution(db: Database, revision_id: int, read: Attribution, at: str) -> None:
    """Put what was read of a revision's text in place of what was read before."""
    db.execute("DELETE FROM attributions WHERE revision_id = ?", [revision_id])
    insert(db, "attributions", {"revision_id": revision_id, "lang": read.lang, "photo": read.photo})
    for credit in (*read.chain, *read.also):
        # The first name seen; the register of sources may give a better one later.
        db.execute(
            "INSERT INTO sources (key, name, first_seen) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
            [credit.source, credit.name, at],
        )
    rows = [_credit(revision_id, "chain", n, credit) for n, credit in enumerate(read.chain, 1)]
    rows += [_credit(revision_id, "also", n, credit) for n, credit in enumerate(read.also, 1)]
    insert_all(db, "credits", rows)
    insert_all(
        db,
        "quotes",
        (
            {
                "revision_id": revision_id,
                "ordinal": n,
                "speaker": quote.speaker,
                "person": quote.person,
                "text": quote.text,
                "verb": quote.verb,
                "quote_start": quote.start,
                "quote_end": quote.end,
                "search": search_spelling(f"{quote.speaker} {quote.person or ''}"),
            }
            for n, quote in enumerate(read.quotes, 1)
        ),
    )


def write_facts(db: Database, article_id: int, new: Article, old: Article | None) -> None:
    """Write the facts that make no revision, where they differ from those held (`old`)."""
    if old is None or new.images != old.images:
        replace_all(
            db,
            "images",
            article_id,
            (
                {"ordinal": n, "url": i.url, "alt": i.alt, "caption": i.caption, "credit": i.credit}
                for n, i in enumerate(new.images, 1)
            ),
        )
    if old is None or new.tags != old.tags:
        replace_all(
            db,
            "article_tags",
            article_id,
            ({"ordinal": n, "tag_id": _tag(db, name)} for n, name in enumerate(new.tags, 1)),
        )
    if old is None or new.translations != old.translations:
        replace_all(
            db,
            "translations",
            article_id,
            ({"ordinal": n, "lang": t.lang, "url": t.url} for n, t in enumerate(new.translations, 1)),
        )
    if old is None or dict(new.means) != dict(old.means):
        means = sorted(new.means.items())
        replace_all(db, "means", article_id, ({"field": name, "means": how} for name, how in means))


def moment_columns(prefix: str, moment: Moment | None) -> Row:
    """Give the four columns of a time that a page printed."""
    return {
        f"{prefix}_at": to_text(moment.at) if moment else None,
        f"{prefix}_precision": moment.precision if moment else None,
        f"{prefix}_zone": moment.zone if moment else None,
        f"{prefix}_raw": moment.raw if moment else None,
    }


def _credit(revision_id: int, part: str, ordinal: int, credit: Credit) -> Row:
    return {
        "revision_id": revision_id,
        "part": part,
        "ordinal": ordinal,
        "source": credit.source,
        "name": credit.name,
        "role": credit.role,
        "confidence": float(credit.confidence),
        "evidence": credit.evidence,
        "evidence_start": credit.start,
        "evidence_end": credit.end,
        "rule": credit.rule,
        "url": credit.url,
    }


def _tag(db: Database, name: str) -> int:
    db.execute("INSERT INTO tags (name) VALUES (?) ON CONFLICT (name) DO NOTHING", [name])
    return int(db.execute("SELECT id FROM tags WHERE name = ?", [name]).fetchone()[0])

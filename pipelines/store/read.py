"""Rows to items: articles and outlets rebuilt whole, in as many queries for a hundred as for one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlite_utils import Database

from items import (
    Article,
    Attribution,
    Block,
    Credit,
    Image,
    Link,
    Moment,
    OutletFacts,
    Quote,
    Stored,
    Translation,
)
from pipelines.store.db import from_text, maybe_from_text
from pipelines.store.decide import named, slight

_CHUNK = 500  # ids a query; SQLite's own bound on parameters was 999 for long

_ARTICLES = """
SELECT a.id AS article_id, r.id AS revision_id, a.*, r.*,
       p.headline AS headline_before, p.search AS search_before
FROM articles AS a
JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
LEFT JOIN revisions AS p ON p.article_id = a.id AND p.number = r.number - 1
WHERE a.id IN ({marks})
"""
_TAGS = """
SELECT x.article_id, t.name FROM article_tags AS x JOIN tags AS t ON t.id = x.tag_id
WHERE x.article_id IN ({marks}) ORDER BY x.article_id, x.ordinal
"""

Rows = dict[int, list[sqlite3.Row]]


def outlets(db: Database) -> dict[str, OutletFacts]:
    """Give every outlet by its name."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for row in _rows(db, "SELECT outlet, host FROM outlet_hosts ORDER BY outlet, ordinal"):
        hosts[row["outlet"]].append(row["host"])
    languages: dict[str, list[str]] = defaultdict(list)
    for row in _rows(db, "SELECT outlet, lang FROM outlet_languages ORDER BY outlet, ordinal"):
        languages[row["outlet"]].append(row["lang"])
    return {
        row["name"]: OutletFacts(
            name=row["name"],
            title=row["title"],
            home=row["home"],
            hosts=tuple(hosts[row["name"]]),
            zone=row["zone"],
            languages=tuple(languages[row["name"]]),
            terms=row["terms"],
            rights=row["rights"],
            source=row["source"] or "",
            country=row["country"],
        )
        for row in _rows(db, "SELECT * FROM outlets ORDER BY name")
    }


def articles(db: Database, ids: Iterable[int]) -> dict[int, Stored]:
    """Give articles, in their newest state, by id; in the order asked for. Unknown ids are left out."""
    known = outlets(db)
    found: dict[int, Stored] = {}
    remaining = iter(dict.fromkeys(ids))
    while chunk := list(islice(remaining, _CHUNK)):
        rebuilt = _chunk(db, chunk, known)
        found.update((each, rebuilt[each]) for each in chunk if each in rebuilt)
    return found


def _chunk(db: Database, ids: Sequence[int], known: dict[str, OutletFacts]) -> dict[int, Stored]:
    heads = list(_select(db, _ARTICLES, ids))
    revisions = [row["revision_id"] for row in heads]
    blocks = _blocks(db, revisions)
    attributions = _attributions(db, revisions)
    images = _by(db, "images", "article_id", ids, "ordinal")
    translations = _by(db, "translations", "article_id", ids, "ordinal")
    means = _by(db, "means", "article_id", ids, "field")
    tags = _grouped(_select(db, _TAGS, ids), "article_id")
    found = {}
    for row in heads:
        key = row["article_id"]
        article = Article(
            outlet=row["outlet"],
            url=row["url"],
            canonical_url=row["canonical_url"],
            lang=row["lang"],
            headline=row["headline"],
            blocks=tuple(blocks.get(row["revision_id"], ())),
            lead=row["lead"],
            author=row["author"],
            section=row["section"],
            tags=tuple(tag["name"] for tag in tags.get(key, ())),
            published=_moment(row, "published"),
            modified=_moment(row, "modified"),
            images=tuple(
                Image(url=i["url"], alt=i["alt"], caption=i["caption"], credit=i["credit"])
                for i in images.get(key, ())
            ),
            views=row["views"],
            translations=tuple(Translation(lang=t["lang"], url=t["url"]) for t in translations.get(key, ())),
            lang_declared=row["lang_declared"],
            means={each["field"]: each["means"] for each in means.get(key, ())},
            headline_found=row["headline_found"],
            lead_found=row["lead_found"],
            body_found=row["body_found"],
            attribution=attributions.get(row["revision_id"]),
        )
        found[key] = Stored(
            guid=row["guid"],
            article=article,
            outlet=known[row["outlet"]],
            first_seen=from_text(row["first_seen"]),
            last_seen=from_text(row["last_seen"]),
            revision=row["number"],
            revised=maybe_from_text(row["seen_at"]) if row["number"] > 1 else None,
            changed=named(row["reason"]) if row["number"] > 1 else (),
            slight=row["number"] > 1 and slight(row["search_before"] or "", row["search"]),
            headline_before=row["headline_before"] if row["headline_before"] != row["headline"] else None,
        )
    return found


def _blocks(db: Database, revisions: Sequence[int]) -> dict[int, list[Block]]:
    links: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for row in _sorted(db, "block_links", "revision_id", revisions, "block_ordinal, ordinal"):
        links[row["revision_id"], row["block_ordinal"]].append(Link(url=row["url"], text=row["text"]))
    blocks: dict[int, list[Block]] = defaultdict(list)
    for row in _sorted(db, "blocks", "revision_id", revisions, "ordinal"):
        linked = tuple(links.get((row["revision_id"], row["ordinal"]), ()))
        block = Block(kind=row["kind"], text=row["text"], level=row["level"], links=linked)
        blocks[row["revision_id"]].append(block)
    return blocks


def _attributions(db: Database, revisions: Sequence[int]) -> dict[int, Attribution]:
    credits_of = _by(db, "credits", "revision_id", revisions, "part, ordinal")
    quotes_of = _by(db, "quotes", "revision_id", revisions, "ordinal")
    found = {}
    for row in _sorted(db, "attributions", "revision_id", revisions, "revision_id"):
        key = row["revision_id"]
        named = credits_of.get(key, ())
        found[key] = Attribution(
            lang=row["lang"],
            chain=tuple(_credit(each) for each in named if each["part"] == "chain"),
            also=tuple(_credit(each) for each in named if each["part"] == "also"),
            photo=row["photo"],
            quotes=tuple(_quote(each) for each in quotes_of.get(key, ())),
        )
    return found


def _credit(row: sqlite3.Row) -> Credit:
    return Credit(
        name=row["name"],
        source=row["source"],
        role=row["role"],
        confidence=row["confidence"],
        evidence=row["evidence"],
        start=row["evidence_start"],
        end=row["evidence_end"],
        rule=row["rule"],
        url=row["url"],
    )


def _quote(row: sqlite3.Row) -> Quote:
    return Quote(
        speaker=row["speaker"],
        person=row["person"],
        text=row["text"],
        verb=row["verb"],
        start=row["quote_start"],
        end=row["quote_end"],
    )


def _moment(row: sqlite3.Row, prefix: str) -> Moment | None:
    if row[f"{prefix}_at"] is None:
        return None
    return Moment(
        at=from_text(row[f"{prefix}_at"]),
        precision=row[f"{prefix}_precision"],
        zone=row[f"{prefix}_zone"],
        raw=row[f"{prefix}_raw"],
    )


def _rows(db: Database, sql: str, parameters: Sequence[object] = ()) -> Iterator[sqlite3.Row]:
    cursor = db.execute(sql, parameters)
    cursor.row_factory = sqlite3.Row
    yield from cursor


def _select(db: Database, sql: str, ids: Sequence[int]) -> Iterator[sqlite3.Row]:
    return _rows(db, sql.format(marks=", ".join("?" * len(ids))), ids)


def _sorted(db: Database, table: str, key: str, ids: Sequence[int], order: str) -> Iterator[sqlite3.Row]:
    sql = f"SELECT * FROM {table} WHERE {key} IN ({{marks}}) ORDER BY {key}, {order}"  # noqa: S608 - own names
    return _select(db, sql, ids)


def _by(db: Database, table: str, key: str, ids: Sequence[int], order: str) -> Rows:
    return _grouped(_sorted(db, table, key, ids, order), key)


def _grouped(rows: Iterable[sqlite3.Row], key: str) -> Rows:
    groups: Rows = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups

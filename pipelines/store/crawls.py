"""Outlets, sources and crawls in the database, and what there is to say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlite_utils import Database

from items import OutletFacts
from pipelines.store import read, tallies
from pipelines.store.db import from_text, maybe_from_text, to_text
from pipelines.store.rows import insert, insert_all

INTERRUPTED = "interrupted"
KEEP_FETCHES = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What the register knows of a source."""

    key: str
    name: str  # for people
    kind: str = "unknown"
    wikidata: str | None = None  # "Q…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """What is known of an address before it is asked for again."""

    etag: str | None  # validators of the last answer that was read without loss, as the server sent them
    last_modified: str | None
    fetched_at: datetime  # of the last request, UTC
    status: int  # of the last request; 0 when no answer came
    article: str | None  # guid of the article there


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletStatus:
    """An outlet's last crawl and its newest article. Times in UTC; None where there is none yet."""

    outlet: str
    title: str
    started_at: datetime | None
    ended_at: datetime | None
    outcome: str | None  # None while it runs
    counts: Mapping[str, int] = field(default_factory=dict)
    articles: int = 0
    newest: datetime | None = None  # when its newest article was published
    problems: int = 0  # in the last crawl
    not_before: datetime | None = None  # when the outlet then asked to come back


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the store holds. `credited`: key, name and number of articles, most first, by others."""

    outlets: int
    articles: int
    revisions: int
    stories: int
    problems: int
    credited: tuple[tuple[str, str, int], ...]


def sync_outlets(db: Database, outlets: Iterable[OutletFacts], now: datetime) -> None:
    """Write what outlets declare; see `Store.sync_outlets`."""
    held = read.outlets(db)
    renamed = False  # which credits are an outlet's own
    for outlet in outlets:
        known = held.get(outlet.name)
        if known == outlet:
            continue
        renamed |= known is not None and known.source != outlet.source
        if outlet.source:
            db.execute(
                "INSERT INTO sources (key, name, first_seen) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
                [outlet.source, outlet.title, to_text(now)],
            )
        row = {
            "name": outlet.name,
            "title": outlet.title,
            "home": outlet.home,
            "zone": outlet.zone,
            "terms": outlet.terms,
            "rights": outlet.rights,
            "source": outlet.source or None,
            "country": outlet.country,
        }
        db.table("outlets").upsert(row, pk="name")
        db.execute("DELETE FROM outlet_hosts WHERE outlet = ?", [outlet.name])
        db.execute("DELETE FROM outlet_languages WHERE outlet = ?", [outlet.name])
        hosts = enumerate(dict.fromkeys(outlet.hosts), 1)
        languages = enumerate(dict.fromkeys(outlet.languages), 1)
        insert_all(
            db, "outlet_hosts", ({"outlet": outlet.name, "ordinal": n, "host": host} for n, host in hosts)
        )
        insert_all(
            db,
            "outlet_languages",
            ({"outlet": outlet.name, "ordinal": n, "lang": lang} for n, lang in languages),
        )
    if renamed:
        tallies.fill(db)


def sync_sources(db: Database, sources: Iterable[SourceFacts], now: datetime) -> None:
    """Write what the register knows of sources; see `Store.sync_sources`."""
    for source in sources:
        db.execute(
            "INSERT INTO sources (key, name, kind, wikidata, first_seen) "
            "VALUES (:key, :name, :kind, :wikidata, :at) "
            "ON CONFLICT (key) DO UPDATE SET name = :name, kind = :kind, wikidata = :wikidata "
            "WHERE (name, kind) <> (:name, :kind) OR wikidata IS NOT :wikidata",
            {
                "key": source.key,
                "name": source.name,
                "kind": source.kind,
                "wikidata": source.wikidata,
                "at": to_text(now),
            },
        )


def begin(db: Database, outlet: str, now: datetime) -> int:
    """Open a crawl; see `Store.begin_crawl`."""
    db.execute(
        "UPDATE crawls SET outcome = ?, ended_at = max(started_at, coalesce("
        "(SELECT max(at) FROM fetches WHERE crawl_id = crawls.id), started_at)) "
        "WHERE outlet = ? AND outcome IS NULL",
        [INTERRUPTED, outlet],
    )
    return insert(db, "crawls", {"outlet": outlet, "started_at": to_text(now)})


def end(
    db: Database,
    crawl_id: int,
    now: datetime,
    outcome: str,
    counts: Mapping[str, int],
    not_before: datetime | None = None,
) -> None:
    """Close a crawl, and drop what its outlet's log need not keep; see `Store.end_crawl`."""
    closed = db.execute(
        "UPDATE crawls SET ended_at = max(started_at, ?), outcome = ?, not_before_at = ? "
        "WHERE id = ? AND outcome IS NULL",  # a clock may be set back
        [to_text(now), outcome, None if not_before is None else to_text(not_before), crawl_id],
    )
    if closed.rowcount != 1:
        raise KeyError(f"crawl {crawl_id} is not running")
    insert_all(
        db,
        "crawl_counts",
        ({"crawl_id": crawl_id, "name": name, "n": n} for name, n in sorted(counts.items())),
    )
    db.execute(
        "DELETE FROM fetches WHERE at < ? AND crawl_id IN "
        "(SELECT id FROM crawls WHERE outlet = (SELECT outlet FROM crawls WHERE id = ?)) "
        "AND id NOT IN (SELECT fetch_id FROM revisions) "
        "AND id NOT IN (SELECT max(id) FROM fetches GROUP BY address) "
        "AND id NOT IN (SELECT max(id) FROM fetches WHERE parsed GROUP BY address)",
        [to_text(now - KEEP_FETCHES), crawl_id],
    )


def last_crawl(db: Database, outlet: str) -> tuple[datetime, str | None] | None:
    """Tell when an outlet's last crawl began and how it ended; see `Store.last_crawl`."""
    row = db.execute(
        "SELECT started_at, outcome FROM crawls WHERE outlet = ? ORDER BY id DESC LIMIT 1", [outlet]
    ).fetchone()
    return None if row is None else (from_text(row[0]), row[1])


def not_before(db: Database) -> dict[str, datetime]:
    """Give the outlets that asked to come back later in their last crawl; see `CrawlBook.not_before`."""
    rows = db.execute(
        "SELECT outlet, not_before_at FROM crawls WHERE not_before_at IS NOT NULL "
        "AND id IN (SELECT max(id) FROM crawls GROUP BY outlet) ORDER BY outlet"
    ).fetchall()
    return {outlet: from_text(at) for outlet, at in rows}


def freshness(db: Database, address: str) -> Freshness | None:
    """Tell what is known of an address in canonical spelling; see `Store.freshness`."""
    last = db.execute(
        "SELECT at, status FROM fetches WHERE address = ? ORDER BY id DESC LIMIT 1", [address]
    ).fetchone()
    guid = db.execute(
        "SELECT a.guid, a.id FROM addresses AS x JOIN articles AS a ON a.id = x.article_id WHERE x.url = ?",
        [address],
    ).fetchone()
    if last is None and guid is not None:  # asked for under another address, which led to this one
        last = db.execute(
            "SELECT f.at, f.status FROM fetches AS f JOIN addresses AS x ON x.url = f.address "
            "WHERE x.article_id = ? ORDER BY f.id DESC LIMIT 1",
            [guid[1]],
        ).fetchone()
    if last is None:
        return None
    # A 304 names the validators to send from then on (RFC 9110, 15.4.5).
    read_last = db.execute(
        "SELECT etag, last_modified FROM fetches WHERE address = ? "
        "AND (parsed OR (status = 304 AND error IS NULL AND etag IS NOT NULL)) ORDER BY id DESC LIMIT 1",
        [address],
    ).fetchone()
    return Freshness(
        etag=read_last[0] if read_last else None,
        last_modified=read_last[1] if read_last else None,
        fetched_at=from_text(last[0]),
        status=last[1],
        article=guid[0] if guid else None,
    )


def counts(db: Database, top: int) -> Counts:
    """Count what the store holds; see `Store.counts`."""
    credited = db.execute(
        "SELECT source, source_name, count(DISTINCT article_id) AS n FROM v_chain "
        "WHERE NOT own AND role <> 'via' GROUP BY source ORDER BY n DESC, source LIMIT ?",
        [top],
    ).fetchall()

    def count(sql: str) -> int:
        return int(db.execute(f"SELECT count(*) FROM {sql}").fetchone()[0])  # noqa: S608 - own texts below

    return Counts(
        outlets=count("outlets"),
        articles=count("articles WHERE folded_into IS NULL"),
        revisions=count("revisions"),
        stories=count("stories WHERE id IN (SELECT story_id FROM story_members)"),
        problems=count("problems"),
        credited=tuple((key, name, n) for key, name, n in credited),
    )


def status(db: Database) -> list[OutletStatus]:
    """Tell how every outlet does, by name; see `Store.outlet_status`."""
    found = []
    for row in db.query(
        "SELECT o.name, o.title, c.id, c.started_at, c.ended_at, c.outcome, c.not_before_at, "
        "(SELECT count(*) FROM articles WHERE outlet = o.name AND folded_into IS NULL) AS articles, "
        "(SELECT max(published_at) FROM v_articles WHERE outlet = o.name) AS newest, "
        "(SELECT count(*) FROM problems AS p JOIN fetches AS f ON f.id = p.fetch_id WHERE f.crawl_id = c.id) "
        "AS problems "
        "FROM outlets AS o LEFT JOIN crawls AS c "
        "ON c.id = (SELECT max(id) FROM crawls WHERE outlet = o.name) "
        "ORDER BY o.name"
    ):
        tally = db.execute("SELECT name, n FROM crawl_counts WHERE crawl_id = ? ORDER BY name", [row["id"]])
        found.append(
            OutletStatus(
                outlet=row["name"],
                title=row["title"],
                started_at=maybe_from_text(row["started_at"]),
                ended_at=maybe_from_text(row["ended_at"]),
                outcome=row["outcome"],
                counts=dict(tally.fetchall()),
                articles=row["articles"],
                newest=maybe_from_text(row["newest"]),
                problems=row["problems"],
                not_before=maybe_from_text(row["not_before_at"]),
            )
        )
    return found

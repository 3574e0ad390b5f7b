"""What an article may be chosen for, kept as an index of its own: an edition reads only what it prints.

Derived from the article: a row for each of its facets, with the time its newest revision was seen. The store
keeps it in step; `sync_topics` makes the topics anew after their words were taught something.
"""

from __future__ import annotations

from sqlite_utils import Database

from items import Article
from pipelines.text.topics import fingerprint, labels, topics_of, topics_of_labels

Facet = tuple[str, str]  # kind and value

ALL: Facet = ("all", "")
FIRST_HAND: Facet = ("first-hand", "")


def facets_of(article: Article, outlet_source: str) -> frozenset[Facet]:
    """Give all that an article may be chosen for; `outlet_source` is its outlet among the sources."""
    read = article.attribution
    chain = read.chain if read else ()
    credited = {credit.source for credit in (*chain, *(read.also if read else ()))} or {outlet_source}
    first_hand = not chain or (bool(outlet_source) and chain[-1].source == outlet_source)
    return frozenset(
        {
            ALL,
            ("outlet", article.outlet),
            ("language", article.lang.partition("-")[0].lower()),
            *(("topic", topic) for topic in topics_of(article)),
            *(("source", source) for source in credited if source),
            *([FIRST_HAND] if first_hand else []),
        }
    )


def write(db: Database, article_id: int, article: Article, changed_at: str) -> None:
    """Put an article's facets in place of those it has; stands inside a transaction."""
    drop(db, article_id)
    rows = (
        {"article_id": article_id, "kind": kind, "value": value, "changed_at": changed_at}
        for kind, value in sorted(facets_of(article, _source(db, article.outlet)))
    )
    db.table("facets").insert_all(rows)


def drop(db: Database, article_id: int) -> None:
    """Take an article's facets away: it proved to be another's page."""
    db.execute("DELETE FROM facets WHERE article_id = ?", [article_id])


def touch(db: Database, article_id: int, old: Article, new: Article) -> None:
    """Write an article's facets anew if its facts, though no revision, changed them."""
    source = _source(db, new.outlet)
    if facets_of(old, source) != facets_of(new, source):
        at = db.execute("SELECT max(seen_at) FROM revisions WHERE article_id = ?", [article_id]).fetchone()[0]
        write(db, article_id, new, at)


def sync_topics(db: Database) -> bool:
    """Make the topics of all articles anew if their words have changed since; tells whether it did."""
    held = db.execute("SELECT made_of FROM derived WHERE name = 'topics'").fetchone()
    if held is not None and held[0] == fingerprint():
        return False
    db.execute("DELETE FROM facets WHERE kind = 'topic'")
    sql = (
        "SELECT f.article_id, f.changed_at, a.section, a.canonical_url FROM facets AS f "
        "JOIN articles AS a ON a.id = f.article_id WHERE f.kind = 'all'"
    )
    for article_id, changed_at, section, url in db.execute(sql).fetchall():
        tags = db.execute(
            "SELECT t.name FROM article_tags AS x JOIN tags AS t ON t.id = x.tag_id WHERE x.article_id = ? "
            "ORDER BY x.ordinal",
            [article_id],
        ).fetchall()
        found = topics_of_labels(labels(section, (tag[0] for tag in tags), url))
        db.table("facets").insert_all(
            {"article_id": article_id, "kind": "topic", "value": topic, "changed_at": changed_at}
            for topic in found
        )
    db.execute(
        "INSERT INTO derived (name, made_of) VALUES ('topics', ?) "
        "ON CONFLICT (name) DO UPDATE SET made_of = excluded.made_of",
        [fingerprint()],
    )
    return True


def _source(db: Database, outlet: str) -> str:
    row = db.execute("SELECT source FROM outlets WHERE name = ?", [outlet]).fetchone()
    return str(row[0] or "") if row else ""

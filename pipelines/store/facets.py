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


_INSERT = "INSERT INTO facets (article_id, kind, value, changed_at) VALUES (?, ?, ?, ?)"
_BATCH = 5_000  # articles read at once
_PART = "\x1f"  # between tags; none has it
# What articles are filed under, in the order of their numbers.
_FILED = """
SELECT a.id, f.changed_at, a.section, a.canonical_url,
       (SELECT group_concat(name, char(31)) FROM (
           SELECT t.name FROM article_tags AS x JOIN tags AS t ON t.id = x.tag_id
           WHERE x.article_id = a.id ORDER BY x.ordinal))
FROM articles AS a JOIN facets AS f ON f.article_id = a.id AND f.kind = 'all' AND f.value = ''
WHERE a.id > ? ORDER BY a.id LIMIT ?
"""


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
    facets = sorted(facets_of(article, _source(db, article.outlet)))
    db.conn.executemany(_INSERT, [(article_id, kind, value, changed_at) for kind, value in facets])


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
    last = 0
    while batch := db.execute(_FILED, [last, _BATCH]).fetchall():
        last = int(batch[-1][0])
        rows = [
            (article_id, "topic", topic, changed_at)
            for article_id, changed_at, section, url, tags in batch
            for topic in topics_of_labels(labels(section, (tags or "").split(_PART), url))
        ]
        db.conn.executemany(_INSERT, rows)
    db.execute(
        "INSERT INTO derived (name, made_of) VALUES ('topics', ?) "
        "ON CONFLICT (name) DO UPDATE SET made_of = excluded.made_of",
        [fingerprint()],
    )
    return True


def _source(db: Database, outlet: str) -> str:
    row = db.execute("SELECT source FROM outlets WHERE name = ?", [outlet]).fetchone()
    return str(row[0] or "") if row else ""

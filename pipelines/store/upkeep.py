"""The file's upkeep: what is wrong with it, and what may go from it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipelines.store import tallies
from pipelines.store.copies import faults
from pipelines.store.db import open_database, to_text, writing

# What must give no row, by what it means.
_WRONG = {
    "an article without a revision": (
        "SELECT guid FROM articles WHERE id NOT IN (SELECT article_id FROM revisions)"
    ),
    "an article that no address leads to": (
        "SELECT guid FROM articles WHERE folded_into IS NULL AND id NOT IN (SELECT article_id FROM addresses)"
    ),
    "an address of an article that proved to be another's page": (
        "SELECT x.url FROM addresses AS x JOIN articles AS a ON a.id = x.article_id "
        "WHERE a.folded_into IS NOT NULL"
    ),
    "revisions that are not numbered from 1 on": (
        "SELECT a.guid FROM articles AS a JOIN revisions AS r ON r.article_id = a.id "
        "GROUP BY a.id HAVING min(r.number) <> 1 OR max(r.number) <> count(*)"
    ),
    "a GUID of two": (
        "SELECT guid FROM (SELECT guid FROM articles UNION ALL SELECT guid FROM stories) "
        "GROUP BY guid HAVING count(*) > 1"
    ),
    "a story that is merged and has members": (
        "SELECT s.guid FROM stories AS s WHERE s.merged_into IS NOT NULL "
        "AND s.id IN (SELECT story_id FROM story_members)"
    ),
    "a story merged into one that is merged itself": (
        "SELECT s.guid FROM stories AS s JOIN stories AS t ON t.id = s.merged_into "
        "WHERE t.merged_into IS NOT NULL"
    ),
    "an article in the search index that is not held": (
        "SELECT rowid FROM article_words "
        "WHERE rowid NOT IN (SELECT id FROM articles WHERE folded_into IS NULL)"
    ),
}

# What goes with an article that is pruned; what is not named goes by ON DELETE CASCADE.
_OF_REVISIONS = ("quotes", "credits", "attributions", "block_links", "blocks")


def inspect(path: Path) -> list[str]:
    """Give all that is wrong with a database, in words; raises as `open_database`."""
    with closing(open_database(path, readonly=True)) as db:
        wrong = list(faults(db.conn))
        if wrong:
            return wrong
        for what, sql in _WRONG.items():
            if rows := db.execute(sql).fetchmany(3):
                wrong.append(f"{what}: {', '.join(str(row[0]) for row in rows)}")
        return [*wrong, *tallies.wrong(db)]


def story_guids(path: Path) -> frozenset[str]:
    """Give every GUID that an entry of a feed may bear; raises as `open_database`."""
    with closing(open_database(path, readonly=True)) as db:
        sql = "SELECT guid FROM stories UNION SELECT guid FROM articles UNION SELECT guid FROM health_changes"
        return frozenset(str(row[0]) for row in db.execute(sql).fetchall())


def prune(path: Path, before: datetime, *, dry: bool) -> Mapping[str, int]:
    """Let go of what is older than a moment; gives how many rows of which table, in one transaction.

    Articles last seen before it lose the texts of all their states but the newest, with what hangs on those
    (blocks, credits, quotes). Their rows, addresses, newest state, stories and GUIDs stay, so that nothing
    published is ever given another identity, nor taken for new when it is met again. The log goes: requests
    with their problems, save those that a state rests on or that tell what is known of an address, and crawls
    without any. Changes of health go too.

    Args:
        path: the database.
        before: aware.
        dry: only count.

    Raises:
        sqlite3.Error: It cannot be written; then nothing has gone.
    """
    with closing(open_database(path)) as db:
        counted: dict[str, int] = {}
        try:
            with writing(db):
                counted = _pruned(db, to_text(before))
                if dry:
                    raise _Dry
        except _Dry:
            pass
        else:
            db.execute("PRAGMA incremental_vacuum")
        return counted


class _Dry(Exception):  # noqa: N818 - no error
    """Nothing is to be kept of what was done."""


def _pruned(db: Database, before: str) -> dict[str, int]:
    db.execute(
        "CREATE TEMP TABLE old AS SELECT r.id FROM revisions AS r JOIN articles AS a ON a.id = r.article_id "
        "WHERE a.last_seen < ? AND r.number < (SELECT max(number) FROM revisions WHERE article_id = a.id)",
        [before],
    )
    counted = {}
    # A state's number is its place in a history; what is left keeps its own.
    for table in _OF_REVISIONS:
        counted[table] = db.execute(f"DELETE FROM {table} WHERE revision_id IN old").rowcount  # noqa: S608
    texts = "headline_found = NULL, lead = NULL, lead_found = NULL, body_found = NULL, search = ''"
    counted["revisions (texts)"] = db.execute(
        f"UPDATE revisions SET {texts} WHERE id IN old AND search <> ''"  # noqa: S608 - own text
    ).rowcount
    counted["fetches"] = db.execute(
        "DELETE FROM fetches WHERE at < ? AND id NOT IN (SELECT fetch_id FROM revisions) "
        "AND id NOT IN (SELECT max(id) FROM fetches GROUP BY address) "
        "AND id NOT IN (SELECT max(id) FROM fetches WHERE parsed GROUP BY address)",
        [before],
    ).rowcount
    counted["crawls"] = db.execute(
        "DELETE FROM crawls WHERE started_at < ? AND id NOT IN (SELECT crawl_id FROM fetches) "
        "AND id NOT IN (SELECT max(id) FROM crawls GROUP BY outlet)",
        [before],
    ).rowcount
    counted["health_changes"] = db.execute("DELETE FROM health_changes WHERE at < ?", [before]).rowcount
    db.execute("DROP TABLE old")
    return counted

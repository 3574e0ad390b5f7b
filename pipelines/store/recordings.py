"""Which bytes an article was read from, and another reading of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from sqlite_utils import Database

from items import Article, Moment
from pipelines.store import facets, read, rows, stories, tallies, words
from pipelines.store.addresses import Addresses
from pipelines.store.db import storable, to_text
from pipelines.store.decide import Decision, redated, settle
from pipelines.store.keep import spelt

_NEWEST = """
SELECT a.id, a.guid, a.outlet, a.canonical_url, r.number, r.fetch_id, r.seen_at
FROM articles AS a
JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
WHERE a.folded_into IS NULL AND a.id > ? ORDER BY a.id LIMIT ?
"""
# The request that brought the state, and those that later found it unchanged at its canonical address.
_READ = """
SELECT url, archive_file, archive_offset FROM fetches
WHERE (id = :fetch OR (address = :address AND id > :fetch AND at >= :seen))
      AND kind = 'article' AND parsed
ORDER BY id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer is kept."""

    file: str  # a name in the folder of archives, or a path elsewhere
    offset: int
    asked: str  # the address that was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """An article, and the answers that its newest state was read from; None where none of them was kept."""

    number: int  # the article's, in the order of arrival
    guid: str
    outlet: str
    url: str  # canonical
    first: Place | None  # its text and dates are read from this one
    last: Place | None  # pictures, tags, views and the like from this one
    whole: bool  # all that the article holds came from these: no other answer gave any of it


def archived(db: Database, outlet: str, file: str) -> frozenset[int]:
    """Give what of a file was read; see `Store.archived`."""
    sql = (
        "SELECT f.archive_offset FROM fetches AS f JOIN crawls AS c ON c.id = f.crawl_id "
        "WHERE f.archive_file = ? AND c.outlet = ?"
    )
    return frozenset(row[0] for row in db.execute(sql, [file, outlet]).fetchall())


def recordings(db: Database, after_id: int, limit: int) -> list[Recording]:
    """Give articles with the places of their bytes; see `Store.recordings`."""
    found = []
    for row in db.execute(_NEWEST, [after_id, limit]).fetchall():
        number, guid, outlet, url, revision, fetch_id, seen = row
        answers = db.execute(_READ, {"fetch": fetch_id, "address": url, "seen": seen}).fetchall()
        places = [
            None if file is None else Place(asked=asked, file=file, offset=at) for asked, file, at in answers
        ]
        kept = [place for place in places if place is not None]
        recording = Recording(
            number=number,
            guid=guid,
            outlet=outlet,
            url=url,
            first=kept[0] if kept else None,
            last=kept[-1] if kept else None,
            whole=revision == 1 and bool(places) and places[0] is not None and places[-1] is not None,
        )
        found.append(recording)
    return found


def reread(
    db: Database, addresses: Addresses, article_id: int, article: Article, *, whole: bool
) -> tuple[str, ...]:
    """Write another reading of an article's newest state; see `Store.reread`."""
    stored = read.articles(db, [article_id])[article_id]
    old = stored.article
    new, _ = spelt(addresses, storable(article))
    settled = replace(new, url=old.url, canonical_url=old.canonical_url) if whole else _upon(old, new)
    settled = replace(settled, published=_cut(settled.published), modified=_cut(settled.modified))
    changed = tuple(
        field.name
        for field in fields(Article)
        if field.name != "means" and getattr(settled, field.name) != getattr(old, field.name)
    )
    if not changed and dict(settled.means) == dict(old.means):
        return ()
    at = to_text(stored.last_seen)
    with tallies.kept(db, [article_id]):
        rows.rewrite_revision(db, rows.newest_revision(db, article_id), settled, at)
        rows.write_facts(db, article_id, settled, old)
        db.execute(
            "UPDATE articles SET lang = ?, lang_declared = ?, section = ?, views = ? WHERE id = ?",
            [settled.lang, settled.lang_declared, settled.section, settled.views, article_id],
        )
    facets.touch(db, article_id, old, settled)
    words.write(db, article_id, settled)
    stories.join_translations(db, article_id)
    return changed or ("means",)


def _upon(old: Article, new: Article) -> Article:
    """Give the new reading upon facts that came from other answers, as a later one or an earlier state."""
    return replace(
        settle(old, new, Decision(kind="revised", reason="read anew")),
        published=redated(old.published, new.published),
        modified=redated(old.modified, new.modified),
        views=new.views if old.views is None else old.views,
    )


def _cut(moment: Moment | None) -> Moment | None:
    """Cut a time to the second, as the store holds it: else every reading would seem another."""
    return None if moment is None else replace(moment, at=moment.at.replace(microsecond=0))

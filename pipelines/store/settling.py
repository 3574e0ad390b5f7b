"""The settling of stories: which articles wait for it, what it decided, and the history that explains it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from items import Stored
from pipelines.store import read, rulings, stories
from pipelines.store.db import from_text, maybe_from_text, to_text, writing
from pipelines.store.rulings import Ruling

SAME_EVENT = "same-event"

# By the time an article counts for: when it was published, or where that is not known when it was first seen.
_WAITING = """
SELECT u.article_id, coalesce(v.published_at, v.first_seen) AS at
FROM unsettled AS u JOIN v_articles AS v USING (article_id) ORDER BY at, v.canonical_url
"""
_BETWEEN = """
SELECT v.article_id, s.guid FROM revisions AS r
JOIN v_articles AS v ON v.revision_id = r.id
JOIN story_members AS m ON m.article_id = v.article_id
JOIN stories AS s ON s.id = m.story_id
WHERE r.published_at >= ? AND r.published_at < ?
  AND v.article_id NOT IN (SELECT article_id FROM unsettled)
ORDER BY r.published_at, v.canonical_url
"""
_MEMBERS = """
SELECT a.guid, v.outlet, v.lang, v.headline, v.published_at, v.first_seen, m.reason, m.evidence,
       near.canonical_url AS nearest, v.canonical_url, v.revision, v.revised_at
FROM story_members AS m
JOIN articles AS a ON a.id = m.article_id
JOIN v_articles AS v ON v.article_id = m.article_id
LEFT JOIN articles AS near ON near.id = m.nearest_id
WHERE m.story_id = ?
ORDER BY coalesce(v.published_at, v.first_seen), v.canonical_url
"""
_COPIES = """
SELECT x.canonical_url, y.canonical_url, c.containment, c.jaccard
FROM near_copies AS c
JOIN articles AS x ON x.id = c.article_id
JOIN articles AS y ON y.id = c.of_id
JOIN story_members AS m ON m.article_id = c.article_id
WHERE m.story_id = ?
ORDER BY x.canonical_url, y.canonical_url
"""
_CHANGES = """
SELECT c.at, c.kind, s.guid, o.guid, a.canonical_url, c.why
FROM story_changes AS c
JOIN stories AS s ON s.id = c.story_id
JOIN stories AS o ON o.id = c.other_id
LEFT JOIN articles AS a ON a.id = c.article_id
WHERE c.story_id IN (SELECT id FROM stories WHERE id = :id OR merged_into = :id)
   OR c.other_id IN (SELECT id FROM stories WHERE id = :id OR merged_into = :id)
ORDER BY c.id
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """That an article's text is largely in one's that came before; shares of runs of three words."""

    of: str  # guid
    containment: float  # of the shorter text's runs, how many the other has
    jaccard: float


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, and why it is in it."""

    guid: str
    outlet: str
    lang: str
    headline: str
    published: datetime | None
    first_seen: datetime
    reason: str
    evidence: str
    nearest: str  # address of the article that the evidence compares it with, or ""
    url: str
    revision: int = 1  # which state of the page is the newest
    revised: datetime | None = None  # when that was seen; None for a page that never changed


@dataclass(frozen=True, slots=True)
class Change:
    """A merge of one story into another, or a split of an article from one into another."""

    at: datetime
    kind: str  # "merge" or "split"
    story: str  # guid of the story that lost its members, or one of them
    other: str  # … and of the one that has them since
    url: str  # of the article that was split off, or ""
    why: str


@dataclass(frozen=True, slots=True)
class StoryHistory:
    """A story as `jarshy explain` tells it. `asked` may be the guid of one that was merged into it."""

    guid: str
    asked: str
    members: tuple[Member, ...]
    copies: tuple[tuple[str, str, Copy], ...]  # addresses of the copy and of what it copies
    changes: tuple[Change, ...]
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """The story of one article that waited. `story` is None where it keeps the one it has."""

    article: int
    story: str | None = None  # the guid of another article's story
    reason: str = ""
    evidence: str = ""
    nearest: str = ""  # guid of the article that the evidence compares it with
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided of the articles of a batch. `merged` holds pairs of stories that are one."""

    placed: tuple[Placed, ...]
    merged: tuple[tuple[str, str], ...] = ()


class Settling:
    """What folding asks of the store and writes to it; a part of `Store`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def waiting(self) -> list[tuple[int, datetime]]:
        """Give the numbers of the articles that wait, earliest first, and when each was published."""
        return waiting(self._db)

    def articles(self, numbers: Iterable[int]) -> dict[int, Stored]:
        """Give articles by the number that `waiting` has for them."""
        return read.articles(self._db, numbers)

    def between(self, since: datetime, until: datetime) -> list[tuple[Stored, str]]:
        """Give dated articles compared before, with their stories, of `since` or later and before `until`."""
        return between(self._db, since, until)

    def settle(self, settlement: Settlement) -> None:
        """Apply what was decided of articles that waited, in one transaction."""
        with writing(self._db):
            apply(self._db, settlement)


def queue(db: Database, article_id: int) -> None:
    """Note that an article waits for settlement."""
    db.execute("INSERT OR IGNORE INTO unsettled (article_id) VALUES (?)", [article_id])


def waiting(db: Database) -> list[tuple[int, datetime]]:
    """Give the articles that wait, with the time each counts for, earliest first."""
    return [(int(key), from_text(at)) for key, at in db.execute(_WAITING).fetchall()]


def between(db: Database, since: datetime, until: datetime) -> list[tuple[Stored, str]]:
    """Give the settled articles published in a span of time, `until` not included, with their stories."""
    rows = {int(key): str(story) for key, story in db.execute(_BETWEEN, [to_text(since), to_text(until)])}
    return [(stored, rows[key]) for key, stored in read.articles(db, rows).items()]


def unite(db: Database, guids: Collection[str], reason: str) -> str:
    """Make several stories one: the oldest, whose guid readers have known longest. Gives its guid."""
    numbers = {stories.story_id(db, guid) for guid in guids}
    row = db.execute(
        f"SELECT guid FROM stories WHERE id IN ({', '.join('?' * len(numbers))}) "  # noqa: S608 - marks alone
        "ORDER BY created_at, id LIMIT 1",
        list(numbers),
    ).fetchone()
    for guid in guids:
        stories.merge(db, row[0], guid, reason)
    return str(row[0])


def apply(db: Database, settlement: Settlement) -> None:
    """Write a settlement; see `Store.settle`."""
    for pair in settlement.merged:
        unite(db, pair, SAME_EVENT)
    for each in settlement.placed:
        if each.story is not None:
            _place(db, each)
        for copy in each.copies:
            db.execute(
                "INSERT OR REPLACE INTO near_copies (article_id, of_id, containment, jaccard) "
                "SELECT ?, id, ?, ? FROM articles WHERE guid = ?",
                [each.article, round(copy.containment, 3), round(copy.jaccard, 3), copy.of],
            )
        db.execute("DELETE FROM unsettled WHERE article_id = ?", [each.article])


def _place(db: Database, placed: Placed) -> None:
    """Move an article to its story; its translations, which are in its own already, move with it."""
    assert placed.story is not None  # noqa: S101 - the caller's
    row = db.execute("SELECT id FROM articles WHERE guid = ?", [placed.nearest]).fetchone()
    own = stories.story_of(db, placed.article)
    story = stories.assign(
        db, placed.article, placed.story, placed.reason, placed.evidence, row and int(row[0])
    )
    if own is not None and own[1] != story:
        unite(db, (story, own[1]), placed.reason)


def history(db: Database, guid: str) -> StoryHistory | None:
    """Give a story's members with their evidence, its copies and changes; None if no story has the guid."""
    try:
        number = stories.story_id(db, guid)
    except KeyError:
        return None
    own = db.execute("SELECT guid FROM stories WHERE id = ?", [number]).fetchone()[0]
    members = tuple(
        Member(
            guid=row[0],
            outlet=row[1],
            lang=row[2],
            headline=row[3],
            published=maybe_from_text(row[4]),
            first_seen=from_text(row[5]),
            reason=row[6],
            evidence=row[7],
            nearest=row[8] or "",
            url=row[9],
            revision=row[10],
            revised=maybe_from_text(row[11]),
        )
        for row in db.execute(_MEMBERS, [number]).fetchall()
    )
    copies = tuple(
        (one, other, Copy(other, containment, jaccard))
        for one, other, containment, jaccard in db.execute(_COPIES, [number]).fetchall()
    )
    changes = tuple(
        Change(from_text(at), kind, story, other, url or "", why)
        for at, kind, story, other, url, why in db.execute(_CHANGES, {"id": number}).fetchall()
    )
    return StoryHistory(own, guid, members, copies, changes, rulings.on(db, number))

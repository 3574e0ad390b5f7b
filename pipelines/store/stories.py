"""Stories in the database: who belongs together, and the redirects that keep every guid good for ever."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlite_utils import Database

from items import Story
from pipelines.store import facets, read, tallies
from pipelines.store.db import to_text
from pipelines.store.picks import Choice, pick
from pipelines.store.rows import insert
from pipelines.store.story import tell

FIRST = "first"
TRANSLATION = "translation"

# Every member of a story that is still to be read; a page that its outlet took down is not republished.
_MEMBERS = """
SELECT m.story_id, m.article_id FROM story_members AS m JOIN articles AS a ON a.id = m.article_id
WHERE a.gone_at IS NULL AND m.story_id IN ({marks})
"""
# Articles of the same outlet that this one links as translations, or that link it.
_LINKED = """
WITH linked (id) AS (
    SELECT x.article_id FROM translations AS t JOIN addresses AS x USING (url) WHERE t.article_id = :article
    UNION
    SELECT t.article_id FROM translations AS t JOIN addresses AS x USING (url) WHERE x.article_id = :article
)
SELECT a.id FROM linked JOIN articles AS a USING (id) JOIN articles AS b ON b.outlet = a.outlet
WHERE b.id = :article AND a.id <> :article AND a.folded_into IS NULL
ORDER BY a.id
"""
# The newest ruling on an article of each of two stories, if it keeps them apart.
_RULED_APART = """
SELECT 1 FROM rulings AS r
JOIN story_members AS m ON m.article_id = r.one_id JOIN story_members AS n ON n.article_id = r.other_id
WHERE r.kind = 'apart' AND (m.story_id, n.story_id) IN (VALUES (:one, :other), (:other, :one))
"""
# Stories with an article published, or first seen, in a span of time.
_AROUND = """
SELECT DISTINCT m.story_id FROM (
    SELECT article_id FROM revisions WHERE published_at >= :start AND published_at < :end
    UNION
    SELECT a.id FROM outlets AS o CROSS JOIN articles AS a ON a.outlet = o.name
    WHERE a.first_seen >= :start AND a.first_seen < :end
) AS f JOIN story_members AS m ON m.article_id = f.article_id
ORDER BY m.story_id DESC LIMIT :limit
"""


def new_guid() -> str:
    """Make an opaque identifier (RFC 9562, version 4) in its URN form."""
    return uuid.uuid4().urn


def story_id(db: Database, guid: str) -> int:
    """Give the id of a story, of the one it was merged into where it was.

    Raises:
        KeyError: No story has this guid.
    """
    row = db.execute("SELECT coalesce(merged_into, id) FROM stories WHERE guid = ?", [guid]).fetchone()
    if row is None:
        raise KeyError(f"no story has the guid {guid}")
    return int(row[0])


def story_of(db: Database, article_id: int) -> tuple[int, str] | None:
    """Give id and guid of an article's story."""
    row = db.execute(
        "SELECT s.id, s.guid FROM stories AS s JOIN story_members AS m ON m.story_id = s.id "
        "WHERE m.article_id = ?",
        [article_id],
    ).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def assign(
    db: Database, article_id: int, guid: str | None, reason: str, evidence: str, nearest: int | None = None
) -> str:
    """Put an article into a story; see `Store.assign`."""
    current = story_of(db, article_id)
    if guid is None:
        if current and _alone(db, current[0]):
            return current[1]
        target = _new_story(db, _seen(db, article_id))
    else:
        target = story_id(db, guid)
    if current is None or current[0] != target:
        alone = current is not None and _alone(db, current[0])
        _join(db, article_id, target, reason, evidence, nearest)
        if current and alone:
            # One that was settled before is known to readers as a story; one that was waiting is a newcomer.
            _close_if_empty(db, current[0], target, f"{reason}: its last member moved", note=nearest is None)
        elif current:
            _note(db, "split", current[0], target, _seen(db, article_id), reason, article_id)
    return _guid(db, target)


def merge(db: Database, into: str, source: str, reason: str) -> str:
    """Merge one story into another; see `Store.merge_stories`."""
    target, other = story_id(db, into), story_id(db, source)
    if target != other:
        db.execute("UPDATE story_members SET story_id = ? WHERE story_id = ?", [target, other])
        _close_if_empty(db, other, target, reason)
    return _guid(db, target)


def join_translations(db: Database, article_id: int) -> str | None:
    """Bring an article and those that link it, or that it links, as translations into one story.

    Returns:
        The story's guid, or None when no translation of the article is here yet.
    """
    linked = db.execute(_LINKED, {"article": article_id}).fetchall()
    url = db.execute("SELECT canonical_url FROM articles WHERE id = ?", [article_id]).fetchone()[0]
    guid = None
    for (other,) in linked:
        theirs, ours = story_of(db, other), story_of(db, article_id)
        if theirs and ours:
            if ruled_apart(db, theirs[0], ours[0]):
                continue
            first, second = sorted((theirs, ours))  # the older guid is the one that readers know
            guid = merge(db, first[1], second[1], TRANSLATION)
        elif ours:
            guid = assign(db, other, ours[1], TRANSLATION, url)
        else:
            guid = theirs[1] if theirs else assign(db, other, None, FIRST, "")
            assign(db, article_id, guid, TRANSLATION, url)
    return guid


def ruled_apart(db: Database, one: int, other: int) -> bool:
    """Tell whether an editor has ruled that two stories are of two events; see `rulings`."""
    return db.execute(_RULED_APART, {"one": one, "other": other}).fetchone() is not None


def fold_article(db: Database, into: int, source: int) -> None:
    """Take one article for another's page: its addresses move, its row stays and redirects."""
    theirs, ours = story_of(db, source), story_of(db, into)
    db.execute("DELETE FROM story_members WHERE article_id = ?", [source])
    if theirs and not ours:
        _join(db, into, theirs[0], FIRST, "")
    elif theirs and ours:
        _close_if_empty(db, theirs[0], ours[0], "its only article proved to be another's page")
    db.execute("UPDATE addresses SET article_id = ? WHERE article_id = ?", [into, source])
    with tallies.kept(db, [source]):
        db.execute(
            "UPDATE articles SET folded_into = ? WHERE id = ? OR folded_into = ?", [into, source, source]
        )
    facets.drop(db, source)


def newest(db: Database, limit: int, since: datetime | None) -> list[Story]:
    """Give stories, newest change first; see `Store.stories`."""
    floor = "" if since is None else to_text(since)
    picked = (each.story for each in pick(db, Choice(), limit) if each.changed_at >= floor)
    return list(by_ids(db, list(picked)).values())


def around(db: Database, start: datetime, end: datetime, limit: int) -> list[Story]:
    """Give stories of a span of time; see `Store.stories_around`."""
    span = {"start": to_text(start), "end": to_text(end), "limit": limit}
    return list(by_ids(db, [int(row[0]) for row in db.execute(_AROUND, span).fetchall()]).values())


def by_guid(db: Database, guid: str) -> Story | None:
    """Give one story, following its redirect; None where there is none, or nothing left to read in it."""
    try:
        number = story_id(db, guid)
    except KeyError:
        return None
    return by_ids(db, [number]).get(number)


def by_ids(db: Database, ids: list[int]) -> dict[int, Story]:
    """Give stories by id, in the order asked for; one without a member left to read is left out."""
    members: dict[int, list[int]] = {}
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        for story, article in db.execute(_MEMBERS.format(marks=", ".join("?" * len(chunk))), chunk):
            members.setdefault(story, []).append(article)
    stored = read.articles(db, (article for story in ids for article in members.get(story, ())))
    return {
        each: tell(_guid(db, each), [stored[member] for member in members[each]])
        for each in ids
        if each in members
    }


def _new_story(db: Database, at: str) -> int:
    return insert(db, "stories", {"guid": new_guid(), "created_at": at})


def _join(
    db: Database, article_id: int, target: int, reason: str, evidence: str, nearest: int | None = None
) -> None:
    db.execute(
        "INSERT INTO story_members (article_id, story_id, joined_at, reason, evidence, nearest_id) "
        "VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id, "
        "joined_at = excluded.joined_at, nearest_id = excluded.nearest_id, "
        "reason = excluded.reason, evidence = excluded.evidence",
        [article_id, target, _seen(db, article_id), reason, evidence, nearest],
    )


def _note(
    db: Database, kind: str, story: int, other: int, at: str, why: str, article_id: int | None = None
) -> None:
    change = {
        "at": at,
        "kind": kind,
        "story_id": story,
        "other_id": other,
        "article_id": article_id,
        "why": why,
    }
    insert(db, "story_changes", change)


def _close_if_empty(db: Database, story: int, target: int, reason: str, *, note: bool = True) -> None:
    """Redirect a story that has lost its last member; redirects to it lead on, so one step suffices."""
    if db.execute("SELECT 1 FROM story_members WHERE story_id = ?", [story]).fetchone():
        return
    db.execute("UPDATE stories SET merged_into = ? WHERE merged_into = ?", [target, story])
    at = db.execute(
        "SELECT max(a.last_seen) FROM story_members AS m JOIN articles AS a ON a.id = m.article_id "
        "WHERE story_id = ?",
        [target],
    ).fetchone()[0]
    db.execute(
        "UPDATE stories SET merged_into = ?, merged_at = ?, merge_why = ? WHERE id = ?",
        [target, at, reason, story],
    )
    if note:
        _note(db, "merge", story, target, at, reason)


def _alone(db: Database, story: int) -> bool:
    count = db.execute("SELECT count(*) FROM story_members WHERE story_id = ?", [story]).fetchone()
    return bool(count[0] == 1)


def _seen(db: Database, article_id: int) -> str:
    """The store has no clock: what happens to a story happens when its article was last seen."""
    return str(db.execute("SELECT last_seen FROM articles WHERE id = ?", [article_id]).fetchone()[0])


def _guid(db: Database, story: int) -> str:
    return str(db.execute("SELECT guid FROM stories WHERE id = ?", [story]).fetchone()[0])

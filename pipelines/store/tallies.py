"""Counts a day of what the newest revisions say, kept with them: questions over all time add up days.

A change of an article takes what it counted for away, and adds what it counts for now, in its transaction.
`counted` makes the same counts of the articles themselves: an older store is filled with it, and
`jarshy check` compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlite_utils import Database

Key = tuple[str, tuple[str, ...]]  # table, and its row's
Counts = dict[Key, tuple[int, ...]]
Told = tuple[str | None, ...]

# Each table with how many of its columns are the key, and the columns that are counts.
_TABLES: Final[Mapping[str, tuple[int, tuple[str, ...]]]] = {
    "days_seen": (2, ("articles", "undated", "dated_by_day", "unread", "sourceless", "gone")),
    "days_published": (2, ("articles", "read", "named")),
    "days_credits": (4, ("articles", "links", "confidence")),
    "days_photos": (3, ("articles", "images")),
}
_KEYS: Final = {
    "days_seen": "outlet, day",
    "days_published": "outlet, day",
    "days_credits": "outlet, source, role, day",
    "days_photos": "outlet, credit, day",
}

# An article as it counts.
_HELD: Final = """
SELECT a.id, a.outlet, a.lang, substr(a.first_seen, 1, 10) AS seen, a.gone_at IS NOT NULL AS gone,
       r.id AS revision_id, substr(r.published_at, 1, 10) AS day, r.published_at, r.published_precision,
       coalesce(r.published_precision = 'day', 0) AS by_day, t.revision_id IS NOT NULL AS read,
       EXISTS (SELECT 1 FROM credits AS c WHERE c.revision_id = r.id AND c.part = 'chain'
               AND c.source IS NOT o.source) AS named
FROM articles AS a
JOIN outlets AS o ON o.name = a.outlet
JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
LEFT JOIN attributions AS t ON t.revision_id = r.id
WHERE a.folded_into IS NULL
"""
_ONE: Final = _HELD + " AND a.id = ?"
_CREDITS: Final = """
SELECT source, role, count(*), sum(CAST(round(confidence * 1000000) AS INTEGER)), max(ordinal)
FROM credits WHERE revision_id = ? AND part = 'chain' GROUP BY source, role
"""
_PHOTOS: Final = "SELECT coalesce(credit, ''), count(*) FROM images WHERE article_id = ? GROUP BY 1"

# The same of all articles at once.
_COUNTED: Final = {
    "days_seen": """
        SELECT outlet, seen, count(*), sum(day IS NULL), sum(by_day), sum(NOT read),
               sum(read AND NOT named), sum(gone)
        FROM held GROUP BY outlet, seen
    """,
    "days_published": """
        SELECT outlet, day, count(*), sum(read), sum(read AND named) FROM held WHERE day IS NOT NULL
        GROUP BY outlet, day
    """,
    "days_credits": """
        SELECT h.outlet, c.source, c.role, h.day, count(DISTINCT h.id), count(*),
               sum(CAST(round(c.confidence * 1000000) AS INTEGER))
        FROM held AS h JOIN credits AS c ON c.revision_id = h.revision_id AND c.part = 'chain'
        WHERE h.day IS NOT NULL GROUP BY h.outlet, c.source, c.role, h.day
    """,
    "days_photos": """
        SELECT h.outlet, coalesce(i.credit, ''), h.day, count(DISTINCT h.id), count(*)
        FROM held AS h JOIN images AS i ON i.article_id = h.id
        WHERE h.day IS NOT NULL GROUP BY h.outlet, coalesce(i.credit, ''), h.day
    """,
    "told": """
        SELECT m.story_id, h.outlet, h.id, h.lang, h.published_at, h.published_precision,
               (SELECT source FROM credits WHERE revision_id = h.revision_id AND part = 'chain'
                AND role = 'origin' ORDER BY ordinal DESC LIMIT 1)
        FROM held AS h JOIN story_members AS m ON m.article_id = h.id
    """,
}
_TELL: Final = """
UPDATE told SET lang = ?, published_at = ?, published_precision = ?, origin = ?
WHERE story_id = (SELECT story_id FROM story_members WHERE article_id = ?) AND article_id = ?
"""


@contextmanager
def kept(db: Database, articles: Iterable[int]) -> Iterator[None]:
    """Keep the counts with whatever is done to some articles; stands inside a transaction."""
    numbers = list(articles)
    before = [_of(db, number) for number in numbers]
    yield
    for number, (old, old_told) in zip(numbers, before, strict=True):
        new, new_told = _of(db, number)
        _move(db, old, new)
        if new_told != old_told and new_told:
            db.execute(_TELL, [*new_told, number, number])


def add(db: Database, article: int) -> None:
    """Count a new article; stands inside a transaction."""
    _move(db, {}, _of(db, article)[0])


def fill(db: Database) -> None:
    """Count everything anew: an older store's, or after an outlet was given another identity."""
    for table in _COUNTED:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - own names
        db.execute(f"INSERT INTO {table} {counted(table)}")


def wrong(db: Database) -> Iterator[str]:
    """Give the tables whose rows are not what the articles themselves come to."""
    for table in _COUNTED:
        sql = counted(table)
        differ = f"SELECT * FROM ({sql}) EXCEPT SELECT * FROM {table}"  # noqa: S608 - own names
        excess = f"SELECT * FROM {table} EXCEPT SELECT * FROM ({sql})"  # noqa: S608
        for found in (differ, excess):
            if row := db.execute(f"{found} LIMIT 1").fetchone():
                yield f"{table} is not what the articles come to: {', '.join(map(str, row))}"
                break


def counted(table: str) -> str:
    """Give the query that makes a table's rows of the articles themselves."""
    return f"WITH held AS ({_HELD}) {_COUNTED[table]}"


def _of(db: Database, article: int) -> tuple[Counts, Told]:
    """Give what an article counts for, and what `told` says of it; nothing of one folded into another."""
    row = db.execute(_ONE, [article]).fetchone()
    if row is None:
        return {}, ()
    _, outlet, lang, seen, gone, revision, day, published, precision, by_day, read, named = row
    seen_as = (1, int(day is None), by_day, int(not read), int(read and not named), gone)
    found: Counts = {("days_seen", (outlet, seen)): seen_as}
    origin: tuple[int, str | None] = (0, None)
    for source, role, links, confidence, ordinal in db.execute(_CREDITS, [revision]).fetchall():
        if day is not None:
            found["days_credits", (outlet, source, role, day)] = (1, links, confidence)
        if role == "origin":
            origin = max(origin, (ordinal, source))
    if day is not None:
        found["days_published", (outlet, day)] = (1, read, int(read and named))
        for credit, images in db.execute(_PHOTOS, [article]).fetchall():
            found["days_photos", (outlet, credit, day)] = (1, images)
    return found, (lang, published, precision, origin[1])


def _move(db: Database, old: Counts, new: Counts) -> None:
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        table, own = key
        width, names = _TABLES[table]
        nothing = (0,) * len(names)
        change = [b - a for a, b in zip(before or nothing, after or nothing, strict=True)]
        db.execute(_added(table, width, names), [*own, *change])
        if after is None:
            marks = ", ".join("?" * width)
            db.execute(
                f"DELETE FROM {table} WHERE ({_KEYS[table]}) = ({marks}) AND articles = 0",  # noqa: S608
                list(own),
            )


def _added(table: str, width: int, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * (width + len(names)))
    sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in names)
    return f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT ({_KEYS[table]}) DO UPDATE SET {sums}"  # noqa: S608

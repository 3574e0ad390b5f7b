"""What an editor rules on stories: which articles are on two events, and which stories are one.

A ruling is kept between articles, for these stay what they are while stories come and go. The newest on two
articles holds. Folding reads them as pairs of stories that are not to become one; what was merged stays so,
for nothing that was settled is taken apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipelines.store import stories
from pipelines.store.db import from_text, to_text, writing
from pipelines.store.rows import insert

RULED = "ruling"
_APART = """
SELECT DISTINCT x.guid, y.guid FROM rulings AS r
JOIN story_members AS m ON m.article_id = r.one_id JOIN stories AS x ON x.id = m.story_id
JOIN story_members AS n ON n.article_id = r.other_id JOIN stories AS y ON y.id = n.story_id
WHERE r.kind = 'apart' AND x.id <> y.id AND NOT EXISTS (
    SELECT 1 FROM rulings AS later WHERE later.id > r.id AND later.kind = 'together'
    AND (later.one_id, later.other_id) IN (VALUES (r.one_id, r.other_id), (r.other_id, r.one_id))
)
"""
_OF = """
SELECT r.at, r.by, r.kind, r.why FROM rulings AS r
WHERE r.one_id IN (SELECT article_id FROM story_members WHERE story_id = :story)
   OR r.other_id IN (SELECT article_id FROM story_members WHERE story_id = :story)
ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided of a story's articles."""

    at: datetime
    by: str
    kind: str  # "apart" or "together"
    why: str


class Rulings:
    """What a person decides of stories; a part of `Store`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def split(self, story: str, articles: Sequence[str], *, by: str, why: str, now: datetime) -> str:
        """Move articles out of their story into one of their own; gives its guid. The rest keeps its guid.

        Args:
            story: its guid.
            articles: guids of those that are on another event; at least one, and not all of the story.
            by: who decided.
            why: the reason in words.
            now: when; aware.

        Raises:
            KeyError: no story, or no article of the story, has a guid; the message names it.
            ValueError: none, or all, of the story's articles are named.
        """
        with writing(self._db):
            number = stories.story_id(self._db, story)
            members = self._members(number)
            moved = list(dict.fromkeys(articles))
            if strange := [each for each in moved if each not in members]:
                raise KeyError(f"{strange[0]} is no article of {story}")
            rest = [number for guid, number in members.items() if guid not in moved]
            if not moved or not rest:
                raise ValueError("name some of the story's articles, and not all: one event is left then")
            # Who it was stands in `rulings` alone, from which an export leaves it out.
            made = stories.assign(self._db, members[moved[0]], None, RULED, why)
            for each in moved[1:]:
                stories.assign(self._db, members[each], made, RULED, why)
            self._rule("apart", [members[each] for each in moved], rest, by, why, now)
            return made

    def merge(self, into: str, others: Sequence[str], *, by: str, why: str, now: datetime) -> str:
        """Make stories one; gives its guid, to which the others redirect.

        Args:
            into: the guid of the story that stays.
            others: of those that become part of it.
            by: who decided.
            why: the reason in words.
            now: when; aware.

        Raises:
            KeyError: no story has a guid; the message names it.
            ValueError: there is nothing to merge.
        """
        with writing(self._db):
            numbers = {guid: stories.story_id(self._db, guid) for guid in (into, *others)}
            if len(set(numbers.values())) < 2:
                raise ValueError("these are one story already: name two or more")
            mine = list(self._members(numbers[into]).values())
            for other in others:
                if numbers[other] != numbers[into]:
                    theirs = list(self._members(numbers[other]).values())
                    self._rule("together", theirs, mine, by, why, now)
                    stories.merge(self._db, into, other, f"{RULED}: {why}")
            return stories.story_of(self._db, mine[0])[1] if mine else into  # type: ignore[index]

    def apart(self) -> list[tuple[str, str]]:
        """Give pairs of stories, by guid, that are ruled to be of two events."""
        return apart(self._db)

    def _members(self, story: int) -> dict[str, int]:
        rows = self._db.execute(
            "SELECT a.guid, a.id FROM story_members AS m JOIN articles AS a ON a.id = m.article_id "
            "WHERE m.story_id = ? ORDER BY a.id",
            [story],
        )
        return {str(guid): int(number) for guid, number in rows.fetchall()}

    def _rule(
        self, kind: str, ones: Collection[int], others: Collection[int], by: str, why: str, now: datetime
    ) -> None:
        for one in ones:
            for other in others:
                ruling = {
                    "at": to_text(now),
                    "by": by,
                    "kind": kind,
                    "one_id": one,
                    "other_id": other,
                    "why": why,
                }
                insert(self._db, "rulings", ruling)


def apart(db: Database) -> list[tuple[str, str]]:
    """Give pairs of stories, by guid, that are ruled to be of two events."""
    return [(str(one), str(other)) for one, other in db.execute(_APART).fetchall()]


def on(db: Database, story: int) -> tuple[Ruling, ...]:
    """Give what was ruled on a story's articles, earliest first."""
    rows = db.execute(_OF, {"story": story}).fetchall()
    told = dict.fromkeys(Ruling(from_text(at), by, kind, why) for at, by, kind, why in rows)
    return tuple(told)

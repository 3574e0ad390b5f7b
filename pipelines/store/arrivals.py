"""In what order articles came: by the transaction that brought them, whatever their clocks say.

A page is dated by the moment it was asked for, and stored later: of two requests the second may be stored
first, and a clock may be set back. Who remembers how far it has read must not go by such times, or what is
committed behind that point is never seen. SQLite has one writer at a time, and a revision's number is the
highest so far and one, given inside the transaction that writes it: whoever reads number 7 has been able to
read 1 to 6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from pipelines.store.picks import Choice, Words, meets, says

# An archive's page is read long after it was fetched, and is no news.
_REVISIONS = """
SELECT r.id, r.number, r.article_id, m.story_id, a.gone_at IS NULL AS present,
       r.number = (SELECT max(number) FROM revisions WHERE article_id = r.article_id) AS newest
FROM revisions AS r
CROSS JOIN articles AS a ON a.id = r.article_id
CROSS JOIN story_members AS m ON m.article_id = a.id
CROSS JOIN fetches AS f ON f.id = r.fetch_id
CROSS JOIN crawls AS c ON c.id = f.crawl_id
WHERE {which} AND a.folded_into IS NULL AND unixepoch(f.at) > unixepoch(c.started_at) - 86400
ORDER BY r.id
"""
_BETWEEN = _REVISIONS.format(which="r.id > :after AND r.id <= :until")
_UNTIL = "SELECT max(id) FROM (SELECT id FROM revisions WHERE id > ? ORDER BY id LIMIT ?)"
_MEMBERS = """
SELECT m.story_id, a.guid, a.id FROM story_members AS m JOIN articles AS a ON a.id = m.article_id
WHERE m.story_id IN ({marks})
"""
# By the GUID of a story, of one merged into it, or of an article.
_CAME = """
SELECT min(r.id) FROM revisions AS r WHERE r.article_id IN (
    SELECT m.article_id FROM stories AS s
    JOIN story_members AS m ON m.story_id = coalesce(s.merged_into, s.id) WHERE s.guid = :guid
    UNION SELECT id FROM articles WHERE guid = :guid
)
"""
# Positions were (time of change, article) once; the newest revision among those just before one is it.
_FORMERLY = """
SELECT max(r.id) FROM (
    SELECT article_id FROM facets
    WHERE kind = 'all' AND value = '' AND (changed_at, article_id) <= (:at, :article)
    ORDER BY changed_at DESC, article_id DESC LIMIT :rows
) JOIN revisions AS r USING (article_id)
"""
_AT = "SELECT id FROM revisions WHERE article_id = ? AND seen_at = ? ORDER BY number DESC LIMIT 1"
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One state of an article that came. `revision` is its place in the order of arrival."""

    revision: int
    number: int  # of the state, 1 for the first
    article: int
    story: int
    newest: bool  # it is how the article stands today
    present: bool  # the outlet has not taken the page down


class Arrivals:
    """What editions ask of the order in which articles came; a part of `Store`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def onward(
        self, choice: Choice, after: int, rows: int, *, words: Words | None = None
    ) -> tuple[list[Arrival], int]:
        """Look at the next `rows` states behind a place in the order of arrival.

        Returns:
            Those of the choice, in that order, and the place that was reached: `after` when there is none.
        """
        until = self._db.execute(_UNTIL, [after, rows]).fetchone()[0]
        if until is None:
            return [], after
        found = _arrivals(self._db, _BETWEEN, {"after": after, "until": until})
        conditions = choice.conditions()
        kept = [each for each in found if meets(self._db, each.article, conditions)]
        return [each for each in kept if words is None or says(self._db, each.article, words)], int(until)

    def again(self, revisions: Collection[int]) -> list[Arrival]:
        """Give states that came before as they stand today, in their order; without those folded since."""
        found: list[Arrival] = []
        wanted = sorted(set(revisions))
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            sql = _REVISIONS.format(which=f"r.id IN ({', '.join('?' * len(chunk))})")
            found += _arrivals(self._db, sql, chunk)
        return found

    def members(self, stories: Collection[int]) -> dict[int, dict[str, int]]:
        """Give for each story its articles' GUIDs, each with its number: the less, the earlier it came."""
        found: dict[int, dict[str, int]] = {story: {} for story in stories}
        wanted = list(found)
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            for story, guid, article in self._db.execute(
                _MEMBERS.format(marks=", ".join("?" * len(chunk))), chunk
            ):
                found[story][guid] = int(article)
        return found

    def came(self, guids: Iterable[str]) -> int:
        """Give when the last of some stories, or articles, came first; 0 where none of them is known."""
        places = (self._db.execute(_CAME, {"guid": guid}).fetchone()[0] for guid in guids)
        return max((int(place) for place in places if place is not None), default=0)

    def formerly(self, at: str, article: int) -> int:
        """Give the place in the order of arrival for a position told by time; 0 for the beginning."""
        return int(
            self._db.execute(_FORMERLY, {"at": at, "article": article, "rows": 1_000}).fetchone()[0] or 0
        )

    def state_at(self, article: int, at: str) -> int | None:
        """Give the place of an article's state that was seen at a moment."""
        row = self._db.execute(_AT, [article, at]).fetchone()
        return None if row is None else int(row[0])


def _arrivals(db: Database, sql: str, parameters: dict[str, int] | list[int]) -> list[Arrival]:
    return [
        Arrival(
            revision=revision,
            number=number,
            article=article,
            story=story,
            present=bool(present),
            newest=bool(newest),
        )
        for revision, number, article, story, present, newest in db.execute(sql, parameters).fetchall()
    ]

"""Which articles an edition prints, read from the facets: no more rows than it needs."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlite_utils import Database

from items import Article
from pipelines.store import read
from pipelines.store.facets import ALL, FIRST_HAND, Facet, facets_of

SCAN = 10_000  # articles looked at for a choice of several conditions; older ones are no news

_BY_VALUE = """
SELECT f.changed_at, f.article_id, m.story_id
FROM facets AS f INDEXED BY facets_by_value
CROSS JOIN articles AS a ON a.id = f.article_id
CROSS JOIN story_members AS m ON m.article_id = f.article_id
WHERE f.kind = :kind AND f.value = :value AND a.gone_at IS NULL AND a.folded_into IS NULL
ORDER BY f.changed_at DESC, f.article_id DESC
"""
_HAS = "SELECT 1 FROM facets WHERE article_id = ? AND kind = ? AND value IN ({marks})"
_SEARCH = "SELECT search FROM revisions WHERE article_id = ? ORDER BY number DESC LIMIT 1"
_TIMES = "SELECT changed_at FROM facets WHERE kind = ? AND value = ? ORDER BY changed_at DESC LIMIT ?"
# One look at the index a value: DISTINCT would walk all of it.
_VALUES = """
WITH RECURSIVE found (value) AS (
    SELECT min(value) FROM facets WHERE kind = :kind
    UNION ALL
    SELECT (SELECT min(value) FROM facets WHERE kind = :kind AND value > found.value)
    FROM found WHERE found.value IS NOT NULL
)
SELECT value FROM found WHERE value IS NOT NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which articles are meant: those with one of the values of every condition that is set."""

    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # primary subtags: "kk"
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # identities of whom the article credits, itself included
    first_hand: bool = False  # the outlet itself is the origin

    def conditions(self) -> list[list[Facet]]:
        """Give the conditions, those that few articles meet first; of each one facet is wanted."""
        told = [
            [("source", value) for value in self.sources],
            [("topic", value) for value in self.topics],
            [("outlet", value) for value in self.outlets],
            [FIRST_HAND] if self.first_hand else [],
            [("language", value) for value in self.languages],
        ]
        return [each for each in told if each] or [[ALL]]

    def fits(self, article: Article, outlet_source: str) -> bool:
        """Tell whether an article is meant."""
        has = facets_of(article, outlet_source)
        return all(not has.isdisjoint(condition) for condition in self.conditions())


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A condition on an article's text: quick to refuse by, and exact."""

    parts: tuple[str, ...]  # in search spelling; a text without any of them is not wanted
    wanted: Callable[[Article], bool]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Pick:
    """An article that was chosen. Picks sort by when their newest revision was seen."""

    changed_at: str  # as the store writes times
    article: int
    story: int


def pick(
    db: Database,
    choice: Choice,
    limit: int,
    *,
    words: Words | None = None,
    fold: bool = True,
) -> list[Pick]:
    """Give articles of a choice, the newest change first; those taken down or without a story are left out.

    Args:
        db: the store.
        choice: what is meant.
        limit: stories (`fold`) or articles, at most.
        words: what its text must hold besides.
        fold: of a story's articles only the one that comes first.
    """
    first, *others = choice.conditions()
    streams = [_walk(db, facet) for facet in first]
    merged: Iterable[Pick] = heapq.merge(*streams, reverse=True)
    if others or words:
        merged = islice(merged, SCAN)
    found: list[Pick] = []
    seen: set[int] = set()
    for each in merged:
        mark = each.story if fold else each.article
        if mark in seen or not meets(db, each.article, others):
            continue
        if words and not says(db, each.article, words):
            continue
        seen.add(mark)
        found.append(each)
        if len(found) == limit:
            break
    return found


def times(db: Database, choice: Choice, limit: int) -> list[str]:
    """Give when articles of a choice last changed, the newest first, by its rarest condition alone."""
    found = [
        str(row[0])
        for kind, value in choice.conditions()[0]
        for row in db.execute(_TIMES, [kind, value, limit]).fetchall()
    ]
    return sorted(found, reverse=True)[:limit]


def values(db: Database, kind: str) -> list[str]:
    """Give every value that articles have of a kind of facet."""
    return [str(row[0]) for row in db.execute(_VALUES, {"kind": kind}).fetchall()]


def _walk(db: Database, facet: Facet) -> Iterator[Pick]:
    for row in db.execute(_BY_VALUE, {"kind": facet[0], "value": facet[1]}):
        yield Pick(changed_at=row[0], article=row[1], story=row[2])


def says(db: Database, article_id: int, words: Words) -> bool:
    """Tell whether an article's newest text meets a condition on it."""
    search = db.execute(_SEARCH, [article_id]).fetchone()[0]
    if not any(part in search for part in words.parts):
        return False
    return words.wanted(read.articles(db, [article_id])[article_id].article)


def meets(db: Database, article_id: int, conditions: Iterable[Sequence[Facet]]) -> bool:
    """Tell whether an article has, of every condition, one of the facets."""
    return all(
        db.execute(
            _HAS.format(marks=", ".join("?" * len(condition))),
            [article_id, condition[0][0], *(value for _, value in condition)],
        ).fetchone()
        for condition in conditions
    )

"""The tables of a store as rows to be laid beside those of others: numbers and guids are nobody else's."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

Columns = list[tuple[str, str]]  # each with its type: TEXT, INTEGER, REAL

TABLES: Final = (
    "outlets", "outlet_hosts", "outlet_languages", "sources", "articles", "addresses", "revisions", "blocks",
    "block_links", "attributions", "credits", "quotes", "images", "tags", "article_tags", "translations",
    "means", "crawls", "fetches", "problems",
)  # fmt: skip
_NUMBERS: Final = frozenset(
    ("id", "article_id", "revision_id", "fetch_id", "crawl_id", "tag_id", "folded_into")
)
_LEFT_OUT: Final = {"revisions": ("search",)}  # the text once more
_USED: Final = {  # of the register of sources, those that anything here names
    "sources": "WHERE key IN (SELECT source FROM credits UNION SELECT source FROM outlets)"
}
_SPAN: Final = 1 << 36  # rows of one table of a store
_MEMBERS: Final = """
SELECT a.id, a.canonical_url, coalesce(v.published_at, v.first_seen), a.last_seen, m.reason, m.evidence,
       (SELECT min(n.article_id) FROM story_members AS n WHERE n.story_id = m.story_id)
FROM unsettled AS u
JOIN v_articles AS v USING (article_id)
JOIN articles AS a ON a.id = v.article_id
JOIN story_members AS m ON m.article_id = a.id
ORDER BY 3, 2
"""


@dataclass(frozen=True, slots=True)
class Member:
    """An article that waits to be settled, and the story it is in meanwhile."""

    number: int
    url: str  # canonical
    at: str  # the time it counts for, as the store writes times
    seen: str  # when its outlet last served it
    reason: str
    evidence: str
    least: int  # number of the first article of that story


def base_of(group: str) -> int:
    """Give what is added to the numbers of a group's store, so that they meet no other group's."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:3]) * _SPAN


def guid_of(url: str) -> str:
    """Give an identifier that depends on an address alone (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, url).urn


class Tables:
    """A part of the store's door: see `Store.tables`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def rows(self, table: str, base: int) -> tuple[Columns, Iterator[tuple[object, ...]]]:
        """Give the columns of a table, and its rows in the order of their keys, numbered from `base` on."""
        declared = self._db.execute(f"PRAGMA table_info({table})").fetchall()
        columns = [(row[1], row[2]) for row in declared if row[1] not in _LEFT_OUT.get(table, ())]
        keys = [row[1] for row in sorted(declared, key=lambda row: int(row[5])) if row[5]]
        names = [name for name, _ in columns]
        sql = (
            f"SELECT {', '.join(names)} FROM {table} {_USED.get(table, '')} "  # noqa: S608 - own names
            f"ORDER BY {', '.join(keys)}"
        )
        numbers = {place for place, name in enumerate(names) if name in _NUMBERS}
        guid, url = (names.index(name) if "guid" in names else None for name in ("guid", "canonical_url"))

        def made(row: tuple[object, ...]) -> tuple[object, ...]:
            values = [
                base + value if place in numbers and isinstance(value, int) else value
                for place, value in enumerate(row)
            ]
            if guid is not None and url is not None:
                values[guid] = guid_of(str(values[url]))
            return tuple(values)

        return columns, map(made, self._db.execute(sql))

    def members(self) -> list[Member]:
        """Give the articles that wait to be settled, by the time they count for."""
        return [Member(*row) for row in self._db.execute(_MEMBERS).fetchall()]

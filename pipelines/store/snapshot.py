"""A copy of the file as of one moment, with no more of each article than its outlet's terms allow.

Nothing that may not leave is ever written to the copy, so nothing of it can be found in its free pages. A
text is what a page said: what `_TEXTS` does not name is a fact about it. A test fills every column of a
page with words of its own and looks for them in what was exported.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from pipelines.store.db import open_database
from pipelines.store.dictionary import relations

EXCERPT: Final = 2  # paragraphs, as in the feeds

# What of a text may leave, by the terms of its outlet, `o.terms`. `x.lead` and `x.said` are all that an
# excerpt may say besides the headline: its lead, and the first paragraphs of the newest revision.
_HEADLINE = "CASE WHEN o.terms = 'headline' THEN {empty} ELSE {column} END"
_FULL = "CASE WHEN o.terms = 'full' THEN {column} ELSE {empty} END"
_SAID = (
    "CASE WHEN o.terms = 'full' OR (o.terms = 'excerpt' AND "
    "instr(coalesce(x.lead, '') || char(10) || coalesce(x.said, ''), {column}) > 0) "
    "THEN {column} ELSE {empty} END"
)
_TEXTS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "revisions": {
        "lead": (_HEADLINE, "NULL"),
        "lead_found": (_HEADLINE, "NULL"),
        "body_found": (_FULL, "NULL"),
        "search": (_FULL, "''"),
    },
    "credits": {"evidence": (_SAID, "''")},
    "quotes": {"text": (_SAID, "''")},
    "images": {"alt": (_HEADLINE, "''"), "caption": (_HEADLINE, "''")},
    "article_words": {"text": (_FULL, "''")},
}
_BLOCK = (
    "o.terms = 'full' OR (o.terms = 'excerpt' AND "
    "t.ordinal IN (SELECT ordinal FROM temp.carried WHERE revision_id = t.revision_id))"
)
_LINK = _BLOCK.replace("t.ordinal", "t.block_ordinal")
_ROWS: Final = {"blocks": _BLOCK, "block_links": _LINK}  # rows that go altogether
_NEVER: Final = {
    "fetches": {"archive_file": "NULL", "archive_offset": "NULL"},  # paths of this machine
    "rulings": {"by": "''"},  # who of a newsroom decided
}
# From a table's row to its article.
_OF_REVISION: Final = "(SELECT article_id FROM main.revisions WHERE id = t.revision_id)"
_ARTICLE: Final = {
    "revisions": "t.article_id",
    "images": "t.article_id",
    "article_words": "t.rowid",
    **dict.fromkeys(("blocks", "block_links", "credits", "quotes"), _OF_REVISION),
}
# Of a view's column that is computed, SQLite tells no type: its unit does.
_TYPES: Final = {
    **dict.fromkeys(("0 or 1", "articles", "bytes", "characters", "readers", "seconds"), "INTEGER"),
    **dict.fromkeys(("0 to 1", "minutes"), "REAL"),
}
_CARRIED: Final = """
CREATE TEMP TABLE carried AS
SELECT revision_id, ordinal, text FROM (
    SELECT b.revision_id, b.ordinal, b.text,
           row_number() OVER (PARTITION BY b.revision_id ORDER BY b.ordinal) AS place
    FROM main.blocks AS b
    JOIN main.revisions AS r ON r.id = b.revision_id
    JOIN main.articles AS a ON a.id = r.article_id
    JOIN main.outlets AS o ON o.name = a.outlet
    WHERE b.kind = 'paragraph' AND o.terms = 'excerpt'
      AND r.number = (SELECT max(number) FROM main.revisions WHERE article_id = r.article_id)
) WHERE place <= {excerpt};
"""


def snapshot(source: Path, target: Path, *, private: bool) -> None:
    """Copy a store into a new file, in one read transaction: what is stored meanwhile is not in it.

    Args:
        source: The store; a crawl may go on.
        target: The copy; there must be no such file.
        private: Copy every text whole. Else what the terms of outlets keep back stays empty, and so do the
        places
            of recorded bytes on this machine.

    Raises:
        FileExistsError: There is a file at `target`.
        SchemaMismatch, sqlite3.Error: As `db.open_database`; the disk is full.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    with closing(open_database(source, readonly=True)) as db:
        connection = db.conn
        connection.isolation_level = None
        if private:
            connection.execute("VACUUM INTO ?", [str(target)])
            return
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM main.articles")  # the moment of the copy
        _prepare(connection)
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            _copy(connection, copy)
        connection.execute("ROLLBACK")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute(_CARRIED.format(excerpt=EXCERPT))
    connection.execute("CREATE INDEX temp.carried_by_revision ON carried (revision_id, ordinal)")


def _copy(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA foreign_keys = OFF")
    copy.execute("PRAGMA journal_mode = OFF")
    copy.execute("PRAGMA synchronous = OFF")
    copy.execute("BEGIN")
    made = source.execute(
        "SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    virtual = [name for _, name, sql in made if sql.upper().startswith("CREATE VIRTUAL")]
    tables = [
        (name, sql)
        for kind, name, sql in made
        if kind == "table" and not any(name.startswith(f"{each}_") for each in virtual)
    ]
    for name, sql in tables:
        copy.execute(sql)
        names, rows = _rows(source, name, virtual=name in virtual)
        marks = ", ".join("?" * len(names))
        copy.executemany(f"INSERT INTO {name} ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608
    for kind in ("index", "view", "trigger"):
        for found, _, sql in made:
            if found == kind:
                copy.execute(sql)
    copy.execute("COMMIT")
    copy.execute("ANALYZE")


def _rows(
    source: sqlite3.Connection, table: str, *, virtual: bool
) -> tuple[list[str], Iterator[tuple[object, ...]]]:
    """Give the columns of a table, and its rows as they may leave."""
    names = [row[1] for row in source.execute(f"PRAGMA main.table_info({table})")]
    names = ["rowid", *names] if virtual else names
    texts, never = _TEXTS.get(table, {}), _NEVER.get(table, {})
    chosen = [
        never[name] if name in never
        else texts[name][0].format(column=f"t.{name}", empty=texts[name][1]) if name in texts
        else f"t.{name}"
        for name in names
    ]  # fmt: skip
    sql = f"SELECT {', '.join(chosen)} FROM main.{table} AS t"  # noqa: S608 - names of the schema
    if table in _ARTICLE:
        sql += f" JOIN main.articles AS a ON a.id = {_ARTICLE[table]}"
        sql += " JOIN main.outlets AS o ON o.name = a.outlet"
    if any(rule is _SAID for rule, _ in texts.values()):
        sql += (
            " LEFT JOIN (SELECT r.id, r.lead, (SELECT group_concat(text, char(10)) FROM temp.carried "
            "WHERE revision_id = r.id) AS said FROM main.revisions AS r) AS x ON x.id = t.revision_id"
        )
    if table in _ROWS:
        sql += f" WHERE {_ROWS[table]}"
    return names, source.execute(sql)


class Snapshot:
    """A snapshot opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def counts(self) -> dict[str, int]:
        """Give the number of rows of every table that the dictionary names."""
        names = [each.name for each in relations() if each.kind == "table"]
        counted = {name: f"SELECT count(*) FROM {name}" for name in names}  # noqa: S608 - names of the schema
        return {name: int(self._connection.execute(sql).fetchone()[0]) for name, sql in counted.items()}

    def schema(self) -> str:
        """Give the name of the newest migration: the version of the schema."""
        sql = "SELECT max(name) FROM _sqlite_migrations WHERE migration_set = 'jarshy'"
        return str(self._connection.execute(sql).fetchone()[0])

    def outlets(self) -> list[dict[str, object]]:
        """Give every outlet that has articles here: name, title, terms, rights, and how many."""
        sql = (
            "SELECT o.name, o.title, o.terms, o.rights, count(*) AS articles FROM outlets AS o "
            "JOIN articles AS a ON a.outlet = o.name AND a.folded_into IS NULL "
            "GROUP BY o.name ORDER BY o.name"
        )
        cursor = self._connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def rows(self, name: str) -> tuple[list[tuple[str, str]], Iterator[tuple[object, ...]]]:
        """Give the columns of a table or view, each with its type (TEXT, INTEGER, REAL), and its rows.

        Columns in search spelling are left out: they are no good without the index.

        Raises:
            KeyError: The dictionary names no such table or view.
        """
        told = {each.name: each for each in relations()}[name]
        declared = {row[1]: row[2] for row in self._connection.execute(f"PRAGMA table_info({name})")}
        columns = [
            (each.name, declared[each.name] or _TYPES.get(each.unit, "TEXT"))
            for each in told.columns
            if each.name != "search"
        ]
        chosen = ", ".join(column for column, _ in columns)
        return columns, self._connection.execute(f"SELECT {chosen} FROM {name}")  # noqa: S608 - own names

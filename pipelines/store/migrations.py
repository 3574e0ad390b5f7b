"""From an empty file, or an older one, to the schema this code knows."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

_SCHEMA = Path(__file__).parent / "schema.sql"

migrations = Migrations("jarshy")


class SchemaMismatch(RuntimeError):  # noqa: N818 - names the fact, not the accident
    """The database and this code do not know each other's schema; the message says what to do."""


@migrations(name="0001_schema")
def _schema(db: Database) -> None:
    db.executescript(_SCHEMA.read_text(encoding="utf-8"))


@migrations(name="0002_archives")
def _archives(db: Database) -> None:
    """Where the bytes of an answer are kept: both columns, or neither."""
    db.execute("ALTER TABLE fetches ADD COLUMN archive_file TEXT")
    db.execute(
        "ALTER TABLE fetches ADD COLUMN archive_offset INTEGER "
        "CHECK ((archive_file IS NULL) = (archive_offset IS NULL))"
    )
    # "Was this record read already": once for every file that is replayed.
    db.execute(
        "CREATE INDEX fetches_by_archive ON fetches (archive_file, archive_offset) "
        "WHERE archive_file IS NOT NULL"
    )


def check(db: Database) -> None:
    """Refuse a database that this code cannot read.

    Raises:
        SchemaMismatch: It was written by a newer Jarshy, or holds another program's tables.
    """
    known = {migration.name for migration in migrations._migrations}  # noqa: SLF001 - not exposed otherwise
    applied = [migration.name for migration in migrations.applied(db)]
    unknown = [name for name in applied if name not in known]
    if unknown:
        raise SchemaMismatch(
            f"the database was written by a newer Jarshy (it has {', '.join(unknown)}): "
            "update Jarshy to open it"
        )
    if not applied and db.table_names():
        raise SchemaMismatch("the file is another program's database: it holds tables, and none of Jarshy's")


def pending(db: Database) -> list[str]:
    """Name the migrations that the database still lacks."""
    return [migration.name for migration in migrations.pending(db)]


def migrate(db: Database) -> None:
    """Bring a database up to date in one transaction; a kill leaves it as it was.

    Raises:
        SchemaMismatch: See `check`.
    """
    check(db)
    if pending(db):
        with db.atomic():
            migrations.apply(db)

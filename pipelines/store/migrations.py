"""From an empty file, or an older one, to the schema this code knows."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pipelines.store import dictionary, facets, stems, tallies

# What `facets.facets_of` gives but the topics, in SQL: an old database may hold a million articles.
_FACETS = """
CREATE TEMP TABLE newest AS
SELECT a.id, a.outlet, lower(substr(a.lang, 1, instr(a.lang || '-', '-') - 1)) AS lang, o.source,
       r.id AS revision_id, r.seen_at AS at
FROM articles AS a JOIN outlets AS o ON o.name = a.outlet
JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
WHERE a.folded_into IS NULL;
INSERT INTO facets SELECT id, 'all', '', at FROM newest;
INSERT INTO facets SELECT id, 'outlet', outlet, at FROM newest;
INSERT INTO facets SELECT id, 'language', lang, at FROM newest;
INSERT OR IGNORE INTO facets
SELECT n.id, 'source', c.source, n.at FROM newest AS n JOIN credits AS c ON c.revision_id = n.revision_id;
INSERT INTO facets
SELECT id, 'source', source, at FROM newest
WHERE source IS NOT NULL AND revision_id NOT IN (SELECT revision_id FROM credits);
INSERT INTO facets
SELECT n.id, 'first-hand', '', n.at FROM newest AS n
LEFT JOIN credits AS c ON c.revision_id = n.revision_id AND c.part = 'chain' AND c.ordinal =
     (SELECT max(ordinal) FROM credits WHERE revision_id = n.revision_id AND part = 'chain')
WHERE c.source IS NULL OR c.source = n.source;
DROP TABLE newest;
"""
_SCHEMA = Path(__file__).parent / "schema.sql"
_ANALYSTS = Path(__file__).parent / "analysts.sql"

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


@migrations(name="0003_facets")
def _facets(db: Database) -> None:
    """An index of what articles may be chosen for; see `facets`."""
    db.execute(
        """
        CREATE TABLE facets (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            kind       TEXT NOT NULL,   -- 'all', 'language', 'outlet', 'topic', 'source', 'first-hand'
            value      TEXT NOT NULL,   -- of that kind; '' where there is but one
            changed_at TEXT NOT NULL,   -- when the article's newest revision was seen
            PRIMARY KEY (article_id, kind, value)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("CREATE TABLE derived (name TEXT PRIMARY KEY, made_of TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.executescript(_FACETS)
    # "The newest of this kind": for every feed that is written.
    db.execute("CREATE INDEX facets_by_value ON facets (kind, value, changed_at, article_id)")
    facets.sync_topics(db)


@migrations(name="0004_settling")
def _settling(db: Database) -> None:
    """What waits to be folded, what was merged and split, and who copied whom; see `settling`."""
    db.executescript((_SCHEMA.parent / "settling.sql").read_text(encoding="utf-8"))


@migrations(name="0005_analysts")
def _analysts(db: Database) -> None:
    """The dictionary, the search index, how fast relays are. `Store.sync_search` fills the index."""
    db.executescript(_ANALYSTS.read_text(encoding="utf-8"))
    if not db.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
        db.execute("INSERT INTO derived VALUES ('search', ?)", [stems.VERSION])


@migrations(name="0006_health")
def _health(db: Database) -> None:
    """What is thought of every outlet, and the changes of that; see `health`."""
    db.executescript((_SCHEMA.parent / "health.sql").read_text(encoding="utf-8"))


@migrations(name="0007_not_before")
def _not_before(db: Database) -> None:
    """When an outlet asked to come back (`Retry-After`), where that ended its crawl."""
    db.execute("ALTER TABLE crawls ADD COLUMN not_before_at TEXT")


@migrations(name="0008_tallies")
def _tallies(db: Database) -> None:
    """Counts a day, and the articles of each story side by side; see `tallies`."""
    db.executescript((_SCHEMA.parent / "tallies.sql").read_text(encoding="utf-8"))
    tallies.fill(db)


@migrations(name="0009_rulings")
def _rulings(db: Database) -> None:
    """What an editor decided of stories; see `rulings`."""
    db.executescript((_SCHEMA.parent / "rulings.sql").read_text(encoding="utf-8"))


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


def started(db: Database) -> bool:
    """Tell whether the database holds any schema of ours yet."""
    return bool(list(migrations.applied(db)))


def migrate(db: Database) -> None:
    """Bring a database up to date in one transaction; a kill leaves it as it was.

    Raises:
        SchemaMismatch: See `check`.
    """
    check(db)
    if pending(db):
        with db.atomic():
            migrations.apply(db)
            dictionary.sync(db)
    elif not dictionary.current(db):
        with db.atomic():
            dictionary.sync(db)

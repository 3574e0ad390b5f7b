"""What every column means: dictionary.toml, read into the table `dictionary`.

`schema_page` makes the lists of docs/schema.md of the same.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database

TEXT = Path(__file__).parent / "dictionary.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `unit` and `zone` are empty where it has none; a time is ISO 8601 text in `zone`."""

    name: str
    meaning: str
    unit: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One table or view, with its columns in their order."""

    name: str
    kind: str  # "table" or "view"
    about: str
    columns: tuple[Column, ...]


@cache
def relations() -> tuple[Relation, ...]:
    """Give every table and view, as dictionary.toml has them."""
    told = tomllib.loads(TEXT.read_text(encoding="utf-8"))["relation"]
    return tuple(
        Relation(
            name=each["name"],
            kind=each["kind"],
            about=each["about"],
            columns=tuple(_column(name, column) for name, column in each["columns"].items()),
        )
        for each in told
    )


def _column(name: str, told: str | dict[str, str]) -> Column:
    if isinstance(told, str):
        return Column(name=name, meaning=told)
    return Column(name=name, meaning=told["is"], unit=told.get("unit", ""), zone=told.get("zone", ""))


def sync(db: Database) -> bool:
    """Write the table `dictionary` anew if its text has changed; tells whether. Inside a transaction."""
    made_of = hashlib.sha256(TEXT.read_bytes()).hexdigest()
    if current(db):
        return False
    db.execute("DELETE FROM dictionary")
    for relation in relations():
        lines = (Column(name="", meaning=relation.about), *relation.columns)
        db.conn.executemany(
            "INSERT INTO dictionary VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (relation.name, relation.kind, n, each.name, each.meaning, each.unit, each.zone)
                for n, each in enumerate(lines)
            ],
        )
    db.execute(
        "INSERT INTO derived (name, made_of) VALUES ('dictionary', ?) "
        "ON CONFLICT (name) DO UPDATE SET made_of = excluded.made_of",
        [made_of],
    )
    return True


def current(db: Database) -> bool:
    """Tell whether the table `dictionary` is made of today's text."""
    held = db.execute("SELECT made_of FROM derived WHERE name = 'dictionary'").fetchone()
    return held is not None and held[0] == hashlib.sha256(TEXT.read_bytes()).hexdigest()

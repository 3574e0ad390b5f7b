"""The worked questions of data/queries/: what each asks, and its answer.

A question is one SELECT behind a comment: what is asked, then `Columns:`, `Parameters:` and `Caveats:`. Any
SQLite tool runs it as it stands; a parameter that is left out, or empty, has the default that the comment
tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from pipelines.store.search import search_spelling

FOLDER: Final = Path(__file__).parents[2] / "data" / "queries"
_PARAMETER: Final = re.compile(r"^ *:(\w+) +(.*)$")
_DAYS: Final = frozenset({"since", "until"})
_SPELT: Final = frozenset({"person"})  # compared in search spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One worked question. `needed`: the parameters that have no default."""

    name: str  # of its file
    title: str  # as asked, in one line
    told: str  # the whole comment
    parameters: Mapping[str, str]  # by name, what each means
    needed: frozenset[str]
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Names of the columns, and the rows: read them while the desk is open."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def listed() -> tuple[Question, ...]:
    """Give every worked question, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.sql")))


def _read(path: Path) -> Question:
    sql = path.read_text(encoding="utf-8")
    comment = [line[2:].removeprefix(" ") for line in sql.splitlines() if line.startswith("--")]
    parameters = {found[1]: found[2] for line in comment if (found := _PARAMETER.match(line))}
    return Question(
        name=path.stem,
        title=comment[0],
        told="\n".join(comment),
        parameters=parameters,
        needed=frozenset(name for name, meaning in parameters.items() if meaning.endswith("(needed)")),
        sql=sql,
    )


def ask(db: Database, question: Question, given: Mapping[str, str]) -> Answer:
    """Answer a question; see `Desk.ask`."""
    if strange := sorted(set(given) - set(question.parameters)):
        known = ", ".join(question.parameters) or "none"
        raise ValueError(f"{question.name} has no parameter {strange[0]!r}; it has: {known}")
    if lacking := sorted(question.needed - {name for name, value in given.items() if value.strip()}):
        name = lacking[0]
        raise ValueError(f"{question.name} needs {name}=…: {question.parameters[name]}")
    for name in sorted(_DAYS & {name for name, value in given.items() if value.strip()}):
        try:
            date.fromisoformat(given[name].strip()[:10])
        except ValueError:
            raise ValueError(f"{name}={given[name]}: no day; write {name}=2026-11-01") from None
    bound = {
        name: search_spelling(given[name]) if name in given and name in _SPELT else given.get(name)
        for name in question.parameters
    }
    cursor = db.execute(question.sql, bound)
    return Answer(columns=tuple(column[0] for column in cursor.description), rows=cursor)

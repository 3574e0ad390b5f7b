"""A fault, what is promised of it, and the table of them all. Shared by every suite that injects faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HEAD = """\
# Reliability

What was made to go wrong, and what became of it. Written by `python -m tests.faults.page` from the faults
that the suites inject into the real program; each row is held by a test.
"""
_COLUMNS = "| fault | what becomes of it | what is told |\n|---|---|---|\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row of docs/reliability.md."""

    name: str  # in the suite
    does: str  # what goes wrong, in a reader's words
    becomes: str  # what becomes of the crawl, the run or the file
    told: str = ""  # what the store, the log or standard error says of it, where a reader can look it up


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The faults of one suite."""

    title: str
    intro: str
    faults: Sequence[Fault]


def written(tables: Iterable[Table]) -> str:
    """Give the page as Markdown."""
    return _HEAD + "".join(map(_section, tables))


def _section(table: Table) -> str:
    rows = "".join(f"| {each.does} | {each.becomes} | {_cell(each.told)} |\n" for each in table.faults)
    return f"\n## {table.title}\n\n{table.intro}\n\n{_COLUMNS}{rows}"


def _cell(told: str) -> str:
    return "`" + told.replace("|", "\\|") + "`" if told else ""

"""Rows for people and for programs: a table on a terminal, lines elsewhere, CSV, JSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import IO, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from feeds.cells import Value, cell
from feeds.console import told_of


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], file: IO[str]) -> int:
    """Write rows as CSV (RFC 4180) without a formula in it; gives how many."""
    writer = csv.writer(file)
    writer.writerow(columns)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the count is what is given
        writer.writerow([cell(cast("Value", value)) for value in row])
    return count


def show(event: str, columns: Sequence[str], rows: Iterable[Sequence[object]], form: str | None) -> int:
    """Print rows: as "csv", as "json" (one array), else a table on a terminal and a line a row elsewhere.

    Args:
        event: what a row is, for the lines.
        columns: names.
        rows: as many values each.
        form: "csv", "json" or None.

    Returns:
        How many rows there were.
    """
    if form == "csv":
        return write_csv(columns, rows, sys.stdout)
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    if form == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif not sys.stdout.isatty():
        for row in found:
            told_of(event, **row)
    else:
        table = Table()
        for name in columns:
            table.add_column(Text(name))
        for row in found:
            table.add_row(*(_plain(value) for value in row.values()))
        Console().print(table)
    return len(found)


def _plain(value: object) -> Text:
    """Give a value as a terminal may show it: no markup, no control character from a page."""
    text = "" if value is None else str(value)
    return Text("".join(char if char.isprintable() else " " for char in text))

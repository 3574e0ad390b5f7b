"""Writes docs/reliability.md: `python -m tests.faults.page`. A suite adds its table to TABLES."""

from __future__ import annotations

from pathlib import Path

from tests.faults.fault import Table, written
from tests.faults.scenarios import TABLE as SERVERS

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
TABLES: tuple[Table, ...] = (SERVERS,)

if __name__ == "__main__":
    PAGE.write_text(written(TABLES), encoding="utf-8")

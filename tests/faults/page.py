"""Writes docs/reliability.md: `python -m tests.faults.page`. A suite adds its table to TABLES."""

from __future__ import annotations

from pathlib import Path

from tests.faults.fault import Fault, Table, written
from tests.faults.heavy import TABLE as HEAVY
from tests.faults.process import FAULTS
from tests.faults.scenarios import TABLE as SERVERS

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
MACHINE = Table(
    title="The machine and its operator",
    intro=(
        "Done to the real program at its work, over a store with a first crawl in it. After each, the next\n"
        "run completes, no article is lost or doubled, no GUID changes, and the last good feeds stand."
    ),
    faults=[
        Fault(
            name=name,
            does=each.name,
            becomes=each.comes,
            told=f"exit code {' or '.join(map(str, each.codes))}",
        )
        for name, each in FAULTS.items()
    ],
)
TABLES: tuple[Table, ...] = (SERVERS, HEAVY, MACHINE)

if __name__ == "__main__":
    PAGE.write_text(written(TABLES), encoding="utf-8")

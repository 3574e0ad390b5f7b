"""A ratio with its limit, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PERFORMANCE: Final = Path(__file__).parents[1] / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio of two things measured in one run."""

    what: str
    ratio: float
    at_most: float | None = None
    at_least: float | None = None
    memory: float | None = None  # MB at the peak, where it was measured

    @property
    def met(self) -> bool:
        """Whether its limit is held."""
        return (self.at_most is None or self.ratio <= self.at_most) and (
            self.at_least is None or self.ratio >= self.at_least
        )

    def row(self) -> str:
        """Give its line of the table."""
        bound, sign = (self.at_most, "≤") if self.at_least is None else (self.at_least, "≥")
        limit = "" if bound is None else f"{sign} {bound:.3g}"
        memory = "" if self.memory is None else f"{self.memory:.0f} MB"
        verdict = "" if bound is None else "met" if self.met else "NOT MET"
        return f"{self.what:76} {self.ratio:9.3f} {limit:>8} {memory:>8}  {verdict}".rstrip()


HEAD = f"{'what':76} {'ratio':>9} {'limit':>8} {'memory':>8}"


def table(measures: Iterable[Measure], mark: str = "") -> int:
    """Print a table, and put it into docs/performance.md where it has a mark; 1 where a limit is not held."""
    found = list(measures)
    drawn = "\n".join([HEAD, *(each.row() for each in found)])
    print(drawn, flush=True)
    if mark:
        put(mark, drawn)
    return int(not all(each.met for each in found))


def put(mark: str, drawn: str) -> None:
    """Put a table into docs/performance.md, between the marks of this name."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->\n"
    text = PERFORMANCE.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    assert found, f"{PERFORMANCE} has no place for {mark}"
    after = rest.partition(end)[2]
    PERFORMANCE.write_text(f"{before}{begin}\n```text\n{drawn}\n```\n\n{end}{after}", encoding="utf-8")

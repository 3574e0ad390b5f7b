"""Every measure in one table: `make bench`, or `python -m benchmarks [NAME…]`.

Each benchmark runs as a program of its own, one after the other; a row is what it says of a ratio and its
limit, beside the peak of its memory. The exit code is 1 where a limit is not held or a benchmark failed.

Defaults are made for some twenty minutes on two cores of one's own: the road is measured on 2,500 pages, one
round (the real figure: `python -m benchmarks.road --pages 5000 --rounds 3`), its memory on 1,000 pages beside
10,000 (`--memory --pages 5000`), questions on 100,000 articles (`python -m benchmarks.analysts`: a million).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.children import HOME, watched
from benchmarks.measure import HEAD, Measure

_NUMBER: Final = r"([\d.]+)"


@dataclass(frozen=True, slots=True)
class Row:
    """What of a benchmark's output is a row.

    The groups of `pattern` are the ratio and, where the output has it, the limit; a group `of` before them
    tells the rows of one pattern apart.
    """

    what: str
    pattern: str
    at_most: float | None = None  # where the output does not say it
    at_least: float | None = None  # likewise


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A program, and its rows."""

    arguments: tuple[str, ...]
    rows: tuple[Row, ...]


def _said(what: str, told: str) -> Row:
    return Row(what, rf"{re.escape(told)}: {_NUMBER} \(at most {_NUMBER}\)")


BENCHMARKS: Final[dict[str, Benchmark]] = {
    "start": Benchmark(
        ("benchmarks.start",),
        (Row("{of} / python -c pass", rf"^(?P<of>.+): {_NUMBER} \(at most {_NUMBER}\)"),),
    ),
    "extract": Benchmark(
        ("benchmarks.extract",),
        (
            _said("extracting a page of an unknown site / trafilatura", "unknown site / trafilatura"),
            _said("extracting a page of a prepared site / BeautifulSoup(lxml)", "prepared site / parse"),
        ),
    ),
    "attribution": Benchmark(
        ("benchmarks.attribution",),
        (
            Row(
                "attributing, {of} / parsing its page with BeautifulSoup(lxml)",
                rf"(?P<of>\w\w): attributing / .*? = {_NUMBER}",
                at_most=1.0,
            ),
            Row("attributing 1 MB / 0.5 MB of {of}", rf"1 MB of (?P<of>.+?) / .*? = {_NUMBER}", at_most=3.0),
        ),
    ),
    "replay": Benchmark(
        ("benchmarks.replay",),
        (
            _said("replaying an archive / reading its articles", "replay / articles"),
            Row("memory of a replay / of a fifth of it", rf"memory: .*: {_NUMBER} \(at most {_NUMBER}\)"),
        ),
    ),
    "store": Benchmark(
        ("benchmarks.store",),
        (Row("storing an article / sqlite3", rf"ratio\s+{_NUMBER} \(limit {_NUMBER}\)"),),
    ),
    "questions": Benchmark(
        ("benchmarks.analysts", "--articles", "100000"),
        (
            Row(
                "question {of}, s / 1 s (100,000 articles)",
                rf"^(?P<of>[a-z_]+) +{_NUMBER}s +\d+",
                at_most=1.0,
            ),
        ),
    ),
    "fold": Benchmark(
        ("benchmarks.folding_cost", "--marks", "1001", "10001"),
        (
            Row("folding from {of} / the first", rf"(?P<of>article +\d+).*× {_NUMBER} \(at most {_NUMBER}\)"),
            Row(
                "folding from {of} / extracting a page",
                rf"(?P<of>article +\d+).*, {_NUMBER} of extracting \(at most {_NUMBER}\)",
            ),
        ),
    ),
    "cluster": Benchmark(
        ("benchmarks.cluster",),
        (
            _said("an archive read by one worker of Dask's / by a plain loop", "one worker / plain loop"),
            Row(
                "one worker / the busier of two, an archive",
                rf"two workers with a core each: {_NUMBER} \(at least",
                at_least=1.8,
            ),
            _said("memory of a worker, second half / first", "second half / first"),
        ),
    ),
    "publish": Benchmark(
        ("benchmarks.publish",),
        (
            Row(
                "writing the edition {of}: of 200,000 articles / of 2,000",
                rf"(?P<of>[a-z-]+) +\d+ +\d+ +{_NUMBER} +[\d.]+",
                at_most=1.5,
            ),
        ),
    ),
    "road": Benchmark(("benchmarks.road",), ()),
    "memory": Benchmark(("benchmarks.road", "--memory", "--pages", "1000"), ()),
}
"""By name, the quick ones first. Those without rows print the rows of the table themselves."""


def measured(name: str) -> Iterator[Measure | str]:
    """Run a benchmark; gives its measures, or rows as it prints them, and what went wrong."""
    benchmark = BENCHMARKS[name]
    begun = subprocess.Popen(
        [sys.executable, "-m", *benchmark.arguments], cwd=HOME, stdout=subprocess.PIPE, text=True
    )
    with watched(begun.pid) as peak:
        told, _ = begun.communicate()
    if not benchmark.rows:
        lines = told.splitlines()
        yield from lines[1:] if lines and lines[0] == HEAD else (f"{name}: FAILED",)
        return
    yield from said(benchmark.rows, told, peak())


def said(rows: Iterable[Row], told: str, memory: float | None = None) -> Iterator[Measure | str]:
    """Find rows in what a benchmark printed; one that is not there is NOT MEASURED."""
    for row in rows:
        found = list(re.finditer(row.pattern, told, re.MULTILINE))
        if not found:
            yield f"{row.what}: NOT MEASURED"
        for match in found:
            groups = list(match.groups())
            of = groups.pop(0) if "of" in match.groupdict() else ""
            ratio, *limit = groups
            at_most = float(limit[0]) if limit else row.at_most
            what = row.what.format(of=" ".join(of.split()))
            yield Measure(what, float(ratio), at_most=at_most, at_least=row.at_least, memory=memory)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; none: all")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(
            f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}"
        )
    missed = 0
    print(HEAD, flush=True)
    for name in options.names or BENCHMARKS:
        for row in measured(name):
            text = row if isinstance(row, str) else row.row()
            missed += any(word in text for word in ("NOT MET", "NOT MEASURED", "FAILED"))
            print(text, flush=True)
    print(f"\n{missed} not met" if missed else "\nall met")
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())

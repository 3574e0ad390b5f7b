"""A day of cron, 96 runs of the real program, compressed; prints its figures: `python -m benchmarks.day`."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from data.sample.server import SampleServer
from tests.faults.day import simulate, told


def main() -> None:
    """Do the day; any loss, double or invalid feed ends it with an AssertionError."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=96)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("outlets", nargs="*", help="none: all, most of which do not answer, and rest")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, SampleServer() as server:
        day = simulate(Path(folder), server, runs=options.runs, seed=options.seed, names=options.outlets)
    print(json.dumps(told(day), indent=1))


if __name__ == "__main__":
    main()

"""How soon the program starts, beside Python itself.

    python -m benchmarks.start [--rounds 15]

Prints the processor time of `jarshy --help`, `jarshy run` held off by another, and `jarshy status` on an
empty store, as ratios to `python -c pass`, interleaved, medians. The exit code is 1 where a limit is not
held.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.children import HOME
from pipelines.lock import hold, lock_path
from pipelines.store import Store

LIMITS: Final = {"jarshy --help": 3.0, "jarshy run beside another": 12.0, "jarshy status": 60.0}
_HELP: Final = "import sys; sys.argv[1:] = ['--help']; import cli; cli.main()"  # as the console script has it


def taken(command: list[str]) -> float:
    """Give the seconds of processor time that a command takes."""
    child = subprocess.Popen(command, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "j.db"
        Store.open(db).close()
        commands = {
            "python": [sys.executable, "-c", "pass"],
            "jarshy --help": [sys.executable, "-c", _HELP],
            "jarshy run beside another": [sys.executable, "-m", "cli", "run", "--db", str(db)],
            "jarshy status": [sys.executable, "-m", "cli", "status", "--db", str(db)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        with hold(lock_path(db)):
            for _ in range(rounds):
                for name, command in commands.items():
                    times[name].append(taken(command))
    ratios = {name: median(times[name]) / median(times["python"]) for name in LIMITS}
    for name, limit in LIMITS.items():
        print(f"{name}: {ratios[name]:.2f} (at most {limit})")
    return int(any(ratios[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    raise SystemExit(main())

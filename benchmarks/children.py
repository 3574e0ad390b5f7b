"""A child process and what it used: time, processor time, memory, its own children's included."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).parents[1]
_EVERY: Final = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Used:
    """What a process used until it ended."""

    seconds: float
    processor: float  # seconds, of all cores
    memory: float  # MB at the peak, of it and its children: shared pages count once (PSS), where Linux tells


def run(arguments: Sequence[str], *, cores: int | None = None) -> Used:
    """Run `python -m …` to its end; raises RuntimeError where it fails.

    Args:
        arguments: after `-m`.
        cores: how many it may use; None: all.
    """
    command = [sys.executable, "-m", *arguments]
    own = {key: value for key, value in os.environ.items() if not key.startswith("JARSHY_")}
    begun = time.perf_counter()
    child = subprocess.Popen(command, cwd=HOME, env=own, stdout=subprocess.DEVNULL)
    if cores is not None:
        os.sched_setaffinity(child.pid, sorted(os.sched_getaffinity(0))[:cores])
    with watched(child.pid) as peak:
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}")
    return Used(seconds, used.ru_utime + used.ru_stime, peak() or used.ru_maxrss / 1e3)


@contextmanager
def watched(pid: int) -> Iterator[Callable[[], float]]:
    """Look at the memory of a process and its descendants for a while; gives what tells the peak."""
    watch = _Watch(pid)
    try:
        yield lambda: watch.peak
    finally:
        watch.over.set()
        watch.join()


@contextmanager
def served(articles: int) -> Iterator[int]:
    """Serve `benchmarks.web` while the context lasts; gives its port."""
    command = [sys.executable, "-m", "benchmarks.web", "--articles", str(articles)]
    with subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


class _Watch(threading.Thread):
    """Looks how much memory a process and its descendants hold together."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self.over = threading.Event()
        self._pid = pid
        self.start()

    def run(self) -> None:
        while not self.over.wait(_EVERY):
            self.peak = max(self.peak, sum(_held(pid) for pid in _family(self._pid)))


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            told = Path(f"/proc/{each}/task/{each}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += [int(child) for child in told.split()]
    return found


def _held(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:")), 0.0)

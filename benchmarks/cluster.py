"""What handing an archive to worker processes costs, and what the second one brings; in processor time.

    python -m benchmarks.cluster [--pages 6000] [--kilobytes 40] [--rounds 1] [--fold]

Writes archives of invented pages, 100 a file, and reads them into Parquet by

* a plain loop: the tasks one after the other in one process, without Dask: the unit of the table;
* `jarshy archive --workers 1`: the client, its scheduler and one worker process;
* `jarshy archive --workers 2`.

Prints for each the processor seconds of all its processes together, start and all, and of its busiest worker,
the seconds on the wall, and the greatest memory of a worker in the first and in the second half of its time.
The median of the rounds, which are interleaved.

The limits: one worker costs at most 1.15 of the plain loop; two share the work so that the busiest has at
most 1 / 1.8 of what the one had (the speed-up where each has a core of its own, whatever else this machine
does); and the second half of a worker's time takes at most 1.15 of the memory of the first. The exit code
is 1 where one is not held.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.replay import HOME, page
from pipelines.archive import job
from tests.archive.plain import Plain

A_FILE: Final = 100  # pages
COST_LIMIT: Final = 1.15  # of the plain loop
SPEED_LIMIT: Final = 1.8  # of one worker
MEMORY_LIMIT: Final = 1.15  # of the first half
_LOOK: Final = 0.25  # seconds between two looks at the workers
_WORKER: Final = 20.0  # share, in per cent, of the busiest's processor time that makes a process a worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one way took: processor seconds of all, and of the busiest worker; bytes of a worker."""

    cpu: float
    busiest: float
    wall: float
    early: float  # greatest memory of a worker in the first half
    late: float  # … in the second


def write(path: Path, numbers: Iterable[int], kilobytes: int) -> int:
    """Write an archive of pages; gives the bytes of their HTML."""
    size = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for number in numbers:
            url, at, body = page(number, kilobytes)
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            told = {"WARC-Date": at.isoformat().replace("+00:00", "Z")}
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http,
                warc_headers_dict=told,
            )  # fmt: skip
            writer.write_record(record)
            size += len(body)
    return size


def measured(*command: str) -> Cost:
    """Run a program to its end, looking at it and its children meanwhile."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", *command], cwd=HOME, stdout=subprocess.DEVNULL)
    held: dict[
        int, list[tuple[float, int]]
    ] = {}  # of each process: processor seconds and memory, at every look
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        for process in _all(child.pid):
            try:
                times, memory = process.cpu_times(), process.memory_info().rss
            except psutil.Error:
                continue
            held.setdefault(process.pid, []).append((times.user + times.system, memory))
        time.sleep(_LOOK)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[:3]} ended with {child.returncode}")
    workers = {pid: looks for pid, looks in held.items() if pid != child.pid} or held
    busiest = max(looks[-1][0] for looks in workers.values())
    reading = [looks for looks in workers.values() if looks[-1][0] * 100 > busiest * _WORKER]
    return Cost(
        cpu=used.ru_utime + used.ru_stime,
        busiest=busiest,
        wall=time.perf_counter() - begun,
        early=max(memory for looks in reading for _, memory in looks[: len(looks) // 2]) / 1e6,
        late=max(memory for looks in reading for _, memory in looks[len(looks) // 2 :]) / 1e6,
    )


def _all(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def plain(files: list[str], out: str, *, fold: bool) -> int:
    """Do the tasks in this process."""
    report = job.run(files, Path(out), Plain(), size=1 << 30, fold=fold, told=lambda *_: None)
    return int(bool(report.failed))


def rounds(files: list[str], work: Path, count: int, *, fold: bool) -> dict[str, list[Cost]]:
    """Measure every way so many times, one after the other."""
    more = () if fold else ("--pages-only",)
    costs: dict[str, list[Cost]] = {"plain loop": [], "1 worker": [], "2 workers": []}
    for number in range(count):
        for name, found in costs.items():
            out = str(work / f"{name}-{number}".replace(" ", "-"))
            if name == "plain loop":
                ran = measured("benchmarks.cluster", "--plain", out, *(("--fold",) if fold else ()), *files)
            else:
                ran = measured("cli", "archive", *files, "--out", out, "--workers", name[0], *more)
            found.append(ran)
    return costs


def main() -> int:
    """Print the table; gives 1 where a limit is not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=6000)
    parser.add_argument("--kilobytes", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--fold", action="store_true", help="make articles and stories too")
    parser.add_argument("--plain", metavar="OUT", help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.plain:
        return plain(options.files, options.plain, fold=options.fold)
    with tempfile.TemporaryDirectory() as folder:
        files, size = [], 0
        for first in range(0, options.pages, A_FILE):
            path = Path(folder, f"{first:07}.warc.gz")
            size += write(path, range(first, min(first + A_FILE, options.pages)), options.kilobytes)
            files.append(str(path))
        costs = rounds(files, Path(folder), options.rounds, fold=options.fold)
        packed = sum(Path(file).stat().st_size for file in files)
    print(
        f"{options.pages} pages in {len(files)} files, {size / 1e6:.0f} MB, {packed / 1e6:.0f} MB compressed"
    )
    print(f"{'':14}{'cpu s':>8}{'ms a page':>11}{'busiest':>9}{'wall s':>8}{'MB early':>10}{'MB late':>9}")
    middle = {name: _median(found) for name, found in costs.items()}
    for name, cost in middle.items():
        each = cost.cpu / options.pages * 1e3
        print(
            f"{name:14}{cost.cpu:8.1f}{each:11.2f}{cost.busiest:9.1f}{cost.wall:8.1f}{cost.early:10.0f}"
            f"{cost.late:9.0f}"
        )
    overhead = middle["1 worker"].cpu / middle["plain loop"].cpu
    faster = middle["1 worker"].busiest / middle["2 workers"].busiest
    growth = max(middle[name].late / middle[name].early for name in ("1 worker", "2 workers"))
    print(f"one worker / plain loop: {overhead:.2f} (at most {COST_LIMIT})")
    print(f"speed-up of two workers with a core each: {faster:.2f} (at least {SPEED_LIMIT})")
    print(f"memory of a worker, second half / first: {growth:.2f} (at most {MEMORY_LIMIT})")
    return int(overhead > COST_LIMIT or faster < SPEED_LIMIT or growth > MEMORY_LIMIT)


def _median(costs: list[Cost]) -> Cost:
    names = ("cpu", "busiest", "wall", "early", "late")
    return Cost(**{name: statistics.median(getattr(cost, name) for cost in costs) for name in names})


if __name__ == "__main__":
    raise SystemExit(main())

"""A whole archive: which tasks there are, in which order, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipelines.archive import plan, work
from pipelines.archive.engine import Engine, Job, version
from pipelines.archive.plan import Slice, is_address
from pipelines.archive.shelf import FOLDING, Shelf, day_of, made_of

WINDOW: Final = 20_000  # articles from which a window of days is full: a task is to be worth its state

_EACH: Final = 5_000  # bytes of an article's working data, about

Told = Callable[[str, dict[str, Any]], None]  # an event, and what there is to say of it


@dataclass(slots=True)
class File:
    """What came of one file."""

    file: str
    counts: Counter[str] = field(default_factory=Counter)
    damage: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""  # why it, or a stretch of it, could not be read
    cpu_seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Whether nothing of it was lost."""
        return not self.error and not self.counts["damaged"]


@dataclass(slots=True)
class Report:
    """What came of a job: of each file, and of what was made of all."""

    files: dict[str, File]
    errors: dict[str, str] = field(default_factory=dict)  # of tasks that are no file's
    stages: dict[str, Counter[str]] = field(default_factory=dict)
    again: int = 0  # tasks that an earlier job had done

    @property
    def failed(self) -> list[File]:
        """The files that were not read whole."""
        return [each for each in self.files.values() if not each.sound]

    def told(self) -> dict[str, Any]:
        """Give it as report.json holds it."""
        sums: Counter[str] = Counter()
        for each in self.files.values():
            sums.update(each.counts)
        problems = {name.partition(":")[2]: n for name, n in sums.items() if name.startswith("problem:")}
        return {
            "jarshy": version(),
            "files": len(self.files),
            "failed": len(self.failed),
            "answers": sums["answers"],
            "pages": sums["pages"],
            "articles": sums["articles"],
            "errors": {
                "file": sum(bool(each.error) for each in self.files.values()),
                "damaged": sums["damaged"],
                "unread": sums["unread"],
                **{f"field {name}": n for name, n in sorted(problems.items())},
            },
            "cpu_seconds": round(sum(each.cpu_seconds for each in self.files.values()), 3),
            "stages": {name: dict(sorted(counts.items())) for name, counts in self.stages.items()},
            "tasks_failed": self.errors,
            "unsound": [
                {
                    "file": each.file,
                    "error": each.error,
                    "damaged": each.counts["damaged"],
                    "told": each.damage,
                }
                for each in self.failed
            ],
        }


def run(
    files: Iterable[str],
    out: Path,
    engine: Engine,
    *,
    size: int,
    fold: bool,
    told: Told,
    window: int = WINDOW,
) -> Report:
    """Read archives into a folder, and fold what is there into stories; writes the report beside it.

    What an earlier job did of it is not done again. A file that cannot be read is reported, and costs itself.

    Args:
        files: paths, or addresses that fsspec opens.
        out: the folder; the same path for every worker.
        engine: who works.
        size: bytes of a stretch that one task reads.
        fold: whether articles and stories are made of the pages.
        told: told of every task that is done.
        window: articles that fill a window of days.

    Raises:
        OSError: the folder cannot be written.
    """
    shelf = Shelf(out.resolve())
    shelf.root.mkdir(parents=True, exist_ok=True)
    report = Report({each: File(each) for each in plan.named(files)})
    _read(shelf, engine, report, size, told)
    if fold and _keep(shelf, engine, report, told):
        _link(shelf, engine, report, told, window)
    shelf.report(report.told())
    return report


def _read(shelf: Shelf, engine: Engine, report: Report, size: int, told: Told) -> None:
    pieces: dict[str, Slice] = {}

    def jobs() -> Iterator[Job]:
        for piece in _pieces(engine, report, size):  # what cannot be opened has its line in the report
            name = f"read-{piece.name}"
            pieces[name] = piece
            yield Job(name, work.read_slice, (str(shelf.root), piece, _made_of(piece)))

    for name, receipt, error in _done(shelf, engine, report, jobs()):
        file = report.files[pieces[name].file]
        if receipt is None:
            file.error = error
            told("unreadable", {"file": file.file, "why": error})
            continue
        counts = Counter(receipt["counts"])
        file.counts.update(counts)
        file.damage += receipt["damage"]
        file.cpu_seconds += receipt["cpu_seconds"]
        told("read", {"task": name, **{key: counts[key] for key in ("pages", "articles", "damaged")}})


def _pieces(engine: Engine, report: Report, size: int) -> Iterator[Slice]:
    """Give what the tasks read. Large files are read through for it, as tasks, while others are read."""
    large: list[str] = []
    for name, file in report.files.items():
        try:
            if is_address(name) or Path(name).stat().st_size <= size:
                yield Slice(name)
            else:
                large.append(name)
        except OSError as error:
            file.error = str(error)
    jobs = (Job(name, plan.cut, (name, size)) for name in large)
    for done in engine.each(jobs):
        if done.error is None:
            yield from done.result
        else:
            report.files[done.name].error = str(done.error)


def _made_of(piece: Slice) -> str:
    """Name what a task reads; what is at an address is taken to stay as it is, as archives do."""
    state = None if is_address(piece.file) else Path(piece.file).stat()
    size_and_time = None if state is None else (state.st_size, state.st_mtime_ns)
    return made_of(version(), piece.file, piece.start, piece.end, size_and_time)


def _keep(shelf: Shelf, engine: Engine, report: Report, told: Told) -> bool:
    """Make articles of the pages of every group; tells whether all of them were made."""
    jobs = [
        Job(
            f"keep-{group}",
            work.keep_group,
            (str(shelf.root), group, sorted(files), made_of(version(), files)),
        )
        for group, files in shelf.pages().items()
    ]
    return _stage("keep", shelf, engine, report, jobs, told)


def _link(shelf: Shelf, engine: Engine, report: Report, told: Told, window: int) -> None:
    """Fold the articles, window after window: each task begins with the state that the one before left."""
    kept = dict(shelf.receipts("keep"))
    groups = {f"keep-{group}" for group in shelf.pages()}
    of = made_of(version(), sorted((name, receipt["made_of"]) for name, receipt in kept.items()))
    days: dict[str, list[str]] = {}
    for name in sorted(groups & kept.keys()):
        for file in kept[name]["files"]:
            if file.startswith(FOLDING):
                days.setdefault(day_of(file), []).append(file)
    windows = list(_windows(shelf, sorted(days.items()), window))
    for number, files in enumerate(windows, 1):
        last = number == len(windows)
        of = made_of(of, files, last)  # and all that came before
        job = Job(f"link-{number:05}", work.link_window, (str(shelf.root), number, files, last, of))
        if not _stage("link", shelf, engine, report, [job], told):
            return
    if not windows:
        return
    job = Job("tell-stories", work.tell_stories, (str(shelf.root), len(windows), of))
    _stage("stories", shelf, engine, report, [job], told)


def _windows(shelf: Shelf, days: Sequence[tuple[str, list[str]]], window: int) -> Iterator[list[str]]:
    """Group days until their working files are as large as so many articles'."""
    files: list[str] = []
    size = 0
    for _, some in days:
        files += some
        size += sum((shelf.root / name).stat().st_size for name in some)
        if size >= window * _EACH:
            yield files
            files, size = [], 0
    if files:
        yield files


def _stage(stage: str, shelf: Shelf, engine: Engine, report: Report, jobs: Sequence[Job], told: Told) -> bool:
    sound = True
    for name, receipt, error in _done(shelf, engine, report, jobs):
        if receipt is None:
            report.errors[name] = error
            told("task_failed", {"task": name, "why": error})
            sound = False
        else:
            report.stages.setdefault(stage, Counter()).update(receipt["counts"])
            told(stage, {"task": name, **receipt["counts"]})
    return sound


def _done(
    shelf: Shelf, engine: Engine, report: Report, jobs: Iterable[Job]
) -> Iterator[tuple[str, dict[str, Any] | None, str]]:
    """Do the tasks that no earlier job did; gives each one's name, its receipt, or why there is none."""
    found: list[tuple[str, dict[str, Any]]] = []

    def undone() -> Iterator[Job]:
        for job in jobs:
            receipt = shelf.receipt(job.name, job.arguments[-1])
            if receipt is None:
                yield job
            else:
                found.append((job.name, receipt))

    for done in engine.each(undone()):
        if done.error is None:
            yield done.name, done.result, ""
        else:
            yield done.name, None, _line(done.error)
    report.again += len(found)
    for name, receipt in found:
        yield name, receipt, ""


def _line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]

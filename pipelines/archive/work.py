"""The tasks, as a worker runs them. Each is done again without harm: it writes its own files and no other."""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from items import OutletFacts, Page
from pipelines import parquet, runner
from pipelines.archive import keeping, linking, schema
from pipelines.archive.plan import Slice, is_address
from pipelines.archive.reading import Reader
from pipelines.archive.shelf import FOLDING, PAGES, TABLES, Groups, Shelf
from pipelines.store import Store
from pipelines.store.tables import TABLES as STORED
from pipelines.store.tables import Columns, base_of, guid_of
from spiders.support import warc
from spiders.support.warc import Damage

Receipt = dict[str, Any]

_TOGETHER: Final = 2048  # pages of a task that are in memory at once
_TOLD: Final = 20  # damaged records that a receipt names
_STORIES: Final[Columns] = [
    ("id", "INTEGER"), ("guid", "TEXT"), ("created_at", "TEXT"), ("merged_into", "INTEGER"),
    ("merged_at", "TEXT"), ("merge_why", "TEXT"),
]  # fmt: skip
_MEMBERS: Final[Columns] = [
    ("article_id", "INTEGER"), ("story_id", "INTEGER"), ("joined_at", "TEXT"), ("reason", "TEXT"),
    ("evidence", "TEXT"), ("nearest_id", "INTEGER"),
]  # fmt: skip
_COPIES: Final[Columns] = [
    ("article_id", "INTEGER"), ("of_id", "INTEGER"), ("containment", "REAL"), ("jaccard", "REAL"),
]  # fmt: skip


def read_slice(root: str, piece: Slice, of: str) -> Receipt:
    """Read a file or a stretch of it: `pages/`. `of` is what the receipt is to say that it is made of.

    Raises:
        OSError: the file cannot be read, or the folder cannot be written.
    """
    shelf, task = Shelf(Path(root)), f"read-{piece.name}"
    if (done := shelf.receipt(task, of)) is not None:
        return done
    begun = time.process_time()
    reader, groups = _reader(), _groups()
    counts: Counter[str] = Counter()
    damage: list[dict[str, Any]] = []
    work = shelf.work(task)

    def pages(path: Path) -> Iterator[Page]:
        between = None if piece.end is None else (piece.start, piece.end)
        for found in warc.read(path, lambda url, _: reader.asked(url) is not None, between=between):
            if isinstance(found, Damage):
                counts["damaged"] += 1
                if len(damage) < _TOLD:
                    damage.append({"offset": found.offset, "why": found.why, "url": found.url})
                continue
            counts["answers"] += 1
            yield from _counted(reader.pages(found, piece.file), counts)

    with _local(piece.file) as path:
        remaining = pages(path)
        number = 0
        while some := list(islice(remaining, _TOGETHER)):
            number += 1
            for (day, group), shelved in sorted(_shelved(some, groups).items()):
                name = f"{PAGES}/date={day}/of={group}/{piece.name}-{number:04}.parquet"
                parquet.write(work.place(name), schema.schema(), schema.batches(shelved))
    return work.end(
        of,
        file=piece.file,
        start=piece.start,
        counts=dict(sorted(counts.items())),
        damage=damage,
        cpu_seconds=round(time.process_time() - begun, 3),
    )


def keep_group(root: str, group: str, files: Sequence[str], of: str) -> Receipt:
    """Make articles of a group's pages: `tables/`, and what folding reads of them.

    Raises:
        OSError: a file cannot be read, or the folder cannot be written.
    """
    shelf, task = Shelf(Path(root)), f"keep-{group}"
    if (done := shelf.receipt(task, of)) is not None:
        return done
    begun = time.process_time()
    declared = {name: facts for name, facts in _outlets().items() if _groups().of(name) == group}
    work = shelf.work(task)
    with (
        tempfile.TemporaryDirectory(prefix="jarshy-") as folder,
        Store.open(Path(folder, "group.db")) as store,
    ):
        pages = keeping.ordered(shelf.root, files)
        first = next(pages)
        store.sync_outlets(declared.values(), first.fetch.at)
        store.sync_sources(runner.known_sources(), first.fetch.at)
        kept = keeping.keep(store, _after(first, pages), declared, now=keeping.archived_at)
        for table in STORED:
            columns, rows = store.tables.rows(table, base_of(group))
            parquet.write_rows(work.place(f"{TABLES}/{table}/of={group}.parquet"), columns, rows)
        for day, some in _by_day(linking.waiting(store, group)):
            linking.dump(work.place(f"{FOLDING}/date={day}/of={group}.pickle"), some)
    return work.end(of, counts=dict(sorted(kept.items())), cpu_seconds=round(time.process_time() - begun, 3))


def link_window(root: str, number: int, files: Sequence[str], last: bool, of: str) -> Receipt:
    """Fold what a window of days holds; the window before is done, and left its state.

    Raises:
        OSError: a file cannot be read, or the folder cannot be written.
    """
    shelf, task = Shelf(Path(root)), f"link-{number:05}"
    if (done := shelf.receipt(task, of)) is not None:
        return done
    begun = time.process_time()
    state = linking.load(shelf.root / _state(number - 1)) if number > 1 else linking.State()
    come = [each for name in files for each in linking.load(shelf.root / name)]
    found = linking.advance(state, come, last=last)
    work = shelf.work(task)
    linking.dump(work.place(f"{FOLDING}/linked-{number:05}.pickle"), found)
    linking.dump(work.place(_state(number)), state)
    joined = sum(each.nearest is not None for each in found)
    return work.end(
        of,
        counts={"articles": len(come), "settled": len(found), "joined": joined},
        cpu_seconds=round(time.process_time() - begun, 3),
    )


def tell_stories(root: str, windows: int, of: str) -> Receipt:
    """Write the stories that the windows came to: `tables/stories`, `story_members`, `near_copies`.

    Raises:
        OSError: a file cannot be read, or the folder cannot be written.
    """
    shelf, task = Shelf(Path(root)), "tell-stories"
    if (done := shelf.receipt(task, of)) is not None:
        return done
    stories = linking.load(shelf.root / _state(windows)).stories
    linked = [f"{FOLDING}/linked-{number:05}.pickle" for number in range(1, windows + 1)]
    first: dict[int, tuple[str, str, int, str]] = {}  # of each story its earliest article
    for name in linked:
        for each in linking.load(shelf.root / name):
            place = (each.at, each.url, each.number, each.seen)
            root_of = stories.root(each.number)
            first[root_of] = min(place, first.get(root_of, place))
    work = shelf.work(task)
    told = (
        (number, guid_of(f"{url}#story"), seen, None, None, None)
        for _, url, number, seen in sorted(first.values(), key=lambda each: each[2])
    )
    parquet.write_rows(work.place(f"{TABLES}/stories/all.parquet"), _STORIES, told)
    for window, name in enumerate(linked, 1):
        found = linking.load(shelf.root / name)
        members = (
            (
                each.number,
                first[stories.root(each.number)][2],
                each.seen,
                each.reason,
                each.evidence,
                each.nearest,
            )
            for each in found
        )
        parquet.write_rows(
            work.place(f"{TABLES}/story_members/window-{window:05}.parquet"), _MEMBERS, members
        )
        copies = ((each.number, *copy) for each in found for copy in each.copies)
        parquet.write_rows(work.place(f"{TABLES}/near_copies/window-{window:05}.parquet"), _COPIES, copies)
    return work.end(of, counts={"stories": len(first)})


def _state(number: int) -> str:
    return f"{FOLDING}/state-{number:05}.pickle"


def _counted(pages: Iterator[Page], counts: Counter[str]) -> Iterator[Page]:
    for page in pages:
        counts["pages"] += 1
        counts["articles" if page.article is not None else "unread"] += 1
        counts.update(f"problem:{problem.field}" for problem in page.problems)
        yield page


def _shelved(pages: Sequence[Page], groups: Groups) -> dict[tuple[str, str], list[Page]]:
    found: defaultdict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in pages:
        day = page.fetch.at.astimezone(UTC).date().isoformat()
        found[day, groups.of(page.fetch.outlet)].append(page)
    return found


def _after(first: Page, rest: Iterator[Page]) -> Iterator[Page]:
    yield first
    yield from rest


def _by_day(found: Iterator[linking.Waiting]) -> Iterator[tuple[str, list[linking.Waiting]]]:
    """Group what comes in the order of time by its day."""
    return ((day, list(some)) for day, some in groupby(found, key=lambda each: each.at[:10]))


@contextmanager
def _local(file: str) -> Iterator[Path]:
    """Give a file as one of this machine's, fetched whole where it is elsewhere.

    A lost connection costs the task, which is tried again, and is never taken for damage of the archive.
    """
    if not is_address(file):
        yield Path(file)
        return
    from fsspec.core import url_to_fs

    with tempfile.TemporaryDirectory(prefix="jarshy-") as folder:
        system, path = url_to_fs(file)
        local = Path(folder, "archive")
        system.get_file(path, str(local))
        yield local


@cache
def _reader() -> Reader:
    settings = runner.project_settings()
    return Reader(runner.outlets(settings).values(), settings)


@cache
def _outlets() -> Mapping[str, OutletFacts]:
    return {name: spider.facts() for name, spider in runner.outlets().items()}


@cache
def _groups() -> Groups:
    return Groups(_outlets().values())

"""The folder of an archive that was read: what each task wrote, and its receipt; nothing is done twice.

    pages/date=2026-11-20/of=akorda/NAME-0001.parquet    what was read, by the day it was archived
    tables/revisions/of=akorda.parquet                   what became of it: the tables of the store
    tasks/read-NAME.json                                 the receipt of a task: what it wrote, what it counted

A file is written beside its place and renamed; a receipt comes last. A task that is done again, by whatever
worker, writes the same files, and takes away those that an earlier try left under its name.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from items import OutletFacts
from spiders.extract.meta import site

PAGES: Final = "pages"
TABLES: Final = "tables"
FOLDING: Final = "folding"  # what folding reads of the articles, and its state; for nobody else
TASKS: Final = "tasks"
REPORT: Final = "report.json"
OTHERS: Final = "others-"  # sites that nobody declared share sixteen groups: a folder each would be too many


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder that several processes write to. `root` must be the same path for all of them."""

    root: Path

    def receipt(self, task: str, made_of: str) -> dict[str, Any] | None:
        """Give the receipt of a task that was done, of these very things; None where it is yet to be done."""
        told = self.told(task)
        return told if told.get("done") and told.get("made_of") == made_of else None

    def work(self, task: str) -> Work:
        """Begin a task anew, whatever an earlier try left."""
        return Work(self, task)

    def receipts(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give every receipt of a kind of tasks ("read", "keep", "link") that is whole, by name."""
        for path in sorted((self.root / TASKS).glob(f"{kind}-*.json")):
            told = self.told(path.stem)
            if told.get("done"):
                yield path.stem, told

    def pages(self) -> dict[str, dict[str, str]]:
        """Give the files of pages that whole tasks wrote, by group: each with its SHA-256."""
        found: dict[str, dict[str, str]] = {}
        for _, told in self.receipts("read"):
            for name, sha in told["files"].items():
                found.setdefault(group_of(name), {})[name] = sha
        return dict(sorted(found.items()))

    def report(self, told: Mapping[str, Any]) -> None:
        """Write the report of a job."""
        _write(self.root / REPORT, told)

    def told(self, task: str) -> dict[str, Any]:
        """Give what is noted of a task; empty where nothing is."""
        try:
            told = json.loads((self.root / TASKS / f"{task}.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def note(self, task: str, told: Mapping[str, Any]) -> None:
        """Note something of a task, in place of what was noted."""
        _write(self.root / TASKS / f"{task}.json", told)


class Work:
    """A task under way: the files it writes, those that an earlier try wrote and this one may not."""

    def __init__(self, shelf: Shelf, task: str) -> None:
        self._shelf = shelf
        self._task = task
        self._earlier = dict.fromkeys(shelf.told(task).get("files", {}), "")
        self.files: list[str] = []

    def place(self, name: str) -> Path:
        """Give where a file of the task goes, its folder made; noted before it is written."""
        self.files.append(name)
        self._shelf.note(
            self._task, {"done": False, "files": {**self._earlier, **dict.fromkeys(self.files, "")}}
        )
        path = self._shelf.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def end(self, made_of: str, **told: Any) -> dict[str, Any]:
        """Take away what this try did not write, and write the receipt; gives it."""
        for name in self._earlier.keys() - set(self.files):
            (self._shelf.root / name).unlink(missing_ok=True)
        files = {name: digest(self._shelf.root / name) for name in self.files}
        receipt = {"done": True, "made_of": made_of, "files": files, **told}
        self._shelf.note(self._task, receipt)
        return receipt


class Groups:
    """Which outlets' pages are kept together: those of one site, since a page may name another of it its own.

    Args:
        outlets: what is declared of each.
    """

    def __init__(self, outlets: Iterable[OutletFacts]) -> None:
        self._of: dict[str, str] = {}
        sites: dict[str, str] = {}
        for outlet in outlets:
            own = {site(host.partition(":")[0]) for host in outlet.hosts}
            group = next((sites[each] for each in sorted(own) if each in sites), outlet.name)
            sites.update(dict.fromkeys(own, group))
            self._of[outlet.name] = group
        self._sites = sites

    def of(self, outlet: str) -> str:
        """Give the group of an outlet; one that nobody declared is named by its host."""
        if outlet in self._of:
            return self._of[outlet]
        own = site(outlet)
        return self._sites.get(own) or OTHERS + hashlib.sha256(own.encode()).hexdigest()[0]


def day_of(name: str) -> str:
    """Give the day in the name of a file of pages."""
    return _part(name, "date=")


def group_of(name: str) -> str:
    """Give the group in the name of a file."""
    return _part(name, "of=")


def digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def made_of(*told: object) -> str:
    """Give a name for all that a task's result depends on."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _write(path: Path, told: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
    making.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    making.replace(path)


def _part(name: str, key: str) -> str:
    found = next(part for part in name.split("/") if part.startswith(key))
    return found.removeprefix(key).removesuffix(".parquet")

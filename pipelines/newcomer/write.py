"""Writes a new outlet's files into a checkout; never over one that is there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.attribution.identity import Directory
from pipelines.newcomer.draft import Draft, NoOutlet
from pipelines.newcomer.source import source_entry, spider_source
from pipelines.recorded import ANSWERS, listing_facts
from spiders.support.findings import Findings, Found
from spiders.support.listings import read

_REGISTERS = {"KZ": "outlets-kz.toml"}  # of `data/sources`, by country
_REGISTER = "world-outlets.toml"  # of any other


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written, in the order of reading; `register` is the file of sources that got an entry."""

    files: tuple[Path, ...]
    register: Path | None


def write_outlet(made: Draft, findings: Findings, root: Path) -> Written:
    """Write the outlet's file, its fixtures and, where it is new, its entry among the sources.

    Args:
        made: what to declare.
        findings: what it was decided from, with the answers themselves.
        root: the checkout.

    Raises:
        NoOutlet: one of the files is there already, or the sources refuse the entry; nothing is written.
        OSError: a file cannot be written.
    """
    name = made.facts.name
    files: dict[Path, bytes] = {root / "spiders" / f"{name}.py": spider_source(made, findings).encode()}
    folder = root / "tests" / "outlets" / name
    if folder.exists():
        raise NoOutlet(f"{folder} is there already")
    for case in made.cases:
        files[folder / case.name / "page.html"] = case.body
        files[folder / case.name / "meta.json"] = _json(case.meta)
        files[folder / case.name / "expected.json"] = _json(case.expected)
    for number, found in enumerate(made.listings):
        if found.recorded is not None:
            where = folder / ("listing" if number == 0 else f"listing-{number}")
            files.update(_listing_files(where, number, found, made))
    if there := [path for path in files if path.exists()]:
        raise NoOutlet(f"{there[0]} is there already")
    register = None if made.known_source else _register(made, root)
    for path, body in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    if register is not None:
        with register.open("a", encoding="utf-8") as sources:
            sources.write(source_entry(made))
    return Written(files=tuple(files), register=register)


def _register(made: Draft, root: Path) -> Path:
    """The file of sources for the outlet's entry, once it is sure that the table takes it."""
    folder = root / "data" / "sources"
    tables: list[Mapping[str, object]] = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
    ]
    try:
        Directory([*tables, tomllib.loads(source_entry(made))])
    except ValueError as error:
        raise NoOutlet(f"{error}. Name the site otherwise in data/sources, then try again") from error
    return folder / _REGISTERS.get(made.facts.country, _REGISTER)


def _listing_files(folder: Path, number: int, found: Found, made: Draft) -> dict[Path, bytes]:
    recorded = found.recorded
    assert recorded is not None  # noqa: S101 - by the caller
    meta = {
        "listing": number,
        "url": recorded.url,
        "now": recorded.at.isoformat(timespec="seconds"),
        "charset": recorded.charset,
    }
    listed, _ = read(recorded.body, recorded.url, found.listing, declared=recorded.charset)
    expected = listing_facts(each for each in listed.candidates if made.is_article(each.url))
    return {
        folder / ANSWERS[found.listing.kind]: recorded.body,
        folder / "meta.json": _json(meta),
        folder / "expected.json": _json(expected),
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

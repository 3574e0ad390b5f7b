"""The word tables of this room, read once from the TOML files beside it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name`.toml of this folder (UTF-8). Raises OSError or TOMLDecodeError on a broken install."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """Every string under `path` in the table, whatever the languages between; the longest first."""
    found: Any = table(name)
    for key in path:
        found = found[key]
    if isinstance(found, dict):
        found = [word for group in found.values() for word in group]
    return tuple(sorted({str(word) for word in found}, key=lambda word: (-len(word), word)))

"""Entries one by one, so that one that cannot stand in a valid feed costs the others nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from feeds.model import Entry, newest_first
from feeds.sanitise import sanitise
from items import Problem

Tell = Callable[[Problem], None]
T = TypeVar("T")

# Every format prints the same HTML, and every edition the same entries.
sanitised = lru_cache(maxsize=1024)(sanitise)


def built(
    entries: Iterable[Entry],
    build: Callable[[Entry], T],
    faults: Callable[[T], Iterable[str]],
    on_problem: Tell | None,
) -> list[tuple[Entry, T]]:
    """Give the entries, newest first, each as `build` writes it.

    One that `build` refuses (AttributeError, TypeError, ValueError), in which `faults` finds something, or
    whose GUID another has, is left out and told to `on_problem`.
    """
    tell = on_problem or (lambda _problem: None)
    good: dict[str, tuple[Entry, T]] = {}
    for entry in entries:
        why = f"a second entry with the GUID {entry.guid}" if entry.guid in good else ""
        try:
            made = build(entry)
            why = why or "; ".join(faults(made))
        except (AttributeError, TypeError, ValueError) as error:  # naive times, texts that are no text
            why = str(error) or type(error).__name__
        if why:
            tell(Problem(outlet=entry.outlet, url=str(entry.link), field="entry", why=why))
        else:
            good[entry.guid] = (entry, made)
    return [good[entry.guid] for entry in newest_first(entry for entry, _ in good.values())]

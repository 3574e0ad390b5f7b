"""Weigh what two articles share and where they differ: pure, and explained."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from pipelines.folding.differences import apart
from pipelines.folding.facts import Facts
from pipelines.folding.piece import Evidence, Likeness
from pipelines.folding.rarity import Rarity
from pipelines.folding.signals import Signal, around, meaning, shared, words
from pipelines.folding.tables import read

WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = read("weights.toml")


def compare(one: Facts, other: Facts, rarity: Rarity) -> Likeness:
    """Weigh two articles and say why; the order of the two does not matter.

    What is said of rarity holds for the window the two stand in.
    """
    table = _table(one, other)
    evidence = [Evidence("time", table["base"], "two articles of one window")]
    weights = []
    for signal in signals(one, other, rarity):
        weight = table.get(signal.name, 0.0) * signal.value
        if weight:
            weights.append(weight)
            evidence.append(Evidence(signal.family, round(weight, 3), signal.told(rarity)))
    return Likeness(table["base"] + math.fsum(weights), tuple(evidence))


def odds(one: Facts, other: Facts, rarity: Rarity) -> float:
    """Weigh two articles: the log-odds that they tell of one event."""
    table = _table(one, other)
    return table["base"] + _sum(table, signals(one, other, rarity))


def exceed(one: Facts, other: Facts, rarity: Rarity, least: float) -> float | None:
    """Give the log-odds of two articles if they exceed so much, else None.

    Most pairs need no full measure: what sets two articles apart only takes away, which a test holds.
    """
    table = _table(one, other)
    bound = table["base"] + _sum(table, _alike(one, other, rarity))
    if bound <= least:
        return None
    found = odds(one, other, rarity)
    return found if found > least else None


def _sum(table: Mapping[str, float], measured: Iterable[Signal]) -> float:
    weight = table.get
    return math.fsum([weight(signal.name, 0.0) * signal.value for signal in measured])


def _table(one: Facts, other: Facts) -> Mapping[str, float]:
    return WEIGHTS["same_language" if one.lang == other.lang else "across_languages"]


def signals(one: Facts, other: Facts, rarity: Rarity) -> Iterator[Signal]:
    """Measure all that speaks for or against two articles telling of one event."""
    return chain(_alike(one, other, rarity), apart(one, other, rarity))


def _alike(one: Facts, other: Facts, rarity: Rarity) -> Iterator[Signal]:
    return chain(
        shared(one, other, rarity), around(one, other), meaning(one, other), words(one, other, rarity)
    )

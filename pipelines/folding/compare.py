"""Weigh what two articles share and where they differ: pure, and explained."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from pipelines.folding.differences import apart
from pipelines.folding.facts import Facts
from pipelines.folding.piece import Evidence, Likeness
from pipelines.folding.rarity import Rarity
from pipelines.folding.signals import Signal, around, shared, words
from pipelines.folding.tables import read

_WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = read("weights.toml")


def compare(one: Facts, other: Facts, rarity: Rarity) -> Likeness:
    """Weigh two articles and say why; the order of the two does not matter.

    What is said of rarity holds for the window the two stand in.
    """
    table = _table(one, other)
    evidence = [Evidence("time", table["base"], "two articles of one window")]
    for signal in signals(one, other, rarity):
        weight = table.get(signal.name, 0.0) * signal.value
        if weight:
            evidence.append(Evidence(signal.family, round(weight, 3), signal.told(rarity)))
    return Likeness(odds(one, other, rarity), tuple(evidence))


def odds(one: Facts, other: Facts, rarity: Rarity) -> float:
    """Weigh two articles: the log-odds that they tell of one event."""
    table = _table(one, other)
    return table["base"] + math.fsum(
        table.get(signal.name, 0.0) * signal.value for signal in signals(one, other, rarity)
    )


def _table(one: Facts, other: Facts) -> Mapping[str, float]:
    return _WEIGHTS["same_language" if one.lang == other.lang else "across_languages"]


def signals(one: Facts, other: Facts, rarity: Rarity) -> Iterator[Signal]:
    """Measure all that speaks for or against two articles telling of one event."""
    yield from shared(one, other, rarity)
    yield from words(one, other, rarity)
    yield from apart(one, other, rarity)
    yield from around(one, other)

"""Measures of two articles: where they differ in what each is about."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pipelines.folding.facts import Facts
from pipelines.folding.gazetteer import named_things
from pipelines.folding.rarity import Rarity
from pipelines.folding.signals import GROUPS, SHOWN, Signal
from pipelines.folding.tables import read

_EXACT_UNITS: Final = frozenset(read("units.toml")["exact"]["units"])
_HOME: Final = "place:kazakhstan"
_ALIKE: Final = 0.006  # relative difference of two numbers that are one, rounded
_LITTLE: Final = 0.6  # weight of a headline that says so little that what it lacks says little too
_SOUND: Final = 3  # consonants by which two spellings may be of one name
_REACTIONS: Final = frozenset(f"topic:{key}" for key in read("topics.toml")["reaction"])
_SEATS: Final = ("names", "places", "bodies", "topics")  # what a headline is about


def apart(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    """Measure the other places, people, numbers and dates that two articles tell in the same seats."""
    only = {name: (_only(one, other, name), _only(other, one, name)) for name in _SEATS}
    only["places"] = _told_of(*only["places"])
    for name, (mine, theirs) in only.items():
        if not mine or not theirs:
            continue
        weight = min(rarity.sum(mine), rarity.sum(theirs))
        yield Signal(f"other_{name}", GROUPS[name], math.log1p(weight), apart=(mine, theirs))
        heads = mine & one.headline[name], theirs & other.headline[name]
        if all(heads):
            yield Signal(f"other_{name}_headline", GROUPS[name], 1.0, apart=heads)
    mine, theirs = (
        {each for sides in only.values() for each in sides[side] & facts.headed} - {_HOME}
        for side, facts in enumerate((one, other))
    )
    yield from _other_seats(one, other, mine, theirs, rarity)
    answers = [facts.headline["topics"] & _REACTIONS for facts in (one, other)]
    if (answers[0] and not other.particulars["topics"] & _REACTIONS) or (
        answers[1] and not one.particulars["topics"] & _REACTIONS
    ):
        yield Signal("reaction", "topic", 1.0, "one is on what was said of it", answers[0] | answers[1])
    yield from _other_figures(one, other)
    for name in ("months", "days"):
        first, second = one.lead[name], other.lead[name]
        if first and second and not first & other.particulars[name] and not second & one.particulars[name]:
            yield Signal(f"other_{name}", "date", 1.0, apart=(first, second))
    if one.ordinals and other.ordinals and not one.ordinals & other.ordinals:
        told = f"{sorted(one.ordinals)} is not {sorted(other.ordinals)}"
        yield Signal("other_ordinals", "figure", 1.0, told)


def _other_seats(
    one: Facts, other: Facts, mine: set[str], theirs: set[str], rarity: Rarity
) -> Iterable[Signal]:
    """Whoever or whatever two headlines name, each unknown to the other article: other counterparts."""
    if not mine and not theirs:
        return
    weights = rarity.sum(mine), rarity.sum(theirs)
    if mine and theirs:
        yield Signal("other_seats", "lead", math.log1p(min(weights)), "headlines", apart=(mine, theirs))
    lone, side = max(
        (weight / (rarity.total(facts.headed) + _LITTLE), sorted(each))
        for weight, each, facts in zip(weights, (mine, theirs), (one, other), strict=True)
    )
    if lone:
        yield Signal("other_heads", "lead", lone, f"{lone:.0%} of a headline is not in the other", side)


def _told_of(mine: set[str], theirs: set[str]) -> tuple[set[str], set[str]]:
    """Without the home country, unless it stands against another: that it is named says where one reads."""
    kinds = named_things().concepts
    sides = []
    for side, against in ((mine, theirs), (theirs, mine)):
        foreign = any(kinds[each.partition(":")[2]].kind == "country" for each in against - {_HOME})
        sides.append(side if foreign else side - {_HOME})
    return sides[0], sides[1]


def _only(one: Facts, other: Facts, group: str) -> set[str]:
    """What the lead of one names and the other does not name anywhere, nor a name that may be the same."""
    found = set(one.lead[group] - other.particulars[group])
    if group == "names" and found:
        heard = {_sound(each) for each in other.particulars[group]}
        found = {each for each in found if _sound(each) not in heard}
    return found


@lru_cache(maxsize=65536)
def _sound(particular: str) -> str:
    """The first consonants of a name: spellings that differ by more are of different names."""
    return particular.partition(":")[2].replace("a", "")[:_SOUND] or particular


def _other_figures(one: Facts, other: Facts) -> Iterable[Signal]:
    exact: list[str] = []
    loose: list[str] = []
    for unit in {unit for _, unit in one.figures if unit} & {unit for _, unit in other.figures if unit}:
        mine, theirs = _valued(one.lead_figures, unit), _valued(other.lead_figures, unit)
        if not mine and not theirs:
            continue
        mine, theirs = mine or _valued(one.figures, unit), theirs or _valued(other.figures, unit)
        if _meet(mine, _valued(other.figures, unit)) or _meet(theirs, _valued(one.figures, unit)):
            continue
        (exact if unit in _EXACT_UNITS else loose).append(
            f"{unit}: {', '.join(f'{value:.10g}' for value in sorted(mine))} "
            f"is not {', '.join(f'{value:.10g}' for value in sorted(theirs))}"
        )
    for name, differing in (("other_exact", exact), ("other_counts", loose)):
        if differing:
            yield Signal(name, "figure", math.sqrt(len(differing)), "; ".join(sorted(differing)[:SHOWN]))


def _valued(figures: Iterable[tuple[float, str]], unit: str) -> set[float]:
    return {value for value, each in figures if each == unit}


def _meet(mine: set[float], theirs: set[float]) -> bool:
    return any(abs(a - b) <= _ALIKE * max(abs(a), abs(b)) for a in mine for b in theirs)

"""Weigh what two articles share and where they differ: pure, and explained."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pipelines.folding.facts import Facts, figure_mark
from pipelines.folding.gazetteer import read
from pipelines.folding.piece import Evidence, Family, Likeness
from pipelines.folding.rarity import Rarity

_WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = read("weights.toml")
_EXACT_UNITS: Final = frozenset(read("units.toml")["exact"]["units"])
_SHOWN: Final = 8  # particulars that an evidence names
_DAY: Final = 86400.0
_ALIKE: Final = 0.006  # relative difference of two numbers that are one, rounded
_COPY_RUNS: Final = 12  # runs that a text needs for their share to mean anything
_SOUND: Final = 3  # consonants by which two spellings may be of one name
_FORM: Final = 0.5  # share of runs that two reports written to one form have in common
_FAMILIES: Final[Mapping[str, Family]] = {
    "person": "person", "name": "person", "place": "place", "world": "body", "topic": "topic",
    "day": "date", "month": "date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signal:
    """One measure of two articles, without its weight: usually from 0 to 1."""

    name: str
    family: Family
    value: float
    told: str


def compare(one: Facts, other: Facts, rarity: Rarity) -> Likeness:
    """Weigh two articles; the order of the two does not matter.

    What is said of rarity holds for the window the two stand in.
    """
    table = _WEIGHTS["same_language" if one.lang == other.lang else "across_languages"]
    evidence = [Evidence("time", table["base"], "two articles of one window")]
    for signal in signals(one, other, rarity):
        weight = table.get(signal.name, 0.0) * signal.value
        if weight:
            evidence.append(Evidence(signal.family, round(weight, 3), signal.told))
    return Likeness(sum(each.weight for each in evidence), tuple(evidence))


def signals(one: Facts, other: Facts, rarity: Rarity) -> list[Signal]:
    """Measure all that speaks for or against two articles telling of one event."""
    found = [*_shared(one, other, rarity), *_figures(one, other, rarity), *_words(one, other, rarity)]
    found += _apart(one, other, rarity)
    found += _around(one, other)
    return [signal for signal in found if signal.value]


def _of(particulars: Iterable[str], families: tuple[str, ...]) -> set[str]:
    return {each for each in particulars if each.partition(":")[0] in families}


def _total(particulars: Iterable[str], rarity: Rarity) -> float:
    # In order: sums of floats must not depend on how a set happens to be laid out.
    return math.fsum(rarity.weight(each) for each in particulars)


_GROUPS: Final = (
    ("names", ("person", "name"), "person"),
    ("places", ("place",), "place"),
    ("bodies", ("world",), "body"),
    ("topics", ("topic",), "topic"),
    ("dates", ("day", "month"), "date"),
)


def _shared(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    for name, families, family in _GROUPS:
        mine, theirs = _of(one.particulars, families), _of(other.particulars, families)
        both = mine & theirs
        least = min(_total(mine, rarity), _total(theirs, rarity))
        kind: Family = _FAMILIES[families[0]]
        if not both:
            if least:
                yield Signal(f"no_{name}", kind, min(1.0, least), f"both name {name}, and none in common")
            continue
        weight = _total(both, rarity)
        told = _tell(both, rarity)
        yield Signal(name, kind, math.log1p(weight), told)
        if least:
            yield Signal(f"{name}_share", kind, weight / least, f"{weight / least:.0%} of them: {told}")
    for name, mine_lead, their_lead in (
        ("lead", one.lead, other.lead),
        ("headline", one.headline, other.headline),
    ):
        both = set(mine_lead & their_lead)
        least = min(_total(mine_lead, rarity), _total(their_lead, rarity))
        if both and least:
            share = _total(both, rarity) / least
            yield Signal(name, "lead", share, f"{share:.0%} of the {name}: {_tell(both, rarity)}")


def _figures(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    mine, theirs = ({value for value, _ in each.figures} for each in (one, other))
    weight, *wanted = (
        math.fsum(_precision(value) * rarity.weight(figure_mark(value)) for value in sorted(values))
        for values in (mine & theirs, mine, theirs)
    )
    least = min(wanted)
    if weight:
        told = ", ".join(f"{value:.10g}" for value in sorted(mine & theirs)[:_SHOWN])
        yield Signal("figures", "figure", math.log1p(weight), told)
        yield Signal("figures_share", "figure", weight / least, f"{weight / least:.0%} of the figures: {told}")
    elif least:
        yield Signal("no_figures", "figure", min(1.0, least), "both give figures, and none in common")


def _precision(value: float) -> float:
    """How little a number is found by accident, by its digits."""
    digits = len(f"{value:.6g}".replace(".", "").split("e")[0].strip("0"))
    return (0.25, 0.6, 0.9)[min(digits, 3) - 1] if digits else 0.25


def _words(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    if one.lang == other.lang:
        yield from _likeness("words", one.words, other.words, rarity)
        runs = len(one.runs & other.runs)
        shorter = min(len(one.runs), len(other.runs))
        if shorter >= _COPY_RUNS and runs:
            share = runs / shorter
            told = f"{runs} of {shorter} runs of three words"
            yield Signal("runs", "copy", share, told)
            yield Signal("copy", "copy", max(0.0, share - _FORM) / (1.0 - _FORM), told)
    else:
        mine = {f"cognate:{each}" for each in one.cognates}
        theirs = {f"cognate:{each}" for each in other.cognates}
        yield from _likeness("words", mine, theirs, rarity)


def _likeness(
    name: str, mine: Iterable[str], theirs: Iterable[str], rarity: Rarity
) -> Iterable[Signal]:
    """The cosine of two sets of words by their rarity, and the share of the smaller one."""
    mine, theirs = set(mine), set(theirs)
    both = mine & theirs
    if not both:
        return
    squares = [math.fsum(rarity.weight(each) ** 2 for each in words) for words in (both, mine, theirs)]
    if not squares[0]:
        return
    told = _tell(both, rarity)
    cosine = squares[0] / math.sqrt(squares[1] * squares[2])
    yield Signal(name, "word", cosine, told)
    yield Signal(f"{name}_share", "word", squares[0] / min(squares[1:]), told)


def _apart(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    """Where the two differ in what each is about: others' places, people, numbers, dates in the same seats."""
    for name, families, kind in (
        ("other_places", ("place",), "place"),
        ("other_people", ("person", "name"), "person"),
        ("other_topics", ("topic",), "topic"),
        ("other_bodies", ("world",), "body"),
    ):
        mine, theirs = _only(one, other, families), _only(other, one, families)
        if not mine or not theirs:
            continue
        weight = min(_total(mine, rarity), _total(theirs, rarity))
        yield Signal(name, _FAMILIES[kind if kind != "body" else "world"], math.log1p(weight), _against(mine, theirs))
        heads = mine & one.headline, theirs & other.headline
        if all(heads):
            yield Signal(f"{name}_headline", _FAMILIES[families[0]], 1.0, _against(*heads))
    yield from _other_figures(one, other)
    for name, family in (("other_months", "month"), ("other_days", "day")):
        mine, theirs = _of(one.lead, (family,)), _of(other.lead, (family,))
        if (
            mine
            and theirs
            and not mine & _of(other.particulars, (family,))
            and not theirs & _of(one.particulars, (family,))
        ):
            yield Signal(name, "date", 1.0, _against(mine, theirs))
    if one.ordinals and other.ordinals and not one.ordinals & other.ordinals:
        told = f"{sorted(one.ordinals)} is not {sorted(other.ordinals)}"
        yield Signal("other_ordinals", "figure", 1.0, told)


def _only(one: Facts, other: Facts, families: tuple[str, ...]) -> set[str]:
    """What the lead of one names and the other does not name anywhere, nor a name that may be the same."""
    found = _of(one.lead, families) - other.particulars
    if "name" in families:
        heard = {_sound(each) for each in _of(other.particulars, families)}
        found = {each for each in found if _sound(each) not in heard}
    return found


def _sound(particular: str) -> str:
    """The first consonants of a name: spellings that differ by more are of different names."""
    return particular.partition(":")[2].replace("a", "")[:_SOUND] or particular


def _other_figures(one: Facts, other: Facts) -> Iterable[Signal]:
    exact, loose = [], []
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
            yield Signal(name, "figure", math.sqrt(len(differing)), "; ".join(sorted(differing)[:_SHOWN]))


def _valued(figures: Iterable[tuple[float, str]], unit: str) -> set[float]:
    return {value for value, each in figures if each == unit}


def _meet(mine: set[float], theirs: set[float]) -> bool:
    return any(abs(a - b) <= _ALIKE * max(abs(a), abs(b)) for a in mine for b in theirs)


def _around(one: Facts, other: Facts) -> Iterable[Signal]:
    """Links between the two, their outlets and the time between them."""
    if (one.url and one.url in other.translations) or (other.url and other.url in one.translations):
        yield Signal("translation", "link", 1.0, "one is linked as the other's translation")
    if (one.url and one.url in other.links) or (other.url and other.url in one.links):
        yield Signal("mention", "link", 1.0, "one links the other's address")
    if one.outlet != other.outlet and (one.speaker in other.sources or other.speaker in one.sources):
        yield Signal("credit", "link", 1.0, "one credits the other's outlet")
    elif both := one.sources & other.sources:
        yield Signal("source", "link", 1.0, f"both credit {', '.join(sorted(both)[:_SHOWN])}")
    if one.outlet == other.outlet and one.lang == other.lang:
        yield Signal("same_outlet", "outlet", 1.0, "one outlet rarely tells one event twice in one language")
    if one.dated and other.dated:
        days = abs((one.at - other.at).total_seconds()) / _DAY
        yield Signal("days", "time", min(days, 7.0), f"{days:.1f} days apart")
        if days > 3:
            yield Signal("far", "time", 1.0, "more than three days apart")
    if one.bare or other.bare:
        yield Signal("bare", "lead", 1.0, "nothing but a headline: a headline alone never decides")


def _tell(particulars: Iterable[str], rarity: Rarity) -> str:
    best = sorted(particulars, key=lambda each: (-rarity.weight(each), each))[:_SHOWN]
    return ", ".join(each.partition(":")[2] for each in best)


def _against(mine: Iterable[str], theirs: Iterable[str]) -> str:
    sides = (", ".join(sorted(each.partition(":")[2] for each in side)[:_SHOWN]) for side in (mine, theirs))
    return " is not ".join(sides)

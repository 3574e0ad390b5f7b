"""Weigh what two articles share and where they differ: pure, and explained."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from pipelines.folding.facts import GROUPS, Facts, figure_mark
from pipelines.folding.gazetteer import named_things
from pipelines.folding.piece import Evidence, Family, Likeness
from pipelines.folding.rarity import Rarity
from pipelines.folding.tables import read

_WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = read("weights.toml")
_EXACT_UNITS: Final = frozenset(read("units.toml")["exact"]["units"])
_HOME: Final = "place:kazakhstan"
_LITTLE: Final = 0.4  # weight of what is shared below which a share of it means little
_SHOWN: Final = 8  # particulars that an evidence names
_DAY: Final = 86400.0
_ALIKE: Final = 0.006  # relative difference of two numbers that are one, rounded
_COPY_RUNS: Final = 12  # runs that a text needs for their share to mean anything
_SOUND: Final = 3  # consonants by which two spellings may be of one name
_FORM: Final = 0.5  # share of runs that two reports written to one form have in common
_SEATS: Final = ("names", "places", "bodies", "topics")  # what a headline is about
_LAID: Final = 0.25  # share of runs from which two texts are laid side by side
_SHORT: Final = 8  # words that may stand in another's place
_MANY: Final = 3  # replaced names and numbers that say all that such can
_GROUPS: Final[Mapping[str, Family]] = {
    "names": "person", "places": "place", "bodies": "body", "topics": "topic", "dates": "date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signal:
    """One measure of two articles, without its weight: usually from 0 to 1.

    What it rests on is `shared` by both, or stands `apart` in one and in the other; `note` says it in words.
    """

    name: str
    family: Family
    value: float
    note: str = ""
    shared: Iterable[str] = ()
    apart: tuple[Iterable[str], Iterable[str]] | None = None

    def told(self, rarity: Rarity) -> str:
        """Say what the measure rests on, the rarest first."""
        parts = [self.note, _tell(self.shared, rarity)]
        if self.apart is not None:
            parts.append(" is not ".join(_tell(side, rarity) for side in self.apart))
        return ": ".join(part for part in parts if part)


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
    yield from _shared(one, other, rarity)
    yield from _figures(one, other, rarity)
    yield from _words(one, other, rarity)
    yield from _apart(one, other, rarity)
    yield from _around(one, other)


def _total(particulars: Iterable[str], rarity: Rarity) -> float:
    # fsum: a sum of floats must not depend on how a set happens to be laid out.
    return math.fsum(map(rarity.weight, particulars))


def _shared(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    for name, kind in _GROUPS.items():
        mine, theirs = _group(one.particulars, name), _group(other.particulars, name)
        both = mine & theirs
        least = min(_total(mine, rarity), _total(theirs, rarity))
        if not both:
            if least:
                yield Signal(f"no_{name}", kind, min(1.0, least), f"both name {name}, and none in common")
            continue
        weight = _total(both, rarity)
        yield Signal(name, kind, math.log1p(weight), shared=both)
        if least:
            share = weight / (least + _LITTLE)
            yield Signal(f"{name}_share", kind, share, f"{weight / least:.0%} of them", both)
    for name, mine_lead, their_lead in (
        ("lead", one.lead, other.lead),
        ("headline", one.headline, other.headline),
    ):
        sides = [[each for group in side.values() for each in group] for side in (mine_lead, their_lead)]
        common = {each for each in sides[0] if each in their_lead[GROUPS[each.partition(":")[0]]]}
        least = min(_total(side, rarity) for side in sides)
        if common and least:
            weight = _total(common, rarity)
            told = f"{weight / least:.0%} of the {name}"
            yield Signal(name, "lead", weight / (least + _LITTLE), told, common)


def _group(held: Mapping[str, frozenset[str]], name: str) -> frozenset[str]:
    return held["days"] | held["months"] if name == "dates" else held[name]


def _figures(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    mine, theirs = ({value for value, _ in each.figures} for each in (one, other))
    weight, *wanted = (
        math.fsum(_precision(value) * rarity.weight(figure_mark(value)) for value in sorted(values))
        for values in (mine & theirs, mine, theirs)
    )
    least = min(wanted)
    if weight:
        both = {figure_mark(value) for value in mine & theirs}
        yield Signal("figures", "figure", math.log1p(weight), shared=both)
        share = weight / (least + _LITTLE)
        yield Signal("figures_share", "figure", share, f"{weight / least:.0%} of the figures", both)
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
            if share >= _LAID:
                yield from _replaced(one, other)
    else:
        mine = {f"cognate:{each}" for each in one.cognates}
        theirs = {f"cognate:{each}" for each in other.cognates}
        yield from _likeness("words", mine, theirs, rarity)


def _replaced(one: Facts, other: Facts) -> Iterable[Signal]:
    """Names and numbers that stand in the same places of two texts of one form, and are not the same.

    A reprint leaves out and puts in; a report written to the form of another changes who, where and how many.
    """
    mine, theirs = sorted((one.opening, other.opening))
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    changed = []
    for kind, start, stop, begun, ended in matcher.get_opcodes():
        if kind != "replace" or max(stop - start, ended - begun) > _SHORT:
            continue
        left = [word for word in mine[start:stop] if word.startswith("=")]
        right = [word for word in theirs[begun:ended] if word.startswith("=")]
        if left and right and not set(left) & set(right):
            changed.append(f"{' '.join(left)} is not {' '.join(right)}".replace("=", ""))
    if changed:
        yield Signal("replaced", "copy", min(1.0, len(changed) / _MANY), "; ".join(changed[:_SHOWN]))


def _likeness(
    name: str, mine: AbstractSet[str], theirs: AbstractSet[str], rarity: Rarity
) -> Iterable[Signal]:
    """The cosine of two sets of words by their rarity, and the share of the smaller one."""
    both = mine & theirs
    if not both:
        return
    squares = [math.fsum(rarity.weight(each) ** 2 for each in words) for words in (both, mine, theirs)]
    if not squares[0]:
        return
    yield Signal(name, "word", squares[0] / math.sqrt(squares[1] * squares[2]), shared=both)
    yield Signal(f"{name}_share", "word", squares[0] / min(squares[1:]), "of the shorter", both)


def _apart(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    """Where the two differ in what each is about: other places, people, numbers, dates in the same seats."""
    for name in ("places", "names", "topics", "bodies"):
        mine, theirs = _only(one, other, name), _only(other, one, name)
        if name == "places":
            mine, theirs = _told_of(mine, theirs)
        if not mine or not theirs:
            continue
        weight = min(_total(mine, rarity), _total(theirs, rarity))
        yield Signal(f"other_{name}", _GROUPS[name], math.log1p(weight), apart=(mine, theirs))
        heads = mine & one.headline[name], theirs & other.headline[name]
        if all(heads):
            yield Signal(f"other_{name}_headline", _GROUPS[name], 1.0, apart=heads)
    yield from _other_seats(one, other, rarity)
    yield from _other_figures(one, other)
    for name in ("months", "days"):
        mine, theirs = set(one.lead[name]), set(other.lead[name])
        if mine and theirs and not mine & other.particulars[name] and not theirs & one.particulars[name]:
            yield Signal(f"other_{name}", "date", 1.0, apart=(mine, theirs))
    if one.ordinals and other.ordinals and not one.ordinals & other.ordinals:
        told = f"{sorted(one.ordinals)} is not {sorted(other.ordinals)}"
        yield Signal("other_ordinals", "figure", 1.0, told)


def _other_seats(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    """Whoever or whatever two headlines name, each unknown to the other article: other counterparts."""
    mine, theirs = (
        {each for group in _SEATS for each in _only(first, second, group) & first.headline[group]}
        for first, second in ((one, other), (other, one))
    )
    mine, theirs = mine - {_HOME}, theirs - {_HOME}
    if mine and theirs:
        weight = min(_total(mine, rarity), _total(theirs, rarity))
        yield Signal("other_seats", "lead", math.log1p(weight), "headlines", apart=(mine, theirs))
    lone, side = max(
        (_share_of(each, headed.headline, rarity), sorted(each))
        for each, headed in ((mine, one), (theirs, other))
    )
    if lone:
        yield Signal("other_heads", "lead", lone, f"{lone:.0%} of a headline is not in the other", side)


def _share_of(lone: Iterable[str], headline: Mapping[str, frozenset[str]], rarity: Rarity) -> float:
    whole = _total((each for group in _SEATS for each in headline[group]), rarity)
    return _total(lone, rarity) / whole if whole else 0.0


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

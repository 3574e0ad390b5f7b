"""Measures of two articles: what they share, and what lies around them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from pipelines.folding.facts import Facts
from pipelines.folding.piece import Family
from pipelines.folding.rarity import Rarity
from pipelines.folding.vectors import cosine

SHOWN: Final = 8  # particulars that an evidence names
GROUPS: Final[Mapping[str, Family]] = {
    "names": "person", "places": "place", "bodies": "body", "topics": "topic", "dates": "date",
}  # fmt: skip
_LITTLE: Final = 0.4  # weight of what is shared below which a share of it means little
_DAY: Final = 86400.0
_COPY_RUNS: Final = 12  # runs that a text needs for their share to mean anything
_FORM: Final = 0.5  # share of runs that two reports written to one form have in common
_LAID: Final = 0.25  # share of runs from which two texts are laid side by side
_SHORT: Final = 8  # words that may stand in another's place
_STRANGE: Final = 0.4  # cosine of two texts that have nothing to do with each other, or little
_MANY: Final = 3  # replaced names and numbers that say all that such can


class Signal(NamedTuple):
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
        parts = [self.note, tell(self.shared, rarity)]
        if self.apart is not None:
            parts.append(" is not ".join(tell(side, rarity) for side in self.apart))
        return ": ".join(part for part in parts if part)


def shared(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    """Measure the names, places, bodies, topics, dates and figures that both tell."""
    for name, kind in GROUPS.items():
        mine, theirs = one.particulars[name], other.particulars[name]
        least = min(rarity.total(mine), rarity.total(theirs))
        both = mine & theirs
        if both:
            yield from _common(name, kind, both, least, rarity)
        elif least:
            yield Signal(f"no_{name}", kind, min(1.0, least), f"both name {name}, and none in common")
    least = min(rarity.total(one.figure_marks), rarity.total(other.figure_marks))
    both = one.figure_marks & other.figure_marks
    if both:
        yield from _common("figures", "figure", both, least, rarity)
    elif least:
        yield Signal("no_figures", "figure", min(1.0, least), "both give figures, and none in common")
    for name, mine, theirs in (
        ("lead", one.opened, other.opened),
        ("headline", one.headed, other.headed),
    ):
        both = mine & theirs
        least = min(rarity.total(mine), rarity.total(theirs))
        if both and least:
            weight = rarity.sum(both)
            told = f"{weight / least:.0%} of the {name}"
            yield Signal(name, "lead", weight / (least + _LITTLE), told, both)


def _common(name: str, kind: Family, both: frozenset[str], least: float, rarity: Rarity) -> Iterable[Signal]:
    weight = rarity.sum(both)
    yield Signal(name, kind, math.log1p(weight), shared=both)
    if least:
        told = f"{weight / least:.0%} of them"
        yield Signal(f"{name}_share", kind, weight / (least + _LITTLE), told, both)


def words(one: Facts, other: Facts, rarity: Rarity) -> Iterable[Signal]:
    """Measure the words that two languages share, or the runs of words that two texts of one language do.

    Single words tell little in one language: reports of two events of a kind share more of them than two
    outlets' own words on one event do.
    """
    if one.lang != other.lang:
        yield from _likeness("words", one.cognates, other.cognates, rarity)
        return
    shorter = min(len(one.runs), len(other.runs))
    runs = len(one.runs & other.runs) if shorter >= _COPY_RUNS else 0
    if runs:
        share = runs / shorter
        told = f"{runs} of {shorter} runs of three words"
        yield Signal("runs", "copy", share, told)
        yield Signal("copy", "copy", max(0.0, share - _FORM) / (1.0 - _FORM), told)
        if share >= _LAID:
            yield from _replaced(one, other)


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
        yield Signal("replaced", "copy", min(1.0, len(changed) / _MANY), "; ".join(changed[:SHOWN]))


def _likeness(name: str, mine: frozenset[str], theirs: frozenset[str], rarity: Rarity) -> Iterable[Signal]:
    """The cosine of two sets of words by their rarity, and the share of the smaller one."""
    both = mine & theirs
    common = math.fsum(rarity[each] ** 2 for each in both)
    if not common:
        return
    squares = rarity.squares(mine), rarity.squares(theirs)
    yield Signal(name, "word", common / math.sqrt(squares[0] * squares[1]), shared=both)
    yield Signal(f"{name}_share", "word", common / min(squares), "of the shorter", both)


def meaning(one: Facts, other: Facts) -> Iterable[Signal]:
    """Measure how near the vectors of two texts are, where there are any: never a reason against."""
    if one.vector and other.vector:
        near = cosine(one.vector, other.vector)
        if near > _STRANGE:
            told = f"{near:.2f} between the vectors of the texts"
            yield Signal("vector", "vector", (near - _STRANGE) / (1.0 - _STRANGE), told)


def around(one: Facts, other: Facts) -> Iterable[Signal]:
    """Measure links between the two, their outlets and the time between them."""
    if (one.url and one.url in other.translations) or (other.url and other.url in one.translations):
        yield Signal("translation", "link", 1.0, "one is linked as the other's translation")
    if (one.url and one.url in other.links) or (other.url and other.url in one.links):
        yield Signal("mention", "link", 1.0, "one links the other's address")
    if one.outlet != other.outlet and (one.speaker in other.sources or other.speaker in one.sources):
        yield Signal("credit", "link", 1.0, "one credits the other's outlet")
    elif both := one.sources & other.sources:
        yield Signal("source", "link", 1.0, f"both credit {', '.join(sorted(both)[:SHOWN])}")
    if one.outlet == other.outlet and one.lang == other.lang:
        yield Signal("same_outlet", "outlet", 1.0, "one outlet rarely tells one event twice in one language")
    if one.dated and other.dated:
        days = abs((one.at - other.at).total_seconds()) / _DAY
        yield Signal("days", "time", min(days, 7.0), f"{days:.1f} days apart")
        if days > 3:
            yield Signal("far", "time", 1.0, "more than three days apart")
    if one.bare or other.bare:
        yield Signal("bare", "lead", 1.0, "nothing but a headline: a headline alone never decides")


def tell(particulars: Iterable[str], rarity: Rarity) -> str:
    """Name the rarest of some particulars."""
    best = sorted(particulars, key=lambda each: (-rarity.weight(each), each))[:SHOWN]
    return ", ".join(_plain(each) for each in best)


def _plain(particular: str) -> str:
    kind, _, what = particular.partition(":")
    return f"{float(what):,.10g}" if kind == "figure" else what

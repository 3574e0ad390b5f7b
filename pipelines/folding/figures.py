"""The numbers of a text with what they count, its dates, and its ordinals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipelines.folding.gazetteer import Concept, Found
from pipelines.folding.tokens import Token

_YEARS: Final = range(1900, 2101)
_REACH: Final = 3  # tokens after a number among which its unit is looked for
_BEFORE: Final = frozenset(
    {"magnitude", "ball", "dollar", "euro"}
)  # units that may stand before their number
_BACK: Final = 2
_HOUR_END: Final = re.compile(r"\d{1,2}:(?:[0-5]\d)")
_SEPARATORS: Final = re.compile(r"[ \u00a0\u202f]")


class Figure(NamedTuple):
    """A number and what it counts: "percent", "tenge", "score" … or "" where that is not said."""

    value: float
    unit: str
    at: int  # the token's place in the text, in characters

    @property
    def digits(self) -> int:
        """How many digits tell this number from others: 12,300 has three, 5 has one."""
        return len(f"{self.value:.6g}".replace(".", "").replace("-", "").split("e")[0].strip("0")) or 1


@dataclass(frozen=True, slots=True)
class Counted:
    """All that a text counts and dates, mostly with places in characters.

    Dates are (month, day, place), months, weekdays (1 is Monday) and ordinals (number, place).
    """

    figures: tuple[Figure, ...]
    dates: tuple[tuple[int, int, int], ...]
    months: tuple[tuple[int, int], ...]
    weekdays: tuple[tuple[int, int], ...]
    ordinals: tuple[tuple[int, int], ...]
    days_back: tuple[int, ...]  # of "yesterday" and the like


def count(text: Sequence[Token], found: Sequence[Found]) -> Counted:
    """Read the numbers of a text; `found` is what the gazetteer of counted things gave for it.

    A number of years (2026) counts nothing, and neither does a time of day.
    """
    starts: dict[int, Found] = {}
    inside: dict[int, Concept] = {}
    for each in found:
        starts[each.start] = each
        inside.update(dict.fromkeys(range(each.start, each.stop), each.concept))
    reader = _Reader(text, starts, inside)
    reader.read()
    return Counted(
        tuple(reader.figures),
        tuple(reader.dates),
        tuple(reader.months),
        tuple(reader.weekdays),
        tuple(reader.ordinals),
        tuple(reader.days_back),
    )


class _Reader:
    def __init__(self, text: Sequence[Token], starts: dict[int, Found], inside: dict[int, Concept]) -> None:
        self._text = text
        self._starts = starts
        self._inside = inside
        self.figures: list[Figure] = []
        self.dates: list[tuple[int, int, int]] = []
        self.months: list[tuple[int, int]] = []
        self.weekdays: list[tuple[int, int]] = []
        self.ordinals: list[tuple[int, int]] = []
        self.days_back: list[int] = []

    def read(self) -> None:
        for at, token in enumerate(self._text):
            if token.kind == "score":
                self._score(at, token)
            elif token.kind == "number":
                self._number(at, token)
            elif at in self._starts:
                self._word(at, token, self._starts[at])

    def _score(self, at: int, token: Token) -> None:
        if token.low.startswith("0") or _HOUR_END.fullmatch(token.low):
            return  # a time of day
        if ":" not in token.low and any(near in self._inside for near in (at - 1, at + 1)):
            return  # "10-12 сентября", "5-6 человек": from, to
        one, other = sorted(int(each) for each in re.split(r"[:–-]", token.low))
        self.figures.append(Figure(one * 100 + other, "score", token.start))

    def _number(self, at: int, token: Token) -> None:
        value = _value(token.low)
        if value is None or self._dated(at, value, token.start):
            return
        value, unit = self._scaled(at, value)
        if value in _YEARS and unit in ("", "year_span"):
            return
        self.figures.append(Figure(value, unit, token.start))

    def _word(self, at: int, token: Token, each: Found) -> None:
        kind, key = each.concept.kind, each.concept.key
        if kind == "number":
            value, unit = self._scaled(each.stop - 1, float(key))
            if unit and self._inside.get(at - 1, _NOTHING).kind != "number":
                self.figures.append(Figure(value, unit, token.start))
        elif kind == "month":
            self.months.append((int(key), token.start))
        elif kind == "weekday":
            self.weekdays.append((int(key), token.start))
        elif kind == "ordinal":
            self.ordinals.append((int(key), token.start))
        elif kind == "days_back":
            self.days_back.append(int(key))

    def _dated(self, at: int, value: float, start: int) -> bool:
        """Whether the number is a day of a month named beside it: "12 ноября", "November 12"."""
        if value not in range(1, 32):
            return False
        for near in (at + 1, at - 1, at + 2):
            concept = self._inside.get(near, _NOTHING)
            if concept.kind != "month" or (
                near == at + 2 and self._text[at + 1].low not in ("of", "th", "st")
            ):
                continue
            if near == at - 1 and self._text[at].start - self._text[near].start > 12:
                continue
            self.dates.append((int(concept.key), int(value), start))
            return True
        return False

    def _scaled(self, at: int, value: float) -> tuple[float, str]:
        """The number times the words of scale behind it, and its unit."""
        stop = min(len(self._text), at + 1 + _REACH)
        reach = at + 1
        while reach < stop:
            concept = self._inside.get(reach, _NOTHING)
            if concept.kind == "scale":
                value *= float(concept.key)
                stop = min(len(self._text), reach + 1 + _REACH)
            elif concept.kind == "unit":
                return value, concept.key
            elif self._text[reach].kind in ("number", "score") or self._text[reach].first:
                break
            reach += 1
        for near in range(at - 1, max(-1, at - 1 - _BACK), -1):
            concept = self._inside.get(near, _NOTHING)
            if concept.kind == "unit" and concept.key in _BEFORE:
                return value, concept.key
        return value, ""


_NOTHING: Final = Concept("", "")


def _value(shown: str) -> float | None:
    """The number as written; None for one with several points or commas, such as a date in figures."""
    plain = _SEPARATORS.sub("", shown)
    if len(re.findall(r"[.,]", plain)) == 1 and re.fullmatch(r"\d{1,3},\d{3}", plain):
        plain = plain.replace(",", "")  # English thousands
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if plain.count(".") > 1 or len(plain) > 18:
        return None
    return float(plain)

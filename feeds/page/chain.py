"""The chain as a drawing: where each name and line stands. Pure geometry; the template writes the SVG.

The origin is on top and the article linked at the foot of the trunk; beside it branch further origins, which
lead in, and others who passed the news on. Lengths are in em, so that the drawing grows with the reader's
letters; a name too long for a narrow screen is broken in two lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Literal

from feeds.plain import shortened

Kind = Literal["origin", "also", "other", "via", "relay", "here"]  # other: another outlet that passed it on

MAX_STOPS = 8  # drawn; of a longer chain the middle is left out, and the sentence still names everyone
_LETTERS = 26  # of a line: what 320 px hold
_LINES = 2
_LINE = 1.3  # em from one line of a name to the next
_GAP = 0.75  # em between two names
_LAG_GAP = 1.7  # em where the time between them is written
_TRUNK, _BRANCH = 0.6, 1.9  # em: where the dots of the chain stand, and those beside it
_BESIDE = ("also", "other")
_TEXT = 1.3  # em from the last column of dots to the names


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Somebody whom the news passed. `lag` tells how long it had taken since the one above, where known."""

    name: str
    kind: Kind
    lag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of text at a place, in em."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A stop's mark at a place, in em, and its name beside it."""

    x: float
    y: float
    kind: Kind
    lines: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The way between two places, in em; `arrow` where it ends at a dot."""

    x1: float
    y1: float
    x2: float
    y2: float
    arrow: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chain drawn, from the origin down. `height` is in em."""

    height: float
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    lags: tuple[Label, ...]
    pace: tuple[tuple[str, str], ...]  # the same lags, each with whom it is of


def draw(stops: Sequence[Stop]) -> Drawing:
    """Draw the stops in their order, the origin first."""
    kept = _fitting(stops)
    column = _BRANCH if any(stop.kind in _BESIDE for stop in kept) else _TRUNK
    dots: list[Dot] = []
    lags: list[Label] = []
    y = 0.75
    for stop in kept:
        if dots:
            y += _LAG_GAP if stop.lag else _GAP
        if stop.lag:
            lags.append(Label(x=column + _TEXT, y=_round(y - 0.85), text=stop.lag))
        lines = tuple(
            Label(x=column + _TEXT, y=_round(y + _LINE * number), text=text)
            for number, text in enumerate(_broken(stop.name))
        )
        dots.append(
            Dot(x=_BRANCH if stop.kind in _BESIDE else _TRUNK, y=_round(y), kind=stop.kind, lines=lines)
        )
        y += _LINE * len(lines)
    pace = tuple((stop.name, stop.lag) for stop in kept if stop.lag)
    return Drawing(height=_round(y), dots=tuple(dots), lines=tuple(_ways(dots)), lags=tuple(lags), pace=pace)


def _fitting(stops: Sequence[Stop]) -> list[Stop]:
    if len(stops) <= MAX_STOPS:
        return list(stops)
    head = MAX_STOPS // 2
    return [*stops[:head], Stop(name="…", kind="relay"), *stops[head + 1 - MAX_STOPS :]]


def _ways(dots: Sequence[Dot]) -> Iterable[Line]:
    trunk = [dot for dot in dots if dot.kind not in _BESIDE]
    others = [dot for dot in dots if dot.kind == "other"]
    for above, below in pairwise(trunk):
        yield Line(x1=above.x, y1=above.y, x2=below.x, y2=below.y)
    if others and others[-1].y > trunk[-1].y:
        yield Line(x1=_TRUNK, y1=trunk[-1].y, x2=_TRUNK, y2=others[-1].y, arrow=False)
    for dot in others:
        yield Line(x1=_TRUNK, y1=dot.y, x2=dot.x, y2=dot.y)
    for dot in dots:
        joined = next((below for below in trunk if below.y > dot.y and below.kind != "via"), None)
        if dot.kind == "also" and joined:
            yield Line(x1=dot.x, y1=dot.y, x2=joined.x, y2=joined.y)


def _broken(name: str) -> list[str]:
    lines = wrap(name, _LETTERS, break_on_hyphens=False) or [""]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], shortened(" ".join(lines[_LINES - 1 :]), _LETTERS)]
    return lines


def _round(length: float) -> float:
    return round(length, 2)

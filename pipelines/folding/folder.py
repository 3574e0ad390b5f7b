"""Fold articles into stories: one by one as they come, or all at once whatever their order.

An article joins a story when its likeness to the story's members speaks for it on the whole, not by one
member alone, so that a chain of weak likenesses does not grow into one story.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pipelines.folding.compare import compare, odds
from pipelines.folding.facts import Facts, read_piece
from pipelines.folding.piece import Evidence, Joined, Piece
from pipelines.folding.rarity import Rarity
from pipelines.folding.window import Window

_MEMBERS: Final = 5  # of a story that an article is compared with
_BEST: Final = 1.5  # log-odds that one member must reach
_MEAN: Final = 1.1  # … and all of them on average
_CAP: Final = 6.0  # log-odds beyond which one member says no more
_DAYS: Final = 5.0
_COPY: Final = 0.5  # share of the evidence from which a join is called by it


class Folder:
    """Stories of the last days, in memory.

    Args:
        window_days: how far apart, in days, an article and the newest of its story may be published.

    A story's id is that of the article that began it. Memory is bounded by the window; the cost of an article
    by the number of its particulars.
    """

    def __init__(self, window_days: float = _DAYS) -> None:
        self._window = Window(window_days, Rarity())
        self._story: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._newest: dict[str, datetime] = {}

    def __len__(self) -> int:
        """How many articles are held."""
        return len(self._window.articles)

    def add(self, piece: Piece) -> Joined:
        """Give the story of an article, and remember it."""
        facts = self._read(piece)
        near = {other.id: self._odds(facts, other) for other in self._window.near(facts)}
        fitting = []
        for story in {self._story[key] for key, found in near.items() if found > _BEST}:
            fit = self._fit(facts, story, near)
            if fit is not None:
                fitting.append((-fit[0], story, fit[1]))
        if fitting:
            (_, story, best), *rest = sorted(fitting)
            evidence = compare(facts, self._window.articles[best], self._window.rarity).evidence
            also = tuple(other for _, other, _ in rest if self._alike(story, other))
            joined = Joined(story, _reason(evidence), evidence, also)
            for other in also:
                self._merge(other, story)
        else:
            joined = Joined(facts.id, "first")
        self._take(facts, joined.story)
        return joined

    def remember(self, piece: Piece, story: str) -> None:
        """Take in an article whose story was decided before."""
        self._take(self._read(piece), story)

    def _take(self, facts: Facts, story: str) -> None:
        self._window.add(facts)
        self._story[facts.id] = story
        self._members.setdefault(story, []).append(facts.id)

    def _read(self, piece: Piece) -> Facts:
        """Read an article and move the window on; one without a time is taken to be of now."""
        facts = read_piece(piece)
        if facts.dated:
            self._newest[facts.outlet] = max(facts.at, self._newest.get(facts.outlet, facts.at))
        # The second newest outlet's: a page dated in a far year must not empty the window.
        now = sorted(self._newest.values())[-2:][0] if self._newest else facts.at
        self._expire(now)
        return facts if facts.dated else replace(facts, at=now)

    def _expire(self, now: datetime) -> None:
        for key in self._window.expire(now):
            story = self._story.pop(key)
            self._members[story].remove(key)
            if not self._members[story]:
                del self._members[story]

    def _merge(self, source: str, into: str) -> None:
        moved = self._members.pop(source)
        self._members[into] += moved
        self._story.update(dict.fromkeys(moved, into))

    def _alike(self, story: str, other: str) -> bool:
        """Whether the members of two stories are alike on average."""
        articles = self._window.articles
        found = [
            self._odds(articles[one], articles[another])
            for one in self._members[story][:_MEMBERS]
            for another in self._members[other][:_MEMBERS]
        ]
        return _mean(found) > _MEAN

    def _odds(self, one: Facts, other: Facts) -> float:
        return odds(one, other, self._window.rarity)

    def _fit(self, facts: Facts, story: str, near: Mapping[str, float]) -> tuple[float, str] | None:
        """How well an article fits a story, and the member nearest to it; None if it does not fit."""
        ranked = sorted(self._members[story], key=lambda key: (-near.get(key, -math.inf), key))
        found = [
            near[key] if key in near else self._odds(facts, self._window.articles[key])
            for key in _some(ranked)
        ]
        mean = _mean(found)
        return (mean, ranked[0]) if mean > _MEAN else None


def fold_all(pieces: Sequence[Piece], window_days: float = _DAYS) -> list[str]:
    """Give each article's story, in the order of the articles, on which the stories do not depend.

    A story's id is that of its earliest article (of those of one moment, the one whose id sorts first).

    Raises:
        ValueError: two articles have one id; the message names it.
    """
    window = Window(window_days, Rarity())
    read = sorted(map(read_piece, pieces), key=lambda facts: (not facts.dated, facts.at, facts.id))
    for facts in read:
        if facts.id in window.articles:
            raise ValueError(f"two articles have the id {facts.id!r}")
        window.add(facts)
    stories = _Stories(window)
    edges: set[tuple[float, str, str]] = set()
    for facts in read:
        for other in window.near(facts):
            likely = stories.odds(facts.id, other.id)
            if likely > _BEST:
                edges.add((-likely, min(facts.id, other.id), max(facts.id, other.id)))
    for _, one, another in sorted(edges):
        stories.join(one, another)
    first: dict[str, str] = {}
    for facts in read:
        first.setdefault(stories.of[facts.id], facts.id)
    return [first[stories.of[piece.id]] for piece in pieces]


class _Stories:
    """Stories that grow by joining two whose members are alike on average, the most alike first."""

    def __init__(self, window: Window) -> None:
        self.of = {key: key for key in window.articles}
        self._members = {key: [key] for key in window.articles}
        self._window = window
        self._odds: dict[tuple[str, str], float] = {}

    def odds(self, one: str, other: str) -> float:
        """The log-odds that two articles tell of one event."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._odds:
            articles = self._window.articles
            self._odds[pair] = odds(articles[pair[0]], articles[pair[1]], self._window.rarity)
        return self._odds[pair]

    def join(self, one: str, other: str) -> None:
        """Make the stories of two articles one, if their members bear it."""
        ours, theirs = self.of[one], self.of[other]
        if ours == theirs:
            return
        found = [self.odds(a, b) for a in _some(self._members[ours]) for b in _some(self._members[theirs])]
        if _mean(found) <= _MEAN:
            return
        ours, theirs = min(ours, theirs), max(ours, theirs)
        moved = self._members.pop(theirs)
        self._members[ours] = sorted([*self._members[ours], *moved])
        self.of.update(dict.fromkeys(moved, ours))


def _some(members: Sequence[str]) -> Sequence[str]:
    """A few of a story's members, from its beginning to its end."""
    return members[:: max(1, -(-len(members) // _MEMBERS))]


def _mean(found: Sequence[float]) -> float:
    return math.fsum(max(-_CAP, min(_CAP, each)) for each in found) / len(found)


def _reason(evidence: Iterable[Evidence]) -> str:
    weights: dict[str, float] = {}
    for each in evidence:
        if each.weight > 0:
            weights[each.family] = weights.get(each.family, 0.0) + each.weight
    total = sum(weights.values())
    for family, reason in (("link", "link"), ("copy", "near-copy")):
        if total and weights.get(family, 0.0) >= _COPY * total:
            return reason
    return "same-event"

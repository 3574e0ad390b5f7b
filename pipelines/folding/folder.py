"""Fold articles into stories: one by one as they come, or all at once whatever their order.

An article joins a story when its likeness to the story's members speaks for it on the whole, not by one member
alone, so that a chain of weak likenesses does not grow into one story.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pipelines.folding.compare import compare
from pipelines.folding.facts import Facts, read_piece
from pipelines.folding.piece import Evidence, Joined, Likeness, Piece
from pipelines.folding.rarity import Rarity
from pipelines.folding.window import Window

_MEMBERS: Final = 12  # of a story that an article is compared with
_BEST: Final = 1.2  # log-odds that one member must reach
_MEAN: Final = 0.5  # … and all of them on average
_CAP: Final = 6.0  # log-odds beyond which one member says no more
_DAYS: Final = 5.0
_COPY: Final = 0.5  # share of the evidence from which a join is called by it


class Folder:
    """Stories of the last days, in memory.

    Args:
        window_days: how far apart, in days, an article and the newest of its story may be published.

    A story's id is that of the article that began it. Memory is bounded by the window; the cost of an article by
    the number of its particulars.
    """

    def __init__(self, window_days: float = _DAYS) -> None:
        self._window = Window(window_days, Rarity())
        self._story: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._newest: dict[str, datetime] = {}

    def add(self, piece: Piece) -> Joined:
        """Give the story of an article, and remember it."""
        facts = self._read(piece)
        likenesses = {other.id: self._compare(facts, other) for other in self._window.near(facts)}
        fitting = []
        for story in sorted({self._story[key] for key in likenesses}):
            ranked = self._fit(facts, story, likenesses)
            if ranked is not None:
                fitting.append((ranked[0], story, ranked[1]))
        fitting.sort(key=lambda each: (-each[0], each[1]))
        if fitting:
            _, story, best = fitting[0]
            also = tuple(other for _, other, _ in fitting[1:] if self._alike(story, other))
            joined = Joined(story, _reason(best.evidence), best.evidence, also)
            for other in joined.also:
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
            _capped(self._compare(articles[one], articles[another]))
            for one in self._members[story][:_MEMBERS]
            for another in self._members[other][:_MEMBERS]
        ]
        return sum(found) / len(found) > _MEAN

    def _compare(self, one: Facts, other: Facts) -> Likeness:
        return compare(one, other, self._window.rarity)

    def _fit(
        self, facts: Facts, story: str, likenesses: dict[str, Likeness]
    ) -> tuple[float, Likeness] | None:
        """How well an article fits a story, and its likeness to the member nearest to it; None if it does not."""
        members = sorted(self._members[story], key=lambda key: (key not in likenesses, key))[:_MEMBERS]
        found = [
            likenesses.get(key) or self._compare(facts, self._window.articles[key]) for key in members
        ]
        best = max(found, key=lambda likeness: likeness.odds)
        mean = sum(map(_capped, found)) / len(found)
        return (mean, best) if best.odds > _BEST and mean > _MEAN else None


def fold_all(pieces: Sequence[Piece], window_days: float = _DAYS) -> list[str]:
    """Give each article's story, in the order of the articles; which articles are together does not depend on it.

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
    edges = []
    for facts in read:
        for other in window.near(facts):
            odds = stories.odds(facts.id, other.id)
            if odds > _BEST:
                edges.append((-odds, *sorted((facts.id, other.id))))
    for _, one, other in sorted(set(edges)):
        stories.join(one, other)
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
            self._odds[pair] = compare(articles[pair[0]], articles[pair[1]], self._window.rarity).odds
        return self._odds[pair]

    def join(self, one: str, other: str) -> None:
        """Make the stories of two articles one, if their members bear it."""
        ours, theirs = self.of[one], self.of[other]
        if ours == theirs:
            return
        pairs = [(a, b) for a in self._some(ours) for b in self._some(theirs)]
        mean = sum(max(-_CAP, min(_CAP, self.odds(a, b))) for a, b in pairs) / len(pairs)
        if mean <= _MEAN:
            return
        ours, theirs = min(ours, theirs), max(ours, theirs)
        moved = self._members.pop(theirs)
        self._members[ours] = sorted([*self._members[ours], *moved])
        self.of.update(dict.fromkeys(moved, ours))

    def _some(self, story: str) -> list[str]:
        members = self._members[story]
        return members[:: max(1, -(-len(members) // _MEMBERS))]


def _capped(likeness: Likeness) -> float:
    return max(-_CAP, min(_CAP, likeness.odds))


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

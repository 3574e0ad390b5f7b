"""Fold articles into stories: a batch at a time, whatever the order in it.

Two stories become one when their members are alike on the whole, not by one pair alone, so that a chain of
weak likenesses does not grow into one story. A story that was there before a batch is not taken apart by it.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from pipelines.folding.compare import compare, exceed, odds
from pipelines.folding.copies import Overlap, overlap
from pipelines.folding.facts import Facts, read_piece
from pipelines.folding.piece import Evidence, Joined, Piece
from pipelines.folding.rarity import Rarity
from pipelines.folding.vectors import Vectors
from pipelines.folding.window import Window

_MEMBERS: Final = 5  # of a story that are compared with another's
_BEST: Final = 1.5  # log-odds that one pair must reach
_MEAN: Final = 1.1  # … and all of them on average
_CAP: Final = 6.0  # log-odds beyond which one pair says no more
_DAYS: Final = 5.0
_STRAYS: Final = 20  # of so many articles of a batch one may be dated long before the others
_BEGUN: Final = 400  # characters of a text that its vector is made of
_EPOCH: Final = datetime.min.replace(tzinfo=UTC)
_COPY: Final = 0.5  # share of the evidence from which a join is called by it


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a batch: the story of each article, in their order, and the stories that became one.

    `merged` holds (story that stays, story that is now part of it).
    """

    joined: tuple[Joined, ...]
    merged: tuple[tuple[str, str], ...] = ()


class Folder:
    """Stories of the last days, in memory.

    Args:
        window_days: how far apart, in days, two articles of one event may be published.
        vectors: what gives the vectors of texts, where a model is at hand; see `vectors`.

    A story's id is that of its earliest article when it was begun (of those of one moment, the one whose id
    sorts first). Memory is bounded by the window and the batch; the cost of an article by the number of its
    particulars.
    """

    def __init__(self, window_days: float = _DAYS, vectors: Vectors | None = None) -> None:
        self._vectors = vectors
        self._window = Window(window_days, Rarity())
        self._story: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._newest: dict[str, datetime] = {}  # by outlet
        self._now = _EPOCH
        self._apart: dict[str, set[str]] = {}

    def keep_apart(self, one: str, other: str) -> None:
        """Never make two stories one, however alike: a person has ruled on them."""
        _set_apart(self._apart, one, other)

    def __len__(self) -> int:
        """How many articles are held."""
        return len(self._window.articles)

    def held(self) -> set[str]:
        """Give the ids of the articles that are held, and of their stories, which may be of articles gone."""
        return {*self._story, *self._story.values()}

    def add(self, piece: Piece) -> Joined:
        """Give the story of an article, and remember it."""
        return self.settle([piece]).joined[0]

    def settle(self, pieces: Sequence[Piece | Facts]) -> Settled:
        """Give the stories of articles that came together; their order makes no difference.

        Facts are what `read_piece` gives of a piece, where that was done before.

        Raises:
            ValueError: two of them have one id; the message names it.
        """
        read = self._read(pieces)
        if len({facts.id for facts in read}) < len(read):
            twice = next(key for key, count in Counter(piece.id for piece in pieces).items() if count > 1)
            raise ValueError(f"two articles have the id {twice!r}")
        if read:
            # A few pages dated in a far year must not hold the whole past in memory.
            self.forget(min(self._now, read[len(read) // _STRAYS].at))
        for facts in read:
            self._window.add(facts)
        if len(read) > 1:
            self._window.rarity.refresh()
        batch = _Batch(self._window, self._story, self._members, self._apart)
        merged = batch.join(read)
        joined = {facts.id: batch.told(facts) for facts in read}
        return Settled(tuple(joined[piece.id] for piece in pieces), merged)

    def remember(self, piece: Piece, story: str) -> None:
        """Take in an article whose story was decided before."""
        (facts,) = self._read([piece])
        self._window.add(facts)
        self._story[facts.id] = story
        insort(self._members.setdefault(story, []), facts.id, key=self._place)

    def overlaps(self, key: str) -> list[Overlap]:
        """Give the earlier articles of the same story and language of which one is a near-copy."""
        facts = self._window.articles[key]
        members = (self._window.articles[other] for other in self._members[self._story[key]])
        found = (
            overlap(before.id, facts.text, before.text)
            for before in members
            if before.lang == facts.lang and self._place(before.id) < self._place(key)
        )
        return [each for each in found if each is not None]

    def forget(self, before: datetime) -> None:
        """Let go of what was published more than a window before a moment."""
        for key in self._window.expire(before):
            story = self._story.pop(key)
            self._members[story].remove(key)
            if not self._members[story]:
                del self._members[story]

    def _read(self, pieces: Iterable[Piece | Facts]) -> list[Facts]:
        """Read articles, earliest first; one without a time is taken to be of now."""
        read = [piece if isinstance(piece, Facts) else read_piece(piece) for piece in pieces]
        if self._vectors is not None and read:
            begun = self._vectors([f"{facts.title}\n{facts.text[:_BEGUN]}" for facts in read])
            read = [replace(facts, vector=each) for facts, each in zip(read, begun, strict=True)]
        for facts in read:
            if facts.dated:
                self._newest[facts.outlet] = max(facts.at, self._newest.get(facts.outlet, facts.at))
        # The second newest outlet's: a page dated in a far year must not empty the window.
        self._now = sorted(self._newest.values())[-2:][0] if self._newest else _EPOCH
        dated = (facts if facts.dated else replace(facts, at=self._now) for facts in read)
        return sorted(dated, key=lambda facts: (not facts.dated, facts.at, facts.id))

    def _place(self, key: str) -> tuple[datetime, str]:
        return self._window.articles[key].at, key


def fold_all(pieces: Sequence[Piece], window_days: float = _DAYS) -> list[str]:
    """Give each article's story, in the order of the articles, on which the stories do not depend.

    Raises:
        ValueError: two articles have one id; the message names it.
    """
    return [joined.story for joined in Folder(window_days).settle(pieces).joined]


class _Batch:
    """Stories that grow by joining two whose members are alike on average, the most alike first."""

    def __init__(
        self,
        window: Window,
        story: dict[str, str],
        members: dict[str, list[str]],
        apart: dict[str, set[str]],
    ) -> None:
        self._window = window
        self._apart = apart
        self._of = story
        self._members = members
        self._new: frozenset[str] = frozenset()  # the articles of this batch, and the stories they begin
        self._merged: list[tuple[str, str]] = []
        self._odds: dict[tuple[str, str], float] = {}

    def join(self, read: Sequence[Facts]) -> tuple[tuple[str, str], ...]:
        """Find the stories of articles that are in the window; gives pairs of a story kept and one merged."""
        self._new = frozenset(facts.id for facts in read)
        for facts in read:
            self._of[facts.id] = facts.id
            self._members[facts.id] = [facts.id]
        edges: list[tuple[float, str, str]] = []
        asked: set[tuple[str, str]] = set()
        for facts in read:
            for other in self._window.near(facts):
                pair = (facts.id, other.id) if facts.id < other.id else (other.id, facts.id)
                if pair in asked:
                    continue
                asked.add(pair)
                likely = exceed(facts, other, self._window.rarity, _BEST)
                if likely is not None:
                    self._odds[pair] = likely
                    edges.append((-likely, *pair))
        for _, one, another in sorted(edges):
            self._unite(self._of[one], self._of[another])
        return tuple((self._into(kept), source) for kept, source in self._merged)

    def told(self, facts: Facts) -> Joined:
        """Give the story of an article of the batch, and what speaks for it."""
        story = self._of[facts.id]
        others = [key for key in self._members[story] if key != facts.id]
        if not others or story == facts.id:
            return Joined(facts.id, story, "first")
        near = [key for key in others if (facts.id, key) in self._odds or (key, facts.id) in self._odds]
        best = max(near or _some(others), key=lambda key: (self._likely(facts.id, key), key))
        evidence = compare(facts, self._window.articles[best], self._window.rarity).evidence
        return Joined(facts.id, story, _reason(evidence), evidence, best)

    def _unite(self, one: str, other: str) -> None:
        """Make two stories one, if their members bear it; the one that was there before stays."""
        if one == other or other in self._apart.get(one, ()):
            return
        pairs = [(a, b) for a in _some(self._members[one]) for b in _some(self._members[other])]
        if _mean([self._likely(a, b) for a, b in pairs]) <= _MEAN:
            return
        kept, gone = sorted((one, other), key=self._rank)
        if gone not in self._new:
            self._merged.append((kept, gone))
        moved = self._members.pop(gone)
        self._members[kept] = sorted([*self._members[kept], *moved], key=self._place)
        self._of.update(dict.fromkeys(moved, kept))
        for each in self._apart.get(gone, ()):
            _set_apart(self._apart, kept, each)

    def _into(self, story: str) -> str:
        """The story that one was merged into, in as many steps as it took."""
        into = {gone: kept for kept, gone in self._merged}
        while story in into:
            story = into[story]
        return story

    def _rank(self, story: str) -> tuple[bool, tuple[datetime, str], str]:
        return story in self._new, self._place(self._members[story][0]), story

    def _place(self, key: str) -> tuple[datetime, str]:
        return self._window.articles[key].at, key

    def _likely(self, one: str, other: str) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._odds:
            articles = self._window.articles
            self._odds[pair] = odds(articles[pair[0]], articles[pair[1]], self._window.rarity)
        return self._odds[pair]


def _set_apart(apart: dict[str, set[str]], one: str, other: str) -> None:
    apart.setdefault(one, set()).add(other)
    apart.setdefault(other, set()).add(one)


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

"""How well folding finds the events of the gold set, beside two honest baselines.

Every part of the set is scored: `tune` and `hard-tune`, on which weights are set (see fit_folding.py),
`held` and `hard-held`, and `fresh` and `agency`, each of which was scored before anything was mended by
it. B-cubed is that of Bagga and Baldwin (1998), each article weighing alike. A pair is of two articles of
one part; a hard one is of two events that are told in nearly the same words. A report of the next day on
the same happening belongs to its event; a new act in the matter (a trial, a reaction, a successor) is an
event of its own. With --noise each part is folded among unrelated news too, and as longer articles that
remind of other events (see folding_noise.py).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.folding_noise import among, reminding
from pipelines.folding.folder import Folder, fold_all
from pipelines.folding.piece import Piece
from pipelines.folding.tokens import tokens
from pipelines.jsonl import folding_piece

CASES = Path(__file__).parents[1] / "tests" / "folding" / "cases"
PARTS = ("tune", "held", "hard-tune", "hard-held", "fresh", "agency")

Case = Mapping[str, Any]
Way = Callable[[Sequence[Piece]], list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of 1. `across` counts only pairs of two languages; `hard` is the share of hard pairs joined."""

    precision: float
    recall: float
    bcubed: float
    pairs: float
    across: float
    hard: float
    hard_pairs: int


def cases(part: str) -> list[Case]:
    """Give the articles of a part, each with its `event` and its `family` of events told alike."""
    lines = (CASES / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def piece(case: Case) -> Piece:
    """Give a case as `jarshy fold` takes it: without its event, its chain read from its text."""
    return folding_piece(case, case["id"])


def score(gold: Sequence[Case], stories: Sequence[str]) -> Score:
    """Score a partition; `stories` names the story of each case."""
    events = [case["event"] for case in gold]
    precision = recall = 0.0
    together = Counter(zip(events, stories, strict=True))
    by_event, by_story = Counter(events), Counter(stories)
    for event, story in zip(events, stories, strict=True):
        precision += together[event, story] / by_story[story] / len(gold)
        recall += together[event, story] / by_event[event] / len(gold)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    hard = joined = 0
    for one, other in combinations(range(len(gold)), 2):
        same, found = events[one] == events[other], stories[one] == stories[other]
        kinds = ["pairs"] if gold[one]["lang"] == gold[other]["lang"] else ["pairs", "across"]
        for kind in kinds:
            counts[kind].update(["hit"] * (same and found) + ["missed"] * (same and not found))
            counts[kind].update(["extra"] * (found and not same))
        if not same and gold[one]["family"] == gold[other]["family"]:
            hard += 1
            joined += found
    return Score(
        precision,
        recall,
        2 * precision * recall / (precision + recall),
        _f1(counts["pairs"]),
        _f1(counts["across"]),
        joined / max(1, hard),
        hard,
    )


def _f1(counts: Counter[str]) -> float:
    whole = 2 * counts["hit"] + counts["missed"] + counts["extra"]
    return 2 * counts["hit"] / whole if whole else 1.0


def one_by_one(pieces: Sequence[Piece]) -> list[str]:
    """Fold as a crawl does: each article as it comes."""
    folder = Folder()
    stories: dict[str, str] = {}
    for each in pieces:
        settled = folder.settle([each])
        for kept, gone in settled.merged:
            stories.update({key: kept for key, held in stories.items() if held == gone})
        stories[each.id] = settled.joined[0].story
    return [stories[each.id] for each in pieces]


def by_title(threshold: float) -> Way:
    """Give the baseline that joins articles whose headlines share words: Jaccard of at least `threshold`."""

    def fold(pieces: Sequence[Piece]) -> list[str]:
        words = [frozenset(token.low for token in tokens(each.title)) for each in pieces]
        return _linked(pieces, lambda a, b: len(words[a] & words[b]) >= threshold * len(words[a] | words[b]))

    return fold


def by_words(threshold: float) -> Way:
    """Give the baseline that joins articles by TF-IDF cosine of headline and text, at least `threshold`."""

    def fold(pieces: Sequence[Piece]) -> list[str]:
        bags = [Counter(token.low for token in tokens(f"{each.title}\n{each.text}")) for each in pieces]
        held = Counter(word for bag in bags for word in bag)
        vectors = [{word: n * math.log(len(bags) / held[word]) for word, n in bag.items()} for bag in bags]
        norms = [math.sqrt(sum(weight**2 for weight in vector.values())) or 1.0 for vector in vectors]

        def alike(a: int, b: int) -> bool:
            dot = sum(weight * vectors[b].get(word, 0.0) for word, weight in vectors[a].items())
            return dot >= threshold * norms[a] * norms[b]

        return _linked(pieces, alike)

    return fold


def _linked(pieces: Sequence[Piece], alike: Callable[[int, int], bool]) -> list[str]:
    """Stories by single link over two days."""
    parent = list(range(len(pieces)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for a, b in combinations(range(len(pieces)), 2):
        first, second = pieces[a].published, pieces[b].published
        if first and second and abs(first - second) <= timedelta(days=2) and alike(a, b):
            parent[root(b)] = root(a)
    return [pieces[root(at)].id for at in range(len(pieces))]


def best_baseline(make: Callable[[float], Way]) -> tuple[float, Way]:
    """Give a baseline its best threshold on the tune part, as folding got its weights there."""
    gold = cases("tune")
    pieces = [piece(case) for case in gold]
    steps = [step / 20 for step in range(1, 20)]
    best = max(steps, key=lambda step: score(gold, make(step)(pieces)).bcubed)
    return best, make(best)


def noisy(part: str) -> str:
    """Give a line on a part folded among unrelated news: how much of that was joined to anything."""
    gold = among(cases(part))
    stories = fold_all([piece(case) for case in gold])
    held = Counter(stories)
    own = [at for at, case in enumerate(gold) if not case["event"].startswith("noise")]
    found = score([gold[at] for at in own], [stories[at] for at in own])
    strange = [at for at in range(len(gold)) if gold[at]["event"].startswith("noise")]
    joined = sum(held[stories[at]] > 1 for at in strange)
    told = f"B-cubed {found.bcubed:.3f}, across {found.across:.3f}, hard {found.hard:.3f}"
    return f"{part} among noise: {told}; {joined} of {len(strange)} unrelated articles joined\n"


def long(part: str) -> Iterable[str]:
    """Give two lines on a part as longer articles, with other news behind: said to be earlier, or not."""
    others = [case for each in PARTS if each != part for case in cases(each)]
    for marked, told in ((True, "said to be earlier"), (False, "and do not say so")):
        gold = reminding(cases(part), others, marked=marked)
        found = score(gold, fold_all([piece(case) for case in gold]))
        figures = f"B-cubed {found.bcubed:.3f}, across {found.across:.3f}, hard {found.hard:.3f}"
        yield f"{part} with other events behind, {told}: {figures}\n"


def wrong(gold: Sequence[Case], stories: Sequence[str]) -> Iterable[str]:
    """Give a line for each story that holds two events and for each event told by two stories."""
    events: dict[str, set[str]] = defaultdict(set)
    split: dict[str, set[str]] = defaultdict(set)
    for case, story in zip(gold, stories, strict=True):
        events[story].add(case["event"])
        split[case["event"]].add(story)
    for story, held in sorted(events.items()):
        if len(held) > 1:
            yield f"  joined {sorted(held)} in {story}"
    for event, kept in sorted(split.items()):
        if len(kept) > 1:
            yield f"  split {event}: {sorted(kept)}"


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the table; with --wrong also the stories folded wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", nargs="*", default=list(PARTS))
    parser.add_argument("--wrong", action="store_true", help="print the stories folded wrongly")
    parser.add_argument("--noise", action="store_true", help="fold each part among unrelated news too")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    title, words = best_baseline(by_title), best_baseline(by_words)
    ways: list[tuple[str, Way]] = [
        ("folding", fold_all),
        ("one by one", one_by_one),
        (f"title Jaccard {title[0]}", title[1]),
        (f"TF-IDF {words[0]}", words[1]),
    ]
    header = ("precision", "recall", "B-cubed", "pairs", "across", "hard", "of")
    sys.stdout.write(f"{'':24}" + "".join(f"{name:>10}" for name in header) + "\n")
    for part in options.part:
        gold = cases(part)
        pieces = [piece(case) for case in gold]
        for name, way in ways:
            stories = way(pieces)
            found = score(gold, stories)
            shares = (found.precision, found.recall, found.bcubed, found.pairs, found.across, found.hard)
            figures = "".join(f"{share:>10.3f}" for share in shares)
            sys.stdout.write(f"{part + ' ' + name:24}{figures}{found.hard_pairs:>10}\n")
            if options.wrong and way in (fold_all, one_by_one):
                sys.stdout.write("".join(f"{line}\n" for line in wrong(gold, stories)))
        if options.noise:
            sys.stdout.write(noisy(part))
            sys.stdout.write("".join(long(part)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Fit folding's weights by logistic regression on the tune parts of the gold set, and print them as TOML.

Signs are held: what is meant to speak for one event never weighs against it. Texts are cut at random, and
given a sentence of background from another article of their family, so that weights do not lean on long clean
texts.
Weights that the set cannot tell (the set's events last a day or two) are held as they stand; see `HELD`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.folding_noise import among
from benchmarks.score_folding import Case, cases, piece
from pipelines.folding.compare import signals
from pipelines.folding.facts import Facts, read_piece
from pipelines.folding.piece import Piece
from pipelines.folding.rarity import Rarity
from pipelines.folding.tables import read
from pipelines.folding.window import Window

PARTS: Final = ("tune", "hard-tune")
TABLES: Final = ("same_language", "across_languages")
HELD: Final = frozenset(
    {"translation", "mention", "credit", "copy", "days", "far", "same_outlet", "bare", "runs", "reaction"}
)
_AGAINST: Final = ("no_", "other_", "replaced")
_BASE: Final = -1.0  # two articles that tell nothing comparable are of two events
_LOWEST: Final = -2.5  # that one thing is told otherwise never outweighs all else
_EASY: Final = 0.3  # what a pair of two families weighs
_FORGOTTEN: Final = ("topics", "names", "bodies")
_FORGET: Final = 0.25  # share of them that an article is read without
_STRANGE: Final = 0.02  # share of the pairs that have nothing in common, taken in as well
_BACKGROUND: Final = {"kk": "Еске салсақ,", "ru": "Напомним,", "en": "Earlier,"}

Row = tuple[Mapping[str, float], bool, float]


def varied(gold: Sequence[Case], chance: random.Random, round_: int) -> list[Piece]:
    """Give the articles whole (round 0), or each cut or with background at random."""
    pieces = []
    for case in gold:
        each = piece(case)
        sentences = each.text.split(". ")
        if round_ and chance.random() < 0.5:
            sentences = sentences[: max(1, chance.randint(1, len(sentences)))]
        if round_ and chance.random() < 0.2:
            kin = [
                other
                for other in gold
                if other["family"] == case["family"]
                and other["event"] != case["event"]
                and other["lang"] == case["lang"]
            ]
            if kin:
                told = chance.choice(kin)["text"].split(". ")[0]
                sentences += ["", f"{_BACKGROUND[each.lang]} {told}"]
        pieces.append(replace(each, text=". ".join(sentences)))
    return pieces


def rows(rounds: int) -> Iterator[tuple[str, Row]]:
    """Give every pair that folding would compare, every pair of one event, and every hard one."""
    chance = random.Random(1)
    for part in PARTS:
        plain = cases(part)
        for round_ in range(rounds):
            gold = among([*plain])
            facts = [read_piece(each) for each in varied(gold, chance, round_)]
            if round_:
                facts = [_less(each, chance) for each in facts]
            window = Window(5.0, Rarity())
            for each in facts:
                window.add(each)
            yield from _pairs(gold, facts, window, chance)


def _less(facts: Facts, chance: random.Random) -> Facts:
    """An article of which the tables know less: the news that is to come tells of what no table has yet."""
    known = sorted({each for group in _FORGOTTEN for each in facts.particulars[group]})
    gone = {each for each in known if chance.random() < _FORGET}

    def kept(groups: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
        return {name: held - gone for name, held in groups.items()}

    return replace(
        facts,
        particulars=kept(facts.particulars),
        lead=kept(facts.lead),
        headline=kept(facts.headline),
        opened=facts.opened - gone,
        headed=facts.headed - gone,
    )


def _pairs(
    gold: Sequence[Case], facts: list[Facts], window: Window, chance: random.Random
) -> Iterator[tuple[str, Row]]:
    near = {(each.id, other.id) for each in facts for other in window.near(each)}
    for (case, one), (told, other) in combinations(zip(gold, facts, strict=True), 2):
        same, kin = case["event"] == told["event"], case["family"] == told["family"]
        if abs(one.at - other.at) > window.span:
            continue
        compared = (one.id, other.id) in near or (other.id, one.id) in near
        if not (same or kin or compared or chance.random() < _STRANGE):
            continue
        measured = {signal.name: signal.value for signal in signals(one, other, window.rarity)}
        table = TABLES[one.lang != other.lang]
        yield table, (measured, same, 1.0 if same or kin else _EASY)


def fitted(found: list[Row], start: Mapping[str, float], strength: float) -> dict[str, float]:
    """Fit the weights of one table; `strength` is that of the pull towards zero."""
    names = sorted({name for measured, _, _ in found for name in measured} - HELD)
    matrix = np.array([[1.0, *(measured.get(name, 0.0) for name in names)] for measured, _, _ in found])
    offset = np.array(
        [
            sum(start.get(name, 0.0) * value for name, value in measured.items() if name in HELD)
            for measured, _, _ in found
        ]
    )
    same = np.array([float(each) for _, each, _ in found])
    weight = np.array([each for _, _, each in found])
    weight = np.where(same > 0, weight * weight[same == 0].sum() / weight[same > 0].sum(), weight)
    weight /= weight.sum()
    low = np.array([-np.inf, *(_LOWEST if name.startswith(_AGAINST) else 0.0 for name in names)])
    high = np.array([_BASE, *(0.0 if name.startswith(_AGAINST) else np.inf for name in names)])
    params = np.zeros(len(names) + 1)
    pull = np.full(len(params), strength)
    pull[0] = 0.0
    for step in range(6000):
        odds = matrix @ params + offset
        gradient = matrix.T @ (weight * (1 / (1 + np.exp(-odds)) - same)) + pull * params
        params = np.clip(params - 1.0 / (1 + step / 3000) * gradient, low, high)
    return {"base": float(params[0])} | dict(zip(names, map(float, params[1:]), strict=True))


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the tables as `pipelines/folding/weights.toml` has them; with --write, put them there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--strength", type=float, default=2e-3)
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    now = read("weights.toml")
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    for table, row in rows(options.rounds):
        found[table].append(row)
    lines = []
    for table in TABLES:
        weights = fitted(found[table], now[table], options.strength)
        weights |= {name: value for name, value in now[table].items() if name in HELD}
        lines += [f"[{table}]", f"base = {weights.pop('base'):.1f}"]
        ranked = sorted(weights.items(), key=lambda item: -item[1])
        lines += [f"{name} = {value:.1f}" for name, value in ranked if abs(value) >= 0.05]
        lines.append("")
    text = "\n".join(lines)
    if options.write:
        head = options.write.read_text(encoding="utf-8").split("[same_language]")[0]
        options.write.write_text(head + text.rstrip() + "\n", encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

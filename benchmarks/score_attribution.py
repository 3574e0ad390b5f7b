"""How well attribution reads the gold set: exact chains, links, origins, false alarms, photos, quotes.

Run as `make score`. Three parts of the set are scored: `tune`, on which rules are made; `speech`, the same
for quotes and photo credits alone (its cases have no chain); and `held`, which makers of rules do not read.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from items import Attribution
from pipelines.attribution.identity import directory
from pipelines.attribution.reader import attribute

CASES = Path(__file__).parents[1] / "tests" / "attribution" / "cases"

Case = Mapping[str, Any]
Links = list[tuple[str, str]]


@dataclass
class Score:
    """Counts of one part of the set; every figure is a share of 1."""

    cases: int = 0
    chains: int = 0
    exact: int = 0
    origin: int = 0
    traps: int = 0
    alarms: int = 0
    photo: int = 0
    speakers: int = 0
    quotes: int = 0
    persons: int = 0
    meant: int = 0  # quotes of which the gold says who the speaker is
    links: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """The figures by name."""
        return {
            "cases": self.cases,
            "exact": self.exact / max(1, self.chains),
            "link F1": _f1(self.links),
            "origin": self.origin / max(1, self.chains),
            "alarms": self.alarms / max(1, self.traps),
            "photo": self.photo / max(1, self.cases),
            "speaker": self.speakers / max(1, self.quotes),
            "person": self.persons / max(1, self.meant),
            "quote F1": _f1(self.words),
        }


def _f1(counts: Counter[str]) -> float:
    total = 2 * counts["hit"] + counts["extra"] + counts["missed"]
    return 2 * counts["hit"] / total if total else 1.0


def cases(lang: str, part: str) -> list[Case]:
    """The gold cases of a language's part."""
    lines = (CASES / lang / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def same(one: str, other: str, lang: str) -> bool:
    """Whether two names are one: the same words, or one identity."""
    table = directory()
    return one == other or table.key(one, lang) == table.key(other, lang)


def _without_publisher(links: Links, publisher: str, lang: str) -> Links:
    """A leading relay equal to the publisher is optional."""
    if len(links) > 1 and links[0][1] == "relay" and same(links[0][0], publisher, lang):
        return links[1:]
    return links


def score_case(case: Case, found: Attribution, score: Score) -> None:
    """Add one case to the counts."""
    exact = case["expect"]["chain"] is None or _score_chain(case, found, score)
    photo = _plain(case["expect"]["photo"]) == _plain(found.photo)
    score.cases += 1
    score.photo += photo
    quotes = _score_quotes(case["expect"]["quotes"], found, score)
    if not (exact and photo and quotes):
        score.wrong.append(_report(case, found, exact, photo, quotes))


def _score_chain(case: Case, found: Attribution, score: Score) -> bool:
    lang, publisher = case["lang"], case["publisher"]
    want = _without_publisher(
        [(link["name"], link["role"]) for link in case["expect"]["chain"]], publisher, lang
    )
    got = _without_publisher([(credit.name, credit.role) for credit in found.chain], publisher, lang)
    pairs = [a[1] == b[1] and same(a[0], b[0], lang) for a, b in zip(want, got, strict=False)]
    exact = len(want) == len(got) and all(pairs)
    score.chains += 1
    score.exact += exact
    origin = same(want[-1][0], got[-1][0], lang)
    score.origin += origin
    unmatched = list(got)
    for link in want:
        match = next(
            (each for each in unmatched if each[1] == link[1] and same(link[0], each[0], lang)), None
        )
        if match:
            unmatched.remove(match)
        score.links["hit" if match else "missed"] += 1
    score.links["extra"] += len(unmatched)
    if case["trap"]:
        score.traps += 1
        score.alarms += not exact
    return exact


def _score_quotes(want: Sequence[Case], found: Attribution, score: Score) -> bool:
    left = list(found.quotes)
    good = True
    for quote in want:
        score.quotes += 1
        score.meant += "person" in quote
        best = max(left, key=lambda each: _overlap(quote["text"], each.text), default=None)
        if best is None or _overlap(quote["text"], best.text) < 0.5:
            score.words["missed"] += len(quote["text"].split())
            good = False
            continue
        left.remove(best)
        common = Counter(_words(quote["text"])) & Counter(_words(best.text))
        hits = sum(common.values())
        score.words["hit"] += hits
        score.words["missed"] += len(_words(quote["text"])) - hits
        score.words["extra"] += len(_words(best.text)) - hits
        speaker = best.speaker == quote["speaker"]
        score.speakers += speaker
        person = "person" not in quote or best.person == quote["person"]
        score.persons += "person" in quote and person
        good = good and speaker and person
    score.words["extra"] += sum(len(each.text.split()) for each in left)
    return good and not left


def _words(text: str) -> list[str]:
    return [word.strip('.,!?…«»"“”–—-') for word in text.split()]


def _overlap(one: str, other: str) -> float:
    first, second = Counter(_words(one)), Counter(_words(other))
    return 2 * sum((first & second).values()) / max(1, sum(first.values()) + sum(second.values()))


def _plain(credit: str | None) -> str | None:
    return credit.strip(" .") if credit else None


def _report(case: Case, found: Attribution, exact: bool, photo: bool, quotes: bool) -> str:
    expect = case["expect"]
    lines = [f"{case['id']} [{case['publisher']}] {case['kind']}", f"  {case['text']}"]
    if not exact:
        lines.append(f"  want {[(link['name'], link['role']) for link in expect['chain']]}")
        lines.append(f"  got  {[(credit.name, credit.role, credit.rule) for credit in found.chain]}")
    if not photo:
        lines.append(f"  photo want {expect['photo']!r} got {found.photo!r}")
    if not quotes:
        wanted = [(quote["speaker"], quote.get("person"), quote["text"]) for quote in expect["quotes"]]
        lines.append(f"  quotes want {wanted}")
        lines.append(f"  quotes got  {[(q.speaker, q.person, q.text) for q in found.quotes]}")
    return "\n".join(lines)


def score(lang: str, part: str) -> Score:
    """The score of one language's part."""
    total = Score()
    for case in cases(lang, part):
        score_case(case, attribute(case["text"], lang=lang, publisher=case["publisher"]), total)
    return total


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the table; with --wrong also the cases read wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", nargs="*", default=["kk", "ru", "en"])
    parser.add_argument("--part", nargs="*", default=["tune", "speech", "held"])
    parser.add_argument("--wrong", action="store_true", help="print the cases read wrongly")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    header = list(Score().row())
    sys.stdout.write(f"{'':10}" + "".join(f"{name:>10}" for name in header) + "\n")
    for lang in options.lang:
        for part in options.part:
            total = score(lang, part)
            row = total.row()
            if not total.meant:
                row["person"] = math.nan
            if not total.chains:
                row |= dict.fromkeys(("exact", "link F1", "origin", "alarms"), math.nan)
            figures = "".join(
                f"{value:>10}" if name == "cases" else f"{value:>10.3f}".replace("nan", "  –")
                for name, value in row.items()
            )
            sys.stdout.write(f"{lang + ' ' + part:10}{figures}\n")
            if options.wrong:
                sys.stdout.write("\n".join(total.wrong) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Floors under what attribution reads of the gold set: no change may read worse than these.

They stand a little below what `make score` printed when they were set.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from benchmarks.score_attribution import Score, cases, same, score
from pipelines.attribution.reader import attribute

LANGUAGES = ("kk", "ru", "en")
FLOORS = {
    "tune": {
        "exact": 0.95,
        "link F1": 0.95,
        "origin": 0.95,
        "photo": 0.99,
        "speaker": 0.94,
        "quote F1": 0.95,
    },
    "speech": {"photo": 0.99, "speaker": 0.97, "person": 0.97, "quote F1": 0.98},
}
ALARMS = 0.02  # of the traps


@cache
def scored(lang: str, part: str) -> Score:
    return score(lang, part)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", FLOORS)
def test_no_figure_falls_below_its_floor(lang: str, part: str) -> None:
    row = scored(lang, part).row()
    low = {name: row[name] for name, floor in FLOORS[part].items() if row[name] < floor}
    assert not low, "\n".join(scored(lang, part).wrong[:5])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_traps_are_not_fallen_into(lang: str) -> None:
    assert scored(lang, "tune").row()["alarms"] <= ALARMS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", ["tune", "speech", "held"])
def test_the_gold_is_well_made(lang: str, part: str) -> None:
    found = cases(lang, part)
    assert len({case["id"] for case in found}) == len(found)
    for case in found:
        chain, text = case["expect"]["chain"], case["text"]
        if chain is None:
            continue
        roles = [link["role"] for link in chain]
        assert roles.count("origin") == 1, case["id"]
        assert roles[-1] == "origin", case["id"]
        for link in chain:
            assert link["name"] in text or link["name"] == case["publisher"], case["id"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_quarter_of_the_tuned_cases_are_traps(lang: str) -> None:
    found = cases(lang, "tune")
    assert sum(case["trap"] for case in found) >= len(found) / 5


def test_confidence_means_how_often_it_is_right() -> None:
    """Of the links read with at least 0.9, nine in ten are in the gold."""
    right: Counter[bool] = Counter()
    for lang in LANGUAGES:
        for case in cases(lang, "tune"):
            want = [(link["name"], link["role"]) for link in case["expect"]["chain"]]
            found = attribute(case["text"], lang=lang, publisher=case["publisher"])
            for credit in found.chain:
                if credit.confidence >= 0.9 and credit.evidence:
                    right[
                        any(role == credit.role and same(name, credit.name, lang) for name, role in want)
                    ] += 1
    assert right[True] / right.total() >= 0.9

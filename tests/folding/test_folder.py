from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.folding_noise import reminding
from benchmarks.score_folding import PARTS, cases, piece, score
from pipelines.folding.compare import WEIGHTS, compare
from pipelines.folding.facts import read_piece
from pipelines.folding.folder import Folder, fold_all
from pipelines.folding.piece import Piece
from pipelines.folding.rarity import Rarity

AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
TITLE = "В Риддере из-за сильного ветра обрушилась крыша рынка"
TEXT = (
    "Кровля площадью 450 квадратных метров упала на торговые ряды утром 3 ноября. Под завалами нашли двоих "
    "продавцов, их доставили в больницу с переломами. Акимат Риддера создал комиссию, которую возглавил "
    "Ержан Болатов."
)


def article(key: str, **changes: object) -> Piece:
    first = Piece(id=key, lang="ru", outlet=f"outlet-{key}", published=AT, title=TITLE, text=TEXT)
    return replace(first, **changes)  # type: ignore[arg-type]


def partition(ids: list[str], stories: list[str]) -> set[frozenset[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for key, story in zip(ids, stories, strict=True):
        held[story].add(key)
    return {frozenset(keys) for keys in held.values()}


@pytest.mark.parametrize("part", PARTS)
def test_gold_set_is_folded_well(part: str) -> None:
    gold = cases(part)
    found = score(gold, fold_all([piece(case) for case in gold]))
    assert found.bcubed >= 0.95
    assert found.across >= 0.93
    assert found.hard <= 0.03


@pytest.mark.parametrize("marked", [True, False])
def test_events_that_an_article_reminds_of_do_not_draw_it_in(marked: bool) -> None:
    gold = reminding(cases("agency"), cases("fresh"), marked=marked)
    found = score(gold, fold_all([piece(case) for case in gold]))
    assert found.bcubed >= 0.93
    assert found.across >= 0.85
    assert found.hard <= 0.03


def test_gold_set_is_large_enough() -> None:
    gold = [case for part in PARTS for case in cases(part)]
    assert len({case["event"] for case in gold}) >= 150
    assert len({case["id"] for case in gold}) == len(gold)


def test_order_of_lines_changes_nothing() -> None:
    pieces = [piece(case) for case in cases("tune")]
    wanted = partition([each.id for each in pieces], fold_all(pieces))
    for seed in range(3):
        shuffled = random.Random(seed).sample(pieces, len(pieces))
        assert partition([each.id for each in shuffled], fold_all(shuffled)) == wanted


def test_story_is_named_by_its_earliest_article() -> None:
    later, earlier = article("a", published=AT + timedelta(hours=2)), article("b")
    assert fold_all([later, earlier]) == ["b", "b"]


def test_copy_joins_and_says_so() -> None:
    folder = Folder()
    first = folder.add(article("1"))
    copy = folder.add(article("2", text=TEXT + " Об этом сообщает сайт города."))
    assert (first.story, first.reason) == ("1", "first")
    assert copy.story == "1"
    assert any(each.family == "copy" and each.weight > 0 for each in copy.evidence)


def test_headline_alone_never_joins() -> None:
    folder = Folder()
    folder.add(article("1", text=""))
    assert folder.add(article("2", text="")).story == "2"
    assert folder.add(article("3")).story == "3"


def test_same_headline_over_another_event_stays_apart() -> None:
    other = (
        "Кровля площадью 90 квадратных метров упала на склад овощей вечером 5 ноября. Никто не пострадал. "
        "Владелец Серик Нурланов обещает восстановить её за свой счет."
    )
    stories = fold_all([article("1"), article("2", text=other, published=AT + timedelta(days=2.5))])
    assert stories == ["1", "2"]


def test_articles_of_two_months_stay_apart() -> None:
    assert fold_all([article("1"), article("2", published=AT + timedelta(days=30))]) == ["1", "2"]


def test_article_without_a_time_finds_its_story() -> None:
    assert len(set(fold_all([article("1"), article("2", published=None)]))) == 1
    folder = Folder()
    folder.add(article("1"))
    assert folder.add(article("2", published=None)).story == "1"


def test_page_dated_in_a_far_year_does_not_empty_the_window() -> None:
    folder = Folder()
    folder.add(article("1"))
    folder.add(
        article("9", published=datetime(2999, 1, 1, tzinfo=UTC), title="Другое", text="Совсем о другом.")
    )
    assert folder.add(article("2", published=AT + timedelta(hours=1))).story == "1"


def test_story_that_was_decided_before_is_joined() -> None:
    folder = Folder()
    folder.remember(article("1"), "urn:uuid:1")
    assert folder.add(article("2")).story == "urn:uuid:1"


def test_translation_link_joins() -> None:
    short = article("1", url="https://a.kz/ru/1", text="Комиссия приступила к работе.", title="Крыша рынка")
    kazakh = article(
        "2", lang="kk", title="Базар төбесі құлады", text="Риддерде базар төбесі құлады.", translations=("https://a.kz/ru/1",),
    )  # fmt: skip
    assert len(set(fold_all([short, kazakh]))) == 1


def test_evidence_adds_up_and_does_not_depend_on_the_order() -> None:
    facts = [read_piece(piece(case)) for case in cases("tune")[:24]]
    rarity = Rarity()
    for one in facts:
        for other in facts:
            likeness = compare(one, other, rarity)
            assert math.isclose(likeness.odds, sum(each.weight for each in likeness.evidence), abs_tol=0.02)
            assert math.isclose(likeness.odds, compare(other, one, rarity).odds, abs_tol=1e-9)


def test_what_sets_two_articles_apart_only_takes_away() -> None:
    for table in WEIGHTS.values():
        apart = {
            name: weight for name, weight in table.items() if name.startswith("other_") or name == "reaction"
        }
        assert apart
        assert max(apart.values()) <= 0.0


def test_copy_is_known_by_what_it_holds_though_it_leaves_out_most() -> None:
    long = " ".join(
        f"{TEXT} Свидетель номер {number} видел ветер {number * 7} метров." for number in range(4)
    )
    folder = Folder()
    folder.settle([article("a", text=long), article("b", text=TEXT)])
    (found,) = folder.overlaps("b")
    assert found.of == "a"
    assert found.containment > 0.9 > 0.6 > found.jaccard


def test_memory_is_bounded_by_the_window() -> None:
    folder = Folder(window_days=2)
    for day in range(12):
        for outlet in ("a", "b"):
            folder.add(article(f"{day}-{outlet}", outlet=outlet, published=AT + timedelta(days=day)))
    assert len(folder) <= 2 * 3


def test_two_articles_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="'1'"):
        fold_all([article("1"), article("1")])

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.folding.facts import read_piece
from pipelines.folding.figures import count
from pipelines.folding.gazetteer import Gazetteer, counted_things, named_things
from pipelines.folding.piece import Piece
from pipelines.folding.rarity import Rarity
from pipelines.folding.record import piece_of
from pipelines.folding.spelling import common_spelling
from pipelines.folding.tables import read
from pipelines.folding.tokens import tokens


def concepts(text: str, lang: str) -> set[str]:
    return {each.concept.key for each in named_things().find(tokens(text), lang)}


def figures(text: str, lang: str) -> set[tuple[float, str]]:
    found = tokens(text)
    return {(each.value, each.unit) for each in count(found, counted_things().find(found, lang)).figures}


@pytest.mark.parametrize(
    "spellings",
    [
        ("Смаилов", "Смайылов", "Smailov"),
        ("Щербакова", "Shcherbakova"),
        ("Жұмабаева", "Жумабаева", "Zhumabayeva"),
        ("Қызылорда", "Кызылорда", "Kyzylorda", "Qyzylorda"),
        ("Джапаров", "Japarov", "Жапаров"),
    ],
)
def test_spellings_of_one_name_meet(spellings: tuple[str, ...]) -> None:
    assert len({common_spelling(each) for each in spellings}) == 1


def test_spellings_of_two_names_stay_apart() -> None:
    names = ["Тоқаев", "Такиев", "Серіков", "Сариев", "Абенов", "Аманов"]
    assert len({common_spelling(each) for each in names}) >= len(names) - 1


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("kk", "Өзбекстанға барған Тоқаев су тасқынын көрді.", {"uzbekistan", "tokayev", "flood"}),
        ("ru", "В Абайской области тушат лесной пожар.", {"abai", "wildfire"}),
        ("ru", "Казахстанские врачи выехали в Семей.", {"kazakhstan", "doctor", "semey"}),
        ("en", "The quake was felt in Almaty and in Kyrgyzstan.", {"earthquake", "almaty", "kyrgyzstan"}),
    ],
)  # fmt: skip
def test_concepts_are_found_in_any_case(lang: str, text: str, wanted: set[str]) -> None:
    assert wanted <= concepts(text, lang)


def test_family_is_not_taken_for_a_city() -> None:
    assert "semey" not in concepts("Помощь получили сто семей из аула.", "ru")
    assert "usa" not in concepts("They told us to wait.", "en")


def test_longest_name_wins() -> None:
    assert "fire" not in concepts("Дала өрті сөндірілді, орман өрті жалғасты.", "kk")


def test_institution_of_the_sources_is_one_in_three_languages() -> None:
    keys = [
        concepts("Министерство здравоохранения", "ru"),
        concepts("Денсаулық сақтау министрлігі", "kk"),
        concepts("the Health Ministry", "en"),
    ]
    assert keys[0] == keys[1] == keys[2] != set()


def test_gazetteer_is_large_and_its_keys_stand_once() -> None:
    rows = [
        (name, key)
        for name in ("places.toml", "people.toml", "bodies.toml", "topics.toml")
        for section in read(name).values()
        for key in section
    ]
    assert len(rows) >= 600
    assert [key for key, times in Counter(key for _, key in rows).items() if times > 1] == []


def test_what_lies_in_a_place_that_is_named_exists() -> None:
    table = named_things().concepts
    assert {c.within for c in table.values() if c.within} <= table.keys()


def test_short_row_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"country\.atlantis"):
        Gazetteer([{"country": {"atlantis": ["", "атлантида"]}}])


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ru", "Инфляция составила 12,6 процента.", (12.6, "percent")),
        ("kk", "Инфляция 12,6 пайыз болды.", (12.6, "percent")),
        ("en", "Inflation stood at 12.6%.", (12.6, "percent")),
        ("ru", "Выделено 1,5 млрд тенге.", (1.5e9, "tenge")),
        ("kk", "1 500 000 теңге бөлінді.", (1.5e6, "tenge")),
        ("en", "The school cost $14 billion.", (1.4e10, "dollar")),
        ("en", "A quake of magnitude 5.2 struck.", (5.2, "magnitude")),
        ("ru", "Погибли пять человек.", (5.0, "person")),
        ("ru", "12-летняя девочка", (12.0, "year_age")),
        ("ru", "победа со счетом 2:1", (102.0, "score")),
        ("kk", "1:2 есебімен жеңілді", (102.0, "score")),
    ],
)
def test_figure_is_read_with_what_it_counts(lang: str, text: str, wanted: tuple[float, str]) -> None:
    assert wanted in figures(text, lang)


def test_years_dates_and_times_of_day_count_nothing() -> None:
    assert figures("В 2026 году, 12 ноября, в 14:30.", "ru") == set()


def test_dates_meet_across_languages() -> None:
    read_dates = []
    for lang, text in (("ru", "12 ноября"), ("kk", "12 қараша"), ("en", "November 12")):
        found = tokens(text)
        dates = count(found, counted_things().find(found, lang)).dates
        read_dates.append([date[:2] for date in dates])
    assert read_dates == [[(11, 12)]] * 3


def test_what_many_hold_says_little() -> None:
    rarity = Rarity()
    for at in range(300):
        rarity.add({"word:common", f"word:{at}"})
    assert rarity.weight("word:common") < 0.2 < 0.8 < rarity.weight("word:7")
    for at in range(300):
        rarity.remove({"word:common", f"word:{at}"})
    assert rarity.weight("word:common") == rarity.weight("word:never")


@given(st.text(max_size=300), st.text(max_size=600), st.sampled_from(["kk", "ru", "en", "", "zh"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(title: str, text: str, lang: str) -> None:
    facts = read_piece(Piece(id="1", lang=lang, outlet="a", published=None, title=title, text=text))
    assert facts.lang in ("kk", "ru", "en")
    assert all(facts.headline[group] <= facts.particulars[group] for group in facts.headline)


def test_record_gives_a_piece() -> None:
    record = {
        "id": "7", "lang": "kk", "outlet": "a.kz", "published": "2026-11-02T08:00:00", "title": "т",
        "text": "м", "chain": [{"name": "Ақорда", "source": "akorda"}, "Reuters", {"name": "X"}],
    }  # fmt: skip
    piece = piece_of(record)
    assert piece.published is not None
    assert piece.published.isoformat() == "2026-11-02T08:00:00+00:00"
    assert piece.chain == ("akorda", "Reuters", "X")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"id": None}, "id"),
        ({"title": 5}, "title"),
        ({"published": "soon"}, "published"),
        ({"chain": "x"}, "chain"),
    ],
)
def test_record_that_is_wrong_is_refused_by_field(change: dict[str, object], named: str) -> None:
    record = {"id": "7", "outlet": "a", "published": None, "title": "т", "text": "м", **change}
    with pytest.raises(ValueError, match=named):
        piece_of(record)

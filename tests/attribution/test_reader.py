"""What holds of every text: one origin, evidence that can be cut out, one answer before and after repair."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.score_attribution import cases
from items import Attribution, Link
from pipelines.attribution.phrases import load
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.reader import attribute
from pipelines.text.unicode import normalise

SEED = Path(__file__).parents[1] / "sample" / "pages" / "seed.toml"
LANGUAGES = st.sampled_from(["kk", "ru", "en"])
# Text that is dense in what formulas are made of, so that the rules are met at all.
_FORMULAS = """
сообщает передаёт пресс-служба Акорды МВД Reuters zakon.kz со ссылкой на по данным об этом
« » " — – - . , : ; ( ) / деп хабарлайды хабарлады Ақорданың баспасөз қызметіне сілтеме жасап бұл туралы
мәліметінше Tengrinews.kz-ке тілшісі reports citing the Ministry of Energy said according to in a statement
Telegram channel told he она ол 24 министр Ерлан Қарин заявил написал источник дереккөз Source ё Еgemen.kz
"""
WORDS = st.sampled_from([*_FORMULAS.split(), "\n"])
DENSE = st.lists(WORDS, max_size=60).map(" ".join)


def holds(found: Attribution, text: str, lang: str) -> None:
    roles = [credit.role for credit in found.chain]
    assert roles.count("origin") == 1
    assert roles[-1] == "origin"
    shown = Prepared(text, load(lang).abbreviations).shown
    for credit in (*found.chain, *found.also):
        assert shown[credit.start : credit.end] == credit.evidence
        assert 0 <= credit.confidence <= 1
        assert credit.rule
        if credit.evidence and credit.role != "via":
            assert credit.name in shown
    for quote in found.quotes:
        assert quote.text == shown[quote.start : quote.end]


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300), lang=LANGUAGES)
def test_any_text_gives_an_answer(text: str, lang: str) -> None:
    holds(attribute(text, lang=lang, publisher="example.kz"), text, lang)


@settings(max_examples=300, deadline=None)
@given(text=DENSE, lang=LANGUAGES)
def test_text_full_of_formulas_gives_an_answer(text: str, lang: str) -> None:
    holds(attribute(text, lang=lang, publisher="zakon.kz"), text, lang)


def _facts(found: Attribution) -> tuple[object, ...]:
    chain = [(credit.source, credit.role, credit.rule) for credit in found.chain]
    return chain, len(found.quotes), found.photo is None


@settings(max_examples=200, deadline=None)
@given(text=DENSE, lang=LANGUAGES)
def test_normalising_first_changes_nothing(text: str, lang: str) -> None:
    before = attribute(text, lang=lang, publisher="zakon.kz")
    after = attribute(normalise(text), lang=lang, publisher="zakon.kz")
    assert _facts(before) == _facts(after)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_normalising_first_changes_no_gold_case(lang: str) -> None:
    for case in cases(lang, "tune"):
        before = attribute(case["text"], lang=lang, publisher=case["publisher"])
        after = attribute(normalise(case["text"]), lang=lang, publisher=case["publisher"])
        assert _facts(before) == _facts(after), case["id"]


def test_publisher_alone_is_the_origin_of_a_text_without_a_source() -> None:
    found = attribute("Бүгін Астанада күн жылы болды.", lang="kk", publisher="egemen.kz")
    assert [(credit.name, credit.source, credit.role) for credit in found.chain] == [
        ("egemen.kz", "egemen", "origin")
    ]
    assert found.chain[0].evidence == ""


def test_linked_name_carries_its_address() -> None:
    text = "Жаңа мектеп ашылды, деп хабарлайды Egemen.kz Ақорданың баспасөз қызметіне сілтеме жасап."
    links = [Link(url="https://www.akorda.kz/kz/x-1", text="Ақорданың баспасөз қызметіне")]
    found = attribute(text, lang="kk", publisher="zakon.kz", links=links)
    assert [credit.url for credit in found.chain] == [None, "https://www.akorda.kz/kz/x-1"]


def test_parallel_origins_are_kept_beside_the_first() -> None:
    text = "Дорогу закрыли из-за метели. Об этом сообщили в МЧС и МВД."
    found = attribute(text, lang="ru", publisher="nur.kz")
    assert [credit.name for credit in found.chain] == ["МЧС"]
    assert [credit.name for credit in found.also] == ["МВД"]


@pytest.mark.parametrize(
    "unit",
    [
        "— «со ссылкой на» ",
        "Министерство энергетики сообщило Reuters ",
        "Ақорданың баспасөз қызметіне сілтеме жасап ",
        "said Reuters of the Ministry ",
        '« “ " ',
        "(",
    ],
)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_no_sentence_is_read_beyond_a_bound(unit: str, lang: str) -> None:
    """Rules look around within a sentence, and a sentence is bounded: that is what keeps the cost linear."""
    prepared = Prepared(unit * 400, load(lang).abbreviations)
    assert max(len(sentence.tokens) for sentence in prepared.sentences) <= 200
    attribute(unit * 400, lang=lang, publisher="zakon.kz")

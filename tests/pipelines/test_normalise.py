from __future__ import annotations

from dataclasses import replace

from items import Article, Block, Image, Link
from pipelines.attribute import attribute_article, attributed_text
from pipelines.normalise import normalise_article

ARTICLE = Article(
    outlet="inbusiness",
    url="https://www.inbusiness.kz/kz/last/a",
    canonical_url="https://inbusiness.kz/kz/last/a",
    lang="ru",
    lang_declared="kz",
    headline="\u0421OP29: жаңа\u00a0келісім",
    lead="Үш ел ортақ құжатқа қол\u00adқойды.",
    blocks=(
        Block(
            kind="paragraph",
            text="Бұл туралы Ақорданың баспасөз қызметі хабарлады, деп жазады inbusiness.kz сайты.",
        ),
        Block(kind="subhead", text="Не өзгереді", level=2),
        Block(kind="row", text="Астана | 100"),
        Block(
            kind="paragraph",
            text="Толығырақ Ақорда сайтында.",
            links=(Link(url="https://www.akorda.kz/kz/a-1234", text="Ақорда\u00a0сайтында"),),
        ),
        Block(kind="paragraph", text="БІЗДІҢ ТЕЛЕГРАМ АРНАМЫЗҒА ҚОСЫЛЫҢЫЗ"),
    ),
    tags=("жасыл\u00a0энергетика", "жасыл энергетика"),
    images=(Image(url="https://inbusiness.kz/a.jpg", caption="Кездесу", credit="akorda.kz"),),
)


def test_texts_are_repaired_and_kept_as_found() -> None:
    found = normalise_article(ARTICLE)
    assert found.headline == "COP29: жаңа келісім"
    assert found.lead == "Үш ел ортақ құжатқа қолқойды."
    assert found.tags == ("жасыл энергетика",)
    assert (found.headline_found, found.lead_found) == (ARTICLE.headline, ARTICLE.lead)
    assert found.body_found == ARTICLE.body
    assert found.blocks[-1].links[0].text == "Ақорда сайтында"


def test_boilerplate_goes_and_the_rest_stays_in_order() -> None:
    found = normalise_article(ARTICLE)
    assert [block.kind for block in found.blocks] == ["paragraph", "subhead", "row", "paragraph"]
    assert [block.text for block in found.blocks] == [block.text for block in ARTICLE.blocks[:-1]]


def test_the_language_is_the_text_s() -> None:
    assert normalise_article(ARTICLE).lang == "kk"
    assert normalise_article(ARTICLE).lang_declared == "kz"


def test_a_second_time_changes_nothing() -> None:
    once = normalise_article(ARTICLE)
    assert normalise_article(once) == once


def test_attribution_is_read_from_headline_lead_and_blocks() -> None:
    found = attribute_article(normalise_article(ARTICLE))
    assert found.attribution is not None
    text = attributed_text(found)
    assert [(credit.name, credit.role) for credit in found.attribution.chain] == [
        ("inbusiness.kz", "relay"),
        ("Ақорданың баспасөз қызметі", "origin"),
    ]
    for credit in found.attribution.chain:
        assert text[credit.start : credit.end] == credit.evidence


def test_the_picture_s_credit_serves_where_the_text_has_none() -> None:
    found = attribute_article(normalise_article(ARTICLE))
    assert found.attribution is not None
    assert found.attribution.photo == "akorda.kz"
    without = attribute_article(normalise_article(replace(ARTICLE, images=())))
    assert without.attribution is not None
    assert without.attribution.photo is None

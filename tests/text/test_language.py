"""The language of headlines and bodies, and of pages that lie about it."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text import language
from pipelines.text.language import LANGUAGES, detect, settle, tag

HEADLINES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("headlines.toml").read_text(encoding="utf-8")
)
ALL = [(name.split("-")[0], headline) for name, headlines in HEADLINES.items() for headline in headlines]
KAZAKH_BODY = (
    "Мемлекет басшысы бүгінгі айтулы оқиға орнықты дамуға ортақ ұмтылыс тарихының жаңа бетін ашқанын айтты. "
    "Құжат елдеріміздің энергетикалық жүйелерін біріктіруге жол ашады."
)
RUSSIAN_BODY = (
    "Глава государства отметил, что соглашение открывает новую страницу сотрудничества. Документ позволит "
    "объединить энергетические системы трёх стран и поставлять электроэнергию на новые рынки."
)


def share_right(cases: list[tuple[str, str]]) -> float:
    return sum(detect(text) == lang for lang, text in cases) / len(cases)


def test_headlines_alone() -> None:
    assert all(sum(lang == name for lang, _ in ALL) >= 20 for name in LANGUAGES)
    wrong = [(lang, detect(text), text) for lang, text in ALL if detect(text) != lang]
    assert len(wrong) <= 0.03 * len(ALL), wrong


@pytest.mark.parametrize("pair", [("kk", "ky"), ("uz", "az"), ("kk", "ru"), ("ru", "ky")])
def test_neighbours_are_told_apart(pair: tuple[str, str]) -> None:
    cases = [case for case in ALL if case[0] in pair]
    right = sum(detect(text, among=pair) == lang for lang, text in cases)
    assert right >= 0.97 * len(cases)


def test_bodies() -> None:
    bodies = [
        (name.split("-")[0], ". ".join(headlines[at : at + 5]))
        for name, headlines in HEADLINES.items()
        for at in range(max(1, len(headlines) - 4))
    ]
    assert len(bodies) > 150
    assert share_right(bodies) >= 0.995
    assert sum(settle(None, "", text) == lang for lang, text in bodies) >= 0.995 * len(bodies)


def test_capitals_and_quotes_change_nothing() -> None:
    assert share_right([(lang, text.upper()) for lang, text in ALL if lang not in ("az", "uz")]) >= 0.95
    assert detect("«Мы вместе» форумы өтіп жатыр, деді әкім") == "kk"
    assert detect("Фильм «Қаһарман» покажут в прокате с субтитрами") == "ru"
    assert detect("В Астане прошёл концерт группы «Ұлытау»") == "ru"


@pytest.mark.parametrize("text", ["", " ", "2026", "!!! 24/7", "№ 5 – 10 %"])
def test_what_has_no_letters_has_no_language(text: str) -> None:
    assert detect(text) is None
    assert detect(text, default="kk") == "kk"


def test_other_arabic_text_is_not_kazakh() -> None:
    assert detect("رئيس الجمهورية يلتقي وفدا أجنبيا") is None
    assert detect("مەملەكەت باسشىسى كەزدەستى، دەپ حابارلايدى ۇلتتىق اگەنتتىك") == "kk"


def test_only_the_languages_asked_for_come_back() -> None:
    for _, text in ALL:
        assert detect(text, among=("kk", "ru")) in ("kk", "ru", None)
    assert detect(RUSSIAN_BODY, among=("ru",)) == "ru"


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("kk", "kk"), ("kz", "kk"), ("KZ", "kk"), ("kaz", "kk"), ("qaz", "kk"), ("kk-KZ", "kk"),
        ("kk_KZ", "kk"),
        ("kk-Latn", "kk"), ("rus", "ru"), ("ru-RU", "ru"), ("en_US", "en"), ("en-GB", "en"), ("eng", "en"),
        ("uz-Cyrl-UZ", "uz"), ("oz", "uz"), ("uzb", "uz"), ("kg", "ky"), ("kir", "ky"), ("aze", "az"),
        ("cn", "zh"),
        (" RU ", "ru"), ("tr", "tr"), ("русский", "ru"), ("қазақша", "kk"), ("x-default", None), ("", None),
        (None, None), ("und", None), ("1", None), ("-", None), ("unknown", None),
    ],
)  # fmt: skip
def test_declared_languages_become_bcp_47(declared: str | None, expected: str | None) -> None:
    assert tag(declared) == expected


def test_the_text_decides_over_the_page() -> None:
    assert settle("kz", "Қазақстан жаңалықтары", RUSSIAN_BODY) == "ru"
    assert settle("ru", "Новости", KAZAKH_BODY) == "kk"
    assert settle("en", "COP29", KAZAKH_BODY) == "kk"
    assert settle(None, "Ел жаңалықтары", "Қысқа мәтін.") == "kk"


def test_the_page_decides_where_the_text_does_not() -> None:
    assert settle("kz", "COP29", "2026") in LANGUAGES
    assert settle("kz", "", "") == "kk"
    assert settle(None, "", "", ("ru", "kk")) == "ru"
    assert settle(None, "", "", ()) == "und"
    assert settle("tr", "24", "2026 – 2027") == "tr"


def test_speed_where_letters_decide() -> None:
    headlines = HEADLINES["kk"]
    for headline in headlines:
        detect(headline)
    fresh = [f"{headline} {number}" for number in range(20) for headline in headlines]
    started = time.perf_counter()
    for headline in fresh:
        detect(headline)
    assert (time.perf_counter() - started) / len(
        fresh
    ) < 0.0005  # 20 µs alone; the margin is for a busy machine


@given(st.text(), st.lists(st.sampled_from([*LANGUAGES, "tr", "xx"]), max_size=4, unique=True))
def test_detect_settle_and_tag_never_raise(text: str, among: list[str]) -> None:
    assert detect(text, among=among) in {*among, None}
    assert settle(text, text, text, among)
    tag(text)


OTHERS = {
    "tr": "Belediye, yirmi yıldır boş duran garı kütüphaneye dönüştürdü. Açılış törenine bin kişi katıldı.",
    "uk": "У місті запрацював водяний млин, зведений понад сто років тому. Перше борошно роздали пекарням.",
    "de": "Der Dorfladen hat die alte Bäckerei übernommen und backt seit Montag wieder jeden Tag.",
    "fr": "Les habitants ont racheté le dernier café du village, fermé depuis deux ans, et le rouvrent.",
    "es": "El cine de verano vuelve a abrir tras quince años cerrado, anunció el ayuntamiento este lunes.",
    "ka": "მაღალმთიან სოფელში ახალი სკოლა გაიხსნა, რომელიც ას ოც მოსწავლეს მიიღებს.",
    "ar": "افتتحت البلدية مكتبة عامة في محطة القطار القديمة بعد عشرين عاماً من إغلاقها أمام المسافرين.",
    "zh": "闲置了二十年的老火车站日前改建为公共图书馆，约一千名市民参加了开馆仪式。",
    "ja": "二十年間使われていなかった旧駅舎が町の図書館に生まれ変わり、開館式には約千人が集まった。",
}


@pytest.mark.parametrize(("lang", "text"), OTHERS.items())
@pytest.mark.parametrize("twice", [1, 2])
def test_language_that_is_not_looked_for_is_told_all_the_same(lang: str, text: str, twice: int) -> None:
    body = "\n".join([text] * twice)
    assert settle(lang, "", body) == lang
    if twice == 2 or lang in {
        "ka",
        "ar",
        "zh",
        "ja",
    }:  # a page that declares nothing, or lies, needs more text
        assert settle(None, "", body) == lang
        assert settle("en", "", body) == lang


SIGNED = {
    "ru": "Президент встретился с министром и обсудил вопросы развития. В Актау открыли новую библиотеку.",
    "kk": "Президент министрмен кездесіп, даму мәселелерін талқылады. Ақтауда жаңа кітапхана ашылды.",
    "en": "The president met the minister and the two spoke of the region. A new library was opened.",
}


@pytest.mark.parametrize("lang", sorted(SIGNED))
def test_what_letters_tell_alone_is_not_asked_of_the_model(lang: str) -> None:
    with patch.object(language, "_anything", side_effect=AssertionError("the model was asked")):
        assert settle(lang, "", SIGNED[lang], ("kk", "ru", "en")) == lang


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("be", "Прэзідэнт сустрэўся з міністрам і абмеркаваў пытанні. У Мінску адкрылі новую бібліятэку."),
        ("bg", "Президентът се срещна с министъра и обсъди развитието. В София откриха нова библиотека."),
        ("uk", "Президент зустрівся з міністром і обговорив питання. У Києві відкрили нову бібліотеку."),
    ],
)
def test_a_neighbour_of_russian_is_not_taken_for_it(lang: str, text: str) -> None:
    assert settle("ru", "", text * 2, ("kk", "ru", "en")) == lang

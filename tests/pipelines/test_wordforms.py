from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.store import search_spelling
from pipelines.wordforms import Finder

FORMS = {
    ("kk", "мұнай"): "мұнайдың мұнайға мұнайы мұнайдағы мұнайымыз мұнайдан мұнаймен",
    ("kk", "министрлік"): "министрлігі министрлігінің министрлікке министрліктердің министрлігінде",
    ("kk", "кітап"): "кітабы кітаптар кітабын кітаптың кітаптарымыз",
    ("kk", "Тоқаев"): "Тоқаевтың Тоқаевпен Тоқаевқа Тоқаев",
    ("kk", "Астана"): "Астанада Астанадағы Астананың Астанаға Астанадан",
    ("kk", "Казакстан"): "Қазақстанның Қазақстанда Қазақстан ҚАЗАҚСТАНҒА",
    ("ru", "нефть"): "нефти нефтью нефть нефтей",
    ("ru", "день"): "дня дни днями дней",
    ("ru", "человек"): "человека людей людьми",
    ("ru", "Казахтелеком"): "Казахтелекома Казахтелекомом Казахтелеком",
    ("ru", "Токаев"): "Токаева Токаеву Токаевым",
    ("en", "company"): "companies company's Company",
    ("en", "tax"): "taxes tax",
}
OTHERS = {
    ("kk", "газ"): "газет газон",
    ("ru", "нефть"): "нефтяной нефтепровод нефтехимия",
    ("ru", "газ"): "газета газон",
    ("en", "mine"): "mineral minister",
    ("en", "oil"): "oiled boil",
}


@pytest.mark.parametrize(("lang", "word"), FORMS)
def test_a_word_is_found_in_its_forms(lang: str, word: str) -> None:
    finder = Finder((word,))
    for form in FORMS[lang, word].split():
        text = f"Бүгін {form}, сегодня."
        assert finder.says(text, lang), form
        assert any(part in search_spelling(text) for part in finder.parts), form


@pytest.mark.parametrize(("lang", "word"), OTHERS)
def test_other_words_are_not_found(lang: str, word: str) -> None:
    for other in OTHERS[lang, word].split():
        assert not Finder((word,)).says(f"… {other} …", lang), other


def test_a_phrase_stands_together_and_any_one_is_enough() -> None:
    finder = Finder(("атом электр станциясы", "уран"))
    assert finder.says("Елде атом электр станциясының құрылысы басталды", "kk")
    assert not finder.says("Электр станциясы мен атом туралы", "kk")
    assert finder.says("Уранның бағасы", "kk")
    assert Finder(("глава государства",)).says("Главой государства подписан закон", "ru")


def test_a_star_stands_for_any_ending_and_languages_do_not_mix() -> None:
    assert Finder(("метал*",)).says("Металлургический завод", "ru")
    assert not Finder(("метал*",)).says("неметаллы", "ru")
    assert Finder(("neft",)).says("Neft qiymətləri", "az")
    assert not Finder(("neft",)).says("Neftin qiyməti", "az")
    assert Finder(("neft*",)).says("Neftin qiyməti", "az")


def test_no_words_find_nothing() -> None:
    assert not Finder(("", " – ", "*")).says("мұнай", "kk")
    assert Finder(("", "*")).parts == ()


@given(st.text(max_size=40), st.sampled_from(["kk", "ru", "en", "az"]), st.text(max_size=40))
def test_any_words_and_texts_are_taken(word: str, lang: str, text: str) -> None:
    assert isinstance(Finder((word,)).says(text, lang), bool)
    assert isinstance(Finder((word,)).parts, tuple)

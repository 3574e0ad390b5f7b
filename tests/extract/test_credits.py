"""Photo credits in the languages and forms of credits.toml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.extract.credits import MAX_CREDIT, clean_credit, credit_line, split_credit


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Фото: Акорда", "", "Акорда"),
        ("Сурет: Ақорда.", "", "Ақорда"),
        ("Суреттер: Ерлан Омар", "", "Ерлан Омар"),
        ("ФОТО: АКОРДА", "", "АКОРДА"),
        ("Фото - Caravan.kz", "", "Caravan.kz"),
        ("Фото © Sputnik", "", "Sputnik"),
        ("© Reuters", "", "Reuters"),
        ("Images | akorda.kz", "", "akorda.kz"),
        ("Photo credit: Arman Beket", "", "Arman Beket"),
        ("Photo by Anna Lee", "", "Anna Lee"),
        ("Photo courtesy of the museum", "", "the museum"),
        ("Коллаж: Kazinform/ Akorda.kz/ Canva", "", "Kazinform/ Akorda.kz/ Canva"),
        ("Иллюстративное фото: pixabay.com", "", "pixabay.com"),
        ("фото Игоря Бургандинова", "", "Игоря Бургандинова"),
        ("Фото из открытых источников", "", "из открытых источников"),
        ("Сурет ашық дереккөзден", "", "ашық дереккөзден"),
        ("Суретті түсірген – Игорь Бургандинов", "", "Игорь Бургандинов"),
        ("فوتو: museum-design.ru", "", "museum-design.ru"),
        ("Sýret: Aqorda", "", "Aqorda"),
        ("Foto: AZƏRTAC", "", "AZƏRTAC"),
        ("(Фото: Иван Петров (Reuters).)", "", "Иван Петров (Reuters)"),
        ("Жаңа көпір. Фото: Ақорда.", "Жаңа көпір.", "Ақорда"),
        ("Жаңа көпір Фото: akorda.kz", "Жаңа көпір", "akorda.kz"),
        ("The new bridge (Photo: Anna Lee)", "The new bridge", "Anna Lee"),
    ],
)
def test_credit_is_parted_from_its_mark_and_caption(text: str, caption: str, credit: str) -> None:
    found = split_credit(text)
    assert (found.caption, found.credit) == (caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "Тоқаев кездесуде",
        "Он сделал фото: красивое и большое",
        "Фотограф года получил награду в Алматы",
        "Кадр с видео.",
        "Imagery: how maps are made",
        "",
        "Фото:",
        "Фото: " + "слово " * 60,
    ],
)
def test_text_without_a_mark_keeps_its_words_and_has_no_credit(text: str) -> None:
    assert split_credit(text).credit is None
    assert credit_line(text) is None


def test_line_with_a_caption_is_no_credit_line() -> None:
    assert credit_line("Жаңа көпір. Фото: Ақорда") is None
    assert credit_line("Фото: Ақорда") == "Ақорда"


@given(st.text(max_size=400))
def test_credits_never_raise_and_stay_short(text: str) -> None:
    found = split_credit(text)
    assert found.credit is None or (
        0 < len(found.credit) <= MAX_CREDIT and found.credit == found.credit.strip()
    )
    assert clean_credit(text) is None or len(text) > 0

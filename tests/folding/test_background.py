from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.folding.background import foreground


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Цены выросли. Напомним, зимой они падали. Тогда винили спрос.", "Цены выросли."),
        ("Цены выросли.\nНапомним, зимой они падали.\nСпрос растет.", "Цены выросли.\nСпрос растет."),
        ("Цены выросли. Месяцем ранее они падали. Спрос растет.", "Цены выросли. Спрос растет."),
        ("Цены выросли. Ранее сообщалось, что они упадут.", "Цены выросли."),
        ("Баға өсті. Еске салайық, қыста ол түскен еді. Сұраныс аз.", "Баға өсті."),
        ("Баға өсті. Бұған дейін ол түскен. Сұраныс көп.", "Баға өсті. Сұраныс көп."),
        ("Prices rose. As reported earlier, they fell in winter.", "Prices rose."),
        ("Prices rose. A month earlier they fell. Demand grows.", "Prices rose. Demand grows."),
        ("Narxlar oshdi. Eslatib o‘tamiz, qishda ular tushgan edi.", "Narxlar oshdi."),
        ("Qiymətlər artdı. Xatırladaq ki, qışda onlar düşmüşdü.", "Qiymətlər artdı."),
    ],
)
def test_earlier_events_are_left_out(text: str, kept: str) -> None:
    assert foreground(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Ранее закрытый мост открыли. Движение пошло.",
        "Earlier flights were added. Fares fell.",
        "",
        "Рост 3,5%. 12 ноября.",
    ],
)
def test_first_sentence_stays(text: str) -> None:
    assert foreground(text) == text


@given(st.text(max_size=400))
def test_nothing_is_added(text: str) -> None:
    kept = foreground(text)
    assert len(kept) <= len(text)
    assert bool(kept) == bool(text.strip())

"""Uzbek and Azerbaijani: the region's news passes through their agencies."""

from __future__ import annotations

import pytest

from pipelines.attribution.reader import attribute

CASES = [
    (
        "uz",
        "kun.uz",
        "Toshkentda yangi metro bekati ochildi. Bu haqda Transport vazirligi matbuot xizmati xabar berdi.",
        [("Transport vazirligi matbuot xizmati", "origin")],
    ),
    (
        "uz",
        "gazeta.uz",
        "Samarqandda zavod ishga tushdi, deb yozmoqda UzA.",
        [("UzA", "origin")],
    ),
    (
        "uz",
        "daryo.uz",
        "Reuters ma'lumotiga ko'ra, neft narxi oshdi. Bozor kuni savdo bo'lmaydi.",
        [("Reuters", "origin")],
    ),
    (
        "uz",
        "kun.uz",
        "Тошкентда янги боғ очилди. Бу ҳақда Экология вазирлиги матбуот хизмати хабар берди.",
        [("Экология вазирлиги матбуот хизмати", "origin")],
    ),
    (
        "uz",
        "kun.uz",
        "Toshkentda yangi bog' ochildi. Unda uch ming daraxt bor.",
        [("kun.uz", "origin")],
    ),
    (
        "uz",
        "kun.uz",
        "Toshkentda yangi bog' ochildi. Eslatib o'tamiz, avvalroq bu haqda Gazeta.uz xabar bergan edi.",
        [("kun.uz", "origin")],
    ),
    (
        "az",
        "report.az",
        "Bakı, 25 noyabr, AZƏRTAC. Bakıda yeni park açılıb.",
        [("AZƏRTAC", "origin")],
    ),
    (
        "az",
        "report.az",
        "Gəncədə yeni məktəb tikilib. Bu barədə Elm və Təhsil Nazirliyi məlumat yayıb.",
        [("Elm və Təhsil Nazirliyi", "origin")],
    ),
    (
        "az",
        "apa.az",
        "Xəzərdə yeni yataq kəşf olunub, Trend xəbər verir.",
        [("Trend", "origin")],
    ),
    (
        "az",
        "apa.az",
        "Report Reuters-ə istinadən xəbər verir ki, neft bahalaşıb.",
        [("Report", "relay"), ("Reuters", "origin")],
    ),
    (
        "az",
        "apa.az",
        "Gəncədə yeni məktəb tikilib. Orada min şagird oxuyacaq.",
        [("apa.az", "origin")],
    ),
]


@pytest.mark.parametrize(("lang", "publisher", "text", "chain"), CASES)
def test_neighbours_chains(lang: str, publisher: str, text: str, chain: list[tuple[str, str]]) -> None:
    found = attribute(text, lang=lang, publisher=publisher)
    assert [(credit.name, credit.role) for credit in found.chain] == chain

"""Bylines as people: what stands beside a name is told from one more name."""

from __future__ import annotations

import pytest

from spiders.extract.people import by_role, is_person, people_of


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Grace McGill, Executive Editor", "Grace McGill"),
        ("Grace McGill, @gmcgill", "Grace McGill"),
        ("Ángela Escribano, Cáceres", "Ángela Escribano"),
        ("Инга Буланова, главный редактор", "Инга Буланова"),
        ("Doug Lane, THE DAILY EXAMPLE", "Doug Lane"),
        ("Anna Lee, Omar Reyes", "Anna Lee, Omar Reyes"),
        ("Anna Lee, Prince", "Anna Lee"),
        ("Бакыт", "Бакыт"),
        ("Harbour Board", "Harbour Board"),
        ("@dailyexample", None),
        ("The Daily Example", None),
    ],
)
def test_people_are_kept_without_their_roles_places_and_papers(byline: str, people: str | None) -> None:
    assert people_of(byline, organs=lambda name: "dailyexample" in name.casefold().replace(" ", "")) == people


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("青石日报记者 段文博 廖雨燕", "段文博, 廖雨燕"),
        ("记者:周玉兰", "周玉兰"),
        ("石佳 / 青石日报", "石佳"),
        ("青石日报 上海", None),
    ],
)
def test_reporters_in_chinese_stand_after_their_role_or_before_their_paper(
    line: str, people: str | None
) -> None:
    assert by_role(line) == people


def test_a_paper_of_four_signs_is_nobody() -> None:
    assert not is_person("江畔日报")
    assert is_person("周玉兰")

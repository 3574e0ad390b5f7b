"""Headline, author, views and tags: rules on strings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.extract.fields import (
    Candidate,
    choose_author,
    choose_headline,
    clean_tags,
    is_cut_of,
    labelled_views,
    read_author,
    read_views,
    without_site,
)


@pytest.mark.parametrize(
    ("text", "views"),
    [
        ("21 Май 2020 21:58 3598", 3598),
        ("353 рет / көрсетілді", 353),
        ("Просмотров: 1 234", 1234),
        ("1,234 views", 1234),
        ("12.06.2026 14:05 17", 17),
        ("2026 жылғы 12 маусым 88", 88),
        ("25.10.2025 19:33:42 265", 265),
        ("May 4, 2026 12", 12),
        ("693", 693),
        ("21 Май 2020 21:58", None),
        ("14:05", None),
        ("1,2K views", None),
        ("3.5", None),
        ("просмотров нет", None),
    ],
)
def test_views_are_no_part_of_the_date(text: str, views: int | None) -> None:
    assert read_views(text) == views


def test_labelled_views_want_their_word() -> None:
    assert labelled_views("21 января 2026 г. 6:00 518 просмотров") == 518
    assert labelled_views("Қаралды: 42") == 42
    assert labelled_views("12 мин чтения") is None
    assert labelled_views("Views: 1.2K") is None


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Автор: Алия Жунусова", "Алия Жунусова"),
        ("By Dana Ospan and Omar Lee", "Dana Ospan, Omar Lee"),
        ("Алия Жунусова, Тимур Асан", "Алия Жунусова, Тимур Асан"),
        ("Мақала авторы – Ерлан Омар", "Ерлан Омар"),
        ("Muallif: Dilnoza Karimova", "Dilnoza Karimova"),
        ("Byron Smith", "Byron Smith"),
        ("https://example.kz/author/7", None),
        ("news@example.kz", None),
        ("admin", None),
        ("12.06.2026 14:05", None),
        ("", None),
    ],
)
def test_author_is_a_name_without_its_label(text: str, author: str | None) -> None:
    assert read_author(text) == author


def test_running_text_needs_a_label_and_a_colon_to_name_its_author() -> None:
    assert read_author("Автор: Алия Жунусова", labelled=True) == "Алия Жунусова"
    assert read_author("Автор книги приехал в город", labelled=True) is None


def test_person_is_preferred_to_the_site_itself() -> None:
    site, person = Candidate("json-ld", "Tengri Wire"), Candidate("generic", "Алия Жунусова")
    assert choose_author([site, person], site=["Tengri wire"]) == person
    assert choose_author([site], site=["Tengri wire"]) == site
    assert choose_author([], site=[]) is None


@pytest.mark.parametrize(
    ("title", "names", "host", "kept"),
    [
        ("Су келді | Жаршы", ["Жаршы"], "jarshy.example", "Су келді"),
        ("Су келді - Экономика - Жаршы", ["Жаршы"], "x.kz", "Су келді - Экономика"),
        ("Жаршы — Су келді", ["Жаршы"], "x.kz", "Су келді"),
        ("Степь цветёт | Tengrinews.kz", [], "tengrinews.kz", "Степь цветёт"),
        ("Алматы - Астана: новый поезд", ["Жаршы"], "x.kz", "Алматы - Астана: новый поезд"),
        ("Жаршы", ["Жаршы"], "x.kz", "Жаршы"),
    ],
)
def test_only_a_known_site_name_leaves_the_title(title: str, names: list[str], host: str, kept: str) -> None:
    assert without_site(title, names, host) == kept


def test_headline_is_the_heading_that_metadata_confirms() -> None:
    told = [
        Candidate("json-ld", "Порт открыл второй терминал"),
        Candidate("meta", "Порт открыл второй терминал"),
    ]
    chosen = choose_headline(["Каспийский листок", "Порт открыл второй терминал"], told)
    assert chosen == Candidate("json-ld", "Порт открыл второй терминал")


def test_headline_cut_short_in_metadata_is_read_whole_on_the_page() -> None:
    told = [Candidate("meta", "Порт открыл второй терминал для зер…")]
    chosen = choose_headline(["Порт открыл второй терминал для зерна и муки"], told)
    assert chosen == Candidate("generic", "Порт открыл второй терминал для зерна и муки")


def test_headings_that_nothing_confirms_give_way_to_what_the_page_says_of_itself() -> None:
    told = [Candidate("json-ld", "Порт открыл второй терминал")]
    assert choose_headline(["Новости", "Мнения"], told) == told[0]
    assert choose_headline([], []) is None


def test_tags_lose_their_mark_and_their_doubles() -> None:
    assert clean_tags(["#астық", " # экспорт ", "#Экспорт", "#", ""]) == ("астық", "экспорт")


def test_description_cut_from_the_body_is_recognised() -> None:
    body = "Су қоймасы толды. Бұл туралы министрлік хабарлады."
    assert is_cut_of("Су қоймасы толды. Бұл туралы мини…", body)
    assert not is_cut_of("Мамандар қауіп жоқ дейді", body)


@given(st.text(max_size=600))
def test_readers_of_fields_never_raise(text: str) -> None:
    views = read_views(text)
    assert views is None or views >= 0
    author = read_author(text)
    assert author is None or author.strip()
    assert all(tag and not tag.startswith("#") for tag in clean_tags(text.split(",")))
    without_site(text, [text[:3]], "example.kz")

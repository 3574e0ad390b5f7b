from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items import Article
from pipelines.text.topics import folders, labels, title_of, topics, topics_of, topics_of_label


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Экономика", {"economy"}),
        ("экономика и экология", {"economy", "environment"}),
        ("Қоғам", {"society"}),
        ("КОГАМ", {"society"}),  # as typed without Kazakh letters
        ("#Спорт", {"sport"}),
        ("В мире", {"world"}),
        ("Наука и технологии", {"science-tech"}),
        ("Ta\u02bblim", {"education"}),
        ("İqtisadiyyat", {"economy"}),
        ("Law and Order", {"incidents"}),
        ("ekonomika-biznes", {"economy"}),
        ("Мирный договор", set()),
        ("Автобус", set()),
        ("Касым-Жомарт Токаев", set()),
        ("Астана", set()),
        ("News", set()),
        ("", set()),
    ],
)
def test_labels(label: str, meant: set[str]) -> None:
    assert topics_of_label(label) == meant


def test_every_topic_has_its_name_in_every_language_of_the_pages() -> None:
    for topic in topics():
        assert len({title_of(topic, lang) for lang in ("kk", "ru", "en")}) >= 1
        assert title_of(topic, "tr") == title_of(topic, "en")
        assert topic in topics_of_label(title_of(topic, "en")), topic


def test_an_article_is_filed_by_section_tags_and_folders() -> None:
    article = Article(
        outlet="a",
        url="https://e.kz/sport/2026/11/25/kultura-1.html",
        canonical_url="https://e.kz/sport/2026/11/25/kultura-1.html",
        lang="ru",
        headline="Театр",
        blocks=(),
        section="Общество",
        tags=("Бюджет", "Астана"),
    )
    assert labels(article.section, article.tags, article.url) == ("Общество", "Бюджет", "Астана", "sport")
    assert topics_of(article) == ("economy", "society", "sport")


def test_an_address_that_is_none_has_no_folders() -> None:
    assert folders("https://[e.kz/sport/1") == ()


@given(st.text())
def test_any_label_is_taken(label: str) -> None:
    assert topics_of_label(label) <= set(topics())

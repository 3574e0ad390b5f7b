"""What is foreign to an article, where its prose stands, and what stands near its headline."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement

from spiders.extract.container import container
from spiders.extract.dom import parse, squash, text_of
from spiders.extract.nearness import dates_by_nearness, standfirsts
from spiders.extract.survey import Survey

LONG = "Порт на Каспии открыл второй зерновой терминал, сообщили в управлении порта во вторник утром."
MORE = "Он сможет хранить шестьдесят тысяч тонн зерна и грузить одно судно меньше чем за сутки."
BODY = f"<div id='body'><p>{LONG}</p><p>{MORE}</p><p>{LONG} {MORE}</p></div>"
HEADING = "<h1>Порт открыл терминал</h1>"


def survey_of(html: str) -> Survey:
    root, _ = parse(f"<html><body>{html}</body></html>")
    return Survey(root, next(root.iter("h1"), None))


def by_id(survey: Survey, name: str) -> HtmlElement:
    return next(element for element in survey.elements if element.get("id") == name)


def body_of(survey: Survey) -> HtmlElement:
    return survey.elements[container(survey, survey.weights(), share=0.8)]


@pytest.mark.parametrize(
    "part",
    [
        "<nav id='x'><a href='/'>Главная</a></nav>",
        "<div id='x' class='b-related-news'>Другая новость</div>",
        "<div id='x' class='commentList'>" + f"<p>{LONG} {MORE}</p>" * 20 + "</div>",
        "<div id='x' role='complementary'>Реклама наших друзей</div>",
        "<div id='x'><h3>Читайте также</h3><p>Другая новость сайта</p></div>",
        "<div id='x'><b>Комментарии (3)</b>" + f"<p>{LONG}</p>" * 3 + "</div>",
        "<div id='x'>"
        + "<div><a href='/n'>Заголовок другой новости</a><p>Её начало.</p></div>" * 3
        + "</div>",
        "<ul id='x'>" + "<li><a href='/n'>Заголовок другой новости</a></li>" * 3 + "</ul>",
    ],
)
def test_part_about_something_else_is_foreign(part: str) -> None:
    survey = survey_of(HEADING + BODY + part)
    assert survey.is_foreign(by_id(survey, "x"))
    assert not survey.is_foreign(by_id(survey, "body"))


@pytest.mark.parametrize(
    "opening",
    [
        "<div class='page-with-comments promo'>",
        "<div class='popular-content'>",
        "<form id='aspnetForm'>",
        "<article class='has-sidebar comments-open'>",
    ],
)
def test_part_that_holds_the_headline_or_most_words_is_never_foreign(opening: str) -> None:
    closing = f"</{opening[1:].split(' ')[0]}>"
    for html in (opening + HEADING + BODY + closing, HEADING + opening + BODY + closing):
        if html.startswith("<h1") and "comments" in opening:
            continue
        survey = survey_of(html)
        assert not survey.is_foreign(by_id(survey, "body"))


def test_announced_list_of_links_belongs_to_the_article() -> None:
    links = "<ul id='x'>" + "<li><a href='/d.pdf'>Постановление правительства</a></li>" * 3 + "</ul>"
    survey = survey_of(f"{HEADING}{BODY}<p>Ход работ можно проверить по этим документам:</p>{links}")
    assert not survey.is_foreign(by_id(survey, "x"))


def test_next_article_of_the_same_make_is_foreign_and_a_subhead_is_not() -> None:
    other = f"<div class='item' id='x'><h1>Другая новость</h1><p>{LONG}</p></div>"
    survey = survey_of(f"<div><div class='item'>{HEADING}{BODY}</div>{other}</div>")
    assert survey.is_foreign(by_id(survey, "x"))
    assert body_of(survey).get("id") == "body"
    flat = survey_of(f"<div>{HEADING}{BODY}<h1 id='x'>Что дальше</h1></div>")
    assert not flat.is_foreign(by_id(flat, "x"))


def test_parts_of_a_body_are_held_by_their_common_parent() -> None:
    part = f"<div class='part'><p>{LONG}</p><p>{MORE}</p></div>"
    survey = survey_of(f"{HEADING}<div id='all'>{part * 4}</div><footer><p>{LONG}</p></footer>")
    assert body_of(survey).get("id") == "all"


def test_page_without_prose_has_no_container() -> None:
    survey = survey_of("<h1>Новости</h1><ul><li><a href='/1'>Заголовок новости</a></li></ul>")
    assert container(survey, survey.weights(), share=0.8) == -1


def test_date_nearest_the_headline_comes_first_and_that_of_a_change_last() -> None:
    html = (
        "<div>25 ноября 2026</div><div class='teaser related'><time>20 ноября 2026</time></div>"
        f"{HEADING}<span>Обновлено: 5 мая 2026, 09:00</span><span>4 мая 2026, 11:15</span>{BODY}"
    )
    found = [text_of(element) for element in dates_by_nearness(survey_of(html))]
    assert found == ["4 мая 2026, 11:15", "25 ноября 2026", "Обновлено: 5 мая 2026, 09:00"]


def test_standfirst_stands_between_the_headline_and_the_body() -> None:
    lead = "Второй терминал на треть ускорит погрузку, обещают в порту."
    html = (
        f"<div>{HEADING}<div class='x'>{lead}</div><div class='byline'>{LONG}</div>"
        f"<figure><figcaption>{MORE}</figcaption></figure></div>{BODY}"
    )
    survey = survey_of(html)
    assert standfirsts(survey, by_id(survey, "body"), body="") == [lead]
    assert standfirsts(survey, by_id(survey, "body"), body=squash(lead)) == []

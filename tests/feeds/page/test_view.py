from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from feeds.model import entry_of
from feeds.page.view import MAX_QUOTES, MAX_VERSIONS, View, showable_host, view_of
from items import Attribution, Block, Image, Quote, Story
from tests.feeds.conftest import AKORDA, HEADLINES, INBUSINESS, attribution, credit, moment

Make = Callable[..., Story]
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def view(story: Story, lang: str = "en") -> View:
    return view_of(story, entry_of(story, NOW), NOW, lang)


def quoting(*texts: str, speaker: str = "Ерлан Сабитов", person: str | None = None) -> Attribution:
    quotes = tuple(
        Quote(speaker=speaker, person=person, text=text, verb="сказал", start=0, end=len(text))
        for text in texts
    )
    return replace(attribution(credit("inbusiness.kz", "inbusiness", "origin")), quotes=quotes)


BLOCKS = (
    Block(kind="paragraph", text="Первый абзац открывает новость."),
    Block(kind="paragraph", text="«Дорогу построят к весне», – сказал он."),
    Block(kind="paragraph", text="«А мост потом», – добавил он."),
)


def test_quotes_are_of_the_text_that_may_be_shown(make_story: Make) -> None:
    told = quoting("Дорогу построят к весне", "А мост потом")
    excerpt = view(make_story(blocks=BLOCKS, attribution=told))
    assert excerpt.text == "Первый абзац открывает новость."
    assert [quote.text for quote in excerpt.quotes] == ["Дорогу построят к весне"]
    full = view(make_story(AKORDA, blocks=BLOCKS, attribution=told))
    assert [quote.text for quote in full.quotes] == ["Дорогу построят к весне", "А мост потом"]
    headline = view(
        make_story(HEADLINES, blocks=BLOCKS, attribution=told, images=(Image(url="https://a.kz/1.jpg"),))
    )
    assert (headline.text, headline.quotes, headline.picture) == ("", (), None)


def test_a_quote_is_not_told_twice(make_story: Make) -> None:
    block = Block(kind="paragraph", text="«Дорогу построят к весне», – сказал он.")
    shown = view(make_story(AKORDA, blocks=(block,), attribution=quoting("Дорогу построят к весне")))
    assert shown.quotes == ()
    many = tuple(Block(kind="paragraph", text=f"Сказано {n}.") for n in range(9))
    told = view(make_story(AKORDA, blocks=many, attribution=quoting(*(f"Сказано {n}" for n in range(1, 9)))))
    assert len(told.quotes) == MAX_QUOTES


@pytest.mark.parametrize(
    ("speaker", "person", "named"),
    [
        ("Ерлан Сабитов", "Ерлан Сабитов", "Ерлан Сабитов"),
        ("Сабитов", "Ерлан Сабитов", "Ерлан Сабитов"),
        ("министр", "Ерлан Сабитов", "министр (Ерлан Сабитов)"),
        ("министр", None, "министр"),
    ],
)
def test_speakers(make_story: Make, speaker: str, person: str | None, named: str) -> None:
    told = quoting("А мост потом", speaker=speaker, person=person)
    assert view(make_story(AKORDA, blocks=BLOCKS, attribution=told)).quotes[0].speaker == named


def test_a_day_stays_a_day_and_a_time_says_whose_it_is(make_story: Make) -> None:
    at = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    timed = view(make_story(published=moment(at)))
    assert timed.day == date(2026, 11, 25)  # by the outlet's clock
    assert timed.when.machine == "2026-11-25T01:30+05:00"
    assert timed.when.own == "25 November 2026, 01:30, Almaty"
    day = view(make_story(published=moment(datetime(2026, 11, 23, 19, 0, tzinfo=UTC), "day")), "ru")
    assert (day.when.machine, day.when.text, day.when.own) == ("2026-11-24", "24 ноября 2026\u202fг.", "")
    undated = view(make_story(published=None))
    assert not undated.dated
    assert undated.when.machine == "2026-11-25T11:00+05:00"


def test_no_time_is_in_the_future(make_story: Make) -> None:
    shown = view(make_story(published=moment(datetime(2027, 1, 1, tzinfo=UTC))))
    assert shown.when.machine <= "2026-11-25T14:00+05:00"


def relayed(make_story: Make, **more: Any) -> Story:
    """Akorda's own article, and two outlets with theirs: one credits Akorda, one credits nobody."""
    chain = attribution(credit("inbusiness.kz", "inbusiness", "relay"), credit("Акорда", "akorda", "origin"))
    at = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    relay = make_story(INBUSINESS, 2, attribution=chain, published=moment(at.replace(minute=35))).lead
    silent = make_story(HEADLINES, 3, published=moment(at.replace(minute=50))).lead
    own = attribution(credit("Акорда", "akorda", "origin"))
    return make_story(AKORDA, 1, others=(relay, silent), attribution=own, published=moment(at), **more)


def test_who_passed_it_on_is_drawn_on_evidence_alone(make_story: Make) -> None:
    shown = view(relayed(make_story))
    assert shown.chain is not None
    assert [(dot.kind, dot.lines[0].text) for dot in shown.chain.dots] == [
        ("origin", "Акорда"),
        ("other", "inbusiness.kz"),
    ]
    assert [lag.text for lag in shown.chain.lags] == ["35 min"]
    assert shown.pace == "inbusiness.kz + 35 min"
    assert shown.passed == ("inbusiness.kz",)
    assert shown.outlets == 3
    assert [telling.outlet for telling in shown.tellings] == ["Akorda", "inbusiness.kz", "Станок"]


def test_the_article_linked_ends_the_chain(make_story: Make) -> None:
    chain = attribution(
        credit("Курсив", "kursiv", "relay"),
        credit("Telegram", "telegram", "via"),
        credit("Минфин", "minfin", "origin"),
        also=(credit("Нацбанк", "nationalbank", "origin"),),
    )
    shown = view(make_story(attribution=chain))
    assert shown.chain is not None
    assert [(dot.kind, dot.lines[0].text) for dot in shown.chain.dots] == [
        ("origin", "Минфин"),
        ("also", "Нацбанк"),
        ("via", "Telegram"),
        ("relay", "Курсив"),
        ("here", "inbusiness.kz"),
    ]


def test_an_outlet_that_reported_itself_has_nothing_to_draw(make_story: Make) -> None:
    assert view(make_story()).chain is None


def test_versions_are_bounded_and_their_addresses_too(make_story: Make) -> None:
    others = tuple(make_story(AKORDA, n).lead for n in range(2, 60))
    long = make_story(AKORDA, 60, canonical_url="https://www.akorda.kz/" + "a" * 2000).lead
    assert len(view(make_story(others=others)).tellings) == MAX_VERSIONS
    assert len(view(make_story(others=(long,))).tellings) == 1


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://a.kz/1.jpg", "a.kz"),
        ("http://a.kz/1.jpg", None),
        ("https://a.kz:8443/1.jpg", None),
        ("https://[2001:db8::1]/1.jpg", None),
        ("https://a_b.kz/1.jpg", None),
        ("https://a.kz;script-src/1.jpg", None),
    ],
)
def test_pictures_are_shown_from_hosts_that_a_policy_can_name(url: str, host: str | None) -> None:
    assert showable_host(url) == host


def test_pictures_keep_their_credit(make_story: Make) -> None:
    images = (
        Image(url="https://mc.yandex.ru/watch/1", alt=""),
        Image(url="https://inbusiness.kz/i/1.jpg", caption="Новость номер 1", credit="Дина Есимова"),
    )
    picture = view(make_story(AKORDA, images=images)).picture
    assert picture is not None
    assert (picture.host, picture.description, picture.credit) == ("inbusiness.kz", "", "Фото: Дина Есимова")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.minfin.gov.kz/news/7", "minfin.gov.kz"),
        ("https://inbusiness.kz/news/7", None),  # the outlet's own
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_the_origin_is_linked_where_it_is_found(make_story: Make, url: str | None, found: str | None) -> None:
    chain = attribution(credit("Минфин", "minfin-of-nowhere", "origin", url))
    source = view(make_story(attribution=chain)).source
    assert (source.host if source else None) == found
    assert source is None or source.url == url


def test_authors_are_named_and_the_outlet_is_none(make_story: Make) -> None:
    assert view(make_story(author="Алия Нурланова, Ерлан Сабитов")).byline == "Алия Нурланова, Ерлан Сабитов"
    assert view(make_story()).byline == ""


@pytest.mark.parametrize(
    ("lang", "left"),
    [
        ("kk-Arab", True),
        ("kk-Arab-CN", True),
        ("kk", False),
        ("kk-Latn", False),
        ("ar", True),
        ("ug-Cyrl", False),
    ],
)
def test_the_direction_of_a_text(make_story: Make, lang: str, left: bool) -> None:
    assert view(make_story(lang=lang)).rtl is left


def test_a_language_that_is_none_is_undetermined(make_story: Make) -> None:
    assert view(make_story(lang='x" onload=')).lang == "und"

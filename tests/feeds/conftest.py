"""A small day of news, made by hand: three outlets, three languages, every kind of terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from items import (
    Article,
    Attribution,
    Block,
    Credit,
    Image,
    Link,
    Moment,
    OutletFacts,
    Role,
    Stored,
    Story,
)

AKORDA = OutletFacts(
    name="akorda",
    title="Akorda",
    home="https://www.akorda.kz",
    hosts=("www.akorda.kz", "akorda.kz"),
    zone="Asia/Almaty",
    languages=("kk", "ru", "en"),
    terms="full",
    rights="© Akorda, with a link to the source",
    source="akorda",
)
INBUSINESS = OutletFacts(
    name="inbusiness",
    title="inbusiness.kz",
    home="https://inbusiness.kz",
    hosts=("inbusiness.kz",),
    zone="Asia/Almaty",
    languages=("ru", "kk"),
    terms="excerpt",
    rights="© inbusiness.kz",
    source="inbusiness",
)
HEADLINES = replace(
    INBUSINESS, name="stanok", title="Станок", home="https://stanok.kz", hosts=("stanok.kz",), source="stanok"
)
HEADLINES = replace(HEADLINES, terms="headline", rights="© Станок")
_STORED = ("first_seen", "revision", "revised", "changed", "slight", "headline_before")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def credit(name: str, source: str, role: Role, url: str | None = None) -> Credit:
    return Credit(
        name=name, source=source, role=role, confidence=0.9, evidence="", start=0, end=0, rule="test", url=url
    )


def attribution(*chain: Credit, photo: str | None = None, also: tuple[Credit, ...] = ()) -> Attribution:
    return Attribution(lang="kk", chain=chain, also=also, photo=photo, quotes=())


def moment(at: datetime, precision: Any = "minute") -> Moment:
    return Moment(at=at, precision=precision, zone="Asia/Almaty", raw=at.isoformat())


def story_of(
    outlet: OutletFacts = INBUSINESS, number: int = 1, others: tuple[Stored, ...] = (), **changed: Any
) -> Story:
    """A story of one article; keywords that an article has change the article, others what is stored."""
    seen = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    stored = {key: changed.pop(key) for key in _STORED if key in changed}
    at = datetime(2026, 11, 25, 5, number % 60, tzinfo=UTC)
    fields: dict[str, Any] = {
        "outlet": outlet.name,
        "url": f"{outlet.home}/news/{number}",
        "canonical_url": f"{outlet.home}/news/{number}",
        "lang": "ru",
        "headline": f"Новость номер {number}",
        "blocks": tuple(Block(kind="paragraph", text=f"Абзац {n} новости {number}.") for n in range(1, 5)),
        "published": moment(at),
    }
    lead = Stored(
        guid=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        article=Article(**{**fields, **changed}),
        outlet=outlet,
        last_seen=seen,
        **{"first_seen": seen, "revision": 1, **stored},
    )
    return Story(
        guid=lead.guid,
        lead=lead,
        members=(lead, *others),
        first_seen=lead.first_seen,
        changed=lead.revised or lead.first_seen,
    )


def day_of_news() -> list[Story]:
    """Four stories: an origin's own article in Kazakh, a relay in Russian, one in English, a headline."""
    relay = story_of(
        INBUSINESS,
        2,
        headline="Казахстан и соседи договорились о «зелёном» кабеле",
        lead="Три страны подписали соглашение о прокладке кабеля по дну Каспия.",
        author="Алия Нурланова, Ерлан Сабитов",
        section="Экономика",
        tags=("Каспий", "#Энергетика"),
        blocks=(
            Block(
                kind="paragraph",
                text="Об этом сообщила пресс-служба Акорды.",
                links=(Link(url="https://www.akorda.kz/ru/news/77", text="пресс-служба Акорды"),),
            ),
            Block(kind="paragraph", text="Работы начнутся в 2027 году & займут три года."),
            Block(kind="paragraph", text="Третий абзац остаётся на сайте издания."),
        ),
        attribution=attribution(
            credit("inbusiness.kz", "inbusiness", "relay"),
            credit("Telegram-канал", "telegram", "via"),
            credit("пресс-служба Акорды", "akorda", "origin", "https://www.akorda.kz/ru/news/77"),
            photo="akorda.kz",
        ),
        images=(
            Image(url="https://inbusiness.kz/i/2.jpg", alt="Подписание", credit="akorda.kz"),
            Image(url="https://inbusiness.kz/i/3.jpg", alt="Карта"),
        ),
        revision=2,
        revised=datetime(2026, 11, 25, 8, 30, tzinfo=UTC),
        changed=("headline", "body"),
        headline_before="Казахстан договорился о кабеле",
    )
    origin = story_of(
        AKORDA,
        1,
        others=(relay.lead,),
        lang="kk",
        headline="Үш ел «жасыл» кабель туралы келісімге қол қойды",
        blocks=(
            Block(kind="paragraph", text="Мемлекет басшысы құжатқа қол қойды."),
            Block(kind="subhead", text="Не өзгереді", level=3),
            Block(kind="item", text="Бірінші кезең"),
            Block(kind="item", text="Екінші кезең"),
            Block(kind="row", text="Жыл | ГВт"),
            Block(kind="row", text="2027 | 4"),
            Block(kind="quote", text="Бұл – маңызды қадам."),
            Block(kind="preformatted", text="А\n  Б"),
        ),
        published=moment(datetime(2026, 11, 24, 19, 0, tzinfo=UTC), "day"),
        images=(
            Image(url="https://www.akorda.kz/a.jpeg", caption="Қол қою рәсімі", credit="Ақорда"),
            Image(url="/b.png", alt="Карта"),
        ),
    )
    english = story_of(
        AKORDA,
        3,
        lang="en",
        headline="Kazakhstan & partners sign an <energy> accord",
        attribution=attribution(credit("Reuters", "reuters", "origin")),
        blocks=(Block(kind="paragraph", text="The accord was signed on Wednesday. ]]> It's a start."),),
    )
    headline = story_of(
        HEADLINES,
        4,
        headline="Станкостроение выросло на треть",
        author="Тимур Оспанов",
        tags=("Промышленность",),
        lead="Лид, который условия издания оставляют ему.",
        images=(Image(url="https://stanok.kz/4.jpg", caption="Цех", credit="Станок"),),
    )
    return [english, origin, headline, relay]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def stories() -> list[Story]:
    return day_of_news()


@pytest.fixture
def make_story() -> Callable[..., Story]:
    return story_of

"""A hundred stories of every kind, in each format; and whose news their sentences say it is."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape

import feedparser
import pytest

from feeds.model import Channel, Entry, entry_of
from feeds.publish import FORMATS
from items import Block, Image, Stored, Story
from tests.feeds.conftest import AKORDA, HEADLINES, INBUSINESS, NOW, attribution, credit, moment, story_of

CHANNEL = Channel(
    title="A & B «C»",
    description="D",
    link="https://digest.example/",
    self_url="https://digest.example/digest",
)
TEXTS = (
    "Су тасқыны: әкімдік не дейді?",
    "Курс тенге < 500 & растёт",
    "Rates ‹up› “again”",
    "زۇرناليست قىتايدا تۇرادى",  # Kazakh in Arabic letters
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 beyond the first plane 🚆👩‍🚒",
    "e\u0301 decomposed, \u2028 parted, \x0b controlled, \ufffe none",
    "x" * 700,
    "Тег <video> енді & &amp; ]]> емес",
)


def hundred() -> list[Story]:
    """By one seed, so the same each time."""
    chance = random.Random(100)
    found = []
    for number in range(100):
        outlet = chance.choice((AKORDA, INBUSINESS, HEADLINES))
        origin = chance.choice((credit("Reuters", "reuters", "origin"), credit("ІІМ", "mvd", "origin")))
        relay = credit("Tengrinews", "tengrinews", "relay")
        at = NOW - timedelta(minutes=chance.randrange(60 * 24 * 40))
        other = story_of(chance.choice((AKORDA, INBUSINESS)), 1000 + number, headline=chance.choice(TEXTS))
        revised = number % 7 == 0
        found.append(
            story_of(
                outlet,
                number,
                others=(other.lead,) if number % 3 == 0 else (),
                lang=chance.choice(("kk", "ru", "en", "uz-Cyrl", "kk-Arab", "zh-Hans", "")),
                headline=f"{chance.choice(TEXTS)} {number}",
                lead=chance.choice((None, *TEXTS)),
                author=chance.choice((None, "Айгерім Сапарова, А. <b>Б</b>")),
                tags=chance.choices(TEXTS, k=3),
                blocks=tuple(Block(kind="paragraph", text=chance.choice(TEXTS)) for _ in range(number % 6)),
                published=None if number % 11 == 0 else moment(at, chance.choice(("minute", "day"))),
                images=tuple(
                    Image(url=f"https://a.kz/{number}/{n}.jpg?w=1&h=2", alt=chance.choice(TEXTS), credit=name)
                    for n, name in enumerate(chance.choices((None, "Reuters / A. Name", "<b>"), k=number % 4))
                ),
                attribution=None if number % 5 == 0 else attribution(relay, origin, photo="Reuters"),
                first_seen=at + timedelta(minutes=5),
                revision=2 if revised else 1,
                revised=min(NOW, at + timedelta(hours=3)) if revised else None,
                changed=("headline", "body") if revised else (),
                headline_before="Бұрынғы" if revised else None,
            )
        )
    return found


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [entry_of(story, NOW) for story in hundred()]


def test_a_hundred_stories_are_valid_in_every_format_and_say_the_same(entries: list[Entry]) -> None:
    told = {}
    for name, form in FORMATS.items():
        channel = replace(CHANNEL, self_url=f"{CHANNEL.self_url}{form.ending}")
        problems: list[object] = []
        data = form.render(channel, entries, problems.append)
        assert (problems, form.problems(data)) == ([], []), name
        told[name] = _read(data) if name != "json" else _read_json(data)
        assert form.render(channel, list(reversed(entries)), None) == data
    assert told["rss"] == told["atom"] == told["json"]
    assert len(told["rss"]) == 100
    dates = [each[3] for each in told["rss"]]
    assert dates == sorted(dates, reverse=True)
    assert max(dates) <= NOW.isoformat()


Told = tuple[str, str, str, str, str, tuple[str, ...]]


def _read(data: bytes) -> list[Told]:
    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo
    return [
        (
            entry.id,
            entry.title,
            entry.link,
            _when(entry.published_parsed),
            _when(entry.updated_parsed),
            tuple(content["url"] for content in entry.get("media_content", ())),
        )
        for entry in parsed.entries
    ]


def _read_json(data: bytes) -> list[Told]:
    return [
        (
            item["id"],
            item["title"],
            item["url"],
            item["date_published"],
            item["date_modified"],
            tuple(image["url"] for image in item["_jarshy"].get("images", ())),
        )
        for item in json.loads(data)["items"]
    ]


def _when(parsed: tuple[int, ...]) -> str:
    year, month, day, hour, minute, second = parsed[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()


def test_every_entry_opens_with_its_sentence_and_every_picture_has_its_credit(entries: list[Entry]) -> None:
    for entry in entries:
        said = f"<em>{escape(entry.sentence, quote=False)}</em></p>"
        own = {"kk-Arab": "kk", "zh-Hans": "en", "uz-Cyrl": "en", "und": "en"}.get(entry.lang)
        assert entry.content.startswith(f'<p lang="{own}">{said}' if own else f"<p>{said}")
        assert entry.content.count("<figure>") == len(entry.pictures)
        credited = [picture for picture in entry.pictures if picture.credit]
        figures = entry.content.split("<figure>")[1:]
        for picture, figure in zip(entry.pictures, figures, strict=True):
            if picture.credit:
                words = escape(picture.credit, quote=False)
                assert words in figure.partition("</figure>")[0]
                assert words in escape(entry.sentence, quote=False)
        assert len(credited) <= len(figures)


def member(outlet: str, *chain: object, lang: str = "ru", number: int = 50) -> Stored:
    facts = replace(
        INBUSINESS, name=outlet, source=outlet, hosts=(f"{outlet}.kz",), home=f"https://{outlet}.kz"
    )
    read = attribution(*chain) if chain else None  # type: ignore[arg-type]
    return story_of(facts, number, lang=lang, attribution=read).lead


REUTERS, AP = credit("Reuters", "reuters", "origin"), credit("Associated Press", "ap", "origin")
KURSIV = credit("Курсив", "kursiv", "origin")
OWN = credit("zakon.kz", "zakon", "origin")
VIA_KURSIV = credit("Курсив", "kursiv", "relay")
ALL_AGREE = "Первоисточник: Reuters. Пересказ: inbusiness.kz."


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([], ALL_AGREE, id="told once"),
        pytest.param([member("zakon", REUTERS)], ALL_AGREE, id="agreed"),
        pytest.param([member("zakon", OWN)], ALL_AGREE, id="another's own report"),
        pytest.param([member("zakon")], ALL_AGREE, id="another that was not read"),
        pytest.param(
            [member("zakon", AP)],
            f"{ALL_AGREE} Первоисточник по другим изданиям: Associated Press.",
            id="contested",
        ),
        pytest.param(
            [member("zakon", KURSIV), member("tengri", AP, number=51), member("qaz", AP, number=52)],
            f"{ALL_AGREE} Первоисточник по другим изданиям: Associated Press, Курсив.",
            id="by several: most outlets first",
        ),
        pytest.param([replace(member("zakon", AP), outlet=INBUSINESS)], ALL_AGREE, id="by the lead's outlet"),
    ],
)
def test_a_contested_origin_is_told(others: list[Stored], expected: str) -> None:
    lead = attribution(credit("inbusiness.kz", "inbusiness", "relay"), REUTERS)
    story = story_of(INBUSINESS, 1, others=tuple(others), attribution=lead)
    assert entry_of(story, NOW).sentence == expected


def test_a_relay_that_another_takes_for_the_origin_contests_nothing() -> None:
    lead = attribution(credit("inbusiness.kz", "inbusiness", "relay"), VIA_KURSIV, REUTERS)
    story = story_of(INBUSINESS, 1, others=(member("zakon", KURSIV),), attribution=lead)
    assert entry_of(story, NOW).sentence == "Первоисточник: Reuters. Пересказ: inbusiness.kz, Курсив."


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("kk", "Дереккөз: inbusiness.kz. Басқа басылымдар бойынша алғаш хабарлаған: Associated Press."),
        ("ru", "Источник: inbusiness.kz. Первоисточник по другим изданиям: Associated Press."),
        (
            "en",
            "Reported by: inbusiness.kz. According to other outlets, first reported by: Associated Press.",
        ),
    ],
)
def test_it_is_told_in_the_entrys_language_whatever_the_others(lang: str, expected: str) -> None:
    story = story_of(INBUSINESS, 1, others=(member("zakon", AP, lang="en"),), lang=lang)
    assert entry_of(story, NOW).sentence == expected


def test_a_caption_that_is_the_headline_is_not_shown_twice(make_story: Callable[..., Story]) -> None:
    pictures = (Image(url="https://a.kz/1.jpg", alt="Зал", caption="Новость номер 1.", credit="Reuters"),)
    content = entry_of(make_story(images=pictures), NOW).content
    assert "<figcaption>Фото: Reuters</figcaption>" in content
    bare = entry_of(make_story(images=(replace(pictures[0], credit=None),)), NOW).content
    assert "<figcaption>" not in bare
    assert 'alt="Зал"' in bare

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir

import feeds.page
from feeds.page.words import (
    INTERFACES,
    catalogue,
    date_forms,
    duration,
    interface,
    language_name,
    local_time,
    long_date,
    month_name,
    place,
    short_date,
    translations,
)

ROOM = Path(feeds.page.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "say": None, "ngettext": (1, 2), "ungettext": (1, 2)}


def said() -> set[str | tuple[str, ...]]:
    """Give every message that templates and modules ask for."""
    options = {"templates/**.html": {"trimmed": "false"}}
    found = extract_from_dir(ROOM, METHODS, options, KEYWORDS, callback=None)
    return {
        message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found if message
    }


def messages(lang: str) -> Iterator[Message]:
    return (message for message in catalogue(lang) if message.id)


@pytest.mark.parametrize("lang", INTERFACES)
def test_every_message_is_translated_and_none_is_left_over(lang: str) -> None:
    known = {message.id if isinstance(message.id, str) else tuple(message.id) for message in messages(lang)}
    assert known == said()
    for message in messages(lang):
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(text.strip() for text in texts), message.id
        assert not message.fuzzy
        assert list(message.check(catalogue(lang))) == []


@pytest.mark.parametrize("lang", INTERFACES)
def test_translations_keep_what_is_filled_in(lang: str) -> None:
    holes = re.compile(r"%\(\w+\)s|\{\w+\}")
    for message in messages(lang):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        for text in texts:
            assert set(holes.findall(text)) == set(holes.findall(ids[-1])), message.id


@pytest.mark.parametrize("lang", INTERFACES)
def test_plural_forms_are_those_of_the_language(lang: str) -> None:
    forms: dict[str, set[str]] = {}
    for count in range(400):
        told = translations(lang).ungettext("%(count)s story", "%(count)s stories", count)
        forms.setdefault(Locale(lang).plural_form(count), set()).add(told)
    assert all(len(texts) == 1 for texts in forms.values()), forms
    assert catalogue(lang).num_plurals == len(forms)


def test_a_few_of_them() -> None:
    say = translations("ru")
    told = [
        say.ungettext("%(count)s story", "%(count)s stories", n) % {"count": n} for n in (1, 3, 11, 21, 25)
    ]
    assert told == ["1 новость", "3 новости", "11 новостей", "21 новость", "25 новостей"]
    assert translations("kk").gettext("Search") == "Іздеу"


def test_catalogues_are_utf8_and_tidy() -> None:
    for lang in INTERFACES:
        data = (ROOM / "locale" / f"{lang}.po").read_bytes()
        assert b"\r" not in data
        BytesIO(data).read().decode("utf-8")


def test_dates_by_language() -> None:
    day = date(2026, 11, 25)
    assert [long_date(day, lang) for lang in ("en", "ru")] == [
        "Wednesday, 25 November 2026",
        "Среда, 25 ноября 2026\u202fг.",
    ]
    assert short_date(day, "en") == "25 November 2026"
    assert "қараша" in long_date(day, "kk")
    forms = [date_forms(lang)[10].format(d=25, y=2026) for lang in INTERFACES]
    assert forms == [short_date(day, lang) for lang in INTERFACES]
    assert month_name(day, "ru") == "Ноябрь 2026\u202fг."
    moment = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
    assert local_time(moment, "Asia/Almaty", "en") == "25 November 2026, 14:05"
    assert [place("Asia/Almaty", lang) for lang in INTERFACES] == ["Алматы", "Алматы", "Almaty"]


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(seconds=59), ""),
        (timedelta(hours=-2), ""),
        (timedelta(minutes=35), "35 мин"),
        (timedelta(hours=1, minutes=35), "1 ч 35 мин"),
        (timedelta(hours=3), "3 ч"),
        (timedelta(days=2, minutes=5), "2 дн."),
        (timedelta(days=40), ""),
    ],
)
def test_durations(length: timedelta, told: str) -> None:
    assert duration(length, "ru") == told


def test_languages_name_themselves() -> None:
    assert [language_name(lang) for lang in ("kk", "ru", "en", "ky")] == [
        "Қазақша",
        "Русский",
        "English",
        "Кыргызча",
    ]
    assert language_name("zz") == "zz"
    assert [interface(lang) for lang in ("kk", "ru", "uz", None)] == ["kk", "ru", "en", "en"]

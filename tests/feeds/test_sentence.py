from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from feeds.sentence import phrases, revision_line, sentence
from items import Attribution, Credit, OutletFacts, Role

OUTLET = OutletFacts(
    name="inbusiness",
    title="Inbusiness",
    home="https://inbusiness.kz",
    hosts=("www.inbusiness.kz", "inbusiness.kz"),
    zone="Asia/Almaty",
    languages=("ru", "kk"),
    source="inbusiness",
)


def link(name: str, source: str, role: Role) -> Credit:
    return Credit(
        name=name, source=source, role=role, confidence=1.0, evidence="", start=0, end=0, rule="test"
    )


RELAY = link("inbusiness.kz", "inbusiness", "relay")


def chain(*links: Credit, photo: str | None = None, also: tuple[Credit, ...] = ()) -> Attribution:
    return Attribution(lang="ru", chain=links, also=also, photo=photo, quotes=())


@pytest.mark.parametrize(
    ("lang", "attribution", "expected"),
    [
        (
            "kk",
            chain(RELAY, link("Ақорданың баспасөз қызметі", "akorda", "origin"), photo="akorda.kz"),
            "Алғаш хабарлаған: Ақорданың баспасөз қызметі. Жеткізген: inbusiness.kz. Сурет: akorda.kz.",
        ),
        (
            "ru",
            chain(RELAY, link("пресс-служба Акорды", "akorda", "origin"), photo="akorda.kz"),
            "Первоисточник: пресс-служба Акорды. Пересказ: inbusiness.kz. Фото: akorda.kz.",
        ),
        (
            "en",
            chain(RELAY, link("Akorda press service", "akorda", "origin"), photo="akorda.kz"),
            "First reported by: Akorda press service. Relayed by: inbusiness.kz. Photo: akorda.kz.",
        ),
        (
            "en-GB",
            chain(RELAY, link("X", "x", "relay"), link("Y Inc.", "y", "origin")),
            "First reported by: Y Inc. Relayed by: inbusiness.kz, X.",
        ),
        (
            "kk",
            chain(link("Telegram", "telegram", "via"), link("ІІМ", "mvd", "origin")),
            "Алғаш хабарлаған: ІІМ (Telegram арқылы). Жеткізген: inbusiness.kz.",
        ),
        ("ru", chain(link("inbusiness.kz", "inbusiness", "origin")), "Источник: inbusiness.kz."),
        ("kk", None, "Дереккөз: inbusiness.kz."),
        ("tr", None, "Reported by: inbusiness.kz."),
        (
            "ru",
            chain(link("МЧС", "mchs", "origin"), also=(link("ДП", "dp", "origin"),)),
            "Первоисточник: МЧС. Пересказ: inbusiness.kz. Другие источники: ДП.",
        ),
        ("en", chain(link(" ", "blank", "origin")), "Reported by: inbusiness.kz."),
        (
            "en",
            chain(link("<img src=x onerror=1>{0}", "x", "origin")),
            "First reported by: < img src=x onerror=1>{0}. Relayed by: inbusiness.kz.",
        ),
    ],
)
def test_sentence_names_everyone(lang: str, attribution: Attribution | None, expected: str) -> None:
    assert sentence(lang, attribution, OUTLET) == expected


def display_function(credit: Credit, lang: str) -> str | None:
    return {"mvd": {"ru": "МВД Казахстана"}}.get(credit.source, {}).get(lang)


@pytest.mark.parametrize("display", [{"mvd": {"ru": "МВД Казахстана"}}, display_function])
def test_known_names_stand_in_the_nominative(
    display: dict[str, dict[str, str]] | Callable[[Credit, str], str | None],
) -> None:
    said = chain(link("пресс-службе МВД", "mvd", "origin"))
    assert sentence("ru", said, OUTLET, display=display).startswith("Первоисточник: МВД Казахстана.")
    assert sentence("kk", said, OUTLET, display=display).startswith("Алғаш хабарлаған: пресс-службе МВД.")


def test_photographers_are_named_once() -> None:
    said = sentence("en", chain(photo="akorda.kz"), OUTLET, photos=["akorda.kz", "A. Kim"])
    assert said.endswith("Photo: akorda.kz, A. Kim.")


def test_revision_line_is_in_the_outlets_zone() -> None:
    before, after = datetime(2024, 2, 28, 18, 30, tzinfo=UTC), datetime(2024, 3, 2, 18, 30, tzinfo=UTC)
    assert revision_line("ru", before, "Asia/Almaty") == "Редакция обновила материал 29.02.2024, 00:30."
    assert revision_line("en", after, "Asia/Almaty").endswith("on 2024-03-02, 23:30.")


def test_every_language_has_every_formula() -> None:
    keys = {lang: set(phrases(lang)) for lang in ("kk", "ru", "en")}
    assert keys["kk"] == keys["ru"] == keys["en"]


def test_revision_line_says_what_changed() -> None:
    at = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    told = revision_line(
        "ru", at, "Asia/Almaty", changed=("headline", "lead", "body"), before="Погибли <b>12</b>"
    )
    assert told == (
        "Редакция обновила материал 25.11.2026, 09:00: заголовок, текст. "
        "Прежний заголовок: «Погибли < b>12< /b>»."
    )
    assert revision_line("kk", at, "UTC", changed=("body",)).endswith("(25.11.2026, 04:00): мәтін.")
    assert revision_line("en", at, "UTC", changed=("mood",)).endswith("on 2026-11-25, 04:00.")

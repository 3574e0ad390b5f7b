"""Stories: what belongs together does, and what only looks alike does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.likeness import Account, Verdict, decide_story, fold_name

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)

ORIGIN = """Глава государства принял министра транспорта
Президент заслушал отчет министра транспорта Асхата Бекмуратова о подготовке к зиме.
По словам министра, на трассе Караганда – Балхаш обновлено 214 километров покрытия.
Работают 38 снегоочистителей.
Глава государства поручил завершить установку 1 200 дорожных знаков до конца месяца."""
RELAY_KK = """Қарағанды жолында 38 қар тазалағыш жұмыс істейді
Қарағанды – Балқаш тасжолында 214 шақырым жол жаңартылды, деп хабарлады Ақорданың баспасөз қызметі.
Министр Асхат Бекмұратовтың айтуынша, ай соңына дейін 1 200 жол белгісі орнатылады."""
OTHER_EVENT = """Глава государства принял министра здравоохранения
Президент заслушал отчет министра здравоохранения Марата Сулейменова о сельских больницах.
По словам министра, открыто 17 пунктов скорой помощи, в Туркестанской области работают 46 врачей.
Глава государства поручил увеличить доплату медсестрам."""


def account(
    key: str,
    text: str,
    *,
    outlet: str = "inbusiness",
    lang: str = "ru",
    origin: str = "akorda",
    hours: float = 0,
) -> Account:
    speaker = outlet
    return Account(
        key=key,
        outlet=outlet,
        lang=lang,
        at=NOON + timedelta(hours=hours),
        speaker=speaker,
        origin=origin,
        text=text,
    )


AKORDA = account("a", ORIGIN, outlet="akorda")
HEALTH = account("h", OTHER_EVENT, outlet="akorda", hours=1)
STORIES = {"a": "transport", "h": "health"}


def decided(article: Account, *others: Account, stories: dict[str, str] | None = None) -> Verdict | None:
    return decide_story(article, others or (AKORDA, HEALTH), stories or STORIES)


def test_a_relay_in_another_language_finds_its_origin_among_the_day_s_events() -> None:
    found = decided(account("r", RELAY_KK, lang="kk"))
    assert found is not None
    assert (found.story, found.reason) == ("transport", "relay")
    assert "214" in found.evidence


def test_the_order_of_arrival_does_not_matter() -> None:
    relay = account("r", RELAY_KK, lang="kk")
    found = decided(AKORDA, relay, stories={"r": "relayed"})
    assert found is not None
    assert (found.story, found.reason) == ("relayed", "relay")


def test_relays_of_one_event_meet_in_their_origin() -> None:
    one = account("1", RELAY_KK, lang="kk")
    two = account("2", ORIGIN.replace("Глава государства", "Президент"), outlet="tengrinews")
    found = decided(AKORDA, one, two, stories={"1": "first", "2": "second"})
    assert found is not None
    assert {found.story, *found.also} == {"first", "second"}


def test_another_event_of_the_same_office_stays_apart() -> None:
    assert decided(HEALTH, AKORDA, stories={"a": "transport"}) is None
    relay = account("r", OTHER_EVENT.replace("17", "19").replace("46", "52"))
    found = decided(relay, AKORDA, stories={"a": "transport"})
    assert found is None


def test_without_a_common_source_only_a_near_copy_joins() -> None:
    same_facts = account("r", RELAY_KK, lang="kk", origin="inbusiness")
    assert decided(same_facts) is None
    copy = account("c", ORIGIN.replace("Караганда – Балхаш", "Балхаш – Караганда"), origin="inbusiness")
    found = decided(copy)
    assert found is not None
    assert (found.story, found.reason) == ("transport", "near-copy")


def test_the_same_words_of_other_people_are_no_copy() -> None:
    visit = """Президент Финляндии Александр Стубб прибыл в Казахстан с официальным визитом
В аэропорту гостя встретили министр иностранных дел и аким города. Запланированы переговоры о науке,
откроется бизнес-форум. Стубб посетит национальный музей. По итогам будет подписан ряд документов."""
    other = visit.replace("Финляндии Александр Стубб", "Эстонии Алар Карис").replace("Стубб", "Карис")
    one = account("1", visit, outlet="kazinform", origin="kazinform")
    assert decided(account("2", other), one, stories={"1": "first"}) is None
    copied = visit.replace("национальный", "Национальный")
    assert decided(account("2", copied), one, stories={"1": "first"}) is not None


def test_a_title_alone_never_merges() -> None:
    title = ORIGIN.partition("\n")[0]
    other = account("t", f"{title}\nВстреча прошла в рабочем порядке, подробности обещают позже.")
    assert decided(other) is None
    assert decided(account("t", f"{title}\n{OTHER_EVENT}", origin="kazinform"), AKORDA) is None


@pytest.mark.parametrize(("hours", "joined"), [(47, True), (49, False), (-47, True), (-49, False)])
def test_two_days_are_the_window(hours: float, joined: bool) -> None:
    assert (decided(account("r", RELAY_KK, lang="kk", hours=hours), AKORDA) is not None) == joined


def test_one_outlet_tells_an_event_once_in_a_language() -> None:
    first = account("1", RELAY_KK, lang="kk")
    second = account("2", RELAY_KK.replace("жаңартылды", "жөнделді").replace("214", "215"), lang="kk")
    found = decided(second, first, stories={"1": "first"})
    assert found is None


def test_names_meet_across_languages() -> None:
    for names in (
        ("Қызылорда", "Кызылорда", "Kyzylorda"),
        ("Тоқаев", "Токаев", "Tokayev"),
        ("Шымкент", "Shymkent"),
        ("Жезқазған", "Жезказган", "Zhezkazgan"),
    ):
        assert len({fold_name(name)[:5] for name in names}) == 1, names

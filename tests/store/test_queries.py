from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from items import Block, Quote
from pipelines.store import Store
from tests.store.pages import DAY, HOUR, NOW, article, credit, moment, page, reading

QUERIES = Path(__file__).parents[2] / "data" / "queries"

AKORDA_SAYS = Quote(
    speaker="Тоқаевтың", person="tokayev", text="Су – өмір көзі", verb="деді", start=0, end=14
)


@pytest.fixture
def filled(store: Store) -> Store:
    """One event told by akorda and passed on twice, one story of inbusiness's own, one correction."""
    akorda, inbusiness = store.begin_crawl("akorda", NOW), store.begin_crawl("inbusiness", NOW)
    own = reading(credit("Ақорда", "akorda"), quotes=(AKORDA_SAYS,))
    relayed = reading(
        credit("inbusiness.kz", "inbusiness", "relay"), credit("Акорда", "akorda", confidence=0.7)
    )
    nobody = reading(credit("inbusiness.kz", "inbusiness", confidence=1.0))
    first = store.keep(page(article("kk/a", attribution=own, published=moment(NOW - 5 * HOUR))), akorda)
    story = store.assign(first.guid or "", None, "first")
    for n, late in enumerate((HOUR, 3 * HOUR)):
        relay = article(
            f"ru/last/{n}", "inbusiness", attribution=relayed, published=moment(NOW - 5 * HOUR + late)
        )
        kept = store.keep(page(relay), inbusiness)
        store.assign(kept.guid or "", story, "same event")
    alone = article("ru/last/9", "inbusiness", attribution=nobody, headline="Бағам өсті")
    store.keep(page(alone), inbusiness)
    corrected = replace(alone, headline="Бағам төмендеді", blocks=(Block(kind="paragraph", text="Қысқа"),))
    store.keep(page(corrected, NOW + DAY), inbusiness)
    return store


def ask(store: Store, name: str, **parameters: str) -> list[dict[str, Any]]:
    return list(store._db.query((QUERIES / f"{name}.sql").read_text(encoding="utf-8"), parameters))


def test_who_is_credited_first(filled: Store) -> None:
    assert ask(filled, "credited_first") == [
        {"source": "akorda", "source_name": "Akorda", "articles": 2, "outlets": 1, "confidence": 0.7}
    ]


def test_how_long_a_relay_takes(filled: Store) -> None:
    assert ask(filled, "relay_lag") == [
        {
            "outlet": "inbusiness",
            "origin": "akorda",
            "articles": 2,
            "timed": 2,
            "minutes": 120.0,
            "within_a_day": 2,
        }
    ]


def test_a_day_is_no_time_of_day(filled: Store) -> None:
    stored = filled._db
    stored.execute("UPDATE revisions SET published_precision = 'day' WHERE id = 1")
    (row,) = ask(filled, "relay_lag")
    assert (row["timed"], row["minutes"], row["within_a_day"]) == (0, None, 2)


def test_who_credits_and_who_does_not(filled: Store) -> None:
    assert ask(filled, "credit_habits") == [
        {"outlet": "inbusiness", "articles": 3, "credit_others": 2, "credit_nobody": 1, "per_cent": 66.7},
        {"outlet": "akorda", "articles": 1, "credit_others": 0, "credit_nobody": 1, "per_cent": 0.0},
    ]


def test_what_was_corrected(filled: Store) -> None:
    (row,) = ask(filled, "corrections")
    assert (row["headline_before"], row["headline_after"]) == ("Бағам өсті", "Бағам төмендеді")
    assert (row["revision"], row["reason"]) == (2, "changed: headline, body")
    assert (row["characters_after"], row["hours_after_first_seen"]) == (5, 24.0)


def test_what_a_person_said(filled: Store) -> None:
    (row,) = ask(filled, "quotes_of_a_person", person="токаев")
    assert (row["speaker"], row["verb"], row["text"]) == ("Тоқаевтың", "деді", "Су – өмір көзі")
    assert ask(filled, "quotes_of_a_person", person="назарбаев") == []


def test_every_query_is_asked_here() -> None:
    asked = Path(__file__).read_text(encoding="utf-8")
    names = {path.stem for path in QUERIES.glob("*.sql")}
    assert len(names) >= 5
    assert {name for name in names if f'"{name}"' not in asked} == set()


def test_who_relayed_whom_and_how_long_after(filled: Store) -> None:
    rows = list(filled._db.query("SELECT * FROM v_relays ORDER BY lag_seconds"))
    assert [(row["outlet"], row["role"], row["source"], row["held_outlet"]) for row in rows] == [
        ("inbusiness", "origin", "akorda", "akorda")
    ] * 2
    assert [row["lag_seconds"] for row in rows] == [3600, 3 * 3600]
    assert [row["contested"] for row in rows] == [0, 0]
    assert {row["held_url"] for row in rows} == {"https://www.akorda.kz/kk/a"}


def test_an_origin_that_came_later_and_credits_us_is_contested(store: Store) -> None:
    akorda, inbusiness = store.begin_crawl("akorda", NOW), store.begin_crawl("inbusiness", NOW)
    ours = reading(credit("Акорда", "akorda"))
    theirs = reading(credit("inbusiness.kz", "inbusiness"))
    first = store.keep(
        page(article("ru/last/1", "inbusiness", attribution=ours, published=moment(NOW - 5 * HOUR))),
        inbusiness,
    )
    story = store.assign(first.guid or "", None, "first")
    later = store.keep(page(article("ru/a", attribution=theirs, published=moment(NOW - HOUR))), akorda)
    store.assign(later.guid or "", story, "same event")
    rows = {row["outlet"]: row for row in store._db.query("SELECT * FROM v_relays")}
    assert (rows["inbusiness"]["lag_seconds"], rows["inbusiness"]["contested"]) == (-4 * 3600, 1)
    assert (rows["akorda"]["lag_seconds"], rows["akorda"]["contested"]) == (4 * 3600, 0)

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from items import Block, Image, Problem, Quote
from pipelines.store import Store, questions, tallies
from tests.store.pages import DAY, HOUR, NOW, article, credit, moment, page, reading

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
    (question,) = (each for each in questions.listed() if each.name == name)
    answer = questions.ask(store._db, question, parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


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
    with tallies.kept(stored, [1]):
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


def test_a_person_is_asked_for_in_any_spelling(filled: Store) -> None:
    assert ask(filled, "quotes_of_a_person", person="ТОҚАЕВ") == ask(
        filled, "quotes_of_a_person", person="токаев"
    )


def test_who_passes_on_whose_news(filled: Store) -> None:
    (row,) = ask(filled, "who_relays_whom")
    assert row == {
        "outlet": "inbusiness",
        "source": "akorda",
        "source_name": "Akorda",
        "role": "origin",
        "articles": 2,
        "confidence": 0.7,
    }


def test_who_has_a_story_first(filled: Store) -> None:
    assert ask(filled, "first_in_story") == [
        {"outlet": "akorda", "stories": 1, "first": 1, "per_cent": 100.0},
        {"outlet": "inbusiness", "stories": 1, "first": 0, "per_cent": 0.0},
    ]


def test_which_stories_most_outlets_told(filled: Store) -> None:
    row, *_ = ask(filled, "most_told")
    assert (row["outlets"], row["articles"], row["languages"]) == (2, 3, 1)
    assert (row["headline"], row["origin"]) == ("Су шаруашылығы туралы есеп: kk/a", "Akorda")
    assert row["first_at"] == "2026-11-25T04:00:00Z"


def test_whose_photographs_are_shown(filled: Store) -> None:
    crawl = filled.begin_crawl("akorda", NOW)
    images = (
        Image(url="https://www.akorda.kz/1.jpg", credit="Reuters"),
        Image(url="https://www.akorda.kz/2.jpg"),
    )
    filled.keep(page(article("kk/photo", images=images)), crawl)
    assert ask(filled, "photo_credits") == [
        {"outlet": "akorda", "credit": "", "articles": 1, "images": 1},
        {"outlet": "akorda", "credit": "Reuters", "articles": 1, "images": 1},
    ]


def test_how_complete_the_file_is(filled: Store) -> None:
    crawl = filled.begin_crawl("akorda", NOW)
    undated = page(article("kk/undated", published=None))
    why = Problem(outlet="akorda", url=undated.fetch.url, field="published", why="no date")
    filled.keep(replace(undated, problems=(why,)), crawl)
    filled.keep(page(article("kk/day", published=moment(precision="day"))), crawl)
    rows = {row.pop("outlet"): row for row in ask(filled, "coverage")}
    assert rows["akorda"] == {
        "articles": 3,
        "undated": 1,
        "dated_by_day": 1,
        "unread": 2,
        "sourceless": 1,
        "gone": 0,
        "problems": 1,
    }
    assert rows["inbusiness"]["articles"] == 3
    assert (rows["inbusiness"]["sourceless"], rows["inbusiness"]["problems"]) == (1, 0)


def test_a_question_is_asked_for_a_span_of_time(filled: Store) -> None:
    assert ask(filled, "credited_first", since="2026-11-26") == []
    assert ask(filled, "credited_first", until="2026-11-24") == []
    assert len(ask(filled, "credited_first", since="2026-11-25", until="2026-11-25")) == 1
    assert ask(filled, "credited_first", since="", until="") == ask(filled, "credited_first")


def test_what_is_older_than_thirty_days_is_asked_for_by_its_day(store: Store) -> None:
    crawl = store.begin_crawl("inbusiness", NOW)
    relayed = reading(credit("Акорда", "akorda"))
    for n, days in enumerate((0, 40)):
        old = article(f"ru/last/{n}", "inbusiness", attribution=relayed, published=moment(NOW - days * DAY))
        store.keep(page(old), crawl)
    assert [row["articles"] for row in ask(store, "credited_first")] == [1]
    assert [row["articles"] for row in ask(store, "credited_first", since="2026-10-01")] == [2]


def test_a_parameter_that_is_wanting_or_unknown_is_named(store: Store) -> None:
    with pytest.raises(ValueError, match="quotes_of_a_person needs person=…"):
        ask(store, "quotes_of_a_person")
    with pytest.raises(ValueError, match="no parameter 'person'; it has: since, until"):
        ask(store, "corrections", person="x")


@pytest.mark.parametrize("question", questions.listed(), ids=lambda question: question.name)
def test_every_question_tells_its_columns_and_caveats(store: Store, question: questions.Question) -> None:
    assert question.title.endswith("?")
    for part in ("Columns:", "Parameters:", "Caveats:"):
        assert f"\n{part}" in question.told
    answer = questions.ask(store._db, question, dict.fromkeys(question.needed, "x"))
    for column in answer.columns:
        assert re.search(rf"\b{column}\b", question.told), column


@pytest.mark.parametrize("question", questions.listed(), ids=lambda question: question.name)
def test_no_question_walks_the_articles(filled: Store, question: questions.Question) -> None:
    """A table of articles, revisions or credits is entered by an index, or not at all."""
    bound = {**dict.fromkeys(question.parameters), **dict.fromkeys(question.needed, "x")}
    plan = [row[3] for row in filled._db.execute(f"EXPLAIN QUERY PLAN {question.sql}", bound)]
    # What is kept beside the articles, and what a question makes of it.
    derived = {"told", "t", "d", "days_photos", "days_published", "o", "outlets", "s", "c", "l"}
    derived |= {"span", "shared", "each_of", "timed", "relayed", "v_newest", "CONSTANT"}
    walked = {step.split()[1] for step in plan if step.startswith("SCAN") and "COVERING INDEX" not in step}
    assert walked <= derived, plan
    entry = {
        "quotes_of_a_person": "quotes_by_search",
        "corrections": "revisions_corrected",
        "coverage": "SEARCH d USING PRIMARY KEY",
        "most_told": "SCAN told",
        "first_in_story": "SCAN told",
        "relay_lag": "SEARCH h USING PRIMARY KEY (story_id=?)",
    }.get(question.name, "SCAN d")  # counts a day, in the order of their key
    assert any(entry in step for step in plan), plan
    assert sum("SCAN told" in step for step in plan) <= 1, plan


def test_every_query_is_asked_here() -> None:
    asked = Path(__file__).read_text(encoding="utf-8")
    names = {question.name for question in questions.listed()}
    assert len(names) >= 10
    assert {name for name in names if f'ask(filled, "{name}"' not in asked} == set()


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


def test_how_fast_an_outlet_passes_news_on(filled: Store) -> None:
    (row,) = filled._db.query("SELECT * FROM v_relay_speed")
    assert row == {
        "outlet": "inbusiness",
        "held_outlet": "akorda",
        "articles": 2,
        "timed": 2,
        "earlier": 0,
        "median_minutes": 120.0,
        "mean_minutes": 120.0,
        "fastest_minutes": 60.0,
        "slowest_minutes": 180.0,
    }


def test_a_relay_is_held_against_the_article_in_its_own_language_then_the_earliest(store: Store) -> None:
    akorda, inbusiness = store.begin_crawl("akorda", NOW), store.begin_crawl("inbusiness", NOW)
    story = None
    for slug, lang, hours in (
        ("kk/1", "kk", 5),
        ("ru/late", "ru", 2),
        ("ru/early", "ru", 4),
        ("en/x", "en", 9),
    ):
        own = article(slug, lang=lang, published=moment(NOW - hours * HOUR))
        story = store.assign(store.keep(page(own), akorda).guid or "", story, "same event")
    undated = article("ru/undated", lang="ru", published=None)
    store.assign(store.keep(page(undated), akorda).guid or "", story, "same event")
    for slug, lang in (("ru/last/1", "ru"), ("kz/last/1", "uz")):
        relay = article(slug, "inbusiness", lang=lang, attribution=reading(credit("Акорда", "akorda")))
        store.assign(store.keep(page(relay), inbusiness).guid or "", story, "same event")
    rows = {
        row["lang"]: row["held_url"].rpartition("/")[2] for row in store._db.query("SELECT * FROM v_relays")
    }
    assert rows == {"ru": "early", "uz": "x"}

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from pipelines.store import SourceFacts, Store
from tests.store.pages import (
    AKORDA,
    DAY,
    HOUR,
    NOW,
    OUTLETS,
    answer,
    article,
    credit,
    dump,
    page,
    reading,
    with_problem,
)


def test_outlets_are_stored_as_declared_and_twice_is_once(store: Store) -> None:
    before = dump(store)
    store.sync_outlets(OUTLETS, NOW + DAY)
    assert dump(store) == before
    changed = replace(
        AKORDA, title="Ақорда", hosts=("akorda.kz",), languages=("kk",), rights="", terms="excerpt"
    )
    crawl = store.begin_crawl("akorda", NOW)
    kept = store.keep(page(article()), crawl)
    store.sync_outlets([changed], NOW + DAY)
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.outlet == changed


def test_an_outlet_must_be_known_to_be_crawled(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.begin_crawl("nobody", NOW)


def test_a_crawl_that_never_ended_is_interrupted_at_its_last_sign_of_life(store: Store) -> None:
    dead = store.begin_crawl("akorda", NOW)
    store.keep(page(article(), NOW + HOUR), dead)
    idle = store.begin_crawl("inbusiness", NOW)
    alive = store.begin_crawl("akorda", NOW + DAY)
    rows = store._db.execute("SELECT id, ended_at, outcome FROM crawls ORDER BY id").fetchall()
    assert rows == [(dead, "2026-11-25T10:00:00Z", "interrupted"), (idle, None, None), (alive, None, None)]
    with pytest.raises(KeyError, match="not running"):
        store.end_crawl(dead, NOW + DAY, "ok", {})


def test_status_tells_of_every_outlet(store: Store, crawl: int) -> None:
    store.keep(with_problem(page(article()), "author", "two bylines"), crawl)
    store.end_crawl(crawl, NOW + HOUR, "ok", {"new": 1, "fetched": 2})
    akorda, inbusiness = store.outlet_status()
    assert (akorda.outlet, akorda.title, akorda.outcome) == ("akorda", "Akorda", "ok")
    assert (akorda.started_at, akorda.ended_at) == (NOW, NOW + HOUR)
    assert akorda.counts == {"fetched": 2, "new": 1}
    assert (akorda.articles, akorda.newest, akorda.problems) == (1, NOW, 1)
    assert (inbusiness.started_at, inbusiness.outcome, inbusiness.newest) == (None, None, None)
    assert (inbusiness.counts, inbusiness.articles, inbusiness.problems) == ({}, 0, 0)


def test_counts_name_those_whom_others_credit(store: Store, crawl: int) -> None:
    own = reading(credit("Ақорда", "akorda"))
    store.keep(page(article(attribution=own)), crawl)
    relayed = reading(
        credit("inbusiness.kz", "inbusiness", "relay"),
        credit("Telegram", "telegram", "via"),
        credit("Ақорда", "akorda"),
    )
    other = store.begin_crawl("inbusiness", NOW)
    for n in range(3):
        store.keep(page(article(f"ru/last/{n}", "inbusiness", attribution=relayed)), other)
    store.keep(page(article("ru/last/9", "inbusiness", attribution=reading(credit("МЧС", "mchs")))), other)
    store.assign(store.all_articles()[0][1].guid, None, "first")
    store.sync_sources([SourceFacts(key="mchs", name="МЧС РК", kind="institution", wikidata="Q1")], NOW)
    counts = store.counts()
    assert counts.credited == (("akorda", "Akorda", 3), ("mchs", "МЧС РК", 1))
    assert store.counts(top=1).credited == counts.credited[:1]
    assert (counts.outlets, counts.articles, counts.revisions, counts.stories) == (2, 5, 5, 1)


def test_the_register_gives_sources_their_names_and_twice_is_once(store: Store, crawl: int) -> None:
    store.keep(page(article(attribution=reading(credit("Ақорданың баспасөз қызметі", "press")))), crawl)
    facts = SourceFacts(key="press", name="Ақорда", kind="institution", wikidata="Q42")
    for _ in range(2):
        store.sync_sources([facts], NOW + DAY)
        rows = store._db.execute("SELECT name, kind, wikidata, first_seen FROM sources WHERE key = 'press'")
        assert rows.fetchall() == [("Ақорда", "institution", "Q42", "2026-11-25T09:00:00Z")]


def test_the_log_is_bounded_and_keeps_what_is_needed(store: Store, crawl: int) -> None:
    listing = "https://www.akorda.kz/kz/events"
    store.keep(page(article(), etag='"1"'), crawl)
    for n in range(4):
        store.keep(answer(listing, 200, NOW + n * HOUR, kind="listing", etag=f'"{n}"'), crawl)
    store.keep(with_problem(answer(listing, 500, NOW + 5 * HOUR, kind="listing"), "fetch", "500"), crawl)
    store.keep(answer(article().url, 304, NOW + 5 * HOUR), crawl)
    store.keep(answer(article().url, 304, NOW + 6 * HOUR), crawl)
    store.end_crawl(crawl, NOW + DAY, "ok", {})
    assert store._db.execute("SELECT count(*) FROM fetches").fetchone() == (8,)
    later = store.begin_crawl("akorda", NOW + 40 * DAY)
    store.end_crawl(later, NOW + 40 * DAY, "ok", {})
    left = store._db.execute("SELECT status, etag FROM fetches ORDER BY id").fetchall()
    assert left == [(200, '"1"'), (200, '"3"'), (500, None), (304, None)]
    fresh = store.freshness(listing)
    assert fresh is not None
    assert (fresh.etag, fresh.status) == ('"3"', 500)
    assert store._db.execute("PRAGMA foreign_key_check").fetchall() == []

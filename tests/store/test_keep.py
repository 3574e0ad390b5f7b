from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from items import Image, Translation
from pipelines.store import Store
from pipelines.store.decide import REVISION_LIMIT
from tests.store.pages import (
    AKORDA,
    DAY,
    HOUR,
    NOW,
    answer,
    article,
    credit,
    dump,
    full_article,
    moment,
    page,
    reading,
    rows,
    text,
    with_problem,
)


def test_an_article_comes_back_whole(store: Store, crawl: int) -> None:
    given = full_article()
    kept = store.keep(page(given), crawl)
    assert kept.guid is not None
    stored = store.article(kept.guid)
    assert stored is not None
    assert stored.article == given
    assert (stored.guid, stored.outlet) == (kept.guid, AKORDA)
    assert (stored.first_seen, stored.last_seen, stored.revision, stored.revised) == (NOW, NOW, 1, None)


def test_the_same_page_again_changes_nothing_but_last_seen(store: Store, crawl: int) -> None:
    store.keep(page(full_article()), crawl)
    before = dump(store)
    for hours in (1, 2):
        kept = store.keep(page(full_article(), NOW + hours * HOUR), crawl)
        assert kept.decision is not None
        assert kept.decision.kind == "unchanged"
    assert dump(store) == before
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.last_seen == NOW + 2 * HOUR
    assert stored.first_seen == NOW


def test_a_headline_that_changed_is_known_as_it_was(store: Store, crawl: int) -> None:
    first = store.keep(page(article(headline="Бірінші тақырып")), crawl)
    store.keep(page(article(headline="Екінші тақырып"), NOW + HOUR), crawl)
    stored = store.article(first.guid or "")
    assert stored is not None
    assert (stored.changed, stored.headline_before) == (("headline",), "Бірінші тақырып")


def test_a_correction_is_a_revision_and_the_old_state_stays(store: Store, crawl: int) -> None:
    first = store.keep(page(article(blocks=text("Қаза тапқандар саны – 3."))), crawl)
    second = store.keep(page(article(blocks=text("Қаза тапқандар саны – 2.")), NOW + HOUR), crawl)
    assert second.guid == first.guid
    assert second.decision is not None
    assert (second.decision.kind, second.decision.changed) == ("revised", ("body",))
    stored = store.article(first.guid or "")
    assert stored is not None
    assert stored.article.body == "Қаза тапқандар саны – 2."
    assert (stored.revision, stored.revised) == (2, NOW + HOUR)
    assert (stored.changed, stored.headline_before) == (("body",), None)
    assert rows(store, "SELECT text FROM blocks ORDER BY revision_id") == [
        ("Қаза тапқандар саны – 3.",),
        ("Қаза тапқандар саны – 2.",),
    ]


def test_facts_change_without_a_revision(store: Store, crawl: int) -> None:
    store.keep(page(full_article()), crawl)
    later = replace(
        full_article(),
        views=1200,
        tags=("климат",),
        images=(Image(url="https://www.akorda.kz/c.jpg", credit="Ақорда"),),
        section=None,
        modified=moment(NOW + HOUR, "second", "2026-11-25T10:00:00Z"),
        translations=(),
    )
    kept = store.keep(page(later, NOW + HOUR), crawl)
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.revision == 1
    assert stored.article == replace(later, section="Экология")


def test_a_finer_date_replaces_the_day_and_no_revision_is_made(store: Store, crawl: int) -> None:
    day = moment(datetime(2026, 11, 24, 19, tzinfo=NOW.tzinfo), "day", "25 қараша 2026")
    store.keep(page(article(published=day)), crawl)
    kept = store.keep(page(article(published=moment()), NOW + HOUR), crawl)
    store.keep(page(article(published=day), NOW + 2 * HOUR), crawl)
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.article.published == moment()
    assert stored.revision == 1


def test_an_ever_changing_page_is_held_back(store: Store, crawl: int) -> None:
    for n in range(REVISION_LIMIT + 6):
        at = NOW + n * timedelta(minutes=1)
        kept = store.keep(page(article(blocks=text(f"Бағам {n}")), at), crawl)
    assert kept.decision is not None
    assert kept.decision.kind == "held"
    assert rows(store, "SELECT count(*) FROM revisions") == [(REVISION_LIMIT,)]
    assert rows(store, "SELECT DISTINCT field FROM problems") == [("revision",)]
    kept = store.keep(page(article(blocks=text("Бағам ертең")), NOW + 2 * DAY), crawl)
    assert kept.decision is not None
    assert kept.decision.kind == "revised"


def test_an_archived_page_does_not_replace_a_newer_state(store: Store, crawl: int) -> None:
    store.keep(page(article(blocks=text("Қазіргі"))), crawl)
    kept = store.keep(page(article(blocks=text("Бұрынғы")), NOW - DAY), crawl)
    assert kept.decision is not None
    assert kept.decision.kind == "stale"
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert (stored.article.body, stored.last_seen) == ("Қазіргі", NOW)


def test_not_modified_touches_last_seen_alone(store: Store, crawl: int) -> None:
    kept = store.keep(page(full_article(), etag='"1"'), crawl)
    before = dump(store)
    again = store.keep(answer(full_article().url, 304, NOW + HOUR), crawl)
    assert again.guid == kept.guid
    assert dump(store) == before
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.last_seen == NOW + HOUR


@pytest.mark.parametrize("status", [404, 410])
def test_a_gone_page_is_marked_and_nothing_deleted(store: Store, crawl: int, status: int) -> None:
    kept = store.keep(page(article()), crawl)
    store.assign(kept.guid or "", None, "first")
    for hours in (1, 2):
        store.keep(answer(article().url, status, NOW + hours * HOUR), crawl)
    assert rows(store, "SELECT gone_at, last_seen FROM articles") == [
        ("2026-11-25T10:00:00Z", "2026-11-25T09:00:00Z")
    ]
    assert store.article(article().url) is not None
    assert store.stories(10) == []
    store.keep(page(article(), NOW + 3 * HOUR), crawl)
    assert rows(store, "SELECT gone_at FROM articles") == [(None,)]
    assert len(store.stories(10)) == 1


def test_an_error_of_the_server_says_nothing_of_the_article(store: Store, crawl: int) -> None:
    store.keep(page(article()), crawl)
    before = dump(store)
    store.keep(answer(article().url, 503, NOW + HOUR), crawl)
    store.keep(answer(article().url, 0, NOW + HOUR, error="timeout"), crawl)
    assert dump(store) == before
    assert rows(store, "SELECT last_seen FROM articles") == [("2026-11-25T09:00:00Z",)]


def test_a_failed_page_leaves_its_problem(store: Store, crawl: int) -> None:
    url = "https://www.akorda.kz/kk/bos-3"
    store.keep(with_problem(answer(url, 200), "headline", "nothing matched"), crawl)
    assert rows(store, "SELECT outlet, url, field, why, status FROM v_problems") == [
        ("akorda", url, "headline", "nothing matched", 200)
    ]


def test_validators_are_those_of_the_last_page_that_was_read(store: Store, crawl: int) -> None:
    url = article().url
    assert store.freshness(url) is None
    store.keep(page(article(), etag='"1"', last_modified="Wed, 25 Nov 2026 08:00:00 GMT"), crawl)
    store.keep(with_problem(answer(url, 200, NOW + HOUR, etag='"2"'), "body", "empty"), crawl)
    fresh = store.freshness("http://akorda.kz/kk/su-1/?utm_medium=x")
    assert fresh is not None
    assert (fresh.etag, fresh.last_modified) == ('"1"', "Wed, 25 Nov 2026 08:00:00 GMT")
    assert (fresh.fetched_at, fresh.status) == (NOW + HOUR, 200)
    assert fresh.article is not None


def test_a_listing_is_remembered_without_an_article(store: Store, crawl: int) -> None:
    url = "https://www.akorda.kz/kz/events?page=1"
    kept = store.keep(answer(url, 200, kind="listing", etag='"l"'), crawl)
    assert kept.guid is None
    fresh = store.freshness(url, outlet="akorda")
    assert fresh is not None
    assert (fresh.etag, fresh.article) == ('"l"', None)
    assert not store.known(url)


def test_nothing_stays_of_a_page_that_fails_midway(
    store: Store, crawl: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(page(article()), crawl)
    before, fetches = dump(store), rows(store, "SELECT count(*) FROM fetches")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("pipelines.store.rows.write_problems", fail)
    for given in (full_article(), article(blocks=text("Өзгерді"))):
        with pytest.raises(OSError, match="disk full"):
            store.keep(page(given, NOW + HOUR), crawl)
        assert dump(store) == before
        assert rows(store, "SELECT count(*) FROM fetches") == fetches
    monkeypatch.undo()
    assert store.keep(page(full_article(), NOW + HOUR), crawl).guid is not None


def test_several_writes_stand_or_fall_together(store: Store, crawl: int) -> None:
    before = dump(store)

    def keep_and_fail() -> None:
        with store.transaction():
            kept = store.keep(page(article()), crawl)
            store.assign(kept.guid or "", None, "first")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        keep_and_fail()
    assert dump(store) == before
    assert rows(store, "SELECT count(*) FROM fetches") == [(0,)]


def test_hostile_text_is_stored_and_found_again(store: Store, crawl: int) -> None:
    hostile = article(
        headline="A\x00B \ud83d'; DROP TABLE articles; --",
        means={"headline\udc00": "meta"},
        views=10**30,
        translations=(Translation(lang="ru", url="javascript:alert(1)"),),
        canonical_url="data:text/html,x",
    )
    for hours in (0, 1):
        kept = store.keep(page(hostile, NOW + hours * HOUR), crawl)
    assert kept.decision is not None
    assert kept.decision.kind == "unchanged"
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.article.headline == "A\ufffdB \ufffd'; DROP TABLE articles; --"
    assert stored.article.canonical_url == article().url
    assert stored.article.views is None
    found = {field for (field,) in rows(store, "SELECT field FROM problems")}
    assert found == {"views", "translations", "canonical_url"}


def test_pages_of_another_outlet_or_crawl_are_refused(store: Store, crawl: int) -> None:
    with pytest.raises(ValueError, match="is of akorda"):
        store.keep(page(article("ru/last/x", "inbusiness")), crawl)
    with pytest.raises(KeyError, match="no crawl 99"):
        store.keep(page(article()), 99)
    with pytest.raises(ValueError, match="without a zone"):
        store.keep(page(article(), NOW.replace(tzinfo=None)), crawl)
    assert rows(store, "SELECT count(*) FROM fetches") == [(0,)]


def test_a_new_reading_replaces_the_old_one(store: Store, crawl: int) -> None:
    kept = store.keep(page(full_article()), crawl)
    better = reading(credit("Ақорда", "akorda"))
    store.replace_attribution(kept.guid or "", better)
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.article.attribution == better
    assert stored.revision == 1
    with pytest.raises(KeyError):
        store.replace_attribution("urn:uuid:0", better)


def test_articles_are_walked_in_pieces(store: Store, crawl: int) -> None:
    for n in range(5):
        store.keep(page(article(f"kk/{n}")), crawl)
    seen, after = [], 0
    while batch := store.all_articles(after, 2):
        seen += [stored.article.url for _, stored in batch]
        after = batch[-1][0]
    assert seen == [f"https://www.akorda.kz/kk/{n}" for n in range(5)]


def test_the_schema_refuses_what_makes_no_sense(store: Store, crawl: int) -> None:
    store.keep(page(article()), crawl)
    for sql in (
        "UPDATE articles SET views = 'many'",
        "UPDATE articles SET outlet = 'nobody'",
        "DELETE FROM outlets",
        "INSERT INTO credits VALUES (1, 'chain', 1, 'x', 'x', 'guess', 0.5, '', 0, 0, '', NULL)",
        "UPDATE sources SET wikidata = 'akorda'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            store._db.execute(sql)


def test_a_page_is_given_back_by_no_other_name(store: Store) -> None:
    assert store.article("https://www.akorda.kz/nothing") is None
    assert store.article("urn:uuid:nothing") is None
    assert store.article("no address at all") is None

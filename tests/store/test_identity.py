"""Which pages are one article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.store import Store
from tests.store.pages import (
    HOUR,
    NOW,
    answer,
    article,
    page,
    rows,
    text,
)


@pytest.mark.parametrize(
    "url",
    [
        "http://akorda.kz/kk/su-1",
        "https://mirror.akorda.kz/kk/su-1/?utm_source=telegram#top",
        "https://m.akorda.kz/kk/su-1?fbclid=1",
    ],
)
def test_spellings_of_an_address_are_one_article(store: Store, crawl: int, url: str) -> None:
    first = store.keep(page(article()), crawl)
    second = store.keep(page(replace(article(), url=url, canonical_url=url)), crawl)
    assert second.guid == first.guid
    assert store.known(url)
    assert rows(store, "SELECT count(*) FROM articles") == [(1,)]


def test_the_same_text_under_another_address_is_an_alias(store: Store, crawl: int) -> None:
    first = store.keep(page(article()), crawl)
    copy = replace(
        article(), url="https://www.akorda.kz/kk/copy-9", canonical_url="https://www.akorda.kz/kk/copy-9"
    )
    second = store.keep(page(copy), crawl)
    assert second.decision is not None
    assert (second.guid, second.decision.kind) == (first.guid, "alias")
    third = store.keep(page(copy, NOW + HOUR), crawl)
    assert third.decision is not None
    assert (third.guid, third.decision.kind) == (first.guid, "unchanged")
    stored = store.article(copy.url)
    assert stored is not None
    assert stored.article.canonical_url == article().canonical_url


def test_the_same_text_in_another_language_or_outlet_is_another_article(store: Store, crawl: int) -> None:
    store.keep(page(article()), crawl)
    store.keep(
        page(article("ru/su-2", lang="ru", headline=article().headline, blocks=article().blocks)), crawl
    )
    other = store.begin_crawl("inbusiness", NOW)
    copy = article("kz/last/su", "inbusiness", headline=article().headline, blocks=article().blocks)
    store.keep(page(copy), other)
    assert rows(store, "SELECT count(*) FROM articles") == [(3,)]


def test_an_alias_that_lags_behind_does_not_bring_the_old_state_back(store: Store, crawl: int) -> None:
    old, new = article(blocks=text("Бірінші нұсқа")), article(blocks=text("Екінші нұсқа"))
    elsewhere = "https://www.akorda.kz/kk/copy-9"
    alias = replace(old, url=elsewhere, canonical_url=elsewhere)
    store.keep(page(old), crawl)
    store.keep(page(alias), crawl)
    store.keep(page(new, NOW + HOUR), crawl)
    kept = store.keep(page(alias, NOW + 2 * HOUR), crawl)
    assert kept.decision is not None
    assert kept.decision.kind == "unchanged"
    stored = store.article(old.url)
    assert stored is not None
    assert stored.article.body == "Екінші нұсқа"


def test_two_rows_that_prove_one_page_fold(store: Store, crawl: int) -> None:
    main = store.keep(page(article("kk/a", headline="Есеп", blocks=text("Бір мәтін"))), crawl)
    print_version = article("kk/print/a", headline="Есеп", blocks=text("Бір мәтін, басып шығаруға"))
    other = store.keep(page(print_version), crawl)
    assert main.guid != other.guid
    for kept in (main, other):
        store.assign(kept.guid or "", None, "first")
    says_so = replace(print_version, canonical_url="https://www.akorda.kz/kk/a")
    folded = store.keep(page(says_so, NOW + HOUR), crawl)
    assert folded.guid == main.guid
    by_old_guid = store.article(other.guid or "")
    assert by_old_guid is not None
    assert by_old_guid.guid == main.guid
    assert store.counts().articles == 1
    assert len(store.stories(10)) == 1
    assert rows(store, "PRAGMA foreign_key_check") == []


def test_a_canonical_address_that_cannot_be_right_is_not_believed(store: Store, crawl: int) -> None:
    front = "https://www.akorda.kz/"
    for slug in ("kk/a", "kk/b"):
        kept = store.keep(page(article(slug, canonical_url=front)), crawl)
    stored = store.article(kept.guid or "")
    assert stored is not None
    assert stored.article.canonical_url == "https://www.akorda.kz/kk/b"
    assert rows(store, "SELECT field FROM v_problems") == [("canonical_url",)]
    assert store.counts().articles == 2


def test_a_page_that_moves_its_canonical_address_keeps_its_guid(store: Store, crawl: int) -> None:
    first = store.keep(page(article("kk/old")), crawl)
    moved = replace(article("kk/old"), canonical_url="https://www.akorda.kz/kk/new")
    second = store.keep(page(moved, NOW + HOUR), crawl)
    stored = store.article("https://akorda.kz/kk/new")
    assert stored is not None
    assert (second.guid, stored.guid) == (first.guid, first.guid)
    assert stored.article.canonical_url == "https://www.akorda.kz/kk/new"


def test_a_further_address_may_go_while_the_page_stays(store: Store, crawl: int) -> None:
    asked = "https://www.akorda.kz/kk/short-1"
    store.keep(page(article(), url=asked), crawl)
    store.keep(answer(asked, 404, NOW + HOUR), crawl)
    assert rows(store, "SELECT gone_at FROM articles") == [(None,)]


def test_a_feed_is_the_address_of_none_of_its_articles(store: Store, crawl: int) -> None:
    feed = "https://www.akorda.kz/ru/rss"
    for slug in ("kk/a", "kk/b"):
        store.keep(page(article(slug), url=feed, kind="feed"), crawl)
    assert not store.known(feed)
    assert store.counts().articles == 2


def test_a_text_that_is_gone_and_comes_back_elsewhere_keeps_its_guid(store: Store, crawl: int) -> None:
    kept = store.keep(page(article()), crawl)
    store.keep(answer(article().url, 410, NOW + HOUR), crawl)
    elsewhere = "https://www.akorda.kz/kk/su-2"
    store.keep(page(replace(article(), url=elsewhere, canonical_url=elsewhere), NOW + 2 * HOUR), crawl)
    stored = store.article(elsewhere)
    assert stored is not None
    assert (stored.guid, stored.article.canonical_url) == (kept.guid, elsewhere)


def test_the_address_asked_for_is_known_after_a_redirect(store: Store, crawl: int) -> None:
    asked = "https://www.akorda.kz/kk/short-1"
    store.keep(page(article(), url=asked, final_url=article().url), crawl)
    assert store.known(asked)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from items import Article
from pipelines.store import Choice, Store, Words
from pipelines.store import picks as picks_module
from pipelines.store.facets import facets_of
from pipelines.text import topics
from tests.store.pages import HOUR, NOW, answer, article, credit, page, reading, rows, text

Keep = Callable[..., str]


@pytest.fixture
def keep(store: Store) -> Keep:
    """Store an article `hours` after NOW, in a story of its own unless `story` is one; gives the guid."""
    crawls = {name: store.begin_crawl(name, NOW) for name in ("akorda", "inbusiness")}

    def work(slug: str, outlet: str = "akorda", hours: int = 0, story: str | None = None, **more: Any) -> str:
        kept = store.keep(page(article(slug, outlet, **more), NOW + hours * HOUR), crawls[outlet])
        assert kept.guid is not None
        store.assign(kept.guid, story, "test")
        return kept.guid

    return work


def chosen(store: Store, limit: int = 10, **more: Any) -> list[str]:
    """Give the last part of the addresses of a choice's articles, in its order."""
    keys = {"words", "fold"}
    choice = Choice(**{name: value for name, value in more.items() if name not in keys})
    picked = store.picks(choice, limit, **{name: more[name] for name in keys & more.keys()})
    held = store.articles_by(pick.article for pick in picked)
    return [held[each.article].article.url.rpartition("/")[2] for each in picked]


def test_what_an_article_may_be_chosen_for() -> None:
    told = article(lang="kk-Latn", section="Спорт", attribution=reading(credit("ҚазТАГ", "kaztag")))
    assert facets_of(told, "akorda") == {
        ("all", ""),
        ("outlet", "akorda"),
        ("language", "kk"),
        ("topic", "sport"),
        ("source", "kaztag"),
    }
    own = replace(told, attribution=None, section=None)
    assert facets_of(own, "akorda") >= {("first-hand", ""), ("source", "akorda")}
    named = replace(own, attribution=reading(credit("Ақорда", "akorda")))
    assert facets_of(named, "akorda") == facets_of(own, "akorda")


def test_the_newest_change_comes_first(store: Store, keep: Keep) -> None:
    for hours, slug in enumerate(("a", "b", "c")):
        keep(f"kk/{slug}", hours=hours)
    assert chosen(store) == ["c", "b", "a"]
    keep("kk/a", hours=5, blocks=text("Енді басқаша айтылған сөз."))
    assert chosen(store, limit=2) == ["a", "c"]


def test_editions_choose_by_outlet_language_topic_and_source(store: Store, keep: Keep) -> None:
    keep("kk/a", section="Спорт")
    keep("ru/b", "inbusiness", lang="ru", hours=1, tags=("Экономика",))
    keep("ru/c", "inbusiness", lang="ru", hours=2, attribution=reading(credit("Ақорда", "akorda")))
    assert chosen(store, outlets=("inbusiness",)) == ["c", "b"]
    assert chosen(store, languages=("kk",)) == ["a"]
    assert chosen(store, topics=("economy", "sport")) == ["b", "a"]
    assert chosen(store, sources=("akorda",)) == ["c", "a"]
    assert chosen(store, first_hand=True) == ["b", "a"]
    assert chosen(store, first_hand=True, outlets=("akorda", "inbusiness"), languages=("ru",)) == ["b"]
    assert chosen(store, outlets=("nobody",)) == []
    assert store.facet_values("language") == ["kk", "ru"]
    assert store.facet_values("topic") == ["economy", "sport"]
    assert store.facet_values("mood") == []


def test_a_choice_tells_of_an_article_what_the_store_tells(store: Store, keep: Keep) -> None:
    keep("kk/a", section="Спорт")
    keep("ru/b", "inbusiness", lang="ru", hours=1, attribution=reading(credit("Ақорда", "akorda")))
    held = [stored for _, stored in store.all_articles()]
    for choice in (
        Choice(),
        Choice(topics=("sport",), languages=("kk",)),
        Choice(sources=("akorda",)),
        Choice(first_hand=True),
        Choice(outlets=("inbusiness",), first_hand=True),
    ):
        meant = {each.guid for each in held if choice.fits(each.article, each.outlet.source)}
        picked = store.articles_by(pick.article for pick in store.picks(choice, 9))
        assert {stored.guid for stored in picked.values()} == meant


def test_a_story_is_picked_once_and_an_article_as_often_as_there_are(store: Store, keep: Keep) -> None:
    first = keep("kk/a")
    keep("kk/b", hours=1, story=store.story_of(first))
    assert chosen(store) == ["b"]
    assert chosen(store, fold=False) == ["b", "a"]
    (story,) = store.stories_by(pick.story for pick in store.picks(Choice(), 9)).values()
    assert len(story.members) == 2


def test_what_is_gone_or_has_no_story_is_not_picked(store: Store, keep: Keep, crawl: int) -> None:
    gone = keep("kk/a")
    keep("kk/b")
    store.keep(page(article("kk/c")), crawl)
    stored = store.article(gone)
    assert stored is not None
    store.keep(answer(stored.article.canonical_url, 404, NOW + HOUR), crawl)
    assert chosen(store) == ["b"]


def test_an_article_that_proves_to_be_anothers_page_has_no_facets(
    store: Store, keep: Keep, crawl: int
) -> None:
    said = text("Бір мәтін, екі мекенжай, ұзақ сөйлем: мұндай абзац кездейсоқ қайталанбайды, сірә.")
    keep("kk/a", blocks=said, headline="Бірдей")
    keep("kk/b", blocks=said, headline="Бірдей емес")
    told = article("kk/b", blocks=said, headline="Бірдей")
    store.keep(page(replace(told, canonical_url=article("kk/a").url), NOW + HOUR), crawl)
    assert rows(store, "SELECT count(*) FROM articles WHERE folded_into IS NOT NULL") == [(1,)]
    assert rows(store, "SELECT count(DISTINCT article_id) FROM facets") == [(1,)]


def test_facts_that_make_no_revision_move_an_article_between_editions(store: Store, keep: Keep) -> None:
    keep("kk/a", section="Спорт")
    keep("kk/a", hours=1, section="Мәдениет")
    assert chosen(store, topics=("sport",)) == []
    assert chosen(store, topics=("culture",)) == ["a"]
    assert rows(store, "SELECT DISTINCT changed_at FROM facets") == [("2026-11-25T09:00:00Z",)]


def test_a_new_reading_of_who_said_it_moves_it_too(store: Store, keep: Keep) -> None:
    guid = keep("kk/a")
    store.replace_attribution(guid, reading(credit("ҚазТАГ", "kaztag")))
    assert chosen(store, sources=("kaztag",)) == ["a"]
    assert chosen(store, first_hand=True) == []


def test_arrivals_go_by_the_transactions_and_not_by_the_clock(store: Store, keep: Keep) -> None:
    for hours, slug in ((3, "a"), (1, "b"), (2, "c"), (0, "d")):
        keep(f"kk/{slug}", hours=hours)
    first, reached = store.arrivals.onward(Choice(), 0, 2)
    then, end = store.arrivals.onward(Choice(), reached, 9)
    found = [store.articles_by([each.article]).popitem()[1].article.url[-1] for each in (*first, *then)]
    assert found == ["a", "b", "c", "d"]
    assert store.arrivals.onward(Choice(), end, 9) == ([], end)
    assert store.arrivals.again([each.revision for each in reversed(first)]) == first
    nothing, passed = store.arrivals.onward(Choice(languages=("ru",), first_hand=True), 0, 2)
    assert (nothing, passed) == ([], reached)  # what was looked at in vain is behind us all the same


def test_what_is_read_out_of_an_old_archive_is_no_arrival(store: Store, keep: Keep) -> None:
    keep("kk/a")
    keep("kk/old", hours=-24 * 30)
    (only,), end = store.arrivals.onward(Choice(), 0, 9)
    assert (only.article, end) == (1, 2)


def test_words_are_asked_of_texts_that_may_hold_them(store: Store, keep: Keep) -> None:
    keep("kk/a", headline="Мұнай бағасы")
    keep("kk/b", headline="Астық бағасы")
    asked: list[str] = []

    def wanted(of: Article) -> bool:
        asked.append(of.headline)
        return True

    assert chosen(store, words=Words(parts=("мунай",), wanted=wanted)) == ["a"]
    assert asked == ["Мұнай бағасы"]


def test_a_choice_of_several_conditions_looks_at_so_many_articles(
    store: Store, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("kk/a", lang="kk")
    for hours in range(3):
        keep(f"ru/{hours}", lang="ru", hours=hours + 1)
    monkeypatch.setattr(picks_module, "SCAN", 3)
    assert chosen(store, outlets=("akorda",), languages=("kk",)) == []
    assert chosen(store, languages=("kk",)) == ["a"]


def test_times_of_change_are_those_of_the_newest(store: Store, keep: Keep) -> None:
    for hours in range(4):
        keep(f"kk/{hours}", hours=hours)
    assert store.change_times(Choice(), 2) == [NOW + timedelta(hours=3), NOW + timedelta(hours=2)]


def test_topics_are_made_anew_when_their_words_change(
    store: Store, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("kk/a", section="Спорт", tags=("Бюджет",))
    before = rows(store, "SELECT * FROM facets ORDER BY 1, 2, 3")
    assert store.sync_topics() is False
    monkeypatch.setattr("pipelines.store.facets.fingerprint", lambda: "other")
    assert store.sync_topics() is True
    assert rows(store, "SELECT * FROM facets ORDER BY 1, 2, 3") == before
    assert topics.fingerprint() != "other"


PLANS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one value": ({"outlets": ("akorda",)}, {}),
    "everything": ({}, {}),
    "several": ({"languages": ("kk",), "sources": ("akorda",), "first_hand": True}, {}),
    "words": ({}, {"words": Words(parts=("су",), wanted=lambda _: True)}),
}


@pytest.mark.parametrize("name", PLANS)
def test_no_read_of_an_edition_walks_a_table(store: Store, keep: Keep, name: str) -> None:
    keep("kk/a", section="Спорт", attribution=reading(credit("Ақорда", "akorda")))
    asked: list[str] = []
    store._db.conn.set_trace_callback(asked.append)
    conditions, more = PLANS[name]
    picked = store.picks(Choice(**conditions), 5, **more)
    assert picked
    store.stories_by(pick.story for pick in picked)
    store.articles_by(pick.article for pick in picked)
    came, _ = store.arrivals.onward(Choice(**conditions), 0, 5, words=more.get("words"))
    assert store.arrivals.again([each.revision for each in came]) == came != []
    store.arrivals.members([each.story for each in came])
    store.arrivals.came([store.stories_by([came[0].story]).popitem()[1].guid])
    store.change_times(Choice(**conditions), 5)
    store.facet_values("language")
    store._db.conn.set_trace_callback(None)
    assert len(asked) > 10
    small = ("outlets", "outlet_hosts", "outlet_languages")  # a row or two an outlet, wanted all of them
    for sql in asked:
        plan = [str(row[3]) for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
        walked = [step for step in plan if step.startswith("SCAN") and step.split()[1] not in small]
        assert all(step.startswith(("SCAN found", "SCAN CONSTANT")) for step in walked), (sql, plan)


def test_an_edition_reads_no_more_of_a_larger_store(tmp_path: Path) -> None:
    steps = {}
    for size in (40, 400):
        with Store.open(tmp_path / f"{size}.db") as store:
            fill(store, size)
            count = 0

            def tick() -> int:
                nonlocal count
                count += 1
                return 0

            store._db.conn.set_progress_handler(tick, 10)
            assert len(store.stories_by(p.story for p in store.picks(Choice(languages=("kk",)), 20))) == 20
            store._db.conn.set_progress_handler(None, 0)
            steps[size] = count
    assert steps[400] <= 1.5 * steps[40], steps  # SQLite's own steps: no clock, so no chance


def fill(store: Store, size: int) -> None:
    from tests.store.pages import AKORDA

    store.sync_outlets([AKORDA], NOW)
    crawl = store.begin_crawl("akorda", NOW)
    with store.transaction():
        for number in range(size):
            kept = store.keep(page(article(f"kk/{number}"), NOW + number * HOUR), crawl)
            store.assign(kept.guid or "", None, "test")

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from feeds.explain import explain
from items import Attribution, Block
from pipelines.attribute import attribute_article, attributed_text
from pipelines.reattribute import reattribute, told
from pipelines.store import Store
from tests.store.pages import NOW, article, open_store, page

BODY = (
    Block(
        kind="paragraph",
        text="Бұл туралы Ақорданың баспасөз қызметі хабарлады, деп жазады inbusiness.kz сайты.",
    ),
    Block(kind="paragraph", text="– Жаңа жол салынады, – деді Марат Сейітов."),
)


def filled(path: Path) -> Store:
    store = open_store(path)
    crawl = store.begin_crawl("inbusiness", NOW)
    for number in range(5):
        told_of = article(f"kz/last/{number}", "inbusiness", headline=f"Жаңа жол {number}", blocks=BODY)
        store.keep(page(attribute_article(replace(told_of, lang="kk", lead=None))), crawl)
    return store


def forget(store: Store) -> None:
    nothing = Attribution(lang="kk", chain=(), also=(), photo=None, quotes=())
    for _, stored in store.all_articles():
        store.replace_attribution(stored.guid, nothing)


def test_what_was_forgotten_is_read_again_from_the_stored_text(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as store:
        before = [stored.article.attribution for _, stored in store.all_articles()]
        forget(store)
        assert [each.changed for each in reattribute(store)] == [True] * 5
        assert [stored.article.attribution for _, stored in store.all_articles()] == before


def test_a_second_reading_changes_nothing(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as store:
        assert [each.changed for each in reattribute(store)] == [False] * 5


def test_a_stopped_reading_is_finished_by_the_next(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as store:
        forget(store)
        first = reattribute(store)
        next(first)
        next(first)
        first.close()
        assert sum(each.changed for each in reattribute(store)) == 3
        assert not any(each.changed for each in reattribute(store))


def test_a_chain_is_told_in_one_line(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as store:
        [line, *_] = [told(each.after) for each in reattribute(store)]
    assert line == (
        "inbusiness.kz (relay: inbusiness) → Ақорданың баспасөз қызметі (origin: akorda); "
        "photo: none; quotes: 1"
    )
    assert told(None) == "nothing"


def test_an_explanation_marks_every_link_and_quote_where_it_stands(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as store:
        [(_, stored), *_] = store.all_articles()
    text = explain(stored)
    assert (
        "⟦1: ⟦2: Бұл туралы Ақорданың баспасөз қызметі хабарлады, деп жазады inbusiness.kz сайты.⟧⟧" in text
    )
    assert "– ⟦“1: Жаңа жол салынады⟧, – деді Марат Сейітов." in text
    assert "1. relay: inbusiness.kz  [inbusiness]  rule report" in text
    assert "2. origin: Ақорданың баспасөз қызметі  [akorda]  rule report" in text
    assert "“1. Марат Сейітов = Марат Сейітов  (verb: деді)" in text
    assert text.startswith(stored.article.canonical_url)
    unmarked = text
    for mark in ("⟦1: ", "⟦2: ", "⟦“1: ", "⟧"):
        unmarked = unmarked.replace(mark, "")
    assert attributed_text(stored.article) in unmarked


def test_an_explanation_says_so_where_nothing_was_read(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as store:
        [(_, stored), *_] = store.all_articles()
    bare = replace(stored, article=replace(stored.article, attribution=None))
    assert explain(bare).endswith("Nothing was read from it.\n")

"""Articles that come in any order, over one crawl or several, come into the same stories."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.score_folding import Case, cases
from items import Article, Block, Moment
from pipelines import fold
from pipelines.store import Store
from tests.store.pages import NOW, article, open_store, page

OUTLETS = ("akorda", "inbusiness")


def told(case: Case, at: int) -> tuple[Article, str]:
    outlet = OUTLETS[at % 2]
    base = article(f"{case['lang']}/{case['id']}", outlet, lang=case["lang"])
    published = Moment(
        at=datetime.fromisoformat(case["published"]), precision="minute", zone="Asia/Almaty", raw=""
    )
    blocks = tuple(Block(kind="paragraph", text=part) for part in case["text"].split("\n") if part)
    return replace(base, headline=case["title"], lead=None, blocks=blocks, published=published), outlet


def stories(path: Path, order: list[int], gold: list[Case], *, crawls: int = 1) -> set[frozenset[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    with open_store(path) as store:
        running = {outlet: store.begin_crawl(outlet, NOW) for outlet in OUTLETS}
        guids = {}
        for number, at in enumerate(order, 1):
            made, outlet = told(gold[at], at)
            kept = store.keep(page(made, NOW), running[outlet])
            assert kept.guid is not None
            store.await_settling(kept.guid)
            guids[at] = kept.guid
            if number * crawls % len(order) < crawls:
                fold.settle(store)
        assert store.settling.waiting() == []
        for at, guid in guids.items():
            held[store.story_of(guid) or ""].add(gold[at]["id"])
    return {frozenset(keys) for keys in held.values()}


@pytest.fixture(scope="module")
def gold() -> list[Case]:
    return [case for case in cases("hard-tune") if case["family"] in ("un", "cpi", "fx", "mine", "unesco")]


def test_order_within_a_crawl_makes_no_difference(
    tmp_path: Path, gold: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list(range(len(gold)))
    wanted = stories(tmp_path / "0.db", order, gold)
    assert 5 < len(wanted) < len(gold)
    for seed in range(2):
        assert (
            stories(tmp_path / f"{seed + 1}.db", random.Random(seed).sample(order, len(order)), gold)
            == wanted
        )
    monkeypatch.setattr(fold, "BATCH", 20)  # batches are cut by time, so neither do they depend on arrival
    cut = stories(tmp_path / "cut.db", order, gold)
    assert stories(tmp_path / "tuc.db", order[::-1], gold) == cut


def test_guids_stay_good_from_crawl_to_crawl(tmp_path: Path, gold: list[Case]) -> None:
    assert len(stories(tmp_path / "0.db", list(range(len(gold))), gold, crawls=4)) < len(gold)
    with Store.open(tmp_path / "0.db", readonly=True) as store:
        for (guid,) in store._db.execute("SELECT guid FROM stories").fetchall():
            assert store.story(guid) is not None
        held = store._db.execute("SELECT count(*) FROM story_members WHERE evidence <> ''").fetchone()[0]
        assert held == store._db.execute("SELECT count(nearest_id) FROM story_members").fetchone()[0] > 5


def test_reprint_with_cuts_is_a_near_copy_of_what_came_before(tmp_path: Path) -> None:
    whole = next(case for case in cases("hard-tune") if case["id"] == "grain-1")
    cut = {**whole, "id": "cut", "text": "\n".join(whole["text"].split("\n")[:1])}
    later = datetime.fromisoformat(whole["published"]) + timedelta(hours=1)
    gold = [{**cut, "published": later.isoformat()}, whole]
    assert len(stories(tmp_path / "0.db", [0, 1], gold)) == 1
    with Store.open(tmp_path / "0.db", readonly=True) as store:
        ((copy, of, contained, jaccard),) = store._db.execute(
            "SELECT x.canonical_url, y.canonical_url, containment, jaccard FROM near_copies AS c "
            "JOIN articles AS x ON x.id = c.article_id JOIN articles AS y ON y.id = c.of_id"
        ).fetchall()
    assert copy.endswith("cut")
    assert of.endswith("grain-1")
    assert contained > 0.9 > 0.6 > jaccard

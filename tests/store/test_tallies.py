"""The counts a day are what the articles come to, whatever was done to them, and answer as the views do."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from items import Image, OutletFacts
from pipelines.store import Store, questions, tallies, upkeep
from tests.store.pages import (
    AKORDA,
    DAY,
    HOUR,
    INBUSINESS,
    NOW,
    SITES,
    answer,
    article,
    credit,
    moment,
    page,
    reading,
    text,
)

# The worked questions as they were asked of the views: slower, and right without any counts.
VIEWS = sorted((Path(__file__).parent / "asked_of_views").glob("*.sql"))
STEPS = 60


class Chance:
    """Invented pages and changes, by a seed."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.of = store, random.Random(seed)
        self.crawls = {name: store.begin_crawl(name, NOW) for name in SITES}
        self.slugs: list[tuple[str, str]] = []
        self.clock = NOW

    def step(self) -> None:
        self.clock += HOUR
        doings = (
            self.comes,
            self.comes,
            self.changes,
            self.goes,
            self.read_anew,
            self.joins,
            self.is_another,
        )
        self.of.choice(doings)()

    def comes(self) -> None:
        outlet = self.of.choice(list(SITES))
        self.slugs.append((f"kk/{len(self.slugs)}", outlet))
        self._keep(*self.slugs[-1], headline=f"Есеп {len(self.slugs)}")

    def changes(self) -> None:
        """Another text, or only other facts."""
        if self.slugs:
            slug, outlet = self.of.choice(self.slugs)
            more = {"blocks": text(f"Мәтін {self.of.random()}")} if self.of.random() < 0.5 else {}
            self._keep(slug, outlet, headline=f"Есеп {slug}", **more)

    def goes(self) -> None:
        if self.slugs:
            slug, outlet = self.of.choice(self.slugs)
            status = self.of.choice((404, 410, 304))
            url = f"{SITES[outlet]}/{slug}"
            self.store.keep(answer(url, status, self.clock, outlet), self.crawls[outlet])

    def read_anew(self) -> None:
        held = self.store.all_articles()
        if held:
            _, stored = self.of.choice(held)
            if self.of.random() < 0.5:
                self.store.replace_attribution(stored.guid, self._reading(stored.outlet.name))
            else:
                read = replace(stored.article, published=self._moment(), images=self._images())
                self.store.reread(stored.guid, read, whole=True)

    def joins(self) -> None:
        held = self.store.all_articles()
        if len(held) > 1:
            (_, one), (_, other) = self.of.sample(held, 2)
            story = self.store.story_of(other.guid)
            if self.of.random() < 0.3 and story and (mine := self.store.story_of(one.guid)):
                self.store.merge_stories(mine, story, "same event")
            else:
                self.store.assign(one.guid, story if self.of.random() < 0.8 else None, "test")

    def is_another(self) -> None:
        """Two rows prove to be one page: the second declares the first's address, and says the same."""
        if len(self.slugs) > 1:
            (slug, outlet), (canonical, other) = self.of.sample(self.slugs, 2)
            if outlet == other:
                url = f"{SITES[outlet]}/{canonical}"
                self._keep(slug, outlet, headline=f"Есеп {canonical}", canonical_url=url)

    def _keep(self, slug: str, outlet: str, **more: Any) -> None:
        facts: dict[str, Any] = {
            "lang": self.of.choice(("kk", "ru")),
            "published": self._moment(),
            "images": self._images(),
            "attribution": self._reading(outlet) if self.of.random() < 0.9 else None,
        }
        made = article(slug, outlet, **{**facts, **more})
        with self.store.transaction():
            kept = self.store.keep(page(made, self.clock), self.crawls[outlet])
            if kept.decision and kept.decision.kind == "new":
                self.store.await_settling(kept.guid or "")

    def _moment(self) -> Any:
        at = NOW - timedelta(hours=self.of.randrange(100))
        precision = self.of.choice(("minute", "minute", "day"))
        return None if self.of.random() < 0.1 else moment(at, precision)

    def _images(self) -> tuple[Image, ...]:
        names = self.of.choices(("Reuters", "ҚазАқпарат", None), k=self.of.randrange(3))
        return tuple(Image(url=f"https://a.kz/{n}.jpg", credit=name) for n, name in enumerate(names))

    def _reading(self, outlet: str) -> Any:
        origin = self.of.choice(("akorda", "inbusiness", "reuters"))
        relay = [credit(outlet, outlet, "relay", confidence=0.123456)] if self.of.random() < 0.4 else []
        twice = [credit("R", "reuters", "via")] if self.of.random() < 0.2 else []
        return reading(*relay, *twice, credit(origin, origin, confidence=self.of.random()))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_they_are_what_the_articles_come_to(store: Store, seed: int) -> None:
    chance = Chance(store, seed)
    for step in range(STEPS):
        chance.step()
        if step % 4 == 0:
            assert list(tallies.wrong(store._db)) == []
    for view in VIEWS:
        for since in (None, "2026-11-23", "2000-01-01"):
            for until in (None, "2026-11-24"):
                bound = {"since": since, "until": until}
                told = store._db.execute(view.read_text(encoding="utf-8"), bound).fetchall()
                (question,) = (each for each in questions.listed() if each.name == view.stem)
                assert store._db.execute(question.sql, bound).fetchall() == told, (view.stem, bound)


def test_an_outlet_of_another_identity_is_counted_anew(store: Store) -> None:
    chance = Chance(store, 1)
    for _ in range(STEPS):
        chance.step()
    before = store._db.execute("SELECT sum(named) FROM days_published").fetchone()
    store.sync_outlets([replace(AKORDA, source="presidency"), INBUSINESS], NOW)
    assert list(tallies.wrong(store._db)) == []
    assert store._db.execute("SELECT sum(named) FROM days_published").fetchone() > before


def test_a_clock_set_right_and_pruning_keep_them(store: Store, tmp_path: Path) -> None:
    chance = Chance(store, 2)
    chance.clock = NOW + 20 * DAY
    for _ in range(STEPS):
        chance.step()
    assert store.book.set_right(NOW + DAY) > 0
    assert list(tallies.wrong(store._db)) == []
    upkeep.prune(tmp_path / "jarshy.db", NOW + 40 * DAY, dry=False)
    assert list(tallies.wrong(store._db)) == []


@pytest.mark.parametrize("table", ["days_seen", "days_published", "days_credits", "days_photos", "told"])
def test_a_count_that_is_wrong_is_found(store: Store, tmp_path: Path, table: str) -> None:
    chance = Chance(store, 3)
    for _ in range(STEPS):
        chance.step()
    assert upkeep.inspect(tmp_path / "jarshy.db") == []
    change = "lang = 'xx'" if table == "told" else "articles = articles + 1"
    store._db.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - own names
    store._db.conn.commit()
    (found,) = upkeep.inspect(tmp_path / "jarshy.db")
    assert found.startswith(f"{table} is not what the articles come to: ")


def test_outlets_of_one_source_are_one_origin(store: Store) -> None:
    mirror = OutletFacts(
        name="mirror", title="Mirror", home="https://mirror.kz", hosts=("mirror.kz",), zone="Asia/Almaty",
        languages=("kk",), source="akorda",
    )  # fmt: skip
    store.sync_outlets([mirror], NOW)
    assert list(tallies.wrong(store._db)) == []

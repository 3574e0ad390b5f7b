"""Archives beside a crawl: what is committed between two digests, by whatever clock, nobody misses."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from feeds import digest, history
from feeds.page.site import PageReport
from feeds.settings import FeedSettings
from pipelines.store import Store
from tests.store.pages import AKORDA, HOUR, INBUSINESS, NOW, article, page, text

SIZE = 2
EXAMPLES = int(os.environ.get("JARSHY_EXAMPLES", "8"))
HOURS = st.integers(0, 20)


class BesideACrawl(RuleBasedStateMachine):
    """Writers and digests, interleaved. A writer's clock is anything within a day."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.store = Store.open(self.path / "jarshy.db")
        self.store.sync_outlets([AKORDA, INBUSINESS], NOW)
        self.crawls = {name: self.store.begin_crawl(name, NOW) for name in ("akorda", "inbusiness")}
        self.guids: list[str] = []
        self.changes = 0  # of the store that may bring a story once more: revisions, merges, pages come back
        self.kept: dict[Path, bytes] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def _keep(self, slug: str, outlet: str, hours: float, **more: Any) -> str:
        """As a crawl does: page and story in one transaction."""
        with self.store.transaction():
            kept = self.store.keep(
                page(article(slug, outlet, **more), NOW + hours * HOUR), self.crawls[outlet]
            )
            if kept.decision and kept.decision.kind == "new":
                self.store.await_settling(kept.guid or "")
        return kept.guid or ""

    @rule(hours=HOURS, outlet=st.sampled_from(["akorda", "inbusiness"]))
    def comes(self, hours: int, outlet: str) -> None:
        self.guids.append(self._keep(f"kk/{len(self.guids)}", outlet, hours))

    @rule(which=st.integers(0, 10_000), hours=st.integers(21, 23))
    def is_revised(self, which: int, hours: int) -> None:
        if self.guids:
            self.changes += 1
            at = which % len(self.guids)
            stored = self.store.article(self.guids[at])
            assert stored is not None
            body = text(f"Түзетілген мәтін {self.changes}: енді бәрі басқаша.")
            self._keep(f"kk/{at}", stored.outlet.name, hours, blocks=body)

    @rule(one=st.integers(0, 10_000), other=st.integers(0, 10_000))
    def are_settled_as_one(self, one: int, other: int) -> None:
        if self.guids:
            first, second = (self.store.story_of(self.guids[each % len(self.guids)]) for each in (one, other))
            assert first is not None
            assert second is not None
            self.changes += first != second
            self.store.merge_stories(first, second, "same event")

    @rule(which=st.integers(0, 10_000), back=st.booleans())
    def goes_or_comes_back(self, which: int, back: bool) -> None:
        if self.guids:
            self.changes += 1
            gone = "NULL" if back else "last_seen"
            guid = self.guids[which % len(self.guids)]
            self.store._db.execute(f"UPDATE articles SET gone_at = {gone} WHERE guid = ?", [guid])  # noqa: S608
            self.store._db.conn.commit()

    @rule(midst=st.booleans())
    def digest_is_written(self, midst: bool) -> None:
        """With `midst`, while a writer's transaction is open: it is not seen, and is committed after."""
        if not midst:
            self._write()
            return
        with self.store.transaction():
            self.guids.append(self._keep(f"kk/{len(self.guids)}", "akorda", 0))
            self._write()

    def _write(self) -> None:
        wanted = FeedSettings(
            base_url="https://digest.example/", editions=("everything", "outlet"), limit=1,
            history=("everything", "outlet"), formats=("json",),
        )  # fmt: skip
        digest.write(self.path / "jarshy.db", self.path / "out", wanted, NOW + timedelta(days=2))

    def _archives(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (self.path / "out").glob("history/**/[0-9]*.json")}

    @invariant()
    def no_archive_changes(self) -> None:
        now = self._archives()
        assert now.items() >= self.kept.items()
        self.kept = now

    @rule()
    def nobody_misses_a_story(self) -> None:
        """Page back as a reader does: every story there is, is met; none twice without a reason."""
        self._write()
        self.no_archive_changes()
        for name, outlets in (
            ("digest", None),
            ("outlets/akorda", "akorda"),
            ("outlets/inbusiness", "inbusiness"),
        ):
            met, times = self._paged(name)
            for story in self.store.stories(1_000):
                if outlets is None or any(member.outlet.name == outlets for member in story.members):
                    assert met & {story.guid, *self._merged_into(story.guid)}, name
            assert times - len(met) <= self.changes

    def _merged_into(self, guid: str) -> set[str]:
        """What has been told under a GUID that was merged into another has been told."""
        sql = "SELECT guid FROM stories WHERE merged_into = (SELECT id FROM stories WHERE guid = ?)"
        return {row[0] for row in self.store._db.execute(sql, [guid]).fetchall()}

    def _paged(self, name: str) -> tuple[set[str], int]:
        met: set[str] = set()
        archived: list[str] = []
        path = self.path / "out" / f"{name}.json"
        while path.is_file():
            feed = json.loads(path.read_bytes())
            ids = [item["id"] for item in feed["items"]]
            met |= set(ids)
            if feed["_jarshy"].get("archive"):
                archived += ids
                assert "next_archive" not in feed["_jarshy"]
            earlier = feed.get("next_url")
            if earlier is None:
                break
            path = self.path / "out" / earlier.removeprefix("https://digest.example/")
            assert path.is_file()
        return met, len(archived) + len(met - set(archived))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "SIZE", SIZE)


def test_a_subscriber_meets_every_story_whatever_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "write_pages", _no_pages)
    run_state_machine_as_test(
        BesideACrawl,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a shorter tale takes minutes to find
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _no_pages(*_: Any, **__: Any) -> Any:
    return PageReport(written=(), unchanged=())

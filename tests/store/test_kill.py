from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from pipelines.store import Store
from tests.store.pages import NOW, open_store
from tests.store.writer import STATES

KILLS = 20
_WRITER = Path(__file__).with_name("writer.py")

# Each asks for what a half-written page would leave, and must find nothing.
_HALVES = {
    "article without revision": "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM revisions)",
    "gap in the revisions": (
        "SELECT article_id FROM revisions GROUP BY article_id HAVING max(number) <> count(*)"
    ),
    "revision without its five blocks": (
        "SELECT id FROM revisions WHERE (SELECT count(*) FROM blocks WHERE revision_id = id) <> 5"
    ),
    "revision without its three credits": (
        "SELECT id FROM revisions WHERE (SELECT count(*) FROM credits WHERE revision_id = id) <> 3"
    ),
    "article without its tags": (
        "SELECT id FROM articles WHERE (SELECT count(*) FROM article_tags WHERE article_id = id) <> 2"
    ),
    "article without address": (
        "SELECT id FROM articles WHERE canonical_url NOT IN (SELECT url FROM addresses)"
    ),
    "article without story": "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM story_members)",
    "story without member": (
        "SELECT id FROM stories WHERE merged_into IS NULL AND id NOT IN (SELECT story_id FROM story_members)"
    ),
    "doubled address": "SELECT url FROM articles GROUP BY url HAVING count(*) > 1",
    "request of an article without its state": (
        "SELECT url FROM fetches WHERE url NOT IN (SELECT url FROM articles)"
    ),
}


def check(store: Store) -> None:
    db = store._db
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for what, sql in _HALVES.items():
        assert db.execute(sql).fetchall() == [], what


def test_a_kill_at_any_moment_leaves_whole_pages(tmp_path: Path) -> None:
    path = tmp_path / "jarshy.db"
    chance = random.Random(2)
    total = 0
    for _ in range(KILLS):
        # Begins again one page back: the page that the kill may have cut short is done again.
        command = [sys.executable, str(_WRITER), str(path), str(max(total - 1, 0))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:  # noqa: S603
            assert child.stdout is not None
            if chance.random() < 0.8:  # the others die while they open the file
                assert child.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.12))
            child.kill()
        with open_store(path) as store:
            check(store)
            found = store.counts().articles
            assert found >= total
            total = found
    assert total > KILLS
    with open_store(path) as store:
        short = store._db.execute(
            "SELECT count(*) FROM articles AS a WHERE id < (SELECT max(id) FROM articles) "
            "AND (SELECT max(number) FROM revisions WHERE article_id = a.id) < ?",
            [STATES],
        ).fetchone()
        assert short == (0,)
        store.begin_crawl("akorda", NOW)
        outcomes = store._db.execute("SELECT outcome, count(*) FROM crawls GROUP BY outcome").fetchall()
        assert outcomes[0] == (None, 1)
        assert [outcome for outcome, _ in outcomes] == [None, "interrupted"]

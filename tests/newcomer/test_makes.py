"""`jarshy outlets new` on eight makes of sites: what it writes crawls at once, passes the fleet's tests."""

from __future__ import annotations

import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.wire import Server, Wire
from tests.newcomer.checkout import copy_checkout, run
from tests.newcomer.makes import MAKES, STORIES, Make

FLEET = [f"tests/spiders/{name}.py" for name in ("test_fleet", "test_outlets", "test_outlet_listings")]
NAMES = {kind: make.host.partition(".")[0] for kind, make in MAKES.items()}


def answer(wire: Wire) -> Wire:
    make = next((make for make in MAKES.values() if make.host == wire.host), None)
    if make is None or wire.path not in make.pages:
        return wire.answer(b"", status="404 Not Found")
    kind, text = make.pages[wire.path]
    body = text if isinstance(text, bytes) else text.encode(make.charset, "replace")
    named = "" if make.charset == "windows-1251" else f"; charset={make.charset}"
    return wire.answer(body, kind=f"{kind}{named}")


@dataclass
class Added:
    checkout: Path
    db: Path
    looked: dict[str, subprocess.CompletedProcess[str]]
    crawl: subprocess.CompletedProcess[str]
    checked: dict[str, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Added:
    """Add all eight, crawl them together without an edit."""
    checkout = copy_checkout(tmp_path_factory.mktemp("makes"))
    db = checkout.parent / "j.db"
    with Server(answer) as server:
        looked = {
            kind: run(checkout, "jarshy", "outlets", "new", f"https://{make.host}", port=server.port)
            for kind, make in MAKES.items()
        }
        crawl = run(checkout, "jarshy", "crawl", *NAMES.values(), "--db", str(db), port=server.port)
        checked = {
            kind: run(checkout, "jarshy", "outlets", "check", NAMES[kind], port=server.port)
            for kind in ("wordpress", "windows-1251")
        }
    return Added(checkout, db, looked, crawl, checked)


@pytest.mark.slow
@pytest.mark.parametrize("kind", MAKES)
def test_what_is_written_crawls_at_once(kind: str, added: Added) -> None:
    make: Make = MAKES[kind]
    assert added.looked[kind].returncode == 0, added.looked[kind].stderr[-2000:]
    with sqlite3.connect(added.db) as connection:
        held = connection.execute(
            "SELECT r.headline, r.published_at, (SELECT count(*) FROM blocks WHERE revision_id = r.id) "
            "FROM articles AS a JOIN revisions AS r ON r.article_id = a.id WHERE a.outlet = ? ORDER BY 1",
            [NAMES[kind]],
        ).fetchall()
    source = (added.checkout / "spiders" / f"{NAMES[kind]}.py").read_text(encoding="utf-8")
    assert [headline for headline, _, _ in held] == sorted(story.title for story in STORIES), source
    assert all(blocks >= 3 for _, _, blocks in held), (make.host, held)
    days = {
        story.title: {f"{story.at:%Y-%m-%d}", f"{story.at.astimezone(None):%Y-%m-%d}"} for story in STORIES
    }
    assert all(published[:10] in days[headline] for headline, published, _ in held), held


@pytest.mark.slow
def test_the_crawl_of_all_is_well(added: Added) -> None:
    assert added.crawl.returncode == 0, added.crawl.stdout + added.crawl.stderr[-3000:]


@pytest.mark.slow
def test_the_written_files_pass_the_fleet_s_tests(added: Added) -> None:
    names = " or ".join(NAMES.values())
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", names, *FLEET]
    done = run(added.checkout, "python", *command)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wordpress", "windows-1251"])
def test_check_tells_each_field_and_by_which_means(kind: str, added: Added) -> None:
    done = added.checked[kind]
    assert done.returncode == 0, done.stdout + done.stderr
    fields = {
        line.split("name=")[1].split()[0]: line for line in done.stdout.splitlines() if "event=field" in line
    }
    assert fields.keys() >= {"headline", "body", "published"}
    assert all("of 5" in fields[name] for name in ("headline", "body", "published")), done.stdout

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feeds import digest, history
from feeds.editions import Search
from feeds.publish import FORMATS, Format, Report, publish
from feeds.settings import FeedSettings
from pipelines.store import Choice, Store, Words
from tests.store.pages import AKORDA, HOUR, INBUSINESS, NOW, article, page, text

SITE = "https://digest.example/"
SIZE = 4
Add = Callable[..., str]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "SIZE", SIZE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jarshy.db") as opened:
        opened.sync_outlets([AKORDA, INBUSINESS], NOW)
        yield opened


@pytest.fixture
def add(store: Store) -> Add:
    """Store an article seen `hours` after NOW, in `story` or one of its own; gives the story's GUID."""

    def work(slug: str, hours: int, story: str | None = None, outlet: str = "akorda", **more: Any) -> str:
        crawl = store.begin_crawl(outlet, NOW)
        kept = store.keep(page(article(slug, outlet, **more), NOW + hours * HOUR), crawl)
        held = store.story_of(kept.guid or "")
        return held if held and story is None else store.assign(kept.guid or "", story, "test")

    return work


def write(tmp_path: Path, **more: Any) -> Report:
    settings = replace(FeedSettings(base_url=SITE, editions=("everything",), limit=5), **more)
    return digest.write(tmp_path / "jarshy.db", tmp_path / "out", settings, NOW + timedelta(days=90))


def read(tmp_path: Path, url: str, form: Format) -> tuple[list[str], dict[str, str], bool]:
    """Give the identifiers, the links by relation, and whether it is an archive, of what is served there."""
    data = (tmp_path / "out" / url.removeprefix(SITE)).read_bytes()
    assert form.problems(data) == []
    if form.name == "json":
        feed = json.loads(data)
        more = feed["_jarshy"]
        links = {"prev-archive": feed.get("next_url"), "next-archive": more.get("next_archive")}
        links["current"] = more.get("current")
        known = {rel: href for rel, href in links.items() if href}
        return [item["id"] for item in feed["items"]], known, bool(more.get("archive"))
    parsed = feedparser.parse(data)
    links = {link.rel: link.href for link in parsed.feed.links}
    return [entry.id for entry in parsed.entries], links, b"fh:archive/" in data


def paged_back(tmp_path: Path, form: Format) -> list[list[str]]:
    """Follow a feed back through its archives, as a reader does that was away."""
    url = f"{SITE}digest{form.ending}"
    found, links, is_archive = read(tmp_path, url, form)
    assert not is_archive
    pages = [found]
    current = url
    while "prev-archive" in links:
        earlier = links["prev-archive"]
        found, links, is_archive = read(tmp_path, earlier, form)
        assert is_archive
        assert links["current"] == current
        assert "next-archive" not in links  # it was not there when this one was written
        pages.append(found)
    return pages


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_a_reader_pages_back_through_everything(tmp_path: Path, add: Add, form: Format) -> None:
    made = []
    for hours in range(30):
        made.append(add(f"kk/{hours}", hours))
        if hours % 3 == 0:
            write(tmp_path)
    write(tmp_path)
    pages = paged_back(tmp_path, form)
    assert {guid for found in pages for guid in found} == set(made)
    archives = pages[1:]
    assert all(len(found) == SIZE for found in archives)
    assert [sorted(made.index(guid) for guid in found) for found in reversed(archives)] == [
        list(range(start, start + SIZE)) for start in range(0, SIZE * len(archives), SIZE)
    ]


def test_an_archive_never_changes(tmp_path: Path, add: Add) -> None:
    for hours in range(9):
        add(f"kk/{hours}", hours)
    write(tmp_path)
    folder = tmp_path / "out" / "history" / "digest"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.glob("[0-9]*")}
    assert {path.name for path in before} == {"1.xml", "1.atom", "1.json"}
    add("kk/0", 50, blocks=text("Түзетілген мәтін: енді бәрі басқаша."))
    for hours in range(60, 80):
        add(f"kk/{hours}", hours)
    write(tmp_path)
    assert len(list(folder.glob("*.xml"))) > 1
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_a_correction_of_what_is_archived_is_told_again(tmp_path: Path, add: Add) -> None:
    guid = add("kk/0", 0)
    for hours in range(1, 9):
        add(f"kk/{hours}", hours)
    write(tmp_path)
    assert guid in read(tmp_path, f"{SITE}history/digest/1.atom", FORMATS["atom"])[0]
    add("kk/0", 50, blocks=text("Түзетілген мәтін: енді бәрі басқаша."))
    write(tmp_path)
    assert guid in read(tmp_path, f"{SITE}digest.atom", FORMATS["atom"])[0]
    for hours in range(60, 80):
        add(f"kk/{hours}", hours)
    write(tmp_path)
    assert sum(guid in found for found in paged_back(tmp_path, FORMATS["atom"])) == 2


def test_a_relay_that_comes_late_is_no_news(tmp_path: Path, add: Add) -> None:
    guid = add("kk/0", 0)
    for hours in range(1, 9):
        add(f"kk/{hours}", hours)
    write(tmp_path)
    add("ru/late", 20, guid, "inbusiness", lang="ru")
    for hours in range(30, 50):
        add(f"kk/{hours}", hours)
    write(tmp_path)
    assert sum(guid in found for found in paged_back(tmp_path, FORMATS["atom"])) == 1


def test_a_store_older_than_its_history_catches_up(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "CATCH_UP", 2)
    made = {add(f"kk/{hours}", hours) for hours in range(30)}
    counts = []
    for _ in range(4):
        write(tmp_path)
        counts.append(len(paged_back(tmp_path, FORMATS["rss"])) - 1)
    assert counts == [2, 4, 6, 6]
    assert {guid for found in paged_back(tmp_path, FORMATS["rss"]) for guid in found} == made


def test_each_article_by_itself_where_nothing_is_folded(tmp_path: Path, store: Store, add: Add) -> None:
    guid = add("kk/0", 0)
    for hours in range(1, 12):
        add(f"ru/{hours}", hours, guid, "inbusiness", lang="ru")
    write(tmp_path, fold=False)
    found = {guid for page in paged_back(tmp_path, FORMATS["rss"]) for guid in page}
    assert found == {stored.guid for _, stored in store.all_articles()}


@pytest.mark.parametrize("spoilt", ["", "[]", '{"archives": "x"}'])
def test_a_spoilt_state_is_told_and_what_is_archived_stays(tmp_path: Path, add: Add, spoilt: str) -> None:
    made = {add(f"kk/{hours}", hours) for hours in range(9)}
    write(tmp_path)
    before = archived(tmp_path)
    (tmp_path / "out" / "history" / "digest" / "state.json").write_text(spoilt, encoding="utf-8")
    made |= {add(f"kk/{hours}", hours) for hours in range(9, 18)}
    report = write(tmp_path)
    assert [problem.field for problem in report.problems] == ["history"]
    pages = paged_back(tmp_path, FORMATS["rss"])
    assert len(pages) == 4
    assert len([guid for page in pages[1:] for guid in page]) == 3 * SIZE
    assert {guid for page in pages for guid in page} == made
    assert archived(tmp_path).items() >= before.items()
    assert write(tmp_path).problems == ()


def test_the_state_of_the_first_versions_is_read(tmp_path: Path, store: Store, add: Add) -> None:
    made = {add(f"kk/{hours}", hours) for hours in range(9)}
    write(tmp_path)
    path = tmp_path / "out" / "history" / "digest" / "state.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    places = [
        list(row)
        for row in store._db.execute(
            "SELECT seen_at, article_id FROM revisions WHERE id > ? ORDER BY id", [SIZE]
        ).fetchall()
    ]
    assert len(held["waiting"]) == len(places) == 5
    path.write_text(json.dumps({"archives": 1, "seen": places[-1], "waiting": places}), encoding="utf-8")
    made |= {add(f"kk/{hours}", hours) for hours in range(9, 12)}
    write(tmp_path)
    pages = paged_back(tmp_path, FORMATS["rss"])
    assert [len(page) for page in pages[1:]] == [SIZE, SIZE]
    assert {guid for page in pages for guid in page} == made


def archived(tmp_path: Path) -> dict[Path, bytes]:
    folder = tmp_path / "out" / "history" / "digest"
    return {path: path.read_bytes() for path in folder.glob("[0-9]*")}


def test_what_is_committed_behind_the_newest_is_archived_too(tmp_path: Path, add: Add) -> None:
    """A slow page is stored after others that were asked for later; a run's clock may be behind."""
    made = {add(f"kk/{hours}", hours) for hours in range(5)}
    write(tmp_path)
    made |= {add(f"kk/late{hours}", hours / 2) for hours in range(7)}
    write(tmp_path)
    made |= {add(f"kk/{hours}", hours) for hours in range(20, 30)}
    write(tmp_path)
    pages = paged_back(tmp_path, FORMATS["rss"])
    assert {guid for page in pages for guid in page} == made
    held = [guid for page in pages[1:] for guid in page]
    assert len(held) == len(set(held)) == 4 * SIZE


@pytest.mark.parametrize("files", range(1, 6))
def test_a_run_that_is_killed_between_the_files_of_an_archive_is_finished(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    made = {add(f"kk/{hours}", hours) for hours in range(9)}
    calls = 0

    def dies(path: Path, data: bytes) -> bool:
        nonlocal calls
        calls += 1
        if calls > files:
            raise OSError("killed")
        return publish(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("feeds.publish.publish", dies)
        patch.setattr("feeds.history.publish", dies)
        with pytest.raises(OSError, match="killed"):
            write(tmp_path)
    before = archived(tmp_path)
    made |= {add("kk/0", 20, blocks=text("Түзетілген мәтін: енді бәрі басқаша."))}
    made |= {add(f"kk/{hours}", hours) for hours in range(30, 33)}
    write(tmp_path)
    assert archived(tmp_path).items() >= before.items()
    for form in FORMATS.values():
        pages = paged_back(tmp_path, form)
        assert {guid for page in pages for guid in page} == made
    assert len({tuple(sorted(paged_back(tmp_path, form)[-1])) for form in FORMATS.values()}) == 1


def test_a_page_that_comes_back_is_archived(tmp_path: Path, store: Store, add: Add) -> None:
    made = {add(f"kk/{hours}", hours) for hours in range(3)}
    store._db.execute("UPDATE articles SET gone_at = last_seen WHERE id = 2")
    store._db.conn.commit()
    write(tmp_path)
    made |= {add(f"kk/{hours}", hours) for hours in range(10, 20)}
    write(tmp_path)
    assert {guid for page in paged_back(tmp_path, FORMATS["rss"]) for guid in page} < made
    store._db.execute("UPDATE articles SET gone_at = NULL")
    store._db.conn.commit()
    write(tmp_path)
    assert {guid for page in paged_back(tmp_path, FORMATS["rss"]) for guid in page} == made


def test_an_archive_that_is_refused_is_tried_again(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours in range(9):
        add(f"kk/{hours}", hours)
    form = FORMATS["atom"]
    with monkeypatch.context() as patch:
        patch.setitem(FORMATS, "atom", replace(form, render=lambda *_: b""))
        assert write(tmp_path).refused
    state = json.loads((tmp_path / "out" / "history" / "digest" / "state.json").read_text(encoding="utf-8"))
    assert (state["archives"], len(state["waiting"])) == (0, 9)
    write(tmp_path)
    assert len(paged_back(tmp_path, form)) == 2


def test_a_search_for_a_rare_word_is_archived_however_much_lies_between(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_BATCH", 3)
    monkeypatch.setattr(history, "_MOST", 6)
    words = Words(parts=("уран",), wanted=lambda of: "Уран" in of.headline)
    search = Search(name="uranium", choice=Choice(), words=words)
    made = [
        add(f"kk/{hours}", hours, headline="Уран бағасы" if hours % 5 == 0 else "Астық бағасы")
        for hours in range(60)
    ]
    for _ in range(12):
        write(tmp_path, editions=("search",), searches=(search,))
    found = read(tmp_path, f"{SITE}searches/uranium.xml", FORMATS["rss"])
    first = read(tmp_path, f"{SITE}history/searches/uranium/1.xml", FORMATS["rss"])
    assert set(first[0]) == {made[hours] for hours in (15, 10, 5, 0)}
    assert found[1]["prev-archive"] == f"{SITE}history/searches/uranium/2.xml"
    assert set(found[0]) == {made[hours] for hours in (55, 50, 45, 40, 35)}


def test_no_history_where_none_is_wanted(tmp_path: Path, add: Add) -> None:
    for hours in range(20):
        add(f"kk/{hours}", hours)
    write(tmp_path, history=())
    assert not (tmp_path / "out" / "history").exists()
    assert b"prev-archive" not in (tmp_path / "out" / "digest.xml").read_bytes()

"""What `jarshy check` finds in what was published: nothing in what is well, and every wrong by its file."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from feeds import digest, history, inspect
from feeds.settings import FeedSettings
from items import Image
from pipelines.store import Store, upkeep
from tests.store.pages import AKORDA, HOUR, INBUSINESS, NOW, article, page

LATER = NOW + timedelta(days=2)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine stories of two outlets, in every format, with archives and pages."""
    folder = tmp_path_factory.mktemp("published")
    with Store.open(folder / "jarshy.db") as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "SIZE", 3)
        store.sync_outlets([AKORDA, INBUSINESS], NOW)
        crawls = {name: store.begin_crawl(name, NOW) for name in ("akorda", "inbusiness")}
        for hours in range(9):
            outlet = ("akorda", "inbusiness")[hours % 2]
            images = (Image(url=f"https://www.akorda.kz/{hours}.jpg", credit="akorda.kz"),)
            made = article(f"kk/{hours}", outlet, images=images)
            kept = store.keep(page(made, NOW + hours * HOUR), crawls[outlet])
            store.await_settling(kept.guid or "")
        settings = FeedSettings(base_url="https://digest.example/feeds/", limit=4)
        digest.write(folder / "jarshy.db", folder / "out", settings, LATER)
    return folder


@pytest.fixture
def out(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published / "out", tmp_path / "out"))


@pytest.fixture
def found(published: Path, out: Path) -> Callable[[], list[str]]:
    guids = upkeep.story_guids(published / "jarshy.db")
    return lambda: inspect.problems(out, guids, LATER)


def test_what_was_published_is_well(out: Path, found: Callable[[], list[str]]) -> None:
    assert found() == []
    kinds = {path.suffix for path in out.rglob("*") if path.is_file()}
    assert {".xml", ".atom", ".json", ".opml", ".html"} <= kinds
    assert (out / "history" / "digest" / "2.json").is_file()


def test_an_archive_of_the_first_versions_may_name_the_one_to_come(
    out: Path, found: Callable[[], list[str]]
) -> None:
    path = out / "history" / "digest" / "2.xml"
    text = path.read_text(encoding="utf-8")
    link = '<atom:link rel="next-archive" href="https://digest.example/feeds/history/digest/3.xml"/><fh:archive/>'
    path.write_text(text.replace("<fh:archive/>", link), encoding="utf-8")
    assert "next-archive" in path.read_text(encoding="utf-8")
    assert found() == []


def test_nothing_published_is_nothing_wrong(tmp_path: Path) -> None:
    assert inspect.problems(tmp_path / "none", frozenset(), LATER) == []


SPOILT: dict[str, tuple[str, Callable[[str], str], str]] = {
    "an RSS feed cut short": ("digest.xml", lambda text: text[:900], "not well-formed"),
    "an Atom feed cut short": ("digest.atom", lambda text: text[:900], "not well-formed"),
    "a JSON Feed cut short": ("digest.json", lambda text: text[:900], ""),
    "a JSON Feed that is none": ("digest.json", lambda _: "[1]", "no JSON Feed"),
    "an archive cut short": ("history/digest/1.atom", lambda text: text[:900], "not well-formed"),
    "a GUID nobody knows": (
        "outlets/akorda.json",
        lambda text: text.replace(_ids(text)[0], f"urn:uuid:{0:032x}"),
        "is not in the store",
    ),
    "a GUID twice": (
        "digest.json",
        lambda text: text.replace(_ids(text)[0], _ids(text)[1]),
        "two entries with one GUID",
    ),
    "a date in the future": ("digest.atom", lambda text: text.replace("2026-11", "2026-12", 4), "future"),
    "a date that is none": (
        "digest.xml",
        lambda text: re.sub(r"<pubDate>[^<]+", "<pubDate>soon", text, count=1),
        "a date that is none",
    ),
    "an archive that is not there": (
        "digest.atom",
        lambda text: text.replace("history/digest/2.atom", "history/digest/7.atom"),
        "prev-archive leads to a file that is not there",
    ),
    "a link to another site": (
        "digest.xml",
        lambda text: text.replace("https://digest.example/feeds/history", "https://other.example/history"),
        "prev-archive leads elsewhere",
    ),
    "a feed that says it is another": (
        "digest-kk.xml",
        lambda text: text.replace("feeds/digest-kk.xml", "feeds/digest.xml"),
        "says that it is at",
    ),
    "an archive that does not say so": (
        "history/digest/1.xml",
        lambda text: text.replace("<fh:archive/>", ""),
        "does not say so",
    ),
    "an archive that forgot the one before": (
        "history/digest/2.json",
        lambda text: re.sub(r'\n *"next_url": [^\n]+', "", text),
        "no link to 1.json",
    ),
    "an enclosure without a length": (
        "digest.xml",
        lambda text: text.replace("</item>", '<enclosure url="https://a.kz/a.mp3"/></item>', 1),
        "without type or length",
    ),
    "a length that is none": (
        "digest.json",
        lambda text: text.replace('"mime_type"', '"size_in_bytes": "much", "mime_type"', 1),
        "no count of bytes",
    ),
    "a list of a feed that is gone": (
        "feeds.opml",
        lambda text: text.replace("digest-kk.xml", "digest-xx.xml"),
        "lists a feed that is not there",
    ),
    "a list that is not well-formed": ("feeds.opml", lambda text: text[:200], ""),
    "a page cut short": ("index.html", lambda text: text[:2000], "breaks off"),
    "a page that leads nowhere": (
        "index.html",
        lambda text: text.replace("editions.html", "gone.html"),
        "leads to a file that is not there: gone.html",
    ),
    "a page that leads out of the folder": (
        "index.html",
        lambda text: text.replace("editions.html", "../../etc/passwd"),
        "leads to a file that is not there: ../../etc/passwd",
    ),
    "a page with a mark twice": (
        "index.html",
        lambda text: text.replace("</body>", '<i id="z"></i><i id="z"></i></body>'),
        "two elements with one id",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_is_told_by_its_file(out: Path, found: Callable[[], list[str]], name: str) -> None:
    where, spoil, why = SPOILT[name]
    path = out / where
    before = path.read_text(encoding="utf-8")
    after = spoil(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    told = found()
    assert told
    assert all(each.startswith(f"{where}: ") for each in told), told
    assert any(why in each for each in told), told


def _ids(text: str) -> list[str]:
    return [str(item["id"]) for item in json.loads(text)["items"]]

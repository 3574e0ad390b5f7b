from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feeds import digest
from feeds.atom_rules import problems_of_atom
from feeds.editions import Search
from feeds.json_rules import problems_of_json
from feeds.opml import problems_of_opml
from feeds.publish import FORMATS, Format, Report
from feeds.settings import FeedSettings
from feeds.validate import problems_of_rss
from pipelines.store import Choice, Store, Words
from tests.store.pages import AKORDA, HOUR, INBUSINESS, NOW, article, credit, page, reading, text

SITE = "https://digest.example/feeds/"
RULES = {".xml": problems_of_rss, ".atom": problems_of_atom, ".json": problems_of_json}
LATER = NOW + timedelta(days=2)
Add = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jarshy.db") as opened:
        opened.sync_outlets([AKORDA, INBUSINESS], NOW)
        yield opened


@pytest.fixture
def add(store: Store) -> Add:
    """Store an article seen `hours` after NOW, in `story` or one of its own; gives the story."""

    def work(slug: str, outlet: str = "akorda", hours: int = 0, story: str | None = None, **more: Any) -> str:
        kept = store.keep(
            page(article(slug, outlet, **more), NOW + hours * HOUR), store.begin_crawl(outlet, NOW)
        )
        held = store.story_of(kept.guid or "")
        return held if held and story is None else store.assign(kept.guid or "", story, "test")

    return work


@pytest.fixture
def news(add: Add) -> None:
    """A story in two languages by two outlets, and two more."""
    first = add("kk/a", section="Экономика")
    add("ru/b", "inbusiness", 1, first, lang="ru", attribution=reading(credit("Ақорда", "akorda")))
    add("ru/c", "inbusiness", 2, lang="ru", headline="Бюджет принят", tags=("Спорт",))
    add("en/d", hours=3, lang="en", headline="Talks")


def write(tmp_path: Path, now: datetime = LATER, **more: Any) -> Report:
    out, db = tmp_path / "out", tmp_path / "jarshy.db"
    return digest.write(db, out, replace(FeedSettings(base_url=SITE), **more), now)


def feeds(tmp_path: Path) -> dict[str, Path]:
    out = tmp_path / "out"
    return {
        str(path.relative_to(out)): path
        for path in out.rglob("[!.]*")
        if path.suffix in RULES and path.name != "state.json"
    }


def ids(path: Path) -> list[str]:
    return [str(entry.id) for entry in feedparser.parse(path.read_bytes()).entries]


@pytest.mark.usefixtures("news")
def test_every_edition_in_every_format_is_valid_and_holds_the_same(tmp_path: Path) -> None:
    report = write(tmp_path)
    found = feeds(tmp_path)
    names = [
        "digest",
        *(f"digest-{lang}" for lang in ("kk", "ru", "en")),
        *(f"outlets/{name}" for name in ("akorda", "inbusiness")),
        *(f"topics/{name}" for name in ("economy", "sport")),
    ]
    assert {name for name in found if "history" not in name} == {f"{n}{end}" for n in names for end in RULES}
    assert (report.entries, report.problems, report.refused) == (3, (), ())
    for name, path in found.items():
        if "history" in name:
            continue
        data = path.read_bytes()
        assert RULES[path.suffix](data) == []
        assert f"{SITE}{name}".encode() in data
    for name in names:
        rss, atom = ids(found[f"{name}.xml"]), ids(found[f"{name}.atom"])
        items = json.loads(found[f"{name}.json"].read_text(encoding="utf-8"))["items"]
        assert rss == atom == [item["id"] for item in items]
    assert {str(path.relative_to(tmp_path / "out")) for path in report.written} >= set(found)
    assert sorted(report.changed) == sorted(SITE + name for name in found)


@pytest.mark.usefixtures("news")
def test_a_story_is_told_by_the_article_that_the_edition_is_of(tmp_path: Path) -> None:
    write(tmp_path)
    everything = {e.id: e for e in feedparser.parse((tmp_path / "out/digest.atom").read_bytes()).entries}
    russian = {e.id: e for e in feedparser.parse((tmp_path / "out/digest-ru.atom").read_bytes()).entries}
    shared = set(everything) & set(russian)
    assert len(russian) == len(shared) == 2
    told = {everything[guid].link == russian[guid].link for guid in shared}
    assert told == {True, False}  # the story in two languages has one GUID and two leads
    assert all(entry.link.startswith("https://inbusiness.kz/") for entry in russian.values())


@pytest.mark.usefixtures("news")
def test_a_second_publication_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.*")}
    report = write(tmp_path, LATER + timedelta(days=3))
    assert (report.written, report.changed) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.*")} == before


@pytest.mark.usefixtures("news")
def test_what_did_not_change_is_not_even_written_to_be_compared(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counting(form: Format) -> Format:
        def render(channel: Any, entries: Any, tell: Any) -> bytes:
            made.append(channel.self_url.removeprefix(SITE))
            return form.render(channel, entries, tell)

        return replace(form, render=render)

    for name, form in list(FORMATS.items()):
        monkeypatch.setitem(FORMATS, name, counting(form))
    write(tmp_path)
    assert set(made) == {name for name in feeds(tmp_path) if "history" not in name}
    made.clear()
    write(tmp_path)
    assert made == []
    good = (tmp_path / "out" / "digest.atom").read_bytes()
    (tmp_path / "out" / "digest.atom").write_bytes(b"somebody's own")
    (tmp_path / "out" / "topics" / "sport.json").unlink()
    write(tmp_path)
    assert sorted(made) == ["digest.atom", "topics/sport.json"]
    assert (tmp_path / "out" / "digest.atom").read_bytes() == good
    made.clear()
    add("en/e", hours=9, lang="en")
    write(tmp_path)
    touched = ("digest.", "digest-en.", "outlets/akorda.")
    assert {name.partition(".")[0] + "." for name in made} == set(touched)
    made.clear()
    (tmp_path / "out" / ".published.json").write_text("[", encoding="utf-8")
    assert write(tmp_path).written == ()
    assert len(made) == len([name for name in feeds(tmp_path) if "history" not in name])


def test_an_article_that_cannot_be_published_is_told_and_the_rest_goes_out(
    tmp_path: Path, store: Store, add: Add
) -> None:
    add("ru/a", "inbusiness", lang="ru")
    add("kk/b")
    add("kk/b", hours=1, blocks=text("Басқа мәтін."))
    store.sync_outlets([replace(AKORDA, zone="Asia/Nowhere")], NOW)
    report = write(tmp_path)
    assert report.entries == 1
    assert {(problem.outlet, problem.field) for problem in report.problems} == {("akorda", "entry")}
    assert len(ids(tmp_path / "out" / "digest.xml")) == 1


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("name", FORMATS)
def test_a_format_that_comes_out_wrong_is_refused_and_the_old_file_stays(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(tmp_path)
    form = FORMATS[name]
    path = tmp_path / "out" / f"digest{form.ending}"
    good = path.read_bytes()
    add("kk/new", hours=5)
    monkeypatch.setitem(FORMATS, name, replace(form, render=lambda *_: b"<feed/>"))
    report = write(tmp_path)
    assert path in report.refused
    assert path.read_bytes() == good
    assert any(problem.field == "feed" for problem in report.problems)
    others = {f"digest{each.ending}" for each in FORMATS.values()} - {path.name}
    assert others <= {written.name for written in report.written}


def test_an_empty_store_leaves_the_last_feeds(tmp_path: Path, store: Store) -> None:
    assert write(tmp_path).entries == 0
    assert feeds(tmp_path) == {}
    assert store.counts().articles == 0


def test_a_feed_holds_the_newest_up_to_its_limit(tmp_path: Path, add: Add) -> None:
    for hours in range(8):
        add(f"kk/{hours}", hours=hours)
    write(tmp_path, limit=3, history=())
    titles = [entry.title for entry in feedparser.parse((tmp_path / "out/digest.xml").read_bytes()).entries]
    assert sorted(title[-1] for title in titles) == ["5", "6", "7"]


@pytest.mark.usefixtures("news")
def test_an_entry_an_article_where_nothing_is_folded(tmp_path: Path, store: Store) -> None:
    write(tmp_path, fold=False)
    guids = {stored.guid for _, stored in store.all_articles()}
    assert set(ids(tmp_path / "out" / "digest.xml")) == guids
    assert len(guids) == 4


@pytest.mark.usefixtures("news")
def test_a_persons_own_searches(tmp_path: Path) -> None:
    words = Words(parts=("бюджет",), wanted=lambda of: "Бюджет" in of.headline)
    searches = (
        Search(name="Бюджет ел / 2026", choice=Choice(), words=words),
        Search(name="../../etc/passwd", choice=Choice(first_hand=True, languages=("ru",))),
        Search(name="nothing", choice=Choice(sources=("nobody",))),
    )
    write(tmp_path, searches=searches, editions=("search",), title="Менің жаңалықтарым")
    found = {name for name in feeds(tmp_path) if name.endswith(".xml")}
    assert found == {"searches/byudzhet-el-2026.xml", "searches/etc-passwd.xml"}
    for name in found:
        parsed = feedparser.parse(feeds(tmp_path)[name].read_bytes())
        assert [entry.title for entry in parsed.entries] == ["Бюджет принят"]
        assert parsed.feed.title.startswith("Менің жаңалықтарым: ")
    assert not any(path.name == "passwd" for path in tmp_path.parent.rglob("passwd*"))


@pytest.mark.usefixtures("news")
def test_an_outlet_that_a_search_names_in_vain_is_told(tmp_path: Path) -> None:
    search = Search(name="x", choice=Choice(outlets=("akorda", "akroda")))
    report = write(tmp_path, searches=(search,))
    assert [(problem.field, problem.why) for problem in report.problems] == [
        ("search", "no outlet is called akroda")
    ]
    assert "searches/x.xml" in feeds(tmp_path)


@pytest.mark.usefixtures("news")
def test_the_list_of_editions_names_each_that_has_entries(tmp_path: Path) -> None:
    write(tmp_path)
    data = (tmp_path / "out" / "feeds.opml").read_bytes()
    assert problems_of_opml(data) == []
    for name in feeds(tmp_path):
        if name.endswith(".xml") and "history" not in name:
            assert f'xmlUrl="{SITE}{name}"'.encode() in data


@pytest.mark.usefixtures("news")
def test_the_front_page_leads_to_the_feeds(tmp_path: Path) -> None:
    write(tmp_path)
    html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert all(f"digest{form.ending}" in html for form in FORMATS.values())


def test_addresses_must_be_absolute(tmp_path: Path, store: Store) -> None:
    assert store.counts().articles == 0
    with pytest.raises(ValueError, match="base_url"):
        write(tmp_path, base_url="/feeds")

"""From the outlets' pages to the feed, through the real program: child processes over the sample server."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest

from data.sample.server import OUTLETS, SampleServer
from items import Stored
from pipelines.store import Store
from pipelines.text.unicode import normalise
from tests.road import HOME, jarshy

ALMATY = ZoneInfo("Asia/Almaty")
EXPECTED: dict[str, Any] = json.loads((HOME / "data/sample/expected.json").read_text(encoding="utf-8"))
ARTICLES: list[dict[str, Any]] = EXPECTED["articles"]
SEED = "https://inbusiness.kz/kz/last/kazakstan-azerbajzhan-zhane-ozbekstan-ortak-kelisim-zhasady"


@dataclass
class Road:
    """One run of the whole road: the server with its log, the store, the feeds, and how it ended."""

    server: SampleServer
    db: Path
    out: Path
    code: int
    began: dt.datetime

    def article(self, url: str) -> Stored:
        with Store.open(self.db, readonly=True) as store:
            found = store.article(url)
        assert found is not None, url
        return found

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"{self.db.as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """A first run over the sample outlets in state 1, with the acceptance article among them."""
    folder = tmp_path_factory.mktemp("road")
    with SampleServer(extra=[HOME / "tests/sample/pages"]) as server:
        began = dt.datetime.now(dt.UTC)
        done = jarshy(
            "run", *OUTLETS, "--db", folder / "j.db", "--out", folder / "out", port=server.port, code=None
        )
        yield Road(server, folder / "j.db", folder / "out", done.returncode, began)


def test_first_run_is_well(road: Road) -> None:
    assert road.code == 0
    assert road.rows("SELECT outlet, outcome FROM crawls ORDER BY outlet") == [
        ("akorda", "ok"),
        ("inbusiness", "ok"),
    ]
    assert road.rows("PRAGMA integrity_check") == [("ok",)]
    assert road.rows("PRAGMA foreign_key_check") == []


def test_every_article_is_there_once(road: Road) -> None:
    held = Counter(
        url for (url,) in road.rows("SELECT canonical_url FROM articles WHERE folded_into IS NULL")
    )
    assert held == Counter([*(article["canonical_url"] for article in ARTICLES), SEED])


@pytest.mark.parametrize("facts", ARTICLES, ids=lambda facts: facts["canonical_url"].split("/", 3)[3][:40])
def test_article_is_read_as_it_was_written(road: Road, facts: dict[str, Any]) -> None:
    article = road.article(facts["canonical_url"]).article
    assert article.lang == facts["lang"]
    assert article.headline == normalise(facts["headline"])
    assert article.views == facts["views"]
    assert article.section == facts["section"]
    assert list(article.tags) == facts["tags"]
    assert [image.url for image in article.images] == ([facts["image"]] if facts["image"] else [])
    assert [block.kind for block in article.blocks] == facts["blocks"]
    # The files are written with the outlet's own quotation marks; the store holds regular ones.
    assert (article.paragraphs[0], article.paragraphs[-1]) == (
        normalise(facts["first"]),
        normalise(facts["last"]),
    )
    assert {each.lang: each.url for each in article.translations} == {
        each["lang"]: each["url"] for each in facts["translations"]
    }
    assert article.published is not None
    assert article.published.precision == facts["published"]["precision"]
    assert article.published.at == _moment(facts["published"], road.began)


@pytest.mark.parametrize("facts", ARTICLES, ids=lambda facts: facts["canonical_url"].split("/", 3)[3][:40])
def test_article_is_attributed_as_it_was_written(road: Road, facts: dict[str, Any]) -> None:
    read = road.article(facts["canonical_url"]).article.attribution
    assert read is not None
    assert [(credit.name, credit.role) for credit in read.chain] == [
        (link["name"], link["role"]) for link in facts["chain"]
    ]
    assert read.photo == facts["photo"]
    assert [quote.speaker for quote in read.quotes] == facts["speakers"]


def test_charset_is_that_of_the_bytes(road: Road) -> None:
    found = dict(road.rows("SELECT address, charset FROM fetches WHERE kind = 'article' AND status = 200"))
    for facts in ARTICLES:
        assert found[_address(facts)] == facts["charset"]


def test_the_acceptance_article(road: Road) -> None:
    article = road.article(SEED).article
    text = "\n".join((article.headline, *article.paragraphs))
    assert article.headline == "Қазақстан, Әзербайжан және Өзбекстан ортақ келісім жасады"
    assert (article.lang, article.views) == ("kk", 693)
    assert article.attribution is not None
    assert [(credit.name, credit.role) for credit in article.attribution.chain] == [
        ("inbusiness.kz", "relay"),
        ("Ақорданың баспасөз қызметі", "origin"),
    ]
    assert article.attribution.photo == "akorda.kz"
    assert [quote.speaker for quote in article.attribution.quotes] == ["Президент", "Мемлекет басшысы"]
    assert "COP29" in text
    assert "\u0421OP29" not in text  # the page writes it with a Cyrillic С
    assert "\u0421OP29" in (article.body_found or "")
    assert "telegram" not in text.casefold()
    assert "ТЕЛЕГРАМ" not in text


def test_what_went_wrong_is_stored_and_the_crawl_went_on(road: Road) -> None:
    (broken,), (gone,) = EXPECTED["broken"], EXPECTED["gone"]
    failed = dict(road.rows("SELECT url, status FROM fetches WHERE error IS NOT NULL"))
    assert failed == {broken: 200, gone: 410}
    fields = road.rows(f"SELECT outlet, field FROM v_problems WHERE url = '{broken}'")  # noqa: S608
    assert ("inbusiness", "body") in fields
    counts = (
        "SELECT name, n FROM crawl_counts JOIN crawls ON crawls.id = crawl_id WHERE outlet = 'inbusiness'"
    )
    counted = dict(road.rows(counts))
    assert (counted["failed"], counted["gone"]) == (1, 1)


def test_robots_and_declarations_are_never_asked_for(road: Road) -> None:
    asked = {f"https://{host}{path}" for host, path, _ in road.server.requests}
    assert not asked & {*EXPECTED["disallowed"], *EXPECTED["no_news"]}
    assert {"https://www.akorda.kz/robots.txt", "https://inbusiness.kz/robots.txt"} <= asked


def test_the_digest_is_a_feed_with_every_story(road: Road) -> None:
    parsed = feedparser.parse((road.out / "digest.xml").read_bytes())
    assert not parsed.bozo
    (stories,) = road.rows("SELECT count(*) FROM stories WHERE merged_into IS NULL")[0]
    assert len(parsed.entries) == stories
    assert len({entry.id for entry in parsed.entries}) == stories


def test_stories_join_the_languages_and_the_relays(road: Road) -> None:
    story = (
        "SELECT s.story_id FROM story_members AS s JOIN addresses AS x ON x.article_id = s.article_id "
        "WHERE x.url = '{}'"
    )
    event = [
        facts["canonical_url"]
        for facts in ARTICLES
        if any(part in facts["canonical_url"] for part in ("2741903", "2741858", "2741967"))
    ]
    event += ["https://inbusiness.kz/kz/last/kyzylordada-su-unemdeu-maselesi-talqylandy"]
    assert len(event) == 4
    found = {road.rows(story.format(url))[0][0] for url in event}
    assert len(found) == 1
    apart = road.rows(
        story.format("https://inbusiness.kz/kz/last/auyl-men-qala-arasynda-taksi-qymbattap-barady")
    )
    assert apart[0][0] not in found


def test_second_crawl_changes_nothing_and_asks_for_little(road: Road) -> None:
    before = _content(road)
    feeds = {path: path.stat().st_mtime_ns for path in road.out.rglob("*.*")}
    asked = len(road.server.requests)
    jarshy("run", *OUTLETS, "--db", road.db, "--out", road.out, port=road.server.port)
    assert _content(road) == before
    assert {path: path.stat().st_mtime_ns for path in road.out.rglob("*.*")} == feeds
    assert len(road.server.requests) - asked == 7  # two robots.txt, five listings


def test_a_correction_is_one_revision(road: Road, tmp_path: Path) -> None:
    (corrected,) = EXPECTED["corrected"]
    db = tmp_path / "j.db"
    for suffix in ("", "-wal"):
        source = road.db.with_name(road.db.name + suffix)
        if source.exists():
            (tmp_path / f"j.db{suffix}").write_bytes(source.read_bytes())
    with SampleServer(state=2, extra=[HOME / "tests/sample/pages"]) as server:
        for _ in range(2):
            jarshy("crawl", *OUTLETS, "--db", db, port=server.port)
    with Store.open(db, readonly=True) as store:
        found = store.article(corrected["canonical_url"])
        counts = store.counts()
    assert found is not None
    assert (found.revision, found.article.headline) == (2, corrected["headline"])
    assert found.article.paragraphs[-1] == corrected["last"]
    assert counts.revisions == counts.articles + 1


def test_status_tells(road: Road) -> None:
    told = json.loads(jarshy("status", "--json", "--db", road.db).stdout)
    outcomes = {each["outlet"]: each["outcome"] for each in told}
    assert {name: outcomes.pop(name) for name in OUTLETS} == dict.fromkeys(OUTLETS, "ok")
    assert set(outcomes.values()) == {"never crawled"}  # the rest of the fleet


def _content(road: Road) -> dict[str, list[tuple[Any, ...]]]:
    """Give all that a crawl must leave alone when nothing changed."""
    tables = ("revisions", "blocks", "credits", "quotes", "images", "stories", "story_members", "addresses")
    content = {table: road.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables}  # noqa: S608
    articles = "SELECT guid, url, canonical_url, lang, section, views, first_seen FROM articles ORDER BY id"
    return {**content, "articles": road.rows(articles)}


def _address(facts: dict[str, Any]) -> str:
    with_host = facts["url"].replace("http://", "https://").replace("www.inbusiness", "inbusiness")
    return str(with_host.partition("?")[0])


def _moment(published: dict[str, str], began: dt.datetime) -> dt.datetime:
    if "at" in published:
        if published["precision"] == "day":
            return dt.datetime.fromisoformat(published["at"]).replace(tzinfo=ALMATY).astimezone(dt.UTC)
        return dt.datetime.fromisoformat(published["at"])
    day, _, clock = published["relative"].partition(" ")
    date = began.astimezone(ALMATY).date() - dt.timedelta(days=day == "yesterday")
    time = dt.time.fromisoformat(clock) if clock else dt.time()
    return dt.datetime.combine(date, time, ALMATY).astimezone(dt.UTC)

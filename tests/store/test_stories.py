from __future__ import annotations

from pathlib import Path

import pytest

from items import Attribution, Block, Moment, Stored, Translation
from pipelines.store import Store, stories
from pipelines.store.db import to_text
from pipelines.store.settling import _BETWEEN
from pipelines.store.story import tell
from tests.store.pages import (
    AKORDA,
    DAY,
    HOUR,
    INBUSINESS,
    NOW,
    SITES,
    article,
    credit,
    moment,
    open_store,
    page,
    reading,
)

AKORDA_FIRST = reading(credit("Ақорда", "akorda"))
RELAYED = reading(credit("inbusiness.kz", "inbusiness", "relay"), credit("Ақорда", "akorda"))


@pytest.fixture
def crawls(store: Store) -> dict[str, int]:
    return {outlet: store.begin_crawl(outlet, NOW) for outlet in SITES}


def put(store: Store, crawls: dict[str, int], slug: str, outlet: str = "akorda", **more: object) -> str:
    at = more.pop("at", NOW)
    kept = store.keep(page(article(slug, outlet, **more), at), crawls[outlet])  # type: ignore[arg-type]
    assert kept.guid is not None
    return kept.guid


def to(slug: str, lang: str = "ru") -> tuple[Translation, ...]:
    return (Translation(lang=lang, url=f"https://www.akorda.kz/{slug}"),)


def test_an_article_gets_a_story_of_its_own_once(store: Store, crawls: dict[str, int]) -> None:
    guid = put(store, crawls, "kk/a")
    assert store.story_of(guid) is None
    store.await_settling(guid)
    assert len(store.settling.waiting()) == 1
    story = store.assign(guid, None, "first")
    assert story.startswith("urn:uuid:")
    assert store.assign(guid, None, "first") == story
    assert store.story_of(guid) == story


def test_relay_and_origin_make_one_story_led_by_the_origin(store: Store, crawls: dict[str, int]) -> None:
    relay = put(
        store, crawls, "ru/last/a", "inbusiness", published=moment(NOW - 2 * HOUR), attribution=RELAYED
    )
    story = store.assign(relay, None, "first")
    origin = put(store, crawls, "kk/a", published=moment(NOW - HOUR), at=NOW + HOUR, attribution=AKORDA_FIRST)
    assert store.assign(origin, story, "same event", "су, әкім, 2026") == story
    found = store.story(story)
    assert found is not None
    assert [member.guid for member in found.members] == [relay, origin]
    assert found.lead.guid == origin
    assert (found.first_seen, found.changed) == (NOW, NOW + HOUR)
    why = store._db.execute("SELECT reason, evidence FROM story_members ORDER BY article_id").fetchall()
    assert why == [("first", ""), ("same event", "су, әкім, 2026")]


def test_translations_come_into_one_story_whoever_links_whom(store: Store, crawls: dict[str, int]) -> None:
    kk = put(store, crawls, "kk/a-1")
    ru = put(store, crawls, "ru/a-2", lang="ru", translations=to("kk/a-1", "kk"))
    assert store.story_of(ru) == store.story_of(kk) is not None
    en = put(store, crawls, "en/a-3", lang="en")
    assert store.story_of(en) is None
    put(
        store,
        crawls,
        "ru/a-2",
        lang="ru",
        translations=to("kk/a-1", "kk") + to("en/a-3", "en"),
        at=NOW + HOUR,
    )
    assert store.story_of(en) == store.story_of(kk)


def test_two_stories_that_prove_translations_merge_into_the_older(
    store: Store, crawls: dict[str, int]
) -> None:
    kk, ru = put(store, crawls, "kk/a-1"), put(store, crawls, "ru/a-2", lang="ru")
    older, younger = store.assign(kk, None, "first"), store.assign(ru, None, "first")
    put(store, crawls, "ru/a-2", lang="ru", translations=to("kk/a-1"), at=NOW + HOUR)
    assert store.story_of(ru) == older
    redirected = store.story(younger)
    assert redirected is not None
    assert redirected.guid == older


def test_another_outlets_page_is_no_translation(store: Store, crawls: dict[str, int]) -> None:
    kk = put(store, crawls, "kk/a-1")
    ru = put(store, crawls, "ru/last/a", "inbusiness", lang="ru", translations=to("kk/a-1", "kk"))
    assert (store.story_of(kk), store.story_of(ru)) == (None, None)


def test_merged_stories_redirect_in_one_step_for_ever(store: Store, crawls: dict[str, int]) -> None:
    articles = [put(store, crawls, f"kk/{n}") for n in range(3)]
    first, second, third = (store.assign(guid, None, "first") for guid in articles)
    assert store.merge_stories(second, third, "same event") == second
    assert store.merge_stories(first, third, "same event") == first
    for guid in (first, second, third):
        story = store.story(guid)
        assert story is not None
        assert story.guid == first
        assert len(story.members) == 3
    assert store.assign(put(store, crawls, "kk/9"), third, "same event") == first
    assert store.merge_stories(first, second, "again") == first
    assert store._db.execute("SELECT count(*), count(merge_why) FROM stories").fetchone() == (3, 2)
    with pytest.raises(KeyError, match="no story"):
        store.merge_stories(first, "urn:uuid:none", "x")
    assert store.story("urn:uuid:none") is None


def test_a_wrong_join_can_be_undone(store: Store, crawls: dict[str, int]) -> None:
    one, two = put(store, crawls, "kk/1"), put(store, crawls, "kk/2")
    story = store.assign(one, None, "first")
    store.assign(two, story, "same event")
    other = store.assign(two, None, "not the same event")
    assert other != story
    assert store.story_of(one) == story
    assert store.story_of(two) == other


def test_a_story_that_loses_its_last_article_redirects(store: Store, crawls: dict[str, int]) -> None:
    one, two = put(store, crawls, "kk/1"), put(store, crawls, "kk/2")
    story, left = store.assign(one, None, "first"), store.assign(two, None, "first")
    store.assign(two, story, "same event")
    redirected = store.story(left)
    assert redirected is not None
    assert redirected.guid == story


def test_stories_come_newest_change_first(store: Store, crawls: dict[str, int]) -> None:
    guids = [put(store, crawls, f"kk/{n}", at=NOW + n * HOUR) for n in range(3)]
    told = [store.assign(guid, None, "first") for guid in guids]
    assert [story.guid for story in store.stories(10)] == told[::-1]
    put(store, crawls, "kk/0", at=NOW + DAY, blocks=(Block(kind="paragraph", text="Түзетілді"),))
    newest = store.stories(1)
    assert [story.guid for story in newest] == told[:1]
    assert newest[0].changed == NOW + DAY
    assert [story.guid for story in store.stories(10, NOW + 2 * HOUR)] == [told[0], told[2]]
    assert store.stories(10) == store.stories(10)


def test_settled_articles_of_those_days_are_given_with_their_stories(
    store: Store, crawls: dict[str, int]
) -> None:
    near = put(store, crawls, "ru/last/x", "inbusiness", published=moment(NOW - 2 * DAY))
    story = store.assign(near, None, "first")
    put(store, crawls, "kk/old", published=moment(NOW - 4 * DAY))
    put(store, crawls, "kk/undated", published=None)
    store.await_settling(put(store, crawls, "kk/0"))
    found = store.settling.between(NOW - 3 * DAY, NOW + DAY)
    assert [(stored.guid, own) for stored, own in found] == [(near, story)]


def test_merges_and_splits_are_on_record(store: Store, crawls: dict[str, int]) -> None:
    one, two, three = (put(store, crawls, f"kk/{n}") for n in range(3))
    story, other = store.assign(one, None, "first"), store.assign(two, None, "first")
    store.assign(three, other, "same-event", "person абай +2.0")
    store.merge_stories(story, other, "same-event")
    apart = store.assign(three, None, "not the same event")
    history = store.story_history(other)
    assert history is not None
    assert (history.guid, history.asked) == (story, other)
    assert [member.guid for member in history.members] == [one, two]
    told = [(change.kind, change.story, change.other) for change in history.changes]
    assert told == [("merge", other, story), ("split", story, apart)]
    assert store.story_history("urn:uuid:none") is None


def test_timeline_has_two_clocks_relays_corrections_and_what_was_taken_down(
    store: Store, crawls: dict[str, int]
) -> None:
    origin = put(store, crawls, "kk/a", published=moment(NOW - HOUR), attribution=AKORDA_FIRST)
    story = store.assign(origin, None, "first")
    relay = put(store, crawls, "ru/last/a", "inbusiness", published=moment(NOW), attribution=RELAYED)
    store.assign(relay, story, "same-event")
    put(store, crawls, "kk/a", at=NOW + DAY, attribution=AKORDA_FIRST,
        published=moment(NOW - HOUR), blocks=(Block(kind="paragraph", text="Түзетілді"),))  # fmt: skip
    rows = store._db.execute(
        "SELECT what, outlet, published_at, seen_at, origin, relayed_from, lag_seconds FROM v_timeline "
        "WHERE story = ? ORDER BY seen_at, published_at",
        [story],
    ).fetchall()
    hour_before, now, day_after = (to_text(at) for at in (NOW - HOUR, NOW, NOW + DAY))
    assert rows == [
        ("report", "akorda", hour_before, now, "akorda", None, None),
        ("report", "inbusiness", now, now, "akorda", "akorda", 3600),
        ("correction", "akorda", hour_before, day_after, "akorda", None, None),
    ]


def test_candidates_are_found_by_an_index(store: Store) -> None:
    plan = store._db.execute(f"EXPLAIN QUERY PLAN {_BETWEEN}", ["a", "b"]).fetchall()
    assert any("revisions_by_published" in row[3] for row in plan), plan


def test_a_whole_digest_is_read_in_few_queries(store: Store, crawls: dict[str, int]) -> None:
    def queries(limit: int) -> int:
        asked: list[object] = []
        with store._db.tracer(lambda sql, _: asked.append(sql)):
            assert len(store.stories(limit)) == limit
        return len([sql for sql in asked if "guid FROM stories" not in str(sql)])

    for n in range(20):
        store.assign(put(store, crawls, f"kk/{n}"), None, "first")
    assert queries(2) == queries(20)


def stored(
    guid: str,
    outlet: str = "akorda",
    lang: str = "kk",
    published: Moment | None = None,
    read: Attribution | None = None,
) -> Stored:
    return Stored(
        guid=guid,
        article=article(guid, outlet, lang=lang, published=published or moment(), attribution=read),
        outlet={"akorda": AKORDA, "inbusiness": INBUSINESS}[outlet],
        first_seen=NOW,
        last_seen=NOW,
        revision=1,
    )


def test_the_earliest_leads_where_the_origin_is_not_ours() -> None:
    elsewhere = reading(credit("Reuters", "reuters"))
    early = stored("b", "inbusiness", published=moment(NOW - HOUR), read=elsewhere)
    assert tell("s", [stored("a", read=elsewhere), early]).lead is early
    assert tell("s", [stored("a"), early]).lead is early


def test_an_outlet_has_one_voice_however_often_it_names_itself() -> None:
    own = reading(credit("inbusiness.kz", "inbusiness"))
    members = [stored(f"i{n}", "inbusiness", published=moment(NOW - HOUR), read=own) for n in range(3)]
    akorda = stored("a", read=AKORDA_FIRST)
    relay = stored("r", "inbusiness", read=RELAYED)
    assert tell("s", [*members, akorda, relay]).lead is akorda


def test_of_editions_of_one_day_the_usual_language_leads() -> None:
    day = moment(NOW, "day")
    editions = [
        stored(f"a{lang}", lang=lang, published=day, read=AKORDA_FIRST) for lang in ("en", "ru", "kk")
    ]
    story = tell("s", editions)
    assert story.lead.article.lang == "kk"
    assert [member.article.lang for member in story.members] == ["kk", "ru", "en"]


def test_a_story_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no members"):
        tell("s", [])


def test_guids_survive_reopening(store: Store, crawls: dict[str, int], tmp_path: Path) -> None:
    guid = put(store, crawls, "kk/a")
    story = store.assign(guid, None, "first")
    with open_store(tmp_path / "jarshy.db") as again:
        assert again.story_of(guid) == story
        assert again.article(guid) == store.article(guid)


def test_stories_around_a_time_by_publication_or_first_sight(store: Store, crawls: dict[str, int]) -> None:
    day = put(store, crawls, "kk/day", published=moment(NOW - 3 * HOUR), at=NOW)
    late = put(store, crawls, "kk/late", published=moment(NOW - 9 * DAY), at=NOW - HOUR)
    undated = put(store, crawls, "kk/undated", published=None, at=NOW - 2 * HOUR)
    old = put(store, crawls, "kk/old", published=moment(NOW - 9 * DAY), at=NOW - 8 * DAY)
    for guid in (day, late, undated, old):
        store.assign(guid, None, "first")
    found = store.stories_around(NOW - 4 * HOUR, NOW, 10)
    assert {story.lead.guid for story in found} == {day, late, undated}
    assert len(store.stories_around(NOW - 4 * HOUR, NOW, 2)) == 2
    assert store.stories_around(NOW - 7 * DAY, NOW - 6 * DAY, 10) == []


def test_stories_around_a_time_are_found_by_indexes(store: Store) -> None:
    rows = store._db.execute(
        f"EXPLAIN QUERY PLAN {stories._AROUND}", {"start": "a", "end": "b", "limit": 1}
    ).fetchall()
    plan = [str(row[3]) for row in rows]
    walked = [step for step in plan if step.startswith("SCAN")]
    assert all(step.startswith(("SCAN o", "SCAN f")) for step in walked), (
        plan
    )  # the outlets, and what was found
    assert any("revisions_by_published" in step for step in plan), plan
    assert any("articles_by_outlet" in step for step in plan), plan


def test_lead_is_nearest_an_origin_that_is_not_held(store: Store, crawls: dict[str, int]) -> None:
    far = reading(credit("Tengrinews", "tengrinews", "relay"), credit("МВД", "mvd-kz"))
    direct = reading(credit("МВД", "mvd-kz"))
    first = put(store, crawls, "kk/far", published=moment(NOW - 2 * HOUR), attribution=far)
    near = put(store, crawls, "ru/last/near", "inbusiness", published=moment(NOW), attribution=direct)
    story = store.assign(first, None, "first")
    store.assign(near, story, "same-event")
    found = store.story(story)
    assert found is not None
    assert found.lead.guid == near

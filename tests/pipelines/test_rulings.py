"""What an editor rules on stories holds, whatever comes later; and a story says why each article is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

import cli
from benchmarks.score_folding import Case, cases
from feeds.explain_story import explain_story
from feeds.verbs.answer import OK, USAGE
from items import Block, Moment
from pipelines import fold
from pipelines.store import Store
from pipelines.store.snapshot import snapshot
from tests.store.pages import HOUR, NOW, article, open_store, page

OUTLETS = ("akorda", "inbusiness")
WHY = {"by": "aigerim", "why": "another explosion", "now": NOW}


class Desk:
    """A store into which cases are put as they come."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.crawls = {outlet: store.begin_crawl(outlet, NOW) for outlet in OUTLETS}

    def put(self, case: Case, outlet: str, *, at: datetime = NOW, text: str | None = None) -> str:
        made = article(f"{case['lang']}/{case['id']}", outlet, lang=case["lang"])
        moment = Moment(
            at=datetime.fromisoformat(case["published"]), precision="minute", zone="Asia/Almaty", raw=""
        )
        block = Block(kind="paragraph", text=text or case["text"])
        made = replace(made, headline=case["title"], lead=None, blocks=(block,), published=moment)
        kept = self.store.keep(page(made, at), self.crawls[outlet])
        assert kept.guid is not None
        self.store.await_settling(kept.guid)
        return kept.guid

    def story(self, guid: str) -> str:
        found = self.store.story_of(guid)
        assert found is not None
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "j.db") as store:
        yield Desk(store)


def event(name: str) -> list[Case]:
    return [case for case in cases("agency") if case["event"] == name]


def test_story_in_three_languages_tells_why_each_article_is_in_it(desk: Desk) -> None:
    told = event("a-mine")
    guids = [desk.put(case, OUTLETS[at % 2]) for at, case in enumerate(told)]
    copy = {**told[0], "id": "copy", "text": told[0]["text"] + " Работы остановлены."}
    guids.append(desk.put(copy, "inbusiness"))
    fold.settle(desk.store)
    desk.put(told[1], OUTLETS[1], at=NOW + HOUR, text=told[1]["text"].replace("480", "520"))
    assert len({desk.story(guid) for guid in guids}) == 1
    history = desk.store.story_history(desk.story(guids[0]))
    assert history is not None
    text = explain_story(history)
    assert {member.lang for member in history.members} == {"kk", "ru", "en"}
    joined = re.split(r"\n\n\d+\. ", text)[1:]
    assert len(joined) == 4
    for part, member in zip(joined, history.members, strict=True):
        weights = [float(each) for each in re.findall(r"^ +([+-]\d+\.\d)  \w+ +\S", part, re.MULTILINE)]
        if member.reason == "first":
            assert not weights
            continue
        assert f"{member.reason}, compared with https://" in part
        assert len(weights) > 3
        assert sum(weights[:-1]) == pytest.approx(weights[-1], abs=0.4)  # each is rounded
    assert f"near-copy of {history.members[0].url}: 100% of the shorter" in text
    assert "revision 2, the newest seen 2026-11-25 10:00" in text


def test_split_story_stays_split_whatever_comes(desk: Desk) -> None:
    first, second, third = event("a-gas-temirtau")
    kept, moved = desk.put(first, "akorda"), desk.put(second, "inbusiness")
    fold.settle(desk.store)
    story = desk.story(kept)
    assert desk.story(moved) == story
    made = desk.store.rulings.split(story, [moved], **WHY)  # type: ignore[arg-type]
    assert (desk.story(kept), desk.story(moved)) == (story, made)
    assert made != story
    late = desk.put(third, "akorda")  # alike to both: it may not draw them together again
    fold.settle(desk.store)
    assert desk.story(kept) != desk.story(moved)
    assert desk.story(late) in (story, made)
    desk.put(second, "inbusiness", at=NOW + HOUR, text=second["text"] + " Полиция тергеп жатыр.")
    fold.settle(desk.store)
    assert desk.story(kept) != desk.story(moved)
    history = desk.store.story_history(made)
    assert history is not None
    assert "aigerim ruled that articles are on two events: another explosion" in explain_story(history)
    assert [change.kind for change in history.changes] == ["split"]


def test_merged_stories_are_one_and_redirect(desk: Desk) -> None:
    one = desk.put(event("a-gas-temirtau")[0], "akorda")
    other = desk.put(event("a-gas-petropavl")[0], "inbusiness")
    fold.settle(desk.store)
    stays, goes = desk.story(one), desk.story(other)
    assert stays != goes
    assert desk.store.rulings.merge(stays, [goes], **WHY) == stays  # type: ignore[arg-type]
    assert desk.story(other) == stays
    history = desk.store.story_history(goes)
    assert history is not None
    assert history.guid == stays
    with pytest.raises(ValueError, match="one story already"):
        desk.store.rulings.merge(stays, [goes], **WHY)  # type: ignore[arg-type]


def test_later_merge_overrules_a_split(desk: Desk) -> None:
    first, second = (desk.put(case, "akorda") for case in event("a-gas-temirtau")[:2])
    fold.settle(desk.store)
    story = desk.story(first)
    made = desk.store.rulings.split(story, [second], **WHY)  # type: ignore[arg-type]
    assert {*desk.store.rulings.apart()[0]} == {story, made}
    desk.store.rulings.merge(story, [made], **WHY)  # type: ignore[arg-type]
    assert desk.store.rulings.apart() == []
    assert desk.story(second) == story


def test_split_of_nothing_and_of_all_is_refused(desk: Desk) -> None:
    only = desk.put(event("a-gas-temirtau")[0], "akorda")
    story = desk.story(only)
    with pytest.raises(ValueError, match="not all"):
        desk.store.rulings.split(story, [only], **WHY)  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="is no article of"):
        desk.store.rulings.split(story, ["urn:uuid:none"], **WHY)  # type: ignore[arg-type]
    assert desk.story(only) == story


def test_export_does_not_say_who_ruled(desk: Desk, tmp_path: Path) -> None:
    first, second = (desk.put(case, "akorda") for case in event("a-gas-temirtau")[:2])
    fold.settle(desk.store)
    made = desk.store.rulings.split(desk.story(first), [second], **WHY)  # type: ignore[arg-type]
    desk.store.rulings.merge(desk.story(first), [made], **WHY)  # type: ignore[arg-type]
    snapshot(tmp_path / "j.db", tmp_path / "copy.db", private=False)
    assert b"aigerim" not in (tmp_path / "copy.db").read_bytes()
    assert b"another explosion" in (tmp_path / "copy.db").read_bytes()


def test_verbs_rule_and_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "j.db"
    with open_store(path) as store:
        desk = Desk(store)
        kept, moved = (desk.put(case, "akorda") for case in event("a-gas-temirtau")[:2])
        fold.settle(store)
        story = desk.story(kept)
        articles = [store.article(guid) for guid in (kept, moved)]
    url = articles[1].article.canonical_url if articles[1] else ""
    db = ["--db", str(path)]
    assert cli.main(["stories", "split", story, url, "--why", "not this one", "--by", "dana", *db]) == OK
    assert f"event=split story={story} into=urn:uuid:" in capsys.readouterr().out
    assert cli.main(["stories", "split", story, url, "--why", "again", *db]) == USAGE
    assert "is no article of" in capsys.readouterr().err
    assert cli.main(["stories", "merge", story, url, "--why", "one after all", "--by", "dana", *db]) == OK
    assert f"event=merge story={story}" in capsys.readouterr().out
    assert cli.main(["explain", story, *db]) == OK
    told = capsys.readouterr().out
    assert "dana ruled that articles are on two events: not this one" in told
    assert "dana ruled that articles are on one event: one after all" in told
    assert cli.main(["stories", "merge", story, "urn:uuid:none", "--why", "x", *db]) == USAGE
    assert "the store holds no story at urn:uuid:none" in capsys.readouterr().err

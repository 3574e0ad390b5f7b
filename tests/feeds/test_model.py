from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feeds.content import MAX_PARAGRAPH
from feeds.model import Entry, entry_of, newest_first
from items import Block, Image, Moment, Story, Terms

Make = Callable[..., Story]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def under(make_story: Make, now: datetime, terms: Terms) -> Entry:
    """An entry of an article whose every paragraph, caption and lead can be told apart."""
    story = make_story(
        lead="ЛИД статьи.",
        blocks=tuple(Block(kind="paragraph", text=f"ТЕКСТ{n}.") for n in range(1, 6)),
        images=(
            Image(url="https://e.kz/1.jpg", caption="КАДР1", credit="А. Ким"),
            Image(url="https://e.kz/2.jpg", caption="КАДР2"),
        ),
    )
    lead = replace(story.lead, outlet=replace(story.lead.outlet, terms=terms))
    return entry_of(replace(story, lead=lead, members=(lead,)), now)


@pytest.mark.parametrize(
    ("terms", "shown", "hidden"),
    [
        (
            "full",
            ["ЛИД", "ТЕКСТ1", "ТЕКСТ2", "ТЕКСТ3", "ТЕКСТ4", "ТЕКСТ5", "КАДР1", "КАДР2"],
            [],
        ),
        ("excerpt", ["ЛИД", "ТЕКСТ1", "ТЕКСТ2", "КАДР1"], ["ТЕКСТ3", "ТЕКСТ4", "ТЕКСТ5", "КАДР2"]),
        ("headline", [], ["ЛИД", "ТЕКСТ1", "ТЕКСТ2", "ТЕКСТ3", "КАДР1", "КАДР2"]),
    ],
)
def test_no_field_carries_more_than_the_terms(
    make_story: Make, now: datetime, terms: Terms, shown: list[str], hidden: list[str]
) -> None:
    entry = under(make_story, now, terms)
    assert [text for text in shown if text not in entry.content] == []
    assert [text for text in hidden if text in repr(entry)] == []


def test_one_giant_paragraph_is_no_excerpt(make_story: Make, now: datetime) -> None:
    entry = entry_of(make_story(blocks=(Block(kind="paragraph", text="Очень длинно. " * 1_000),)), now)
    assert len(entry.content) < MAX_PARAGRAPH + 500


def test_lead_that_opens_the_body_is_shown_once(make_story: Make, now: datetime) -> None:
    blocks = tuple(
        Block(kind="paragraph", text=text) for text in ("Лид.", "Второй.", "Третий.", "Четвёртый.")
    )
    entry = entry_of(make_story(lead="Лид.", blocks=blocks), now)
    assert entry.content.count("Лид.") == 1
    assert "Третий." in entry.content
    assert "Четвёртый." not in entry.content


@pytest.mark.parametrize(
    ("day", "seen", "published"),
    [
        ("2026-11-24T19:00", "2026-11-25T06:00", "2026-11-25T06:00"),  # 25 November there: seen that day
        ("2026-11-23T19:00", "2026-11-25T06:00", "2026-11-24T07:00"),  # the day before: its noon
        ("2026-11-23T19:00", "2026-11-24T18:59", "2026-11-24T18:59"),  # the last minute of the day there
        ("2026-11-23T19:00", "2026-11-24T19:00", "2026-11-24T07:00"),  # the first of the next
        ("2024-02-26T18:00", "2024-03-05T06:00", "2024-02-27T06:00"),  # UTC+6 until 1 March 2024
        ("2026-11-27T19:00", "2026-11-25T06:00", "2026-11-25T06:00"),  # a day to come
    ],
)
def test_a_day_is_never_a_made_up_midnight(
    make_story: Make, now: datetime, day: str, seen: str, published: str
) -> None:
    moment = Moment(at=utc(day), precision="day", zone="Asia/Almaty", raw=day)
    entry = entry_of(make_story(published=moment, first_seen=utc(seen)), now)
    assert entry.published == utc(published)


def test_no_time_is_later_than_now(make_story: Make, now: datetime) -> None:
    late = now + timedelta(days=2)
    moment = Moment(at=late, precision="minute", zone="Asia/Almaty", raw="")
    story = make_story(published=moment, first_seen=now + timedelta(hours=1), revision=2, revised=late)
    entry = entry_of(story, now)
    assert entry.published == entry.updated == now


def test_a_future_date_is_dated_by_when_it_was_seen_whatever_the_clock(
    make_story: Make, now: datetime
) -> None:
    moment = Moment(at=now + timedelta(days=9), precision="minute", zone="Asia/Almaty", raw="")
    story = make_story(published=moment)
    assert entry_of(story, now) == entry_of(story, now + timedelta(days=1))


def test_a_page_without_a_date_is_dated_by_when_it_was_seen(make_story: Make, now: datetime) -> None:
    story = make_story(published=None)
    assert entry_of(story, now).published == story.lead.first_seen


def test_revision_shows_a_line_and_moves_updated_alone(make_story: Make, now: datetime) -> None:
    revised = utc("2026-11-25T08:00")
    first, second = entry_of(make_story(), now), entry_of(make_story(revision=2, revised=revised), now)
    assert first.revised is None
    assert second.revised is not None
    assert second.revised in second.content
    assert (second.guid, second.published, second.updated) == (first.guid, first.published, revised)


def test_updated_moves_for_what_the_article_says_alone(make_story: Make, now: datetime) -> None:
    revised = utc("2026-11-25T08:00")
    dated = entry_of(make_story(revision=2, revised=revised, changed=("author", "published")), now)
    assert dated.updated == dated.published
    assert dated.revised is not None
    told = entry_of(make_story(revision=2, revised=revised, changed=("author", "body")), now)
    assert (told.updated, told.revised_at, told.changed) == (revised, revised, ("author", "body"))


def test_updated_does_not_move_for_spelling(make_story: Make, now: datetime) -> None:
    revised = utc("2026-11-25T08:00")
    entry = entry_of(make_story(revision=2, revised=revised, changed=("body",), slight=True), now)
    assert entry.updated == entry.published
    assert entry.revised is not None


def test_updated_moves_when_the_origin_is_found_not_when_a_relay_comes(
    make_story: Make, now: datetime
) -> None:
    first = make_story(number=1).lead
    late = make_story(number=2, first_seen=utc("2026-11-25T07:30")).lead
    story = make_story(number=1, others=(late,))
    assert entry_of(replace(story, changed=late.first_seen), now).updated == entry_of(story, now).published
    led_by_origin = replace(story, lead=late, members=(late, first))
    assert entry_of(led_by_origin, now).updated == late.first_seen


def test_topics_are_the_leads_and_tags_go_with_the_text(make_story: Make, now: datetime) -> None:
    other = make_story(number=2, section="Спорт").lead
    assert entry_of(make_story(others=(other,)), now).topics == ("sport",)
    filed = entry_of(make_story(others=(other,), section="Экономика", tags=("#Бюджет", " ", "#Бюджет")), now)
    assert (filed.topics, filed.tags) == (("economy",), ("Бюджет",))
    headlines = replace(make_story(tags=("Бюджет",)).lead.outlet, terms="headline")
    assert entry_of(make_story(outlet=headlines, tags=("Бюджет",)), now).tags == ()


def test_hostile_text_is_text(make_story: Make, now: datetime) -> None:
    entry = entry_of(
        make_story(
            headline="<script>alert(1)</script>\x00 Заголовок",
            blocks=(Block(kind="paragraph", text="<img src=x onerror=alert(1)> ]]> \ud800"),),
            images=(
                Image(url="javascript:alert(1)", credit="x"),
                Image(url="https://e.kz/a.jpg", alt='"><script>'),
            ),
        ),
        now,
    )
    assert entry.title == "< script>alert(1)< /script> Заголовок"
    assert "<script" not in entry.content
    assert "&lt;img src=x onerror=alert(1)&gt; ]]&gt;" in entry.content
    assert [picture.url for picture in entry.pictures] == ["https://e.kz/a.jpg"]


@pytest.mark.parametrize(
    "changed",
    [{"canonical_url": "javascript:alert(1)"}, {"canonical_url": "/news/1"}, {"headline": " \x00 "}],
)
def test_a_story_that_cannot_be_published_says_why(
    make_story: Make, now: datetime, changed: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"link|headline"):
        entry_of(make_story(**changed), now)


def test_creators_are_parted_and_fall_back_on_the_outlet(make_story: Make, now: datetime) -> None:
    assert entry_of(make_story(author="А. Ким, Б. Ли; А. Ким"), now).creators == ("А. Ким", "Б. Ли")
    assert entry_of(make_story(author=" "), now).creators == ("inbusiness.kz",)


def test_newest_first_then_by_guid(make_story: Make, now: datetime) -> None:
    entries = [entry_of(make_story(number=n), now) for n in (3, 61, 9, 1)]
    assert [entry.guid[-2:] for entry in newest_first(entries)] == ["09", "03", "01", "61"]

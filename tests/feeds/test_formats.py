"""What holds of every format: valid, readable by others, nothing lost, nothing beyond an outlet's terms."""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import atoma
import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.model import Channel, Entry, History, Picture, Source, Version, entry_of
from feeds.publish import FORMATS, Format
from feeds.rhythm import Rhythm
from items import Block, Image, Problem, Story

HERE = Path(__file__).parent
CHANNEL = Channel(
    title="Jarshy: the day's news",
    description="News with its sources.",
    link="https://digest.example/",
    self_url="https://digest.example/digest.xml",
    feed_id="tag:digest.example,2026:jarshy/digest",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An entry as another's library has it."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime | None
    html: str
    authors: tuple[str, ...]
    origin: str | None
    topics: tuple[str, ...]


def channel_for(form: Format, **more: Any) -> Channel:
    return replace(CHANNEL, self_url=f"https://digest.example/digest{form.ending}", **more)


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> Format:
    return FORMATS[request.param]


@pytest.fixture
def entries(stories: list[Story], now: datetime) -> list[Entry]:
    return [entry_of(story, now) for story in stories]


def at(parsed: Any) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


def by_feedparser(data: bytes) -> list[Read]:
    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [
        Read(
            id=item.id,
            title=item.title,
            link=item.link,
            published=at(item.published_parsed),
            updated=at(item.updated_parsed),
            html=item.content[0].value,
            authors=tuple(author.name for author in item.authors),
            origin=item.source.title,
            topics=tuple(tag.term for tag in item.get("tags", ()) if tag.scheme),
        )
        for item in parsed.entries
    ]


def by_atoma(form: Format, data: bytes) -> list[Read]:
    if form.name == "rss":
        return [
            Read(
                id=item.guid,
                title=item.title,
                link=item.link,
                published=item.pub_date,
                updated=None,
                html=item.content_encoded,
                authors=(),
                origin=item.source.title,
                topics=(),
            )
            for item in atoma.parse_rss_bytes(data).items
        ]
    if form.name == "atom":
        return [
            Read(
                id=item.id_,
                title=item.title.value,
                link=item.links[0].href,
                published=item.published,
                updated=item.updated,
                html=item.content.value if item.content else "",
                authors=tuple(author.name for author in item.authors),
                origin=item.source.title.value if item.source else None,
                topics=tuple(category.term for category in item.categories if category.scheme),
            )
            for item in atoma.parse_atom_bytes(data).entries
        ]
    return [
        Read(
            id=item.id_,
            title=item.title,
            link=item.url,
            published=item.date_published,
            updated=item.date_modified,
            html=item.content_html,
            authors=(),
            origin=None,
            topics=(),
        )
        for item in atoma.parse_json_feed_bytes(data).items
    ]


def test_golden_feed(form: Format, entries: list[Entry]) -> None:
    golden = (HERE / f"digest{form.ending}").read_bytes()
    assert form.render(channel_for(form), entries, None).decode() == golden.decode()
    assert form.problems(golden) == []


@pytest.mark.parametrize("name", ["rss", "atom"])  # what it reads
def test_feedparser_gets_every_field_back(name: str, entries: list[Entry]) -> None:
    form = FORMATS[name]
    by_guid = {entry.guid: entry for entry in entries}
    found = by_feedparser(form.render(channel_for(form), entries, None))
    assert len(found) == len(entries)
    for read in found:
        entry = by_guid[read.id]
        assert (read.title, read.link, read.html) == (entry.title, entry.link, entry.content)
        assert (read.published, read.updated) == (entry.published, entry.updated)
        assert (read.authors, read.origin) == (entry.creators, entry.origin.name)
        assert len(read.topics) == len(entry.topics)


def test_atoma_gets_every_field_back_that_it_knows(form: Format, entries: list[Entry]) -> None:
    by_guid = {entry.guid: entry for entry in entries}
    found = by_atoma(form, form.render(channel_for(form), entries, None))
    assert len(found) == len(entries)
    for read in found:
        entry = by_guid[read.id]
        assert (read.title, read.link, read.html) == (entry.title, entry.link, entry.content)
        assert read.published == entry.published
        assert read.updated in (entry.updated, None)
        assert read.authors in (entry.creators, ())
        assert read.origin in (entry.origin.name, None)
        assert read.topics in (entry.topics, ())


def test_same_entries_in_any_order_give_the_same_bytes(form: Format, entries: list[Entry]) -> None:
    assert form.render(CHANNEL, reversed(entries), None) == form.render(CHANNEL, entries, None)


def test_every_picture_has_its_credit_and_every_source_its_name(form: Format, entries: list[Entry]) -> None:
    text = form.render(channel_for(form), entries, None).decode()
    for entry in entries:
        for told in (*(picture.credit for picture in entry.pictures), *(s.name for s in entry.sources)):
            assert told is None or told in text


def test_every_entry_has_its_language(form: Format, entries: list[Entry]) -> None:
    data = form.render(channel_for(form), entries, None)
    marks = {"rss": "<dc:language>{}<", "atom": 'xml:lang="{}"', "json": '"language": "{}"'}
    for entry in entries:
        assert data.decode().count(marks[form.name].format(entry.lang)) >= 1


def test_hubs_history_and_rhythm_are_told(form: Format, entries: list[Entry]) -> None:
    base = "https://digest.example/history/digest/"
    told = channel_for(
        form,
        hubs=("https://hub.example/",),
        history=History(archive=True, prev=f"{base}1", next=f"{base}3", current=f"{base}now"),
    )
    data = form.render(told, entries, None)
    assert form.problems(data) == []
    text = data.decode()
    assert all(f'"{url}"' in text for url in ("https://hub.example/", f"{base}1", f"{base}3", f"{base}now"))
    assert ('"archive": true' if form.name == "json" else "<fh:archive/>") in text
    assert "updatePeriod" not in text
    assert "ttl" not in text
    rhythm = Rhythm(ttl=240, skip_hours=(0, 1, 23), period="daily", frequency=6)
    current = form.render(channel_for(form, rhythm=rhythm, history=History(prev=f"{base}2")), entries, None)
    assert form.problems(current) == []
    if form.name == "rss":
        assert all(part in current for part in (b"<ttl>240</ttl>", b"<hour>23</hour>", b"prev-archive"))
    if form.name != "json":
        assert b"<sy:updatePeriod>daily</sy:updatePeriod>" in current
        assert b"<sy:updateFrequency>6</sy:updateFrequency>" in current
    else:
        assert json.loads(current)["next_url"] == f"{base}2"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"published": datetime(2026, 11, 25)}, "timezone"),  # noqa: DTZ001 - the fault under test
        ({"link": "javascript:alert(1)"}, "link|url"),
        ({"title": " "}, "title|Required"),
    ],
)
def test_a_bad_entry_is_dropped_and_told_alone(
    form: Format, entries: list[Entry], changed: dict[str, Any], why: str
) -> None:
    problems: list[Problem] = []
    bad = replace(entries[0], guid="urn:uuid:bad", **changed)
    good = form.render(CHANNEL, entries, None)
    assert form.render(CHANNEL, [*entries, bad], problems.append) == good
    assert [problem.field for problem in problems] == ["entry"]
    assert any(part in problems[0].why for part in why.split("|"))


@pytest.mark.parametrize("name", ["atom", "json"])  # RSS alone knows no change
def test_an_entry_that_changed_before_it_was_published_is_dropped(name: str, entries: list[Entry]) -> None:
    problems: list[Problem] = []
    FORMATS[name].render(
        CHANNEL, [replace(entries[0], updated=datetime(2025, 1, 1, tzinfo=UTC))], problems.append
    )
    assert "is before" in problems[0].why


def test_a_repeated_guid_is_dropped(form: Format, entries: list[Entry]) -> None:
    problems: list[Problem] = []
    data = form.render(CHANNEL, [*entries, entries[0]], problems.append)
    assert data == form.render(CHANNEL, entries, None)
    assert "second entry" in problems[0].why


def test_a_feed_of_nothing_is_still_valid(form: Format) -> None:
    assert form.problems(form.render(channel_for(form), [], None)) == []


def test_a_channel_without_a_title_is_refused(form: Format) -> None:
    with pytest.raises(ValueError, match="title"):
        form.render(replace(CHANNEL, title=""), [], None)


KEPT_BACK = "Слова, которые условия издания оставляют ему."


@pytest.mark.parametrize("terms", ["headline", "excerpt"])
def test_no_format_carries_more_than_the_terms_allow(
    form: Format, terms: Any, make_story: Callable[..., Story], now: datetime
) -> None:
    shown = "Показанный абзац."
    blocks = [Block(kind="paragraph", text=words) for words in (shown, "Второй абзац.", KEPT_BACK)]
    images = (
        Image(url="https://e.kz/1.jpg", credit="Первый"),
        Image(url="https://e.kz/2.jpg", alt=KEPT_BACK),
    )
    story = make_story(
        blocks=tuple(blocks),
        images=images,
        lead=KEPT_BACK if terms == "headline" else "Лид.",
        tags=("Метка",),
    )
    lead = replace(story.lead, outlet=replace(story.lead.outlet, terms=terms))
    entry = entry_of(replace(story, lead=lead, members=(lead,)), now)
    text = form.render(channel_for(form), [entry], None).decode()
    assert KEPT_BACK not in text
    assert "e.kz/2.jpg" not in text
    assert ("e.kz/1.jpg" in text, shown in text, "Метка" in text) == (terms == "excerpt",) * 3


ANY = st.text(alphabet=st.characters(), max_size=30)
PLANES = st.integers(0, 16).flatmap(
    lambda plane: st.text(
        st.integers(plane * 0x10000, plane * 0x10000 + 0xFFFF).map(chr), min_size=1, max_size=8
    )
)
HOSTILE = st.one_of(
    ANY,
    PLANES,
    st.sampled_from(["]]>", "<script>alert(1)</script>", "\0", "\ud800", "&#0;", "\ufffe", "\u202e", "\x85"]),
)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_text_breaks_a_feed(entries: list[Entry], name: str, data: st.DataObject) -> None:
    form, entry = FORMATS[name], entries[-1]
    texts: dict[str, Any] = {
        field.name: data.draw(HOSTILE, label=field.name)
        for field in fields(entry)
        if isinstance(getattr(entry, field.name), str)
    }
    word = data.draw(HOSTILE)
    changed = replace(
        entry,
        **texts,
        sources=(Source(name=word, key=word, role="origin", url=word),),
        creators=(word, "x"),
        pictures=(Picture(url=word, type=None, credit=word, description=word),),
        others=(Version(outlet=word, lang=word, url=word, headline=word),),
        tags=(word,),
    )
    linked = replace(changed, link=entry.link, guid="urn:uuid:x", title="x" + changed.title)
    hostile = channel_for(form, title="x" + word, description="x" + word)
    for candidate in (changed, linked):
        problems: list[Problem] = []
        written = form.render(hostile, [*entries[:2], candidate], problems.append)
        assert form.problems(written) == []
        read = by_atoma(form, written)
        assert len(read) == 3 - len(problems)
        assert {entry.guid for entry in entries[:2]} <= {item.id for item in read}


def test_speed_is_no_worry(form: Format, make_story: Callable[..., Story], now: datetime) -> None:
    made = [entry_of(make_story(number=n), now) for n in range(60)]
    assert form.problems(form.render(channel_for(form), made, None)) == []

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import listparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.editions import Edition, Kind, Place, Search, editions
from feeds.opml import problems_of_opml, render_opml
from feeds.publish import FORMATS
from pipelines.store import Choice
from tests.feeds.conftest import AKORDA, INBUSINESS

PLACE = Place(site="https://digest.example/feeds/")
HEADINGS: dict[Kind, str] = {
    "language": "Тілдер",
    "outlet": "Outlets",
    "topic": "Topics",
    "search": "Searches",
}
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def all_editions() -> list[Edition]:
    return editions(
        languages=("kk", "uz"),
        outlets={outlet.name: outlet for outlet in (AKORDA, INBUSINESS)},
        topics=("economy",),
        searches=(Search(name="Мұнай & газ, «бәрі»", choice=Choice(languages=("kk",), topics=("economy",))),),
        title="Менің <жаңалықтарым>",
    )


def test_listparser_gets_every_feed_back() -> None:
    made = all_editions()
    data = render_opml(made, PLACE, "Jarshy & co", HEADINGS, changed=AT)
    assert problems_of_opml(data) == []
    found = listparser.parse(data.decode())
    assert not found.bozo
    assert found.meta.title == "Jarshy & co"
    assert [feed.url for feed in found.feeds] == [f"{PLACE.site}{edition.name}.xml" for edition in made]
    assert [feed.title for feed in found.feeds] == [edition.title for edition in made]
    searched = found.feeds[-1]
    assert ["search"] in searched.categories
    assert ["topic", "economy"] in searched.categories


def test_the_list_says_language_and_category() -> None:
    root = ElementTree.fromstring(render_opml(all_editions(), PLACE, "Jarshy", HEADINGS))  # noqa: S314
    by_url = {node.get("xmlUrl"): node for node in root.iter("outline")}
    assert by_url[f"{PLACE.site}digest-kk.xml"].get("language") == "kk"
    assert by_url[f"{PLACE.site}digest.xml"].get("language") is None
    assert by_url[f"{PLACE.site}topics/economy.xml"].get("category") == "/topic,/topic/economy"
    assert [node.get("text") for node in root.findall("body/outline")][1:] == list(HEADINGS.values())


def test_the_list_may_be_of_any_format() -> None:
    data = render_opml(all_editions(), PLACE, "Jarshy", HEADINGS, form=FORMATS["json"])
    assert b'xmlUrl="https://digest.example/feeds/digest.json"' in data


def test_a_language_without_words_of_ours_is_named() -> None:
    titles = {
        edition.name: edition.title for edition in editions(languages=("uz", "ru"), outlets={}, topics=())
    }
    assert titles["digest-uz"] == "Jarshy: the day's news (uz)"
    assert titles["digest-ru"] == "Jarshy: новости дня на русском языке"


@given(st.text())
def test_any_name_of_a_search_may_stand_in_it(name: str) -> None:
    made = editions(languages=(), outlets={}, topics=(), searches=(Search(name=name, choice=Choice()),))
    assert problems_of_opml(render_opml(made, PLACE, name or "x", HEADINGS)) == []


@pytest.mark.parametrize(
    "data", [b"", b"<opml/>", b'<opml version="2.0"><head><title>x</title></head><body/></opml>']
)
def test_what_is_no_list_is_a_problem(data: bytes) -> None:
    assert problems_of_opml(data)


def test_a_feed_stands_once() -> None:
    made = all_editions()
    assert problems_of_opml(render_opml([*made, made[-1]], PLACE, "x", HEADINGS))

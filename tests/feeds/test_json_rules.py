from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.json_rules import problems_of_json

HERE = Path(__file__).parent
GOOD = json.loads((HERE / "digest.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((HERE / "json_feed.schema.json").read_text(encoding="utf-8"))
Change = Callable[[dict[str, Any]], None]


def bytes_of(feed: Any) -> bytes:
    return json.dumps(feed).encode()


def test_the_golden_feed_is_valid_by_the_schema_and_by_our_rules() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(GOOD)
    assert problems_of_json(bytes_of(GOOD)) == []


def setting(*path: str | int, to: Any) -> Change:
    def change(feed: dict[str, Any]) -> None:
        at: Any = feed
        for key in path[:-1]:
            at = at[key]
        if to is None:
            del at[path[-1]]
        else:
            at[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (setting("version", to="1"), "version"),
        (setting("title", to=None), "no title"),
        (setting("feed_url", to=None), "no feed_url"),
        (setting("feed_url", to="/digest.json"), "feed_url '/digest.json'"),
        (setting("next_url", to="https://digest.example/digest.json"), "also the next"),
        (setting("language", to="kazakh language"), "no language tag"),
        (setting("hubs", to=[{"url": "https://hub.example/"}]), "a hub wants"),
        (setting("items", to={}), "no list of objects"),
        (setting("items", 0, "id", to=None), "item 1: no id"),
        (setting("items", 1, "content_html", to="<script>alert(1)</script>"), "item 2: content_html holds"),
        (setting("items", 1, "content_html", to='<a href="/x">x</a>'), "item 2: content_html holds"),
        (setting("items", 0, "url", to="javascript:alert(1)"), "no absolute http"),
        (setting("items", 0, "summary", to="\u0001"), "characters that no feed carries"),
        (setting("items", 0, "title", to=7), "title is no text"),
        (setting("items", 0, "date_published", to="2026-11-25"), "no RFC 3339 date"),
        (setting("items", 0, "date_published", to="2026-02-31T10:00:00Z"), "no RFC 3339 date"),
        (setting("items", 0, "date_modified", to="2020-01-01T00:00:00Z"), "is before date_published"),
        (setting("items", 0, "authors", to=[{}]), "an author without a name"),
        (setting("items", 0, "tags", to=[""]), "a tag is no text"),
        (setting("items", 0, "attachments", to=[{"url": "https://e.kz/a"}]), "an attachment wants"),
        (setting("items", 0, "date_published", to="2020-01-01T00:00:00Z"), "not newest first"),
        (lambda feed: feed["items"].append(feed["items"][-1]), "stands 2 times"),
    ],
)
def test_what_is_wrong_is_said(change: Change, why: str) -> None:
    feed = copy.deepcopy(GOOD)
    change(feed)
    assert any(why in problem for problem in problems_of_json(bytes_of(feed))), why


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b'{"a": 1, "a": 2}', b"[" * 100_000])
def test_what_is_no_feed_is_a_problem(data: bytes) -> None:
    assert len(problems_of_json(data)) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted({*GOOD, *GOOD["items"][0]})), JSON)
def test_anything_is_judged(key: str, value: Any) -> None:
    feed = copy.deepcopy(GOOD)
    feed[key] = value
    assert isinstance(problems_of_json(bytes_of(feed)), list)
    feed = copy.deepcopy(GOOD)
    feed["items"][0][key] = value
    assert isinstance(problems_of_json(bytes_of(feed)), list)

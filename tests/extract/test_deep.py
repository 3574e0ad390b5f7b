"""Pages that nest deeper than libxml2 follows: nothing that a reader sees is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement

from spiders.extract.deep import MAX_TAGS, read_deep
from spiders.extract.dom import parse, text_of

WORDS = [f"сөз{number}" for number in range(400)]
TEXT = " ".join(WORDS)


def depth(root: HtmlElement) -> int:
    deepest, here = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        here += 1 if event == "start" else -1
        deepest = max(deepest, here)
    return deepest


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<p>{word} <font size=2><b>" for word in WORDS),
        "".join(f"<div>{word} <span>" for word in WORDS),
        "".join(f"<div>{word} " for word in WORDS) + "</div>" * 400,
        "<div>" * 400 + "".join(f"{word} </div>" for word in WORDS),
        "<div>" * 400 + "</div>" * 400 + TEXT,
        "<ul><li>" * 200 + "".join(f"{word} </li></ul>" for word in WORDS),
    ],
)
def test_text_below_and_after_is_read_in_order(html: str) -> None:
    root, notes = parse(f"<html><body>{html}</body></html>")
    assert text_of(root, apart=True) == TEXT
    assert depth(root) <= 256
    assert notes == ()


def test_attributes_and_scripts_are_kept() -> None:
    root, _ = parse(
        "<div>" * 300 + '<a class="b c" href="/x">y</a><script type="application/ld+json">{}</script>'
    )
    (anchor,), (script,) = root.iter("a"), root.iter("script")
    assert (anchor.get("class"), anchor.get("href"), anchor.text, script.text) == ("b c", "/x", "y", "{}")


def test_what_has_no_name_or_character_in_xml_does_no_harm() -> None:
    root, _ = parse("<div>" * 300 + '<p a"b=c <x=1>&#1;тек&#xFFFE;ст</p><!-- x --><![CDATA[y]]><a<b>z')
    assert "текст" in text_of(root)


def test_more_tags_than_are_read_so_are_told() -> None:
    root, notes = parse("<b>x" * (MAX_TAGS + 9))
    assert len(text_of(root)) == MAX_TAGS
    assert "nested too deep" in notes[0]
    assert depth(root) <= 256


TREES = st.recursive(
    st.sampled_from(["бір ", "екі ", "үш "]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "span", "b", "section", "em"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@given(TREES, st.integers(min_value=0, max_value=300))
def test_any_tree_keeps_its_text_at_any_depth(tree: str, levels: int) -> None:
    shallow, _ = parse(f"<html><body><div>{tree}</div></body></html>")
    root = read_deep(f"<html><body>{'<div>' * levels}{tree}{'</div>' * levels}</body></html>")
    assert "".join(root.itertext()) == "".join(shallow.itertext())

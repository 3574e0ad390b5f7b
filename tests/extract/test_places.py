"""The gathered classes of a page answer a selector as XPath does."""

from __future__ import annotations

import pytest
from cssselect import SelectorError
from hypothesis import given
from hypothesis import strategies as st

from spiders.extract.dom import parse, select
from spiders.extract.places import Places

TAGS = st.sampled_from(["div", "p", "span", "h1"])
NAMES = st.sampled_from(["a", "b", "ab", "a-b", "a\u00a0b"])
CLASSES = st.lists(NAMES, max_size=3).map("\n ".join)
TREES = st.recursive(
    st.just("текст"),
    lambda inner: st.builds(
        lambda tag, names, name, parts: f'<{tag} class="{names}" id="{name}">{"".join(parts)}</{tag}>',
        TAGS,
        CLASSES,
        NAMES,
        st.lists(inner, max_size=3),
    ),
    max_leaves=25,
)
COMPOUNDS = st.builds(
    lambda tag, marks: f"{tag}{marks}" or "*",
    st.sampled_from(["", "div", "p", "h1"]),
    st.sampled_from(["", ".a", ".b", ".a.b", "#a", "#ab", ".a#b", ".a-b", "[class]", ":first-child"]),
)
SELECTORS = st.builds(
    lambda compounds, joint: joint.join(compounds),
    st.lists(COMPOUNDS, min_size=1, max_size=3),
    st.sampled_from([" ", " > ", " + "]),
)


@given(TREES, st.lists(SELECTORS, min_size=1, max_size=2))
def test_answers_are_those_of_xpath(tree: str, selectors: list[str]) -> None:
    root, _ = parse(f"<html><body>{tree}</body></html>")
    places = Places(root)
    assert places.select(selectors) == select(root, selectors)
    for element in root.iter():
        assert places.select(selectors, within=element) == select(element, selectors)


def test_what_was_taken_out_of_an_element_is_not_found_in_it() -> None:
    root, _ = parse('<div id="a"><p class="b">бір</p></div>')
    places, (div,) = Places(root), root.iter("div")
    div[0].drop_tree()
    assert places.select((".b",), within=div) == []


def test_a_selector_that_is_no_css_is_refused() -> None:
    with pytest.raises(SelectorError):
        Places(parse("<p>бір</p>")[0]).select(("p..a",))

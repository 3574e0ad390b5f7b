"""Pages nested deeper than libxml2 follows, read by BeautifulSoup and laid flatter.

libxml2 breaks a page off at 256 open elements, and old pages come to that many by tags that nobody closed
(`<font><b>` in every paragraph): what stood beyond was lost. BeautifulSoup takes the tags as they come and
knows no such bound; its tree is handed on with its depth held, all text kept, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import (
    Comment,
    Declaration,
    Doctype,
    NavigableString,
    PageElement,
    ProcessingInstruction,
    Tag,
)
from lxml.html import Element, HtmlElement

MAX_TAGS: Final = 40_000
"""Tags, opening and closing, of a page that is read so: twenty times slower than others."""

_SILENT: Final = (Comment, Declaration, Doctype, ProcessingInstruction)
_DEPTH: Final = 120  # levels that are kept: more than any page has on purpose
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2


@dataclass(slots=True)
class _Place:
    """Where the children of a tag go."""

    children: Iterator[PageElement]
    parent: HtmlElement
    beside: HtmlElement | None = None  # the tag's own element, where its children go beside it


def read_deep(html: str) -> HtmlElement:
    """Read a page whatever its depth, in time that grows with its length. Never raises.

    Args:
        html: The page, decoded, of at most `MAX_TAGS` tags. Comments and declarations are left out.

    Returns:
        The root. What is nested too deep stands beside what it was in, not within it.
    """
    soup = BeautifulSoup(html, "lxml")
    top = soup.find("html")
    root = _element(top) if isinstance(top, Tag) else Element("html")
    stack = [_Place(iter((top if isinstance(top, Tag) else soup).contents), root)]
    while stack:
        place = stack[-1]
        child = next(place.children, None)
        if child is None:
            stack.pop()
        elif isinstance(child, Tag):
            made, parent = _element(child), place.parent
            parent.append(made)
            deep = len(stack) >= _DEPTH
            stack.append(_Place(iter(child.contents), parent if deep else made, made if deep else None))
        elif isinstance(child, NavigableString) and not isinstance(child, _SILENT):
            _write(place, _FORBIDDEN.sub("", child))
    return root


def _element(tag: Tag) -> HtmlElement:
    """An element as a tag of the soup, without what XML has no name for."""
    try:
        made = Element(tag.name)
    except ValueError:
        made = Element("span")
    for name, value in tag.attrs.items():
        written = value if isinstance(value, str) else " ".join(value)
        try:
            made.set(name, _FORBIDDEN.sub("", written))
        except ValueError:
            continue
    return made


def _write(place: _Place, text: str) -> None:
    """Put a text after all that was put into its place before."""
    parent, beside = place.parent, place.beside
    last = next(parent.iterchildren(reversed=True), None)  # a length would be counted
    if last is None:
        parent.text = (parent.text or "") + text
    elif beside is not None and last is beside:
        beside.text = (beside.text or "") + text
    else:
        last.tail = (last.tail or "") + text

"""Tables of facts, told from tables that lay out a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from items import Block, Link
from spiders.extract.dom import raw_text, text_of
from spiders.extract.urls import absolute

_CELL_PROSE: Final = 400  # characters: a cell with more is part of a layout, not of a table
_CELLS: Final = frozenset({"td", "th"})
_LAYOUT: Final = ("table", "img", "iframe", "figure", "h1", "h2", "blockquote")


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds facts in rows, rather than the layout of a page."""
    if next(table.iterdescendants(*_LAYOUT), None) is not None:
        return False
    widths = [sum(cell.tag in _CELLS for cell in row) for row in table.iterdescendants("tr")]
    if not widths or max(widths) < 2:
        return False
    if len(widths) < 2 and next(table.iterdescendants("th"), None) is None:
        return False
    return all(len(raw_text(cell)) <= _CELL_PROSE for cell in table.iterdescendants("td", "th"))


def rows(table: HtmlElement, *, base: str) -> Iterator[Block]:
    """The blocks of a table of facts: its caption, then a block a row, the cells parted by " | ".

    Args:
        table: A table that `is_data`.
        base: The address that its links are resolved against.
    """
    caption = next(table.iterdescendants("caption"), None)
    if caption is not None and (text := text_of(caption)):
        yield Block(kind="paragraph", text=text)
    for row in table.iterdescendants("tr"):
        cells = [text_of(cell) for cell in row if cell.tag in _CELLS]
        if not any(cells):
            continue
        links = tuple(
            Link(url=href, text=text)
            for anchor in row.iterdescendants("a")
            if (href := absolute(base, anchor.get("href", ""))) and (text := text_of(anchor))
        )
        yield Block(kind="row", text=" | ".join(cells), links=links)

"""An article's own subtree, read with BeautifulSoup into blocks and pictures in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag
from lxml import etree
from lxml.html import HtmlElement

from items import Block, BlockKind, Image, Link
from spiders.extract import images
from spiders.extract.dom import BLOCKS, fold, is_block
from spiders.extract.embeds import embedded_link
from spiders.extract.meta import same_site
from spiders.extract.runs import ENDED, LONG_LINE, paragraphs
from spiders.extract.urls import absolute

_DROPPED: Final = frozenset({
    "script", "style", "noscript", "template", "head", "form", "nav", "aside", "button", "select", "textarea",
    "input", "dialog", "svg", "canvas", "audio", "video", "object", "map", "iframe", "embed", "amp-ad",
    "amp-analytics", "amp-social-share", "amp-sidebar",
})  # fmt: skip
_HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CELL_PROSE: Final = 400  # characters: a cell with more is part of a layout, not of a table
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*block")
_LINES: Final = frozenset({"p", "li", "a", "span", "b", "strong", "em", "i", "td", "th", *_HEADINGS})


@dataclass(frozen=True, slots=True)
class Text:
    """A block, with the element that holds it (by number): neighbours in one element have one `home`."""

    block: Block
    home: int
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture where it stands between the blocks."""

    image: Image


Piece: TypeAlias = Text | Picture


def read_pieces(element: HtmlElement, *, base: str) -> list[Piece]:
    """Read the subtree of an element, its own tail left out.

    Args:
        element: The container of the body (or a figure). It is left as it is.
        base: The address that its links are resolved against.
    """
    markup = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    soup = BeautifulSoup(markup, "lxml")
    reader = _Reader(base)
    reader.read(soup.body or soup)
    return reader.pieces


class _Reader:
    """One walk over the subtree, without recursion: pages nest as deep as they like."""

    def __init__(self, base: str) -> None:
        self.pieces: list[Piece] = []
        self._base = base
        self._buffer: list[str] = []
        self._length = 0
        self._links: list[tuple[int, str, int]] = []  # where its text starts, address, where it ends
        self._open: list[Tag] = []
        self._anchors: list[tuple[int, str]] = []
        self._with_text: dict[int, bool] = {}  # by the id of a parent, which lives as long as its tree

    def read(self, top: Tag) -> None:
        stack: list[tuple[Tag, Iterator[object]]] = [(top, iter(top.contents))]
        self._open.append(top)
        while stack:
            tag, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(tag)
                self._open.pop()
            elif isinstance(child, Tag):
                self._open.append(child)
                if self._enter(child):
                    stack.append((child, iter(list(child.contents))))
                else:
                    self._open.pop()
            elif isinstance(child, NavigableString) and (
                type(child) is NavigableString or isinstance(child, CData)
            ):
                self._text(child)
        self._flush()

    def _enter(self, tag: Tag) -> bool:
        """Take in a tag; whether its children are to be read too."""
        link = embedded_link(tag, self._base)
        if link is not None:
            self._embed(tag, link)
            return False
        name = tag.name
        if name in _DROPPED:
            return False
        if name in images.TAGS:
            self._picture(tag)
            return False
        if name == "br":
            self._write("\n")
            return False
        if name == "sup" and _is_note(tag):
            return False
        if name == "figure":
            return self._figure(tag)
        if self._is_under_picture(tag):
            return False
        if self._is_block(tag):
            self._flush()
            if name == "table" and _is_data(tag):
                self._table(tag)
                return False
            if name == "pre":
                self._preformatted(tag)
                return False
        elif name == "a":
            href = absolute(self._base, str(tag.get("href", "")))
            self._anchors.append((self._length, href or ""))
        return True

    def _leave(self, tag: Tag) -> None:
        if self._is_block(tag):
            self._flush()
        elif tag.name == "a" and self._anchors:
            start, href = self._anchors.pop()
            if href and self._length > start:
                self._links.append((start, href, self._length))

    def _text(self, text: str) -> None:
        self._write(_SPACES.sub(" ", text))

    def _write(self, text: str) -> None:
        self._buffer.append(text)
        self._length += len(text)

    def _flush(self) -> None:
        """Make blocks of what was written since the last one."""
        written, links = "".join(self._buffer), self._links
        links += [
            (start, href, self._length) for start, href in self._anchors if href and start < self._length
        ]
        self._buffer, self._length, self._links = [], 0, []
        self._anchors = [(0, href) for _, href in self._anchors]
        if not written.strip():
            return
        kind, level, home = self._place()
        for start, end in paragraphs(written):
            text = fold(written[start:end])
            if not text:
                continue
            held = tuple(
                Link(url=href, text=label)
                for begin, href, finish in links
                if start <= begin < end and (label := fold(written[begin : min(finish, end)]))
            )
            self.pieces.append(Text(Block(kind=kind, text=text, level=level, links=held), home))

    def _place(self) -> tuple[BlockKind, int, int]:
        """What kind of block stands here: of heading, item and quote the innermost decides."""
        home = id(self._open[0])
        for tag in reversed(self._open):
            if self._is_block(tag):
                home = (
                    id(tag.parent)
                    if tag.parent is not None and tag.name in {"p", "li", *_HEADINGS}
                    else id(tag)
                )
                break
        for tag in reversed(self._open):
            if tag.name in _HEADINGS:
                return "subhead", _HEADINGS[tag.name], home
            if tag.name in {"li", "dd", "dt"}:
                return "item", 0, home
            if tag.name == "blockquote":
                return "quote", 0, home
        return "paragraph", 0, home

    def _is_block(self, tag: Tag) -> bool:
        """Whether a tag stands on lines of its own: by its name, its style, or its place among its like."""
        if tag.name in BLOCKS:
            return True
        if tag.name == "span":
            return bool(_BLOCK_STYLE.search(str(tag.get("style", "")))) or self._is_paragraph(tag)
        return is_block(tag.name) and not self._has_text_about(tag)

    def _is_paragraph(self, span: Tag) -> bool:
        """Whether a span is a paragraph in all but name: a long sentence, no text about it in its part."""
        parent = span.parent
        if parent is None or parent.name in _LINES or not span.contents or self._has_text_about(span):
            return False
        text = span.get_text()
        return len(text) >= LONG_LINE and ENDED.search(text) is not None

    def _has_text_about(self, tag: Tag) -> bool:
        """Whether text stands beside a tag in its parent; looked for once a parent."""
        parent = tag.parent
        if parent is None:
            return False
        if id(parent) not in self._with_text:
            self._with_text[id(parent)] = any(
                type(beside) is NavigableString and bool(beside.strip()) for beside in parent.contents
            )
        return self._with_text[id(parent)]

    def _picture(self, tag: Tag) -> None:
        image = images.read_image(tag, self._base)
        if image is None or any(_leads_off(self._base, href) for _, href in self._anchors):
            return
        if not "".join(self._buffer).strip():
            self._flush()
        self.pieces.append(Picture(image))

    def _figure(self, tag: Tag) -> bool:
        """Take in a figure of pictures; anything else that stands in a figure is read as it comes."""
        self._flush()
        if tag.find(["figure", "table", "blockquote", "pre", "iframe"]) is not None:
            return True
        found = [
            image for img in tag.find_all(list(images.TAGS)) if (image := images.read_image(img, self._base))
        ]
        if not found:
            return tag.find(list(images.TAGS)) is None
        credit = next((part for part in tag.find_all(True) if images.names_credit(part)), None)
        credited = images.text_in(credit.extract()) if credit is not None else ""
        caption = next((part for part in tag.find_all(True) if images.names_caption(part)), None)
        captioned = images.text_in(caption if caption is not None else tag)
        for image in found:
            named = images.with_credit(image, credited) if credited else image
            self.pieces.append(Picture(images.with_caption(named, captioned) if captioned else named))
        return False

    def _is_under_picture(self, tag: Tag) -> bool:
        """Take in a caption or a credit that stands just under a picture, outside a figure."""
        last = self.pieces[-1] if self.pieces else None
        if not isinstance(last, Picture) or "".join(self._buffer).strip():
            return False
        caption, credit = images.names_caption(tag), images.names_credit(tag)
        if not (caption or credit) or tag.find(["p", "img", "div"]) is not None:
            return False
        text = images.text_in(tag)
        put = images.with_credit if credit and not caption else images.with_caption
        self.pieces[-1] = Picture(put(last.image, text)) if text else last
        return True

    def _embed(self, tag: Tag, link: Link) -> None:
        self._flush()
        block = Block(kind="paragraph", text=link.text, links=(link,))
        self.pieces.append(Text(block, id(tag.parent), embedded=True))

    def _table(self, table: Tag) -> None:
        caption = table.find("caption")
        if isinstance(caption, Tag) and (text := images.text_in(caption)):
            self.pieces.append(Text(Block(kind="paragraph", text=text), id(table)))
        for row in table.find_all("tr"):
            cells = [images.text_in(cell) for cell in row.find_all(["td", "th"], recursive=False)]
            if not any(cells):
                continue
            links = tuple(
                Link(url=href, text=text)
                for anchor in row.find_all("a")
                if (href := absolute(self._base, str(anchor.get("href", ""))))
                and (text := images.text_in(anchor))
            )
            self.pieces.append(Text(Block(kind="row", text=" | ".join(cells), links=links), id(table)))

    def _preformatted(self, tag: Tag) -> None:
        text = tag.get_text().strip("\n").rstrip()
        if text.strip():
            self.pieces.append(Text(Block(kind="preformatted", text=text), id(tag.parent)))


def _is_note(sup: Tag) -> bool:
    """Whether a raised number leads to a footnote."""
    anchor = sup.find("a")
    return (
        isinstance(anchor, Tag) and str(anchor.get("href", "")).startswith("#") and len(sup.get_text()) <= 6
    )


def _leads_off(base: str, href: str) -> bool:
    """Whether a link leads to a page of another site, as that about an advertiser's picture does."""
    if not href or _IMAGE_FILE.search(href):
        return False
    return not same_site(base, href, None)


def _is_data(table: Tag) -> bool:
    """Whether a table holds facts in rows, rather than the layout of a page."""
    if table.find(["table", "img", "iframe", "figure", "h1", "h2", "blockquote"]) is not None:
        return False
    rows = table.find_all("tr")
    widths = [len(row.find_all(["td", "th"], recursive=False)) for row in rows]
    if not widths or max(widths) < 2 or (len(rows) < 2 and table.find("th") is None):
        return False
    return all(len(cell.get_text()) <= _CELL_PROSE for cell in table.find_all(["td", "th"]))

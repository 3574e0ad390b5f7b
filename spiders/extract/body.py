"""An article's own subtree, read in one walk into blocks and pictures in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from lxml.html import HtmlElement

from items import Block, BlockKind, Image, Link
from spiders.extract import images
from spiders.extract.dom import BLOCKS, fold, is_block, raw_text, text_of
from spiders.extract.embeds import embedded_link
from spiders.extract.meta import same_site
from spiders.extract.runs import ENDED, LONG_LINE, paragraphs
from spiders.extract.tabular import is_data, rows
from spiders.extract.urls import absolute

_DROPPED: Final = frozenset({
    "script", "style", "noscript", "template", "head", "form", "nav", "aside", "button", "select", "textarea",
    "input", "dialog", "svg", "canvas", "audio", "video", "object", "map", "iframe", "embed", "amp-ad",
    "amp-analytics", "amp-social-share", "amp-sidebar", "rt", "rp",
})  # fmt: skip
_HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KINDS: Final[dict[str, tuple[BlockKind, int]]] = {
    **{tag: ("subhead", level) for tag, level in _HEADINGS.items()},
    **dict.fromkeys(("li", "dd", "dt"), ("item", 0)),
    "blockquote": ("quote", 0),
}  # fmt: skip
_WIDTH: Final = re.compile(r"[ \t\r\n\f\v][ \t\r\n\f\v]+|[\t\r\n\f\v]")  # blanks that are more than one space
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*block")
_LINES: Final = frozenset({"p", "li", "a", "span", "b", "strong", "em", "i", "td", "th", *_HEADINGS})
_IN_PARENT: Final = frozenset({"p", "li", *_HEADINGS})  # their neighbours are those of their parent
_NOT_IN_FIGURES: Final = ("figure", "table", "blockquote", "pre", "iframe")
_NOT_CAPTIONS: Final = ("p", "img", "div")
_NOTE: Final = 6  # characters of a mark that leads to a footnote


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
    reader = _Reader(base)
    reader.read(element)
    return reader.pieces


@dataclass(slots=True)
class _Open:
    """An element whose children are being read, and what becomes of the text that stands in it.

    Of heading, item and quote the innermost decides the kind of a block.
    """

    element: HtmlElement | None  # None above the container
    children: Iterator[HtmlElement]
    number: int
    tag: str = ""
    block: bool = False  # whether it stands on lines of its own
    kind: BlockKind = "paragraph"
    level: int = 0
    home: int = 0
    has_text: bool | None = None  # beside its children; None until somebody asks


class _Reader:
    """One walk over the subtree, without recursion: pages nest as deep as they like."""

    def __init__(self, base: str) -> None:
        self.pieces: list[Piece] = []
        self._base = base
        self._buffer: list[str] = []
        self._length = 0
        self._links: list[tuple[int, str, int]] = []  # where its text starts, address, where it ends
        self._anchors: list[tuple[int, str]] = []
        self._opened = 0

    def read(self, top: HtmlElement) -> None:
        above = _Open(None, iter((top,)), 0)
        stack = [above]
        while stack:
            here = stack[-1]
            child = next(here.children, None)
            if child is None:
                stack.pop()
                self._leave(here)
                if stack and here.element is not top and here.element is not None and here.element.tail:
                    self._write(here.element.tail)
                continue
            inner = self._enter(child, here) if isinstance(child.tag, str) else None
            if inner is not None:
                stack.append(inner)
                if child.text:
                    self._write(child.text)
            elif child is not top and child.tail:
                self._write(child.tail)
        self._flush(above)

    def _enter(self, element: HtmlElement, above: _Open) -> _Open | None:
        """Take in an element; what it opens if its children are to be read too."""
        tag = element.tag
        link = embedded_link(element, self._base)
        if link is not None:
            self._flush(above)
            block = Block(kind="paragraph", text=link.text, links=(link,))
            self.pieces.append(Text(block, above.number, embedded=True))
            return None
        if tag in _DROPPED:
            return None
        if tag in images.TAGS:
            self._picture(element, above)
            return None
        if tag == "br":
            self._write("\n", blank=False)
            return None
        if tag == "sup" and _is_note(element):
            return None
        if tag == "figure":
            self._flush(above)
            if self._figure(element):
                return None
        elif self._is_under_picture(element):
            return None
        inner = self._open(element, above)
        if inner.block:
            self._flush(above)
            if tag == "table" and is_data(element):
                self.pieces += (Text(block, inner.number) for block in rows(element, base=self._base))
                return None
            if tag == "pre":
                self._preformatted(element, above)
                return None
        elif tag == "a":
            href = absolute(self._base, element.get("href", ""))
            self._anchors.append((self._length, href or ""))
        return inner

    def _open(self, element: HtmlElement, above: _Open) -> _Open:
        self._opened += 1
        tag, block = element.tag, _is_block(element, above)
        home = (above.number if tag in _IN_PARENT else self._opened) if block else above.home
        kind, level = _KINDS.get(tag) or (above.kind, above.level)
        return _Open(element, iter(element), self._opened, tag, block, kind, level, home)

    def _leave(self, here: _Open) -> None:
        if here.block:
            self._flush(here)
        elif here.tag == "a" and self._anchors:
            start, href = self._anchors.pop()
            if href and self._length > start:
                self._links.append((start, href, self._length))

    def _write(self, text: str, *, blank: bool = True) -> None:
        """Take in a text; line breaks of the source are blanks, those of a `br` are not."""
        if blank and ("\n" in text or "  " in text or "\t" in text or "\r" in text):
            text = _WIDTH.sub(" ", text)
        self._buffer.append(text)
        self._length += len(text)

    def _flush(self, here: _Open) -> None:
        """Make blocks of what was written in an element since the last one."""
        if not self._buffer:
            return
        written, links = "".join(self._buffer), self._links
        links += [
            (start, href, self._length) for start, href in self._anchors if href and start < self._length
        ]
        self._buffer, self._length, self._links = [], 0, []
        self._anchors = [(0, href) for _, href in self._anchors]
        if not written or written.isspace():
            return
        for start, end in paragraphs(written):
            text = fold(written[start:end])
            if not text:
                continue
            held = tuple(
                Link(url=href, text=label)
                for begin, href, finish in links
                if start <= begin < end and (label := fold(written[begin : min(finish, end)]))
            )
            block = Block(kind=here.kind, text=text, level=here.level, links=held)
            self.pieces.append(Text(block, here.home))

    def _has_written(self) -> bool:
        """Whether there is a text that no block was made of yet."""
        return any(text and not text.isspace() for text in self._buffer)

    def _picture(self, element: HtmlElement, above: _Open) -> None:
        image = images.read_image(element, self._base)
        if image is None or any(_leads_off(self._base, href) for _, href in self._anchors):
            return
        if not self._has_written():
            self._flush(above)
        self.pieces.append(Picture(image))

    def _figure(self, figure: HtmlElement) -> bool:
        """Take in a figure of pictures; False for any other, which is read as it comes."""
        if next(figure.iterdescendants(*_NOT_IN_FIGURES), None) is not None:
            return False
        pictures = list(figure.iterdescendants(*images.TAGS))
        found = [image for img in pictures if (image := images.read_image(img, self._base))]
        if not found:
            return bool(pictures)
        parts = list(figure.iterdescendants("*"))
        credit = next((part for part in parts if images.names_credit(part)), None)
        inside = set(credit.iter()) if credit is not None else frozenset()
        caption = next((p for p in parts if p not in inside and images.names_caption(p)), None)
        credited = text_of(credit) if credit is not None else ""
        captioned = text_of(caption if caption is not None else figure, without=credit)
        for image in found:
            named = images.with_credit(image, credited) if credited else image
            self.pieces.append(Picture(images.with_caption(named, captioned) if captioned else named))
        return True

    def _is_under_picture(self, element: HtmlElement) -> bool:
        """Take in a caption or a credit that stands just under a picture, outside a figure."""
        last = self.pieces[-1] if self.pieces else None
        if not isinstance(last, Picture) or self._has_written():
            return False
        credit = images.names_credit(element)
        caption = images.names_caption(element) or images.describes(element)
        if not (caption or credit) or next(element.iterdescendants(*_NOT_CAPTIONS), None) is not None:
            return False
        text = text_of(element)
        put = images.with_credit if credit and not caption else images.with_caption
        self.pieces[-1] = Picture(put(last.image, text)) if text else last
        return True

    def _preformatted(self, element: HtmlElement, above: _Open) -> None:
        text = raw_text(element).strip("\n").rstrip()
        if text.strip():
            self.pieces.append(Text(Block(kind="preformatted", text=text), above.number))


def _is_block(element: HtmlElement, above: _Open) -> bool:
    """Whether an element stands on lines of its own: by its name, its style, or its place among its like."""
    tag = element.tag
    if tag in BLOCKS:
        return True
    if tag == "span":
        return _BLOCK_STYLE.search(element.get("style", "")) is not None or _is_paragraph(element, above)
    return "-" in tag and is_block(tag) and not _has_text(above)


def _is_paragraph(span: HtmlElement, above: _Open) -> bool:
    """Whether a span is a paragraph in all but name: a long sentence, no text about it in its part."""
    if above.tag in _LINES or _has_text(above):
        return False
    text = raw_text(span)
    return len(text) >= LONG_LINE and ENDED.search(text) is not None


def _has_text(above: _Open) -> bool:
    """Whether text stands in an element beside its children; looked for once."""
    if above.has_text is None:
        element = above.element
        above.has_text = element is not None and (
            bool(element.text and element.text.strip())
            or any(child.tail and child.tail.strip() for child in element)
        )
    return above.has_text


def _is_note(sup: HtmlElement) -> bool:
    """Whether a raised number leads to a footnote."""
    anchor = next(sup.iterdescendants("a"), None)
    return anchor is not None and anchor.get("href", "").startswith("#") and len(raw_text(sup)) <= _NOTE


def _leads_off(base: str, href: str) -> bool:
    """Whether a link leads to a page of another site, as that about an advertiser's picture does."""
    if not href or _IMAGE_FILE.search(href):
        return False
    return not same_site(base, href, None)

"""The measures of a page, taken in one walk: how much text stands where, how much of it in links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from spiders.extract.dom import SILENT, elements, is_block, is_hidden

_OPENING: Final = 12  # characters: a shorter text without a letter (a time, a number) opens no part


@dataclass(slots=True)
class Line:
    """Text without a block inside it, in document order; `holder` is the number of its block element."""

    holder: int
    length: int = 0
    linked: int = 0
    last: str = ""

    @property
    def own(self) -> int:
        """How many of its characters stand outside links."""
        return self.length - self.linked

    @property
    def is_linked(self) -> bool:
        """Whether it is a link, or mostly one."""
        return 2 * self.linked > self.length


class Measures:
    """What stands in every element, itself and all below it. Elements go by their number in document order.

    Attributes:
        above: The number of the parent, -1 for the root.
        length: Characters of text that readers see; `linked`: those of them in links.
        anchors: Links; `pictures`: pictures.
        opens: The first text with a letter, and whether it is linked.
        has_text: Whether text stands in the element outside its children.
        silent: Whether readers see nothing of it.
        lines: The lines of the page in document order.
    """

    def __init__(self, root: HtmlElement) -> None:
        self.elements = list(elements(root))
        self.number = {element: number for number, element in enumerate(self.elements)}
        size = len(self.elements)
        self.above = [-1] * size
        self.length = [0] * size
        self.linked = [0] * size
        self.lines: list[Line] = []
        self.anchors = [0] * size
        self.pictures = [0] * size
        self.opens: list[tuple[str, bool] | None] = [None] * size
        self.has_text = [False] * size  # outside its children
        self.silent = [False] * size
        self._walk()

    def end(self, number: int) -> int:
        """The number after that of the last element within one."""
        after = (n for n in range(number + 1, len(self.elements)) if self.above[n] < number)
        return next(after, len(self.elements))

    def _walk(self) -> None:
        blocks, in_link, open_ = [0] * len(self.elements), [False] * len(self.elements), list[int]()
        for number, element in enumerate(self.elements):
            parent = element.getparent()
            up = self.number[parent] if parent is not None and number else -1
            while open_ and open_[-1] != up:
                self._tail(open_.pop(), blocks, in_link)
            self.above[number] = up
            tag = element.tag
            blocks[number] = number if up < 0 or is_block(tag) else blocks[up]
            in_link[number] = tag == "a" or (up >= 0 and in_link[up])
            self.silent[number] = (up >= 0 and self.silent[up]) or tag in SILENT or is_hidden(element)
            if not self.silent[number]:
                self.anchors[number] = int(tag == "a")
                self.pictures[number] = int(tag in {"img", "picture"})
                self._write(number, element.text, blocks, in_link)
            open_.append(number)
        while open_:
            self._tail(open_.pop(), blocks, in_link)
        for number in range(len(self.elements) - 1, 0, -1):
            up = self.above[number]
            for measure in (self.length, self.linked, self.anchors, self.pictures):
                measure[up] += measure[number]

    def _tail(self, number: int, blocks: list[int], in_link: list[bool]) -> None:
        up = self.above[number]
        if up >= 0 and not self.silent[up]:
            self._write(up, self.elements[number].tail, blocks, in_link)

    def _write(self, number: int, written: str | None, blocks: list[int], in_link: list[bool]) -> None:
        text = written.strip() if written else ""
        if not text:
            return
        length, linked = len(text), in_link[number]
        self.has_text[number] = True
        self.length[number] += length
        self.linked[number] += length if linked else 0
        if not self.lines or self.lines[-1].holder != blocks[number]:
            self.lines.append(Line(blocks[number]))
        line = self.lines[-1]
        line.length += length
        line.linked += length if linked else 0
        line.last = text[-1]
        above = number if length >= _OPENING or text[:1].isalpha() else -1
        while above >= 0 and self.opens[above] is None:
            self.opens[above] = text, linked
            above = self.above[above]

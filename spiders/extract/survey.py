"""A survey of a whole page in one walk: how much text stands where, and which parts are about something else.

What is *foreign* belongs to the site or to other articles: menus, comments, teasers, calls to subscribe. It is
told by the element's kind, its role, the words of its class, and by its make: three links to other pages, each
with a line or a picture, are teasers whatever they are called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from spiders.extract.dom import BLOCKS, SILENT, elements, is_hidden, words_of
from spiders.extract.tables import words

_FURNITURE: Final = frozenset({"nav", "aside", "footer", "form", "menu", "dialog"})
_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "dialog", "alertdialog", "search"})
_CERTAIN: Final = frozenset(words("noise", "classes", "certain"))
_LIKELY: Final = frozenset(words("noise", "classes", "likely"))
_SPARE: Final = frozenset(words("noise", "classes", "spare"))
_FACTS: Final = frozenset(words("noise", "classes", "facts"))
_TALK: Final = frozenset(words("noise", "classes", "talk"))
_FOREIGN: Final = (_CERTAIN | _LIKELY) - _FACTS
_NEVER: Final = frozenset({"html", "body", "main", "img", "figure", "a", "h1"})
_NOT_PROSE: Final = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "button", "label", "option", "time", "summary",
    "address", "th", "legend",
})  # fmt: skip
_ENDS: Final = tuple(".!?…»”\"')؟।。")
_PROSE: Final = 25  # characters of a line that may be a sentence
_OPENING: Final = 12  # characters: a shorter text (a date, a number) says nothing of what a part begins with
_MAJORITY: Final = 0.5  # of the page's text: no part that holds more is foreign by its name
_CARDS: Final = 3  # teasers side by side
_CARD: Final = 700  # characters of a teaser
_TITLE: Final = 12  # characters of a link that may be a headline


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


class Survey:
    """The measures of a page. Elements go by their number in document order."""

    def __init__(self, root: HtmlElement, heading: HtmlElement | None) -> None:
        self.elements = list(elements(root))
        self.number = {element: number for number, element in enumerate(self.elements)}
        size = len(self.elements)
        self.above = [-1] * size
        self.length = [0] * size
        self.linked = [0] * size
        self.lines: list[Line] = []
        self._anchors = [0] * size
        self._pictures = [0] * size
        self._opens_linked: list[bool | None] = [None] * size
        self._silent = [False] * size
        self._walk()
        self.heading = self.number.get(heading, -1) if heading is not None else -1
        self._about_heading = set(self._chain(self.heading)) if self.heading >= 0 else set()
        self.foreign = self._foreign()

    def is_foreign(self, element: HtmlElement) -> bool:
        """Whether the element stands in a foreign part."""
        number = self.number.get(element)
        return number is not None and self.foreign[number]

    def weights(self) -> list[float]:
        """The prose of every element: the letters of lines that read like sentences, foreign parts left out.

        What stands before the headline counts for little.
        """
        found = [0.0] * len(self.elements)
        for line in self.lines:
            if weight := self.prose(line):
                found[line.holder] += weight if line.holder > self.heading else weight / 4
        for number in range(len(found) - 1, 0, -1):
            found[self.above[number]] += found[number]
        return found

    def prose(self, line: Line) -> int:
        """The letters of a line if it reads like a sentence of the article, else 0."""
        tag = self.elements[line.holder].tag
        if line.own < _PROSE or line.is_linked or tag in _NOT_PROSE or self.foreign[line.holder]:
            return 0
        if line.own < 2 * _PROSE and not line.last.endswith(_ENDS):
            return 0
        return line.own

    def _walk(self) -> None:
        blocks, in_link, open_ = [0] * len(self.elements), [False] * len(self.elements), list[int]()
        for number, element in enumerate(self.elements):
            parent = element.getparent()
            up = self.number[parent] if parent is not None and number else -1
            while open_ and open_[-1] != up:
                self._tail(open_.pop(), blocks, in_link)
            self.above[number] = up
            tag = element.tag
            blocks[number] = number if up < 0 or tag in BLOCKS else blocks[up]
            in_link[number] = tag == "a" or (up >= 0 and in_link[up])
            self._silent[number] = (up >= 0 and self._silent[up]) or tag in SILENT or is_hidden(element)
            if not self._silent[number]:
                self._anchors[number] = int(tag == "a")
                self._pictures[number] = int(tag in {"img", "picture"})
                self._write(number, element.text, blocks, in_link)
            open_.append(number)
        while open_:
            self._tail(open_.pop(), blocks, in_link)
        for number in range(len(self.elements) - 1, 0, -1):
            up = self.above[number]
            for measure in (self.length, self.linked, self._anchors, self._pictures):
                measure[up] += measure[number]

    def _tail(self, number: int, blocks: list[int], in_link: list[bool]) -> None:
        up = self.above[number]
        if up >= 0 and not self._silent[up]:
            self._write(up, self.elements[number].tail, blocks, in_link)

    def _write(self, number: int, written: str | None, blocks: list[int], in_link: list[bool]) -> None:
        text = written.strip() if written else ""
        if not text:
            return
        length, linked = len(text), in_link[number]
        self.length[number] += length
        self.linked[number] += length if linked else 0
        if not self.lines or self.lines[-1].holder != blocks[number]:
            self.lines.append(Line(blocks[number]))
        line = self.lines[-1]
        line.length += length
        line.linked += length if linked else 0
        line.last = text[-1]
        above = number if length >= _OPENING else -1
        while above >= 0 and self._opens_linked[above] is None:
            self._opens_linked[above] = linked
            above = self.above[above]

    def _chain(self, number: int) -> list[int]:
        chain = []
        while number >= 0:
            chain.append(number)
            number = self.above[number]
        return chain

    def _foreign(self) -> list[bool]:
        """Of every element whether it is foreign: by itself, or because it stands in a part that is."""
        most = _MAJORITY * self.length[0] if self.elements else 0
        teasers, others = self._teasers(), self._other_articles()
        found = [False] * len(self.elements)
        for number, element in enumerate(self.elements):
            up = self.above[number]
            if up >= 0 and found[up]:
                found[number] = True
            elif number not in self._about_heading and element.tag not in _NEVER:
                found[number] = (
                    self._silent[number]
                    or number in teasers
                    or number in others
                    or self._is_named_foreign(element, large=self.length[number] > most)
                )
        return found

    def _is_named_foreign(self, element: HtmlElement, *, large: bool) -> bool:
        named = words_of(element)
        if named & _TALK and not named & _SPARE and element.tag != "p":
            return True
        if large:
            return False
        if element.tag in _FURNITURE or element.get("role", "") in _ROLES:
            return True
        if named & _CERTAIN & _FOREIGN:
            return True
        return bool(named & _FOREIGN) and not named & _SPARE and element.tag != "p"

    def _teasers(self) -> set[int]:
        """The elements that are lists of teasers, and single teasers among blocks of the article."""
        rows: dict[int, list[int]] = {}
        for number in range(1, len(self.elements)):
            if self._is_teaser(number):
                rows.setdefault(self.above[number], []).append(number)
        found: set[int] = set()
        for parent, cards in rows.items():
            makes = Counter(self._make(card) for card in cards)
            alike = [card for card in cards if makes[self._make(card)] >= _CARDS]
            if not alike:
                continue
            held = sum(self.length[card] for card in alike)
            if held >= 0.6 * self.length[parent] and parent not in self._about_heading:
                found.add(parent)
            found.update(alike)
        return found

    def _make(self, number: int) -> tuple[str, str]:
        element = self.elements[number]
        return str(element.tag), element.get("class", "").split(" ")[0]

    def _is_teaser(self, number: int) -> bool:
        """Whether a part begins with a link that may be a headline, and says little besides."""
        element = self.elements[number]
        if not self._anchors[number] or element.tag not in BLOCKS | {"a"} or number in self._about_heading:
            return False
        linked, length = self.linked[number], self.length[number]
        if not _TITLE <= linked or length > _CARD or not self._opens_linked[number]:
            return False
        if element.tag == "p" or element.tag == "li":
            return 3 * linked >= length
        return 8 * linked >= length

    def _other_articles(self) -> set[int]:
        """The whole articles that follow the page's own, each in a part of the same make as its part."""
        if self.heading < 0:
            return set()
        tag, found = self.elements[self.heading].tag, set[int]()
        for number in range(self.heading + 1, len(self.elements)):
            if self.elements[number].tag != tag:
                continue
            chain = self._chain(number)
            at = next(place for place, above in enumerate(chain) if above in self._about_heading)
            own = next((n for n in self._about_heading if self.above[n] == chain[at]), -1)
            if at and own >= 0 and own != self.heading and self._make(own) == self._make(chain[at - 1]):
                found.add(chain[at - 1])
        return found


def container(survey: Survey, weights: Sequence[float], *, share: float) -> int:
    """The smallest element that holds nearly all of the page's prose; -1 where there is none."""
    if not weights or not weights[0]:
        return -1
    inner: dict[int, list[int]] = {}
    for number in range(1, len(weights)):
        if weights[number]:
            inner.setdefault(survey.above[number], []).append(number)
    here = 0
    while True:
        child = max(inner.get(here, ()), key=lambda number: weights[number], default=-1)
        if child < 0 or weights[child] < share * weights[here]:
            return here
        if survey.elements[child].tag not in BLOCKS or survey.elements[child].tag in _INSIDE:
            return here
        here = child


_INSIDE: Final = frozenset({"p", "blockquote", "pre", "ul", "ol", "li", "tr", "tbody", "table"})

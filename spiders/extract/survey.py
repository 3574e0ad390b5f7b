"""A survey of a whole page: where its prose stands, and which parts are about something else.

What is *foreign* belongs to the site or to other articles: menus, comments, teasers, calls to subscribe. It
is told by the element's kind, its role, the words of its class, and by its make: three links to other pages,
each with a line or a picture, are teasers whatever they are called.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from lxml.html import HtmlElement

from spiders.extract.dom import BLOCKS, text_of, words_of
from spiders.extract.measures import Line, Measures
from spiders.extract.tables import words

_EDGES: Final = frozenset({"nav", "footer", "menu", "dialog"})  # however much text they hold
_FURNITURE: Final = frozenset({"aside", "form"})
_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "dialog", "alertdialog", "search"})
_CERTAIN: Final = frozenset(words("noise", "classes", "certain"))
_LIKELY: Final = frozenset(words("noise", "classes", "likely"))
_SPARE: Final = frozenset(words("noise", "classes", "spare"))
_FACTS: Final = frozenset(words("noise", "classes", "facts"))
_TALK: Final = frozenset(words("noise", "classes", "talk"))
_WALL: Final = frozenset(words("noise", "classes", "wall"))
_GATE: Final = frozenset(words("noise", "classes", "gate"))
_NOT_TALK: Final = _SPARE | frozenset(words("labels", "places", "author"))  # a byline with their number
_FOREIGN: Final = (_CERTAIN | _LIKELY) - _FACTS
_SIDES: Final = tuple(frozenset(pair.split()) for pair in words("noise", "classes", "sides"))
_PAIRS: Final = tuple(frozenset(pair.split()) for pair in words("noise", "classes", "pairs"))
_PAIRED: Final = frozenset().union(*_SIDES, *_PAIRS)
_SENTENCES: Final = 3
_SCANT: Final = 200  # letters of prose: a page with fewer may have been misread
_SPARSE: Final = 0.1  # of what stands in the article's own part: less of it is as suspect
_REGAINED: Final = 3  # times as much must be found where names are not heard
_INLINE: Final = frozenset({"span", "b", "strong", "em", "i", "font"})
_NEVER: Final = frozenset({"html", "body", "main", "img", "figure", "a", "h1"})
_NOT_PROSE: Final = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "button", "label", "option", "time",
    "summary", "address", "th", "legend",
})  # fmt: skip
_ENDS: Final = tuple(".!?…»”\"')؟।。")
_PROSE: Final = 25  # characters of a line that may be a sentence
LONG_LINE: Final = 80
"""Characters of a line that is no label, caption or byline."""

LABEL: Final = 40
"""Characters of a label."""

_LABELS: Final = frozenset(words("noise", "sections")) | frozenset(words("noise", "walls"))
_MARKS: Final = " :.…>»→|/()[]"
_COUNT = re.compile(r"\s*\(?\d+\)?\s*$")
_SECTIONS: Final = frozenset({"div", "section", "ul", "ol", "table", "td", "article", "center", "dl"})
_ANSWER: Final = ("Re:", "RE:", "Re[", "Отв:", "Ответ:")  # before the title of a post that answers another
_RANKS: Final = frozenset({"h1", "h2", "h3", "h4", "h5"})
_MAJORITY: Final = 0.4  # of the page's own words: no part that holds more is foreign by its name
_CARDS: Final = 3  # teasers side by side
CARD: Final = 700
"""Characters of a teaser."""

_BLURB: Final = 360  # of them outside its link
TITLE: Final = 12
"""Characters of a link that may be a headline."""


class Survey(Measures):
    """The measures of a page. Elements go by their number in document order."""

    def __init__(self, root: HtmlElement, heading: HtmlElement | None) -> None:
        super().__init__(root)
        self.heading = self.number.get(heading, -1) if heading is not None else -1
        self._about_heading = set(self.chain(self.heading)) if self.heading >= 0 else set()
        self._about_prose = set(self.chain(self._first_prose()))
        self.foreign = self._foreign()
        self.lenient = False  # whether words that may mean much were not heard
        own = self._own_part()
        if (left := self._prose_within(own)) < max(_SCANT, _SPARSE * self.length[own]):
            strict, self.foreign = self.foreign, self._foreign(lenient=True)
            self.lenient = self._prose_within(own) >= _REGAINED * max(left, _PROSE)
            self.foreign = self.foreign if self.lenient else strict

    def is_foreign(self, element: HtmlElement) -> bool:
        """Whether the element stands in a foreign part."""
        number = self.number.get(element)
        return number is not None and self.foreign[number]

    def holds_heading(self, number: int) -> bool:
        """Whether the headline stands in the element."""
        return number in self._about_heading

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

    def region(self) -> int:
        """The smallest part that holds both the headline and the first long sentence after it; -1 without."""
        return max(self._about_heading & self._about_prose, default=-1)

    def chain(self, number: int) -> list[int]:
        """The element and all that it stands in, the innermost first."""
        chain = []
        while number >= 0:
            chain.append(number)
            number = self.above[number]
        return chain

    def _own_part(self) -> int:
        """The part of the page that holds the headline and its prose, and is not the whole page; else 0."""
        region = self.region()
        return region if region >= 0 and self.elements[region].tag not in {"body", "html"} else 0

    def _prose_within(self, part: int) -> int:
        end = self.end(part)
        return sum(self.prose(line) for line in self.lines if part <= line.holder < end)

    def _foreign(self, *, lenient: bool = False) -> list[bool]:
        """Of every element whether it is foreign: by itself, or because it stands in a part that is.

        `lenient` is for a page that would have next to no prose left: words of a class that may mean much
        ("ads", "meta") are not heard then.
        """
        most = _MAJORITY * self._told()
        teasers, others = self._teasers(), self._other_articles()
        found = [False] * len(self.elements)
        for number, element in enumerate(self.elements):
            up = self.above[number]
            if up >= 0 and found[up]:
                found[number] = True
            elif number not in self._about_heading and element.tag not in _NEVER:
                large = self.length[number] - self.linked[number] > most
                found[number] = (
                    number in teasers
                    or number in others
                    or (self._opens_foreign(number) and not (large and self._label_stands_apart(number)))
                    or self._is_named_foreign(number, large=large, lenient=lenient)
                )
        return found

    def _first_prose(self) -> int:
        """Where the first long sentence after the headline stands: no label before it makes it foreign."""
        long = (
            line.holder
            for line in self.lines
            if line.holder > self.heading and line.own >= LONG_LINE and not line.is_linked
        )
        return next(long, -1) if self.heading >= 0 else -1

    def _told(self) -> int:
        """The letters of the page outside links and outside what readers wrote."""
        total, talk = self.length[0] - self.linked[0], [False] * len(self.elements)
        for number in range(1, len(self.elements)):
            if talk[self.above[number]]:
                talk[number] = True
            elif number not in self._about_heading and self._is_talk(self.elements[number]):
                talk[number] = True
                total -= self.length[number] - self.linked[number]
        return total

    def _is_talk(self, element: HtmlElement) -> bool:
        named = words_of(element)
        return bool(named & _TALK) and not named & _NOT_TALK and element.tag not in _NEVER | {"p"}

    def _opens_foreign(self, number: int) -> bool:
        """Whether a part begins with a label ("Related stories", "Комментарии (3)") of what is foreign."""
        opening = self.opens[number]
        if opening is None or len(opening[0]) > LABEL or self.elements[number].tag not in _SECTIONS:
            return False
        if number in self._about_prose:
            return False
        label = _COUNT.sub("", opening[0]).strip(_MARKS).casefold()
        return label in _LABELS

    def _label_stands_apart(self, number: int) -> bool:
        """Whether the label that opens a part heads a lesser box at its start, with the box's own links."""
        opening = self.opens[number]
        for inner in range(number + 1, len(self.elements)):
            if opening is None or self.above[inner] < number:
                return False
            if self.opens[inner] == opening and self.length[inner] <= _MAJORITY * self.length[number]:
                return self.length[inner] > len(opening[0]) + TITLE
        return False

    def _is_named_foreign(self, number: int, *, large: bool, lenient: bool) -> bool:
        element = self.elements[number]
        if self._is_talk(element):
            return True
        named = words_of(element)
        if named & _TALK and named & _NOT_TALK and self.length[number] <= CARD:
            return False
        if named & _CERTAIN & _FOREIGN and self.length[number] <= CARD:
            return True
        if element.tag in _EDGES:
            return element.tag != "footer" or next(element.iterancestors("article"), None) is None
        paired = len(named & _PAIRED) > 1
        beside = paired and self.heading >= 0 and number not in self._about_prose
        if beside and any(pair <= named for pair in _SIDES) and not (large and self._tells(number)):
            return True
        if large:
            return False
        if named & _WALL and named & _GATE:
            return True
        if element.tag in _FURNITURE or element.get("role", "") in _ROLES:
            return True
        if named & _CERTAIN & _FOREIGN or (paired and any(pair <= named for pair in _PAIRS)):
            return True
        if lenient or element.tag == "p" or (element.tag in _INLINE and self.length[number] >= LONG_LINE):
            return False
        return bool(named & _FOREIGN) and not named & _SPARE

    def _tells(self, number: int) -> bool:
        """Whether a part holds long sentences as an article does."""
        end = next(
            (n for n in range(number + 1, len(self.elements)) if self.above[n] < number), len(self.elements)
        )
        long = (line for line in self.lines if number <= line.holder < end and line.own >= LONG_LINE)
        return sum(not line.is_linked for line in long) >= _SENTENCES

    def _teasers(self) -> set[int]:
        """The elements that are lists of teasers, and single teasers among blocks of the article."""
        rows: dict[int, list[int]] = {}
        for number in range(1, len(self.elements)):
            if self._is_teaser(number):
                rows.setdefault(self.above[number], []).append(number)
        found: set[int] = set()
        self.teasers = 0
        for parent, cards in rows.items():
            makes = Counter(self._make(card) for card in cards)
            all_ = Counter(
                self._make(self.number[child]) for child in self.elements[parent].iterchildren("*")
            )
            rows_of = {make for make, count in makes.items() if count >= max(_CARDS, 0.6 * all_[make])}
            alike = [card for card in cards if self._make(card) in rows_of]
            if not alike or self._is_announced(parent):
                continue
            self.teasers += len(alike)
            held = sum(self.length[card] for card in alike)
            if held >= 0.6 * self.length[parent] and parent not in self._about_heading:
                found.add(parent)
            found.update(alike)
        return found

    def _is_announced(self, number: int) -> bool:
        """Whether the sentence before a list ends in a colon: "The documents are these:"."""
        before = self.elements[number].getprevious()
        if before is None or self.elements[number].tag not in {"ul", "ol"}:
            return False
        text = text_of(before) if self.length[self.number.get(before, 0)] <= CARD else ""
        return len(text) > LABEL and text.endswith(":")

    def _make(self, number: int) -> tuple[str, str]:
        element = self.elements[number]
        return str(element.tag), element.get("class", "").split(" ")[0]

    def _is_teaser(self, number: int) -> bool:
        """Whether a part begins with a link that may be a headline, and says little besides."""
        element = self.elements[number]
        if not self.anchors[number] or element.tag not in BLOCKS | {"a"} or number in self._about_heading:
            return False
        linked, length = self.linked[number], self.length[number]
        if not linked >= TITLE or length > CARD:
            return False
        opening = self.opens[number]
        if opening is None or not (opening[1] or self._has_linked_heading(number, opening[0])):
            return False
        boxed = element.tag == "li" and len(element) > 0 and element[0].tag in _SECTIONS
        if element.tag in {"p", "li"} and not (element.get("class") or self.pictures[number] or boxed):
            return 3 * linked >= length
        return 8 * linked >= length and length - linked <= _BLURB

    def _has_linked_heading(self, number: int, opening: str) -> bool:
        """Whether a part that begins with a label (a date, a name) goes on with a heading that is a link."""
        element = self.elements[number]
        if len(opening) > LABEL or element.tag not in {"div", "section", "article", "li"}:
            return False
        headings = (self.number[heading] for heading in element.iter("h2", "h3", "h4", "h5"))
        return any(self.length[n] == self.linked[n] >= TITLE for n in headings)

    def _other_articles(self) -> set[int]:
        """The whole articles that follow the page's own, each in a part of the same make as its part."""
        return self._answers() | self._next_articles()

    def _answers(self) -> set[int]:
        """The posts of a forum that answer the first ("Re: …"), each with all that stands in its part."""
        found: set[int] = set()
        for number, element in enumerate(self.elements):
            opening = self.opens[number] if element.tag in _RANKS else None
            if opening is not None and opening[0].startswith(_ANSWER) and number > self.heading:
                chain = self.chain(number)
                at = next(place for place, above in enumerate(chain) if above in self._about_prose)
                found.update(chain[at - 1 : at])
        return found if self.heading >= 0 else set()

    def _next_articles(self) -> set[int]:
        if self.heading < 0 or self.elements[self.heading].tag not in {"h1", "h2", "h3"}:
            return set()
        tag, found = self.elements[self.heading].tag, set[int]()
        told = text_of(self.elements[self.heading])
        for number in range(self.heading + 1, len(self.elements)):
            if self.elements[number].tag != tag or text_of(self.elements[number]) == told:
                continue
            chain = self.chain(number)
            at = next(place for place, above in enumerate(chain) if above in self._about_heading)
            own = next((n for n in self._about_heading if self.above[n] == chain[at]), -1)
            if at and own >= 0 and own != self.heading and self._make(own) == self._make(chain[at - 1]):
                found.add(chain[at - 1])
        return found

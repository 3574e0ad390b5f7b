"""Where a page has what a selector asks for: its classes, gathered once.

A prepared page is asked for some thirty selectors, nearly all of them a class or a class within a class.
XPath walks the tree for each; here it is walked once, and what the page has not is known at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from spiders.extract.dom import compiled, having, outermost

_PLAIN = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<marks>(?:[.#][A-Za-z_][\w-]*)*)", re.ASCII)
_MARK = re.compile(r"([.#])([\w-]+)")
_WITH_CLASS = having("class")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class _Step:
    """A compound selector: tag, classes and id, "" and empty where it names none."""

    tag: str
    classes: tuple[str, ...]
    id: str
    is_told: bool  # whether it asks for one class or one tag and nothing else

    def fits(self, element: HtmlElement) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        if self.id and element.get("id") != self.id:
            return False
        return not self.classes or set(self.classes).issubset(_names(element.get("class", "")))


def _names(value: str) -> list[str]:
    """The names in the value of a `class`; a no-break space is a letter of one (WHATWG DOM, 4.9)."""
    return value.split() if value.isascii() else _BLANKS.split(value)


@lru_cache(maxsize=1024)
def _steps(selector: str) -> tuple[_Step, ...]:
    """The steps of a selector of descendants ("div.news h1"); none for any other kind."""
    steps: list[_Step] = []
    for compound in selector.split():
        match = _PLAIN.fullmatch(compound)
        if match is None or not (match["tag"] or "." in compound):
            return ()  # one by its id alone is for XPath
        marks = _MARK.findall(match["marks"])
        ids = [name for mark, name in marks if mark == "#"]
        if len(ids) > 1:
            return ()
        classes = tuple(name for mark, name in marks if mark == ".")
        alone = not ids and len(classes) + bool(match["tag"]) == 1
        steps.append(_Step(match["tag"] or "", classes, ids[0] if ids else "", alone))
    return tuple(steps)


class Places:
    """The elements of a page by their classes, as it stood when it was parsed."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._values: dict[str, list[tuple[int, HtmlElement]]] = {}  # by the whole value: cards share theirs
        for number, element in enumerate(_WITH_CLASS(root)):
            self._values.setdefault(element.get("class", ""), []).append((number, element))
        self._all = " ".join(self._values)
        self._found: dict[str, list[HtmlElement]] = {}  # on the whole page, by selector
        self._top: HtmlElement | None = None  # that was asked about last, and all that stands in it
        self._inner: frozenset[HtmlElement] = frozenset()

    def select(self, selectors: Sequence[str], *, within: HtmlElement | None = None) -> list[HtmlElement]:
        """Every match of the first of the selectors that matches anything, in document order.

        Args:
            selectors: CSS.
            within: The element that the whole of a match stands in, itself or below it, as it was when it was
                first asked about; the page by default.

        Raises:
            cssselect.SelectorError: A selector is not valid CSS: a fault of the declaration, not of the page.
        """
        for selector in selectors:
            found = self._everywhere(selector) if within is None else self._inside(within, selector)
            if found:
                return found
        return []

    def _everywhere(self, selector: str) -> list[HtmlElement]:
        found = self._found.get(selector)
        if found is None:
            steps = _steps(selector)
            found = self._found[selector] = self._walk(steps) if steps else compiled(selector)(self._root)
        return found

    def _inside(self, top: HtmlElement, selector: str) -> list[HtmlElement]:
        """Every match that stands in an element together with all that the selector names above it."""
        steps = _steps(selector)
        if len(steps) != 1:
            whole = self._everywhere(selector) if steps else [top]
            return compiled(selector)(top) if whole else []
        found = self._everywhere(selector)
        if found and self._top is not top:
            self._top, self._inner = top, frozenset(top.iter("*"))
        return [e for e in found if e in self._inner]

    def _walk(self, steps: Sequence[_Step]) -> list[HtmlElement]:
        """What the steps lead to, each below what the one before it found."""
        found: list[HtmlElement] = []
        for number, step in enumerate(steps):
            if step.classes:
                held = self._classed(step.classes[0])
                above = set(found)
                found = [e for e in held if not above.isdisjoint(e.iterancestors())] if number else held
            elif number:
                found = [
                    e
                    for top in (outermost(found) if len(found) > 1 else found)
                    for e in top.iterdescendants(step.tag)
                ]
            else:
                found = list(self._root.iter(step.tag))
            if not step.is_told:
                found = [e for e in found if step.fits(e)]
            if not found:
                break
        return found

    def _classed(self, name: str) -> list[HtmlElement]:
        """The elements of a class, in document order."""
        if name not in self._all:
            return []
        held = [each for value, each in self._values.items() if name in value and name in _names(value)]
        if len(held) == 1:
            return [element for _, element in held[0]]
        return [element for _, element in sorted((pair for each in held for pair in each), key=_first)]


def _first(pair: tuple[int, HtmlElement]) -> int:
    return pair[0]

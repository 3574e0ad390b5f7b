"""All that the readers of one page share: the tree, and what is said, declared and hinted of it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from items import OutletFacts, Problem
from spiders.extract.dom import SILENT, is_hidden, letters_in, squash, text_of, words_of, xpath
from spiders.extract.jsonld import Linked
from spiders.extract.layout import Hint, Layout
from spiders.extract.meta import Meta
from spiders.extract.places import Places
from spiders.extract.state import State, read_state
from spiders.extract.survey import Survey
from spiders.extract.tables import words

_CLASSED = xpath("descendant::*[@class or @id]")
_NO_PLACE = frozenset({"html", "body", "script", "style", "img"})
_TITLE_TAGS = ("h4", "div", "span", "b", "strong", "font", "p", "td")
_PLACES = 100  # of one kind
_SHOWN = 200  # letters of prose: a page with more shows its article
_FOLLOWS = 120  # characters of the longest line after the headline that anybody asks for
_FOLLOWING = xpath("following::*[position() <= 60]")  # elements
_FURNITURE = frozenset({"nav", "aside", "footer", "form"})
_STRANGERS = frozenset(words("labels", "places", "strangers"))


@dataclass(kw_only=True)
class Context:
    """One page under reading. `problems` grows as fields turn out to be unreadable."""

    root: HtmlElement
    url: str
    base: str
    now: datetime
    outlet: OutletFacts | None
    layout: Layout
    hint: Hint
    meta: Meta
    linked: Linked
    micro: Mapping[str, tuple[HtmlElement, ...]]
    anchored: bool = True  # whether `now` is when the page was served, so that "2 hours ago" is a date
    lang: str | None = None
    title: str = ""  # the headline, once it is known
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def host(self) -> str:
        """The host of the page, "" where its address has none."""
        try:
            return urlsplit(self.url).hostname or ""
        except ValueError:
            return ""

    @property
    def zone(self) -> str:
        """The IANA zone that naive times are read in."""
        return self.outlet.zone if self.outlet is not None else "UTC"

    @cached_property
    def langs(self) -> tuple[str, ...]:
        """The languages a date may be written in, the likeliest first."""
        own = self.outlet.languages if self.outlet is not None else ("ru", "en", "kk")
        return tuple(dict.fromkeys(lang for lang in (self.lang, *own) if lang))

    @cached_property
    def site_names(self) -> tuple[str, ...]:
        """What the site is called, by itself and by what is declared of it."""
        names = [*self.meta.every("site"), self.linked.publisher]
        if self.outlet is not None:
            names += [self.outlet.title, self.outlet.name, *self.outlet.hosts]
        return tuple(dict.fromkeys(name for name in names if name))

    @cached_property
    def places(self) -> Places:
        """Where the page as it was parsed has its classes."""
        return Places(self.root)

    @cached_property
    def heading(self) -> HtmlElement | None:
        """The element of the headline: declared, else the first that holds just its text, else the first h1.

        Without `title` (it is not known yet, or stands nowhere on the page) the first h1 with a text.
        """
        if found := self.places.select(self.layout.headline):
            return found[0]
        written = [e for e in self.root.iter("h1") if text_of(e)]
        wanted = squash(self.title)
        for tags in (("h1",), ("h2", "h3"), _TITLE_TAGS) if wanted else ():
            for element in self.root.iter(*tags):
                if letters_in(element) <= 2 * len(self.title) + 20 and squash(text_of(element)) == wanted:
                    return element
        return written[0] if written else None

    @cached_property
    def survey(self) -> Survey:
        """The measures of the page as it was parsed; to be asked for before anything is pruned."""
        return Survey(self.root, self.heading)

    @cached_property
    def state(self) -> State:
        """What the page's program knows of the article, where the page itself shows no text."""
        if self.layout.body or max(self.survey.weights(), default=0.0) >= _SHOWN:
            return State()
        return read_state(self.root, self.title)

    def is_foreign(self, element: HtmlElement) -> bool:
        """Whether an element stands in what is about other articles, or is the site's own.

        A prepared page is not surveyed: its selectors say where things are.
        """
        return is_aside(element) if self.layout.body else self.survey.is_foreign(element)

    def is_talk(self, element: HtmlElement) -> bool:
        """Whether an element stands among comments, the menus or the asides of the site.

        The foot of an article is its own.
        """
        inside = itertools.takewhile(lambda above: above.tag != "article", element.iterancestors())
        own = (
            any(above.tag == "footer" for above in inside)
            and next(element.iterancestors("article"), None) is not None
        )
        return not own and is_aside(element)

    def lines_after_heading(self, *, longest: int) -> list[str]:
        """The texts of at most so many characters (of 120) that follow the headline, the nearest first."""
        short = (text for letters, text in self._following if letters <= longest)
        return list(dict.fromkeys(text for text in short if 0 < len(text) <= longest))

    @cached_property
    def _following(self) -> list[tuple[int, str]]:
        """The short texts of the elements that follow the headline, with how many letters each has."""
        if self.heading is None:
            return []
        counted = ((letters_in(e), e) for e in _FOLLOWING(self.heading) if e.tag not in SILENT)
        return [(letters, text_of(e, apart=True)) for letters, e in counted if letters <= _FOLLOWS]

    def report(self, name: str, why: str) -> None:
        """Keep a problem of the field `name`."""
        outlet = self.outlet.name if self.outlet is not None else self.host
        self.problems.append(Problem(outlet=outlet, url=self.url, field=name, why=why))

    def declared(self, name: str, selectors: Sequence[str]) -> list[HtmlElement]:
        """What the declared selectors of a field match; a problem is kept where they match nothing at all."""
        found = self.places.select(selectors)
        if selectors and not found:
            self.report(name, f"no declared selector matched: {', '.join(selectors)}")
        return found

    def named(self, names: frozenset[str], *, longest: int) -> list[HtmlElement]:
        """Visible elements with one of the words in class or id and a short text; asides left out."""
        found: list[HtmlElement] = []
        for element, held in self._classed:
            if len(found) == _PLACES:
                break
            if (
                not held & names
                or element.getparent() is None
                or is_hidden(element)
                or self.is_foreign(element)
            ):
                continue
            if letters_in(element) <= longest and 0 < len(text_of(element, apart=True)) <= longest:
                found.append(element)
        return found

    @cached_property
    def _classed(self) -> list[tuple[HtmlElement, frozenset[str]]]:
        """The elements with a class or an id, with the words of it."""
        return [(e, words_of(e)) for e in _CLASSED(self.root) if e.tag not in _NO_PLACE]


def is_aside(element: HtmlElement) -> bool:
    """Whether an element stands in what is about other articles: navigation, comments, related links."""
    return any(
        above.tag in _FURNITURE or (words_of(above) & _STRANGERS and above.tag not in _NO_PLACE)
        for above in element.iterancestors()
    )

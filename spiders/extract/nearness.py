"""What stands near the headline of an unknown page: the line of its date, and its standfirst."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml.html import HtmlElement

from spiders.extract.date_words import SHAPES, fold
from spiders.extract.dom import hides, is_hidden, letters_in, squash, text_of, words_of
from spiders.extract.survey import Survey
from spiders.extract.tables import words

_LINE: Final = 160  # characters of a line of facts
_SHORTEST_LINE: Final = 4
_AGO: Final = 40  # characters of a line that counts from the present
_LABEL: Final = 60  # characters of a label before a date
_TRIED: Final = 60  # the nearest elements with a date, which are asked whether it is one of a change
_DATED = re.compile(r"\d{4}|\d:\d{2}|\d[./]\d{1,2}[./]\d{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DATE: Final = frozenset(words("labels", "places", "date"))
_UPDATED: Final = words("labels", "updated")
_PUBLISHED: Final = words("labels", "published")
_OTHERWISE: Final = words("labels", "otherwise")
_BANNER: Final = frozenset(words("labels", "places", "banner"))
_WHOLE: Final = frozenset(words("labels", "places", "whole"))
_MACHINE: Final = ("datetime", "data-time", "data-unixtime", "data-date", "data-datetime")
_STANDFIRST: Final = frozenset(words("labels", "places", "lead"))
_TITLES: Final = frozenset({"title", "headline"})  # a second one, just under the first
_FACTS: Final = (
    frozenset(words("labels", "places", "author"))
    | frozenset(words("labels", "places", "caption"))
    | frozenset(words("noise", "classes", "facts"))
) - {"also"}
_CHANGE: Final = 2  # the order of a date of change, after all others
_SHORTEST: Final = 40  # characters of a standfirst
_SHORTEST_LEAD: Final = 20  # … that is called one, or stands as a lesser heading just under the headline
_INLINE: Final = frozenset({"em", "span", "strong", "b", "i"})
_SUBHEADS: Final = frozenset({"h2", "h3", "h4"})
_LONGEST: Final = 800
_STANDFIRSTS: Final = 3


def dates_by_nearness(survey: Survey, *, relative: bool = False) -> Iterator[HtmlElement]:
    """The elements that may hold the date of publication, the nearest to the headline first.

    What stands before the headline counts as farther off, what is marked as a date or made for machines as
    nearer; one that is called the date of publication comes first, one of a change last. Foreign parts and
    the clocks of the site's own head are left out. With `relative`, "2 hours ago" is one too.
    """
    ranked: dict[int, float] = {}
    region = survey.region()
    for number in _dated(survey, relative=relative):
        element = survey.elements[number]
        if not _belongs(survey, number, region):
            continue
        distance = (
            float(number - survey.heading) if number > survey.heading else 3.0 * (survey.heading - number)
        )
        if element.tag == "time" or any(key in element.attrib for key in _MACHINE):
            distance /= 3
        elif words_of(element) & _DATE:
            distance /= 2
        ranked[number] = distance
    nearest = sorted(ranked, key=lambda number: ranked[number])[:_TRIED]
    said = {number: _label(survey.elements[number]) for number in nearest}
    told = [number for number in nearest if not _is_clock(survey.elements[number], said[number])]
    order = {number: _order(survey.elements[number], said[number]) for number in told}
    for number in sorted(told, key=lambda number: order[number]):
        if not _begins_with_change(survey, number, order):
            yield survey.elements[number]


def _begins_with_change(survey: Survey, number: int, order: Mapping[int, int]) -> bool:
    """Whether a line holds several dates, each marked by itself, the first of them that of a change."""
    inner = sorted(other for other in order if other > number and number in survey.chain(other))
    marked = [n for n in inner if not any(n in survey.chain(other) for other in inner if other > n)]
    return len(marked) > 1 and order[marked[0]] == _CHANGE and order[number] < _CHANGE


def _belongs(survey: Survey, number: int, region: int) -> bool:
    """Whether a date stands with the article: with its headline and prose, or in a part of all three."""
    if region < 0:
        return True
    around = set(survey.chain(region))
    # Within the article's own part a "top" is its own; a whole page is no such part.
    inner = region in survey.chain(number) and survey.elements[region].tag not in {"body", "html"}
    for above in survey.chain(number):
        if above in around:
            break
        element = survey.elements[above]
        named = element.tag in {"header", "nav"} or (not inner and words_of(element) & _BANNER)
        if named and not survey.holds_heading(above):
            return number > survey.heading
    else:
        return False
    if above == region:
        return True
    element = survey.elements[above]
    whole = element.tag == "article" or words_of(element) & _WHOLE or "itemtype" in element.attrib
    return element.tag not in {"body", "html"} and bool(whole)


def _dated(survey: Survey, *, relative: bool) -> Iterator[int]:
    """The elements with a line of their own that has the digits of a date in it."""
    for number, element in enumerate(survey.elements):
        if (
            survey.foreign[number]
            or number == survey.heading
            or element.tag in {"html", "body", "script", "style"}
        ):
            continue
        if element.tag == "time" or any(key in element.attrib for key in _MACHINE):
            if not is_hidden(element):
                yield number
        elif _SHORTEST_LINE <= survey.length[number] <= _LINE:
            own = survey.has_text[number] or words_of(element) & _DATE
            text = text_of(element, apart=True)[:_LINE] if own else ""
            if _DATED.search(text) or (relative and len(text) <= _AGO and _is_relative(text)):
                yield number


def _is_relative(text: str) -> bool:
    """Whether a short text counts from the present: "2 hours ago", "yesterday"."""
    folded = fold(text)
    return any(shape.search(folded) is not None for shape in (SHAPES.ago, SHAPES.relative, SHAPES.just_now))


def _label(element: HtmlElement) -> list[str]:
    """What a date is called: its own first words, and the label before it."""
    before = element.getprevious()
    said = [element.text or "", text_of(element)[:_LABEL]]
    if before is not None:
        said.append(before.tail or "")
        label = text_of(before) if letters_in(before) <= _LABEL else ""
        said.append("" if any(c.isdigit() for c in label) else label)
    parent = element.getparent()
    if before is None and parent is not None:
        said.append(parent.text or "")
    return [text.strip(" :(—–-|•·").casefold() for text in said if text]


def _starts(said: list[str], labels: tuple[str, ...]) -> bool:
    return any(text.startswith(labels) for text in said)


def _is_clock(element: HtmlElement, said: list[str]) -> bool:
    """Whether a whole date is called today's, or that of something else; "today, 10:15" dates the article."""
    return _starts(said, _OTHERWISE) and _YEAR.search(text_of(element, apart=True)[:_LINE]) is not None


def _order(element: HtmlElement, said: list[str]) -> int:
    """Where a date comes among its like: of publication, of anything, of a change."""
    named = {"updated", "modified"} & words_of(element) or "dateModified" in element.get("itemprop", "")
    if named or _starts(said, _UPDATED):
        return _CHANGE
    return 0 if _starts(said, _PUBLISHED) else 1


def standfirsts(survey: Survey, container: HtmlElement, *, body: str) -> list[str]:
    """The texts between the headline and the container of the body that lead into the article.

    Args:
        survey: The measures of the page.
        container: The element of the body; one that holds the headline holds the standfirst too.
        body: The letters of the body (`squash`): what it says already is not given again.
    """
    found: list[str] = []
    end = survey.number[container]
    if (
        survey.heading < 0
        or survey.heading > end
        or container in survey.elements[survey.heading].iterancestors()
    ):
        return found
    first = True  # line after the headline
    for line in survey.lines:
        element = survey.elements[line.holder]
        if not survey.heading < line.holder < end or len(found) == _STANDFIRSTS:
            continue
        parent = element.getparent()
        under = first and (element.tag in _SUBHEADS or (parent is not None and parent.tag == "hgroup"))
        first_line, first = first, first and line.own < _SHORTEST_LEAD
        named = words_of(element) & _STANDFIRST or under or (first_line and words_of(element) & _TITLES)
        if survey.foreign[line.holder] or not (
            survey.prose(line) >= _SHORTEST or (named and line.own >= _SHORTEST_LEAD)
        ):
            continue
        about = (element, *element.iterancestors())
        if any(
            words_of(above) & _FACTS
            or above.tag in {"figure", "figcaption", "details"}
            or hides(above.get("class", ""))
            for above in about[:3]
        ):
            continue
        if next(element.iter("button", "input", "form"), None) is not None:
            continue
        text = text_of(element)
        if _SHORTEST_LEAD <= len(text) <= _LONGEST and text not in found and squash(text) not in body:
            found.append(text)
    return found or _inline_lead(survey, end, body)


def _inline_lead(survey: Survey, end: int, body: str) -> list[str]:
    """The text that is named as a lead, and stands in a line with something else, as with the headline."""
    for number in range(survey.heading + 1, end):
        element = survey.elements[number]
        if element.tag not in _INLINE or survey.foreign[number] or survey.length[number] < _SHORTEST_LEAD:
            continue
        text = text_of(element) if words_of(element) & _STANDFIRST else ""
        if text and len(text) <= _LONGEST and squash(text) not in body:
            return [text]
    return []

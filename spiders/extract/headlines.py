"""The headline: what the page says of itself, checked against what its readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.extract.context import Context
from spiders.extract.dom import class_words, elements, fold, is_hidden, select, squash, text_nodes, text_of
from spiders.extract.fields import SEPARATORS, Candidate, agree, choose_headline, names_host, without_site
from spiders.extract.tables import words
from spiders.extract.urls import absolute

MAX_HEADLINE: Final = 500
_TOLD: Final = 10  # titles of the metadata that are heard
_SENTENCE: Final = 20  # characters of a heading that is no mere rubric
_PART: Final = 12  # letters of a part of a title that may be the headline
_DENSE_PART: Final = 6  # … in a script whose words are a sign or two
_LONG: Final = 120  # characters of a text that is prose: the headline stands before it
_PLACES: Final = frozenset(words("labels", "places", "headline"))
_LARGE = re.compile(r"\s*(?:[4-7]|\+[1-4])\s*")  # sizes of a `font` that stands for a heading
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_CUT = re.compile("|".join(re.escape(mark) for mark in SEPARATORS) + r"|[|_»|｜]|--")


def headline(context: Context) -> Candidate | None:
    """The headline without the name of the site."""
    for element in context.declared("headline", context.layout.headline):
        if text := text_of(element)[:MAX_HEADLINE]:
            return Candidate("layout", text)
    written = [
        Candidate("json-ld", context.linked.headline),
        *(Candidate("meta", text) for text in context.meta.every("headline")[:_TOLD]),
        *(
            Candidate("generic", text_of(title))
            for title in select(context.root, ("head > title", "title"))[:1]
        ),
    ]
    ones = [(e, text) for e in _marked(context) if (text := _without_clock(e))]
    logos = {squash(text) for e, text in ones if _is_logo(context, e)}
    hosts = (context.host.removeprefix("www."), *context.host.split(".")[:-1])
    names = {squash(name) for name in (*context.site_names, *hosts)} | logos
    told = [
        Candidate(c.means, without_site(c.text, (*context.site_names, *logos), context.host))
        for c in written
        if c.text
    ]
    told = [title for title in told if squash(title.text) not in names]
    parts = {part for c in written for part in _parts(c.text)} - names
    visible = [text for e, text in ones if squash(text) not in names]
    visible = list(dict.fromkeys([*_whole(ones, told), *_confirmed(context, visible, told, parts)]))[:10]
    chosen = choose_headline(visible, told)
    if chosen is not None and _is_made_for_others(context, chosen.text, visible):
        chosen = Candidate("generic", visible[0])
    if chosen is None and context.hint.headline:
        chosen = Candidate("hint", context.hint.headline)
    if chosen is None:
        context.report("headline", "no heading, title or metadata names it")
        return None
    return Candidate(chosen.means, chosen.text[:MAX_HEADLINE])


def _marked(context: Context) -> list[HtmlElement]:
    """The visible elements that say they hold the headline: h1s, and what microdata calls so."""
    marked = [e for e in context.micro.get("headline", ()) if e.tag != "meta"]
    return [e for e in (*context.root.iter("h1"), *marked) if not is_hidden(e)]


def _without_clock(element: HtmlElement) -> str:
    """The text of a heading without a time of day that stands first in it, in an element of its own."""
    text = text_of(element)
    if not _CLOCK.match(text) or (element.text or "").strip():
        return text
    first = text_of(element[0]) if len(element) else ""
    return text.removeprefix(first).strip(" |–—-") if _CLOCK.fullmatch(first) else text


def _is_logo(context: Context, element: HtmlElement) -> bool:
    """Whether a heading is a link to the front page, as the name of the site is."""
    anchors = [a for a in element.iter("a") if text_of(a)]
    above = next((a for a in element.iterancestors("a")), None)
    anchor = anchors[0] if len(anchors) == 1 else above
    if anchor is None or (anchor is not above and squash(text_of(anchor)) != squash(text_of(element))):
        return False
    if not anchor.get("href", "").strip():  # to the page itself
        return False
    path = urlsplit(absolute(context.base, anchor.get("href", "")) or "").path.strip("/")
    home = path in {"", "index.html", "index.php"} or path in words("labels", "path", "languages")
    return home and path != urlsplit(context.url).path.strip("/")


def _parts(title: str) -> Iterator[str]:
    """The parts of a title that are long enough for a headline: "Site » Section » Headline"."""
    for part in _CUT.split(title[:MAX_HEADLINE]):
        letters = squash(part)
        if len(letters) >= (_DENSE_PART if _DENSE.search(part) else _PART):
            yield letters


def _whole(ones: list[tuple[HtmlElement, str]], told: list[Candidate]) -> Iterator[str]:
    """The headline proper of a heading that holds a kicker too."""
    said = {squash(title.text) for title in told}
    for element, text in ones:
        if squash(text) not in said:
            inner = (text_of(part) for part in element.iterdescendants("span", "strong", "em", "b", "div"))
            yield from (part for part in inner if squash(part) in said)


def _confirmed(context: Context, visible: list[str], told: list[Candidate], parts: set[str]) -> Iterator[str]:
    """The visible headings, those first that the page's own titles confirm; lesser ones where no h1 is."""
    said = {squash(title.text) for title in told}
    if any(squash(text) in said for text in visible):
        yield from visible
        return
    lesser = list(_lesser(context))
    yield from (text for text in lesser if squash(text) in said)
    ones = {squash(text) for text in visible}
    likely = [
        text
        for text in lesser
        if squash(text) in parts or (squash(text) in ones and any(agree(text, c.text) for c in told))
    ]
    yield from reversed(likely)  # names of sites and sections stand above the headline
    if not visible:
        yield from (text for text in _echoes(context, list(said)) if not names_host(text, context.host))
    alone = [text for text in visible if len(text) >= _SENTENCE or len(visible) == 1]
    if not any(_is_shown(context, squash(c.text)) for c in told):
        yield from alone or [text for text in lesser if len(text) >= _SENTENCE][-1:]
    yield from visible


def _lesser(context: Context) -> Iterator[str]:
    """The headings of any level and what a class calls a title, down to the first prose of the page."""
    for element in elements(context.root):
        if len((element.text or "").strip()) >= _LONG and element.tag not in {"script", "style", "a"}:
            return
        titled = (
            element.tag in _HEADINGS
            or class_words(element.get("class", "")) & _PLACES
            or (element.tag == "font" and _LARGE.fullmatch(element.get("size", "")))
        )
        if not titled or is_hidden(element) or element.tag in {"body", "html", "a"}:
            continue
        if not _is_logo(context, element) and 0 < len(text := text_of(element)) <= MAX_HEADLINE:
            yield text


def _is_made_for_others(context: Context, title: str, visible: list[str]) -> bool:
    """Whether a title is shown nowhere (search engines are told it), while the page has a heading."""
    if not visible or len(visible[0]) < _SENTENCE or squash(visible[0]) == squash(title):
        return False
    return not _is_shown(context, squash(title))


def _is_shown(context: Context, letters: str) -> bool:
    """Whether a text stands somewhere on the page by itself."""
    texts = (text for _, text in text_nodes(context.root, least=len(letters)))
    return any(len(text) <= MAX_HEADLINE and squash(text) == letters for text in texts)


def _echoes(context: Context, said: list[str]) -> list[str]:
    """On a page without headings: the text that is the greater part of the title, at its start or its end."""
    for _, text in text_nodes(context.root, least=12):
        letters = squash(text) if len(text) <= MAX_HEADLINE else ""
        for title in said:
            if len(letters) >= max(12, len(title) // 2) and (
                title.startswith(letters) or title.endswith(letters)
            ):
                return [fold(text)]
    return []

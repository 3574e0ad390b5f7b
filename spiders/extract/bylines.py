"""Who wrote an article: by metadata, by marked places, and by the lines that stand about its headline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from spiders.extract import meta
from spiders.extract.context import Context
from spiders.extract.credits import split_credit
from spiders.extract.dates import find_date_span
from spiders.extract.dom import fold, select, squash, text_lines, text_nodes, text_of, words_of
from spiders.extract.fields import (
    Candidate,
    choose_author,
    join_authors,
    names_host,
    read_author,
    starts_with_author_label,
)
from spiders.extract.people import by_label, by_role, is_label, is_person, people_of
from spiders.extract.survey import LONG_LINE
from spiders.extract.tables import words

_AUTHOR_WORDS: Final = frozenset(words("labels", "places", "author"))
_NAME_WORDS: Final = frozenset(words("labels", "places", "name"))
_CAPTION_WORDS: Final = frozenset(words("labels", "places", "caption"))
_PICTURE_WORDS: Final = frozenset(words("labels", "places", "picture"))
_RUBRICS: Final = frozenset(words("labels", "places", "section"))
_ABOUT_PAGES: Final = words("labels", "profiles", "paths")
_DATED: Final = (*words("labels", "published"), *words("labels", "updated"))
_NAMED: Final = 20  # names of the metadata that are heard
_BYLINE: Final = 120  # characters of a labelled line
_LABEL: Final = 160  # characters of the text that begins one, blanks with it
_LINE: Final = 200  # characters of a line of facts
_BEFORE: Final = 30  # elements before the headline among which a byline may stand
_AFTER: Final = 60  # … and after the first prose
_BY_WORDS: Final = frozenset(words("labels", "by"))
_ENDS = re.compile(r"\s[|–—-]\s|[_|»]")  # before the name of the site in a title
_LINKS: Final = 60  # of a page, among which those to its front page are
_HOME: Final = frozenset({"/", "./", "index.php", "index.html"})
_HOST_LABEL: Final = 4  # letters of a part of a host that may be a name
_ALIAS = re.compile(r"[A-Za-z0-9_.-]+")  # one word in Latin letters: an account as likely as a name
_LABELS: Final = 60  # elements that are looked at for a label of their own
_PERSON_TYPES: Final = ("Person", "schema:Person", "sioc:UserAccount")


def author(context: Context) -> Candidate | None:
    """Who wrote the article: the first means that names somebody other than the site itself.

    On a page of an unknown site nobody is named rather than the site.
    """
    for element in context.declared("author", context.layout.author):
        if name := read_author(text_of(element)):
            return Candidate("layout", name)
    candidates = (Candidate(means, name) for means, name in _told(context) if name)
    if context.outlet is not None:
        return choose_author(candidates, site=context.site_names)
    people = (
        Candidate(candidate.means, names)
        for candidate in candidates
        if (names := people_of(candidate.text, organs=lambda name: _is_site(context, name)))
    )
    return _fullest(people)


def _fullest(candidates: Iterator[Candidate]) -> Candidate | None:
    """The first candidate; one of a single word yields to the first later one with a person's full name."""
    first = next(candidates, None)
    if first is None or not _ALIAS.fullmatch(first.text):
        return first
    return next((c for c in candidates if is_person(c.text.split(", ")[0])), first)


def _is_site(context: Context, name: str) -> bool:
    """Whether a name is the site's own, or hardly more than that of its host."""
    letters = squash(name)
    names = {squash(said) for said in (*context.site_names, context.host.removeprefix("www."))}
    # The first of three labels may be the author's own, on a host of blogs.
    labels = context.host.removeprefix("www.").split(".")
    host = labels[1:] if len(labels) > 2 else labels
    short = {squash(label) for label in host[:-1] if len(label) >= _HOST_LABEL}
    ends = {squash(part) for title in context.root.iter("title") for part in _ENDS.split(text_of(title))[1:]}
    if letters in ends and not is_person(name):
        return True
    return letters in names | short or names_host(name, ".".join(host)) or letters in _home_links(context)


def _home_links(context: Context) -> set[str]:
    """What the first links to the front page are called: the site, or its beginning."""
    anchors = itertools.islice(context.root.iter("a"), _LINKS)
    return {squash(text_of(a)) for a in anchors if a.get("href", "").strip() in _HOME}


def _told(context: Context) -> Iterator[tuple[str, str | None]]:
    """Every means to find an author, the costliest last and only on a page that nobody prepared."""
    yield "json-ld", join_authors(context.linked.authors)
    yield "meta", join_authors(context.meta.every("author")[:_NAMED])
    yield "state", context.state.author or None
    yield "microdata", join_authors(_named(element) for element in _of_article(context))
    if not context.layout.body:
        yield "microdata", join_authors(text_of(element) for element in _rdfa(context))
    marked = [e for e in select(context.root, ("a[rel~=author]",)) if not context.is_foreign(e)]
    yield "generic", join_authors(text_of(e) for e in marked if e.getparent() is marked[0].getparent())
    if context.layout.body:
        yield "generic", _byline(context, foot=True)
    else:
        yield "generic", _byline(context, foot=False)
        yield "generic", _linked(context)
        yield "generic", _byline(context, foot=True)
        yield "generic", _labelled(context)
        lines = list(_lines(context))
        yield "generic", next((name for line in lines if (name := by_label(line))), None)
        yield "generic", next((name for line in lines if (name := by_role(line))), None)
        yield "generic", _beside_date(context, lines)
        yield "generic", _over_date(context)


def _of_article(context: Context) -> Iterator[HtmlElement]:
    return (
        e for e in context.micro.get("author", ()) if not any(a.tag == "figure" for a in e.iterancestors())
    )


def _named(element: HtmlElement) -> str:
    """The name inside an author's element: what is marked as the name, else all of its text."""
    inner = select(element, ("[itemprop~=name]",))
    return meta.value_of(inner[0]) if inner else meta.value_of(element)


def _rdfa(context: Context) -> Iterator[HtmlElement]:
    """The names of persons in RDFa, as Drupal writes them (`typeof="schema:Person"`), outside comments."""
    for element in select(context.root, ("[typeof][property]",)):
        kinds = element.get("typeof", "").split()
        named = element.get("property", "").split(":")[-1] == "name"
        if named and any(kind in _PERSON_TYPES for kind in kinds) and not context.is_foreign(element):
            yield element


def _byline(context: Context, *, foot: bool) -> str | None:
    """The name in an element whose class says that it holds the author; with `foot` after the text too."""
    for element in context.named(_AUTHOR_WORDS, longest=160):
        if not foot and _is_below(context, element):
            continue
        about = (element, *itertools.islice(element.iterancestors(), 2))
        if any(words_of(e) & _PICTURE_WORDS for e in about[:1]) or any(map(_holds_picture, about)):
            continue
        if any(e.tag == "figure" for e in element.iterancestors()):
            continue
        parts = [
            e
            for e in element.iterdescendants("a", "span", "div", "p", "b", "strong")
            if words_of(e) & _NAME_WORDS
        ]
        linked = [text_of(anchor) for anchor in element.iterdescendants("a")]
        several = join_authors(linked) if len(linked) > 1 and any(map(is_person, linked)) else None
        if several is not None and 2 * len(several) >= len(text_of(element)):
            return several
        whole = text_of(element, apart=True)
        if len(whole) <= _BYLINE and (name := by_label(whole)) and ", " in name:
            return name
        parts += list(element.iterdescendants("a"))
        parts += [
            e for e in element.iterdescendants("span", "div", "p", "b", "strong") if is_person(text_of(e))
        ]
        for part in (*parts, element):
            text = text_of(part, apart=True)
            if split_credit(text).credit is None and (name := read_author(text)) and not is_label(name):
                if is_person(name.split(", ")[0]) or _is_near(context, element):
                    return name
                break
    return None


def _is_below(context: Context, element: HtmlElement) -> bool:
    """Whether an element stands after the first prose that follows the headline."""
    survey = context.survey
    long = (line.holder for line in survey.lines if line.holder > survey.heading and survey.prose(line))
    return survey.heading >= 0 and survey.number.get(element, -1) > next(long, len(survey.elements))


def _holds_picture(element: HtmlElement) -> bool:
    """Whether an element is called a picture with its caption, or a caption: its author took the picture."""
    named = words_of(element)
    return bool(
        named & _CAPTION_WORDS or (named & _PICTURE_WORDS and next(element.iter("img"), None) is not None)
    )


def _is_near(context: Context, element: HtmlElement) -> bool:
    """Whether an element stands about the headline or about the ends of the text, as bylines do.

    On a page without a headline anything does.
    """
    number, survey = context.survey.number.get(element, -1), context.survey
    if survey.heading < 0 or number < survey.heading + _AFTER:
        return True
    return number <= max((line.holder for line in survey.lines if survey.prose(line)), default=0) + _AFTER


def _labelled(context: Context) -> str | None:
    """The author of a line that says so ("Автор: …"), or whose label stands in an element of its own."""
    for holder, text in text_nodes(context.root, least=2):
        if len(text) > _LABEL:
            continue
        if is_label(text) and not context.is_foreign(holder):
            following = holder.getnext() if fold(text) == text_of(holder) else None
            if following is None and (holder.tail is None or not holder.tail.strip()):
                parent = holder.getparent()
                following = parent.getnext() if parent is not None and text_of(parent) == fold(text) else None
            said = text_of(following) if following is not None else ""
            name = read_author(said) if 0 < len(said) <= _BYLINE else None
            if name is not None and is_person(name.split(", ")[0]):
                return name
        if not starts_with_author_label(text):
            continue
        for line in text_lines(holder):
            name = read_author(line, labelled=True) if len(line) <= _BYLINE else None
            if name is not None:
                return name
    return None


def _lines(context: Context) -> Iterator[str]:
    """The short lines about the headline, down to the first prose and a little beyond; the nearest first."""
    survey = context.survey
    if survey.heading < 0:
        return
    long = [line.holder for line in survey.lines if line.holder > survey.heading and line.own >= LONG_LINE]
    last = (long[0] if long else survey.heading) + _AFTER
    whole = {line.holder for line in survey.lines}  # and what stands within them, each by itself
    near = [
        number
        for number in range(max(0, survey.heading - _BEFORE), min(last, len(survey.elements) - 1) + 1)
        if (number in whole or survey.has_text[number])
        and number != survey.heading
        and survey.length[number] <= _LINE
        and not survey.foreign[number]
    ]
    for number in sorted(near, key=lambda number: (number < survey.heading, number)):
        element = survey.elements[number]
        if not any(above.tag in {"figure", "figcaption"} for above in (element, *element.iterancestors())):
            yield from text_lines(element)


def _linked(context: Context) -> str | None:
    """The people whose own pages are linked near the headline ("/author/…")."""
    survey = context.survey
    found: list[str] = []
    place: HtmlElement | None = None
    for anchor in context.root.iter("a"):
        number = survey.number[anchor]
        if survey.heading < 0 or abs(number - survey.heading) > 2 * _AFTER or survey.foreign[number]:
            continue
        path = anchor.get("href", "").lower()
        text = text_of(anchor)
        if any(part in path for part in _ABOUT_PAGES) and is_person(text) and text[0].isupper():
            around = anchor.getparent()
            around = around.getparent() if around is not None and around.tag == "li" else around
            if place is not None and around is not place:
                break
            place = around
            found.append(text)
    return join_authors(found)


def _beside_date(context: Context, lines: list[str]) -> str | None:
    """The name that stands in one line with the date: "24 June 2025, 12:40 Olena Melnyk"."""
    for line in lines:
        span = find_date_span(line)
        if span is None or len(line) > _BYLINE:
            continue
        rest = fold(f"{line[: span[0]]} {line[span[1] :]}").strip(" ,|·•/—–-")
        if is_person(rest) and not rest.casefold().startswith(_DATED) and not _is_rubric(context, rest):
            return rest
    return None


def _over_date(context: Context) -> str | None:
    """The name that stands alone in a line under the headline, over the date's or next to it in a list."""
    survey = context.survey
    rubrics = {squash(text) for text in (context.linked.section, *context.linked.crumbs)}
    lines: list[tuple[HtmlElement, str]] = []  # down to the first prose
    for line in survey.lines:
        if line.holder > survey.heading >= 0 and not survey.foreign[line.holder]:
            if line.own >= LONG_LINE or len(lines) >= _BEFORE:
                break
            element = survey.elements[line.holder]
            lines += ((element, text) for text in text_lines(element) if (element, text) not in lines)
    for at, (element, text) in enumerate(lines):
        beside = lines[at + 1 : at + 3]
        beside += [over for over in lines[max(0, at - 1) : at] if over[0].getparent() is element.getparent()]
        dated = any(len(line) <= _BYLINE and find_date_span(line) for _, line in beside)
        plain = text[0].isupper() and text.split()[0].casefold() not in _BY_WORDS
        if (
            dated
            and plain
            and is_person(text)
            and squash(text) not in rubrics
            and _may_name(context, element, text)
        ):
            return text
    return None


def _may_name(context: Context, element: HtmlElement, text: str) -> bool:
    """Whether a line is no rubric: not marked as one, and no such link but to a person's page anywhere."""
    led = all(map(_leads_to_person, element.iterancestors("a")))
    return led and not words_of(element) & _RUBRICS and not _is_rubric(context, text)


def _is_rubric(context: Context, text: str) -> bool:
    """Whether a text is a link to something else than a person's page, anywhere on the page."""
    return any(text_of(a) == text and not _leads_to_person(a) for a in context.root.iter("a"))


def _leads_to_person(anchor: HtmlElement) -> bool:
    href = anchor.get("href", "").lower()
    return any(part in href for part in _ABOUT_PAGES)

"""Section, tags, views and translations, each by the order of trust."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lxml.html import HtmlElement

from items import Translation
from spiders.extract import meta
from spiders.extract.context import Context
from spiders.extract.dom import select, squash, text_of, words_of
from spiders.extract.fields import (
    Candidate,
    clean_tags,
    labelled_views,
    read_views,
)
from spiders.extract.limits import MOST_LANGUAGES
from spiders.extract.survey import Survey
from spiders.extract.tables import table, words
from spiders.extract.urls import absolute, canonicalise

_RUBRIC: Final = 50  # characters of a rubric
_TAG: Final = 40  # … of a tag: more is a headline
_HOME = re.compile(r"\s*(?:https?://[^/]*)?/?(?:[?#].*)?\s*")
_BESIDE: Final = 40  # elements from the headline within which its rubric stands
_RUBRICS: Final = frozenset(words("labels", "places", "section"))
_CRUMBS: Final = frozenset(words("labels", "places", "crumbs"))
_TAG_WORDS: Final = frozenset(words("labels", "places", "tags"))
_VIEW_WORDS: Final = frozenset(words("labels", "views", "classes"))


def section(context: Context, title: str) -> Candidate | None:
    """The rubric: declared, told, or the last crumb of the trail that is not the article itself."""
    for element in reversed(context.declared("section", context.layout.section)):
        if text := text_of(element):
            return Candidate("layout", text)
    crumbs = [crumb for crumb in context.linked.crumbs[1:] if squash(crumb) != squash(title)]
    told = [
        ("json-ld", context.linked.section),
        ("meta", context.meta.first("section")),
        ("microdata", next((meta.value_of(e) for e in context.micro.get("articleSection", ())), "")),
        ("json-ld", crumbs[-1] if crumbs else ""),
        ("hint", context.hint.section or ""),
    ]
    found = next((Candidate(means, text[:200]) for means, text in told if text), None)
    if found is None and not context.layout.body:
        shown = _rubric(context, title) or _last_crumb(context, title)
        found = Candidate("generic", shown) if shown else None
    return found


def _rubric(context: Context, title: str) -> str:
    """The rubric that the page links from beside its headline, and marks as one."""
    survey = context.survey
    for number, element in enumerate(survey.elements):
        if survey.foreign[number] or not _near(survey, number) or not 0 < survey.length[number] <= _RUBRIC:
            continue
        above = (element, *itertools.islice(element.iterancestors(), 2)) if element.tag == "a" else (element,)
        near = [e for e in above if survey.length[survey.number[e]] <= 2 * _RUBRIC]
        marked = "category" in element.get("rel", "").split() or any(words_of(e) & _RUBRICS for e in near)
        over = element.tag == "a" and element.getnext() is context.heading is not None
        marked = marked or (over and bool(words_of(element) & _TAG_WORDS))  # the one tag over a headline
        if not marked or survey.anchors[number] > 1 or any(words_of(e) & _CRUMBS for e in above):
            continue
        inner = next(element.iter("a"), element)
        text = text_of(inner) or text_of(element)
        if squash(text) != squash(title) and not any(c.isdigit() for c in text) and not _leads_home(inner):
            return text
    return ""


def _leads_home(element: HtmlElement) -> bool:
    """Whether a link leads to the front page."""
    return element.tag == "a" and _HOME.fullmatch(element.get("href", "")) is not None


def _near(survey: Survey, number: int) -> bool:
    return survey.heading >= 0 and abs(number - survey.heading) <= _BESIDE


def _last_crumb(context: Context, title: str) -> str:
    """The last link of a trail of crumbs that leads to a part of the site, and is not its front page."""
    for element in context.root.iter("nav", "div", "ul", "ol", "p"):
        if not words_of(element) & _CRUMBS and "breadcrumb" not in element.get("aria-label", "").lower():
            continue
        trail = [text for a in element.iter("a") if (text := text_of(a)) and squash(text) != squash(title)]
        if len(trail) > 1 and len(trail[-1]) <= _RUBRIC:
            return trail[-1]
    return ""


def tags(context: Context) -> tuple[tuple[str, ...], str]:
    """The tags and their means; metadata's keywords only where nothing better is marked as a tag."""
    listed = (word for text in context.meta.every("tags") for word in text.split(","))
    keywords = (word for text in context.meta.every("keywords") for word in text.split(","))
    told: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("layout", lambda: map(text_of, context.declared("tags", context.layout.tags))),
        ("json-ld", lambda: context.linked.tags),
        ("meta", lambda: listed),
        ("generic", lambda: _marked_tags(context)),
        ("generic", lambda: () if context.layout.body else _listed_tags(context)),
        ("meta", lambda: keywords),
    )
    for means, texts in told:
        if found := clean_tags(texts()):
            return found, means
    return (), ""


def _marked_tags(context: Context) -> Iterator[str]:
    """The links that are marked as tags, and not as the rubric too."""
    for element in select(context.root, ("a[rel~=tag]",)):
        if context.is_foreign(element) or "category" in element.get("rel", "").split():
            continue
        text = text_of(element)
        if not _is_section(context, text):
            yield text


def _is_section(context: Context, text: str) -> bool:
    """Whether a link that is marked as a tag is one to the rubric, as WordPress marks both."""
    return squash(text) in {squash(crumb) for crumb in (context.linked.section, *context.linked.crumbs)}


def _listed_tags(context: Context) -> list[str]:
    """The links of a part whose class says that it holds the tags."""
    for element in context.root.iter("div", "ul", "p", "section", "footer", "span", "nav"):
        if not words_of(element) & _TAG_WORDS or "cloud" in words_of(element) or context.is_talk(element):
            continue
        linked = [text for a in element.iter("a") if 0 < len(text := text_of(a)) <= 2 * _TAG]
        if linked and max(map(len, linked)) <= _TAG and 2 * sum(map(len, linked)) >= len(text_of(element)):
            return linked
    return []


def views(context: Context) -> tuple[int, str] | None:
    """How often the page says it was read, with the means."""
    for element in context.declared("views", context.layout.views):
        if (count := read_views(text_of(element, apart=True))) is not None:
            return count, "layout"
    if context.linked.views is not None:
        return context.linked.views, "json-ld"
    for element in context.named(_VIEW_WORDS, longest=60):
        text = text_of(element, apart=True)
        count = read_views(text) if text.replace(" ", "").isdigit() else labelled_views(text)
        if count is not None:
            return count, "generic"
    for text in context.lines_after_heading(longest=120):
        if (count := labelled_views(text)) is not None:
            return count, "generic"
    return None


def languages(context: Context) -> str | None:
    """What the page says it is in: its root element, Open Graph, JSON-LD; None where it says nothing."""
    root = context.root
    written = [
        root.get("lang", ""),
        root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        root.get("xml:lang", ""),
    ]
    written += [context.meta.first("locale"), context.linked.lang]
    return next((tag for text in written if text and (tag := meta.language_tag(text))), None)


def translations(context: Context, canonical: str) -> tuple[Translation, ...]:
    """The same article in other languages, within the site; itself left out, one address a language."""
    hosts = meta.site_hosts(context.outlet)
    texts = table("labels")["links"]
    linked: list[tuple[str | None, str]] = []
    for element in context.places.select(context.layout.translations):
        url = absolute(context.base, element.get("href", ""))
        if url is not None:
            said = element.get("hreflang") or texts.get(text_of(element).casefold()) or ""
            linked.append((meta.language_tag(said) or meta.language_of_address(url) or _short(element), url))
    named = itertools.islice(meta.alternates(context.root, context.base), MOST_LANGUAGES)
    linked += [(meta.language_tag(lang), url) for lang, url in named]
    found: dict[str, Translation] = {}
    for lang, url in linked:
        if lang is None or not meta.same_site(url, context.url, context.outlet):
            continue
        try:
            address = canonicalise(url, hosts=hosts)
        except ValueError:
            continue
        if address != canonical and lang != context.lang:
            found.setdefault(lang, Translation(lang=lang, url=address))
    kept: dict[str, Translation] = {}
    for translation in found.values():
        kept.setdefault(translation.url, translation)
    return tuple(kept.values())


def _short(element: HtmlElement) -> str | None:
    """The language that a link's text names by its letters ("KZ", "Рус")."""
    text = text_of(element).casefold()
    return meta.language_tag(text) if text in words("labels", "path", "languages") else None

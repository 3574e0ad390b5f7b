"""Section, tags, views and translations, each by the order of trust."""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from items import Translation
from spiders.extract import meta
from spiders.extract.context import Context
from spiders.extract.dom import select, squash, text_of
from spiders.extract.fields import (
    Candidate,
    clean_tags,
    labelled_views,
    read_views,
)
from spiders.extract.tables import table, words
from spiders.extract.urls import absolute, canonicalise

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
    return next((Candidate(means, text[:200]) for means, text in told if text), None)


def tags(context: Context) -> tuple[tuple[str, ...], str]:
    """The tags and their means; metadata's keywords only where nothing better is marked as a tag."""
    marked = (text_of(e) for e in select(context.root, ("a[rel~=tag]",)) if not context.is_foreign(e))
    listed = (word for text in context.meta.every("tags") for word in text.split(","))
    keywords = (word for text in context.meta.every("keywords") for word in text.split(","))
    told = (
        ("layout", (text_of(e) for e in context.declared("tags", context.layout.tags))),
        ("json-ld", context.linked.tags),
        ("meta", listed),
        ("generic", marked),
        ("meta", keywords),
    )
    for means, texts in told:
        if found := clean_tags(texts):
            return found, means
    return (), ""


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
    for element in select(context.root, context.layout.translations):
        url = absolute(context.base, element.get("href", ""))
        if url is not None:
            said = element.get("hreflang") or texts.get(text_of(element).casefold()) or ""
            linked.append((meta.language_tag(said) or meta.language_of_address(url) or _short(element), url))
    linked += [(meta.language_tag(lang), url) for lang, url in meta.alternates(context.root, context.base)]
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

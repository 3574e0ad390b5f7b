"""Headline, author, section, tags, views and translations, each by the order of trust."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from items import Translation
from spiders.extract import meta
from spiders.extract.context import Context
from spiders.extract.credits import split_credit
from spiders.extract.dom import fold, is_hidden, select, squash, text_nodes, text_of, words_of
from spiders.extract.fields import (
    Candidate,
    choose_author,
    choose_headline,
    clean_tags,
    join_authors,
    labelled_views,
    read_author,
    read_views,
    starts_with_author_label,
    without_site,
)
from spiders.extract.tables import table, words
from spiders.extract.urls import absolute, canonicalise

MAX_HEADLINE: Final = 500
_SENTENCE: Final = 20  # characters of a heading that is no mere rubric
_AUTHOR_WORDS: Final = frozenset(words("labels", "places", "author"))
_NAME_WORDS: Final = frozenset(words("labels", "places", "name"))
_VIEW_WORDS: Final = frozenset(words("labels", "views", "classes"))
_BYLINE: Final = 120  # characters of a labelled line
_LABEL: Final = 160  # characters of the text that begins one, blanks with it
_PICTURE_WORDS: Final = frozenset(words("labels", "places", "picture"))


def headline(context: Context) -> Candidate | None:
    """The headline without the name of the site."""
    for element in context.declared("headline", context.layout.headline):
        if text := text_of(element)[:MAX_HEADLINE]:
            return Candidate("layout", text)
    told = [
        Candidate("json-ld", context.linked.headline),
        *(Candidate("meta", text) for text in context.meta.every("headline")),
        *(
            Candidate("generic", text_of(title))
            for title in select(context.root, ("head > title", "title"))[:1]
        ),
    ]
    titles = [
        Candidate(c.means, without_site(c.text, context.site_names, context.host)) for c in told if c.text
    ]
    names = {squash(name) for name in (*context.site_names, context.host.removeprefix("www."))}
    titles = [title for title in titles if squash(title.text) not in names]
    visible = [text for text in _headings(context, titles) if squash(text) not in names]
    chosen = choose_headline(visible, titles)
    if chosen is not None and _is_made_for_others(context, chosen.text, visible):
        chosen = Candidate("generic", visible[0])
    if chosen is None and context.hint.headline:
        chosen = Candidate("hint", context.hint.headline)
    if chosen is None:
        context.report("headline", "no heading, title or metadata names it")
        return None
    return Candidate(chosen.means, chosen.text[:MAX_HEADLINE])


def _is_made_for_others(context: Context, title: str, visible: list[str]) -> bool:
    """Whether a title is shown nowhere (search engines are told it), while the page has one heading."""
    if len(visible) != 1 or len(visible[0]) < _SENTENCE or squash(visible[0]) == squash(title):
        return False
    return not _is_shown(context, squash(title))


def _is_shown(context: Context, letters: str) -> bool:
    """Whether a text stands somewhere on the page by itself."""
    texts = (text for _, text in text_nodes(context.root, least=len(letters)))
    return any(len(text) <= MAX_HEADLINE and squash(text) == letters for text in texts)


def _headings(context: Context, told: list[Candidate]) -> list[str]:
    """The visible texts that may be the headline: h1s, what is marked so, else a lesser heading."""
    marked = [e for e in context.micro.get("headline", ()) if e.tag != "meta"]
    found = [text for e in (*context.root.iter("h1"), *marked) if not is_hidden(e) and (text := text_of(e))]
    if not found:
        said = {squash(title.text) for title in told}
        lesser = (text_of(e) for e in context.root.iter("h2", "h3"))
        found = [text for text in lesser if text and squash(text) in said][:1]
    if not found:
        found = _echoes(context, [squash(title.text) for title in told])
    return list(dict.fromkeys(found))[:10]


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


def author(context: Context) -> Candidate | None:
    """Who wrote the article: the first means that names somebody other than the site itself."""
    for element in context.declared("author", context.layout.author):
        if name := read_author(text_of(element)):
            return Candidate("layout", name)
    candidates = (Candidate(means, name) for means, name in _told_authors(context) if name)
    return choose_author(candidates, site=context.site_names)


def _told_authors(context: Context) -> Iterator[tuple[str, str | None]]:
    """Every means to find an author, the costliest last and only on a page that nobody prepared."""
    yield "json-ld", join_authors(context.linked.authors)
    yield "meta", join_authors(context.meta.every("author"))
    yield "state", context.state.author or None
    yield "microdata", join_authors(_named(element) for element in _micro_authors(context))
    marked = (e for e in select(context.root, ("a[rel~=author]",)) if not context.is_foreign(e))
    yield "generic", join_authors(text_of(element) for element in marked)
    yield "generic", _byline(context)
    if not context.layout.body:
        yield "generic", _labelled(context)


def _micro_authors(context: Context) -> Iterator[HtmlElement]:
    return (
        e for e in context.micro.get("author", ()) if not any(a.tag == "figure" for a in e.iterancestors())
    )


def _named(element: HtmlElement) -> str:
    """The name inside an author's element: what is marked as the name, else all of its text."""
    inner = select(element, ("[itemprop~=name]",))
    return meta.value_of(inner[0]) if inner else meta.value_of(element)


def _byline(context: Context) -> str | None:
    for element in context.named(_AUTHOR_WORDS, longest=160):
        if words_of(element) & _PICTURE_WORDS or any(e.tag == "figure" for e in element.iterancestors()):
            continue
        parts = [
            e
            for e in element.iterdescendants("a", "span", "div", "p", "b", "strong")
            if words_of(e) & _NAME_WORDS
        ]
        linked = [text_of(anchor) for anchor in element.iterdescendants("a")]
        several = join_authors(linked) if len(linked) > 1 else None
        if several is not None and 2 * len(several) >= len(text_of(element)):
            return several
        parts += list(element.iterdescendants("a"))
        for part in (*parts, element):
            text = text_of(part, apart=True)
            if split_credit(text).credit is None and (name := read_author(text)):
                return name
    return None


def _labelled(context: Context) -> str | None:
    """The author of a line that says so ("Автор: …"), wherever it stands."""
    for holder, text in text_nodes(context.root, least=4):
        if len(text) > _LABEL or not starts_with_author_label(text):
            continue
        line = text_of(holder)
        name = read_author(line, labelled=True) if len(line) <= _BYLINE else None
        if name is not None:
            return name
    return None


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

"""A page in, an article out: the door of this room.

Every field is read by the order of trust: what the outlet declares, JSON-LD, metadata, microdata, the generic
readers, and last what a listing hinted. `Article.means` says which of them served.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from items import Article, OutletFacts
from spiders.extract import bylines, facts, moments
from spiders.extract.content import read_content
from spiders.extract.context import Context
from spiders.extract.dom import fold, parse
from spiders.extract.headlines import headline
from spiders.extract.jsonld import read_jsonld
from spiders.extract.layout import Extraction, Hint, Layout
from spiders.extract.limits import kept
from spiders.extract.meta import canonical_url, language_of_address, microdata, read_meta
from spiders.extract.urls import absolute

_NO_LAYOUT: Final = Layout()
_NO_HINT: Final = Hint()
UNKNOWN: Final = "und"
"""The BCP 47 tag of a text whose language neither the page nor its address names."""


def extract_page(
    html: str,
    *,
    url: str,
    now: datetime,
    outlet: OutletFacts | None = None,
    layouts: Sequence[Layout] = (),
    hint: Hint | None = None,
    anchored: bool = True,
) -> Extraction:
    """Read one article page. Pure, and bounded in time and memory whatever the page holds.

    Args:
        html: The page, decoded.
        url: The address it was read from, after redirects.
        now: The time of the fetch, aware: relative dates count from it, and nothing is dated after it.
        outlet: What is declared of the outlet; None for a page of an unknown site, whose naive times are UTC.
        layouts: The outlet's layouts; the one that held on the page's day is read.
        hint: What a listing said of the page.
        anchored: Whether `now` is when the page was served. Where it is only the time of reading, dates that
            are counted from it ("2 hours ago", a day without a year) are not read.

    Returns:
        The article, times in UTC, and a problem for each field that is required and missing, each declared
        selector that matched nothing, and each part of the page that could not be read.

    Raises:
        cssselect.SelectorError: A layout holds a selector that is not CSS. No page makes it raise.
    """
    root, notes = parse(html)
    context = Context(
        root=root,
        url=url,
        base=_base(root, url),
        now=now,
        outlet=outlet,
        layout=_NO_LAYOUT,
        hint=hint or _NO_HINT,
        meta=read_meta(root),
        linked=read_jsonld(root, url=url),
        micro=microdata(root),
        anchored=anchored,
    )
    for note in notes:
        context.report("page", note)
    for fault in context.linked.faults:
        context.report("json-ld", fault)
    declared = facts.languages(context)
    context.lang = _language(context, declared)
    context.layout = _standing(choose_layout(layouts, context), context)
    article = _article(context, declared)
    return Extraction(article=article, problems=tuple(dict.fromkeys(context.problems)))


def choose_layout(layouts: Sequence[Layout], context: Context) -> Layout:
    """The layout that held on the page's day; where that is not known or matches no body, one that does.

    Newest first; the one without `until` holds today.
    """
    ordered = sorted(layouts, key=lambda layout: layout.until or dt.date.max)
    if not ordered:
        return _NO_LAYOUT
    chosen = ordered[-1]
    if len(ordered) > 1:
        moment = moments.machine_day(context)
        if moment is not None:
            day = moment.at.astimezone(ZoneInfo(context.zone)).date()
            chosen = next((layout for layout in ordered if day <= (layout.until or dt.date.max)), chosen)
    fitting = (layout for layout in (chosen, *reversed(ordered)) if context.places.select(layout.body))
    return next(fitting, chosen)


def _standing(layout: Layout, context: Context) -> Layout:
    """The layout as far as it still holds: where its body is gone, the page is read as nobody's."""
    if not layout.body or context.declared("body", layout.body):
        return layout
    return replace(layout, body=())


def _base(root: HtmlElement, url: str) -> str:
    """The address that links are resolved against: the `base` element's, if it is an http(s) one."""
    for element in root.iter("base"):
        if href := element.get("href"):
            return absolute(url, href) or url
    return url


def _language(context: Context, declared: str | None) -> str | None:
    """The language to begin with: the address names it more truly than a template's `lang` does."""
    hinted = context.hint.lang
    known = context.outlet.languages if context.outlet is not None else ()
    by_address = language_of_address(context.url)
    if by_address is not None and (not known or by_address.split("-")[0] in known or by_address in known):
        if declared is not None and declared.split("-")[0] == by_address.split("-")[0]:
            return declared
        return by_address
    return declared or hinted or (known[0] if known else None)


def _article(context: Context, declared: str | None) -> Article:
    means: dict[str, str] = {}
    try:
        canonical, means["canonical_url"] = canonical_url(
            context.root,
            context.meta,
            context.linked.url,
            url=context.url,
            base=context.base,
            outlet=context.outlet,
        )
    except ValueError as error:
        canonical = context.url
        context.report("url", str(error))
    title = headline(context)
    context.title = title.text if title is not None else ""
    author = bylines.author(context)
    section = facts.section(context, context.title)
    tags, means["tags"] = facts.tags(context)
    views = facts.views(context)
    published = moments.published(context)
    changed = moments.modified(context, published[0] if published else None)
    translations = facts.translations(context, canonical)
    known = [section.text] if section is not None else []
    known += [str(views[0])] if views else []
    known += [published[0].raw] if published else []
    content = read_content(
        context, title=context.title, known=known, author=author.text if author is not None else None
    )
    blocks, cut = kept(content.blocks)
    if cut:
        context.report("body", cut)
    for field, found in (("headline", title), ("author", author), ("section", section)):
        if found is not None:
            means[field] = found.means
    for field, pair in (("published", published), ("modified", changed), ("views", views)):
        if pair is not None:
            means[field] = pair[1]
    means.update(content.means)
    if author is None and content.author is not None:
        means["author"] = "generic"
    return Article(
        outlet=context.outlet.name if context.outlet is not None else context.host,
        url=context.url,
        canonical_url=canonical,
        lang=context.lang or UNKNOWN,
        lang_declared=declared,
        headline=fold(context.title),
        lead=content.lead,
        blocks=blocks,
        author=author.text if author is not None else content.author,
        section=section.text if section is not None else None,
        tags=tags,
        published=published[0] if published else None,
        modified=changed[0] if changed else None,
        images=content.images,
        views=views[0] if views else None,
        translations=translations,
        means={field: by for field, by in means.items() if by},
    )

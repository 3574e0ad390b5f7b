"""The sample inbusiness.kz: news in Kazakh and Russian, most of it relayed, with the pages that go wrong.

What an article file may hold beside its facts: `picture = "inside"` (after the first paragraph, not above the
text), `charset`, `listed` (the href of the listing), `old_path` (answers 301 to `path`), `canonical` (as the
page prints it), `amp`, `json_ld`, `hostile` (markup that no reader may pass on), `broken` (no container of
the text).
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import html
import itertools
from collections.abc import Sequence
from pathlib import Path

from data.sample.articles import (
    RECORDED,
    Correction,
    SampleArticle,
    passages,
    read_toml,
)
from data.sample.inbusiness_page import (
    FOLDER,
    HOST,
    advertisement_page,
    amp_path,
    article_page,
    fill,
    iso,
    words,
)
from data.sample.web import Resource, Site, State, batches, html_page, picture, redirect

ITEMS_A_PAGE = 6

_OPTIONS = (
    "picture",
    "charset",
    "listed",
    "old_path",
    "canonical",
    "amp",
    "json_ld",
    "hostile",
    "broken",
)


def articles(extra: Sequence[Path] = ()) -> tuple[SampleArticle, ...]:
    """Every article, and those of the `extra` folders, in the order of their files; state 1."""
    return tuple(itertools.chain.from_iterable(map(_folder, (FOLDER / "articles", *extra))))


@functools.cache
def _folder(folder: Path) -> tuple[SampleArticle, ...]:
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> SampleArticle:
    facts = read_toml(path)
    prefix = facts["path"].split("/")[1]
    lang = words()[prefix]["lang"]
    correction = facts.get("correction")
    picture_name = hashlib.sha256(facts["path"].encode()).hexdigest()[:8]
    published = facts.get("published") or facts["relative"]
    year_month = f"{published.year}-{published.month}" if isinstance(published, dt.date) else "2026-8"
    return SampleArticle(
        host=HOST,
        path=facts["path"],
        lang=lang,
        headline=facts["headline"],
        printed=facts["printed"],
        published=published,
        passages=passages(facts.get("body", "")),
        chain=tuple((name, role) for name, role in facts["chain"]),
        speakers=tuple(facts.get("speakers", ())),
        views=facts["views"],
        image=f"/uploads/{year_month}/{picture_name}.jpg" if "photo_line" in facts else None,
        photo_line=facts.get("photo_line"),
        photo=facts.get("photo"),
        section=facts["section"],
        tags=tuple(facts.get("tags", ())),
        lang_declared=facts.get("html_lang", lang),
        disguise=tuple((true, shown) for true, shown in facts.get("disguise", ())),
        correction=correction
        and Correction(
            modified=correction["modified"],
            replace=tuple((old, new) for old, new in correction["replace"]),
            note=correction["note"],
        ),
        options={"prefix": prefix} | {name: facts[name] for name in _OPTIONS if name in facts},
    )


def site(state: State, *, extra: Sequence[Path] = ()) -> Site:
    """Build the whole outlet as it stands in `state`."""
    chosen = [article.in_state(state) for article in articles(extra)]
    resources: dict[str, Resource] = {
        "/robots.txt": Resource(
            body=words()["robots"].lstrip().encode(),
            content_type="text/plain; charset=utf-8",
            modified=RECORDED,
        )
    }
    for number, article in enumerate(chosen):
        modified = article.last_modified
        prefix = article.options["prefix"]
        # What stands under "Read also" is no part of the text: two others of the same language.
        others = [a for a in (*chosen[number + 1 :], *chosen[:number]) if a.options["prefix"] == prefix][:2]
        charset = article.options.get("charset", "utf-8")
        resources[article.path] = html_page(article_page(article, others), modified, charset=charset)
        if article.options.get("amp"):
            resources[amp_path(article)] = html_page(article_page(article, others, amp=True), modified)
        if "old_path" in article.options:
            resources[article.options["old_path"]] = redirect(article.url, modified)
        if article.image is not None:
            resources[article.image] = picture(article.image, modified)
    for entry in words()["gone"]:
        resources[entry["path"]] = Resource(
            body=b"410\n", content_type="text/plain; charset=utf-8", modified=RECORDED, status=410
        )
    for entry in words()["disallowed"]:
        resources[entry["path"]] = html_page(advertisement_page(entry), RECORDED)
    listings = {
        words()[prefix]["listing"]: _listing(prefix, [a for a in chosen if a.options["prefix"] == prefix])
        for prefix in ("kz", "ru")
    }
    return Site(hosts=tuple(words()["hosts"]), resources=resources, listings=listings)


def _listing(prefix: str, chosen: Sequence[SampleArticle]) -> tuple[Resource, ...]:
    text = words()[prefix]
    modified = max(RECORDED, *(article.last_modified for article in chosen))
    entries = [(article.published, _item(article)) for article in chosen]
    if prefix == "ru":
        for entry in (*words()["gone"], *words()["disallowed"]):
            href = f"https://{HOST}{entry['path']}"
            entries.append(
                (
                    entry["published"],
                    _anchor(href, entry["headline"], iso(entry["published"]), entry["printed"]),
                )
            )
    entries.sort(key=lambda entry: _order(entry[0]), reverse=True)
    pages = batches([card for _, card in entries], ITEMS_A_PAGE)
    pager = "".join(
        f'<a href="{text["listing"]}?page={number}">{number}</a> ' for number in range(1, len(pages) + 1)
    )
    return tuple(
        html_page(fill("listing", prefix, cards="\n".join(page), pager=pager), modified)
        for page in (*pages, ())
    )


def _order(published: dt.datetime | dt.date | str) -> str:
    """A sort key: words relative to the fetch are the newest, today's above yesterday's."""
    if isinstance(published, str):
        return f"~{published.startswith('today'):d} {published}"
    return iso(published)


def _item(article: SampleArticle) -> str:
    options = article.options
    href = options.get("listed") or f"https://{HOST}{options.get('old_path', article.path)}"
    return _anchor(href, article.served(article.headline), iso(article.published), article.printed)


def _anchor(href: str, headline: str, iso: str, printed: str) -> str:
    machine = f' datetime="{iso}"' if iso else ""
    return (
        f'<a href="{html.escape(href)}"><span>{html.escape(headline)}</span>'
        f"<time{machine}>{html.escape(printed)}</time></a>"
    )

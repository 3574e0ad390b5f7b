"""The sample akorda.kz: eight events in three languages, their listings, feed, sitemap and robots.txt.

An event file holds `date`, `image` (absent: none) and, under `kz`, `ru` and `en`, the page of that language.
`hreflang = "kk"` (or the wrong "kz") writes alternate links with that tag for Kazakh; `lazy` puts the address
of the picture in `data-src`; `html_lang` is what the page says of its own language where that is untrue.
"""

from __future__ import annotations

import functools
import html
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape

from data.sample.articles import HERE, RECORDED, SampleArticle, body_html, passages, read_toml
from data.sample.web import Resource, Site, batches, html_page, picture

HOST = "www.akorda.kz"
PREFIXES = {"kz": "kk", "ru": "ru", "en": "en"}  # the language part of a path, and the tag it stands for
CARDS_A_PAGE = 4

_FOLDER = HERE / HOST


@functools.cache
def words() -> dict[str, Any]:
    """The words around the articles, and the hosts."""
    return read_toml(_FOLDER / "site.toml")


@functools.cache
def articles() -> tuple[SampleArticle, ...]:
    """Every page of every event, in the order of its files: three languages an event."""
    return tuple(itertools.chain.from_iterable(map(_event, sorted((_FOLDER / "events").glob("*.toml")))))


def _event(path: Path) -> Iterator[SampleArticle]:
    event = read_toml(path)
    slugs = {prefix: f"/{prefix}/{event[prefix]['slug']}" for prefix in PREFIXES}
    for prefix, lang in PREFIXES.items():
        page = event[prefix]
        yield SampleArticle(
            host=HOST,
            path=slugs[prefix],
            lang=lang,
            headline=page["headline"],
            printed=page["printed"],
            published=event["date"],
            passages=passages(page["body"]),
            chain=(("akorda.kz", "origin"),),
            speakers=tuple(page.get("speakers", ())),
            image=f"/assets/media/{event['image']}" if "image" in event else None,
            translations=tuple((PREFIXES[other], slugs[other]) for other in PREFIXES if other != prefix),
            lang_declared=event.get("html_lang", {}).get(prefix, lang),
            disguise=tuple((true, shown) for true, shown in page.get("disguise", ())),
            options={"hreflang": event.get("hreflang"), "lazy": event.get("lazy", False), "prefix": prefix},
        )


def site() -> Site:
    """Build the whole outlet; it knows one state only."""
    resources: dict[str, Resource] = {
        "/robots.txt": _text(words()["robots"].lstrip(), "text/plain; charset=utf-8"),
        "/sitemap.xml": _text(_sitemap(), "application/xml; charset=utf-8"),
        "/ru/rss": _text(_feed(), "application/rss+xml; charset=utf-8"),
        "/assets/img/emblem.png": picture("/assets/img/emblem.png", RECORDED),
    }
    for article in articles():
        page = html_page(_article(article), article.last_modified)
        resources[article.path] = page
        resources[f"/{article.options['prefix']}/print/{_number(article)}"] = page
        if article.image is not None:
            for name in (article.image, _thumbnail(article.image)):
                resources[name] = picture(name, article.last_modified)
    for prefix in PREFIXES:
        text = words()[prefix]
        resources[text["declaration_path"]] = html_page(_declaration(prefix), RECORDED)
    listings = {f"/{prefix}/events": _listing(prefix) for prefix in PREFIXES}
    return Site(hosts=tuple(words()["hosts"]), resources=resources, listings=listings)


def declarations() -> tuple[str, ...]:
    """The addresses of the listed cards that are no news."""
    return tuple(f"https://{HOST}{words()[prefix]['declaration_path']}" for prefix in PREFIXES)


def _text(text: str, content_type: str) -> Resource:
    return Resource(body=text.encode(), content_type=content_type, modified=RECORDED)


def _number(article: SampleArticle) -> str:
    return article.path.rsplit("-", 1)[1]


def _thumbnail(path: str) -> str:
    stem, _, extension = path.rpartition(".")
    return f"{stem}_mediumThumb.{extension}"


def _fill(name: str, prefix: str, **values: str) -> str:
    text: Mapping[str, str] = words()[prefix]
    around = {key: html.escape(value) for key, value in text.items()}
    around["official_line"] = f"{around['official']} {around['president']}"
    template = Template((_FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    return template.substitute({**around, "prefix": prefix, "html_lang": text["lang"], **values})


def _article(article: SampleArticle) -> str:
    prefix = article.options["prefix"]
    paths = dict(article.translations)
    alternates, languages = "", ""
    for other, lang in PREFIXES.items():
        if other == prefix:
            languages += f'<li class="active"><span>{words()[other]["label"]}</span></li>'
            path = article.path
        else:
            path = paths[lang]
            languages += f'<li><a href="{path}">{words()[other]["label"]}</a></li>'
        if article.options["hreflang"]:
            tag = article.options["hreflang"] if lang == "kk" else lang
            alternates += f'<link rel="alternate" hreflang="{tag}" href="https://{HOST}{path}">\n'
    body = body_html(article)
    if article.image is not None:
        source = f'src="{article.image}"'
        if article.options["lazy"]:
            source = f'src="/assets/img/emblem.png" data-src="{article.image}"'
        body.insert(
            1, f'<a href="{article.image}" data-lightbox="event"><img class="img-fluid" {source} alt=""></a>'
        )
    return _fill(
        "article",
        prefix,
        html_lang=article.lang_declared,
        headline=html.escape(article.served(article.headline)),
        date=article.printed,
        alternates=alternates,
        languages=languages,
        body="\n".join(body),
        number=_number(article),
    )


def _declaration(prefix: str) -> str:
    text = words()[prefix]
    number = text["declaration_path"].rsplit("-", 1)[1]
    return _fill(
        "article",
        prefix,
        headline=text["declaration"],
        date=text["declaration_date"],
        alternates="",
        languages="",
        body="<table><tr><td>1</td><td>—</td><td>—</td></tr></table>",
        number=number,
    )


def _newest_first(prefix: str) -> list[SampleArticle]:
    chosen = [article for article in articles() if article.options["prefix"] == prefix]
    return sorted(chosen, key=lambda article: article.last_modified, reverse=True)


def _listing(prefix: str) -> tuple[Resource, ...]:
    text = words()[prefix]
    chosen = _newest_first(prefix)
    cards = [_card(article) for article in chosen]
    declaration = f'<h3><a href="{text["declaration_path"]}">{text["declaration"]}</a></h3>'
    body = f"<h5>{text['declaration_date']}</h5>{declaration}"
    cards.insert(3, f'<div class="card"><div class="card-body">{body}</div></div>')
    pages = batches(cards, CARDS_A_PAGE)
    resources = []
    for page in (*pages, ()):
        pager = "".join(
            f'<li><a href="/{prefix}/events?page={number}">{number}</a></li>'
            for number in range(1, len(pages) + 1)
        )
        filled = _fill("listing", prefix, cards="\n".join(page), pager=pager)
        resources.append(html_page(filled, chosen[0].last_modified))
    return tuple(resources)


def _card(article: SampleArticle) -> str:
    cover = ""
    if article.image is not None:
        cover = f'<img class="card-img-top image_main_block" src="{_thumbnail(article.image)}" alt="">'
    title = html.escape(article.served(article.headline))
    return (
        f'<div class="card">{cover}<div class="card-body"><h5>{article.printed}</h5>'
        f'<h3><a href="{article.path}">{title}</a></h3></div></div>'
    )


def _feed() -> str:
    """The Russian feed: item links are relative, as the outlet's are, and items bear no date."""
    items = "".join(
        f"<item><title>{escape(article.headline)}</title><link>{article.path}</link>"
        f'<guid isPermaLink="false">{_number(article)}</guid>'
        f"<description>{escape(article.blocks[0][1])}</description></item>\n"
        for article in _newest_first("ru")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n<title>Akorda.kz</title>'
        f"<link>https://{HOST}/ru</link><description>События</description><language>ru</language>\n"
        f"{items}</channel></rss>\n"
    )


def _sitemap() -> str:
    entries = "".join(
        f"<url><loc>{article.url}</loc><lastmod>{article.published:%Y-%m-%d}</lastmod></url>\n"
        for article in articles()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )

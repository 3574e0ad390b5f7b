"""An article page of the sample inbusiness.kz as HTML, with the blocks inside its text that are no text."""

from __future__ import annotations

import datetime as dt
import functools
import html
import json
from collections.abc import Mapping, Sequence
from string import Template
from typing import Any

from data.sample.articles import HERE, ZONE, SampleArticle, body_html, read_toml

HOST = "inbusiness.kz"
FOLDER = HERE / HOST

_HOSTILE = (
    "<script>document.write('<p>' + location + '</p>')</script>"
    '<iframe src="https://ads.invalid/banner" width="1" height="1"></iframe>'
    '<img src="https://ads.invalid/pixel.gif" width="1" height="1" alt="" onerror="alert(1)">'
    '<a href="javascript:alert(document.cookie)" onclick="return false"></a>'
)


@functools.cache
def words() -> dict[str, Any]:
    """The words around the articles, the hosts, and the listed pages that are no articles."""
    return read_toml(FOLDER / "site.toml")


def amp_path(article: SampleArticle) -> str:
    """Give the path of the article's AMP copy."""
    _, prefix, rest = article.path.split("/", 2)
    return f"/{prefix}/amp/{rest}"


def fill(name: str, prefix: str, **values: str) -> str:
    """Fill the template `name` with the words of `prefix` and `values`, which are HTML already."""
    template = Template((FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    return template.substitute({**words()[prefix], "prefix": prefix, **values})


def article_page(article: SampleArticle, related: Sequence[SampleArticle], *, amp: bool = False) -> str:
    """Give the page, or its AMP copy. The block "Read also" links the `related` articles."""
    options = article.options
    prefix = options["prefix"]
    headline = html.escape(article.served(article.headline))
    links = ""
    if options.get("amp") and not amp:
        links = f'<link rel="amphtml" href="https://{HOST}{amp_path(article)}">\n'
    return fill(
        "article",
        prefix,
        amp=" amp" if amp else "",
        html_lang=article.lang_declared,
        charset=options.get("charset", "utf-8"),
        headline=headline,
        canonical=html.escape(options.get("canonical", article.url)),
        links=links,
        meta=_meta(article),
        section=article.section or "",
        date=article.printed,
        views=str(article.views),
        content=_broken() if options.get("broken") else _content(article, headline, related),
        tags=_tags(article),
    )


def _meta(article: SampleArticle) -> str:
    meta = ""
    if article.image is not None:
        meta += f'<meta property="og:image" content="https://{HOST}{article.image}">\n'
    if article.blocks:
        description = html.escape(article.served(article.blocks[0][1]))
        meta += f'<meta property="og:description" content="{description}">\n'
    if article.options.get("json_ld"):
        meta += f'<script type="application/ld+json">{_json_ld(article)}</script>\n'
    return meta


def _json_ld(article: SampleArticle) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "inLanguage": article.lang,
        "datePublished": iso(article.published),
        "articleSection": article.section,
        "mainEntityOfPage": article.url,
        "publisher": {"@type": "Organization", "name": "Atameken Business", "url": f"https://{HOST}"},
    }
    return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")


def iso(published: dt.datetime | dt.date | str) -> str:
    """Give the machine-readable form, in the outlet's zone; empty for words relative to the fetch."""
    if isinstance(published, dt.datetime):
        return published.astimezone(ZONE).isoformat()
    return published.isoformat() if isinstance(published, dt.date) else ""


def _content(article: SampleArticle, headline: str, related: Sequence[SampleArticle]) -> str:
    text: Mapping[str, str] = words()[article.options["prefix"]]
    body = body_html(article)
    above = ""
    if article.image is not None:
        figure = (
            f'<div class="newsimg"><img src="{article.image}" alt="{headline}">'
            f'<div class="imgdesc">{headline} {article.photo_line}</div></div>'
        )
        if article.options.get("picture") == "inside":
            body.insert(1, figure)
        else:
            above = figure + "\n"
    if article.options.get("hostile"):
        body.insert(1, _HOSTILE)
    body.insert(max(1, len(body) - 1), _related(related, text["related"]))
    body.append(_telegram(text))
    body.append(
        f'<div class="share"><span>{text["share"]}</span> <a href="https://t.me/share/url">Telegram</a> '
        '<a href="https://www.facebook.com/sharer.php">Facebook</a> <a href="https://wa.me/">WhatsApp</a></div>'
    )
    return f'{above}<div class="text">\n' + "\n".join(body) + "\n</div>"


def _broken() -> str:
    return '<div id="app-news-v2" data-loading="true"></div>'


def _related(chosen: Sequence[SampleArticle], title: str) -> str:
    links = "".join(f'<li><a href="{a.url}">{html.escape(a.headline)}</a></li>' for a in chosen)
    return f'<div class="related"><p class="related-title">{title}</p><ul>{links}</ul></div>'


def _telegram(text: Mapping[str, str]) -> str:
    return (
        '<div class="tgblock"><img src="/static/tg.svg" alt="Telegram">'
        f"<p>{text['telegram']} <span>{text['telegram_line']}</span></p>"
        f'<a class="btn" href="https://t.me/inbusinesskz">{text["subscribe"]}</a></div>\n'
        f'<div class="tgline"><p>{text["telegram_again"]}</p>'
        f'<a class="btn" href="https://t.me/inbusinesskz">{text["subscribe"]}</a></div>'
    )


def _tags(article: SampleArticle) -> str:
    prefix = article.options["prefix"]
    links = " ".join(
        f'<a href="/{prefix}/tags?tag={number}">#{tag}</a>' for number, tag in enumerate(article.tags)
    )
    return f'<div class="tags">{links}</div>' if links else ""


def advertisement_page(entry: Mapping[str, Any]) -> str:
    """Give the page of a listed advertisement."""
    return fill(
        "article",
        "ru",
        amp="",
        html_lang="ru",
        charset="utf-8",
        headline=entry["headline"],
        canonical=f"https://{HOST}{entry['path']}",
        links="",
        meta="",
        section="Партнёрский материал",
        date=entry["printed"],
        views="12",
        content='<div class="text"><p>Условия вклада уточняйте в отделениях. На правах рекламы.</p></div>',
        tags="",
    )

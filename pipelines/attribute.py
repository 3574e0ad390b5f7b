"""Attribute: who said it first, who passed it on, who took the picture, who is quoted."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from items import Article, Attribution
from pipelines.attribution.reader import attribute


def attribute_article(article: Article) -> Article:
    """Give the article with its attribution, as `read_attribution` reads it."""
    return replace(article, attribution=read_attribution(article))


def read_attribution(article: Article) -> Attribution:
    """Read who said it first, who passed it on, who is quoted, from `attributed_text`.

    The credit of its first credited picture serves where the text names no photographer.
    """
    read = attribute(
        attributed_text(article),
        lang=article.lang,
        publisher=publisher(article),
        links=[link for block in article.blocks for link in block.links],
    )
    if read.photo is None:
        read = replace(read, photo=next((image.credit for image in article.images if image.credit), None))
    return read


def attributed_text(article: Article) -> str:
    """Give the text that evidence is cut from: headline, lead and blocks, parted by empty lines."""
    lead = () if article.lead is None else (article.lead,)
    return "\n\n".join((article.headline, *lead, *article.paragraphs))


def publisher(article: Article) -> str:
    """Give the host that an article is published on, without "www.": the outlet's canonical one."""
    return (urlsplit(article.canonical_url).hostname or "").removeprefix("www.")

"""Normalise: texts repaired, what is not the article out of its body, the language settled by the text."""

from __future__ import annotations

from dataclasses import replace

from items import Article, Block, Image
from pipelines.text.boilerplate import strip_boilerplate
from pipelines.text.language import settle
from pipelines.text.unicode import normalise


def normalise_article(article: Article) -> Article:
    """Give the article with its texts in order; the texts as found stay beside them (`*_found`).

    A second time changes nothing, `*_found` included.
    """
    blocks = strip_boilerplate([_block(block) for block in article.blocks])
    blocks = tuple(block for block in blocks if block.text)
    headline = normalise(article.headline)
    body = "\n\n".join(block.text for block in blocks)
    fresh = article.body_found is None
    return replace(
        article,
        headline=headline,
        lead=_text(article.lead),
        blocks=blocks,
        author=_text(article.author),
        section=_text(article.section),
        tags=tuple(dict.fromkeys(tag for tag in map(normalise, article.tags) if tag)),
        images=tuple(_image(image) for image in article.images),
        lang=settle(article.lang_declared or article.lang, headline, body),
        headline_found=article.headline if fresh else article.headline_found,
        lead_found=article.lead if fresh else article.lead_found,
        body_found=article.body if fresh else article.body_found,
    )


def _text(text: str | None) -> str | None:
    return None if text is None else normalise(text) or None


def _block(block: Block) -> Block:
    links = tuple(replace(link, text=normalise(link.text)) for link in block.links)
    return replace(block, text=normalise(block.text), links=links)


def _image(image: Image) -> Image:
    return replace(
        image, alt=normalise(image.alt), caption=normalise(image.caption), credit=_text(image.credit)
    )

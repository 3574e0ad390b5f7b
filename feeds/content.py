"""What of an article an entry may carry: its text under the outlet's terms, as sanitised HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from feeds.plain import clean_text, clean_url, one_line, shortened
from feeds.sanitise import sanitise
from items import Article, Block, BlockKind, Image, Link, Terms

EXCERPT_PARAGRAPHS = 2  # beside the lead: the terms "excerpt" of the design
MAX_PARAGRAPH = 1_000  # characters of one: a page that is a single block must not pass as two paragraphs
_QUOTED: frozenset[BlockKind] = frozenset(("paragraph", "quote"))


def permitted(article: Article, terms: Terms) -> tuple[Block, ...]:
    """Give the blocks that may be shown: all, the lead and two paragraphs, or none.

    The lead is the first block unless the body already holds it. Under "excerpt" each block is at most
    `MAX_PARAGRAPH` characters, and what was cut lost its links.
    """
    if terms == "headline":
        return ()
    lead = one_line(article.lead or "")
    body = [block for block in article.blocks if one_line(block.text)]
    told = {one_line(block.text) for block in body} if terms == "full" else set()
    opening = [Block(kind="paragraph", text=lead)] if lead and lead not in told else []
    if terms == "full":
        return (*opening, *body)
    prose = (block for block in body if block.kind in _QUOTED and one_line(block.text) != lead)
    taken = [block for block, _ in zip(prose, range(EXCERPT_PARAGRAPHS), strict=False)]
    return tuple(_short(block) for block in (*opening, *taken))


def pictures(article: Article, terms: Terms) -> tuple[Image, ...]:
    """Give the images that may be shown, with addresses fit for a feed: all, the first, or none."""
    fit = [image for image in article.images if clean_url(image.url, article.canonical_url)]
    if terms == "headline":
        return ()
    return tuple(fit if terms == "full" else fit[:1])


def render(
    blocks: Sequence[Block], images: Sequence[Image], photo: str, base: str, headline: str = ""
) -> str:
    """Give HTML for the images and, below them, the blocks.

    Args:
        blocks: what may be shown of the text.
        images: what may be shown of the pictures.
        photo: the formula for a photo credit.
        base: what addresses are relative to.
        headline: of the article. It stands above already: as a caption it says nothing of the picture.
    """
    parts = [_figure(image, photo, headline) for image in images]
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        parts.extend(_run(kind, list(group)))
    return sanitise("\n".join(parts), base)


def _short(block: Block) -> Block:
    text = shortened(clean_text(block.text), MAX_PARAGRAPH)
    return block if text == block.text else Block(kind=block.kind, text=text)


def _figure(image: Image, photo: str, headline: str) -> str:
    alt = escape(one_line(image.alt or image.caption))
    caption = one_line(image.caption)
    if caption.rstrip(".").casefold() == headline.rstrip(".").casefold():
        caption = ""
    credit = photo.format(names=one_line(image.credit)) if image.credit else ""
    stop = " " if caption.endswith(("?", "!", "…")) else ". "
    under = escape(stop.join(part.rstrip(".") for part in (caption, credit) if part))
    return (
        f'<figure><img src="{escape(image.url)}" alt="{alt}">'
        + (f"<figcaption>{under}</figcaption>" if under else "")
        + "</figure>"
    )


def _run(kind: BlockKind, blocks: Sequence[Block]) -> Iterator[str]:
    """Give HTML for neighbours of one kind: the items of a list, the rows of a table, or each by itself."""
    if kind == "item":
        yield "<ul>" + "".join(f"<li>{_inline(block)}</li>" for block in blocks) + "</ul>"
    elif kind == "row":
        rows = (block.text.split(" | ") for block in blocks)
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        yield "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    else:
        yield from (_single(block) for block in blocks)


def _single(block: Block) -> str:
    inner = _inline(block)
    if block.kind == "subhead":
        level = min(max(block.level, 2), 4)
        return f"<h{level}>{inner}</h{level}>"
    if block.kind == "quote":
        return f"<blockquote><p>{inner}</p></blockquote>"
    return f"<pre>{inner}</pre>" if block.kind == "preformatted" else f"<p>{inner}</p>"


def _inline(block: Block) -> str:
    """Escape the text and set each link around its words, in reading order; one without its words goes."""
    out: list[str] = []
    at = 0
    for link in _placed(block):
        start = block.text.find(link.text, at)
        if start < 0:
            continue
        out.append(escape(block.text[at:start], quote=False))
        out.append(f'<a href="{escape(link.url)}">{escape(link.text, quote=False)}</a>')
        at = start + len(link.text)
    out.append(escape(block.text[at:], quote=False))
    return "".join(out)


def _placed(block: Block) -> Iterator[Link]:
    """Give the links that have words; one failed search a link is affordable, so their number is bounded."""
    return (link for link in block.links[:200] if link.text.strip())

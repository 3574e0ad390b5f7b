"""The body, the lead and the pictures of an article, parted from one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from items import Block, Image
from spiders.extract import edges
from spiders.extract.body import Picture, Piece, Text, read_pieces
from spiders.extract.context import Context
from spiders.extract.dom import fold, outermost, parse, squash, text_of
from spiders.extract.fields import Candidate, is_cut_of
from spiders.extract.generic import find_body, prune
from spiders.extract.nearness import dates_by_nearness, standfirsts
from spiders.extract.pictures import (
    all_pictures,
    declared_pictures,
    pictures_after,
    pictures_before,
    settle,
    with_foot_credit,
)

_INDEX: Final = 400  # characters: a page with more text of its own is no list
_TEASERS: Final = 6


@dataclass(frozen=True, slots=True)
class Content:
    """The article without its facts, and by which means each part was read."""

    blocks: tuple[Block, ...] = ()
    lead: str | None = None
    images: tuple[Image, ...] = ()
    author: str | None = None  # from a labelled line of the body, if one was taken out of it
    means: tuple[tuple[str, str], ...] = ()


def read_content(context: Context, *, title: str, known: Sequence[str], author: str | None) -> Content:
    """Read the body, what leads into it and its pictures. The tree is pruned: read all else before.

    Args:
        context: The page.
        title: The headline, which is taken out of the body.
        known: Texts of other facts (date, views, section) that may stand at the head of the body.
        author: Who wrote it, if the page said so outside the body.
    """
    lead = _declared_lead(context)
    head = declared_pictures(context)
    container, pieces, means = _body(context)
    if container is not None and not context.layout.images:
        head = [*head, *pictures_before(context, container)]
    if container is not None and not context.layout.body:
        pieces = [*_standfirsts(context, container, pieces), *pieces]
    pieces = settle(pieces)
    if not context.layout.body:
        pieces, head = with_foot_credit(pieces, head)
    pieces, signed = edges.trim(pieces, (title, *known), author=author, unknown=not context.layout.body)
    blocks = tuple(piece.block for piece in pieces if isinstance(piece, Text))
    if not blocks:
        context.report("body", "no element of the page holds an article's text")
    if lead is not None and blocks and squash(lead.text) == squash(blocks[0].text):
        blocks = blocks[1:] or blocks
    if lead is None:
        lead = _told_lead(context, title, blocks)
    inner = [piece.image for piece in pieces if isinstance(piece, Picture)]
    if container is not None and not context.layout.body:
        inner += pictures_after(context, container)
    pictures, by = all_pictures(context, head, inner)
    used = [("body", means), ("images", by), *([("lead", lead.means)] if lead else [])]
    return Content(
        blocks=blocks,
        lead=lead.text if lead else None,
        images=pictures,
        author=signed,
        means=tuple((field, by_what) for field, by_what in used if by_what),
    )


def _body(context: Context) -> tuple[HtmlElement | None, list[Piece], str]:
    """The container, its pieces, and the means: declared, generic, or the metadata's own text."""
    declared = outermost(context.declared("body", context.layout.body))
    if declared:
        pieces = [piece for element in declared for piece in _declared_pieces(context, element)]
        if any(isinstance(piece, Text) for piece in pieces):
            return declared[0], pieces, "layout"
        context.report("body", f"the declared container holds no text: {', '.join(context.layout.body)}")
    told = context.linked.body
    found = find_body(context.root, context.survey, title=context.title, told=told, base=context.base)
    if any(isinstance(piece, Text) for piece in found.pieces) and not _is_index(context, found.pieces):
        return found.element, list(found.pieces), "generic"
    if context.state.body:
        return None, _written(context), "state"
    if told:
        return None, [Text(Block(kind="paragraph", text=text), 0) for text in told], "json-ld"
    return None, [], ""


def _is_index(context: Context, pieces: Sequence[Piece]) -> bool:
    """Whether a page is a list of articles: many teasers, few lines of its own, no date near its title."""
    if sum(len(piece.block.text) for piece in pieces if isinstance(piece, Text)) > _INDEX:
        return False
    dated = context.linked.published or context.meta.first("published")
    if dated or "article" in context.meta.values.get("og:type", ()) or context.survey.teasers < _TEASERS:
        return False
    return next(dates_by_nearness(context.survey), None) is None


def _written(context: Context) -> list[Piece]:
    """The pieces of texts that are HTML, or plain with a paragraph a line."""
    pieces: list[Piece] = []
    for text in context.state.body:
        if "<" in text:
            root, _ = parse(text)
            prune(root)
            pieces += read_pieces(root, base=context.base)
        else:
            lines = filter(None, map(fold, text.splitlines()))
            pieces += [Text(Block(kind="paragraph", text=line), 0) for line in lines]
    return pieces


def _declared_pieces(context: Context, element: HtmlElement) -> list[Piece]:
    """The pieces of a declared container, without what is declared as something else."""
    layout, places = context.layout, context.places
    facts = (
        layout.headline,
        layout.lead,
        layout.date,
        layout.author,
        layout.tags,
        layout.views,
        layout.section,
    )
    doomed = [found for selectors in facts for found in places.select(selectors, within=element)]
    doomed += [found for selector in layout.remove for found in places.select((selector,), within=element)]
    for name, selectors in (("caption", layout.caption), ("credit", layout.credit)):
        for found in places.select(selectors, within=element):
            found.set("class", name)
    for found in doomed:
        if (
            found is not element
            and found.getparent() is not None
            and element not in set(found.iterdescendants())
        ):
            found.drop_tree()
    prune(element)
    return read_pieces(element, base=context.base)


def _declared_lead(context: Context) -> Candidate | None:
    """The lead as an element of its own. On an unknown page it is the first block of the body."""
    for element in context.declared("lead", context.layout.lead):
        if text := text_of(element):
            return Candidate("layout", text)
    return None


def _standfirsts(context: Context, container: HtmlElement, pieces: Sequence[Piece]) -> list[Piece]:
    body = squash(" ".join(piece.block.text for piece in pieces if isinstance(piece, Text)))
    found = standfirsts(context.survey, container, body=body)
    return [Text(Block(kind="paragraph", text=text), 0) for text in found]


def _told_lead(context: Context, title: str, blocks: Sequence[Block]) -> Candidate | None:
    """The description, where it says more than a piece of the body or the headline does."""
    body = " ".join(block.text for block in blocks)
    for means, text in (
        ("json-ld", context.linked.description),
        ("meta", context.meta.first("description")),
    ):
        if len(text) >= 40 and not is_cut_of(text, body) and not is_cut_of(text, title):
            cut = text.endswith(("…", "..."))
            return None if cut else Candidate(means, text)
    return None

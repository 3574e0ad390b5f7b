"""Which pictures belong to an article, and which words belong to them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Final

from lxml.html import HtmlElement, fragment_fromstring

from items import Block, Image
from spiders.extract import images
from spiders.extract.body import Picture, Piece, Text, read_pieces
from spiders.extract.context import Context
from spiders.extract.credits import MAX_CREDIT, credit_line, split_credit
from spiders.extract.dom import elements, fold, letters_in, squash, text_of, words_of
from spiders.extract.tables import words
from spiders.extract.urls import absolute

_CAPTION: Final = 260  # characters: a longer text under a picture is the article
_HEADLINES: Final = frozenset({"h1", "h2", "time", "script", "style"})
_AUTHOR: Final = frozenset(words("labels", "places", "author"))
_SHORT: Final = 40  # characters of a credit like "Фото автора"
_BOX: Final = 160  # characters of a byline with its picture
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)


def settle(pieces: Sequence[Piece]) -> list[Piece]:
    """Give texts under a picture that caption or credit it to it, and a foot credit to all without one."""
    settled: list[Piece] = []
    for piece in pieces:
        last = settled[-1] if settled else None
        if (
            isinstance(piece, Text)
            and isinstance(last, Picture)
            and (image := _captioned(last.image, piece.block))
        ):
            settled[-1] = Picture(image)
        else:
            settled.append(piece)
    foot = settled[-1] if settled else None
    credit = _signed_line(foot.block) if isinstance(foot, Text) else None
    bare = [
        number
        for number, piece in enumerate(settled)
        if isinstance(piece, Picture) and not piece.image.credit
    ]
    if credit is None or not bare or len(settled) < 2:
        return settled
    for number in bare:
        piece = settled[number]
        if isinstance(piece, Picture):
            settled[number] = Picture(replace(piece.image, credit=credit))
    return settled[:-1]


def declared_pictures(context: Context) -> list[Image]:
    """The declared pictures, each with what stands about it."""
    found: list[Image] = []
    for element in context.declared("images", context.layout.images):
        found += _pictured(context, element)
    captions = [text_of(e) for e in context.places.select(context.layout.caption)]
    signed = [text_of(e) for e in context.places.select(context.layout.credit)]
    if found and captions:
        found[0] = images.with_caption(found[0], captions[0])
    if found and signed:
        found[0] = images.with_credit(found[0], signed[0])
    return found


def pictures_before(context: Context, container: HtmlElement) -> Iterator[Image]:
    """The pictures between the headline and the body, where the lead picture stands."""
    inside = set(container.iter())
    heading = context.heading
    if heading is None or heading in inside:
        start: HtmlElement | None = container.getparent()
    else:
        above = set(heading.iterancestors())
        start = next((e for e in container.iterancestors() if e in above), None)
    if start is None:
        return
    whole_page = start.tag in {"body", "html"}
    after = not whole_page
    top = (
        next((e for e in heading.iterancestors() if e.getparent() is start), None)
        if heading is not None
        else None
    )
    beside = set(top.iter()) if top is not None and whole_page else set()
    for element in elements(start):
        if element is container:
            return
        after = after or element is heading
        if (
            not (after or element in beside)
            or element.tag not in images.TAGS
            or context.is_foreign(element)
            or _leads_away(context, element)
            or _shows_author(element)
        ):
            continue
        yield from _pictured(context, element)


def _shows_author(element: HtmlElement) -> bool:
    """Whether a picture stands in a small box that is called the author's, outside any figure."""
    boxes = [
        above for above in itertools.islice(element.iterancestors(), 4) if above.tag not in {"body", "html"}
    ]
    if any(box.tag in {"figure", "picture"} for box in boxes[:2]):
        return False
    return any(words_of(box) & _AUTHOR and letters_in(box) <= _BOX for box in boxes)


def with_foot_credit(pieces: list[Piece], head: list[Image]) -> tuple[list[Piece], list[Image]]:
    """Give a credit that ends the text, on a line of its own, to the pictures over it that have none."""
    last = next((piece for piece in reversed(pieces) if isinstance(piece, Text)), None)
    credit = _signed_line(last.block) if last is not None else None
    texts = sum(isinstance(piece, Text) for piece in pieces)
    if credit is None or texts < 2 or not any(not image.credit for image in head):
        return pieces, head
    signed = [image if image.credit else replace(image, credit=credit) for image in head]
    return [piece for piece in pieces if piece is not last], signed


def pictures_after(context: Context, container: HtmlElement) -> Iterator[Image]:
    """The figures that follow the body beside it, as in a gallery."""
    for element in itertools.chain.from_iterable(part.iter("figure") for part in container.itersiblings()):
        if not context.is_foreign(element):
            pieces = settle(read_pieces(element, base=context.base))
            yield from (piece.image for piece in pieces if isinstance(piece, Picture))


def all_pictures(
    context: Context, head: Sequence[Image], inner: Sequence[Image]
) -> tuple[tuple[Image, ...], str]:
    """Every picture once; the one the metadata names serves where the page shows none."""
    shown = images.unique([*head, *inner])
    told = [
        (Image(url=url, caption=said.caption, credit=said.credit), "json-ld")
        for said in context.linked.images
        if (url := absolute(context.base, said.url))
    ]
    told += [
        (Image(url=url), "meta")
        for text in context.meta.every("image")
        if (url := absolute(context.base, text)) and not images.is_placeholder(url)
    ]
    if shown:
        facts = {images.file_of(image.url): image for image, _ in reversed(told)}
        shown = tuple(
            replace(image, caption=image.caption or said.caption, credit=image.credit or said.credit)
            if (said := facts.get(images.file_of(image.url)))
            else image
            for image in shown
        )
        return shown, "layout" if head and context.layout.images else "generic"
    for image, means in told:
        if not images.is_placeholder(image.url):
            return (image,), means
    return (), ""


def _captioned(image: Image, block: Block) -> Image | None:
    """The image with the text under it, or None where that text belongs to the article."""
    if block.kind != "paragraph" or len(block.text) > _CAPTION:
        return None
    if not image.credit and (credit := credit_line(block.text)):
        return replace(image, credit=credit)
    if image.alt and squash(block.text) == squash(image.alt):
        return replace(image, caption=image.caption or block.text)
    said = split_credit(block.text)
    if said.credit and not image.credit and not image.caption and len(said.credit) < MAX_CREDIT // 2:
        return replace(image, caption=said.caption, credit=said.credit)
    return None


def _signed_line(block: Block) -> str | None:
    """The credit of a foot line with a sign after its mark ("Фото: akorda.kz"), or a short one without."""
    short = len(block.text) <= _SHORT and not block.text.endswith((".", "!", "?"))
    return credit_line(block.text) if block.kind == "paragraph" and (short or ":" in block.text) else None


def _pictured(context: Context, element: HtmlElement) -> list[Image]:
    """The pictures of an element with what is written about them: in their figure, or next to them."""
    place = next(element.iterancestors("figure", "picture"), element)
    if place.tag == "picture":
        place = next(place.iterancestors("figure"), place)
    if place.tag != "figure":
        place = _with_neighbour(place)
    pieces = settle(read_pieces(place, base=context.base))
    return [piece.image for piece in pieces if isinstance(piece, Picture)]


def _with_neighbour(element: HtmlElement) -> HtmlElement:
    """A box of a picture and the short text that follows it, in its own parent or just outside it."""
    edge = element
    for _ in range(3):
        following, parent = edge.getnext(), edge.getparent()
        if following is not None or (edge.tail or "").strip():
            break
        if parent is None or parent.tag in {"body", "html"} or len(text_of(parent)) > _CAPTION:
            break
        edge = parent
    else:
        following = None
    box = fragment_fromstring("<div></div>")
    box.append(deepcopy(element))
    box[0].tail = edge.tail if len(fold(edge.tail or "")) <= _CAPTION else None
    if following is not None and following.tag not in _HEADLINES and len(text_of(following)) <= _CAPTION:
        box.append(deepcopy(following))
    return box


def _leads_away(context: Context, element: HtmlElement) -> bool:
    """Whether a picture is a link to another page (a related story's), rather than to itself at full size."""
    for anchor in element.iterancestors("a"):
        href = absolute(context.base, anchor.get("href", "")) or ""
        return bool(href) and not _IMAGE_FILE.search(href) and href.split("#")[0] != context.url
    return False

"""The body of a page that nobody prepared: found by a survey of the page, read by our own reader of blocks.

The survey says where the prose of the article stands and what is foreign to it. trafilatura is asked where
that is not plain; its text serves as a map, and what it maps is read by the same reader, so that subheads,
lists, tables and links are kept.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from items import Block
from spiders.extract.body import Piece, Text, read_pieces
from spiders.extract.container import MIN_BODY, MIN_TEXT, container, continued, holding, is_seen, widened
from spiders.extract.dom import hides, is_hidden, letters_in, squash, words_of
from spiders.extract.survey import CARD, LABEL, TITLE, Survey
from spiders.extract.tables import words

MAX_ELEMENTS: Final = 15_000
"""trafilatura, which walks the tree a dozen times, is not asked about a page with more."""

LIBRARY_FAULTS: Final = (
    ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError, etree.LxmlError,
)  # fmt: skip
"""What libraries raise on pages they were not made for."""

_PLAIN = 140  # letters of prose that need no second opinion, where they are most of the page's
_SHARE = 0.8  # of the prose that the container must hold
_LINKED = 0.5  # a block with more of its letters in links is navigation
_LISTED = 3  # subheads that are links, in an article about what they link to
_ECHOED = 400  # blocks that are looked through for echoes
_RICHLY_LINKED = 0.8  # where it is a sentence with several links
_INLINE = frozenset({"span", "b", "strong", "em", "i", "font"})
_SENTENCE = 80  # letters of inline text that is no label
_PROSE = 60  # characters of a block that is a sentence, not a label
_CERTAIN = frozenset(words("noise", "classes", "certain"))
_LIKELY = frozenset(words("noise", "classes", "likely"))
_SPARE = frozenset(words("noise", "classes", "spare"))
_NEVER_NOISE = frozenset({"p", "html", "body", "img", "figure", "a"})
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)
_CALL: Final = 160  # characters of a call to follow the site
_MESSENGER = re.compile(
    r"https?://(?:[\w-]+\.)*(?:t\.me|telegram\.(?:me|org)|instagram\.com|facebook\.com|whatsapp\.com|wa\.me|vk\.com|ok\.ru"
    r"|youtube\.com|tiktok\.com|twitter\.com|x\.com|threads\.net|dzen\.ru|news\.google\.com)(?:/|$)"
)
_LABEL_MARKS: Final = " ?.:…<>«»→←–—-|[]()【】*"
_ENDS = tuple(".!?…»”\"')")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the pieces of the body, and the element they stand in (None for a text without one)."""

    pieces: tuple[Piece, ...]
    element: HtmlElement | None


def find_body(root: HtmlElement, survey: Survey, *, title: str, told: Sequence[str], base: str) -> Found:
    """Find and read the body of an unknown page. The tree loses what is foreign to it within the container.

    Args:
        root: The page; parsed once, here only walked and pruned.
        survey: The measures of the page as it stands.
        title: The headline: what stands before it in the container is no part of the body.
        told: The paragraphs of the page's own `articleBody`, if it gave one.
        base: The address that links are resolved against.
    """
    weights = survey.weights()
    number = container(survey, weights, share=_SHARE)
    prose = weights[number] if number >= 0 else 0.0
    element = widened(survey.elements[number]) if number >= 0 else None
    further = list(continued(survey, number, weights)) if number >= 0 else []
    own = squash("".join(told))
    seen, strict = "", False
    if len(own) >= max(MIN_BODY, 0.8 * prose):
        element, seen, strict, further = holding(root, own), own, True, []
    elif prose < _PLAIN or prose < 0.5 * weights[0]:
        second = seen_by_trafilatura(root, survey)
        if len(second) > max(MIN_TEXT, 1.5 * prose):
            mapped = holding(root, second)
            if mapped is not None and not survey.is_foreign(mapped) and _is_prose(survey, mapped):
                element, seen, further = mapped, second, []
    if element is None:
        return Found((), None)
    prune(element, survey)
    pieces = _after_title(read_pieces(element, base=base), squash(title))
    for part in further:
        if element is survey.elements[number]:  # one that was widened may hold it already
            prune(part, survey)
            pieces += read_pieces(part, base=base)
    return Found(tuple(_choose(pieces, seen, strict=strict)), element)


def seen_by_trafilatura(root: HtmlElement, survey: Survey) -> str:
    """The letters and digits of what trafilatura takes for the article, or ""."""
    if len(survey.elements) > MAX_ELEMENTS:
        return ""
    try:
        found: Any = bare_extraction(root, include_comments=False, include_tables=True)
    except LIBRARY_FAULTS:
        return ""
    return "" if found is None or found.body is None else squash(" ".join(found.body.itertext()))


def _is_prose(survey: Survey, element: HtmlElement) -> bool:
    """Whether a part is not made of links."""
    number = survey.number[element]
    return survey.linked[number] < _LINKED * survey.length[number]


def prune(element: HtmlElement, survey: Survey | None = None) -> None:
    """Take hidden parts, share bars, related links and the like out of a container, in place.

    A part that holds nearly half of the container's text is the article, whatever its class says; with a
    `survey`, what that calls foreign goes in any case.
    """
    limit = 0.4 * letters_in(element)
    lenient = survey is not None and survey.lenient
    doomed: list[HtmlElement] = []
    for part in list(element.iterdescendants(etree.Element)):
        if is_hidden(part) or (hides(part.get("class", "")) and letters_in(part) <= limit):
            doomed.append(part)
        elif part.tag in _NEVER_NOISE:
            continue
        elif survey is not None and (survey.is_foreign(part) or _is_card(survey, part)):
            if not _embeds(part):
                doomed.append(part)
        else:
            named = words_of(part)
            noise = part.tag == "footer" and part.getparent().tag != "blockquote"
            told = part.tag in _INLINE and letters_in(part) >= _SENTENCE
            likely = named & _LIKELY and not named & _SPARE and not (lenient or told)
            noise = noise or named & _CERTAIN or likely
            if noise and not _embeds(part) and letters_in(part) <= limit:
                doomed.append(part)
    for part in doomed:
        if part.getparent() is not None:
            part.drop_tree()


def _is_card(survey: Survey, element: HtmlElement) -> bool:
    """Whether a part is one teaser: a picture and a headline in a link to another page."""
    number = survey.number.get(element)
    if number is None or element.tag not in {"div", "section", "article"} or not survey.pictures[number]:
        return False
    hrefs = (anchor.get("href", "") for anchor in element.iter("a"))
    leads = any(href and not href.startswith("#") and not _IMAGE_FILE.search(href) for href in hrefs)
    length, linked = survey.length[number], survey.linked[number]
    titled = 5 * linked >= 4 * length or (linked >= TITLE and length - linked <= LABEL)
    return leads and TITLE <= length <= CARD and titled


def _embeds(element: HtmlElement) -> bool:
    """Whether a post or a player of another site stands in the element."""
    return element.find(".//iframe") is not None or element.find(".//script[@data-telegram-post]") is not None


def _after_title(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """The pieces without the texts that stand before the headline: rubrics, crumbs, the line of facts."""
    texts = [number for number, piece in enumerate(pieces) if isinstance(piece, Text)]
    for number in texts[: len(texts) // 2 + 1]:
        piece = pieces[number]
        if title and isinstance(piece, Text) and squash(piece.block.text) == title:
            return [p for at, p in enumerate(pieces) if at > number or not isinstance(p, Text)]
    return list(pieces)


def _choose(pieces: Sequence[Piece], seen: str, *, strict: bool) -> list[Piece]:
    """Keep what was seen, what stands between, and the neighbours of its ends that read like prose."""
    texts = [piece for piece in pieces if isinstance(piece, Text)]
    marks = [not seen or is_seen(squash(text.block.text), seen) for text in texts]
    if not any(marks):
        return []
    first, last = marks.index(True), len(marks) - 1 - marks[::-1].index(True)
    kept: set[int] = set()
    titled = _linked_subheads(texts)
    announced = False  # by "the documents:", so that a list of links is the article's own
    for number, (text, marked) in enumerate(zip(texts, marks, strict=True)):
        item = text.block.kind == "item"
        inside = (
            (marked and bool(seen))
            or text.embedded
            or not _is_navigation(text.block)
            or (item and announced)
            or number in titled
        )
        if first <= number <= last and inside and not _is_pointer(text.block):
            kept.add(number)
        if not item:
            announced = number in kept and text.block.text.endswith(":")
    if not strict:
        _extend(texts, kept, range(last + 1, len(texts)), texts[last].home)
        _extend(texts, kept, range(first - 1, -1, -1), texts[first].home)
    _drop_labels(texts, kept)
    _drop_echoes(texts, kept)
    number, chosen = -1, list[Piece]()
    for piece in pieces:
        if isinstance(piece, Text):
            number += 1
            if number in kept:
                chosen.append(piece)
        else:
            chosen.append(piece)
    return chosen


def _extend(texts: Sequence[Text], kept: set[int], numbers: range, home: int) -> None:
    """Take in the blocks beyond an end as long as they are prose in the same element."""
    for number in numbers:
        text = texts[number]
        prose = len(text.block.text) >= _PROSE and text.block.text.endswith(_ENDS)
        if text.home != home or not (prose or text.embedded) or _is_navigation(text.block):
            return
        kept.add(number)


def _linked_subheads(texts: Sequence[Text]) -> set[int]:
    """The subheads that are links, each with prose under it, where they are the make of the article."""
    found = {
        number
        for number, (text, under) in enumerate(itertools.pairwise(texts))
        if text.block.kind == "subhead"
        and _is_navigation(text.block)
        and len(under.block.text) >= _PROSE
        and not _is_navigation(under.block)
    }
    return found if len(found) >= _LISTED else set()


def _drop_labels(texts: Sequence[Text], kept: set[int]) -> None:
    """Take out subheads whose links were left out, and those that nothing follows; a standfirst stays."""
    first = min(kept, default=-1)
    follows = False
    for number in range(len(texts) - 1, -1, -1):
        block = texts[number].block
        leads = number == first and len(block.text) >= MIN_TEXT and len(kept) > 1
        if number in kept and block.kind == "subhead" and not follows and not leads:
            kept.discard(number)
        follows = number in kept and (block.kind != "subhead" or follows)


def _drop_echoes(texts: Sequence[Text], kept: set[int]) -> None:
    """Take out paragraphs that only repeat words of a longer one, as pulled quotes do."""
    letters = {number: squash(texts[number].block.text) for number in sorted(kept)[:_ECHOED]}
    whole = "\n".join(letters.values())
    for number, own in letters.items():
        block = texts[number].block
        if block.kind in {"paragraph", "quote"} and len(own) >= MIN_TEXT and whole.count(own) > 1:
            longer = any(len(other) > len(own) and own in other for other in letters.values())
            if longer:
                kept.discard(number)


def _is_pointer(block: Block) -> bool:
    """Whether a block only leads elsewhere, to another article or the site's channel, or is a label of it."""
    folded = block.text.casefold()
    if folded.strip(_LABEL_MARKS) in words("noise", "labels"):
        return True
    if len(folded) <= _CALL and any(call in folded for call in words("noise", "calls")):
        return any(_MESSENGER.match(link.url) for link in block.links)
    label = next((label for label in words("noise", "related") if folded.startswith(label)), None)
    return label is not None and (bool(block.links) or len(block.text) <= len(label) + 2)


def _is_navigation(block: Block) -> bool:
    """Whether a block is a link or a row of them, rather than a sentence with links in it."""
    linked, length = sum(len(link.text) for link in block.links), len(block.text)
    sentence = length > _PROSE and block.text.endswith(_ENDS) and len(block.links) > 1
    return linked > (_RICHLY_LINKED if sentence else _LINKED) * length and block.kind != "row"

"""The body of a page that nobody prepared: trafilatura says where it is, our own reader keeps its shape.

trafilatura finds the text of an article well and loses its shape, and often its lists, tables and last lines.
So its text serves as a map: the smallest element of the page that holds it is read whole, block by block, and
of those blocks stay the ones trafilatura saw, and the ones between them that are no navigation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from items import Block
from spiders.extract.body import Piece, Text, read_pieces
from spiders.extract.dom import BLOCKS, elements, is_hidden, letters_in, squash, text_nodes, words_of
from spiders.extract.tables import words

MAX_ELEMENTS: Final = 60_000
"""A page with more is read by `densest` alone: trafilatura walks the tree a dozen times."""

LIBRARY_FAULTS: Final = (
    ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError, etree.LxmlError,
)  # fmt: skip
"""What libraries raise on pages they were not made for."""

_MIN_TEXT = 25  # letters of a text node that says where the article is
_MIN_BODY = 140  # letters: less is a caption or a notice, and worth a second opinion
_SHARE = 0.88  # of the text found that the container must hold
_LINKED = 0.5  # a block with more of its letters in links is navigation
_LISTED = 4  # linked headlines that make a list
_PROSE = 60  # characters of a block that is a sentence, not a label
_SEMANTIC = frozenset(words("labels", "places", "article"))
_CERTAIN = frozenset(words("noise", "classes", "certain"))
_LIKELY = frozenset(words("noise", "classes", "likely"))
_SPARE = frozenset(words("noise", "classes", "spare"))
_NEVER_NOISE = frozenset({"p", "html", "body", "img", "figure", "a"})
_ENDS = tuple(".!?…»”\"')")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the pieces of the body, and the element they stand in (None for a text without one)."""

    pieces: tuple[Piece, ...]
    element: HtmlElement | None


def find_body(root: HtmlElement, *, heading: HtmlElement | None, told: Sequence[str], base: str) -> Found:
    """Find and read the body of an unknown page. The tree loses its furniture (hidden parts, share bars).

    Args:
        root: The page; parsed once, here only walked and pruned.
        heading: The element of the headline, if the page has one.
        told: The paragraphs of the page's own `articleBody`, if it gave one.
        base: The address that links are resolved against.
    """
    seen = _seen_by_trafilatura(root)
    own = squash("".join(told))
    strict = len(own) >= max(_MIN_BODY, int(0.8 * len(seen)))
    element = _container(root, own) if strict else None
    if element is None:
        strict, element = False, _container(root, seen)
        if element is None or len(seen) < _MIN_BODY:
            rival = densest(root)
            if rival is not None and letters_in(rival) > 2 * len(seen):
                element, seen = rival, ""
    if element is None:
        return Found((), None)
    prune(element)
    pieces = read_pieces(element, base=base)
    if not strict and _is_listing(pieces) and (beside := _beside(heading, element)) is not None:
        element, seen = beside, ""
        prune(element)
        pieces = read_pieces(element, base=base)
    kept = _choose(pieces, own if strict else seen, strict=strict)
    return Found(tuple(kept), element)


def _seen_by_trafilatura(root: HtmlElement) -> str:
    """The letters and digits of what trafilatura takes for the article, or ""."""
    if sum(1 for _ in zip(elements(root), range(MAX_ELEMENTS), strict=False)) == MAX_ELEMENTS:
        return ""
    try:
        found: Any = bare_extraction(root, include_comments=False, include_tables=True)
    except LIBRARY_FAULTS:
        return ""
    return "" if found is None or found.body is None else squash(" ".join(found.body.itertext()))


def _container(root: HtmlElement, wanted: str) -> HtmlElement | None:
    """The smallest element that holds nearly all of the wanted text; None where the page has none of it."""
    if not wanted:
        return None
    weights: dict[HtmlElement, int] = {}
    total, used = 0, set[str]()
    for holder, text in text_nodes(root, least=_MIN_TEXT):
        letters = squash(text)
        if len(letters) < _MIN_TEXT or letters in used or not _within(letters, wanted):
            continue
        used.add(
            letters
        )  # a text that stands twice (for desktops and telephones) counts where it stands first
        total += len(letters)
        above: HtmlElement | None = holder
        while above is not None:
            weights[above] = weights.get(above, 0) + len(letters)
            above = above.getparent()
    if total < min(_MIN_BODY, len(wanted)) // 2:
        return None
    return _widen(_descend(root, weights, total))


def _descend(root: HtmlElement, weights: dict[HtmlElement, int], total: int) -> HtmlElement:
    element = root
    while True:
        inner = next((child for child in element if weights.get(child, 0) >= _SHARE * total), None)
        if (
            inner is None
            or inner.tag in {"p", "blockquote", "pre", "ul", "ol", "span"}
            or inner.tag not in BLOCKS
        ):
            return element
        element = inner


def _widen(element: HtmlElement) -> HtmlElement:
    """The element that is named as the article's text, where it stands just above and holds little else."""
    letters = letters_in(element)
    above = element
    for _ in range(3):
        parent = above.getparent()
        if parent is None or parent.tag in {"body", "html"}:
            break
        above = parent
        named = "articleBody" in above.get("itemprop", "") or (
            above.tag == "div"
            and words_of(above) & _SEMANTIC
            and {"article", "post", "news"} & words_of(above)
        )
        if named and letters_in(above) <= 1.4 * letters + 200:
            return above
    return element


def densest(root: HtmlElement) -> HtmlElement | None:
    """The element with the most text outside links, its children's counted by half; None for a bare page."""
    scores: dict[HtmlElement, float] = {}
    for holder, text in text_nodes(root, least=_MIN_TEXT):
        length = len(text.strip())
        if length < _MIN_TEXT or holder.tag in {"a", "button", "option", "label", "title"}:
            continue
        block = holder
        while block.tag not in BLOCKS and (parent := block.getparent()) is not None:
            block = parent
        if any(above.tag in {"nav", "footer", "aside", "form"} for above in block.iterancestors()):
            continue
        host = block.getparent() if block.tag in {"p", "li", "blockquote", "pre"} else block
        share = 1.0
        for _ in range(3):
            if host is None or host.tag == "html":
                break
            scores[host] = scores.get(host, 0.0) + share * length
            share, host = share / 2, host.getparent()
    return max(scores, key=lambda element: scores[element], default=None)


def _is_listing(pieces: Sequence[Piece]) -> bool:
    """Whether the pieces are those of a list of other articles: headlines that are links, again and again."""
    blocks = [piece.block for piece in pieces if isinstance(piece, Text) and not piece.embedded]
    linked = sum(1 for block in blocks if _is_navigation(block))
    return linked >= _LISTED and linked >= 0.2 * len(blocks)


def _beside(heading: HtmlElement | None, element: HtmlElement) -> HtmlElement | None:
    """The smallest element about the headline with prose in it, where `element` is no part of it."""
    if heading is None or element in set(heading.iterancestors()):
        return None
    inside = set(heading.iter())
    for above in heading.iterancestors():
        if above.tag == "body" or element in set(above.iter()):
            return None
        prose = (
            len(text.strip())
            for holder, text in text_nodes(above, least=_MIN_TEXT)
            if holder not in inside and next(holder.iterancestors("a"), holder).tag != "a"
        )
        if sum(prose) >= _PROSE:
            return above
    return None


def prune(element: HtmlElement) -> None:
    """Take hidden parts, share bars, related links and the like out of a container, in place.

    A part that holds nearly half of the container's text is the article, whatever its class says.
    """
    limit = 0.4 * letters_in(element)
    doomed: list[HtmlElement] = []
    for part in elements(element):
        if part is element:
            continue
        if is_hidden(part):
            doomed.append(part)
            continue
        named = words_of(part)
        noise = named & _CERTAIN or (named & _LIKELY and not named & _SPARE)
        if noise and part.tag not in _NEVER_NOISE and not _embeds(part) and letters_in(part) <= limit:
            doomed.append(part)
    for part in doomed:
        if part.getparent() is not None:
            part.drop_tree()


def _embeds(element: HtmlElement) -> bool:
    """Whether a post or a player of another site stands in the element."""
    return element.find(".//iframe") is not None or element.find(".//script[@data-telegram-post]") is not None


def _choose(pieces: Sequence[Piece], seen: str, *, strict: bool) -> list[Piece]:
    """Keep what was seen, what stands between, and the neighbours of its ends that read like prose."""
    texts = [piece for piece in pieces if isinstance(piece, Text)]
    marks = [not seen or _within(squash(text.block.text), seen) for text in texts]
    if not any(marks):
        return []
    first, last = marks.index(True), len(marks) - 1 - marks[::-1].index(True)
    kept: set[int] = set()
    announced = False  # by "the documents:", so that a list of links is the article's own
    for number, (text, marked) in enumerate(zip(texts, marks, strict=True)):
        item = text.block.kind == "item"
        inside = (
            (marked and bool(seen)) or text.embedded or not _is_navigation(text.block) or (item and announced)
        )
        if first <= number <= last and inside and not _is_pointer(text.block):
            kept.add(number)
        if not item:
            announced = number in kept and text.block.text.endswith(":")
    if not strict:
        _extend(texts, kept, range(last + 1, len(texts)), texts[last].home)
        _extend(texts, kept, range(first - 1, -1, -1), texts[first].home)
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


def _is_pointer(block: Block) -> bool:
    """Whether a block only leads to another article ("Читайте также: …")."""
    label = next(
        (label for label in words("noise", "related") if block.text.casefold().startswith(label)), None
    )
    return label is not None and (bool(block.links) or len(block.text) <= len(label) + 2)


def _is_navigation(block: Block) -> bool:
    linked = sum(len(link.text) for link in block.links)
    return linked > _LINKED * len(block.text) and block.kind != "row"


def _within(letters: str, seen: str) -> bool:
    """Whether a text was seen; of a long one its two ends, as its middle may have been cleaned."""
    if not letters:
        return False
    if len(letters) <= 160:
        return letters in seen
    return letters[:60] in seen and letters[-60:] in seen

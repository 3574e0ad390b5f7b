"""The head and the foot of a body: lines of facts, signatures and notes on the author are not its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from items import Block
from spiders.extract.body import Piece, Text
from spiders.extract.dates import find_date_span
from spiders.extract.dom import squash
from spiders.extract.fields import labelled_views, read_author
from spiders.extract.people import by_label, signature
from spiders.extract.tables import words

_HEAD_BLOCKS: Final = 6  # where a headline, a date or a byline may stand once more
_FOOT_BLOCKS: Final = 2
_BYLINES: Final = 3  # blocks at the head among which a line with the author may stand
_SIGNED: Final = 3  # … and at the foot
_DATE_LINE: Final = 120  # characters
_OPENING: Final = 40  # … by which a paragraph is told from what is known
_DATE_LABELS: Final = 30  # letters beside the dates
_PLACE: Final = 40  # characters of a place under a signature
_LABELLED: Final = 120  # characters of a labelled line
_BYLINE: Final = 80  # characters of a line that names the author
_FOOT_NOTES: Final = 4
_NOTE: Final = 400  # characters of a note on the author, or to the reader
_VIEWS: Final = 40  # characters of a line with the number of readers
_VIEW_WORDS: Final = 4
_COUNT: Final = 12  # characters of a count ("1.2K") at the head

_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.!?…][\"»”)]?$")  # three letters: "г." and "am." end dates
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff]")
_CONTACT = re.compile(r"\S@\w|(?<!\w)@\w{3}")
_NOTES: Final = words("labels", "notes")
_SMALL_PRINT: Final = words("labels", "small_print")
_BRACKETS: Final = " ([（【*•–—-"
_WORDS_BESIDE: Final = tuple(
    letters
    for name in ("published", "updated", "by")
    for word in words("labels", name)
    if (letters := squash(word))
)
_ROLES: Final = sorted(map(squash, words("labels", "roles")), key=len, reverse=True)
_ADDRESS = re.compile(r"\S+@\S+")
_RUN_ON = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁ])(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")


def trim(
    pieces: Sequence[Piece], known: Sequence[str], *, author: str | None, unknown: bool
) -> tuple[list[Piece], str | None]:
    """Take facts and signatures off both ends of a body.

    Args:
        pieces: The body.
        known: What is known already: headline, date, views, section.
        author: Who wrote it, if that is known from elsewhere.
        unknown: Whether the page is of an unknown site, where a name alone at the foot signs the text.

    Returns:
        The rest, and the author whom a line of it named.
    """
    kept, signed = _signature(_without_known(pieces, known, author), author, unknown=unknown)
    if unknown:
        kept = _without_notes(kept, author or signed)
    return kept, signed


def _without_known(pieces: Sequence[Piece], known: Sequence[str], author: str | None) -> list[Piece]:
    """The pieces without blocks at either end that say only what is known, with dates or without."""
    people = (author, *author.split(", ")) if author else ()
    said = sorted({letters for text in (*known, *people) if (letters := squash(text))}, key=len, reverse=True)
    seen, kept = 0, list[Piece]()
    last = sum(isinstance(piece, Text) for piece in pieces) - _FOOT_BLOCKS
    for piece in pieces:
        if isinstance(piece, Text):
            seen += 1
            at_edge = seen <= _HEAD_BLOCKS or seen > last
            if at_edge and (_says_only(piece.block, said) or _is_date_line(piece.block, said)):
                continue
            if (seen <= _HEAD_BLOCKS and _is_count(piece.block)) or (at_edge and _is_views(piece.block)):
                continue
        kept.append(piece)
    return kept


def _says_only(block: Block, said: Sequence[str]) -> bool:
    """Whether a block is nothing but known texts, one after the other ("Headline 14.10.2005")."""
    opening = squash(block.text[:_OPENING]) if len(block.text) > _DATE_LINE else ""
    if opening and not any(known.startswith(opening) or opening.startswith(known) for known in said):
        return False  # without a look at the whole of a paragraph
    if _consists_of(squash(block.text), said):
        return True
    if len(block.text) > _DATE_LINE or (span := find_date_span(block.text)) is None:
        return False
    return _consists_of(squash(f"{block.text[: span[0]]} {block.text[span[1] :]}"), said)


def _consists_of(letters: str, said: Sequence[str]) -> bool:
    while letters:
        known = next((text for text in said if letters.startswith(text)), None)
        if known is None:
            return False
        letters = letters[len(known) :]
    return True


def _is_count(block: Block) -> bool:
    """Whether a block is a number with hardly a letter, as counters of claps and comments are."""
    return block.kind == "paragraph" and len(block.text) <= _COUNT and not _WORD.search(block.text)


def _is_views(block: Block) -> bool:
    """Whether a block is a labelled number of readers and nothing else ("Просмотров: 481")."""
    text = block.text
    return len(text) <= _VIEWS and labelled_views(text) is not None and len(text.split()) <= _VIEW_WORDS


def _is_date_line(block: Block, said: Sequence[str] = ()) -> bool:
    """Whether a block is a date with a label or two ("Published 12 June 2026, updated 13 June, 5 min read").

    A line that ends as a sentence does ("The museum opens on 1 December.") is text, unless a label begins it.
    """
    if (
        block.kind not in {"paragraph", "item"}
        or len(block.text) > _DATE_LINE
        or not _DIGIT.search(block.text)
    ):
        return False
    text = _RUN_ON.sub(" ", block.text)
    sentence = _SENTENCE_END.search(text) and ":" not in text
    dated = False
    while (span := find_date_span(text)) is not None:
        text, dated = f"{text[: span[0]]} {text[span[1] :]}", True
    letters = squash(_ADDRESS.sub(" ", text))
    if dated and said:
        for known in (*said, *_WORDS_BESIDE, *_ROLES):
            letters = letters.replace(known, "")
    beside = len(letters)
    return dated and beside <= _DATE_LABELS and not (beside and sentence)


def _signature(pieces: list[Piece], author: str | None, *, unknown: bool) -> tuple[list[Piece], str | None]:
    """Take the author's line out of the body's first or last blocks: "Автор: …", "By …", a name alone."""
    texts = [piece for piece in pieces if isinstance(piece, Text)]
    if len(texts) < 2:
        return pieces, None
    for piece in (*texts[:2], *texts[-_SIGNED:]):
        block = piece.block
        if name := read_author(block.text, labelled=True) if len(block.text) <= _LABELLED else None:
            return [other for other in pieces if other is not piece], name
    for piece in texts[:_BYLINES] if unknown else ():
        name = by_label(piece.block.text) if len(piece.block.text) <= _BYLINE else None
        if name is not None and _may_sign(piece.block, name, author):
            return [other for other in pieces if other is not piece], name
    for piece in reversed(texts[-_FOOT_BLOCKS:]) if unknown else ():
        name = signature(piece.block.text)
        if name is not None and _may_sign(piece.block, name, author):
            places = [text for text in texts[texts.index(piece) + 1 :] if _is_place(text.block)]
            return [other for other in pieces if other is not piece and other not in places], name
    return pieces, None


def _is_place(block: Block) -> bool:
    """Whether a block under a signature is a place or a paper: two or three words, no end of a sentence."""
    return len(block.text) <= _PLACE and not _SENTENCE_END.search(block.text)


def _may_sign(block: Block, name: str, author: str | None) -> bool:
    """Whether a line may name the author: nobody else is known to be, and it is no heading, item or row."""
    if block.kind not in {"paragraph", "quote"}:
        return False
    return author is None or squash(name) in squash(author)


def _without_notes(pieces: list[Piece], author: str | None) -> list[Piece]:
    """The pieces without a note on the author, or a call to write to them, at the very end."""
    names = tuple(name.casefold() for name in author.split(", ")) if author else ()
    for _ in range(_FOOT_NOTES):
        last = next((piece for piece in reversed(pieces) if isinstance(piece, Text)), None)
        if last is None or last.block.kind != "paragraph" or len(last.block.text) > _NOTE:
            break
        text = last.block.text.casefold().lstrip(_BRACKETS)
        noted = text.startswith(_NOTES) or any(phrase in text for phrase in _SMALL_PRINT)
        if not noted and not (text.startswith(names) and _CONTACT.search(text)):
            break
        pieces = [piece for piece in pieces if piece is not last]
        while pieces and isinstance(over := pieces[-1], Text) and over.block.kind == "subhead":
            pieces = pieces[:-1]
    return pieces

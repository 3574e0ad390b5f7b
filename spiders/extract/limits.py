"""How much of an article is kept. What comes after costs minutes of attribution, and nobody reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from items import Block

MOST_TEXT: Final = 400_000  # characters: the longest articles of newspapers come to a quarter of it
MOST_BLOCKS: Final = 4_000
MOST_LANGUAGES: Final = 200  # links to other languages that a page's head may hold


def kept(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], str]:
    """Give the blocks that are kept, and what was left out, in words; nothing where all are.

    A block that does not fit is left out whole, and so is all that follows it: no sentence is cut.
    """
    room = MOST_TEXT
    for at, block in enumerate(blocks):
        room -= len(block.text)
        if room < 0 or at >= MOST_BLOCKS:
            why = f"longer than {MOST_TEXT} characters or {MOST_BLOCKS} blocks: the rest was not kept"
            return tuple(blocks[:at]), why
    return tuple(blocks), ""

"""How much of an article is kept."""

from __future__ import annotations

from items import Block
from spiders.extract.limits import MOST_BLOCKS, MOST_TEXT, kept


def test_an_article_within_the_bounds_is_kept_whole() -> None:
    blocks = [Block(kind="paragraph", text="x" * (MOST_TEXT // 10))] * 10
    assert kept(blocks) == (tuple(blocks), "")


def test_what_does_not_fit_is_left_out_from_its_first_block_on() -> None:
    short, long = Block(kind="paragraph", text="x"), Block(kind="paragraph", text="x" * MOST_TEXT)
    found, why = kept([short, long, short])
    assert found == (short,)
    assert "the rest was not kept" in why
    assert len(kept([short] * (MOST_BLOCKS + 1))[0]) == MOST_BLOCKS

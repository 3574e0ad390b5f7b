"""Runs of text without a block inside: where the paragraphs lie that only line breaks part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LONG_LINE: Final = 80
"""Characters of a line that may be a paragraph."""

ENDED: Final = re.compile(r"[.!?…:;»”\"')\]]\s*$")
"""How a line ends that may be one."""

_BREAK = re.compile(r"\n\s*\n")
_DIALOGUE = re.compile(r"[–—-]\s")


def paragraphs(written: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a run of text lie: between empty lines, or on lines that are sentences."""
    at = 0
    for gap in [*_BREAK.finditer(written), None]:
        end = gap.start() if gap is not None else len(written)
        yield from _lines(written, at, end)
        at = gap.end() if gap is not None else end


def _lines(written: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part what single line breaks part, where every line is a paragraph, or a turn of dialogue."""
    spans, at = [], start
    for line in written[start:end].split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    texts = [written[a:b].strip() for a, b in spans]
    full = [text for text in texts if text]
    prose = len(full) > 1 and sum(map(len, full)) >= LONG_LINE * len(full) and all(map(ENDED.search, full))
    begin = start
    for (a, b), text in zip(spans, texts, strict=True):
        if a > begin and (prose or _DIALOGUE.match(text)):
            yield begin, a - 1
            begin = a
        if b == end:
            yield begin, end

"""What a report tells of earlier events to remind its reader: no part of what it is about.

"Напомним, …", "Еске салайық, …", "Earlier it was reported …": such a passage repeats another article, at
times word for word, and by it two reports of two events of a kind would look like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipelines.folding.tables import read

_SENTENCE: Final = re.compile(r"[.!?…][\"»”]?[ \t\u00a0]+(?=[\"«“„]?[^\W_a-zа-яё])")
_OPENING: Final = ' \t\u00a0"«“„–—-'


def _pattern(kind: str) -> re.Pattern[str]:
    parts = {
        part.strip()
        for table in read("background.toml").values()
        for line in table[kind].splitlines()
        for part in line.split(";")
        if part.strip()
    }
    written = (
        re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else r"(?!\w)")
        for part in sorted(parts, key=len, reverse=True)
    )
    return re.compile("|".join(written).replace("'", "['’‘ʻʼ]"))


_TILL_END: Final = _pattern("till_end")
_ALONE: Final = _pattern("sentence")


def foreground(body: str) -> str:
    """Give a text without its passages on earlier events; its first sentence always stays.

    Takes any text; time is linear in its length. Paragraphs are lines.
    """
    return "\n".join(told for told in _paragraphs(body) if told)


def _paragraphs(body: str) -> Iterator[str]:
    begun = False
    for paragraph in body.split("\n"):
        start = 0
        kept = []
        for stop in (*(match.end() for match in _SENTENCE.finditer(paragraph)), len(paragraph)):
            sentence, start = paragraph[start:stop], stop
            opening = sentence[:60].lstrip(_OPENING).lower()
            if begun and _TILL_END.match(opening):
                break
            if not begun or not _ALONE.match(opening):
                kept.append(sentence)
            begun = begun or bool(opening)
        yield "".join(kept).strip()

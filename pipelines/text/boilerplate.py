"""What stands in an article's body and is not the article: calls to subscribe, share bars, related links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from items import Block
from pipelines.text.unicode import fold_lookalikes

_RAW: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("boilerplate.toml").read_text(encoding="utf-8")
)
_LANGUAGES: Final[list[dict[str, list[str]]]] = [facts for facts in _RAW.values() if isinstance(facts, dict)]


def _any_of(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(patterns) + ")"


def _gather(key: str) -> str:
    return _any_of(pattern for facts in _LANGUAGES for pattern in facts.get(key, ()))


_LONGEST: Final = 300  # characters of a block that can be boilerplate
_RELATED: Final = 160  # characters of a headline in a list of links
_OPENING: Final = 2  # blocks at the head among which a bare number is a view count
_LINKED: Final = 0.9  # share of a block's text that its links hold, for it to be a link and nothing else

_PLATFORM: Final = (
    rf"(?<!\w)(?:{_any_of(_RAW['platforms'])}|{_any_of(_RAW['platforms_with_endings'])}[а-яіәөүұ]{{0,3}})"
    r"(?:-(?:канал|арна)\w{0,12}|[-'’]\w{1,4})?(?!\w)"
)
_WHOLE: Final = re.compile(_gather("blocks"))
_HEADING: Final = re.compile(_gather("headings"))
_HEADED: Final = re.compile(
    rf"(?P<heading>{_gather('headings')}) ?(?P<mark>[:–—>»|-])? ?(?P<rest>.{{1,250}})"
)
_PLATFORMS_ONLY: Final = re.compile(rf"(?:{_gather('blocks')}[\s:,|·/]*)?(?:{_PLATFORM}[\s:,|·/]*){{1,12}}")
_CHANNEL: Final = rf"(?:{_PLATFORM}|(?<!\w){_gather('channel')}(?!\w))"
_OURS: Final = re.compile(rf"(?<!\w){_gather('ours')}(?!\w)")
_CALLS: Final = re.compile(
    rf"(?<!\w)(?<!не ){_gather('call')}(?!\w)|(?:^|(?<=[.!?] )){_gather('opening_call')}(?!\w)"
)
_CHANNELS: Final = re.compile(_CHANNEL)
_PLATFORMS: Final = re.compile(_PLATFORM)
_SAID: Final = re.compile(rf"(?<!\w)(?:{_RAW['said']})(?!\w)")

_CREDIT: Final = re.compile(_any_of(_RAW["credits"]) + r"\s?[:–—|-]")
_EDGE_BEFORE: Final = re.compile(r"^[^\w#$€₽¥£©«\"'“(+–—-]+")
_EDGE_AFTER: Final = re.compile(r"[^\w)»\"”°]+$")
_SENTENCE_END: Final = re.compile(r"[.!?…][»\"”)]*$")
_NUMBER: Final = re.compile(r"\d{1,3}(?: ?\d{3}){0,2}|\d{1,7}")


def strip_boilerplate(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of the body that are the article's own, in order and unchanged.

    Dropped are short blocks that are boilerplate as a whole, and the links that follow a heading such as
    "Read also". A sentence that only mentions a channel or a subscription stays, and so does every credit
    line. Language is not asked for: the patterns of all are tried.
    """
    kept: list[Block] = []
    related = False
    for at, block in enumerate(blocks):
        folded = _fold(block.text) if len(block.text) <= _LONGEST else ""
        if folded and _HEADING.fullmatch(folded):
            related = True
            continue
        if related and _is_related(block):
            continue
        related = False
        if at < _OPENING and block.kind == "paragraph" and _NUMBER.fullmatch(block.text.strip()):
            continue
        if not folded and block.text.strip() and len(block.text) <= _LONGEST:
            continue  # nothing but pictures and punctuation
        if block.kind in ("row", "preformatted", "quote") or not _is_boilerplate(block, folded):
            kept.append(block)
    return tuple(kept)


def _fold(text: str) -> str:
    plain = " ".join(fold_lookalikes(text).casefold().replace("ё", "е").split())
    return _EDGE_AFTER.sub("", _EDGE_BEFORE.sub("", plain))


def _is_boilerplate(block: Block, folded: str) -> bool:
    if not folded:
        return False
    if _WHOLE.fullmatch(folded) or _PLATFORMS_ONLY.fullmatch(folded):
        return True
    if headed := _HEADED.fullmatch(folded):
        return headed["mark"] == ":" or _is_link(block)
    return _is_call(folded)


def _is_call(folded: str) -> bool:
    """Whether the block calls upon the reader to follow the outlet somewhere."""
    call = _CALLS.search(folded)
    if call is None or _SAID.search(folded) or not _CHANNELS.search(folded):
        return False
    ours = _OURS.search(folded) is not None
    opens = call.start() == 0 or _PLATFORMS.match(folded) is not None
    return ours or (opens and _PLATFORMS.search(folded) is not None)


def _is_link(block: Block) -> bool:
    """Whether the block is links and nothing else."""
    return bool(block.links) and sum(len(link.text) for link in block.links) >= _LINKED * len(
        block.text.strip()
    )


def _is_related(block: Block) -> bool:
    """Whether a block under such a heading is one of its links: a link, or a line that is no sentence."""
    text = block.text.strip()
    if block.kind not in ("paragraph", "item") or len(text) > _RELATED:
        return False
    if _CREDIT.match(_fold(text)):
        return False
    return _is_link(block) or (block.kind == "item" and not block.links) or not _SENTENCE_END.search(text)

"""The names of a text that no table knows: capitalised words, in the spelling that three languages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import takewhile
from typing import Final

from pipelines.attribution.morphology import common
from pipelines.folding.gazetteer import Found, dictionary_form
from pipelines.folding.spelling import common_spelling
from pipelines.folding.tables import read
from pipelines.folding.tokens import Token

_COMPARED: Final = 6  # letters of a name that are compared: behind them stand endings
UNSEATED: Final = 1_000_000  # a place beyond any headline and lead
_TOLD: Final = 5  # letters of a word in title case that may be a name
_LEAST: Final = 3
_STEM: Final = 6  # letters by which a title is known
_TITLE_CASE: Final = 0.6  # share of capitals from which a headline's say nothing
_LONG: Final = 3  # letters of a word that a headline in title case would write with a capital
_FORENAMES: Final = 2  # words before a known person that may be of its name
_TITLES: Final = {
    lang: frozenset(dictionary_form(word, lang)[:_STEM] for word in facts["titles"].split())
    for lang, facts in read("words.toml").items()
}


def names(
    text: Sequence[Token], known: Sequence[Found], taken: AbstractSet[int], lang: str, headline: int
) -> Iterable[tuple[str, int]]:
    """Give each as "name:…" with its place in characters.

    A word of a headline in title case may be a name or not: it stands at `UNSEATED`, for what is shared and
    not for what differs. The first word of a sentence is no name unless it is quoted or another capital
    follows it; words of titles and institutions and, in Russian, of the dictionary are none unless quoted;
    neither are the forenames of people whom the tables know by their surnames.

    Args:
        text: the tokens.
        known: what the gazetteer found in them.
        taken: places, in tokens, of what is told otherwise.
        lang: one of the three.
        headline: characters of the headline, with which the text begins.
    """
    shouted = _shouted(text, headline)
    forenames = {at for each in known if each.concept.kind == "person" for at in _before(text, each.start)}
    for at, token in enumerate(text):
        if not token.upper or not token.is_word or at in taken or at in forenames:
            continue
        if shouted and token.start < headline:
            name = common_spelling(dictionary_form(token.low, lang))[:_COMPARED]
            if len(token.low) >= _TOLD and not ordinary(token.low, lang):
                yield f"name:{name}", UNSEATED
            continue
        follows = at + 1 < len(text) and text[at + 1].upper and not text[at + 1].first
        if token.first and not (follows or token.quoted):
            continue
        if (not token.quoted or token.first) and ordinary(token.low, lang):
            continue
        name = common_spelling(dictionary_form(token.low, lang))[:_COMPARED]
        if len(name) >= _LEAST:
            yield f"name:{name}", token.start


def _before(text: Sequence[Token], start: int) -> Iterable[int]:
    """The capitalised words right before a surname."""
    for at in range(start - 1, max(-1, start - 1 - _FORENAMES), -1):
        word, behind = text[at], text[at + 1]
        if not word.upper or behind.start != word.start + len(word.low) + 1:
            return
        yield at


def _shouted(text: Sequence[Token], headline: int) -> bool:
    """Whether a headline is written in title case, where a capital says nothing."""
    told = takewhile(lambda token: token.start < headline, text)
    words = [token for token in told if token.is_word and len(token.low) > _LONG]
    return sum(token.upper for token in words) > _TITLE_CASE * len(words)


@lru_cache(maxsize=65536)
def ordinary(word: str, lang: str) -> bool:
    """Whether a word, in lower case, names nothing of its own however it is written."""
    if dictionary_form(word, lang)[:_STEM] in _TITLES[lang]:
        return True
    return lang == "ru" and not word.isascii() and common(word)

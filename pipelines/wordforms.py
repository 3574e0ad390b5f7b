"""A person's search words found in texts in whatever form they stand there. Pure.

A Russian word is found in every form its dictionary gives it (pymorphy3), one that no dictionary has by its
stem and the endings of nouns; a Kazakh word with any row of noun endings after its stem, the stem's last
consonant as it changes before a vowel (кітап, кітабы); an English noun in its plural and possessive. Texts of
other languages, and a word that ends in a star ("метал*"), are taken letter by letter. Kazakh letters may be
typed as Russian ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from items import Article
from pipelines.attribution.morphology import kazakh, readings, unheard
from pipelines.store.search import search_spelling

MAX_WORDS: Final = 8  # of one phrase
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’ʼ][^\W_]+)*")
_MAX_TEXT: Final = 200_000  # characters of an article that are read
# In search spelling: plural, possessive, case or attribute, each at most once and in this order.
_KAZAKH: Final = (
    r"(?:(?:л|д|т)[ае]р)?"
    r"(?:[ыи]м[ыи]з|м[ыи]з|[ыи]н[ыи]з|[ыи]м|[ыи]н|с[ыи]|[ыи])?"
    r"(?:[ндт][ыи]н|[дтн][ае]н|н?д[ае]г[ыи]|т[ае]г[ыи]|[гк][ае]|н[ае]|н?д[ае]|т[ае]|[дтн][ыи]|н|[мбп]ен)?"
)
_SOFTENED: Final = {"п": "[пб]", "к": "[кг]"}
_RUSSIAN: Final = r"(?:ами|ями|ах|ях|ам|ям|ом|ем|ой|ей|ою|ею|ов|ев|а|я|о|е|у|ю|ы|и|ь)?"
_SURNAMES: Final = ("ов", "ев", "ёв", "ин", "ын")  # a dictionary has few of them, and may take one for a noun
_SURNAME: Final = r"(?:ыми|ым|ых|ой|а|у|е|ы)?"
_ENGLISH: Final = r"(?:e?s)?(?:['’ʼ]s?)?"


@dataclass(frozen=True)
class Finder:
    """Finds any of some phrases. `phrases` are as a person wrote them."""

    phrases: tuple[str, ...]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """In search spelling: a text without any of these says none of the phrases, whatever its language."""
        return tuple(dict.fromkeys(part for words in self._cut for part in _roots(words[0])))

    def finds(self, article: Article) -> bool:
        """Tell whether headline, lead or body say one of the phrases."""
        whole = "\n".join((article.headline, article.lead or "", article.body))
        return self.says(whole, article.lang)

    def says(self, text: str, lang: str) -> bool:
        """Tell whether a text in a language (BCP 47) says one of the phrases."""
        words = _WORD.findall(search_spelling(text[:_MAX_TEXT]))
        pattern = self._patterns(lang.partition("-")[0].lower())
        return any(_follows(words, phrase) for phrase in pattern)

    @cached_property
    def _cut(self) -> tuple[tuple[str, ...], ...]:
        cut = (tuple(_words(phrase))[:MAX_WORDS] for phrase in self.phrases)
        return tuple(words for words in cut if words)

    def _patterns(self, lang: str) -> list[tuple[re.Pattern[str], ...]]:
        return [tuple(re.compile(_forms(word, lang)) for word in words) for words in self._cut]


def _words(phrase: str) -> Iterator[str]:
    """Give the words of a phrase in lower case, each with the star it may end in."""
    for match in re.finditer(rf"{_WORD.pattern}\*?", phrase.casefold()):
        yield match[0]


def _follows(words: Sequence[str], phrase: Sequence[re.Pattern[str]]) -> bool:
    size = len(phrase)
    return any(
        phrase[0].fullmatch(words[at])
        and all(pattern.fullmatch(word) for pattern, word in zip(phrase, words[at : at + size], strict=True))
        for at in range(len(words) - size + 1)
    )


def _forms(word: str, lang: str) -> str:
    """Give the pattern of every form of a word in a language, in search spelling."""
    if word.endswith("*"):
        return re.escape(_plain(word)) + r"\S*"
    if lang == "kk":
        return "|".join(_kazakh(stem) + _KAZAKH for stem in _stems(word))
    if lang == "ru" and not word.isascii():
        return "|".join(_russian(word))
    if lang == "en" and word.isascii():
        ending = rf"|{re.escape(word[:-1])}ies" if word.endswith("y") else ""
        return re.escape(word) + _ENGLISH + ending
    return re.escape(_plain(word))


def _stems(word: str) -> list[str]:
    """Give what a Kazakh word's endings may stand after: the word itself, and its stem if it has endings."""
    return list(dict.fromkeys((_plain(word), _plain(kazakh(word)))))


def _kazakh(stem: str) -> str:
    return re.escape(stem[:-1]) + _SOFTENED.get(stem[-1:], re.escape(stem[-1:]))


def _russian(word: str) -> list[str]:
    if unheard(word):
        stem = _plain(word)
        bare = re.sub(r"[аяоеуюыиьй]$", "", stem) if len(stem) > 3 else stem
        return [re.escape(bare) + _RUSSIAN, re.escape(stem)]
    forms = {_plain(each.word) for reading in readings(word) if reading.is_known for each in reading.lexeme}
    name = [re.escape(_plain(word)) + _SURNAME] if word.endswith(_SURNAMES) else []
    return [*name, *(re.escape(form) for form in sorted(forms | {_plain(word)}))]


def _roots(word: str) -> Iterable[str]:
    """Give, in search spelling, beginnings one of which every form of a word has."""
    plain = _plain(word)
    if word.endswith("*"):
        return [plain]
    beginnings = {stem[:-1] if stem[-1:] in _SOFTENED and len(stem) > 2 else stem for stem in _stems(word)}
    if word.isascii():
        return {plain[:-1] if plain.endswith("y") and len(plain) > 2 else plain, *beginnings}
    if unheard(word):
        return {re.sub(r"[аяоеуюыиьй]$", "", plain) if len(plain) > 3 else plain, *beginnings}
    forms = {_plain(each.word) for reading in readings(word) if reading.is_known for each in reading.lexeme}
    return forms | beginnings | ({plain} if word.endswith(_SURNAMES) else set())


def _plain(word: str) -> str:
    return search_spelling(word.rstrip("*"))

"""Do two articles tell of one event? Pure: what they share, and a verdict that rather misses than errs.

A title alone never decides. What does is a source that one of them names and the other is, together with
particulars that both give: figures, proper names, words, words in the same order. What the stories of those
days have in common weighs nothing. Names are compared by a spelling that Kazakh, Russian and English share.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

_DATA: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("likeness.toml").read_text(encoding="utf-8")
)
_LETTERS: Final = str.maketrans(_DATA["letters"])
_SPELLINGS: Final[Mapping[str, str]] = _DATA["spellings"]
_SPELLING: Final = re.compile("|".join(_SPELLINGS))
_EVERYDAY: Final = frozenset(_DATA["everyday"]["names"])

WINDOW: Final = timedelta(days=2)  # between the articles of one event
_READ: Final = 20_000  # characters that are read
_STEM: Final = 5  # letters of a folded name that are compared: its endings are grammar
_RUN: Final = 5  # words in the same order
_LONG_WORD: Final = 5  # letters from which a word says something of its text
_WORD_STEM: Final = 6  # letters of it that are compared
_MANY_WORDS: Final = 8  # words that two texts must share for it to be no accident
_VOCABULARY: Final = 0.18  # share of the shorter text's words that any two texts of one office have in common
_WORDS_WEIGHT: Final = 8.0  # of each further share
_TELLING: Final = 2  # figures and names from which an article is expected to share one with its like
_QUOTED: Final = 4  # runs of words that are a quotation rather than a formula
_TITLE_WEIGHT: Final = 0.4  # of a word that both headlines have
_COPY: Final = 0.5  # share of the shorter text's runs that another must hold to be a near-copy of it
_COPY_NAMES: Final = 0.7  # share of all their names that two copies must have in common
_COPY_RUNS: Final = 15  # runs that a text needs for that share to mean anything

_RELAYED: Final = 1.2  # enough where one names the other as its source
_SAME_SOURCE: Final = 2.4  # … where both name the same third one, or are one outlet's in two languages
_LEAD: Final = 0.4  # by which the best story must lead the next
_SURE: Final = 3.0  # stories that an article fits so well are one: the relays that came before their origin

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\w])|(?<!\w)\d+(?:[.,]\d+)?")
_SENTENCE: Final = re.compile(r"(?:^|[.!?…:»”\"]\s+|\n\s*|[–—-]\s+)[«“\"]?\Z")


@dataclass(frozen=True, kw_only=True)
class Account:
    """An article as these rules see it."""

    key: str  # its own
    outlet: str
    lang: str
    at: datetime | None  # of publication, aware
    speaker: str  # the outlet's identity among the sources
    origin: str  # the identity that its chain ends with
    text: str  # headline and body

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers of two digits and more, without years."""
        found = (
            re.sub(r"[ \u00a0\u202f]", "", each).replace(",", ".") for each in _NUMBER.findall(self._text)
        )
        return frozenset(each for each in found if len(each) > 1 and not re.fullmatch(r"(?:19|20)\d\d", each))

    @cached_property
    def names(self) -> frozenset[str]:
        """The beginnings of capitalised words that begin no sentence, in the common spelling."""
        return self._capitalised[0]

    @cached_property
    def openers(self) -> frozenset[str]:
        """The beginnings of words that begin a sentence: names only where another text has them as such."""
        return self._capitalised[1]

    @cached_property
    def _capitalised(self) -> tuple[frozenset[str], frozenset[str]]:
        names: set[str] = set()
        openers: set[str] = set()
        for match in _WORD.finditer(self._text):
            folded = fold_name(match[0]) if match[0][0].isupper() else ""
            if len(folded) < _STEM - 1 or folded[:_STEM] in _EVERYDAY:
                continue
            opens = _SENTENCE.search(self._text[max(0, match.start() - 4) : match.start()])
            (openers if opens else names).add(folded[:_STEM])
        return frozenset(names), frozenset(openers)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every run of words as they follow each other."""
        words = [word.casefold() for word in _WORD.findall(self._text)]
        return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))

    @cached_property
    def words(self) -> frozenset[str]:
        """The beginnings of the longer words: the nearer two texts of one language, the more they share."""
        return _stems(self._text)

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Those of the headline that tell one event from another."""
        stems = _stems(self._text.partition("\n")[0])
        return frozenset(stem for stem in stems if fold_name(stem)[:_STEM] not in _EVERYDAY)

    @property
    def _text(self) -> str:
        return self.text[:_READ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The story an article belongs to, and why."""

    story: str
    reason: str  # "relay", "same-source", "edition" or "near-copy"
    evidence: str  # what both give
    also: tuple[str, ...] = ()  # stories that prove, by this article, to be the same one


def decide_story(article: Account, others: Sequence[Account], stories: Mapping[str, str]) -> Verdict | None:
    """Decide which story an article belongs to; None for one of its own.

    Args:
        article: the new one.
        others: those published around it; those within WINDOW count.
        stories: the story of each, by its key; of the article itself, if it is in one already.
    """
    own = stories.get(article.key)
    near = [(other, stories[other.key]) for other in others if other.key in stories and _near(article, other)]
    near = [(other, story) for other, story in near if story != own]
    common = _common(near)
    best: dict[str, tuple[float, Verdict]] = {}
    for other, story in near:
        found = _compare(article, other, story, common)
        if found is not None and found[0] > best.get(story, (0.0, None))[0]:
            best[story] = found
    ranked = sorted(best.values(), key=lambda pair: -pair[0])
    if not ranked:
        return None
    (weight, verdict), *rest = ranked
    sure = tuple(each.story for found, each in rest if found >= _SURE)
    if any(weight - _LEAD < found < _SURE for found, _ in rest):
        return None
    return replace(verdict, also=sure)


def fold_name(word: str) -> str:
    """Give a name in the spelling that Kazakh, Russian and English share; letters it does not know stay."""
    latin = word.casefold().translate(_LETTERS)
    return _SPELLING.sub(lambda match: _SPELLINGS[match[0]], latin)


def _stems(text: str) -> frozenset[str]:
    found = (word.casefold() for word in _WORD.findall(text) if len(word) >= _LONG_WORD)
    return frozenset(word[:_WORD_STEM] for word in found)


def _near(one: Account, other: Account) -> bool:
    if one.at is None or other.at is None:
        return False
    return one.key != other.key and abs(one.at - other.at) <= WINDOW


def _common(near: Sequence[tuple[Account, str]]) -> Counter[str]:
    """In how many of the stories a name or word stands."""
    particulars: dict[str, set[str]] = {}
    for other, story in near:
        particulars.setdefault(story, set()).update(other.names, other.openers, other.words)
    return Counter(each for found in particulars.values() for each in found)


def _compare(
    article: Account, other: Account, story: str, common: Mapping[str, int]
) -> tuple[float, Verdict] | None:
    """Weigh what two articles share; None where it does not reach what their relation asks for."""
    same_lang = article.lang == other.lang
    runs = article.runs & other.runs if same_lang else frozenset()
    shorter = min(len(article.runs), len(other.runs))
    if shorter >= _COPY_RUNS and len(runs) >= _COPY * shorter and _same_particulars(article, other):
        copied = f"{len(runs)} of {shorter} runs of words"
        return 10.0 + len(runs) / shorter, Verdict(story=story, reason="near-copy", evidence=copied)
    figures, names = article.figures & other.figures, _shared_names(article, other)
    weight = sum(1.0 if len(each) > 2 else 0.6 for each in figures)
    weight += sum(0.6 / max(1, common[name]) for name in names)
    words = {word for word in article.words & other.words if same_lang and common[word] == 1}
    weight += min(1.2, 0.2 * len(runs))
    if len(words) >= _MANY_WORDS:
        share = len(words) / max(1, min(len(article.words), len(other.words)))
        weight += min(1.2, _WORDS_WEIGHT * max(0.0, share - _VOCABULARY))
        weight += _TITLE_WEIGHT * bool(article.title_words & other.title_words & words)
    needed, reason = _relation(article, other)
    if needed is None or weight < needed or not _particular(figures, names, runs, words):
        return None
    if not figures and not names and len(runs) < _QUOTED and min(_given(article), _given(other)) >= _TELLING:
        return None  # each gives particulars, and none is the other's: formulas of one office, two events
    told = [*sorted(figures), *sorted(names)][:12]
    told += [f"{len(found)} {kind}" for kind, found in (("runs", runs), ("words", words)) if found]
    evidence = "; ".join(told)
    return weight, Verdict(story=story, reason=reason, evidence=evidence)


def _relation(article: Account, other: Account) -> tuple[float | None, str]:
    """How much two articles must share, being what they are to each other; None where they stay apart."""
    if article.outlet == other.outlet:  # one outlet tells one event once in a language
        return (None, "") if article.lang == other.lang else (_SAME_SOURCE, "edition")
    if article.origin == other.speaker or other.origin == article.speaker:
        return _RELAYED, "relay"
    return (_SAME_SOURCE, "same-source") if article.origin == other.origin else (None, "")


def _same_particulars(one: Account, other: Account) -> bool:
    """Whether figures and names are the same: visits of two presidents are told in the same words."""
    names = one.names | other.names
    return one.figures == other.figures and len(_shared_names(one, other)) >= _COPY_NAMES * len(names)


def _shared_names(one: Account, other: Account) -> frozenset[str]:
    return (one.names & (other.names | other.openers)) | (one.openers & other.names)


def _given(article: Account) -> int:
    return len(article.figures) + len(article.names)


def _particular(figures: Sized, names: Sized, runs: Sized, words: Sized) -> bool:
    """Whether two kinds of particulars are shared, or three of one: a single figure is an accident."""
    kinds = (len(figures), len(names), len(runs))
    many = len(words) >= _MANY_WORDS
    return many or sum(count > 0 for count in kinds) > 1 or max(kinds) > 2

"""The language of a text: by letters, endings and small words; by a trained model where those are silent."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES: Final = ("kk", "ru", "en", "uz", "az", "ky")
_RAW: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("language.toml").read_text(encoding="utf-8")
)
_TAGS: Final[dict[str, str]] = {
    alias: lang for lang, aliases in _RAW.pop("tags").items() for alias in aliases
}
_CYRILLIC: Final = frozenset(("kk", "ru", "uz", "ky", "uk", "be", "bg", "sr", "mk", "mn", "tg"))
_NOT_LATIN: Final = frozenset(("ru", "ky", "uk", "be", "bg", "mk", "mn", "tg", "zh", "ja", "ko", "fa", "ar"))

_READ: Final = 3000  # characters that are read: more adds nothing
_SURE: Final = 1.0  # points by which the first must lead the second
_AHEAD: Final = 1.25  # and how many times its points the first must have
_WORD_MOST: Final = 3.0  # points that the letters of one word can give or take
_LONGEST: Final = 40  # letters of a word that are read
_SIGNED: Final = 12.0  # letters without any of an alphabet's own that cost it a point
_COMMON: Final = 3  # words in small letters that make names needless
_ENOUGH: Final = 60  # letters of a body that outweigh its headline
_PLENTY: Final = 100  # letters of a text that the model alone may judge
_OWN_IN: Final = 100  # letters of a language among which one of its own at least is to be expected
_FOREIGN_MOST: Final = 4  # letters of its own for one of a neighbour's, as names and quotations bring
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")
_LETTER: Final = re.compile(r"[^\W\d_]")
_CYRILLIC_LETTER: Final = re.compile("[Ѐ-ԯ]")
_ARABIC_LETTER: Final = re.compile("[ؠ-يٱ-ۓ]")
_KAZAKH_ARABIC: Final = re.compile("[ۇۋڭ]|ءا|ءو|ءى")
_UYGHUR: Final = re.compile("[ېۈۆ]")
_SCRIPTS: Final = {
    lang: re.compile(f"[{letters}]") for lang, letters in _RAW.pop("scripts").items()
}  # fmt: skip
_BEYOND: Final = 0.999  # what the model must give a language that was neither looked for nor declared
_FOLD: Final = str.maketrans({"ё": "е", "İ": "i", **dict.fromkeys("‘’ʻʼ`´", "'")})
_TAG: Final = re.compile(r"[^\W\d_]{2,12}")


def _points(key: str, weight: float) -> dict[str, tuple[tuple[str, float], ...]]:
    """Word or ending -> the languages that have it, with the points it earns each."""
    table: dict[str, dict[str, float]] = {}
    for lang, facts in _RAW.items():
        for item in facts.get(key, "").split():
            table.setdefault(item, {})[lang] = weight
    return {item: tuple(langs.items()) for item, langs in table.items()}


_WORDS: Final = _points("words", 2.0)
_ENDINGS: Final = _points("endings", 1.0)


def _letters() -> dict[str, tuple[tuple[str, float], ...]]:
    """Letter -> the languages that it speaks for or against, with the points."""
    table: dict[str, list[tuple[str, float]]] = {}
    for lang, facts in _RAW.items():
        for weight, letters in facts.get("letters", {}).items():
            for letter in letters:
                table.setdefault(letter, []).append((lang, float(weight)))
        for letter in facts.get("lacks", ""):
            table.setdefault(letter, []).append((lang, -2.0))
    return {letter: tuple(points) for letter, points in table.items()}


_LETTERS: Final = _letters()
_PARTS: Final = tuple(
    (part, lang, float(weight))
    for lang, facts in _RAW.items()
    for weight, parts in facts.get("parts", {}).items()
    for part in parts
)
_OWN: Final = {lang: re.compile(facts["own"]) for lang, facts in _RAW.items() if "own" in facts}
_FOREIGN: Final = {
    lang: re.compile(f"[{facts['foreign']}]") for lang, facts in _RAW.items() if "foreign" in facts
}
_SIGNATURES: Final = {
    lang: re.compile(f"[{facts['signature']}]") for lang, facts in _RAW.items() if "signature" in facts
}


def detect(text: str, *, among: Sequence[str] = LANGUAGES, default: str | None = None) -> str | None:
    """The language of `text`: one of `among` (BCP 47 primary tags), or `default` where nothing tells.

    Kazakh is "kk" in Cyrillic, Latin and Arabic letters, Uzbek "uz" in both of its. Never raises.
    """
    text = text[:_READ]
    letters = len(_LETTER.findall(text))
    if not letters or not among:
        return default
    if len(_ARABIC_LETTER.findall(text)) * 2 > letters:
        kazakh = _KAZAKH_ARABIC.search(text) and not _UYGHUR.search(text)
        return "kk" if kazakh and "kk" in among else default
    scores = _scores(text, among)
    first, second = sorted([*scores.values(), 0.0, 0.0], reverse=True)[:2]
    if first - second >= _SURE and first >= second * _AHEAD:
        return max(scores, key=lambda lang: scores[lang])
    cyrillic = len(_CYRILLIC_LETTER.findall(text)) * 2 > letters
    fitting = [lang for lang in among if (lang in _CYRILLIC if cyrillic else lang not in _NOT_LATIN)]
    leading = [lang for lang in fitting if scores.get(lang, first) > first - _SURE]
    return _judge_among(text, leading or fitting, default, scores, cyrillic=cyrillic)


def settle(declared: str | None, headline: str, body: str, among: Sequence[str] = LANGUAGES) -> str:
    """The article's language: what its text is in, whatever the page declares.

    Args:
        declared: `lang` of the page, its path or its feed, as found.
        headline: read where the body is too short to tell.
        body: read first.
        among: the languages looked for, likeliest first; a declared one joins them. Another is taken where
            its script, or the model without doubt, says so.

    Returns:
        A BCP 47 primary tag; the declared one, else the first of `among`, where the text does not tell; "und"
        where there is none at all.
    """
    said = tag(declared)
    candidates = tuple(dict.fromkeys([*among, said] if said else among))
    fallback = said or next(iter(among), "und")
    text = body if len(_LETTER.findall(body[:_READ])) >= _ENOUGH else f"{headline}\n{body}"
    found = detect(text, among=candidates, default=fallback) or fallback
    return _beyond(text[:_READ], found, said) if candidates else found


def _beyond(text: str, found: str, said: str | None) -> str:
    """The language of a text that may be in none of those we look for, else `found`."""
    letters = len(_LETTER.findall(text))
    for lang, script in _SCRIPTS.items():
        if 3 * len(script.findall(text)) > letters > 0:
            return str(lang)
    arabic = 2 * len(_ARABIC_LETTER.findall(text)) > letters
    if letters < _ENOUGH or (arabic and found == "kk" == detect(text)):
        return found
    if _is_signed(text.translate(_FOLD).lower(), found, letters):
        return found  # the model, which takes longer than all that is read of a page, need not be asked
    chosen, certainty = _anything().classify(text)
    if chosen in LANGUAGES or chosen == found:
        return found
    sure = chosen == said or arabic or (certainty >= _BEYOND and letters >= _PLENTY)
    return str(chosen) if sure else found


def _is_signed(folded: str, lang: str, letters: int) -> bool:
    """Whether a text has what no language but one has, as often as that one does."""
    own, foreign = _OWN.get(lang), _FOREIGN.get(lang)
    signs = len(own.findall(folded)) if own is not None else 0
    if signs * _OWN_IN <= letters:
        return False
    return foreign is None or _FOREIGN_MOST * len(foreign.findall(folded)) < signs


def tag(declared: str | None) -> str | None:
    """The BCP 47 primary language of a declared one: "kz", "kaz" and "kk-KZ" are "kk", "en_US" is "en".

    None for what names no language.
    """
    match = _TAG.match((declared or "").strip().lower())
    if match is None:
        return None
    primary = match[0]
    if known := _TAGS.get(primary):
        return known
    return primary if primary.isascii() and len(primary) in (2, 3) and primary != "und" else None


def _scores(text: str, among: Sequence[str]) -> dict[str, float]:
    words = _WORD.findall(text.translate(_FOLD))
    # A name inside the sentence may be in another language's letters.
    common = [word for at, word in enumerate(words) if not at or word.islower()]
    common = [word.lower() for word in (common if len(common) >= _COMMON else words)]
    folded = " ".join(common)
    scores = dict.fromkeys((lang for lang in among if lang in _RAW), 0.0)
    for word in common:
        for lang, points in _by_letters(word):
            if lang in scores:
                scores[lang] += points
    for part, lang, weight in _PARTS:
        if lang in scores and part in folded:
            scores[lang] += weight * folded.count(part)
    for lang, signature in _SIGNATURES.items():
        if lang in scores and not signature.search(folded):
            scores[lang] -= len(folded) / _SIGNED
    for word in map(str.lower, words):
        for lang, points in (*_WORDS.get(word, ()), *_by_ending(word)):
            if lang in scores:
                scores[lang] += points
    return scores


@lru_cache(maxsize=8192)
def _by_letters(word: str) -> tuple[tuple[str, float], ...]:
    """What the letters of one word say, within bounds: one strange word must not outweigh the rest."""
    points: dict[str, float] = {}
    for letter in word[:_LONGEST]:
        for lang, weight in _LETTERS.get(letter, ()):
            points[lang] = points.get(lang, 0.0) + weight
    return tuple((lang, min(_WORD_MOST, max(-_WORD_MOST, value))) for lang, value in points.items())


@lru_cache(maxsize=8192)
def _by_ending(word: str) -> tuple[tuple[str, float], ...]:
    """A point to each language that has an ending of the word, however many of its endings fit."""
    sizes = (size for size in (2, 3, 4) if len(word) > size + 1)
    return tuple({pair for size in sizes for pair in _ENDINGS.get(word[-size:], ())})


def _judge_among(
    text: str, langs: Sequence[str], default: str | None, scores: Mapping[str, float], *, cyrillic: bool
) -> str | None:
    """The model's choice among `langs`; one it was not trained on in this script is chosen by its points."""
    known = tuple(sorted(lang for lang in set(langs) if lang in _trained() and (cyrillic or lang != "kk")))
    best = max(langs, key=lambda lang: scores.get(lang, 0.0), default=default)
    if len(known) < 2 or (best not in known and scores.get(str(best), 0.0) > 0):
        return best
    chosen: str = _judge(known).classify(text)[0]
    return chosen


class _Model(LanguageIdentifier):  # type: ignore[misc] # the package has no types
    """The package's, but for the product of all its features with the few that a text has.

    That goes to a library with threads of its own, which wait by spinning: beside a busy core it cost more
    than all else that is asked of a text's language.
    """

    def nb_classprobs(self, fv: Any) -> Any:
        """Give the logarithm of each language's chance for the features of a text, as the package does."""
        held = fv.nonzero()[0]
        return (self.nb_ptc[held] * fv[held, None]).sum(axis=0) + self.nb_pc


@lru_cache(maxsize=4)
def _judge(langs: tuple[str, ...]) -> LanguageIdentifier:
    """The model restricted to `langs`."""
    identifier = copy(_anything())  # narrowed by new arrays; those of the whole stay as they are
    identifier.set_languages(list(langs))
    return identifier


@lru_cache(maxsize=1)
def _anything() -> LanguageIdentifier:
    """The model of all its languages, which gives the chance of its choice.

    Our own instance, so that no other user of the library moves it.
    """
    return _Model.from_pickled_model(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1)
def _trained() -> frozenset[str]:
    return frozenset(_anything().nb_classes)

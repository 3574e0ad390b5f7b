"""Words back to the form a dictionary would list: Russian by pymorphy3, Kazakh by its own vowel harmony.

Kazakh endings stand in a fixed order after the stem (plural, possessive, case) and agree with its last
vowel, so they come off from the right, one of each kind, as long as the vowel before agrees and a
pronounceable stem stays (Grammar of Kazakh, "noun inflection": any school grammar gives the tables).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

_BACK, _FRONT = "аоұыуяюё", "әөүіеиэ"
_VOWELS = frozenset(_BACK + _FRONT)
_PLURAL = ("лар", "лер", "дар", "дер", "тар", "тер")
_POSSESSIVE = ("сы", "сі", "ы", "і")
_PLAIN_CASES = (
    "ның",
    "нің",
    "дың",
    "дің",
    "тың",
    "тің",
    "дан",
    "ден",
    "тан",
    "тен",
    "нан",
    "нен",
    "ға",
    "ге",
    "қа",
    "ке",
    "да",
    "де",
    "та",
    "те",
    "ды",
    "ді",
    "ты",
    "ті",
    "ны",
    "ні",
    "мен",
    "бен",
    "пен",
)
_AFTER_POSSESSIVE = ("ның", "нің", "нан", "нен", "нда", "нде", "на", "не", "мен", "н")
_LONGEST_WORD = 60  # letters; what is longer is no word, and has no ending
_RUSSIAN_ENDINGS = (
    "ами",
    "ями",
    "ах",
    "ях",
    "ом",
    "ем",
    "ой",
    "ей",
    "а",
    "я",
    "о",
    "е",
    "у",
    "ю",
    "ы",
    "и",
    "ь",
)
ENDINGS = frozenset(_PLURAL + _POSSESSIVE + _PLAIN_CASES + _AFTER_POSSESSIVE)
# The first consonant of an ending is chosen by the last letter of the stem.
_VOICELESS = frozenset("кқпстшщчфхцһбвгд")
_NASAL = frozenset("мнң")
_SONOROUS = frozenset("рлйузжью")
_VOICED = str.maketrans({"г": "к", "ғ": "қ", "б": "п"})


def _harmony(text: str) -> str | None:
    """Whether the last vowel of `text` is "back" or "front"; None where it has none."""
    for char in reversed(text):
        if char in _BACK:
            return "back"
        if char in _FRONT:
            return "front"
    return None


def _agrees(stem: str, ending: str) -> bool:
    own, theirs = _harmony(ending), _harmony(stem)
    # и and у occur in words of both kinds; the vowel before them decides, or none does.
    if own is None or theirs is None or stem[-1:] in "иу":
        return True
    # A borrowed stem ending in two consonants, the last к or г, takes front endings: банкі, банкіге.
    if stem[-2:-1] not in _VOWELS and stem[-1:] in "кг":
        return True
    return own == theirs


def _joins(stem: str, ending: str) -> bool:
    """Whether the ending begins as its kind must after the stem's last letter (сайт-ы, not сай-ты)."""
    letters = stem.rstrip("ьъ")
    last, first = letters[-1:], ending[0]
    vowel = last in _VOWELS
    if ending == "тан" and last == "с" and letters[-2:-1] not in _VOWELS:
        return False  # Қазақстан, Өзбекстан: the name of a land, not an ablative
    if first in "тқкп":
        return last in _VOICELESS
    if first == "д":
        locative = ending in ("да", "де")
        nasal = locative or ending in ("ды", "ді") or ending in _PLURAL
        return (
            last in _SONOROUS
            or (vowel and (locative or ending in ("дан", "ден")))
            or (last in _NASAL and nasal)
        )
    if first == "н":
        return vowel or (last in _NASAL and ending not in ("ны", "ні"))
    if first in "лмғгб":
        return last not in _VOICELESS
    if first == "с":
        return vowel and last not in "ыі"  # after ы and і the с is the stem's own: мәжіліс-і
    return not vowel or last in "иую"


def _strip(word: str, endings: tuple[str, ...], shortest: int = 2) -> str:
    if not word.endswith(endings):
        return word
    for ending in endings:
        if not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        if len(stem) >= shortest and _agrees(stem, ending) and _joins(stem, ending):
            return stem
    return word


def _possessed(stem: str) -> str:
    """The stem under a possessive, its last consonant as it was (қызметі → қызмет, әкімдігі → әкімдік)."""
    bare = _strip(stem, _POSSESSIVE, shortest=3)
    if bare != stem and bare[-1] in "гғ":
        return bare[:-1] + bare[-1].translate(_VOICED)
    return bare


@lru_cache(maxsize=16384)
def kazakh(word: str) -> str:
    """The stem of a Kazakh noun in Cyrillic, lower case: министрлігінің → министрлік, Ақорданың → ақорда.

    A word it cannot read comes back as it is; it never takes more than one ending of each kind.
    """
    low = word.lower()
    if "-" in low:
        head, _, tail = low.rpartition("-")
        if tail in ENDINGS:  # an abbreviation or a foreign name takes its ending after a hyphen
            return head
        return "-".join(kazakh(part) for part in low.split("-"))
    if not any(char in _VOWELS for char in low):
        return low
    after = _strip(low, _AFTER_POSSESSIVE, shortest=3)
    if after != low and after[-1:] in "ыі" and _possessed(after) != after:
        return _strip(_possessed(after), _PLURAL, shortest=3)
    plain = _strip(low, _PLAIN_CASES, shortest=3)
    return _strip(_possessed(plain), _PLURAL, shortest=3)


@lru_cache(maxsize=1)
def _russian() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Any, ...]:
    """What a Russian word may be, the likeliest reading first, as pymorphy3 has them."""
    try:
        return tuple(_russian().parse(word))
    except ValueError:  # it asks for the Unicode name of a letter, and not every letter has one
        return ()


@lru_cache(maxsize=65536)
def unheard(word: str) -> bool:
    """Whether no Russian dictionary has the word, so that its reading is a guess; asks without guessing."""
    return not _russian().word_is_known(word.lower())


def _russian_stem(word: str) -> str:
    if len(word) > _LONGEST_WORD:
        return word
    for ending in _RUSSIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _russian_stem(word[: -len(ending)])
    return word


@lru_cache(maxsize=65536)
def russian(word: str) -> str:
    """The dictionary form of a Russian word, lower case with е for ё; nouns before other readings.

    Of a word no dictionary has (Антикор, Казахтелеком) it is the stem: its declension is anybody's guess,
    and all its cases must still come to one form.
    """
    if unheard(word):
        return _russian_stem(word.replace("ё", "е"))
    parses = readings(word)
    for parse in parses:
        if parse.tag.POS in ("NOUN", "ADJF", "PRTF"):
            form: str = parse.normal_form
            return form.replace("ё", "е")
    return str(parses[0].normal_form).replace("ё", "е") if parses else word


@lru_cache(maxsize=65536)
def governed(word: str) -> bool:
    """Whether a Russian word can stand in the genitive (or, after по, dative) that a head noun governs."""
    if finite(word):
        return False
    for parse in readings(word)[:6]:
        tag = parse.tag
        if tag.POS in ("NOUN", "ADJF", "PRTF") and tag.case in ("gent", "gen2", "datv", "loct"):
            return True
    return False


@lru_cache(maxsize=65536)
def adjective(word: str) -> bool:
    """Whether a Russian word can be an adjective or participle."""
    return any(parse.tag.POS in ("ADJF", "PRTF", "NUMR") for parse in readings(word))


@lru_cache(maxsize=65536)
def noun(word: str) -> bool:
    """Whether the likeliest reading of a Russian word is a noun."""
    parses = readings(word)
    return bool(parses) and parses[0].tag.POS == "NOUN"


@lru_cache(maxsize=65536)
def nominative(word: str) -> bool:
    """Whether the likeliest reading of a Russian word is a noun in the nominative."""
    parses = readings(word)
    return bool(parses) and parses[0].tag.case == "nomn"


@lru_cache(maxsize=65536)
def forename(word: str) -> bool:
    """Whether a Russian word is a first name, in any case."""
    return any("Name" in parse.tag for parse in readings(word))


@lru_cache(maxsize=65536)
def nominative_adjective(word: str) -> bool:
    """Whether a Russian word can be an adjective or participle in the nominative."""
    return any(parse.tag.POS in ("ADJF", "PRTF") and parse.tag.case == "nomn" for parse in readings(word))


@lru_cache(maxsize=65536)
def animate(word: str) -> bool:
    """Whether the likeliest reading of a Russian word is a noun for somebody, and no name ("археолог")."""
    parses = readings(word)
    tag = parses[0].tag if parses else ""
    return "NOUN" in tag and "anim" in tag and not any(mark in tag for mark in ("Name", "Surn", "Patr"))


@lru_cache(maxsize=65536)
def place(word: str) -> bool:
    """Whether a Russian word is a place's name."""
    return any(
        parse.is_known and "Geox" in parse.tag and parse.tag.case == "gent" for parse in readings(word)[:3]
    )


@lru_cache(maxsize=65536)
def finite(word: str) -> bool:
    """Whether the likeliest reading of a Russian word is a verb that has a subject."""
    parses = readings(word)
    return bool(parses) and parses[0].tag.POS in ("VERB", "INFN", "PRTS", "ADJS", "PRED")


@lru_cache(maxsize=65536)
def common(word: str) -> bool:
    """Whether a Russian word is an ordinary dictionary word rather than a name of somebody or something."""
    if unheard(word):
        return False
    for parse in (parses := readings(word))[:3]:
        if any(
            mark in parse.tag for mark in ("Name", "Surn", "Patr", "Orgn", "Geox", "Abbr", "Trad", "LATN")
        ):
            return False
    return bool(parses)


def english(word: str) -> str:
    """An English word without its possessive, lower case."""
    low = word.lower()
    for ending in ("'s", "s'"):
        if low.endswith(ending):
            return low[: -len(ending)] + ("s" if ending == "s'" else "")
    return low


_LEMMA: dict[str, Callable[[str], str]] = {"kk": kazakh, "ru": russian, "en": english}


def lemma(word: str, lang: str) -> str:
    """The dictionary form of a folded word in a language; the word itself in one that has no rules here."""
    if word.isascii() and lang != "en":
        return english(word)
    return _LEMMA.get(lang, str.lower)(word)

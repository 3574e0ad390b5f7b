"""Words in the form they are searched by: one for all the cases of a word. Pure.

Russian words go to their dictionary form (pymorphy3), Kazakh ones lose their endings (the attribution
room's own rules) and the vowel that comes and goes before them, all lose what `search_spelling` folds.
English words are left to the index, whose tokenizer is FTS5's porter; only those that no ending tells are
brought to their base here.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from pipelines.attribution.morphology import ENDINGS, kazakh, russian
from pipelines.store.search import search_spelling

VERSION: Final = "1"  # of these rules; another one, and the store makes its index anew
LONGEST: Final = 100_000  # characters of a text that are searched; the longest articles have a tenth of them
_WORD: Final = re.compile(r"[^\W_]+(?:[’'ʼ](?:s|t)\b)?")
_ASKED: Final = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_SLAVIC: Final = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "en"})
# халық, халқы; орын, орны: a narrow vowel before the last consonant goes where an ending begins with a vowel.
_FLEETING: Final = re.compile("(?<=[^аәеиоөуұүыіэюя])[ыі](?=[бгғзйкқлмнңпрс]$)")
_VOICED: Final = {"б": "п", "г": "к", "ғ": "қ"}  # кітап, кітабы
_SHORT: Final = frozenset(  # nouns of two letters, which leave too little to tell an ending by
    (
        "ай",
        "ақ",
        "аң",
        "ас",
        "ат",
        "ел",
        "ер",
        "ет",
        "із",
        "ит",
        "іс",
        "ой",
        "оқ",
        "от",
        "су",
        "үй",
        "үн",
        "ән",
    )
)
# A Russian surname takes Kazakh endings by its sound, whatever its vowel: Тоқаев-тың.
_SURNAME: Final = re.compile("(.{2,}[еоё]в)(?:тың|тің|қа|ке|ты|ті|та|те|тан|тен|пен|тар|тер|тардың|терге)$")
# Endings that the attribution room leaves: with (no harmony), in or of, a doubtful -ны, an agent's -сы.
_BEFORE: Final = (
    re.compile("(?<=...)[мбп]ен$"),
    re.compile("(?<=[дт][ае])[ғг][ыі]$"),
    re.compile("(?<=..[аәеиоөуұүыіэюя]н)[ыі]$"),
    re.compile("(?<=ш[ыі])с[ыі]$"),
)
_OURS: Final = re.compile("(?<=...)[ыі]?м[ыі]з$")
_DOUBTFUL: Final = re.compile("(?<=..[аәеиоөуұүыіэюя])[нс]$")
_IRREGULAR: Final[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "irregular.toml").read_text(encoding="utf-8")
)


def stems(text: str, lang: str) -> list[str]:
    """Give the words of a text in a language (BCP 47) as the index holds them, in their order."""
    primary, _, rest = lang.partition("-")
    if primary == "kk" and rest.startswith("Latn"):
        from pipelines.folding.latin import in_cyrillic

        text = in_cyrillic(text[:LONGEST])
    slavic = primary.lower() in _SLAVIC
    return [_stem(word.lower(), slavic) for word in _WORD.findall(text[:LONGEST])]


def expression(words: str, lang: str | None = None) -> str:
    """Give the FTS5 expression that finds what a person typed.

    Every word must occur, in any of its cases; "words in quotes" stand beside each other; a word after a
    minus must not occur. Without a language a Cyrillic word is taken for Kazakh and for Russian.

    Raises:
        ValueError: Nothing is left to look for; the message says so.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, quoted, plain in _ASKED.findall(words):
        found = _WORD.findall(quoted or plain)
        if found:
            (unwanted if minus else wanted).append(_either(found, lang))
    if not wanted:
        raise ValueError("nothing to look for: give a word of letters or digits, without a minus before it")
    return " AND ".join(wanted) + "".join(f" NOT {each}" for each in unwanted)


def _either(words: list[str], lang: str | None) -> str:
    primary = lang.partition("-")[0].lower() if lang else None
    ways = (False, True) if primary is None else (primary in _SLAVIC,)
    forms = dict.fromkeys(" ".join(_stem(word.lower(), slavic) for word in words) for slavic in ways)
    return "(" + " OR ".join(f'"{form}"' for form in forms) + ")"


@lru_cache(maxsize=65536)
def _stem(word: str, slavic: bool) -> str:
    if not _CYRILLIC.search(word):
        bare = re.sub("[’'ʼ](?:s|t)$", "", word)
        return search_spelling(_IRREGULAR.get(bare, bare))
    return search_spelling(russian(word) if slavic else _kazakh(word))


def _kazakh(word: str) -> str:
    """Give one form for all the cases of a Kazakh noun: shorter than its stem, where the stem is in doubt.

    Аудан-ы and қала-ны, теңге and тең-ге end alike: so what may be an ending goes from each, again and again.
    """
    if word[:2] in _SHORT and word[2:] in ENDINGS:
        return word[:2]
    if surname := _SURNAME.match(word):
        return surname[1]
    for _ in range(4):
        word, before = _bare(word), word
        if word == before:
            break
    stem = _FLEETING.sub("", word)
    stem = stem[:-1] + _VOICED.get(stem[-1], stem[-1])
    return _DOUBTFUL.sub("", stem)


def _bare(word: str) -> str:
    for pattern in _BEFORE:
        word = pattern.sub("", word)
    return _OURS.sub("", kazakh(word))


def joined(parts: tuple[str, ...], lang: str) -> str:
    """Give the words of several texts as one line of the index."""
    return " ".join(chain.from_iterable(stems(part, lang) for part in parts))

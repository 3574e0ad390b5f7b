"""The words and shapes of printed dates: `dates.toml` as lookup tables and linear patterns.

All patterns run on text that went through `fold`, which keeps every offset, and on a bounded window.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_DATA: Final = Path(__file__).with_name("dates.toml")
_LETTER: Final = r"[^\W\d_]"
_FOLD: Final = str.maketrans(
    {
        "İ": "i",  # the one capital whose lower case is two characters
        "ı": "i",
        "ё": "е",
        "Ё": "е",
        "،": ",",
        **dict.fromkeys("‘’ʻʼ`´", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\t\n\r\x0b\x0c\u00a0\u2007\u2009\u200a\u202f\u200b\u200e\u200f\ufeff", " "),
    }
)
_UNITS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}


def fold(text: str) -> str:
    """The text in lower case with its spaces, dashes and apostrophes made regular, offset for offset."""
    return text.translate(_FOLD).lower()


@dataclass(frozen=True, slots=True)
class Words:
    """What the words mean, folded."""

    months: Mapping[str, int]  # "қараша" -> 11
    days_back: Mapping[str, int]  # "кеше" -> 1
    numbers: Mapping[str, int]  # "екі" -> 2
    seconds: Mapping[str, int]  # "сағат" -> 3600
    zones: Mapping[str, str]  # "мск" -> "Europe/Moscow"


@dataclass(frozen=True, slots=True)
class Shapes:
    """The patterns of a date. Groups: day, full or short (the month's name) or month (its number), year."""

    named: tuple[re.Pattern[str], ...]  # a month by its name, and a year
    numbered: tuple[re.Pattern[str], ...]  # a month by its number, and a year
    yearless: tuple[re.Pattern[str], ...]
    relative: re.Pattern[str]  # group back
    ago: re.Pattern[str]  # groups n or word, unit, n2, unit2, or alone
    just_now: re.Pattern[str]
    time_after: re.Pattern[str]  # to be matched where the date ends
    time_before: re.Pattern[str]  # to be searched in what stands before the date
    zone_after: re.Pattern[str]  # to be matched where the date or the time ends


def _either(words: Iterable[str]) -> str:
    """An alternation of the words as they stand, the longest first."""
    ordered = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


_RAW: Final[dict[str, Any]] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
_ZONES: Final[dict[str, list[str]]] = _RAW.pop("zones")
_ZONE_WORDS: Final = [fold(word) for word in _ZONES.pop("words")]


def _gather(key: str) -> list[str]:
    """The words under `key` of every language."""
    return [fold(word) for language in _RAW.values() for word in language.get(key, ())]


def _months(key: str) -> dict[str, int]:
    """The names of the months under `key` of every language. No two languages disagree on one."""
    return {
        fold(name): number
        for language in _RAW.values()
        for number, names in enumerate(language.get(key, ()), start=1)
        for name in names.split()
    }


def _shapes(words: Words) -> Shapes:
    end = rf"(?!{_LETTER})"
    begin = rf"(?<!{_LETTER})"

    def word(key: str) -> str:
        return _either(_gather(key)) + end

    gap = r"[\s.,/-]{0,3}"
    start = r"(?<![\d:])(?<!\d[.,/])"
    day = rf"(?P<day>\d{{1,2}})(?:\s?-?{word('day_endings')})?"
    of = rf"(?:{word('between')}\s)?"
    month = (
        rf"(?:(?P<full>{_either(_months('months'))})(?:\s?{_either(_gather('month_endings'))})?{end}"
        rf"|(?P<short>{_either(_months('short'))}){end}\.?)"
    )
    year_word = rf"(?:\s?-?(?:{word('year_endings')}\s?)?{word('year')}\.?)?"
    year = rf"(?P<year>(?:19|20)\d\d)(?![\d:]){year_word}"
    number = r"(?P<month>\d{1,2})"
    no_time = r"(?!\d|[:.]\d)"
    no_year = rf"(?!{gap}1\d{{3}}(?!\d))"  # one too old to be read is still no reason to take this year

    weekday = rf"(?:{word('weekdays')}[\s.,]{{1,3}})?"
    named = rf"(?:{_either(_gather('before_time'))}\s?)"
    half = rf"\s?(?P<half>[ap])\.?\s?m{end}\.?"
    clock = (
        rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{{1,9}})?)?(?![\d:])(?:{half})?"
    )
    loose = rf"(?P<hour2>\d{{1,2}})(?:[.-](?P<minute2>\d\d)(?![\d.])|(?P<half2>\s?[ap]\.?\s?m){end}\.?)"
    join = r"[\s,;|·•()/-]{0,5}"
    offset = r"(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?![\d.,:])"
    zone = (
        rf"(?:(?P<prefix>(?:utc|gmt)\s?)?{offset}"
        rf"|(?:{_either(_ZONE_WORDS)}\s)?(?P<zone>{_either(words.zones)}){end})"
    )

    unit, ago = _either(words.seconds), word("ago")
    named_dates = (
        rf"{start}{day}{gap}{of}{month}{gap}{of}{year}",
        rf"(?<!\d){year}{gap}{day}{gap}{month}",
        rf"(?<!\d){year}{gap}{month}{gap}{day}{no_time}",
        rf"{begin}{month}{gap}{day}(?!\d|:\d){gap}{year}",
    )
    numbered = (
        rf"{start}(?P<day>\d{{1,2}})\s?(?P<sep>[./-])\s?{number}\s?(?P=sep)\s?{year}(?![./]\d)",
        rf"{start}(?P<day>\d{{1,2}})(?P<sep>[./]){number}(?P=sep)(?P<year>\d\d)(?!\d|[./:,]\d){year_word}",
        rf"(?<![\d.,/-])(?P<year>(?:19|20)\d\d)(?P<sep>[./-]){number}(?P=sep)(?P<day>\d{{1,2}})(?!\d|[./]\d)",
        (
            rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年년]\s?{number}\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日号號일]"
            r"(?:\s?[(（][日月火水木金土월화수목금토일][)）])?"
        ),
    )
    yearless = (
        rf"{start}{day}{gap}{of}{month}{no_time}{no_year}",
        rf"{begin}{month}[\s.]{{1,2}}{day}{no_time}{no_year}",
    )
    return Shapes(
        named=tuple(map(re.compile, named_dates)),
        numbered=tuple(map(re.compile, numbered)),
        yearless=tuple(map(re.compile, yearless)),
        relative=re.compile(rf"{begin}(?P<back>{_either(words.days_back)}){end}"),
        ago=re.compile(
            rf"(?<![\d.,])(?:{begin}(?P<word>{_either(words.numbers)})\s|(?P<n>\d{{1,3}})\s?)(?P<unit>{unit}){end}\.?"
            rf"(?:[\s,]{{1,2}}(?P<n2>\d{{1,2}})\s?(?P<unit2>{unit}){end}\.?)?\s{ago}"
            rf"|{begin}(?P<alone>{_either(_gather('alone'))})\s{ago}"
        ),
        just_now=re.compile(begin + word("just_now")),
        time_after=re.compile(rf"{join}{weekday}(?:{named}?{clock}|{named}{loose})"),
        time_before=re.compile(rf"(?<![\d:.]){clock}(?:\s?{zone})?{join}{weekday}$"),
        zone_after=re.compile(join + zone),
    )


WORDS: Final = Words(
    months=_months("months") | _months("short"),
    days_back={
        word: days
        for days, key in enumerate(("today", "yesterday", "before_yesterday"))
        for word in _gather(key)
    },
    numbers={fold(word): n for language in _RAW.values() for word, n in language.get("numbers", {}).items()},
    seconds={word: length for unit, length in _UNITS.items() for word in _gather(unit)},
    zones={fold(name): zone for zone, names in _ZONES.items() for name in names},
)
SHAPES: Final = _shapes(WORDS)


class Openings:
    """The first letters of words, by which a text is known to have none of them before patterns are tried."""

    def __init__(self, words: Iterable[str]) -> None:
        openings = {word[:3] for word in words}
        self._three = {opening for opening in openings if len(opening) == 3}
        self._two = openings - self._three
        if any(len(opening) < 2 or not opening[0].isalpha() for opening in openings):
            raise ValueError("a word of a date that begins with no letter, or has but one")

    def may_stand_in(self, folded: str) -> bool:
        """Whether a word of a folded text begins as one of them does."""
        found = _OPENING.findall(folded)
        return not self._three.isdisjoint(found) or not self._two.isdisjoint(text[:2] for text in found)


_OPENING: Final = re.compile(rf"(?<!{_LETTER})(?=({_LETTER}.{{1,2}}))")
MONTHS: Final = Openings(WORDS.months)
RELATIVES: Final = Openings([*WORDS.days_back, *_gather("ago"), *_gather("alone"), *_gather("just_now")])

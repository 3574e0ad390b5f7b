"""What the pages say in their own words, and how they write dates: one gettext catalogue a language.

The catalogues are the .po files beside this one; they are read as they stand, so nothing compiled can be old.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from babel.units import format_unit

INTERFACES = ("kk", "ru", "en")  # languages in which the pages speak, in the order of their links
FALLBACK = "en"
_FOLDER = Path(__file__).with_name("locale")
_LOCALES = {"en": "en_GB"}  # day before month, as in the other languages
_OWN_NAMES = {"kk": "Қазақша"}  # as people say it; CLDR has "қазақ тілі"
_MINUTE = timedelta(minutes=1)
_LONGEST = timedelta(days=30)


def catalogue(lang: str) -> Catalog:
    """Read the catalogue of a language of `INTERFACES`."""
    with (_FOLDER / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


@cache
def translations(lang: str) -> Translations:
    """Give the messages of a language of `INTERFACES`, ready for use."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    return Translations(compiled)


def interface(lang: str | None) -> str:
    """Give the language that a page for readers of `lang` (a primary subtag) speaks."""
    return lang if lang in INTERFACES else FALLBACK


def language_name(lang: str) -> str:
    """Give a language's name in itself, "Русский"; the tag where CLDR has none."""
    if lang in _OWN_NAMES:
        return _OWN_NAMES[lang]
    try:
        name = Locale.parse(lang).get_display_name(lang) or lang
    except (UnknownLocaleError, ValueError):
        return lang
    return name[0].upper() + name[1:]


def long_date(day: date, lang: str) -> str:
    """Write a date with its weekday, as CLDR has it: "Wednesday, 25 November 2026"."""
    text = format_date(day, "full", locale=_LOCALES.get(lang, lang))
    return text[0].upper() + text[1:]


@lru_cache(maxsize=1024)  # a page writes few dates, and each many times
def short_date(day: date, lang: str) -> str:
    """Write a date without its weekday, as CLDR has it: "25 November 2026"."""
    return format_date(day, "long", locale=_LOCALES.get(lang, lang))


def date_forms(lang: str) -> list[str]:
    """Give how `short_date` writes a date of each month, the day and the year as {d} and {y}."""
    found = (short_date(date(1999, month, 25), lang) for month in range(1, 13))
    return [text.replace("25", "{d}").replace("1999", "{y}") for text in found]


def local_time(moment: datetime, zone: str, lang: str) -> str:
    """Write an aware time as in a zone: "25 November 2026, 14:05"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{short_date(local.date(), lang)}, {local:%H:%M}"


@lru_cache(maxsize=256)
def place(zone: str, lang: str) -> str:
    """Name the place whose clock a zone keeps: "Almaty"."""
    return str(get_timezone_location(ZoneInfo(zone), locale=lang, return_city=True))


def duration(length: timedelta, lang: str) -> str:
    """Write a length of time in days, hours and minutes, the two greatest: "1 hr 35 min".

    Empty where there is nothing to tell: less than a minute, negative, or more than thirty days.
    """
    if not _MINUTE <= length <= _LONGEST:
        return ""
    minutes = length // _MINUTE
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    first = next(at for at, (count, _) in enumerate(parts) if count)
    told = [
        format_unit(count, f"duration-{unit}", "short", locale=lang)
        for count, unit in parts[first : first + 2]
        if count
    ]
    return " ".join(told)


def month_name(month: date, lang: str) -> str:
    """Write a month with its year: "November 2026"."""
    text = format_skeleton("yMMMM", month, locale=_LOCALES.get(lang, lang))
    return text[0].upper() + text[1:]

"""Printed dates to moments: the standard library first, then our own grammar, dateparser last.

A date is read in the outlet's zone unless it prints its own, and comes back no finer than it was printed: a
day stays a day. What would lie in the future, or before the web had news, is a misreading and is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dateparser.data.languages_info import language_order
from dateparser.date import DateDataParser

from items import Moment, Precision
from spiders.extract.clocks import clock_of, zone_of
from spiders.extract.date_words import MONTHS, RELATIVES, SHAPES, WORDS, fold

EARLIEST: Final = 1990  # the first year that is believed
TOLERANCE: Final = timedelta(minutes=10)  # how far an outlet's clock may run ahead of ours
_START_WITHIN: Final = 200  # characters from the start in which a date must begin
_WINDOW: Final = 300  # characters that are read at all: no date begun within the first 200 is longer
_LIBRARY_LENGTH: Final = 60  # dateparser's cost grows with the text; no date alone is longer
_LEADING_WINDOW: Final = 160  # … so that nothing that begins farther off than this less its own length counts
_LEADING_LABEL: Final = 60  # "today" this far into a longer line belongs to a sentence, not to a date

_ISO: Final = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}|\d{8}(?=t))"
    r"(?:[t ](?P<time>\d{2}:?\d{2}(?P<second>:?\d{2}(?:[.,]\d{1,9})?)?) ?(?P<zone>z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_RFC_2822: Final = re.compile(
    r"(?:[a-z]{3,9},? )?\d{1,2} [a-z]{3} \d{2,4} \d{1,2}:\d{2}(?P<second>:\d{2})?"
    r" ?(?:[+-]\d{4}|gmt|ut|utc|z|[ecmp][sd]t)"
)
_KNOWN: Final = frozenset(language_order)  # what dateparser has words for
_UNIX: Final = re.compile(r"(\d{10})(?:\.\d{1,9}|\d{3})?")  # seconds, their fraction, or milliseconds
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERED: Final = re.compile(r"(?:19|20)\d\d|\d[./]\d{1,2}[./]\d\d")  # no date with a year lacks both
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]{2}|[年月日]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text says, before it is put on a clock: exactly one of `at`, `local`, `back` is set."""

    span: tuple[int, int]
    precision: Precision
    at: datetime | None = None  # the zone was printed, or is UTC by the format
    local: datetime | None = None  # naive: in the zone of the outlet
    loose: bool = False  # it was counted from today
    back: timedelta | None = None  # so long before now


def parse_moment(
    text: str, *, langs: Sequence[str], zone: str, now: datetime, anchored: bool = True
) -> Moment | None:
    """The moment that `text` gives, or None where it gives none that is certain.

    Args:
        text: what an element, an attribute or a feed's field holds; a label before the date and a view count
            after it do no harm. A date is looked for among the first 200 characters.
        langs: BCP 47 tags of the page, the likeliest first. The languages of `dates.toml` are always read;
            the tags say which dateparser may try, one at a time.
        zone: IANA name of the outlet's zone; a zone or offset printed beside the time is obeyed instead.
        now: when the page was fetched, aware. Anchors "yesterday", "3 hours ago" and days without a year,
            which are taken as the most recent past.
        anchored: whether `now` is that moment. If it is only the time of reading, such dates are not read.

    Returns:
        The moment in UTC. Precision is "day" where no time of day is printed, and `at` then the start of that
        day in the zone; hours and minutes "ago" count as "minute". None for more than ten minutes after
        `now`, for a day after today in `zone`, and for a year before 1990.

    Raises:
        ValueError: `now` is naive.
        zoneinfo.ZoneInfoNotFoundError: `zone` is no IANA name. No text raises.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    tz = ZoneInfo(zone)
    raw = " ".join(unicodedata.normalize("NFC", text[: 10 * _WINDOW]).split())[:_WINDOW]
    today = now.astimezone(tz).date()
    reading = _read(raw, tuple(langs), zone, today)
    if reading is None or (reading.loose and not anchored):
        return None
    if len(raw) > _START_WITHIN:
        raw = raw[slice(*reading.span)]
    try:
        if reading.back is not None:
            at = (now - reading.back).astimezone(tz)
            at = at.replace(hour=0, minute=0) if reading.precision == "day" else at
            at = at.replace(second=0, microsecond=0)
        elif reading.local is not None:
            at = reading.local.replace(tzinfo=tz)
        else:
            at = reading.at or now
        moment = Moment(at=at.astimezone(UTC), precision=reading.precision, zone=zone, raw=raw)
    except OverflowError:
        return None
    if moment.at.year < EARLIEST:
        return None
    ahead = at.astimezone(tz).date() > today if moment.precision == "day" else moment.at > now + TOLERANCE
    return None if ahead else moment


@lru_cache(maxsize=1024)
def find_date_span(text: str) -> tuple[int, int] | None:
    """Where the first printed date, with its time and zone, stands in `text`: offsets in characters, or None.

    For whoever must tell a view count from the digits of a date beside it. Reads the first 300 characters; a
    date without a digit ("yesterday") is not looked for.
    """
    text = text[:_WINDOW]
    found = _grammar(text, date.max) if _DIGIT.search(text) else None
    return None if found is None else found.span


@lru_cache(maxsize=4096)
def _read(text: str, langs: tuple[str, ...], zone: str, today: date) -> _Reading | None:
    return _machine(text) or _grammar(text, today) or _library(text, langs, zone)


def _machine(text: str) -> _Reading | None:
    """ISO 8601, RFC 2822 and Unix time, when that is all the text holds."""
    folded, span = fold(text), (0, len(text))
    try:
        if iso := _ISO.fullmatch(folded):
            day, clock, offset = iso["date"], iso["time"], iso["zone"]
            value = datetime.fromisoformat(f"{day}T{clock}{offset or ''}".upper() if clock else day)
            precision: Precision = "second" if iso["second"] else "minute" if clock else "day"
            if value.tzinfo is None:
                return _Reading(span, precision, local=value)
            return _Reading(span, precision, at=value.astimezone(UTC))
        if rfc := _RFC_2822.fullmatch(folded):
            value = parsedate_to_datetime(folded)  # naive for "-0000", which is UTC by RFC 2822, 3.3
            at = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            return _Reading(span, "second" if rfc["second"] else "minute", at=at)
    except (ValueError, OverflowError):
        return None
    if unix := _UNIX.fullmatch(folded):
        return _Reading(span, "second", at=datetime.fromtimestamp(int(unix[1]), UTC))
    return None


def _grammar(text: str, today: date) -> _Reading | None:
    """The first date in words or digits: with its year, else without, else "yesterday" or "an hour ago"."""
    folded = fold(text)
    named, numbered = MONTHS.may_stand_in(folded), _NUMBERED.search(folded) is not None
    with_year = (*(SHAPES.named if named and numbered else ()), *(SHAPES.numbered if numbered else ()))
    for patterns in (with_year, SHAPES.yearless if named else ()):
        dated = [found for pattern in patterns for found in _dates(pattern, folded, today)]
        if dated:
            span, day = min(dated, key=lambda found: (found[0][0], -found[0][1]))
            reading = _with_time(folded, span, day)
            return replace(reading, loose=True) if patterns is SHAPES.yearless else reading
    relative = _relative(folded, today)
    return None if relative is None else replace(relative, loose=True)


def _dates(pattern: re.Pattern[str], folded: str, today: date) -> Iterator[tuple[tuple[int, int], date]]:
    for match in pattern.finditer(folded):
        if match.start() >= _START_WITHIN:
            return
        parts = match.groupdict()
        name = parts.get("full") or parts.get("short")
        month = WORDS.months[name] if name else int(parts["month"])
        day = int(parts["day"])
        if year := parts.get("year"):
            number = int(year) if len(year) > 2 else 2000 + int(year)
            if month > 12 and parts.get("sep") == "/":  # 11/25/2026 can only be meant the American way
                month, day = day, month
            value = _date(number, month, day)
        elif parts.get("short") and len(folded) > _LEADING_LABEL:
            value = None  # "5 там" in a sentence is no date
        else:
            value = _latest(month, day, today)
        if value is not None:
            yield match.span(), value


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, today: date) -> date | None:
    """The most recent such day up to today; the 29th of February may lie eight years back."""
    days = (_date(year, month, day) for year in range(today.year, today.year - 9, -1))
    return next((value for value in days if value is not None and value <= today), None)


def _relative(folded: str, today: date) -> _Reading | None:
    if not RELATIVES.may_stand_in(folded):
        return None
    for pattern in (SHAPES.ago, SHAPES.relative, SHAPES.just_now):
        match = pattern.search(folded, 0, _LEADING_WINDOW)
        if match is None or not _leads(folded, match.start()):
            continue
        parts = match.groupdict()
        if "unit" in parts:
            return _ago(match)
        if back := parts.get("back"):
            return _with_time(folded, match.span(), today - timedelta(days=WORDS.days_back[back]))
        return _Reading(match.span(), "minute", back=timedelta())
    return None


def _leads(folded: str, start: int) -> bool:
    """Whether words at `start` stand where a date would: in a short line, or first, or after a label."""
    before = folded[:start].rstrip()
    return len(folded) <= _LEADING_LABEL or not before or (before[-1] in ":|•·" and start <= _LEADING_LABEL)


def _ago(match: re.Match[str]) -> _Reading:
    if alone := match["alone"]:
        seconds = finest = WORDS.seconds[alone]
    else:
        finest = WORDS.seconds[match["unit"]]
        seconds = finest * (int(match["n"]) if match["n"] else WORDS.numbers[match["word"]])
        if match["unit2"]:
            finest = min(finest, WORDS.seconds[match["unit2"]])
            seconds += int(match["n2"]) * WORDS.seconds[match["unit2"]]
    precision: Precision = "minute" if finest < 86_400 else "day"
    return _Reading(match.span(), precision, back=timedelta(seconds=seconds))


def _with_time(folded: str, span: tuple[int, int], day: date) -> _Reading:
    """The day with the time of day and the zone printed just after or just before it, where there are any."""
    start, end = span
    whole_day = datetime.combine(day, time())
    match = SHAPES.time_after.match(folded, end)
    clock = clock_of(match)
    if match is not None and clock is not None:
        end = match.end()
    else:
        match = SHAPES.time_before.search(folded[max(0, start - 40) : start])
        clock = clock_of(match)
        if match is not None and clock is not None:
            start = max(0, start - 40) + match.start()
    if clock is None:
        return _Reading((start, end), "day", local=whole_day)
    moment, precision = datetime.combine(day, clock[0]), clock[1]
    after = SHAPES.zone_after.match(folded, end)
    printed = zone_of(after)
    if after is not None and printed is not None:
        end = after.end()
    elif match is not None and "sign" in match.groupdict():
        printed = zone_of(match)
    if printed is None:
        return _Reading((start, end), precision, local=moment)
    try:
        return _Reading((start, end), precision, at=moment.replace(tzinfo=printed).astimezone(UTC))
    except OverflowError:
        return _Reading((start, end), "day", local=whole_day)


def _library(text: str, langs: tuple[str, ...], zone: str) -> _Reading | None:
    """What dateparser makes of a short text with a year and a word in it: languages we have no words for."""
    if len(text) > _LIBRARY_LENGTH or not _YEAR.search(text) or not _WORD.search(text):
        return None
    for lang in langs:
        parser = _parser(lang.split("-")[0].lower(), zone)
        if parser is None:
            continue
        data = parser.get_date_data(text)
        if data.date_obj is None:
            continue
        value, span = data.date_obj, (0, len(text))
        precision: Precision = "minute" if data.period == "time" else "day"
        if value.tzinfo is None or precision == "day":
            return _Reading(span, precision, local=value.replace(tzinfo=None))
        return _Reading(span, precision, at=value.astimezone(UTC))
    return None


@lru_cache(maxsize=64)
def _parser(lang: str, zone: str) -> DateDataParser | None:
    """A parser of one language, so that dateparser never guesses; None for one it does not know.

    It would say so only when it is asked for a date, by raising.
    """
    if lang not in _KNOWN:
        return None
    try:
        return DateDataParser(
            languages=[lang],
            settings={
                "DATE_ORDER": "DMY",
                "PREFER_DATES_FROM": "past",
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time"],
                "RETURN_TIME_AS_PERIOD": True,
                "TIMEZONE": zone,
            },
        )
    except ValueError:
        return None

"""When an article was published and changed: the first date that can be believed, at its finest."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from htmldate import find_date
from lxml.html import HtmlElement

from items import Moment
from spiders.extract import meta
from spiders.extract.context import Context, is_aside
from spiders.extract.dates import parse_moment
from spiders.extract.dom import fold, text_nodes, text_of
from spiders.extract.fields import Candidate
from spiders.extract.generic import LIBRARY_FAULTS
from spiders.extract.nearness import dates_by_nearness
from spiders.extract.tables import words

_AHEAD: Final = timedelta(minutes=10)  # how far a clock may be wrong before a date is in the future
_TRIED: Final = 12  # visible texts that are tried as a date
_WORDS: Final = frozenset(words("labels", "places", "date"))
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?")
_IN_UTC = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|\+00:?00)")
_CALLED = re.compile("|".join(map(re.escape, words("labels", "published"))), re.IGNORECASE)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEAR_OR_COLON = re.compile(r"\d{4}|\d:\d{2}")
_IN_PATH = re.compile(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_RUN_TOGETHER = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_ZONES: Final = timedelta(days=2)


def machine_day(context: Context) -> Moment | None:
    """The date that metadata or the listing gives, for choosing the layout of its day."""
    told = [*_told_published(context), *_hinted(context)]
    return next((moment for candidate in told if (moment := _read(context, candidate.text))), None)


def published(context: Context) -> tuple[Moment, str] | None:
    """When the article was published, with the means; None (and a problem) where nothing readable says so.

    The first readable candidate in the order of trust is taken; a later one only if it names the same day
    more finely. Metadata that gives no plausible date (one of the future, say) is passed over and reported.
    """
    found: tuple[Moment, str] | None = None
    for candidate in _every_published(context):
        if found is not None and candidate.means == "generic" and not _may_refine(context, found, candidate):
            continue
        moment = _read(context, candidate.text)
        if moment is None:
            if candidate.means not in {"generic", "layout"} and candidate.text:
                context.report("published", f"no plausible date by {candidate.means}: {candidate.text[:80]}")
            continue
        finer = (
            found is not None
            and moment.precision != "day"
            and _day(context, moment) == _day(context, found[0])
        )
        if found is None or finer:
            found = moment, candidate.means
        if found[0].precision != "day":
            break
    if found is None:
        found = _last_resort(context)
    if found is None:
        context.report("published", "no readable date on the page, in its metadata or in the listing")
        return None
    return _relocated(context, found)


def modified(context: Context, published_at: Moment | None) -> tuple[Moment, str] | None:
    """When the article was last changed, with the means; None where nothing after publication is said."""
    told = [
        *_declared(context, "modified", context.layout.modified),
        Candidate("json-ld", context.linked.modified),
        *(Candidate("meta", text) for text in context.meta.every("modified")),
        *(Candidate("microdata", meta.value_of(e)) for e in context.micro.get("dateModified", ())),
    ]
    for candidate in told:
        moment = _read(context, candidate.text)
        if moment is None:
            continue
        if published_at is not None and moment.at < published_at.at:
            return None
        return moment, candidate.means
    return None


def _every_published(context: Context) -> Iterator[Candidate]:
    """Every candidate for publication in the order of trust."""
    yield from _declared(context, "published", context.layout.date)
    yield from _told_published(context)
    if context.state.published:
        yield Candidate("state", context.state.published)
    yield from _shown(context)
    yield from _hinted(context)


def _may_refine(context: Context, found: tuple[Moment, str], candidate: Candidate) -> bool:
    """Whether a visible text may add the time to a day that metadata gave."""
    return found[1] != "layout" and bool(_YEAR.search(candidate.text)) and context.heading is not None


def _told_published(context: Context) -> Iterator[Candidate]:
    if context.linked.published:
        yield Candidate("json-ld", context.linked.published)
    for text in context.meta.every("published"):
        yield Candidate("meta", text)
    for name in ("datePublished", "dateCreated"):
        for element in context.micro.get(name, ()):
            yield Candidate("microdata", meta.value_of(element))


def _declared(context: Context, name: str, selectors: tuple[str, ...]) -> Iterator[Candidate]:
    for element in context.declared(name, selectors):
        yield from _of_element(element, "layout")


def _hinted(context: Context) -> Iterator[Candidate]:
    if context.hint.date_text:
        yield Candidate("hint", context.hint.date_text)


def _of_element(element: HtmlElement, means: str) -> Iterator[Candidate]:
    """What an element says: its attributes for machines, then its text."""
    for key in ("datetime", "content", "data-time", "data-unixtime", "data-date", "data-datetime", "title"):
        if text := element.get(key, "").strip():
            yield Candidate(means, text)
    if text := text_of(element, apart=True):
        if means == "generic" and (called := _CALLED.search(text[:300])) is not None:
            yield Candidate(means, text[called.end() : called.end() + 300])
        yield Candidate(means, text[:300])
        if (first := fold(element.text or "")) and first != text:
            yield Candidate(means, first[:300])


def _shown(context: Context) -> Iterator[Candidate]:
    """What the page shows as its date: on an unknown page by nearness to the headline."""
    if context.layout.body:
        for element in context.root.iter("time"):
            if not is_aside(element):
                yield from _of_element(element, "generic")
        yield from _visible(context)
        return
    day = _in_address(context)
    for element in itertools.islice(dates_by_nearness(context.survey, relative=context.anchored), _TRIED):
        for candidate in _of_element(element, "generic"):
            if day is None or _is_about(context, candidate, day):
                yield candidate
    if day is not None:
        yield Candidate("generic", day)


def _in_address(context: Context) -> str | None:
    """The day that the address names, as ISO 8601: no other visible one is believed against it."""
    path = context.url.partition("?")[0].partition("#")[0]
    dates = (*_IN_PATH.finditer(path), *_RUN_TOGETHER.finditer(path))
    found = (f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}" for m in dates)
    return next((day for day in found if _read(context, day) is not None), None)


def _is_about(context: Context, candidate: Candidate, day: str) -> bool:
    """Whether a date is that of the address, give or take the zones of the world."""
    moment = _read(context, candidate.text)
    return moment is not None and abs(moment.at - datetime.fromisoformat(day).replace(tzinfo=UTC)) < _ZONES


def _visible(context: Context) -> Iterator[Candidate]:
    """Texts that look like the line of facts under a headline, the likeliest first."""
    named = [text_of(element, apart=True) for element in context.named(_WORDS, longest=120)]
    near = context.lines_after_heading(longest=60)
    after = set(context.lines_after_heading(longest=120))
    likely = [*(text for text in named if text in after), *near, *named]
    if context.heading is None:
        likely += [text for _, text in text_nodes(context.root, least=8) if len(text) <= 40]
    for text in itertools.islice((t for t in dict.fromkeys(likely) if _YEAR_OR_COLON.search(t)), _TRIED):
        yield Candidate("generic", text)


def _read(context: Context, text: str) -> Moment | None:
    """A moment from a text. Midnight to the second is a day that a program filled up: read as the day."""
    if _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(text[:10]), tz=UTC)
        return (
            Moment(at=at, precision="second", zone=context.zone, raw=text)
            if at <= context.now + _AHEAD
            else None
        )
    midnight = _MIDNIGHT.fullmatch(text.strip())
    moment = parse_moment(
        midnight[1] if midnight else text,
        langs=context.langs,
        zone=context.zone,
        now=context.now,
        anchored=context.anchored,
    )
    return replace(moment, raw=text) if moment is not None and midnight else moment


def _day(context: Context, moment: Moment) -> str:
    return moment.at.astimezone(ZoneInfo(context.zone)).date().isoformat()


def _relocated(context: Context, found: tuple[Moment, str]) -> tuple[Moment, str]:
    """Correct a local time that a page calls UTC, where the visible line shows the same clock."""
    moment, means = found
    if context.zone == "UTC" or means in {"layout", "generic"} or not _IN_UTC.fullmatch(moment.raw.strip()):
        return found
    clock = moment.at.replace(tzinfo=None, second=0, microsecond=0)
    for candidate in _visible(context):
        seen = _read(context, candidate.text)
        if seen is None or seen.precision == "day":
            continue
        local = seen.at.astimezone(ZoneInfo(context.zone)).replace(tzinfo=None, second=0, microsecond=0)
        return (replace(seen, raw=moment.raw), means) if local == clock else found
    return found


def _last_resort(context: Context) -> tuple[Moment, str] | None:
    """The day in the address, else what htmldate finds in the page's text."""
    for text in (_in_address(context), _by_htmldate(context)):
        moment = _read(context, text) if text else None
        if moment is not None and moment.at <= context.now + timedelta(hours=14):
            return moment, "generic"
    return None


def _by_htmldate(context: Context) -> str:
    latest = (context.now + timedelta(days=1)).strftime("%Y-%m-%d")
    try:
        return find_date(context.root, extensive_search=False, original_date=True, max_date=latest) or ""
    except LIBRARY_FAULTS:
        return ""

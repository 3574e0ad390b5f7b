"""What an article tells, in terms that do not depend on its language."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from pipelines.attribution.identity import directory
from pipelines.folding.figures import Counted, count
from pipelines.folding.gazetteer import (
    LANGUAGES,
    OUTLET,
    Concept,
    Found,
    counted_things,
    dictionary_form,
    named_things,
)
from pipelines.folding.latin import in_cyrillic
from pipelines.folding.names import UNSEATED, names, ordinary
from pipelines.folding.piece import Piece
from pipelines.folding.rarity import figure_mark
from pipelines.folding.spelling import common_spelling
from pipelines.folding.tables import read
from pipelines.folding.tokens import Token, tokens
from pipelines.text.language import detect

PLACES: Final = frozenset({"country", "region", "city", "water"})
GROUPS: Final = {
    "person": "names",
    "name": "names",
    "place": "places",
    "world": "bodies",
    "topic": "topics",
    "day": "days",
    "month": "months",
}
_ZONE: Final = timezone(
    timedelta(hours=5)
)  # the news is of Kazakhstan and around; one hour more or less matters not
_READ: Final = 6000  # characters of a text that are read
_TITLE: Final = 500  # … and of a headline
_LEAD: Final = 320  # characters of it that tell what it is about
_STEM: Final = 6  # letters of a word that are compared
_LONG: Final = 4  # letters of a word that says something
_COGNATE: Final = 6  # letters of a word that may be the same in another language
_OPENING: Final = 120  # words that are laid side by side with another text's
_TELLING: Final = PLACES | {
    "person",
    "world",
    "month",
    "weekday",
}  # kinds that set two events of one form apart
_RUN: Final = 3  # words in the same order
_EVERYDAY: Final = {
    lang: frozenset(dictionary_form(word, lang)[:_STEM] for word in facts["words"].split())
    for lang, facts in read("words.toml").items()
}


@dataclass(frozen=True, slots=True)
class Facts:
    """One article, read. A particular is "family:what"; `lead` has those of headline and first lines."""

    id: str
    lang: str
    outlet: str
    at: datetime  # the start of the era where the page told none: see `dated`
    dated: bool
    bare: bool  # nothing but a headline
    particulars: Mapping[str, frozenset[str]]  # by group: see `GROUPS`
    lead: Mapping[str, frozenset[str]]
    headline: Mapping[str, frozenset[str]]
    figures: tuple[tuple[float, str], ...]
    lead_figures: tuple[tuple[float, str], ...]
    ordinals: frozenset[int]  # of the lead
    opened: frozenset[str]  # all of the lead's particulars
    headed: frozenset[str]  # … and of the headline's
    figure_marks: frozenset[str]
    words: frozenset[str]  # stems, with their language
    cognates: frozenset[str]  # "cognate:…"
    runs: frozenset[int]
    opening: tuple[str, ...]  # the first words; "=" before a name, a number or a date
    sources: frozenset[str]
    speaker: str  # the outlet's identity among the sources
    url: str
    links: frozenset[str]
    translations: frozenset[str]


def read_piece(piece: Piece) -> Facts:
    """Read an article. Takes any text; reads the first 6,000 characters of it."""
    title, body = piece.title.strip()[:_TITLE], piece.text[:_READ].lstrip()
    lang = piece.lang[:2].lower()
    if lang not in LANGUAGES:
        lang = detect(f"{title}\n{body}", among=LANGUAGES, default="ru") or "ru"
    if lang == "kk":
        title, body = in_cyrillic(title), in_cyrillic(body)
    body = body.removeprefix(title)  # a text that repeats its headline tells no more by it
    text = f"{title}\n{body}"
    found = tokens(text)
    named, counted = named_things().find(found, lang), counted_things().find(found, lang)
    facts = count(found, counted)
    lead = len(title) + _LEAD
    taken = {at for each in (*named, *counted) for at in range(each.start, each.stop)}
    told = [
        *_concepts(named, found),
        *names(found, named, taken, lang, len(title)),
        *_dates(facts, piece.published),
    ]
    stems = _stems(found, lang)
    figures = tuple((each.value, each.unit) for each in facts.figures)
    lead_told = _grouped(what for what, start in told if start < lead)
    headline = _grouped(what for what, start in told if start < len(title))
    return Facts(
        id=piece.id,
        lang=lang,
        outlet=piece.outlet.casefold(),
        at=piece.published.astimezone(UTC) if piece.published else datetime.min.replace(tzinfo=UTC),
        dated=piece.published is not None,
        bare=not body.strip(),
        particulars=_grouped(what for what, _ in told),
        lead=lead_told,
        headline=headline,
        opened=_all_of(lead_told),
        headed=_all_of(headline),
        figures=figures,
        lead_figures=tuple((each.value, each.unit) for each in facts.figures if each.at < lead),
        figure_marks=frozenset(figure_mark(value) for value, _ in figures),
        ordinals=frozenset(value for value, start in facts.ordinals if start < lead),
        words=frozenset(f"{lang}:{stem}" for _, stem in stems if stem),
        cognates=frozenset(
            f"cognate:{common_spelling(word)[:_COGNATE]}"
            for word, stem in stems
            if stem and len(word) >= _COGNATE
        ),
        runs=_runs([word for word, _ in stems]),
        opening=_opening(found, {each.start: each.concept for each in (*counted, *named)}, lang),
        sources=frozenset(_source(each, lang) for each in piece.chain if each.strip()),
        speaker=_source(piece.outlet, lang),
        url=_address(piece.url),
        links=frozenset(_address(each) for each in piece.mentions if each),
        translations=frozenset(_address(each) for each in piece.translations if each),
    )


def _grouped(particulars: Iterable[str]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, set[str]] = {group: set() for group in GROUPS.values()}
    for each in particulars:
        groups[GROUPS[each.partition(":")[0]]].add(each)
    groups["dates"] = groups["days"] | groups["months"]
    return {group: frozenset(held) for group, held in groups.items()}


def _all_of(groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*groups.values())


def _concepts(named: Sequence[Found], text: Sequence[Token]) -> Iterable[tuple[str, int]]:
    table = named_things().concepts
    for each in named:
        concept: Concept | None = each.concept
        start = text[each.start].start
        if each.concept.kind == OUTLET:
            continue
        while concept is not None:
            family = "place" if concept.kind in PLACES else concept.kind
            yield f"{family}:{concept.key}", start
            start = UNSEATED  # what lies around a place is said of it, but is not what a headline names
            concept = table.get(concept.within)


def _dates(facts: Counted, published: datetime | None) -> Iterable[tuple[str, int]]:
    """Days and months; a weekday, or a day told as "yesterday", is the last one before the publication.

    A day that is reckoned so stands for what is shared, never for a difference: it may be a day off.
    """
    for month, day, start in facts.dates:
        yield f"day:{month}-{day}", start
    for month, start in facts.months:
        yield f"month:{month}", start
    if published is None:
        return
    today = published.astimezone(_ZONE).date()
    for back in (*facts.days_back, *((today.isoweekday() - weekday) % 7 for weekday, _ in facts.weekdays)):
        told = today - timedelta(days=back)
        yield f"day:{told.month}-{told.day}", UNSEATED


def _stems(text: Sequence[Token], lang: str) -> list[tuple[str, str]]:
    """Every word in its dictionary form, with its stem; the stem is empty for a word of any news."""
    everyday = _EVERYDAY[lang]
    found = []
    for token in text:
        if token.is_word:
            form = dictionary_form(token.low, lang)
            stem = form[:_STEM]
            found.append((form, "" if len(form) < _LONG or stem in everyday else stem))
        elif token.kind == "number":
            found.append((token.low, ""))
    return found


def _runs(words: Sequence[str]) -> frozenset[int]:
    return frozenset(_mark(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1))


def _mark(run: tuple[str, ...]) -> int:
    # Not hash(): that of a string differs from one program's run to the next.
    return zlib.crc32("\x1f".join(run).encode())


def _opening(text: Sequence[Token], known: Mapping[int, Concept], lang: str) -> tuple[str, ...]:
    """The words by which two texts of one form are laid side by side, names and numbers marked."""
    words = []
    for at, token in enumerate(text[:_OPENING]):
        concept = known.get(at)
        if concept is not None and concept.kind in _TELLING:
            words.append(f"={concept.key}")
        elif token.kind in ("number", "score"):
            words.append(f"={token.low}")
        elif token.is_word:
            form = dictionary_form(token.low, lang)
            named = token.upper and not token.first and not ordinary(token.low, lang)
            words.append(f"={common_spelling(form)[:_COGNATE]}" if named else form[:_STEM])
    return tuple(map(sys.intern, words))


@lru_cache(maxsize=4096)
def _source(name: str, lang: str) -> str:
    return directory().key(_address(name).partition("/")[0] if "://" in name else name, lang)


def _address(url: str) -> str:
    """An address without its scheme, "www." and last slash."""
    return url.strip().partition("://")[2].removeprefix("www.").rstrip("/") if "://" in url else url.strip()


def marks(facts: Facts) -> Iterable[str]:
    """Give all that is weighed by rarity: particulars, words, cognates, figures."""
    for group in set(GROUPS.values()):
        yield from facts.particulars[group]
    yield from facts.words
    yield from facts.cognates
    yield from facts.figure_marks

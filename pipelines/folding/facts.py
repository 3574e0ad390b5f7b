"""What an article tells, in terms that do not depend on its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache, partial
from typing import Final, NamedTuple

from pipelines.attribution.identity import directory
from pipelines.folding.background import foreground
from pipelines.folding.copies import code, runs
from pipelines.folding.figures import Counted, count
from pipelines.folding.gazetteer import (
    LANGUAGES,
    OUTLET,
    Concept,
    Found,
    Known,
    counted_things,
    dictionary_form,
    matches,
    named_things,
)
from pipelines.folding.latin import in_cyrillic
from pipelines.folding.names import UNSEATED, names, ordinary
from pipelines.folding.piece import Piece
from pipelines.folding.rarity import figure_mark
from pipelines.folding.remembered import Remembered
from pipelines.folding.spelling import common_spelling
from pipelines.folding.tables import read
from pipelines.folding.tokens import Token, tokens
from pipelines.folding.vectors import Vector
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
_GROUPED: Final = tuple(dict.fromkeys(GROUPS.values()))
_ZONE: Final = timezone(
    timedelta(hours=5)
)  # the news is of Kazakhstan and around; one hour more or less matters not
# Characters of a text that are read: behind them stands what led to the news, and other news.
_READ: Final = 300
_KEPT: Final = 6000  # … and that are compared with another text's, to tell a copy
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
_NOTHING: Final = frozenset({""})
_NONE: Final[frozenset[str]] = frozenset()
_SENTENCE_END: Final = re.compile(r"[.!?…]\s|\n")
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
    runs: frozenset[int]  # of three words
    title: str
    text: str
    opening: tuple[str, ...]  # the first words; "=" before a name, a number or a date
    sources: frozenset[str]
    speaker: str  # the outlet's identity among the sources
    url: str
    links: frozenset[str]
    translations: frozenset[str]
    vector: Vector = ()  # of headline and first sentences, where a model is at hand


def read_piece(piece: Piece) -> Facts:
    """Read an article. Takes any text; what it tells is read in the first sentences, some 300 characters."""
    title, body = piece.title.strip()[:_TITLE], piece.text[:_KEPT].lstrip()
    lang = piece.lang[:2].lower()
    if lang not in LANGUAGES:
        lang = detect(f"{title}\n{body}", among=LANGUAGES, default="ru") or "ru"
    if lang == "kk":
        title, body = in_cyrillic(title), in_cyrillic(body)
    body = body.removeprefix(title)  # a text that repeats its headline tells no more by it
    found = tokens(f"{title}\n{_begin(foreground(body[: 2 * _READ]))}")
    known = _KNOWN[lang]
    words = [known[token.low] for token in found]
    named = matches(found, [word.named for word in words])
    counted = matches(found, [word.counted for word in words])
    facts = count(found, counted)
    lead = len(title) + _LEAD
    taken = {at for each in (*named, *counted) for at in range(each.start, each.stop)}
    told = [
        *_concepts(named, found),
        *names(found, named, taken, lang, len(title)),
        *_dates(facts, piece.published),
    ]
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
        words=frozenset([word.mark for word in words]) - _NOTHING,
        cognates=frozenset([word.cognate for word in words]) - _NOTHING,
        runs=runs(
            [word.code for token, word in zip(found, words, strict=True) if token.kind in ("word", "number")]
        ),
        title=title,
        text=body,
        opening=_opening(found, words, {each.start: each.concept for each in (*counted, *named)}, lang),
        sources=frozenset(_source(each, lang) for each in piece.chain if each.strip()),
        speaker=_source(piece.outlet, lang),
        url=_address(piece.url),
        links=frozenset(_address(each) for each in piece.mentions if each),
        translations=frozenset(_address(each) for each in piece.translations if each),
    )


def _begin(body: str) -> str:
    """The first sentences of a text: those that begin in the characters that are read."""
    if len(body) <= _READ:
        return body
    end = _SENTENCE_END.search(body, _READ)
    return body[: end.start() + 1] if end else body[: body.rfind(" ", 0, 2 * _READ) + 1] or body


def _grouped(particulars: Iterable[str]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, list[str]] = {}
    for each in particulars:
        groups.setdefault(GROUPS[each.partition(":")[0]], []).append(each)
    held = {group: frozenset(groups[group]) if group in groups else _NONE for group in _GROUPED}
    held["dates"] = held["days"] | held["months"]
    return held


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


class _Word(NamedTuple):
    """What a word says wherever it stands; `mark` and `cognate` are empty for a word of any news."""

    named: Known  # its dictionary form, and the names that may begin with it
    counted: Known  # … and what is counted
    stem: str
    mark: str  # the stem, with the language
    cognate: str  # its beginning as other languages may spell it
    code: int  # of the form


def _word(low: str, lang: str) -> _Word:
    named, counted = named_things().look_up(low, lang), counted_things().look_up(low, lang)
    form = named[0]
    stem = form[:_STEM]
    mark = cognate = ""
    if low[0].isalpha() and len(form) >= _LONG and stem not in _EVERYDAY[lang]:
        mark = f"{lang}:{stem}"
        if len(form) >= _COGNATE:
            cognate = f"cognate:{common_spelling(form)[:_COGNATE]}"
    return _Word(named, counted, stem, mark, cognate, code(form))


_KNOWN: Final = {lang: Remembered(partial(_word, lang=lang)) for lang in LANGUAGES}


def _opening(
    text: Sequence[Token], words: Sequence[_Word], known: Mapping[int, Concept], lang: str
) -> tuple[str, ...]:
    """The words by which two texts of one form are laid side by side, names and numbers marked."""
    shown = []
    for at, (token, word) in enumerate(zip(text[:_OPENING], words, strict=False)):
        concept = known.get(at)
        if concept is not None and concept.kind in _TELLING:
            shown.append(f"={concept.key}")
        elif token.kind == "word":
            named = token.upper and not token.first and not ordinary(token.low, lang)
            shown.append(f"={common_spelling(word.named[0])[:_COGNATE]}" if named else word.stem)
        elif token.kind != "sign":
            shown.append(f"={token.low}")
    return tuple(shown)


@lru_cache(maxsize=4096)
def _source(name: str, lang: str) -> str:
    return directory().key(_address(name).partition("/")[0] if "://" in name else name, lang)


def _address(url: str) -> str:
    """An address without its scheme, "www." and last slash."""
    return url.strip().partition("://")[2].removeprefix("www.").rstrip("/") if "://" in url else url.strip()


def marks(facts: Facts) -> frozenset[str]:
    """Give all that is weighed by rarity: particulars, words, cognates, figures."""
    told = (facts.particulars[group] for group in _GROUPED)
    return facts.words.union(facts.cognates, facts.figure_marks, *told)

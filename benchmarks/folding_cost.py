"""What folding an article costs, from the first days of an archive to its hundred-thousandth article.

Articles come at a steady rate, as outlets publish, so that the window holds as many on the last day as on the
sixth. They are made of words by Zipf's law, of names, places, figures; a third retell one of the last day.
Costs are ratios within one run; in microseconds only for the eye.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from statistics import median
from typing import Final

from benchmarks.extract import LAYOUT, NOW, OUTLET, URL, sample
from benchmarks.score_folding import PARTS, cases
from pipelines.folding.folder import Folder
from pipelines.folding.piece import Piece
from pipelines.folding.tables import read
from pipelines.folding.tokens import tokens
from spiders.extract.page import extract_page

GROWTH: Final = 1.3  # of the first mark's cost
SHARE: Final = 0.2  # of extracting a prepared page
_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS: Final = 40_000
_SURNAMES: Final = 20_000
_ARTICLE: Final = 160  # words
_EVENTS: Final = 400  # of the last day, that may be told again
_RETOLD: Final = 0.33
_LANGS: Final = ("kk", "ru", "en")
_SYLLABLES: Final = {
    "kk": ("ба", "қа", "ман", "рет", "сыз", "лық", "тү", "жол", "ер", "да", "шы", "кө", "ңі", "ғы", "не"),
    "ru": ("ро", "вы", "ста", "пре", "ни", "ко", "ло", "за", "ми", "ту", "ре", "да", "шо", "не", "ва"),
    "en": ("ta", "re", "con", "ing", "pro", "der", "ma", "li", "son", "ver", "no", "ple", "ra", "di", "te"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """What two articles of one event share, whatever their language."""

    people: tuple[int, ...]
    things: tuple[int, ...]  # rows of the gazetteer
    figures: tuple[int, ...]


class News:
    """An endless stream of articles.

    Args:
        daily: articles a day.
        seed: of the chance.
    """

    def __init__(self, daily: int, seed: int = 5) -> None:
        self._daily = daily
        self._chance = random.Random(seed)
        self._rows: list[Sequence[str]] = [
            row
            for name in ("places.toml", "topics.toml", "bodies.toml", "people.toml")
            for section in read(name).values()
            for row in section.values()
            if all(row[:3])
        ]
        self._chance.shuffle(self._rows)
        self._zipf = {
            size: list(accumulate(1 / rank for rank in range(1, size + 1)))
            for size in (_WORDS, _SURNAMES, len(self._rows))
        }
        self._recent: list[Event] = []
        told: dict[str, Counter[str]] = {lang: Counter() for lang in _LANGS}
        for part in PARTS:
            for case in cases(part):
                if case["lang"] in told:
                    told[case["lang"]].update(token.low for token in tokens(case["text"]) if token.is_word)
        # Words of the gold set, the commonest first; rarer ones are made up.
        self._words = {lang: [word for word, _ in counts.most_common()] for lang, counts in told.items()}

    def articles(self) -> Iterator[Piece]:
        """Give articles in order of publication, evenly spread over the days."""
        at = 0
        while True:
            lang = self._chance.choice(_LANGS)
            event = self._event()
            title, text = self._told(event, lang)
            published = _START + timedelta(days=at / self._daily)
            yield Piece(
                id=str(at),
                lang=lang,
                outlet=f"outlet{self._chance.randrange(40)}.kz",
                published=published,
                title=title,
                text=text,
            )
            at += 1

    def _event(self) -> Event:
        if len(self._recent) == _EVENTS and self._chance.random() < _RETOLD:
            return self._chance.choice(self._recent)
        event = Event(
            tuple(self._rank(_SURNAMES) for _ in range(3)),
            tuple(self._rank(len(self._rows)) for _ in range(5)),
            tuple(self._chance.randint(2, 9999) for _ in range(4)),
        )
        self._recent = [*self._recent[-_EVENTS + 1 :], event]
        return event

    def _told(self, event: Event, lang: str) -> tuple[str, str]:
        column = _LANGS.index(lang)
        told = [_word(person + 7, lang).capitalize() + "ov" * (lang == "en") for person in event.people]
        told += [self._rows[row][column].split(",")[0].strip("*^ ") for row in event.things]
        told += [str(each) for each in event.figures]
        known = self._words[lang]
        ranks = (self._rank(_WORDS) for _ in range(_ARTICLE))
        words = [known[rank] if rank < len(known) else _word(rank, lang) for rank in ranks]
        title = " ".join([*words[:5], *told[:1], *told[3:5]])
        for at, each in enumerate(told * 2):
            words.insert(8 + at * 5, each)
        sentences = [" ".join(words[at : at + 14]) for at in range(5, len(words), 14)]
        return title, ". ".join(each[:1].upper() + each[1:] for each in sentences)

    def _rank(self, size: int) -> int:
        sums = self._zipf[size]
        return bisect(sums, self._chance.random() * sums[-1])


def _word(number: int, lang: str) -> str:
    """A word of its own for every number; the commoner the shorter."""
    syllables = _SYLLABLES[lang]
    word = ""
    while number:
        number, left = divmod(number, len(syllables))
        word += syllables[left]
    return word * 2 if len(word) < 4 else word


def costs(daily: int, marks: Sequence[int], over: int) -> Iterator[tuple[int, int, float, float]]:
    """Give (article, articles held, µs to fold one, µs to extract a page) at each mark.

    Medians over the `over` articles from there on, by the processor's clock; pages are extracted between
    them, so that a busy machine slows both alike.
    """
    folder = Folder()
    page = sample(120, 1)
    folded: list[float] = []
    extracted: list[float] = []
    for at, piece in enumerate(News(daily).articles(), 1):
        due = any(mark <= at < mark + over for mark in marks)
        begun = time.process_time()
        folder.add(piece)
        if not due:
            continue
        folded.append(time.process_time() - begun)
        if len(folded) % 10 == 0:
            begun = time.process_time()
            extract_page(page, url=URL, now=NOW, outlet=OUTLET, layouts=(LAYOUT,))
            extracted.append(time.process_time() - begun)
        if len(folded) == over:
            yield at - over + 1, len(folder), median(folded) * 1e6, median(extracted) * 1e6
            folded, extracted = [], []
            if at >= max(marks):
                return


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the cost at each mark beside the first one's and extraction's; 1 where a limit is not held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--daily", type=int, default=1500, help="articles a day")
    parser.add_argument("--marks", type=int, nargs="+", default=[1_001, 10_001, 100_001])
    parser.add_argument("--over", type=int, default=500, help="articles that are measured from each mark on")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    first, held_limits = 0.0, True
    for mark, held, cost, page in costs(options.daily, options.marks, options.over):
        first = first or cost
        told = f"× {cost / first:.2f} (at most {GROWTH}), {cost / page:.2f} of extracting (at most {SHARE})"
        sys.stdout.write(f"article {mark:>7}, {held:>6} held: {cost:7.0f} µs, {told}\n")
        sys.stdout.flush()
        held_limits = held_limits and cost <= GROWTH * first and cost <= SHARE * page
    return 0 if held_limits else 1


if __name__ == "__main__":
    raise SystemExit(main())

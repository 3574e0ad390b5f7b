"""What reading a page costs, beside what others need for it, in one run.

    python -m benchmarks.extract [--rounds 5] [--kilobytes 120]

Prints, for pages of the size asked for, the time a page of

* `BeautifulSoup(html, "lxml")`, the parse alone: the unit of the table;
* `trafilatura.bare_extraction(html)`, as its users call it, from the text, with its own defaults;
* `extract_page` for an unknown site, from the text, all fields;
* `extract_page` for a prepared site, whose layout names every place;

and the peak of traced memory of each on one page. The limits: 1.5 of trafilatura for an unknown site, 0.5 of
the parse for a prepared one. The rounds are interleaved and the median is taken, so that a busy machine slows
all alike. What is read for it is told in the same run: the table of `benchmarks.score_extract`. The exit code
is 1 where a limit is not held.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from bs4 import BeautifulSoup
from trafilatura import bare_extraction

from benchmarks import score_extract
from items import OutletFacts
from spiders.extract.layout import Layout
from spiders.extract.page import extract_page

NOW: Final = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
URL: Final = "https://wire.example.kz/ru/port-12"
UNKNOWN_LIMIT: Final = 1.5  # of trafilatura
PREPARED_LIMIT: Final = 0.5  # of the parse by BeautifulSoup
OUTLET: Final = OutletFacts(
    name="wire", title="Каспийская лента", home="https://wire.example.kz", hosts=("wire.example.kz",),
    zone="Asia/Almaty", languages=("ru", "kk"),
)  # fmt: skip
LAYOUT: Final = Layout(
    headline=("h1.title",), lead=(".standfirst",), body=("div.article-body",), date=("time.stamp",),
    author=(".byline a",), section=(".crumbs a",), tags=(".tags a",), views=(".views",),
    images=("figure.lead",),
    remove=(".read-also",),
)  # fmt: skip
_TEXT: Final = """
порт на каспии открыл второй зерновой терминал сообщили в управлении рабочие вышли утром инженеры проверили
мост трубы заменят до осени жители ждут ремонта дорог бюджет приняли весной подрядчик обещает не срывать сроки
"""
_WORDS: Final = _TEXT.split()


def sample(kilobytes: int, seed: int) -> str:
    """Give an invented news page of about so many kB: an article among menus, teasers and scripts."""
    chance = random.Random(seed)

    def sentence(least: int = 9, most: int = 22) -> str:
        words = [chance.choice(_WORDS) for _ in range(chance.randint(least, most))]
        return f"{' '.join(words).capitalize()}."

    def card(number: int) -> str:
        return (
            f'<div class="card" data-id="{number}"><a href="/ru/{number}"><img src="/t/{number}.jpg" alt="">'
            f'<h3 class="card__title">{sentence(5, 9)}</h3></a><p class="card__text">{sentence()}</p>'
            f'<span class="card__date">{chance.randint(1, 24)}.11.2026</span></div>'
        )

    paragraphs = [f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(18)]
    paragraphs[6:6] = [
        f"<h2>{sentence(3, 5)}</h2>",
        f'<div class="read-also"><a href="/ru/7">{sentence()}</a></div>',
    ]
    head = (
        '<meta charset="utf-8"><title>Порт открыл второй терминал | Каспийская лента</title>'
        '<meta property="og:title" content="Порт открыл второй терминал">'
        '<meta property="og:type" content="article">'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Порт открыл второй терминал",'
        '"datePublished":"2026-05-04T11:15:00+05:00","author":{"@type":"Person","name":"Анна Ли"}}</script>'
        f"<script>{'var a=1;' * 1_500}</script>"
    )
    article = (
        '<article><div class="crumbs"><a href="/ru/economy">Экономика</a></div>'
        '<h1 class="title">Порт открыл второй терминал</h1>'
        f'<p class="standfirst">{sentence()}</p><div class="byline"><a rel="author" href="/a">Анна Ли</a>'
        '<time class="stamp" datetime="2026-05-04T11:15:00+05:00">4 мая 2026, 11:15</time>'
        '<span class="views">1 204</span></div><figure class="lead"><img src="/in.jpg" alt="Порт">'
        f"<figcaption>{sentence(4, 7)} Фото: Арман Бек</figcaption></figure>"
        f'<div class="article-body">{"".join(paragraphs)}</div>'
        '<div class="tags"><a href="/t/1">порт</a></div></article>'
    )
    page, number = head + article, 0
    cards: list[str] = []
    while len((page + "".join(cards)).encode()) < kilobytes * 1_000:
        cards += [card(number + offset) for offset in range(20)]
        number += 20
    half = len(cards) // 3
    menu = "".join(f'<li><a href="/s/{n}">{sentence(1, 2)}</a></li>' for n in range(40))
    return (
        f'<!DOCTYPE html><html lang="ru"><head>{head}</head><body><nav><ul>{menu}</ul></nav>'
        f'<main>{article}</main><aside class="sidebar">{"".join(cards[:half])}</aside>'
        f'<section class="latest">{"".join(cards[half:])}</section>'
        f"<footer><ul>{menu}</ul></footer></body></html>"
    )


def measure(work: Callable[[str], object], page: str) -> float:
    """Give the seconds that one page takes."""
    begun = time.perf_counter()
    work(page)
    return time.perf_counter() - begun


def peak(work: Callable[[str], object], page: str) -> float:
    """Give the peak of traced memory (Python's own, without the trees of libxml2) on one page, in MB."""
    tracemalloc.start()
    try:
        work(page)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


WORKS: Final[dict[str, Callable[[str], object]]] = {
    "BeautifulSoup(lxml), parse": lambda page: BeautifulSoup(page, "lxml"),
    "trafilatura.bare_extraction": lambda page: bare_extraction(page),
    "extract_page, unknown site": lambda page: extract_page(page, url=URL, now=NOW),
    "extract_page, prepared site": lambda page: extract_page(
        page, url=URL, now=NOW, outlet=OUTLET, layouts=[LAYOUT]
    ),
}


def main() -> int:
    """Print the table; gives 1 where a limit is not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kilobytes", type=int, default=120)
    options = parser.parse_args()
    pages = [sample(options.kilobytes, seed) for seed in range(6)]
    times: dict[str, list[float]] = {name: [] for name in WORKS}
    for work in WORKS.values():
        work(pages[0])
    for _ in range(options.rounds):
        for page in pages:
            for name, work in WORKS.items():
                times[name].append(measure(work, page))
    cost = {name: statistics.median(taken) for name, taken in times.items()}
    parse, library, unknown, prepared = cost.values()
    print(
        f"{'a page of ' + str(len(pages[0].encode()) // 1_000) + ' kB':32}{'ms':>8}{'× parse':>10}{'MB':>8}"
    )
    for name, seconds in cost.items():
        memory = peak(WORKS[name], pages[0])
        print(f"{name:32}{seconds * 1e3:8.1f}{seconds / parse:10.2f}{memory:8.1f}")
    print(f"unknown site / trafilatura: {unknown / library:.2f} (at most {UNKNOWN_LIMIT})")
    print(f"prepared site / parse: {prepared / parse:.2f} (at most {PREPARED_LIMIT})")
    own = score_extract.report(readers=score_extract.available())
    short = any(own[name] < least for name, least in score_extract.LIMITS.items())
    return int(short or unknown > UNKNOWN_LIMIT * library or prepared > PREPARED_LIMIT * parse)


if __name__ == "__main__":
    raise SystemExit(main())

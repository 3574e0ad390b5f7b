"""What reading a page costs, beside what others need for it, in one run.

    python -m benchmarks.extract [--rounds 9] [--kilobytes 8 20 40 100 300]

Prints, for pages of each size, the processor's time a page of

* `BeautifulSoup(html, "lxml")`, the parse alone: the unit of the table;
* `trafilatura.bare_extraction(html)`, as its users call it, from the text, with its own defaults;
* `extract_page` for a prepared site, whose layout names every place, with its ratio to the parse;
* `extract_page` for an unknown site, from the text, all fields, with its ratio to trafilatura;

the same over the recorded pages of the outlets, each of some 2 kB, and over the pages of unknown sites among
the tests, and the peak of traced memory of each on one page. The limits are 1.5 of trafilatura for an unknown
site at every size, and 0.5 of the parse for a prepared one; under 20 kB, where what every page costs alike
weighs most, 0.75. In a round each reads all pages of a size, one after the other, as a crawl does, and of
each page the least of the rounds is taken: what else the machine does can only add. What is read for it is
told in the same run: the table of `benchmarks.score_extract`. The exit code is 1 where a limit is not held.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bs4 import BeautifulSoup
from trafilatura import bare_extraction

from benchmarks import score_extract
from items import OutletFacts
from pipelines.runner import outlets
from spiders.extract.layout import Layout
from spiders.extract.page import extract_page

NOW: Final = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
URL: Final = "https://wire.example.kz/ru/port-12"
SIZES: Final = (8, 20, 40, 100, 300)  # kB
SAMPLES: Final = 6  # pages of a size
TESTS: Final = Path(__file__).parents[1] / "tests"
UNKNOWN_LIMIT: Final = 1.5  # of trafilatura
PREPARED_LIMIT: Final = 0.5  # of the parse by BeautifulSoup
SMALL: Final = 20  # kB
SMALL_LIMIT: Final = 0.75  # … for pages smaller than that
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
    """Give an invented news page of about so many kB: an article among menus, teasers and scripts.

    What the parts weigh grows with the page: of 8 kB half is the article, of 300 kB a twentieth.
    """
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

    paragraphs = [
        f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(min(3 + kilobytes // 4, 18))
    ]
    paragraphs[2:2] = [
        f"<h2>{sentence(3, 5)}</h2>",
        f'<div class="read-also"><a href="/ru/7">{sentence()}</a></div>',
    ]
    metas = "".join(f'<meta name="msapplication-{n}" content="{n}">' for n in range(min(kilobytes // 2, 24)))
    head = (
        '<meta charset="utf-8"><title>Порт открыл второй терминал | Каспийская лента</title>'
        '<meta property="og:title" content="Порт открыл второй терминал">'
        f'<meta property="og:type" content="article">{metas}'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Порт открыл второй терминал",'
        '"datePublished":"2026-05-04T11:15:00+05:00","author":{"@type":"Person","name":"Анна Ли"}}</script>'
        f"<script>{'var a=1;' * 12 * kilobytes}</script>"
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
    menu = "".join(
        f'<li><a href="/s/{n}">{sentence(1, 2)}</a></li>' for n in range(min(4 + kilobytes // 2, 40))
    )
    cards: list[str] = []
    size = len(f"{head}{article}{menu}{menu}".encode())
    while size < kilobytes * 1_000:
        cards.append(card(len(cards)))
        size += len(cards[-1].encode())
    part = len(cards) // 3
    return (
        f'<!DOCTYPE html><html lang="ru"><head>{head}</head><body><nav><ul>{menu}</ul></nav>'
        f'<main>{article}</main><aside class="sidebar">{"".join(cards[:part])}</aside>'
        f'<section class="latest">{"".join(cards[part:])}</section>'
        f"<footer><ul>{menu}</ul></footer></body></html>"
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and how its site is prepared."""

    html: str
    url: str
    outlet: OutletFacts | None = None
    layouts: Sequence[Layout] = ()


Work = Callable[[Page], object]
WORKS: Final[dict[str, Work]] = {
    "parse": lambda page: BeautifulSoup(page.html, "lxml"),
    "trafilatura": lambda page: bare_extraction(page.html),
    "prepared": lambda page: extract_page(
        page.html, url=page.url, now=NOW, outlet=page.outlet, layouts=page.layouts
    ),
    "unknown": lambda page: extract_page(page.html, url=page.url, now=NOW),
}


def measure(pages: Sequence[Page], rounds: int) -> dict[str, float]:
    """Give the processor's seconds a page that each work takes: of each page the least of the rounds."""
    works = {name: work for name, work in WORKS.items() if name != "prepared" or pages[0].outlet is not None}
    taken: dict[str, list[list[float]]] = {name: [[] for _ in pages] for name in works}
    for work in works.values():
        work(pages[0])
    for _ in range(rounds):
        for name, work in works.items():
            for number, page in enumerate(pages):
                begun = time.process_time()
                work(page)
                taken[name][number].append(time.process_time() - begun)
    return {name: statistics.fmean(map(min, of_pages)) for name, of_pages in taken.items()}


def peak(work: Work, page: Page) -> float:
    """Give the peak of traced memory (Python's own, without the trees of libxml2) on one page, in MB."""
    tracemalloc.start()
    try:
        work(page)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def recorded() -> list[Page]:
    """Give the recorded articles of the outlets, each with how its outlet is prepared."""
    known, found = outlets(), list[Page]()
    for path in sorted(TESTS.glob("outlets/*/*/page.html")):
        case = json.loads(path.with_name("meta.json").read_text(encoding="utf-8"))
        spider = known[path.parts[-3]]
        html = path.read_bytes().decode(case["charset"], "replace")
        found.append(Page(html, case["url"], spider.facts(), spider.layouts))
    return found


def unprepared() -> list[Page]:
    """Give the pages of unknown sites among the tests."""
    paths = sorted(score_extract.PAGES.glob("*.html"))
    told = ((path, json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))) for path in paths)
    return [Page(path.read_text(encoding="utf-8"), wanted["url"]) for path, wanted in told]


def row(name: str, cost: Mapping[str, float]) -> tuple[float, float]:
    """Print a line of the table; gives the two ratios, the first 0 where no page of the line is prepared."""
    prepared, unknown = cost.get("prepared", 0.0) / cost["parse"], cost["unknown"] / cost["trafilatura"]
    times = "".join(f"{cost[work] * 1e3:12.2f}" if work in cost else f"{'–':>12}" for work in WORKS)
    print(f"{name:24}{times}{f'{prepared:.2f}' if prepared else '–':>14}{unknown:14.2f}", flush=True)
    return prepared, unknown


def main() -> int:
    """Print the table; gives 1 where a limit is not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--kilobytes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    print(f"{'ms a page':24}{''.join(f'{work:>12}' for work in WORKS)}{'prep/parse':>14}{'unkn/trafil':>14}")
    short = False
    for kilobytes in options.kilobytes:
        pages = [Page(sample(kilobytes, seed), f"{URL}{seed}", OUTLET, (LAYOUT,)) for seed in range(SAMPLES)]
        cost = measure(pages, options.rounds)
        prepared, unknown = row(f"{len(pages[0].html.encode()) // 1_000} kB", cost)
        limit = PREPARED_LIMIT if kilobytes >= SMALL else SMALL_LIMIT
        short = short or prepared > limit or unknown > UNKNOWN_LIMIT
    row("recorded, of outlets", measure(recorded(), options.rounds))
    row("tests, of no outlet", measure(unprepared(), options.rounds))
    page = Page(sample(100, 0), URL, OUTLET, (LAYOUT,))
    print(f"{'MB, of 100 kB':24}{''.join(f'{peak(work, page):12.1f}' for work in WORKS.values())}")
    print(
        f"limits: prepared site / parse {PREPARED_LIMIT}, under {SMALL} kB {SMALL_LIMIT}; "
        f"unknown site / trafilatura {UNKNOWN_LIMIT}"
    )
    own = score_extract.report(readers=score_extract.available())
    return int(short or any(own[name] < least for name, least in score_extract.LIMITS.items()))


if __name__ == "__main__":
    raise SystemExit(main())

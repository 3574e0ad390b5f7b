"""What each step of the road costs a page, by the processor's clock, as a bar chart.

    python -m benchmarks.steps [--pages 300] [--write]

Takes pages of `benchmarks.web` through the very functions of the road, one step after the other, in one
process; the cost of fetching is that of bare Scrapy which only fetches, without its start. `--write` puts the
chart into docs/performance.md.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from benchmarks.children import served
from benchmarks.measure import put
from benchmarks.road import bare
from benchmarks.web import OUTLETS, Web
from feeds.config import load
from feeds.digest import write
from feeds.sanitise import sanitise
from feeds.settings import feed_settings
from items import Fetch, Page
from pipelines import runner
from pipelines.attribute import attribute_article
from pipelines.fold import settle
from pipelines.normalise import normalise_article
from pipelines.store import Store
from spiders.base import OutletSpider
from spiders.extract.dom import parse
from spiders.extract.encoding import decode
from spiders.extract.page import extract_page

WIDTH: Final = 40  # characters of the longest bar
WARM: Final = 60  # pages before anything is measured: tables are loaded
PARSE: Final = "BeautifulSoup(lxml)"
T = TypeVar("T")


class Clock:
    """Adds up what steps take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, step: str, work: Callable[[], T]) -> T:
        """Do a step and count its time; gives what it gives."""
        begun = time.process_time()
        done = work()
        self.seconds[step] += time.process_time() - begun
        return done


def read(clock: Clock, url: str, body: bytes, spider: type[OutletSpider]) -> Page:
    """Take a page as far as the store."""
    now = datetime.now(UTC)
    clock.time(PARSE, lambda: BeautifulSoup(body, "lxml").find_all("p"))
    text = clock.time("decode", lambda: decode(body, declared="utf-8")).text
    clock.time("parse", lambda: parse(text))
    extraction = clock.time(
        "extract",
        lambda: extract_page(text, url=url, now=now, outlet=spider.facts(), layouts=spider.layouts),
    )
    article = clock.time("normalise", lambda: normalise_article(extraction.article))
    article = clock.time("attribute", lambda: attribute_article(article))
    html = "".join(f"<p>{each}</p>" for each in article.paragraphs)
    clock.time("sanitise", lambda: sanitise(html, url))
    fetch = Fetch(outlet=spider.name, kind="article", url=url, at=now, status=200, size=len(body))
    return Page(fetch=fetch, article=article)


def store(clock: Clock, pages: list[Page], spiders: Mapping[str, type[OutletSpider]], folder: Path) -> None:
    """Store, fold and publish pages."""
    now = datetime.now(UTC)
    db = folder / "j.db"
    runner.prepare(db, spiders.values())
    with Store.open(db) as kept:
        crawls = {name: kept.begin_crawl(name, now) for name in spiders}

        def keep(page: Page) -> None:
            with kept.transaction():
                done = kept.keep(page, crawls[page.fetch.outlet])
                if done.guid is not None:
                    kept.await_settling(done.guid)

        for page in pages:
            clock.time("store", lambda page=page: keep(page))  # type: ignore[misc] # called within this turn
        clock.time("fold", lambda: settle(kept))
    settings = feed_settings(load(None, {}))
    clock.time("publish", lambda: write(db, folder / "out", settings, now))


def fetched(pages: int) -> float:
    """Give the seconds that bare Scrapy takes to fetch a page."""
    taken = {}
    for count in (len(OUTLETS), pages):
        with served(count // len(OUTLETS)) as port:
            taken[count] = bare(port, parsing=False).processor
    return (taken[pages] - taken[len(OUTLETS)]) / (pages - len(OUTLETS))


def measure(pages: int) -> dict[str, float]:
    """Give the milliseconds a page of each step, and of the parse beside which they are held."""
    spiders = {name: found for name, found in runner.outlets().items() if name in OUTLETS}
    web = Web(pages // len(OUTLETS))
    clock = Clock()
    made: list[Page] = []
    for turn, url in enumerate([*web.urls()[:: max(1, pages // WARM)], *web.urls()]):
        if turn == WARM:
            gc.collect()
            gc.freeze()  # as the reading processes do
            clock.seconds.clear()
            made.clear()
        host = urlsplit(url).netloc
        _, _, body = web.answer(host, url.partition(host)[2])
        made.append(read(clock, url, body, spiders[web.outlet(url)]))
    count = len(made)
    with tempfile.TemporaryDirectory() as folder:
        store(clock, made, spiders, Path(folder))
    cost = {step: seconds / count * 1000 for step, seconds in clock.seconds.items()}
    cost["extract"] -= cost["parse"]  # it parses too
    cost["publish"] -= cost["sanitise"]  # likewise
    order = ("decode", "parse", "extract", "normalise", "attribute", "store", "fold", "sanitise", "publish")
    return {"fetch": fetched(pages) * 1000, **{step: cost[step] for step in order}, PARSE: cost[PARSE]}


def chart(cost: Mapping[str, float]) -> str:
    """Give the bars: a line a step, with its milliseconds and its ratio to the parse by BeautifulSoup."""
    most = max(cost.values())
    lines = [f"{'step':20} {'ms a page':>9} {'× parse by BS':>13}"]
    for step, taken in cost.items():
        bar = "█" * max(1, round(taken / most * WIDTH))
        lines.append(f"{step:20} {taken:9.2f} {taken / cost[PARSE]:13.2f}  {bar}")
    whole = sum(taken for step, taken in cost.items() if step != PARSE)
    lines.append(f"{'the whole road':20} {whole:9.2f} {whole / cost[PARSE]:13.2f}")
    return "\n".join(lines)


def main() -> None:
    """Print the chart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    options = parser.parse_args()
    drawn = chart(measure(options.pages))
    print(drawn)
    if options.write:
        put("steps", drawn)


if __name__ == "__main__":
    main()

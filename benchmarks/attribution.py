"""What attribution costs: against parsing the page it came from, and as a text grows.

Run as `python -m benchmarks.attribution`. Ratios of two things measured in one run; medians of several.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from bs4 import BeautifulSoup

from benchmarks.score_attribution import cases
from pipelines.attribution.reader import attribute

RUNS = 7
# What stands around an article on a news page: menus, cards, scripts. Sizes as met on the outlets' pages.
_CARD = (
    '<div class="card"><a href="/ru/news/{n}"><img data-src="/uploads/{n}.jpg" alt="">'
    '<span>Заголовок {n}</span></a><time datetime="2026-06-12T10:00">12 июня</time></div>'
)
_SCRIPT = "<script>window.dataLayer=window.dataLayer||[];" + "push({event:'view',id:1});" * 200 + "</script>"
HOSTILE = (
    "— «со ссылкой на» ",
    "said Reuters of the Ministry ",
    "Ақорданың баспасөз қызметіне сілтеме жасап ",
)


def page(text: str) -> str:
    """A news page of about 100 kB around an article's text."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    cards = "".join(_CARD.format(n=number) for number in range(560))
    return (
        f"<html><head>{_SCRIPT}</head><body><nav>{cards}</nav><article>{paragraphs}</article></body></html>"
    )


def seconds(work: Callable[[], object]) -> float:
    """The median time of `work`, in seconds."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> int:
    """Print the ratios."""
    write = sys.stdout.write
    for lang in ("kk", "ru", "en"):
        text = "\n\n".join(case["text"] for case in cases(lang, "tune")[:9])
        html = page(text)
        parse = seconds(lambda html=html: BeautifulSoup(html, "lxml"))  # type: ignore[misc]
        read = seconds(lambda text=text, lang=lang: attribute(text, lang=lang, publisher="zakon.kz"))  # type: ignore[misc]
        size = f"{len(html) // 1000} kB page, {len(text)} characters of article"
        write(f"{lang}: attributing / parsing with BeautifulSoup(lxml) = {read / parse:.2f}   ({size})\n")
    for unit in HOSTILE:
        half, whole = (unit * (size // len(unit)) for size in (500_000, 1_000_000))
        times = []
        for text in (half, whole):
            begin = time.perf_counter()
            attribute(text, lang="ru", publisher="zakon.kz")
            times.append(time.perf_counter() - begin)
        write(f"1 MB of {unit!r} / 0.5 MB of it = {times[1] / times[0]:.2f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

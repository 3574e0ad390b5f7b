"""What replaying an archive costs a page, beside reading its records alone and its pages alone, in one run.

    python -m benchmarks.replay [--pages 500] [--kilobytes 40]

Writes an archive of invented pages in the layout of a prepared outlet, and prints the processor's time of

* reading a record of the archive, as `warc.read` does: the unit of the table;
* reading the article of a page, without a crawl or a store: extraction, normalisation, attribution;
* a page more in `jarshy crawl --archive` over it, into an empty store, by its replays of a fifth and of the
  whole: so the start of the program, which is told apart, is left out;
* a page more that is stored already, and is skipped;

then the pages a second of the whole, start and all, by the clock, and the peak of memory of a replay of the
whole beside that of a fifth. The limits: a page replayed takes no more than 3 times what reading its article
takes, and the memory of the whole is at most 1.3 of that of the fifth. The exit code is 1 where
one is not held.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.attribute import attribute_article
from pipelines.normalise import normalise_article
from spiders.akorda import AkordaSpider
from spiders.extract.page import extract_page
from spiders.support import warc
from spiders.support.archived import Archived

HOME: Final = Path(__file__).parents[1]
TIME_LIMIT: Final = 3.0  # of reading the articles alone
MEMORY_LIMIT: Final = 1.3  # of a replay of a fifth
A_DAY: Final = 60  # articles
FIRST: Final = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
_MONTHS: Final = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
MONTHS: Final = _MONTHS.split()
_WORDS: Final = """
порт каспии открыл второй зерновой терминал управлении рабочие вышли утром инженеры проверили мост трубы
заменят осени жители ждут ремонта дорог бюджет приняли весной подрядчик обещает срывать сроки школа
больница урожай пшеница канал плотина паводок область район поезд вокзал аэропорт рейс завод цех металл
уголь энергия линия ветер поле
"""
WORDS: Final = _WORDS.split()


def page(number: int, kilobytes: int) -> tuple[str, datetime, bytes]:
    """Give an invented page's address, when it was archived, and its HTML, of about so many kB."""
    chance = random.Random(number)
    at = FIRST + timedelta(days=number // A_DAY, minutes=number % A_DAY)

    def sentence() -> str:
        return f"{' '.join(chance.choices(WORDS, k=14)).capitalize()}."

    paragraphs = "".join(f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(8))
    paragraphs += "<p>Об этом сообщила пресс-служба Министерства транспорта.</p>"
    menu = "".join(f'<li><a href="/ru/s/{n}">{sentence()}</a></li>' for n in range(kilobytes * 4))
    text = (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Акорда</title></head><body>'
        f'<nav><ul>{menu}</ul></nav><main id="main_block"><h2>{" ".join(chance.choices(WORDS, k=7))} {number}'
        f'</h2><div class="date">{at.day} {MONTHS[at.month - 1]} {at.year} года</div>'
        f"<article>{paragraphs}</article></main></body></html>"
    )
    return f"{AkordaSpider.home}/ru/port-otkryl-terminal-{100_000 + number}", at, text.encode()


def archive(path: Path, pages: int, kilobytes: int) -> None:
    """Write an archive of so many pages."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for number in range(pages):
            url, at, body = page(number, kilobytes)
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            date = at.isoformat().replace("+00:00", "Z")
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": date},
            )
            writer.write_record(record)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the program took."""

    processor: float  # seconds, its helpers' with it
    clock: float  # seconds
    memory: float  # MB at its peak


def replay(path: Path, db: Path) -> Run:
    """Replay an archive by the program itself."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "cli", "crawl", "akorda", "--db", str(db), "--archive", str(path)]
    child = subprocess.Popen(command, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"the replay ended with {child.returncode}")
    return Run(used.ru_utime + used.ru_stime, time.perf_counter() - begun, _megabytes(used))


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)  # kilobytes on Linux


def records(path: Path) -> list[Archived]:
    """Read every answer of an archive."""
    return [each for each in warc.read(path, lambda *_: True) if isinstance(each, Archived)]


def articles(answers: list[Archived]) -> int:
    """Read the articles of answers; gives how many there are."""
    facts, layouts = AkordaSpider.facts(), AkordaSpider.layouts
    read = 0
    for each in answers:
        html = each.body.decode()
        found = extract_page(html, url=each.url, now=each.at, outlet=facts, layouts=layouts)
        read += bool(attribute_article(normalise_article(found.article)).headline)
    return read


def main() -> int:
    """Print the table; gives 1 where a limit is not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--kilobytes", type=int, default=40)
    options = parser.parse_args()
    pages: int = options.pages
    few = max(1, pages // 5)
    with tempfile.TemporaryDirectory() as folder:
        whole, fifth = Path(folder, "whole.warc.gz"), Path(folder, "fifth.warc.gz")
        archive(whole, pages, options.kilobytes)
        archive(fifth, few, options.kilobytes)
        # First, while this process is small: a child's peak counts from what its parent held when it began.
        small = replay(fifth, Path(folder, "fifth.db"))
        large = replay(whole, Path(folder, "whole.db"))
        again = [replay(fifth, Path(folder, "fifth.db")), replay(whole, Path(folder, "whole.db"))]
        begun = time.process_time()
        answers = records(whole)
        alone = (time.process_time() - begun) / pages
        assert articles(answers[:20]) == min(20, pages)  # warm
        begun = time.process_time()
        assert articles(answers) == pages
        reading = (time.process_time() - begun) / pages
        size = sum(len(each.body) for each in answers) // pages // 1_000
    more = (large.processor - small.processor) / (pages - few)
    start = small.processor - few * more
    print(f"{f'{pages} pages of {size} kB':34}{'ms a page':>10}{'× records':>11}")
    skipped = (again[1].processor - again[0].processor) / (pages - few)
    rows = {"records": alone, "articles": reading, "replay": more, "replay, all stored": skipped}
    for name, seconds in rows.items():
        print(f"{name:34}{seconds * 1e3:10.2f}{seconds / alone:11.1f}")
    print(f"the start: {start:.1f} s; pages a second, start and all: {pages / large.clock:.0f}")
    print(f"replay / articles: {more / reading:.2f} (at most {TIME_LIMIT})")
    print(
        f"memory: {large.memory:.0f} MB, of a fifth {small.memory:.0f} MB: {large.memory / small.memory:.2f} "
        f"(at most {MEMORY_LIMIT})"
    )
    return int(more > TIME_LIMIT * reading or large.memory > MEMORY_LIMIT * small.memory)


if __name__ == "__main__":
    raise SystemExit(main())

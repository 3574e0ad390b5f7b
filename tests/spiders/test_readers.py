"""Pages that are read by processes of their own: what one of them does to its reader harms no other."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from items import Article
from spiders.akorda import AkordaSpider
from spiders.extract.layout import Hint
from spiders.support.nursery import Bounds, Nursery
from spiders.support.readers import Readers, readers
from spiders.support.reading import Answer, Reading, Step, read

URL = "https://www.akorda.kz/en/port-opens-{}"
PAGE = (
    '<html lang="en"><main id="main_block"><h2>Port opens {}</h2><div class="date">15 march 2024 year</div>'
    "<article><p>The President received the report of the port in Aktau.</p></article></main></html>"
)
BOUNDS = Bounds(seconds=1.0, memory=512 << 20)


def answer(number: int) -> Answer:
    return Answer(
        body=PAGE.format(number).encode(),
        url=URL.format(number),
        asked=URL.format(number),
        declared="utf-8",
        now=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
        outlet=AkordaSpider.facts(),
        layouts=AkordaSpider.layouts,
        hint=Hint(),
    )


def shout(article: Article) -> Article:
    """A step; and what pages may do to whoever reads them."""
    if article.headline.endswith(" 13"):
        os.kill(os.getpid(), signal.SIGKILL)
    while article.headline.endswith(" 14"):
        pass
    if article.headline.endswith(" 15"):
        return replace(article, headline=str(len(bytearray(1 << 30))))
    if article.headline.endswith(" 16"):
        raise ZeroDivisionError
    return replace(article, headline=f"{article.headline} by {os.getpid()}")


STEPS: tuple[tuple[str, Step], ...] = (("shout", shout),)


def all_read(lent: Readers, numbers: Sequence[int]) -> list[Reading]:
    async def every() -> list[Reading]:
        found = await asyncio.gather(*(lent.read(answer(number)) for number in numbers))
        await lent.dismiss()
        return found

    return asyncio.run(every())


@pytest.fixture
def lent() -> Iterator[Readers]:
    with readers(2, STEPS, BOUNDS) as found:
        assert found is not None
        yield found


def headline(reading: Reading) -> tuple[str, int]:
    assert reading.article is not None, reading
    told, _, pid = reading.article.headline.partition(" by ")
    return told, int(pid)


def test_pages_are_read_by_others_and_each_answer_is_its_own_page_s(lent: Readers) -> None:
    found = [headline(each) for each in all_read(lent, range(100, 160))]
    assert [told for told, _ in found] == [f"Port opens {number}" for number in range(100, 160)]
    assert len({pid for _, pid in found} - {os.getpid()}) == 2


def test_they_read_what_would_be_read_here(lent: Readers) -> None:
    (there,) = all_read(lent, [1])
    here = read(answer(1))
    assert here.article is not None
    assert there.article == replace(here.article, headline=there.article.headline if there.article else "")
    assert (there.problems, there.charset) == (here.problems, here.charset)


@pytest.mark.parametrize("number", [13, 14])
def test_a_page_that_ends_its_reader_is_lost_alone(lent: Readers, number: int) -> None:
    numbers = [*range(100, 110), number, *range(110, 120)]
    found = dict(zip(numbers, all_read(lent, numbers), strict=True))
    lost = found.pop(number)
    assert lost.article is None
    assert lost.error == "ReaderEnded while it was read"
    (problem,) = lost.problems
    assert (problem.outlet, problem.url, problem.field) == ("akorda", URL.format(number), "extraction")
    assert [headline(each)[0] for each in found.values()] == [f"Port opens {each}" for each in found]


def test_a_page_that_wants_too_much_memory_fails_and_its_reader_goes_on(lent: Readers) -> None:
    large, other = all_read(lent, [15, 100])
    assert ("shout", "MemoryError in this step") in {(each.field, each.why) for each in large.problems}
    assert headline(other)[0] == "Port opens 100"


def test_a_step_that_raises_costs_the_step_and_not_the_page() -> None:
    found = read(answer(16), STEPS)
    assert found.article == read(answer(16)).article
    assert ("shout", "ZeroDivisionError in this step") in {(each.field, each.why) for each in found.problems}
    assert "event=step_error step=shout" in found.faults[0]


def test_without_a_nursery_pages_are_read_here(lent: Readers) -> None:
    os.kill(nursery(lent)._pid, signal.SIGKILL)
    time.sleep(0.1)
    (found,) = all_read(lent, [1])
    assert headline(found) == ("Port opens 1", os.getpid())


def test_none_are_left_when_the_crawl_has_ended() -> None:
    assert left(lambda lent: all_read(lent, [1, 2, 3])) == set()


def test_a_page_without_end_holds_up_no_end() -> None:
    async def begin(lent: Readers) -> None:
        task = asyncio.ensure_future(lent.read(answer(14)))
        await asyncio.sleep(0.2)
        task.cancel()
        await lent.dismiss()

    begun = time.monotonic()
    assert left(lambda lent: asyncio.run(begin(lent))) == set()
    assert time.monotonic() - begun < 5


def left(work: Callable[[Readers], object]) -> set[int]:
    """Tell which processes outlive the readers."""
    with readers(2, STEPS, replace(BOUNDS, seconds=60)) as found:
        assert found is not None
        group = nursery(found)._pid
        work(found)
    alive = (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())
    return {pid for pid in alive if _group(pid) == group}


def nursery(lent: Readers) -> Nursery:
    return lent._nursery


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0

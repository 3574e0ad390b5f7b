"""What is called ill, and what is not: a wire, a weekly, a Sunday, a holiday, a layout that changed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.health import rules
from pipelines.health.calendar import windows
from pipelines.health.facts import Before, Facts, LastCrawl, Seen
from pipelines.health.judge import LONGEST_DELAY, judge, next_try, rests
from spiders.support.bounds import Bounds

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICE = frozenset({"lead", "author", "published", "images"})


def article(ago: timedelta, n: int = 0, **changed: object) -> Seen:
    seen = Seen(
        first_seen=NOW - ago,
        lang="ru",
        published=NOW - ago - HOUR,
        precision="minute",
        fields=OFFICE,
        by_layout=frozenset({"body", "headline"}),
        shape=f"в городе открыли {n} школу",
    )
    return replace(seen, **changed)  # type: ignore[arg-type]


def history(count: int = 200) -> list[Seen]:
    return [article(n * 2 * HOUR, n) for n in range(count)]


def crawl(outcome: str = "ok", errors: dict[str, int] | None = None, **counts: int) -> LastCrawl:
    began = NOW - HOUR
    return LastCrawl(began=began, ended=NOW, outcome=outcome, counts=counts, errors=errors or {})


def facts(**changed: object) -> Facts:
    known = Facts(
        outlet="a",
        first_crawl=NOW - 100 * DAY,
        last=crawl(),
        days=(40,) * 9,
        weeks=(280,) * 9,
        articles=tuple(history()),
        newest=NOW,
    )
    return replace(known, **changed)  # type: ignore[arg-type]


def test_a_usual_day_is_well() -> None:
    verdict = judge(facts(), NOW)
    assert (verdict.state, verdict.why, verdict.found, verdict.habit) == ("well", "", 40, 40)


@pytest.mark.parametrize(
    ("found", "earlier", "low"),
    [
        (3, (40, 38, 45, 41, 39, 44, 37, 42), True),
        (0, (12, 14, 9, 11, 13, 12, 10, 15), True),
        (30, (40, 38, 45, 41, 39, 44, 37, 42), False),  # a slow day
        (3, (40, 38, 45), False),  # too young to have a habit
        (3, (40, None, None, None, 38, None, 45, None), False),
        (5, (40, 3, 60, 8, 75, 2, 50, 6), False),  # it has no habit
        (0, (4, 3, 5, 4, 3, 4, 5, 4), False),  # so few that a day without is chance
        (4, (40, 38, 45, 41, 39, 0, 37, 42), True),  # an outage in the history hides nothing
    ],
)
def test_a_low_yield(found: int, earlier: Sequence[int | None], low: bool) -> None:
    assert rules.low_yield(found, earlier)[1] is low


def test_a_common_dip_excuses_all() -> None:
    earlier = (40, 38, 45, 41, 39, 44, 37, 42)
    assert rules.low_yield(8, earlier)[1]
    assert not rules.low_yield(8, earlier, fleet=0.25)[1]
    assert rules.low_yield(0, earlier, fleet=0.5)[1]


def test_chance_alone_calls_nobody_ill() -> None:
    chance = random.Random(7)

    def day(mean: float) -> int:  # a Poisson draw by its own definition
        count, at = 0, chance.expovariate(mean)
        while at < 1:
            count, at = count + 1, at + chance.expovariate(mean)
        return count

    alarms = sum(
        rules.low_yield(day(mean), [day(mean) for _ in range(8)])[1]
        for mean in (2, 8, 20, 60, 150)
        for _ in range(1500)
    )
    assert alarms <= 2  # of 7,500 outlet days


def test_the_first_weeks_raise_no_alarm() -> None:
    first = NOW - 15 * DAY
    seen = [first + n * HOUR for n in range(24 * 13)]
    crawled = [first + n * HOUR for n in range(24 * 15)]
    days = windows(seen, crawled, NOW, 1, first_crawl=first, country="KZ", zone="Asia/Almaty")
    assert days[0] == 0
    verdict = judge(facts(first_crawl=first, days=days, weeks=(), articles=()), NOW)
    assert verdict.state == "new"


def test_a_holiday_and_an_idle_day_do_not_count() -> None:
    now = datetime(2026, 12, 16, 12, tzinfo=UTC)
    every = [now - n * HOUR for n in range(24 * 90, 0, -1)]
    without = [each for each in every if not now - 8.5 * DAY < each < now - 6.5 * DAY]
    told = windows(every, without, now, 1, first_crawl=every[0], country="KZ", zone="Asia/Almaty")
    assert told[0] is None  # Independence Day
    assert told[1] is None  # nothing was crawled
    assert told[2] == 24


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"fields": OFFICE - {"author"}}, "no author in"),
        ({"by_layout": frozenset()}, "body not by the layout"),
        ({"published": NOW - 9 * DAY}, "dates are stuck"),
    ],
)
def test_a_change_of_the_layout_is_told(change: dict[str, object], word: str) -> None:
    articles = [
        article(NOW - each.first_seen, n, **(change if n < 36 else {})) for n, each in enumerate(history())
    ]
    verdict = judge(facts(articles=tuple(articles)), NOW)
    assert verdict.state == "ill"
    assert word in verdict.why


def test_an_edition_that_lacks_a_field_is_no_change() -> None:
    kazakh = {"lang": "kk", "fields": OFFICE - {"author"}}
    articles = [
        article(n * 2 * HOUR, n, **(kazakh if n < 36 or n % 4 == 0 else {})) for n in range(200)
    ]  # fmt: skip
    assert judge(facts(articles=tuple(articles)), NOW).state == "well"


def test_a_page_that_blocks_is_told() -> None:
    same = [article(timedelta(minutes=n), n, shape="checking your browser before") for n in range(6)]
    assert "same body" in judge(facts(articles=(*same, *history())), NOW).why


@pytest.mark.parametrize(
    ("last", "word"),
    [
        (crawl("failed", {"the listing holds no article among 40 links": 1}, listings=1), "hold no article"),
        (crawl("failed", {"redirected to another site, consent.a.kz": 3}, listings=3), "page of consent"),
        (crawl("failed", robots_refused=3), "robots.txt forbids"),
        (crawl("failed", {"status 503": 2}, listings=2), "status 503"),
        (
            replace(crawl(asked=6), landings={"https://a.kz/gdpr": 6}),
            "articles led to a page of consent: https://a.kz/gdpr",
        ),
    ],
)
def test_a_crawl_tells_by_itself(last: LastCrawl, word: str) -> None:
    verdict = judge(facts(last=last), NOW)
    assert verdict.state == "ill"
    assert word in verdict.why


def test_declared_bounds_are_told_apart() -> None:
    bounds = Bounds(articles_a_week=(300, 900), newest=2 * DAY, coverage={"author": 0.9, "tags": 0.5})
    verdict = judge(facts(newest=NOW - 3 * DAY), NOW, bounds=bounds)
    assert len(verdict.broken_bounds) == 3
    assert all(each in verdict.why for each in verdict.broken_bounds)
    assert not judge(facts(weeks=(400,) * 9), NOW, bounds=Bounds(articles_a_week=(300, 900))).broken_bounds


def test_failures_are_put_off_longer_and_longer_but_not_ours() -> None:
    before = Before()
    waits = []
    for n in range(9):
        now = NOW + n * DAY
        verdict = judge(facts(last=crawl("failed"), before=before), now)
        before = Before(
            state=verdict.state, since=verdict.since, failures=verdict.failures, failed_at=verdict.failed_at
        )
        waits.append(verdict.next_try and verdict.next_try - now)
    assert waits == [None, None, *(n * HOUR for n in (1, 2, 4, 8, 12, 12, 12))]
    assert before.since == NOW
    at_once = judge(facts(last=crawl("failed"), before=before), NOW + 8 * DAY + HOUR / 6)
    assert at_once.failures == before.failures
    assert judge(facts(last=crawl("failed"), before=before), NOW + 9 * DAY, online=False).next_try is None
    well = judge(facts(before=before), NOW + 9 * DAY)
    assert (well.failures, well.next_try, well.state) == (0, None, "well")


@given(st.integers(0, 10_000), st.timedeltas(-1000 * DAY, 1000 * DAY))
def test_nobody_rests_longer_than_the_longest(failures: int, off: timedelta) -> None:
    at = next_try(failures, NOW)
    assert at is None or at <= NOW + LONGEST_DELAY
    if rests(at, NOW + off):
        assert at is not None
        assert at - (NOW + off) <= LONGEST_DELAY

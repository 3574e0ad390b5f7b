from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.rhythm import Rhythm, rhythm_of

START = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)


def every(minutes: int, count: int = 40) -> list[datetime]:
    return [START + timedelta(minutes=minutes * number) for number in range(count)]


@pytest.mark.parametrize(
    ("minutes", "ttl", "period", "frequency"),
    [
        (5, 15, "hourly", 4),
        (30, 15, "hourly", 4),
        (60, 30, "hourly", 2),
        (119, 30, "hourly", 2),
        (120, 60, "hourly", 1),
        (240, 120, "daily", 12),
        (24 * 60, 720, "daily", 2),
        (30 * 24 * 60, 720, "daily", 2),
    ],
)
def test_half_the_usual_pause_rounded_down(minutes: int, ttl: int, period: str, frequency: int) -> None:
    found = rhythm_of(every(minutes))
    assert (found.ttl, found.period, found.frequency) == (ttl, period, frequency)


def test_too_little_is_no_rhythm() -> None:
    assert rhythm_of([]) == rhythm_of(every(1000, 7)) == Rhythm()


def test_what_one_crawl_brings_is_one_change() -> None:
    bursts = [moment + timedelta(seconds=n) for moment in every(240) for n in range(30)]
    assert rhythm_of(bursts).ttl == 120


def day(hours: range, days: int) -> list[datetime]:
    return [START + timedelta(days=number, hours=hour) for number in range(days) for hour in hours]


def test_hours_that_are_always_silent_are_skipped_with_an_hour_to_spare() -> None:
    assert rhythm_of(day(range(3, 19), 30)).skip_hours == (0, 1, 20, 21, 22, 23)
    assert rhythm_of(day(range(3, 19), 20)).skip_hours == ()  # three weeks are no habit
    assert rhythm_of([*day(range(3, 19), 30), START + timedelta(days=9, hours=22)]).skip_hours == (0, 1, 20)


def test_a_feed_with_one_hour_a_day_has_no_hours() -> None:
    assert rhythm_of(day(range(3, 4), 60)).skip_hours == ()


@given(st.lists(st.datetimes(timezones=st.just(UTC)), max_size=60))
def test_any_times_give_hints_that_are_valid(times: list[datetime]) -> None:
    found = rhythm_of(times)
    assert 15 <= found.ttl <= 720
    assert len(set(found.skip_hours) & set(range(24))) == len(found.skip_hours) <= 12
    assert found == rhythm_of(reversed(times))

"""`Retry-After` read: whatever stands there, what comes of it is a bounded wait or none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.support.retry_after import LONGEST, told, wait_asked

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 007 ", 7),
        ("43199", 43_199),
        ("43201", 43_200),
        ("100000000000000000000", 43_200),
        ("9" * 10_000, 43_200),
        ("Wed, 25 Nov 2026 12:01:30 GMT", 90),
        ("Wednesday, 25-Nov-26 12:01:30 GMT", 90),  # RFC 850, which recipients must read (RFC 9110, 5.6.7)
        ("Wed Nov 25 12:01:30 2026", 90),  # asctime
        ("Wed, 25 Nov 2026 17:01:30 +0500", 90),
        ("Tue, 24 Nov 2026 12:00:00 GMT", 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 43_200),
    ],
)
def test_seconds_and_dates(value: str, seconds: int) -> None:
    assert wait_asked([value], NOW) == seconds * SECOND


@pytest.mark.parametrize(
    "value",
    ["", "-5", "+5", "1.5", "1e3", "0x10", "٣٠", "soon", "NaN", "inf", "120 s",
     "Wed, 31 Feb 2026 12:00:00 GMT", "Wed, 25 Nov 99999 12:00:00 GMT",
     "Wed, 25 Nov 2026 99:99:99 GMT", "\x00", "2026-11-25T12:00:00Z"],
)  # fmt: skip
def test_what_is_neither_asks_for_nothing(value: str) -> None:
    assert wait_asked([value], NOW) is None


def test_of_several_the_longest_holds_and_garbage_is_none_of_them() -> None:
    assert wait_asked(["5", "soon", "30", "-1"], NOW) == 30 * SECOND
    assert wait_asked([], NOW) is None


@pytest.mark.parametrize("skew", [-86_400, -3600, 0, 3600, 86_400 * 365])
def test_a_date_is_meant_by_the_server_s_own_clock(skew: int) -> None:
    its = NOW + skew * SECOND
    told_at, until = format_datetime(its, usegmt=True), format_datetime(its + 45 * SECOND, usegmt=True)
    assert wait_asked([until], NOW, told_at) == 45 * SECOND


def test_a_clock_that_cannot_be_read_is_ours() -> None:
    assert wait_asked(["Wed, 25 Nov 2026 12:00:20 GMT"], NOW, "now") == 20 * SECOND


@given(st.lists(st.text() | st.from_regex(r"[-+]?[0-9]{1,30}", fullmatch=True)), st.none() | st.text())
def test_whatever_comes_the_wait_is_bounded(values: list[str], date: str | None) -> None:
    wait = wait_asked(values, NOW, date)
    assert wait is None or timedelta(0) <= wait <= LONGEST


def test_what_is_told_names_the_moment_in_utc() -> None:
    assert told(NOW.astimezone()) == "asked to come back at 2026-11-25T12:00:00Z"

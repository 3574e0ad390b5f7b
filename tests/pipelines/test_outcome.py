from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from items import Fetch, FetchKind, Page, Problem
from pipelines.outcome import judge, tally

WELL = Counter(listings=3, asked=20, read=20)


def page(status: int, *, kind: FetchKind = "article", error: str | None = None) -> Page:
    fetch = Fetch(
        outlet="a",
        kind=kind,
        url="https://a.kz/1",
        at=datetime(2026, 11, 25, tzinfo=UTC),
        status=status,
        error=error,
    )
    return Page(
        fetch=fetch,
        problems=(Problem(outlet="a", url="https://a.kz/1", field="fetch", why="x"),) if error else (),
    )


@pytest.mark.parametrize(
    ("each", "counted"),
    [
        (page(304), {"asked": 1, "not_modified": 1}),
        (page(410, error="x"), {"asked": 1, "gone": 1, "problems": 1}),
        (page(503, error="x"), {"asked": 1, "failed": 1, "passing": 1, "problems": 1}),
        (page(0, error="x"), {"asked": 1, "failed": 1, "passing": 1, "problems": 1}),
        (page(200, error="x"), {"asked": 1, "failed": 1, "problems": 1}),
        (page(200, kind="listing"), {"listings": 1}),
        (page(500, kind="feed", error="x"), {"listings": 1, "listings_failed": 1, "problems": 1}),
    ],
)
def test_tally(each: Page, counted: dict[str, int]) -> None:
    answered = {"answered": 1} if each.fetch.status else {}
    assert dict(+tally(each)) == {"pages": 1, **answered, **counted}


@pytest.mark.parametrize(
    ("counts", "reason", "bounded", "errors", "outcome"),
    [
        (WELL, "finished", False, 0, "ok"),
        (Counter(listings=1), "finished", False, 0, "ok"),  # nothing new
        (WELL, "finished", True, 0, "partial"),
        (WELL, "closespider_timeout", False, 0, "partial"),
        (WELL + Counter(failed=1, passing=1), "finished", False, 0, "partial"),
        (WELL + Counter(failed=1), "finished", False, 0, "ok"),  # a page that cannot be read stays so
        (WELL, "shutdown", False, 0, "interrupted"),
        (WELL, "finished", False, 1, "failed"),
        (WELL + Counter(listings_failed=1), "finished", False, 0, "failed"),
        (Counter(), "finished", False, 0, "failed"),
        (Counter(listings=1, asked=20, failed=11), "finished", False, 0, "failed"),
        (Counter(listings=1, asked=20, failed=10), "finished", False, 0, "ok"),
        (Counter(listings=1, asked=1, failed=1), "finished", False, 0, "ok"),  # one is no rule
        (Counter(listings=1, asked=3, failed=3), "finished", False, 0, "failed"),
    ],
)
def test_judge(counts: Counter[str], reason: str, bounded: bool, errors: int, outcome: str) -> None:
    found, why = judge(counts, reason=reason, bounded=bounded, errors=errors)
    assert found == outcome
    assert why


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        (Counter(listings=1, asked=2, read=1, failed=1, put_off=9), "partial"),
        (Counter(listings=2, listings_failed=1, asked=5, read=5), "partial"),
        (Counter(listings=1, listings_failed=1), "failed"),  # nothing came
        (Counter(listings=1, asked=2, failed=2, put_off=9), "failed"),
        (Counter(), "failed"),
    ],
)
def test_an_outlet_that_sent_us_away_failed_only_where_nothing_came(
    counts: Counter[str], outcome: str
) -> None:
    later = datetime(2026, 11, 25, 18, tzinfo=UTC)
    found, why = judge(counts, reason="finished", bounded=False, errors=0, not_before=later)
    assert found == outcome
    assert "asked to come back at 2026-11-25T18:00:00Z" in why

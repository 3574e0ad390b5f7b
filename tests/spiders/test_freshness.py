from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spiders.support.answers import validators
from spiders.support.freshness import UNREADABLE, YOUNG, Known, worth_asking

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
HEADLINE = "Жаңа теміржолдың ұзындығы 320 шақырым болады"


def known(
    *, waited: timedelta, age: timedelta = timedelta(hours=1), status: int = 200, article: bool = True
) -> Known:
    return Known(
        asked_at=NOW - waited,
        status=status,
        headlines=(HEADLINE,) if article else (),
        first_seen=NOW - age if article else None,
    )


def test_what_was_never_asked_for_is_asked() -> None:
    assert worth_asking(None, HEADLINE, NOW)


def test_another_headline_is_asked_at_once() -> None:
    old = known(waited=timedelta(minutes=1), age=timedelta(days=300))
    assert worth_asking(old, HEADLINE.replace("320", "230"), NOW)
    assert not worth_asking(old, HEADLINE.upper() + " ", NOW)
    assert not worth_asking(old, HEADLINE[:30] + "…", NOW)
    assert not worth_asking(old, None, NOW)


def test_a_young_article_is_looked_at_again_at_growing_intervals() -> None:
    asked_at = first = NOW
    looks = 0
    moment = NOW
    while moment < NOW + 2 * YOUNG:
        moment += timedelta(minutes=5)
        page = Known(asked_at=asked_at, status=200, headlines=(HEADLINE,), first_seen=first)
        if worth_asking(page, HEADLINE, moment):
            asked_at = moment
            looks += 1
    assert 6 <= looks <= 12
    assert asked_at < NOW + YOUNG


@pytest.mark.parametrize("status", [404, 410])
def test_gone_stays_gone(status: int) -> None:
    assert not worth_asking(known(waited=timedelta(days=9), status=status, article=False), HEADLINE, NOW)


@pytest.mark.parametrize("status", [0, 408, 429, 500, 503])
def test_a_failure_of_the_moment_is_asked_again(status: int) -> None:
    assert worth_asking(known(waited=timedelta(minutes=1), status=status, article=False), HEADLINE, NOW)


def test_an_unreadable_page_waits() -> None:
    assert not worth_asking(known(waited=UNREADABLE / 2, article=False), HEADLINE, NOW)
    assert worth_asking(known(waited=UNREADABLE, article=False), HEADLINE, NOW)


def test_validators_are_what_the_server_sent() -> None:
    page = Known(asked_at=NOW, status=200, etag='W/"a"', last_modified="Wed, 25 Nov 2026 09:00:00 GMT")
    assert validators(page) == {
        "If-None-Match": 'W/"a"',
        "If-Modified-Since": "Wed, 25 Nov 2026 09:00:00 GMT",
    }
    assert validators(None) == {}

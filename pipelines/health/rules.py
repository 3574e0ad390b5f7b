"""The rules: each gives what is wrong, in words for an operator, or nothing.

The statistics are robust, for a history holds bad days itself: medians, and the median of absolute deviations
(MAD). Counts are compared as 2·√(n + 3/8), whose spread is about 1 whatever the mean (Anscombe 1948, "The
transformation of Poisson, binomial and negative-binomial data"): one limit serves a wire and a weekly.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median

from pipelines.health.facts import Facts, LastCrawl, Seen
from spiders.support.bounds import Bounds

WEEKS_NEEDED = 4  # of a history, before a yield is called low: no alarm in the first weeks
LOW = 4.5  # standard deviations below the habit; chance alone does that once in 300,000 times
A_DAY_IS_ENOUGH = 12  # articles that a usual day brings, for a day to be judged; else the week is
RECENT = timedelta(days=3)  # articles of so long are compared with those before
RECENT_NEEDED, EARLIER_NEEDED = 10, 50  # of them, for a field to be judged
UNLIKELY = 1e-6  # chance of so few articles with a field, were nothing changed
ALIKE, ALIKE_NEEDED = 0.6, 5  # share of new articles with one beginning, and how many
LED_AWAY = 0.5  # share of requests that ended at one and the same other page
BOUND_SAMPLE = 20  # articles that a declared coverage is measured on
_CONSENT = ("consent", "gdpr", "privacy", "cookie", "captcha", "challenge", "login", "signin", "blocked")


def crawl_faults(last: LastCrawl | None) -> Iterator[str]:
    """Tell what the last crawl says by itself: all forbidden, an empty listing, led away."""
    if last is None:
        return
    counts = last.counts
    answered = counts.get("listings", 0) + counts.get("asked", 0)
    if counts.get("robots_refused") and not answered:
        yield "robots.txt forbids all that is asked for"
    empty = sum(n for why, n in last.errors.items() if why.startswith("the listing holds no article"))
    if empty:
        yield f"{empty} listings hold no article: the layout changed, or a page of another kind is served"
    for why, n in last.errors.items():
        if why.startswith("redirected to another site") and n >= max(2, LED_AWAY * answered):
            kind = "a page of consent" if any(word in why for word in _CONSENT) else "another site"
            yield f"{n} of {answered} requests were redirected to {kind} ({why.rpartition(' ')[2]})"
    for where, n in last.landings.items():
        if n >= max(3, LED_AWAY * counts.get("asked", 0)):
            kind = "a page of consent" if any(word in where for word in _CONSENT) else "one page"
            yield f"{n} articles led to {kind}: {where}"
    if last.outcome == "failed":
        most = max(last.errors.items(), key=lambda each: each[1], default=("", 0))
        yield "the last crawl failed" + (f": {most[0]} (of {most[1]} requests)" if most[0] else "")


def low_yield(found: int, earlier: Sequence[int | None], fleet: float = 1.0) -> tuple[float | None, bool]:
    """Compare a window's count with the same window of earlier weeks.

    Args:
        found: articles in the window that ends now.
        earlier: the same window a week ago, two weeks ago …; None where it does not count.
        fleet: how the other outlets of its country do today, as a share of their habits: on a day when all
            are quiet, none is ill.

    Returns:
        The habit, where there is one, and whether `found` is far below it.
    """
    known = [count for count in earlier if count is not None]
    if len(known) < WEEKS_NEEDED:
        return None, False
    habit = float(median(known))
    usual = [_steady(count * min(1.0, fleet)) for count in known]
    middle = median(usual)
    spread = max(1.0, 1.4826 * median([abs(each - middle) for each in usual]))  # MAD of a normal distribution
    low = (middle - _steady(found)) / spread > LOW and found < habit * min(1.0, fleet) / 2
    return habit, low


def _steady(count: float) -> float:
    return 2 * math.sqrt(count + 0.375)


def lost_fields(articles: Sequence[Seen], now: datetime) -> Iterator[str]:
    """Tell which fields are missing that used to be there, and what the layout no longer gives.

    What is expected is mixed as the recent articles are of languages: an edition may lack a field for ever.
    """
    recent = [each for each in articles if each.first_seen > now - RECENT]
    earlier = [each for each in articles if each.first_seen <= now - RECENT]
    if len(recent) < RECENT_NEEDED or len(earlier) < EARLIER_NEEDED:
        return
    for what, of in (("no {}", "fields"), ("{} not by the layout", "by_layout")):
        names = set().union(*(getattr(each, of) for each in earlier))
        for name in sorted(names):
            expected = _expected(recent, earlier, name, of)
            has = sum(name in getattr(each, of) for each in recent)
            usual = expected / len(recent)
            if usual >= 0.5 and has < expected / 2 and _chance(has, len(recent), usual) < UNLIKELY:
                told = f"{what.format(name)} in {len(recent) - has} of {len(recent)} articles"
                yield f"{told}, usually {1 - usual:.0%}: the layout changed"


def _expected(recent: Sequence[Seen], earlier: Sequence[Seen], name: str, of: str) -> float:
    held: Counter[str] = Counter(each.lang for each in earlier if name in getattr(each, of))
    total = Counter(each.lang for each in earlier)
    return sum(held[each.lang] / total[each.lang] if total[each.lang] else 0.0 for each in recent)


def _chance(at_most: int, of: int, share: float) -> float:
    """The chance of `at_most` successes or fewer in `of` trials (binomial)."""
    share = min(share, 0.99)  # a field that was always there may be absent once
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(at_most + 1))


def stuck_dates(articles: Sequence[Seen], now: datetime) -> Iterator[str]:
    """Tell that new articles all bear one date: of the page's template, or of the day it was rebuilt."""
    recent = [each for each in articles if each.first_seen > now - RECENT and each.published is not None]
    if len(recent) < RECENT_NEEDED:
        return
    (value, precision), count = Counter((each.published, each.precision) for each in recent).most_common(1)[0]
    alike = [each.first_seen for each in recent if each.published == value]
    span = max(alike) - min(alike)
    if count >= 0.8 * len(recent) and span > timedelta(days=2 if precision == "day" else 0, hours=6):
        yield f"dates are stuck: {count} of {len(recent)} articles are all of {value:%Y-%m-%d %H:%M}"


def alike_bodies(articles: Sequence[Seen], began: datetime | None) -> Iterator[str]:
    """Tell that the last crawl's new articles all begin alike: a page that blocks, served as the article."""
    new = [each for each in articles if began is not None and each.first_seen >= began and each.shape]
    if len(new) < ALIKE_NEEDED:
        return
    shape, count = Counter(each.shape for each in new).most_common(1)[0]
    if count >= ALIKE * len(new) and count >= ALIKE_NEEDED:
        yield f"{count} of {len(new)} new articles have the same body: a page that blocks? ({shape[:40]}…)"


def broken_bounds(facts: Facts, bounds: Bounds, now: datetime) -> Iterator[str]:
    """Tell which of the declared bounds do not hold."""
    least, most = bounds.articles_a_week
    week = facts.weeks[0] if facts.weeks else None
    crawled_for = now - (facts.first_crawl or now)
    if week is not None and crawled_for >= timedelta(days=7):
        if least is not None and week < least:
            yield f"{week} articles in a week; at least {least} are declared"
        if most is not None and week > most:
            yield f"{week} articles in a week; at most {most} are declared"
    if bounds.newest is not None and facts.newest is not None and now - facts.newest > bounds.newest:
        yield f"the newest article is of {facts.newest:%Y-%m-%d}; declared: {bounds.newest.days} days at most"
    sample = facts.articles[:BOUND_SAMPLE]
    for name, share in sorted(bounds.coverage.items()):
        has = sum(name in each.fields for each in sample)
        if len(sample) == BOUND_SAMPLE and has < share * len(sample):
            yield f"{name} in {has} of {len(sample)} articles; declared is {share:.0%}"

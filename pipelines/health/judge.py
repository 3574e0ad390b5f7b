"""The verdict: what the rules say of an outlet taken together, and when it is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median

from pipelines.health import rules
from pipelines.health.facts import Facts, State, Verdict
from spiders.support.bounds import Bounds

FREE_TRIES = 2  # failed crawls in a row that put nothing off
FIRST_DELAY = timedelta(hours=1)
LONGEST_DELAY = timedelta(hours=12)
ONE_FAILURE = timedelta(minutes=15)  # failed crawls within it count once: a person trying is no outage
FLEET = 4  # outlets of a country with a habit, before their common dip excuses one
_FAILED, _GOOD = "failed", ("ok", "partial")


def judge(
    facts: Facts, now: datetime, *, bounds: Bounds | None = None, online: bool = True, fleet: float = 1.0
) -> Verdict:
    """Judge an outlet after its crawl.

    Args:
        facts: what is known of it.
        now: aware.
        bounds: what its file declares.
        online: whether any outlet answered in this run. If none did, the fault is ours, and puts nothing off.
        fleet: see `rules.low_yield`.
    """
    before, last = facts.before, facts.last
    failed = last is not None and last.outcome == _FAILED
    good = last is not None and last.outcome in _GOOD
    why = list(dict.fromkeys(rules.crawl_faults(last)))
    found, habit, span = None, None, None
    for days, counts in ((1, facts.days), (7, facts.weeks)):
        if counts and counts[0] is not None:
            usual, low = rules.low_yield(counts[0], counts[1:], fleet)
            if usual is not None and (days == 7 or usual >= rules.A_DAY_IS_ENOUGH):
                found, habit, span = counts[0], usual, days
                if low:
                    what = "a day" if days == 1 else "a week"
                    why.append(f"{found} articles in {what}, usually {habit:.0f}")
                break
    why += rules.lost_fields(facts.articles, now)
    why += rules.stuck_dates(facts.articles, now)
    why += rules.alike_bodies(facts.articles, last.began if last else None)
    broken = tuple(rules.broken_bounds(facts, bounds or Bounds(), now))
    why += broken
    state: State = "ill" if why else "well" if habit is not None else "new"
    failures, failed_at = before.failures, before.failed_at
    if good:
        failures, failed_at = 0, None
    elif failed and online and (failed_at is None or abs(now - failed_at) >= ONE_FAILURE):
        failures, failed_at = failures + 1, now
    kept = before.since is not None and before.state == state
    return Verdict(
        state=state,
        why="; ".join(why),
        since=before.since if kept and before.since is not None else now,
        last_success=last.ended if good and last is not None else before.last_success,
        failures=failures,
        failed_at=failed_at,
        next_try=None if good or not online else next_try(failures, failed_at),
        found=found,
        habit=habit,
        span_days=span,
        broken_bounds=broken,
    )


def next_try(failures: int, failed_at: datetime | None) -> datetime | None:
    """Give when an outlet is asked again: at once at first, then after delays that double."""
    if failed_at is None or failures <= FREE_TRIES:
        return None
    doublings = min(failures - FREE_TRIES - 1, 10)
    return failed_at + min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def rests(next_try: datetime | None, now: datetime) -> bool:
    """Tell whether an outlet is left alone now. A time beyond the longest delay was set by a wrong clock."""
    return next_try is not None and now < next_try <= now + LONGEST_DELAY


def fleet_today(every: Mapping[str, Facts]) -> float:
    """Give how outlets of one country do today, as the median share of their habits; 1 where too few tell."""
    shares = []
    for facts in every.values():
        if facts.days and facts.days[0] is not None and facts.last and facts.last.outcome in _GOOD:
            usual, _ = rules.low_yield(facts.days[0], facts.days[1:])
            if usual:
                shares.append(facts.days[0] / usual)
    return min(1.0, median(shares)) if len(shares) >= FLEET else 1.0


def retired(facts: Facts, now: datetime) -> Verdict:
    """Give the verdict on an outlet that no file declares any more."""
    before = facts.before
    verdict = Verdict(
        state="retired",
        why="",
        since=now,
        last_success=before.last_success,
        failures=0,
        failed_at=None,
        next_try=None,
    )
    return replace(verdict, since=before.since) if before.state == "retired" and before.since else verdict

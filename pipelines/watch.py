"""After a run: every outlet judged by the rules of `pipelines.health`, the verdicts stored."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from pipelines.health.facts import Facts, Verdict
from pipelines.health.judge import fleet_today, judge, rests, retired
from pipelines.runner import Crawled
from pipelines.store import Store
from spiders.base import OutletSpider

logger = logging.getLogger(__name__)


def watch(
    store: Store, prepared: Mapping[str, type[OutletSpider]], results: Iterable[Crawled], now: datetime
) -> dict[str, Verdict]:
    """Judge the outlets that were crawled, and retire those that are declared no more.

    Args:
        store: open for writing.
        prepared: every outlet's spider.
        results: of the crawls of this run; those that were interrupted say nothing of their outlet.
        now: aware.

    Returns:
        The verdicts on the outlets crawled, by name.
    """
    crawled = [each for each in results if each.outcome != "interrupted" and each.outlet in prepared]
    online = any(each.counts.get("answered", 0) for each in crawled)
    facts = {each.outlet: store.book.facts(each.outlet, now) for each in crawled}
    by_country: dict[str, dict[str, Facts]] = defaultdict(dict)
    for name, known in facts.items():
        by_country[prepared[name].country][name] = known
    fleets = {country: fleet_today(every) for country, every in by_country.items()}
    verdicts = {
        name: judge(
            known,
            now,
            bounds=prepared[name].bounds,
            online=online,
            fleet=fleets[prepared[name].country],
        )
        for name, known in facts.items()
    }
    states = store.book.states()
    gone = [name for name, held in states.items() if name not in prepared and held.state != "retired"]
    with store.transaction():
        for name, verdict in verdicts.items():
            store.book.judged(name, verdict, now)
        for name in gone:
            store.book.judged(name, retired(store.book.facts(name, now), now), now)
    for name, verdict in verdicts.items():
        if verdict.state == "ill":
            logger.warning("event=ill outlet=%s why=%r", name, verdict.why)
    return verdicts


def resting(store: Store, now: datetime) -> dict[str, datetime]:
    """Give the outlets that are left alone for now, with when they are asked again.

    They failed, and are tried after longer and longer delays; or they asked for it themselves.
    """
    held = store.book.states().items()
    failed = {name: each.next_try for name, each in held if each.next_try and rests(each.next_try, now)}
    asked = asked_to_wait(store, now)
    return {name: max(filter(None, (failed.get(name), asked.get(name)))) for name in failed | asked}


def asked_to_wait(store: Store, now: datetime) -> dict[str, datetime]:
    """Give the outlets that asked to be left alone for now, with when they may be asked again."""
    return {name: until for name, until in store.book.not_before().items() if rests(until, now)}

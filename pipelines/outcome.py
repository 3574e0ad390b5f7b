"""What a crawl comes to: counted page by page, judged by bounds of our own. Pure."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Literal

from items import Page
from spiders.support.freshness import GONE, passing
from spiders.support.retry_after import told

Outcome = Literal["ok", "partial", "failed", "interrupted"]

TOLD_TO_STOP = "told to stop"
FEW = 2  # failed articles that fail no outlet, however few were asked for


def tally(page: Page) -> Counter[str]:
    """Count one page, under the names that a crawl's counts bear.

    `pages`, and of them `answered`, whatever with; of listings `listings` and `listings_failed`; of articles
    `asked`, `read`, `not_modified`, `gone`, `failed` (of these `passing`: worth another try); `problems`.
    """
    fetch = page.fetch
    counts = Counter(pages=1, problems=len(page.problems), answered=int(fetch.status > 0))
    if fetch.kind != "article":
        counts["listings"] = 1
        counts["listings_failed"] = int(fetch.error is not None)
        return counts
    counts["asked"] = 1
    if page.article is not None:
        counts["read"] = 1
    elif fetch.status == 304:
        counts["not_modified"] = 1
    elif fetch.status in GONE:
        counts["gone"] = 1
    else:
        counts["failed"] = 1
        counts["passing"] = int(passing(fetch.status))
    return counts


def judge(
    counts: Counter[str],
    *,
    reason: str,
    bounded: bool,
    errors: int,
    replayed: bool = False,
    broken: str = "",
    clock_behind: bool = False,
    not_before: datetime | None = None,
) -> tuple[Outcome, str]:
    """Judge a crawl that has ended.

    Args:
        counts: the sum of `tally` over its pages.
        reason: why it ended, in Scrapy's words: "finished", "shutdown", "closespider_timeout" …
        bounded: it was told to leave something out.
        errors: exceptions in the spider's own code, and pages that a step of ours did not take.
        replayed: its pages came out of an archive, which has no listings.
        broken: why the store took no more pages; "" if it took all. No fault of the outlet's.
        clock_behind: the outlet's last crawl was later by the clock of its day: dates cannot be judged well.
        not_before: when the outlet asked to come back, aware, where that ended the crawl.

    Returns:
        The outcome and why. `failed`: a listing could not be had, or nothing answered, or more than half of
        the articles failed, or an error of our own, or the outlet sent us away before anything came.
        `partial`: nothing is wrong, yet not all was seen (it may have sent us away later), so the next crawl
        must not take the first known page for the end. `interrupted`: it was told to stop, or the
        store failed.
    """
    if reason == "shutdown":
        return "interrupted", TOLD_TO_STOP
    if broken:
        return "interrupted", broken
    if errors:
        return "failed", f"{errors} errors of our own; see the log"
    if not_before is not None:
        put_off = f"{told(not_before)}; {counts['put_off']} requests put off"
        listed = counts["listings"] > counts["listings_failed"]
        came = counts["read"] + counts["not_modified"] + counts["gone"]
        return "partial" if listed and (came or not counts["asked"]) else "failed", put_off
    if counts["listings_failed"]:
        return "failed", f"{counts['listings_failed']} of {counts['listings']} listings could not be had"
    if not counts["listings"] and not replayed:
        return "failed", f"nothing answered ({reason})"
    if counts["failed"] > max(FEW, counts["asked"] / 2):
        return "failed", f"{counts['failed']} of {counts['asked']} articles could not be read"
    if reason != "finished":
        return "partial", f"ended early: {reason}"
    if replayed:
        return "partial", "read from an archive"
    if bounded:
        return "partial", "bounded on request"
    if clock_behind:
        return "partial", "the clock was set back"
    if counts["passing"]:
        return "partial", f"{counts['passing']} articles are worth another try"
    return "ok", "all well"

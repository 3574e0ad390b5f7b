"""Outlets that ask to be left alone for a while, each in its way."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.crawls.fleet import Answer, Site, World, outlet
from tests.faults.scenario import TEXT, article, feed
from tests.faults.wire import Wire

MOST = 3  # seconds that a crawl waits, in this suite
SETTINGS = {"JARSHY_RETRY_AFTER_MOST": MOST, "RETRY_TIMES": 2}
BUSY, AWAY = "429 Too Many Requests", "503 Service Unavailable"
HEADLINE = "В регионах построят больницы: статья"
_PLACES = ("больниц", "дорог", "мостов", "школ", "театров", "вокзалов")


def good(number: int) -> Answer:
    text = TEXT.replace("больниц", _PLACES[number])
    return lambda wire: wire.answer(article(f"статья {number}", text).encode())


def saying(status: str, *headers: str) -> Answer:
    return lambda wire: wire.answer(b"", *headers, status=status)


def date(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def site(name: str, **changed: Answer) -> Site:
    """Give five articles and their feed; `a2=` changes /a/2, `feed=` and `robots=` what their names say."""
    host = f"{name}.example.kz"
    paths = [f"/a/{number}" for number in range(1, 6)]
    plain: Site = {f"/a/{number}": good(number) for number in range(1, 6)}
    listed = feed(host, *paths)
    for number in range(1, 6):
        listed = listed.replace(b"<title>/a/%d<" % number, f"<title>{HEADLINE} {number}<".encode())
    plain["/feed"] = lambda wire: wire.answer(listed, kind="application/rss+xml")
    at = {"feed": "/feed", "robots": "/robots.txt"}
    return {**plain, **{at.get(key, f"/a/{key[1:]}"): answer for key, answer in changed.items()}}


class Once:
    """Says something the first time, and then what is right."""

    def __init__(self, first: Answer, then: Answer) -> None:
        self.first, self.then = first, then
        self.came: Counter[str] = Counter()

    def __call__(self, wire: Wire) -> Wire:
        self.came[wire.path] += 1
        (self.first if self.came[wire.path] == 1 else self.then)(wire)
        return wire


SITES = {
    "well": site("well"),
    "short": site("short", a2=Once(saying(BUSY, "Retry-After: 2"), good(2))),
    # Its clock is two hours ahead: the date means two seconds from its own now.
    "by-date": site(
        "by-date",
        a2=Once(
            lambda wire: saying(AWAY, f"Date: {date(7200)}", f"Retry-After: {date(7202)}")(wire), good(2)
        ),
    ),
    "past": site("past", a2=Once(lambda wire: saying(AWAY, f"Retry-After: {date(-86400)}")(wire), good(2))),
    "long": site("long", a1=saying(BUSY, "Retry-After: 3600")),
    "far-date": site("far-date", feed=saying(AWAY, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")),
    "vast": site("vast", feed=saying(BUSY, "Retry-After: 100000000000000000000")),
    "negative": site("negative", a2=Once(saying(BUSY, "Retry-After: -5"), good(2))),
    "garbage": site("garbage", a2=Once(saying(AWAY, "Retry-After: soon, \xe9 9999999999999 GMT"), good(2))),
    "robots": site("robots", robots=saying(AWAY, "Retry-After: 900")),
    "nagging": site("nagging", a2=saying(BUSY, "Retry-After: 1")),
    "endless": site("endless", **{f"a{n}": saying(AWAY, "Retry-After: 3") for n in range(1, 6)}),
}  # fmt: skip
FLEET = {name: outlet(name, module=__name__) for name in SITES}


def world() -> World:
    return World({f"{name}.example.kz": answers for name, answers in SITES.items()})

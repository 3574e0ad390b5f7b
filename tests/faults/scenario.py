"""An outlet with one fault: how it is declared, and what its server sends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tests.faults.fault import Fault
from tests.faults.wire import Answer, Wire

MOST = 1024 * 1024  # bytes of an answer, in this suite
TIME = 20  # seconds a page
OUTLET_TIME = 32  # seconds an outlet

TEXT = (
    "Правительство обсудило ход строительства больниц и школ в регионах страны. Министр доложил, что до "
    "конца года откроются двенадцать новых объектов. Средства на это выделены из республиканского бюджета."
)


def article(name: str, text: str = TEXT, head: str = "") -> str:
    """Give a page that says all that is needed."""
    linked = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": f"В регионах построят больницы: {name}",
            "datePublished": "2026-11-20T10:00:00+05:00",
            "articleBody": text,
            "inLanguage": "ru",
        },
        ensure_ascii=False,
    )
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{name}</title>{head}'
        f'<script type="application/ld+json">{linked}</script></head><body><article>'
        f"<h1>В регионах построят больницы: {name}</h1><p>{text}</p><p>{text}</p></article></body></html>"
    )


def feed(host: str, *paths: str) -> bytes:
    """Give an RSS feed of these pages."""
    items = "".join(f"<item><title>{path}</title><link>http://{host}{path}</link></item>" for path in paths)
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """An outlet's fault: where it is, what is sent, and what must be told of it."""

    fault: Fault
    at: str  # the path that goes wrong
    act: Answer
    outcome: str = "partial"
    error: str | None = None  # a pattern of what the store tells of `at`; None: nothing went wrong
    good: bool = True  # whether the good article is stored
    sitemap: bool = False  # whether the outlet's listing is a sitemap
    told_at: str = ""  # the path of which it is told, where that is another

    @property
    def host(self) -> str:
        return f"{self.fault.name}.example.kz"


LOST = "the outlet's other articles are stored; this one is asked for again by the next crawl"
NEVER = "the outlet's other articles are stored; this page is given up for hours"
FINE = "the page is read"
OUTLET = "the outlet's crawl fails; the other outlets' do not"
LISTED = "what the listing holds is crawled"

GOOD = article("статья").encode()

scenarios: list[Scenario] = []


def bad(
    name: str,
    does: str,
    act: Answer,
    told: str,
    *,
    becomes: str = LOST,
    outcome: str = "partial",
    error: str | None = None,
) -> None:
    """Declare a fault of one article; `told` as the store has it, in part."""
    fault = Fault(name=name, does=does, becomes=becomes, told=told)
    pattern = error or (re.escape(told) if told else None)
    scenarios.append(Scenario(fault=fault, at="/a/bad", act=act, outcome=outcome, error=pattern))


def ill(
    name: str,
    does: str,
    act: Answer,
    told: str = "",
    *,
    at: str = "/feed",
    becomes: str = OUTLET,
    outcome: str = "failed",
    good: bool = False,
    sitemap: bool = False,
    told_at: str = "",
) -> None:
    """Declare a fault of a listing or of robots.txt."""
    fault = Fault(name=name, does=does, becomes=becomes, told=told)
    error = re.escape(told) if told else None
    scenarios.append(
        Scenario(
            fault=fault,
            at=at,
            act=act,
            outcome=outcome,
            error=error,
            good=good,
            sitemap=sitemap,
            told_at=told_at,
        )
    )


def head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *lines, "", "")).encode()


def coded(body: bytes, coding: str) -> Answer:
    return lambda wire: wire.answer(body, f"Content-Encoding: {coding}")


def status(status: str, *headers: str) -> Answer:
    return lambda wire: wire.answer(b"", *headers, status=status)


def page(html: str | bytes, *headers: str, kind: str = "text/html; charset=utf-8") -> Answer:
    body = html if isinstance(html, bytes) else html.encode()
    return lambda wire: wire.answer(body, *headers, kind=kind)


def to(location: str) -> Answer:
    return lambda wire: wire.answer(b"", f"Location: {location}", status="302 Found")


def chained(wire: Wire) -> Wire:
    return wire.answer(b"", f"Location: /a/bad{wire.path.count('x') * 'x' + 'x'}", status="302 Found")

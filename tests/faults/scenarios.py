"""What a hostile or broken server does, outlet by outlet, and what must become of each outlet.

Every outlet is `NAME.example.kz`, has a feed of two articles at `/feed`, and answers well but for its fault:
`/a/good` is always good, `/a/bad` is where an article goes wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults import listings, pages  # noqa: F401 - they declare
from tests.faults.fault import Fault, Table
from tests.faults.scenario import TEXT, Scenario, article, feed, scenarios, status
from tests.faults.wire import Wire

scenarios.append(
    Scenario(
        fault=Fault(name="well", does="nothing: this outlet is well", becomes="its articles are stored"),
        at="/none", act=status("404 No"), outcome="ok",
    )
)  # fmt: skip
BY_HOST = {each.host: each for each in scenarios}

_INTRO = """\
One process crawls all of these outlets side by side, each with its fault, on a server that speaks byte by
byte. Every crawl ends within its time, the process stays within its memory, the run exits with 1, and the
outlet that is well is stored whole. What is told stands in the store, with the outlet and the address."""

TABLE = Table(
    title="Servers",
    intro=_INTRO,
    faults=[each.fault for each in scenarios],
)


def answered(wire: Wire) -> Wire:
    """Answer as the outlet that is asked does."""
    scenario = BY_HOST.get(wire.host)
    path = wire.path.partition("?")[0]
    if scenario is None:
        wire.answer(b"", status="421 Misdirected Request")
    elif path.rstrip("x") == scenario.at or path == scenario.at:
        scenario.act(wire)
    elif path == "/feed" and scenario.sitemap:
        wire.answer(b"<urlset/>")
    elif path == "/feed":
        wire.answer(feed(wire.host, "/a/good", "/a/bad"), kind="application/rss+xml")
    elif path == "/a/good":
        wire.answer(article("хорошая").encode())
    elif path == "/a/bad":
        wire.answer(article("вторая", TEXT.replace("больниц", "дорог")).encode())
    elif path.startswith("/a/silent"):
        wire.wait()
    else:
        wire.answer(b"", status="404 Not Found")
    return wire


def named() -> Iterator[str]:
    """Give the outlets' names."""
    return (each.fault.name for each in scenarios)

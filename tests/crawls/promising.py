"""Outlets that promise something, and keep it or do not."""

from __future__ import annotations

from datetime import timedelta

from spiders.support.bounds import Bounds
from tests.crawls.finding import feed, headline, html, page
from tests.crawls.fleet import Site, World, outlet

SETTINGS = {"RETRY_TIMES": 0, "AUTOTHROTTLE_ENABLED": False}
NUMBERS = range(1, 23)


def site() -> Site:
    paths = {f"/a/{n}": html(page(n, title=f"{headline(n)} {n}")) for n in NUMBERS}
    return {"/feed": feed(*((path, n) for n, path in enumerate(paths, 1))), **paths}


BOUNDS = {
    "keeps": Bounds(articles_a_week=(None, 500), coverage={"published": 0.95}),
    "old": Bounds(newest=timedelta(days=1)),  # its articles are of 2026-11-20
    "bare": Bounds(coverage={"images": 0.5, "published": 0.95}),
}
FLEET = {name: outlet(name, module=__name__, bounds=each) for name, each in BOUNDS.items()}


def world() -> World:
    return World({f"{name}.example.kz": site() for name in FLEET})

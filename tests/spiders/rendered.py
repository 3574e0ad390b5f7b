"""Crawls two outlets that only tests know, as a process: `python -m tests.spiders.rendered DATABASE`.

Where `RECORDED` names a folder, every answer is kept there. Prints, as JSON, what came of each page.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import settings
from items import Page
from pipelines import runner
from pipelines.replay import recording
from pipelines.runner import project_settings
from spiders.base import OutletSpider
from spiders.support.listings import PagedListing

settings.SPIDER_MODULES = ["tests.spiders.rendered"]
settings.JARSHY_RENDER_TIMEOUT = 12
settings.JARSHY_RENDER_REQUESTS = 8
settings.DOWNLOAD_MAXSIZE = 300_000


class ScriptedSpider(OutletSpider):
    """An outlet whose pages are empty before their scripts have run."""

    name = "scripted"
    title = "Scripted"
    home = "https://scripted.example.kz"
    hosts = ("scripted.example.kz",)
    render_hosts = ("static.example.kz",)
    languages = ("ru",)
    confidence = "assumed"
    listings = (PagedListing(url="https://scripted.example.kz/news", card="a", link="", pages=1),)
    allow = r"^/news/\w+$"
    render = True


class PlainSpider(OutletSpider):
    """One that needs none."""

    name = "plain"
    title = "Plain"
    home = "https://plain.example.kz"
    hosts = ("plain.example.kz",)
    languages = ("ru",)
    confidence = "assumed"
    listings = (PagedListing(url="https://plain.example.kz/news", card="a", link="", pages=1),)
    allow = r"^/news/\w+$"


def main(db: Path) -> None:
    """Crawl both side by side."""
    pages: list[dict[str, Any]] = []

    def told(_: str, page: Page) -> None:
        article = page.article
        pages.append(
            {
                "url": page.fetch.url,
                "status": page.fetch.status,
                "etag": page.fetch.etag,
                "error": page.fetch.error,
                "headline": article.headline if article else None,
                "text": "\n".join(block.text for block in article.blocks) if article else None,
            }
        )

    fleet = runner.outlets()
    runner.prepare(db, fleet.values())
    kept = os.environ.get("RECORDED")
    overrides = recording(Path(kept), project_settings()) if kept else None
    crawled = runner.crawl(list(fleet), db, progress=told, overrides=overrides)
    print(json.dumps({"outcomes": {each.outlet: each.outcome for each in crawled}, "pages": pages}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

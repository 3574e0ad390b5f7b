"""The real program, the outlets of `scenarios` its fleet, its bounds drawn in.

`python -m tests.faults.program crawl …` takes what `jarshy` takes.
"""

from __future__ import annotations

import sys

import cli
import settings
from spiders.base import OutletSpider
from spiders.support.listings import FeedListing, SitemapListing
from tests.faults.scenario import MOST, OUTLET_TIME, TIME
from tests.faults.scenarios import BY_HOST

settings.SPIDER_MODULES = ["tests.faults.program"]
settings.DOWNLOAD_MAXSIZE = MOST
settings.DOWNLOAD_TIMEOUT = TIME
settings.CLOSESPIDER_TIMEOUT = OUTLET_TIME
settings.RETRY_TIMES = 0
settings.AUTOTHROTTLE_ENABLED = False  # nobody's server is strained


def outlet(name: str, host: str, *, sitemap: bool) -> type[OutletSpider]:
    """Give the spider of an outlet that only tests know."""
    url = f"http://{host}/feed"
    declared = {
        "name": name,
        "title": name,
        "home": f"http://{host}",
        "hosts": (host,),
        "languages": ("ru",),
        "confidence": "assumed",
        "allow": r"^/a/",
        "listings": (SitemapListing(url=url) if sitemap else FeedListing(url=url),),
        "__module__": __name__,
    }
    return type(f"{name.title()}Spider", (OutletSpider,), declared)


for each in BY_HOST.values():
    globals()[f"_{each.fault.name}"] = outlet(each.fault.name, each.host, sitemap=each.sitemap)

if __name__ == "__main__":
    sys.exit(cli.main())

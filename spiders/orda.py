"""orda.kz: a news site of Almaty, in Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class OrdaSpider(OutletSpider):
    """No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "orda"
    title = "Orda.kz"
    home = "https://orda.kz"
    hosts = ("orda.kz", "www.orda.kz")
    languages = ("ru",)
    terms = "excerpt"
    rights = "© Orda.kz"  # assumed: the site's own statement of terms was not found
    source = "orda-kz"
    confidence = "link"
    listings = (FeedListing(url="https://orda.kz/feed/", lang="ru"),)
    deny = r"^/(ru/)?(feed|tag|category|author)(/|$)"  # whatever else the feed names is an article
    # Assumed, and modest: a newsroom, holidays in mind.
    bounds = Bounds(articles_a_week=(10, 1500), newest=timedelta(days=7), coverage={"images": 0.5})

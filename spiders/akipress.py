"""akipress.com: the English edition of AKIpress, a news agency of Bishkek."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class AkipressSpider(OutletSpider):
    """No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "akipress"
    title = "AKIpress"
    home = "https://akipress.com"
    hosts = ("akipress.com", "www.akipress.com")
    zone = "Asia/Bishkek"
    languages = ("en",)  # assumed: of akipress.com; the Russian edition has another host
    terms = "excerpt"
    rights = "© AKIpress"  # assumed: the site's own statement of terms was not found
    source = "akipress"
    country = "KG"
    confidence = "probe"
    listings = (FeedListing(url="https://akipress.com/rss/", lang="en"),)
    deny = r"^/rss(/|$)"  # whatever else the feed names is an article
    # Assumed, and modest: a wire, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})

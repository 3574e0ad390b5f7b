"""akipress.com: the English edition of AKIpress, a news agency of Bishkek."""

from __future__ import annotations

from spiders.base import OutletSpider
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

"""orda.kz: a news site of Almaty, in Russian."""

from __future__ import annotations

from spiders.base import OutletSpider
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

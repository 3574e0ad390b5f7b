"""24.kg: a news agency of Bishkek, in Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class Kg24Spider(OutletSpider):
    """No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "kg24"
    title = "24.kg"
    home = "https://24.kg"
    hosts = ("24.kg", "www.24.kg")
    zone = "Asia/Bishkek"
    languages = ("ru",)  # assumed: of the feed
    terms = "excerpt"
    rights = "© 24.kg"  # assumed: the site's own statement of terms was not found
    source = "24-kg"
    country = "KG"
    confidence = "probe"
    listings = (FeedListing(url="https://24.kg/rss/", lang="ru"),)
    deny = r"^/rss(/|$)"  # whatever else the feed names is an article
    # Assumed, and modest: a wire, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})

"""kabar.kg: Kabar, the national news agency of Kyrgyzstan, in Russian and Kyrgyz."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class KabarSpider(OutletSpider):
    """No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "kabar"
    title = "Kabar"
    home = "https://kabar.kg"
    hosts = ("kabar.kg", "www.kabar.kg")
    zone = "Asia/Bishkek"
    languages = ("ru", "ky")  # assumed: which of them the one feed is in, so it declares none
    terms = "excerpt"
    rights = "© Kabar"  # assumed: the site's own statement of terms was not found
    source = "kabar"
    country = "KG"
    confidence = "link"
    listings = (FeedListing(url="https://kabar.kg/rss/"),)
    deny = r"^/(rss|media)(/|$)"  # whatever else the feed names is an article
    # Assumed, and modest: a state wire, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})

"""eurasianet.org: Eurasianet, reporting on the Caucasus and Central Asia, in English."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class EurasianetSpider(OutletSpider):
    """No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "eurasianet"
    title = "Eurasianet"
    home = "https://eurasianet.org"
    hosts = ("eurasianet.org", "www.eurasianet.org")
    zone = "America/New_York"  # assumed: where it is published
    languages = ("en",)
    terms = "excerpt"
    rights = "© Eurasianet"  # assumed: the site's own statement of terms was not found
    source = "eurasianet"
    country = "US"  # assumed, as the zone
    confidence = "link"
    listings = (FeedListing(url="https://eurasianet.org/rss.xml", lang="en"),)
    deny = r"^/(rss\.xml$|region/)"  # whatever else the feed names is an article
    # Assumed, and modest: a magazine, holidays in mind.
    bounds = Bounds(articles_a_week=(2, 300), newest=timedelta(days=14), coverage={"images": 0.5})

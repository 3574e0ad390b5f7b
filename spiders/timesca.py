"""timesca.com: The Times of Central Asia, in English."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class TimescaSpider(OutletSpider):
    """A WordPress site. No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "timesca"
    title = "The Times of Central Asia"
    home = "https://timesca.com"
    hosts = ("timesca.com", "www.timesca.com")
    zone = (
        "Asia/Bishkek"  # assumed: where its newsroom was founded; its machine-readable dates name their own
    )
    languages = ("en",)
    terms = "excerpt"
    rights = "© The Times of Central Asia"  # assumed: the site's own statement of terms was not found
    source = "timesca"
    country = "KG"  # assumed, as the zone
    confidence = "link"
    listings = (
        FeedListing(
            url="https://timesca.com/feed/",
            older="https://timesca.com/feed/?paged={page}",  # WordPress has it so everywhere
            pages=5,
            lang="en",
        ),
    )
    # Assumed, and modest: a magazine, holidays in mind.
    bounds = Bounds(articles_a_week=(3, 300), newest=timedelta(days=10), coverage={"images": 0.5})
    allow = r"^/[^/]+/$"  # a slug and no date
    deny = r"^/(feed|about|contact|author|category|tag)/"

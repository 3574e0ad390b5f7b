"""astanatimes.com: The Astana Times, an English newspaper of Astana."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class AstanaTimesSpider(OutletSpider):
    """A WordPress site. No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "astanatimes"
    title = "The Astana Times"
    home = "https://astanatimes.com"
    hosts = ("astanatimes.com", "www.astanatimes.com")
    languages = ("en",)
    terms = "excerpt"
    rights = "© The Astana Times"  # assumed: the site's own statement of terms was not found
    source = "astana-times"
    confidence = "probe"
    listings = (
        FeedListing(
            url="https://astanatimes.com/feed/",
            older="https://astanatimes.com/feed/?paged={page}",  # WordPress has it so everywhere
            pages=5,
            lang="en",
        ),
    )
    # Assumed, and modest: a daily, holidays in mind.
    bounds = Bounds(articles_a_week=(10, 500), newest=timedelta(days=7), coverage={"images": 0.5})
    allow = r"^/\d{4}/\d{2}/[^/]+/?$"

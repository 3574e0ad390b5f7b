"""trend.az: the Trend news agency of Baku, in English and Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class TrendSpider(OutletSpider):
    """No selector of its pages is known: JSON-LD, metadata and the generic reader serve."""

    name = "trend"
    title = "Trend"
    home = "https://www.trend.az"
    hosts = ("www.trend.az", "trend.az")
    editions = ("en.trend.az",)
    zone = "Asia/Baku"
    languages = ("en", "ru")
    terms = "excerpt"
    rights = "© Trend News Agency"  # assumed: the site's own statement of terms was not found
    source = "trend-az"
    country = "AZ"
    confidence = "probe"
    listings = (
        FeedListing(url="https://en.trend.az/rss", lang="en"),
        FeedListing(url="https://www.trend.az/rss/news_ru.xml", lang="ru"),  # only seen in lists
    )
    deny = r"^/(rss|feeds)(/|$)"  # whatever else a feed names is an article
    # Assumed, and modest: a wire, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})

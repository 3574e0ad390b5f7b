"""azertag.az: AZERTAC, the state news agency of Azerbaijan, in Azerbaijani and English."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing, PagedListing


class AzertagSpider(OutletSpider):
    """The text begins with a dateline of its own: "Bakı, 12 iyun, AZƏRTAC"."""

    name = "azertag"
    title = "AZERTAC"
    home = "https://azertag.az"
    hosts = ("azertag.az", "www.azertag.az")
    zone = "Asia/Baku"
    languages = ("az", "en")
    terms = "excerpt"
    rights = "© AZERTAC"  # assumed: the site's own statement of terms was not found
    source = "azertac"
    country = "AZ"
    confidence = "code"
    listings = (
        # The cards are not known: every link of an article's shape is taken.
        PagedListing(url="https://azertag.az/xeber", lang="az", card="a", link="", pages=1),
        FeedListing(url="https://azertag.az/en/rss", lang="en"),  # only seen in lists
    )
    # Assumed, and modest: a state wire, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/(?:en/)?xeber/(?:[^/]+-)?\d{5,}$"
    layouts = (
        Layout(
            headline=("h1.entry-title", "h2.entry-title"),
            body=("div.news-body", "div.news-text"),
            date=("div.entry-meta", "div.news-date"),
        ),
    )

"""kun.uz: a news site of Tashkent, in Uzbek."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class KunUzSpider(OutletSpider):
    """The rubric, the time and the date stand on one line: "Jamiyat | 14:05 / 12.06.2026"."""

    name = "kun_uz"
    title = "Kun.uz"
    home = "https://kun.uz"
    hosts = ("kun.uz", "www.kun.uz")
    zone = "Asia/Tashkent"
    languages = ("uz",)
    terms = "excerpt"
    rights = "© Kun.uz"  # assumed: the site's own statement of terms was not found
    source = "kun-uz"
    country = "UZ"
    confidence = "code"  # the feed is named on the page, and answered a check in 2026
    listings = (FeedListing(url="https://kun.uz/news/rss?lang=uz", lang="uz"),)
    deny = r"^/news/(rss|list)(/|$)"  # whatever else the feed names is an article
    layouts = (
        Layout(
            headline=("h1.news-inner__content-title",),
            body=("div.news-inner__content-page",),
            date=("div.news-inner__content-stats",),
        ),
    )
    # Assumed, and modest: a portal, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})

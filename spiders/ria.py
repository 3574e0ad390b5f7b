"""ria.ru: RIA Novosti, a state news agency of Russia."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class RiaSpider(OutletSpider):
    """The date line may name a later change behind the publication: the first date is read."""

    name = "ria"
    title = "РИА Новости"
    home = "https://ria.ru"
    hosts = ("ria.ru", "www.ria.ru")
    zone = "Europe/Moscow"
    languages = ("ru",)
    terms = "excerpt"
    rights = "© РИА Новости"  # assumed: the site's own statement of terms was not found
    source = "ria-novosti"
    country = "RU"
    confidence = "link"  # of the feed; the layout was another crawler's in 2025
    listings = (FeedListing(url="https://ria.ru/export/rss2/news/index.xml", lang="ru"),)
    # Assumed, and modest: a wire of hundreds a day, holidays in mind.
    bounds = Bounds(articles_a_week=(300, 20000), newest=timedelta(days=2), coverage={"images": 0.5})
    allow = r"^/\d{8}/[^/]*\d{6,}\.html$"
    layouts = (
        Layout(
            headline=(".article__title",),
            body=("div.article__body",),
            date=("div.article__info-date",),
            views=("span.article__views",),
        ),
    )

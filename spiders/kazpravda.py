"""kazpravda.kz: Kazakhstanskaya Pravda, the state's newspaper in Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


class KazpravdaSpider(OutletSpider):
    """The front page is the listing: neither a feed nor a running list was found."""

    name = "kazpravda"
    title = "Казахстанская правда"
    home = "https://kazpravda.kz"
    hosts = ("kazpravda.kz", "www.kazpravda.kz")
    languages = ("ru",)
    terms = "excerpt"
    rights = "© Казахстанская правда"  # assumed: the site's own statement of terms was not found
    source = "kazpravda"
    confidence = "assumed"  # of the listing; the layout was another crawler's in 2025
    # assumed: the front page links the day's news by addresses of their known shape
    listings = (PagedListing(url="https://kazpravda.kz/", lang="ru", card="a", link="", pages=1),)
    # Assumed, and modest: a daily, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/(n|articles/view)/[^/]+/?$"
    layouts = (
        Layout(
            headline=("h1.article__title",),
            body=("div.article__body",),
            date=("time.article__date",),  # the hour has no zero before it: "6:00"
        ),
    )

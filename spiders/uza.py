"""uza.uz: UzA, the national news agency of Uzbekistan."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


class UzaSpider(OutletSpider):
    """Uzbek in Latin letters. The page may be a shell without JavaScript (assumed): then nothing is read."""

    name = "uza"
    title = "UzA"
    home = "https://uza.uz"
    hosts = ("uza.uz", "www.uza.uz")
    zone = "Asia/Tashkent"
    languages = ("uz",)
    terms = "excerpt"
    rights = "© UzA"  # assumed: the site's own statement of terms was not found
    source = "uza"
    country = "UZ"
    confidence = "assumed"  # of the addresses; the listing and the layout were another crawler's in 2025
    # The cards are not known: every link below the listing's own path is taken.
    listings = (PagedListing(url="https://uza.uz/uz/posts", lang="uz", card="a", link="", pages=1),)
    # Assumed, and modest: a state wire, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/uz/posts/[^/]+$"  # assumed from the listing's address
    layouts = (
        Layout(
            headline=("div.news-top-head__title",),
            body=("div.content-block",),
            date=(".news-top-head__date",),  # "time | date"
            section=(".news-top-head__meta",),
            images=("img.news-top-head__img",),
        ),
    )

"""zakon.kz: news and law in Russian, with a Kazakh edition on a host of its own."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


def _news(host: str, lang: str) -> PagedListing:
    return PagedListing(
        url=f"https://{host}/news/?p={{page}}",
        lang=lang,
        card=".news-item",
        link="a.newscard_link",
        headline=".newscard__title",
        date=".newscard__date, .newscard__dateline",  # "сегодня", "вчера", "5 мая" without a year
    )


class ZakonSpider(OutletSpider):
    """An endless list; further pages of it by `p`. Its feed answered 404 in September 2026."""

    name = "zakon"
    title = "Zakon.kz"
    home = "https://www.zakon.kz"
    hosts = ("www.zakon.kz", "zakon.kz")
    editions = ("kaz.zakon.kz",)  # Kazakh
    languages = ("ru", "kk")
    terms = "excerpt"
    rights = "© Zakon.kz"  # assumed: the site's own statement of terms was not found
    source = "zakon-kz"
    confidence = "code"
    # The Kazakh listing is assumed by analogy: only articles of that host were seen.
    listings = (_news("www.zakon.kz", "ru"), _news("kaz.zakon.kz", "kk"))
    # Assumed, and modest: a portal, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/(?:[a-z0-9-]+/)?\d{7}-[^/]+\.html$"
    layouts = (
        Layout(
            headline=("h1",),
            lead=(".description",),
            date=(".date",),
            body=("div.content",),
            tags=(".tags.newsTags .badge",),
        ),
    )

"""nur.kz: a portal in Russian, with a Kazakh edition on a host of its own. It relays much, word for word."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing, PagedListing


class NurSpider(OutletSpider):
    """Feeds of the newest fifty a language, and the running list, whose times are UTC in the markup."""

    name = "nur"
    title = "NUR.KZ"
    home = "https://www.nur.kz"
    hosts = ("www.nur.kz", "nur.kz")
    editions = ("kaz.nur.kz",)  # Kazakh
    languages = ("ru", "kk")
    terms = "excerpt"
    rights = "© NUR.KZ"  # assumed: the site's own statement of terms was not found
    source = "nur-kz"
    confidence = "code"  # the feeds answered 2026-09-06; the page's selectors are older
    listings = (
        FeedListing(url="https://kaz.nur.kz/rss/all.rss", lang="kk"),
        FeedListing(url="https://www.nur.kz/rss/all.rss", lang="ru"),
        PagedListing(
            url="https://www.nur.kz/latest/?page={page}",  # paging: as kaz.nur.kz/latest/ has it
            lang="ru",
            card="article.article-card",
            link="a.article-card__title",
            date="time.article-card__date",
        ),
    )
    # Assumed, and modest: a portal, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/(?:[a-z0-9-]+/){1,3}\d{5,}-[^/]+/?$"
    layouts = (
        Layout(
            headline=("article.article h1", "article h1"),  # assumed: the second, should the class be gone
            date=("div.layout-content-type-page__wrapper-block p time", "article time[datetime]"),
            body=("div.formatted-body",),
        ),
    )

"""informburo.kz: a news portal of Almaty, in Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


class InformburoSpider(OutletSpider):
    """One page of news by days: the day stands over its cards, each card has the time of day alone."""

    name = "informburo"
    title = "Informburo.kz"
    home = "https://informburo.kz"
    hosts = ("informburo.kz", "www.informburo.kz")
    languages = ("ru",)  # a Kazakh edition under /kaz is assumed, and so left out
    terms = "excerpt"
    rights = "© Informburo.kz"  # assumed: the site's own statement of terms was not found
    source = "informburo"
    confidence = "code"
    listings = (
        PagedListing(
            url="https://informburo.kz/novosti",  # its further pages come by a button: not walked
            lang="ru",
            card=".uk-nav-default > li",
            without="time, span",  # the clock before the headline, the rubric behind it
            date="time",
            day="h2.date-heading",
            pages=1,
        ),
    )
    # Assumed, and modest: a newsroom, holidays in mind.
    bounds = Bounds(articles_a_week=(10, 1500), newest=timedelta(days=7), coverage={"images": 0.5})
    allow = r"^/(novosti|interview|stati)/[^/]+"  # assumed: /novosti and /interview were seen, /stati was not
    layouts = (
        Layout(
            headline=("h1",),
            body=("article.article-content",),
            date=("div.article-meta small",),  # the author may stand before it
        ),
    )

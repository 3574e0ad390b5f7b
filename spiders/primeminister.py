"""primeminister.kz: the Government of Kazakhstan. An origin; what it says, others pass on."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


def _news(prefix: str, lang: str) -> PagedListing:
    return PagedListing(
        url=f"https://primeminister.kz/{prefix}/news",
        lang=lang,
        pages=1,  # assumed: how it is paged today was not found
        card="a:has(.main__article)",  # the link encloses the card
        link="",
        headline=".main__article-heading",
        date=".article__date",
    )


class PrimeministerSpider(OutletSpider):
    """News in three languages, dated by the day. The page of an article is not known: no layout, no guess."""

    name = "primeminister"
    title = "primeminister.kz"
    home = "https://primeminister.kz"
    hosts = ("primeminister.kz", "www.primeminister.kz")
    languages = ("kk", "ru", "en")
    terms = "excerpt"
    rights = "© primeminister.kz"  # assumed: the site's own statement of terms was not found
    source = "government-kz"
    confidence = "probe"  # /en/news answered 2026-09-20; /kz/ and /ru/ by published crawlers
    listings = (_news("kz", "kk"), _news("ru", "ru"), _news("en", "en"))
    # Assumed, and modest: an office, holidays in mind.
    bounds = Bounds(articles_a_week=(5, 500), newest=timedelta(days=10), coverage={"images": 0.5})
    allow = r"^/(?:kz|ru|en)/news/(?:[a-z0-9_-]+/)?[^/]+-\d{3,}/?$"

"""baq.kz: BAQ.KZ, a news portal of Astana, in Kazakh and Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


def _front(host: str, lang: str) -> PagedListing:
    return PagedListing(
        url=f"https://{host}/",
        lang=lang,
        card=".l-col > a.l-col__item",
        link="",  # the card is the link
        headline=".l-col__item_title",
        date=".l-col__item_date",
        pages=1,
    )


class BaqSpider(OutletSpider):
    """A Bitrix site. No selector of its articles is known: metadata and the generic reader serve."""

    name = "baq"
    title = "BAQ.KZ"
    home = "https://baq.kz"
    hosts = ("baq.kz", "www.baq.kz")
    editions = ("rus.baq.kz",)
    languages = ("kk", "ru")
    terms = "excerpt"
    rights = "© BAQ.KZ"  # assumed: the site's own statement of terms was not found
    source = "baq-kz"
    confidence = "code"
    # The Russian front page is assumed to be built as the Kazakh one.
    listings = (_front("baq.kz", "kk"), _front("rus.baq.kz", "ru"))
    # Assumed, and modest: a portal, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/(?:[^/]+/)*[^/]+_\d{6,}/?$"  # seen in Russian; in Kazakh assumed

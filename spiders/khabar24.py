"""24.kz: the site of the news channel Khabar 24, in Kazakh and Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


def _news(prefix: str, lang: str) -> PagedListing:
    return PagedListing(
        url=f"https://24.kz/{prefix}/news",
        lang=lang,
        card=".itemsContainerWrap > .entry-content",
        link="h3 > a",
        date="time",
        pages=1,  # how it is paged was not found
    )


class Khabar24Spider(OutletSpider):
    """Both languages tell each event. Kazakh letters fall out of the address: "zha-aly-tar"."""

    name = "khabar24"
    title = "Khabar 24"
    home = "https://24.kz"
    hosts = ("24.kz", "www.24.kz")
    languages = ("kk", "ru")
    terms = "excerpt"
    rights = "© Khabar 24"  # assumed: the site's own statement of terms was not found
    source = "khabar-24"
    confidence = "code"
    # The Kazakh listing is assumed by analogy: only its articles were seen.
    listings = (_news("kz", "kk"), _news("ru", "ru"))
    # Assumed, and modest: a news channel, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/(kz|ru)/(?:[^/]+/){2}(?:item/)?\d+-[^/]+$"  # "item/" before the redesign
    layouts = (
        Layout(  # of each pair the second is the older design
            headline=("h1.single-post__entry-title", "div.entry-title h1"),
            body=("div.entry__article", "div.entry-content"),
            date=("li.entry__meta-date", "time"),
            views=("li.entry__meta-views",),
        ),
    )

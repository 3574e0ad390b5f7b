"""vlast.kz: the magazine Vlast, in Russian, Kazakh and English."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing, PagedListing


class VlastSpider(OutletSpider):
    """A feed of all that is new, and the running news. The language is the text's: no address tells it."""

    name = "vlast"
    title = "Власть"
    home = "https://vlast.kz"
    hosts = ("vlast.kz", "www.vlast.kz")
    languages = ("ru", "kk", "en")
    terms = "excerpt"
    rights = "© Vlast.kz"  # assumed: the site's own statement of terms was not found
    source = "vlast-kz"
    confidence = "code"  # the feed answered 2026-09-20; the page's selectors are older
    listings = (
        FeedListing(url="https://vlast.kz/feed/"),
        PagedListing(
            url="https://vlast.kz/novosti/{page}",
            lang="ru",
            card=".news-inline-item",
            date="time",
        ),
    )
    # Assumed, and modest: a magazine, holidays in mind.
    bounds = Bounds(articles_a_week=(5, 500), newest=timedelta(days=7), coverage={"images": 0.5})
    allow = r"^/[a-z-]+/\d+-[^/]+\.html$"
    layouts = (
        Layout(
            headline=("li.has-title h1",),
            date=("ul.item-expand-meta li time",),
            body=("div.js-mediator-article",),
        ),
    )

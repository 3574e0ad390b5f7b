"""akorda.kz: the office of the President of Kazakhstan. An origin; what it says, others pass on."""

from __future__ import annotations

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


def _events(prefix: str, lang: str) -> PagedListing:
    return PagedListing(
        url=f"https://www.akorda.kz/{prefix}/events?page={{page}}",
        lang=lang,
        card="div.card",
        link="h3 a",
        date="h5",
    )


class AkordaSpider(OutletSpider):
    """Listings of events in three languages. Pages bear a day and no time of day, no author, no tags."""

    name = "akorda"
    title = "Akorda"
    home = "https://www.akorda.kz"
    hosts = (
        "www.akorda.kz",
        "akorda.kz",
        "node2.akorda.kz",
        "mirror.akorda.kz",
    )  # assumed: www is the canonical
    languages = ("kk", "ru", "en")
    terms = "excerpt"
    rights = "© akorda.kz"  # assumed: the site's own statement of terms was not found
    source = "akorda"
    confidence = "code"
    # The Kazakh listing is assumed by analogy: its address was only seen linked.
    listings = (_events("kz", "kk"), _events("ru", "ru"), _events("en", "en"))
    # Another number in each language, so it joins nothing; "1" may be all the slug there is.
    # Neither a least nor the age of the newest: the sample pages stand still.
    bounds = Bounds(articles_a_week=(None, 500), coverage={"images": 0.5})  # assumed, and modest
    allow = r"^/(kz|ru|en)/[^/]+-\d{4,}$"
    deny = r"deklaracii"  # declarations of income stand in the same listing
    layouts = (
        Layout(
            headline=("#main_block h2",),
            body=("#main_block article",),
            date=("#main_block .date", "#main_block h2 + *"),  # a line of its own below the headline
            images=("#main_block article img",),
            translations=("header .lang a", ".lang a"),  # assumed: links in the header
        ),
    )

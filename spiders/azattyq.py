"""azattyq.org: Radio Azattyq, the Kazakh service of RFE/RL. Blocked within Kazakhstan."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class AzattyqSpider(OutletSpider):
    """Feeds under opaque keys. The services of RFE/RL share one system, so a sister's address may serve."""

    name = "azattyq"
    title = "Азаттық радиосы"
    home = "https://www.azattyq.org"
    hosts = ("www.azattyq.org", "azattyq.org")
    editions = ("rus.azattyq.org",)  # Russian
    languages = ("kk", "ru")
    terms = "excerpt"
    rights = "© RFE/RL"  # assumed: the site's own statement of terms was not found
    source = "azattyq"
    confidence = "code"
    listings = (
        FeedListing(url="https://www.azattyq.org/api/", lang="kk"),  # assumed: azatutyun.am/api/ answers so
        FeedListing(url="https://rus.azattyq.org/api/zororegtor", lang="ru"),  # the main feed
    )
    # Assumed, and modest: a newsroom of two languages, holidays in mind.
    bounds = Bounds(articles_a_week=(10, 1500), newest=timedelta(days=7), coverage={"images": 0.5})
    allow = r"^/a/(?:[^/]+/)*\d+\.html$"
    layouts = (
        Layout(
            headline=("h1.title.pg-title",),
            date=("time[datetime]",),
            body=("div.wsw",),
        ),
    )

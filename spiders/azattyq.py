"""azattyq.org: Radio Azattyq, the Kazakh service of RFE/RL. Blocked within Kazakhstan."""

from __future__ import annotations

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
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
    allow = r"^/a/(?:[^/]+/)*\d+\.html$"
    layouts = (
        Layout(
            headline=("h1.title.pg-title",),
            date=("time[datetime]",),
            body=("div.wsw",),
        ),
    )

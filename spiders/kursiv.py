"""kz.kursiv.media: Kursiv, a business paper in Russian. WordPress."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing


class KursivSpider(OutletSpider):
    """The feed that WordPress makes. The theme's page is not known: metadata and the generic reader serve."""

    name = "kursiv"
    title = "Kursiv Media"
    home = "https://kz.kursiv.media"
    hosts = ("kz.kursiv.media",)
    languages = ("ru",)
    terms = "excerpt"
    rights = "© Kursiv Media Казахстан"  # assumed: the site's own statement of terms was not found
    source = "kursiv"
    confidence = "probe"  # the feed answered 2026-09-20
    listings = (
        FeedListing(
            url="https://kz.kursiv.media/feed/",
            older="https://kz.kursiv.media/feed/?paged={page}",  # WordPress has it so everywhere
            pages=5,
            lang="ru",
        ),
    )
    # Assumed, and modest: a business paper, holidays in mind.
    bounds = Bounds(articles_a_week=(10, 1500), newest=timedelta(days=7), coverage={"images": 0.5})
    allow = r"^/\d{4}-\d{2}-\d{2}/[^/]+/?$"  # /2024-10-31/lgtn-hospital-kokshetau/

"""inform.kz: Kazinform, the state's news agency. Much of what others relay begins here."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing, PagedListing


class InformSpider(OutletSpider):
    """A running list in Russian, a feed in Kazakh. No listing of the English pages is known."""

    name = "inform"
    title = "Kazinform"
    home = "https://www.inform.kz"
    hosts = ("www.inform.kz", "inform.kz")
    editions = ("kaz.inform.kz",)  # Kazakh
    languages = ("kk", "ru")
    terms = "excerpt"
    rights = "© Kazinform"  # assumed: the site's own statement of terms was not found
    source = "kazinform"
    confidence = "code"
    listings = (
        FeedListing(url="https://kaz.inform.kz/rss/kz.xml", lang="kk"),  # answered 2026-09-06, 200 entries
        PagedListing(
            url="https://www.inform.kz/lenta/?page={page}",
            lang="ru",
            card="a.news-card",
            link="",
            date_leads=True,  # "09:16, 04 Май 2026", then the headline
        ),
    )
    # Six hexadecimal digits since 2023, eight on the Kazakh host, "_a" and a number before.
    # Assumed, and modest: the state wire, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/(?:(?:ru|kz|news)/)?[^/]+(?:-[0-9a-f]{6,8}|_a\d+)/?$"
    layouts = (
        Layout(
            headline=("h1.article__title",),
            lead=(".article__description",),
            body=(".article__body-text",),
            date=("div.article__time",),  # "11:20, 20 Январь 2026 | GMT +5"
        ),
        Layout(
            headline=("div.title_article_bl h1",),
            body=("div.body_article_bl",),
            date=("div.time_article_bl",),
            until=dt.date(2022, 12, 31),  # assumed: the addresses changed with the year
        ),
    )

"""tengrinews.kz: a portal in Russian, with a Kazakh edition on a host of its own."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


def _news(host: str, lang: str) -> PagedListing:
    return PagedListing(
        url=f"https://{host}/news/page/{{page}}/",
        lang=lang,
        card="div.content_main_item",
        link="span.content_main_item_title a",
        date="div.content_main_item_meta span",  # "Сегодня 17:42", "27 апреля 2026 17:42"
    )


class TengrinewsSpider(OutletSpider):
    """The same list of cards on both hosts. Its feeds are in many lists; in September 2026 they were gone."""

    name = "tengrinews"
    title = "Tengrinews.kz"
    home = "https://tengrinews.kz"
    hosts = ("tengrinews.kz", "www.tengrinews.kz")
    editions = ("kaz.tengrinews.kz",)  # Kazakh
    languages = ("ru", "kk")
    terms = "excerpt"
    rights = "© Tengrinews.kz"  # assumed: the site's own statement of terms was not found
    source = "tengrinews"
    confidence = "code"
    listings = (_news("kaz.tengrinews.kz", "kk"), _news("tengrinews.kz", "ru"))
    # Assumed, and modest: a portal, holidays in mind.
    bounds = Bounds(articles_a_week=(30, 5000), newest=timedelta(days=3), coverage={"images": 0.5})
    allow = r"^/[a-z_-]+/(?:[^/]+-)?\d{3,}/?$"  # also /article/292/ and /conference/121/
    deny = r"^/(?:tag|news)/"
    layouts = (
        Layout(
            headline=("h1.head-single",),
            date=("span.breadcrumbs__item--date",),
            body=("div.content_main_text", "div.tn-article-body"),
            remove=("div.tn-inpage", ".tn-discussed-now-block", ".social-share", ".tags"),
        ),
    )

"""egemen.kz: the newspaper Egemen Qazaqstan, in Kazakh in two scripts and in Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import FeedListing, PagedListing


def _last(host: str, lang: str) -> PagedListing:
    # The cards of this page are not known: every link that may be an article's.
    return PagedListing(
        url=f"https://{host}/last-news?page={{page}}",
        lang=lang,
        card="a[href*='/article/']",
        link="",
        pages=3,
    )


class EgemenSpider(OutletSpider):
    """One article has one number in every script, on a host a script: editions, not copies."""

    name = "egemen"
    title = "Egemen Qazaqstan"
    home = "https://egemen.kz"
    hosts = ("egemen.kz", "www.egemen.kz")
    editions = ("ar.egemen.kz", "ru.egemen.kz")  # Kazakh in Arabic letters; Russian
    languages = ("kk", "ru")
    terms = "excerpt"
    rights = "© «Егемен Қазақстан»"  # assumed: the site's own statement of terms was not found
    source = "egemen"
    confidence = "code"  # the feed answered 2026-09-06; the page's selectors are of 2025, before a rebuild
    listings = (
        FeedListing(url="https://egemen.kz/rss", lang="kk"),
        _last("egemen.kz", "kk"),
        _last("ar.egemen.kz", "kk"),  # assumed by analogy, as is the next
        _last("ru.egemen.kz", "ru"),
    )
    # Assumed, and modest: a daily, holidays in mind.
    bounds = Bounds(articles_a_week=(10, 1500), newest=timedelta(days=7), coverage={"images": 0.5})
    allow = r"^/article/\d+(?:-[^/]*)?/?$"  # a dash of the headline may stand in the slug as it is
    layouts = (
        Layout(
            headline=("h1.responsive_title",),
            date=("span.text-grey",),  # "Президент • 24 Қазан, 2023": section, day, no time
            body=("div.main-news.padding-80",),
            # The other scripts: by hreflang, where the page has it. No link between them was seen.
        ),
    )

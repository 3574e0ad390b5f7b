"""kapital.kz: the business paper Kapital, in Russian."""

from __future__ import annotations

from datetime import timedelta

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import PagedListing


def _links(path: str) -> PagedListing:
    # The cards are not known: every link that may be an article's.
    return PagedListing(url=f"https://kapital.kz{path}", lang="ru", pages=1, card="a", link="")


class KapitalSpider(OutletSpider):
    """The front page and the section of the economy. Feeds stand in lists only, unchecked."""

    name = "kapital"
    title = "Kapital.kz"
    home = "https://kapital.kz"
    hosts = ("kapital.kz", "www.kapital.kz")
    languages = ("ru",)
    terms = "headline"  # the site allows 30 % of a text, with a link: an excerpt may be more
    rights = "© Kapital.kz: не более 30% текста с обязательной гиперссылкой на источник"
    source = "kapital-kz"
    confidence = "code"
    listings = (_links("/economic"), _links("/"))  # the front page: assumed to list what is new
    # Assumed, and modest: a business paper, holidays in mind.
    bounds = Bounds(articles_a_week=(10, 1500), newest=timedelta(days=7), coverage={"images": 0.5})
    allow = r"^/[a-z_-]+/\d{4,6}/[^/]+\.html$"
    layouts = (
        Layout(
            headline=("div.main__page article header h1",),
            date=("div.article__info.information-article time",),  # "28.02.2026 · 14:05"
            body=("div.article__body",),
        ),
    )

"""inbusiness.kz: the site of the Atameken Business channel, in Kazakh and Russian."""

from __future__ import annotations

from spiders.base import OutletSpider
from spiders.extract.layout import Layout
from spiders.support.bounds import Bounds
from spiders.support.listings import DatedListing, PagedListing


def _news(path: str, lang: str) -> PagedListing:
    return PagedListing(
        url=f"https://inbusiness.kz{path}?page={{page}}",  # paging of /ru/last: assumed, as /kz/news has it
        lang=lang,
        card="div.catitems2 > a",
        link="",  # the card is the link
        headline="span",
        date="time",
    )


class InbusinessSpider(OutletSpider):
    """One running list of news a language. View counts stand behind the date, with nothing between."""

    name = "inbusiness"
    title = "inbusiness.kz"
    home = "https://inbusiness.kz"
    hosts = ("inbusiness.kz", "www.inbusiness.kz")
    languages = ("kk", "ru")
    terms = "excerpt"
    rights = "© Atameken Business"  # assumed: the site's own statement of terms was not found
    source = "inbusiness"
    confidence = "code"
    listings = (
        _news("/kz/news", "kk"),
        _news("/ru/last", "ru"),
        DatedListing(
            url="https://inbusiness.kz/ru/lastnews?date={date}",
            lang="ru",
            card="div.catitems2 > a",
            link="",
            headline="span",
            date="time",
        ),
    )
    # Neither a least nor the age of the newest: the sample pages stand still.
    bounds = Bounds(articles_a_week=(None, 500), coverage={"images": 0.5})  # assumed, and modest
    allow = r"^/(kz|ru)/(last|news|author_news)/[^/]+$"  # no number and no date in the address
    deny = r"/(tv_programs|hr|ratings|specprojects|amp)/"
    layouts = (
        Layout(
            headline=("div.newscont h1",),
            body=("div.text",),  # not [class*=text], which catches more than the body
            date=("div.newsinfo time", "div.extra time"),  # of the Kazakh and the Russian pages
            section=("div.breadcrumbs span:last-of-type",),
            tags=("div.tags a",),
            views=("div.newsinfo", "div.extra"),
            images=("div.newsimg img",),  # assumed
            caption=("div.newsimg .imgdesc",),  # assumed
            remove=("div.tgblock", "div.tgline", "div.related", "div.share"),  # assumed
        ),
    )

"""Sites of eight makes that nobody prepared: what each serves. No two are built alike."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
ALMATY = dt.timezone(dt.timedelta(hours=5))
Body = str | bytes
Pages = dict[str, tuple[str, Body]]  # path with its query -> (content type, what is served)

WHAT = (
    "мост через реку",
    "школу на окраине",
    "больницу в центре",
    "вокзал после ремонта",
    "музей истории",
    "крытый рынок",
)
WHERE = ("Северном", "Южном", "Речном", "Озёрном", "Горном", "Степном")
MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
          "ноября", "декабря")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its number, when it was published, its words."""

    number: int
    at: dt.datetime
    title: str
    paragraphs: tuple[str, ...]

    @property
    def day(self) -> str:
        return f"{self.at.day} {MONTHS[self.at.month - 1]} {self.at.year}"


def _story(number: int) -> Story:
    what, where = WHAT[number], WHERE[number]
    return Story(
        number=4100 + number * 7,
        at=(NOW - dt.timedelta(hours=5 + 7 * number)).astimezone(ALMATY).replace(second=0),
        title=f"В {where} районе открыли {what}",
        paragraphs=(
            (
                f"В {where} районе города открыли {what}. Строили {number + 2} года, деньги на это "
                "дали из областного бюджета. На открытие пришли сотни жителей окрестных улиц."
            ),
            (
                f"«Мы ждали этого дня {number + 5} лет», — сказал житель района. По его словам, раньше людям "
                "приходилось ездить на другой конец города, и дорога отнимала больше часа."
            ),
            (
                f"Аким области поручил подрядчику до конца года благоустроить территорию в {where} "
                "районе: высадить деревья, проложить дорожки и поставить освещение."
            ),
        ),
    )


STORIES = tuple(map(_story, range(6)))


@dataclass(frozen=True, slots=True)
class Make:
    """A site: its host, where an article is, and what it serves."""

    host: str
    path: Callable[[Story], str]
    pages: Pages = field(default_factory=dict)
    charset: str = "utf-8"


def _paragraphs(story: Story, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in story.paragraphs)


def _links(make: Make, form: str = "<a href='{}'>{}</a>") -> str:
    return "".join(form.format(make.path(story), story.title) for story in STORIES)


def _rss(make: Make) -> str:
    items = "".join(
        f"<item><title>{story.title}</title><link>https://{make.host}{make.path(story)}</link>"
        f"<pubDate>{format_datetime(story.at)}</pubDate></item>"
        for story in STORIES
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Лента</title>{items}</channel></rss>"


def _wordpress() -> Make:
    make = Make("jel.example", lambda story: f"/{story.at:%Y/%m/%d}/novost-{story.number}/")
    head = "<meta name=generator content='WordPress 6.9'><meta property=og:site_name content='Жел Пресс'>"
    feed = "<link rel=alternate type=application/rss+xml href=/feed/>"
    make.pages["/"] = (
        "text/html",
        f"<html lang=ru><head><title>Жел Пресс</title>{head}{feed}</head>{_links(make)}",
    )
    make.pages["/feed/"] = ("application/rss+xml", _rss(make))
    for story in STORIES:
        graph = {
            "@graph": [
                {"@type": "NewsArticle", "headline": story.title, "datePublished": story.at.isoformat()}
            ]
        }
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<html lang=ru><head><title>{story.title} - Жел Пресс</title>{head}"
                f"<script type='application/ld+json'>{json.dumps(graph)}</script></head><body><nav>"
                f"<a href=/>Главная</a>"
                f"</nav><article><h1 class=entry-title>{story.title}</h1>"
                f"<div class=entry-content>{_paragraphs(story)}"
                "</div></article>"
            ),
        )
    return make


def _bitrix() -> Make:
    """No feed: the front page's links, dates as words, `ELEMENT_ID` nowhere, numbers in the address."""
    make = Make("bereke.example", lambda story: f"/news/obshchestvo/{story.number}/")
    make.pages["/"] = (
        "text/html",
        (
            "<html lang=ru><head><title>Береке</title></head><body><div class=news-list>"
            + _links(make, "<p class=news-item><a href='{}'><b>{}</b></a></p>")
            + "</div><a href=/news/>Все</a><a href=/about/>О нас</a><a href=/search/>Поиск</a>"
        ),
    )
    for story in STORIES:
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<html lang=ru><head><title>{story.title}</title>"
                f"<meta property=og:title content='{story.title}'></head>"
                f"<body><div class=bx-breadcrumb><a href=/>Главная</a> / <a href=/news/>Новости</a></div>"
                f"<div class=news-detail><span class=news-date-time>{story.at:%d.%m.%Y %H:%M}</span>"
                f"<h1>{story.title}</h1>{'<br><br>'.join(story.paragraphs)}</div>"
                f"<div class=footer>© Береке</div>"
            ),
        )
    return make


def _drupal() -> Make:
    """Microdata, `node` classes, a feed at the usual place that no page names."""
    make = Make("kokjal.example", lambda story: f"/node/{story.number}")
    make.pages["/"] = ("text/html", f"<html lang=ru><head><title>Көкжал</title></head>{_links(make)}")
    make.pages["/rss.xml"] = ("application/rss+xml", _rss(make))
    for story in STORIES:
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<html lang=ru><head><title>{story.title} | Көкжал</title>"
                f"<meta name=Generator content='Drupal 11'></head>"
                f"<body><article class='node node--type-article'><h1 class=page-title>"
                f"<span>{story.title}</span></h1>"
                f"<footer class=node__meta><time datetime='{story.at.isoformat()}'>{story.day}</time>"
                f"</footer>"
                f"<div class='field field--name-body'>{_paragraphs(story)}</div></article>"
            ),
        )
    return make


def _next() -> Make:
    """Next.js: what stands in `__NEXT_DATA__`, served rendered; a news sitemap named by robots.txt."""
    make = Make("zhas.example", lambda story: f"/story/{story.number}-otkrytie")
    make.pages["/"] = (
        "text/html",
        f"<html lang=ru><head><title>Жас</title></head><div id=__next>{_links(make)}</div>",
    )
    make.pages["/robots.txt"] = (
        "text/plain",
        "User-agent: *\nDisallow: /api/\nSitemap: https://zhas.example/news.xml\n",
    )
    urls = "".join(
        f"<url><loc>https://zhas.example{make.path(story)}</loc><news:news><news:publication_date>"
        f"{story.at.isoformat()}</news:publication_date><news:title>{story.title}</news:title>"
        f"</news:news></url>"
        for story in STORIES
    )
    make.pages["/news.xml"] = (
        "application/xml",
        (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
            f"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{urls}</urlset>"
        ),
    )
    for story in STORIES:
        props = {"title": story.title, "publishedAt": story.at.isoformat(), "body": list(story.paragraphs)}
        data = json.dumps({"props": {"pageProps": {"article": props}}}, ensure_ascii=False)
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<html lang=ru><head><title>{story.title}</title></head><body><div id=__next><main>"
                f"<h1>{story.title}</h1>"
                f"<span>{story.day}, {story.at:%H:%M}</span>{_paragraphs(story)}</main></div>"
                f"<script id=__NEXT_DATA__ type='application/json'>{data}</script>"
            ),
        )
    return make


def _amp() -> Make:
    """AMP and nothing else."""
    make = Make("shapshan.example", lambda story: f"/amp/{story.number}-{story.at:%Y%m%d}.html")
    feed = "<link rel=alternate type=application/atom+xml href=/atom.xml>"
    make.pages["/"] = (
        "text/html",
        f"<html amp lang=ru><head><title>Шапшаң</title>{feed}</head>{_links(make)}",
    )
    entries = "".join(
        f"<entry><title>{story.title}</title><link href='{make.path(story)}'/><id>tag:{story.number}</id>"
        f"<updated>{story.at.isoformat()}</updated></entry>"
        for story in STORIES
    )
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entries}</feed>"
    make.pages["/atom.xml"] = ("application/atom+xml", atom)
    for story in STORIES:
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<!doctype html><html ⚡ lang=ru><head><title>{story.title}</title><link rel=canonical href="
                f"'https://{make.host}{make.path(story)}'><meta property=article:published_time content="
                f"'{story.at.isoformat()}'></head><body><article><h1>{story.title}</h1>"
                f"<amp-img src=/i.jpg width=9 height=9>"
                f"</amp-img>{_paragraphs(story)}<amp-ad width=3 height=2></amp-ad></article>"
            ),
        )
    return make


def _feed_only() -> Make:
    """A front page that is a shell, and a JSON feed that it names."""
    make = Make("tolqyn.example", lambda story: f"/p/{story.number}")
    link = "<link rel=alternate type=application/feed+json href=/feed.json>"
    make.pages["/"] = (
        "text/html",
        f"<html lang=ru><head><title>Толқын</title>{link}</head><div id=app></div>",
    )
    items = [
        {
            "id": str(s.number),
            "url": f"https://{make.host}{make.path(s)}",
            "title": s.title,
            "date_published": s.at.isoformat(),
        }
        for s in STORIES
    ]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items})
    make.pages["/feed.json"] = ("application/feed+json", feed)
    for story in STORIES:
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<html lang=ru><head><title>{story.title}</title>"
                f"<meta name=pubdate content='{story.at.isoformat()}'></head>"
                f"<body><header><h1>{story.title}</h1></header><section>{_paragraphs(story)}</section>"
            ),
        )
    return make


def _tables() -> Make:
    """windows-1251, of the nineties: tables, fonts, `id=` in the query, a feed in windows-1251 too."""
    make = Make("eski.example", lambda story: f"/article.php?id={story.number}", charset="windows-1251")
    feed = "<link rel=alternate type=application/rss+xml href=/rss.php>"
    make.pages["/"] = (
        "text/html",
        f"<html><head><title>Старая газета</title>{feed}</head><table><tr><td>{_links(make)}</table>",
    )
    make.pages["/rss.php"] = ("text/xml", _rss(make).replace("'1.0'", "'1.0' encoding='windows-1251'"))
    for story in STORIES:
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<html><head><title>{story.title}</title></head><body><table width=100%><tr>"
                f"<td width=150><a href=/>Главная"
                f"</a><td><font size=5><b>{story.title}</b></font><br>"
                f"<font size=1>{story.day} {story.at:%H:%M}</font><p>"
                f"{'<p>'.join(story.paragraphs)}</table>"
            ),
        )
    return make


def _listing() -> Make:
    """A list of headlines and nothing that names it; the day in the address."""
    make = Make("kundelik.example", lambda story: f"/ru/{story.at:%d-%m-%Y}/sobytie-{story.number}.html")
    make.pages["/"] = (
        "text/html",
        f"<html lang=ru><head><title>Күнделік</title></head><ul>{_links(make, '<li><a href={}>{}</a>')}</ul>",
    )
    for story in STORIES:
        make.pages[make.path(story)] = (
            "text/html",
            (
                f"<html lang=ru><head><title>{story.title} — Күнделік</title></head><body>"
                f"<div id=content><h2>{story.title}</h2>"
                f"<div class=meta>Опубликовано: {story.day}, {story.at:%H:%M}</div>"
                f"{_paragraphs(story, 'div')}</div>"
            ),
        )
    return make


MAKES = {
    "wordpress": _wordpress(),
    "bitrix": _bitrix(),
    "drupal": _drupal(),
    "next": _next(),
    "amp": _amp(),
    "feed-only": _feed_only(),
    "windows-1251": _tables(),
    "listing-only": _listing(),
}

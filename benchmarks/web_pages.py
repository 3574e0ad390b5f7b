"""The article pages and listings of five outlets, in their true structure, around invented text."""
# ruff: noqa: E501 - templates read best as they are sent

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from itertools import accumulate
from typing import Final

from benchmarks.score_attribution import cases

_MONTHS: Final = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "january february march april may june july august september october november december",
}


class Prose:
    """Sentences in a language: words as often as the attribution cases have them, and whole paragraphs of those."""

    def __init__(self, lang: str) -> None:
        texts = [str(case["text"]) for part in ("tune", "speech") for case in cases(lang, part)]
        self.told = [each for text in texts for each in text.split("\n\n") if 40 < len(each) < 600]
        counts: dict[str, int] = {}
        for text in texts:
            for word in text.split():
                if word.strip("-–—«»").isalpha():
                    counts[word] = counts.get(word, 0) + 1
        self._words = list(counts)
        self._upto = list(accumulate(counts.values()))

    def words(self, chance: random.Random, count: int) -> str:
        """Give so many words."""
        most = self._upto[-1]
        return " ".join(self._words[bisect(self._upto, chance.random() * most)] for _ in range(count))

    def sentence(self, chance: random.Random) -> str:
        """Give a sentence."""
        text = self.words(chance, chance.randint(8, 22))
        return f"{text[0].upper()}{text[1:]}."

    def paragraphs(self, chance: random.Random) -> list[str]:
        """Give the paragraphs of an article: the first and another two of the attribution cases."""
        many = [
            " ".join(self.sentence(chance) for _ in range(chance.randint(2, 4)))
            for _ in range(chance.randint(5, 12))
        ]
        return [chance.choice(self.told), *many[:3], *chance.sample(self.told, 2), *many[3:]]


@dataclass(frozen=True, slots=True)
class Item:
    """An article of an outlet."""

    url: str
    lang: str
    at: datetime  # in the outlets' zone
    headline: str
    paragraphs: tuple[str, ...]
    number: int


Render = Callable[[Item, str, str], str]  # the article, what stands before it and after it: the page
Listing = Callable[[Iterable[Item]], str]


def _month(item: Item) -> str:
    return _MONTHS[item.lang].split()[item.at.month - 1]


def akorda(item: Item, before: str, after: str) -> str:
    """Give a page of akorda.kz."""
    month = _month(item)
    day, year = item.at.day, item.at.year
    dates = {
        "kk": f"{year} жылғы {day} {month}",
        "ru": f"{day} {month} {year} года",
        "en": f"{day} {month} {year} year",
    }
    body = "".join(f"<p>{each}</p>" for each in item.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{item.lang}"><head><meta charset="utf-8"><title>{item.headline} — Akorda.kz'
        f'</title><link rel="stylesheet" href="/assets/css/app.css"></head><body>{before}'
        '<header class="header"><ul class="lang"><li class="active"><span>Рус</span></li></ul></header>'
        f'<main id="main_block" class="container"><h2>{item.headline}</h2><div class="date">{dates[item.lang]}'
        f'</div><article><a href="/assets/media/{item.number}.jpg" data-lightbox="event"><img class="img-fluid" '
        f'src="/assets/media/{item.number}.jpg" alt=""></a>{body}</article></main>{after}</body></html>'
    )


def inbusiness(item: Item, before: str, after: str) -> str:
    """Give a page of inbusiness.kz."""
    month = _month(item)
    body = "".join(f"<p>{each}</p>" for each in item.paragraphs)
    place = "newsinfo" if item.lang == "kk" else "extra"
    return (
        f'<!DOCTYPE html><html lang="{item.lang}"><head><meta charset="utf-8"><title>{item.headline} | '
        f'inbusiness.kz</title><link rel="canonical" href="{item.url}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{item.headline}"><meta property="og:url" content="{item.url}">'
        f'</head><body>{before}<div class="breadcrumbs"><a href="/"><span>Басты бет</span></a> / '
        f'<span>Экономика</span></div><div class="newscont"><h1>{item.headline}</h1><div class="{place}"><time>'
        f"{item.at.day} {month} {item.at.year}, {item.at:%H:%M}</time> {item.number * 7 % 5000}</div>"
        f'<div class="text"><div class="newsimg"><img src="/uploads/2026-8/{item.number:08x}.jpg" alt="">'
        f'<div class="imgdesc">Фото: akorda.kz</div></div>{body}<div class="tgblock"><p>Telegram</p></div>'
        '<div class="share"><span>Бөлісу:</span> <a href="https://t.me/share/url">Telegram</a></div></div>'
        f'<div class="tags"><a href="/kz/tags?tag=0">#экономика</a></div></div>{after}</body></html>'
    )


def tengrinews(item: Item, before: str, after: str) -> str:
    """Give a page of tengrinews.kz."""
    month = _month(item)
    body = "".join(f"<p>{each}</p>" for each in item.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{item.lang}"><head><meta charset="utf-8"><title>{item.headline}: '
        '— Tengrinews.kz</title><meta property="og:site_name" content="Tengrinews.kz">'
        f'<meta property="og:title" content="{item.headline}"></head><body>{before}<main class="container">'
        '<ol class="breadcrumbs"><li><a href="/kazakhstan_news/">Қазақстан</a></li><li>'
        f'<span class="breadcrumbs__item--date">{item.at.day} {month} {item.at.year} {item.at:%H:%M}</span></li>'
        f'</ol><h1 class="head-single">{item.headline}</h1><div class="content_main_inner">'
        f'<div class="content_main_text" itemprop="articleBody">{body}<p>Фото: pixabay.com</p></div></div></main>'
        f"{after}</body></html>"
    )


def wordpress(item: Item, before: str, after: str) -> str:
    """Give a page as WordPress with Yoast makes it: kz.kursiv.media, astanatimes.com."""
    body = "".join(f"<p>{each}</p>" for each in item.paragraphs)
    at = item.at.isoformat(timespec="seconds")
    return (
        f'<!DOCTYPE html><html lang="{item.lang}"><head><meta charset="utf-8"><title>{item.headline}</title>'
        f'<link rel="canonical" href="{item.url}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{item.headline}"><meta property="article:published_time" '
        f'content="{at}"><script type="application/ld+json" class="yoast-schema-graph">{{"@context":'
        f'"https://schema.org","@graph":[{{"@type":"Article","@id":"{item.url}#article","headline":'
        f'"{item.headline}","datePublished":"{at}","dateModified":"{at}","author":{{"@id":"#p7"}},'
        '"articleSection":["Экономика"],"keywords":["порт"]},{"@type":"Person","@id":"#p7","name":"Анна Ли"}]}'
        f'</script></head><body class="post-template-default single">{before}<main><article class="post"><header '
        f'class="entry-header"><h1 class="entry-title">{item.headline}</h1><div class="entry-meta"><span '
        f'class="author">Анна Ли</span> <time class="entry-date" datetime="{at}">{item.at:%d.%m.%Y %H:%M}</time>'
        '</div></header><figure class="wp-block-post-featured-image"><img src="/wp-content/'
        f'{item.number}.jpg" alt=""><figcaption>Фото: Depositphotos</figcaption></figure><div '
        f'class="entry-content">{body}</div></article></main>{after}</body></html>'
    )


def cards(card: Callable[[Item], str], before: str, after: str) -> Listing:
    """Give the writer of an HTML listing."""

    def listing(items: Iterable[Item]) -> str:
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Жаңалықтар</title></head><body>{before}'
            f"{''.join(map(card, items))}{after}</body></html>"
        )

    return listing


def feed(items: Iterable[Item]) -> str:
    """Give an RSS feed of articles."""
    entries = "".join(
        f"<item><title>{each.headline}</title><link>{each.url}</link><pubDate>{format_datetime(each.at)}"
        f"</pubDate><description><![CDATA[<p>{each.paragraphs[0]}</p>]]></description></item>"
        for each in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed</title>'
        f"<link>https://example.org/</link><description>Feed</description>{entries}</channel></rss>"
    )

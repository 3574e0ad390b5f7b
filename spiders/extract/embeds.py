"""Posts and players of other sites inside an article: each becomes a link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from items import Link
from spiders.extract.dom import text_of
from spiders.extract.urls import absolute

_POSTS: Final = {
    "twitter-tweet": re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/\w+/status/\d+"),
    "twitter-video": re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/\w+/status/\d+"),
    "instagram-media": re.compile(r"https?://(?:www\.)?instagram\.com/(?:p|reel|tv)/[\w-]+/?"),
    "tiktok-embed": re.compile(r"https?://(?:www\.)?tiktok\.com/@[\w.-]+/video/\d+"),
    "fb-post": re.compile(r"https?://(?:www\.)?facebook\.com/\S+"),
    "fb-video": re.compile(r"https?://(?:www\.)?facebook\.com/\S+"),
}
_PLAYERS: Final = (
    "youtube.com", "youtube-nocookie.com", "youtu.be", "t.me", "telegram.org", "instagram.com",
    "facebook.com", "twitter.com", "x.com", "tiktok.com", "vk.com", "vkvideo.ru", "ok.ru", "rutube.ru",
    "vimeo.com", "coub.com", "dailymotion.com", "soundcloud.com", "spotify.com", "threads.net",
    "datawrapper.dwcdn.net", "flourish.studio", "google.com", "yandex.ru", "yandex.kz",
)  # fmt: skip
_LAZY: Final = ("src", "data-src", "data-lazy-src", "data-url")
_TELEGRAM_POST = re.compile(r"[A-Za-z]\w{3,}/\d+")
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_WITHOUT_TEXT: Final = frozenset({"instagram-media", "fb-post", "fb-video"})  # "View this post on …"


def embedded_link(element: HtmlElement, base: str) -> Link | None:
    """The post or the film that an element embeds, with the post's own words (or the address) as its text.

    None for an element that embeds nothing, and for frames of advertisers and counters.
    """
    tag = element.tag
    if tag in {"div", "blockquote"}:
        for mark in element.get("class", "").split():
            if mark in _POSTS:
                return _post(element, mark)
        return None
    if tag == "script":
        return _telegram(element.get("data-telegram-post", ""))
    if tag in {"iframe", "amp-iframe", "embed"}:
        return _frame(element, base)
    if tag.startswith("amp-"):
        return _amp(element)
    return None


def _telegram(post: str) -> Link | None:
    return _plain(f"https://t.me/{post}") if _TELEGRAM_POST.fullmatch(post) else None


def _post(element: HtmlElement, mark: str) -> Link | None:
    written = [element.get(key, "").strip() for key in ("data-instgrm-permalink", "cite", "data-href")]
    written += [anchor.get("href", "").strip() for anchor in reversed(list(element.iterdescendants("a")))]
    match = next((found for href in written if (found := _POSTS[mark].match(href))), None)
    if match is None:
        return None
    paragraph = None if mark in _WITHOUT_TEXT else next(element.iterdescendants("p"), None)
    words = text_of(paragraph, apart=True) if paragraph is not None else ""
    return Link(url=match[0], text=words) if words else _plain(match[0])


def _frame(element: HtmlElement, base: str) -> Link | None:
    url = player(dict(element.attrib), base)
    return None if url is None else _plain(url)


def player(attributes: Mapping[str, str], base: str) -> str | None:
    """Where a frame's film, post or map is found, by the frame's attributes.

    None for frames of anybody but the known players: advertisers, counters, strangers.
    """
    for key in _LAZY:
        url = absolute(base, attributes.get(key, ""))
        if url is None:
            continue
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if not any(host == known or host.endswith(f".{known}") for known in _PLAYERS):
            return None
        if "youtube" in host and parts.path.startswith("/embed/"):
            film = parts.path.split("/")[2]
            return f"https://www.youtube.com/watch?v={film}" if _YOUTUBE_ID.fullmatch(film) else url
        if host.endswith("facebook.com") and (held := parse_qs(parts.query).get("href")):
            return absolute(base, held[0]) or url
        if host == "t.me" and "embed=" in parts.query:
            return url.split("?")[0]
        if host.endswith("google.com") and not parts.path.startswith("/maps"):
            return None
        return url
    return None


def _amp(element: HtmlElement) -> Link | None:
    film, tweet = element.get("data-videoid", ""), element.get("data-tweetid", "")
    if element.tag == "amp-youtube" and _YOUTUBE_ID.fullmatch(film):
        return _plain(f"https://www.youtube.com/watch?v={film}")
    if element.tag == "amp-twitter" and tweet.isdigit():
        return _plain(f"https://x.com/i/status/{tweet}")
    code = element.get("data-shortcode", "")
    if element.tag == "amp-instagram" and re.fullmatch(r"[\w-]{5,40}", code):
        return _plain(f"https://www.instagram.com/p/{code}/")
    return None


def _plain(url: str) -> Link:
    return Link(url=url, text=url)

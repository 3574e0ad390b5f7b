"""A site that nobody prepared, on loopback: WordPress with JSON-LD, in Russian and Kazakh."""

from __future__ import annotations

import json
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOST = "qala.example"
HOME = f"https://{HOST}"
ROBOTS = f"User-agent: *\nDisallow: /wp-admin/\nDisallow: /2026/11/20/\nSitemap: {HOME}/sitemap_index.xml\n"


@dataclass(frozen=True, slots=True)
class Post:
    """A post: `path` begins with the day it was published; times are +05:00."""

    lang: str
    path: str
    time: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def at(self) -> str:
        """ISO 8601, with its offset."""
        return "-".join(self.path.removeprefix("/kk").split("/")[1:4]) + f"T{self.time}:00+05:00"


def _posts(kind: str) -> tuple[Post, ...]:
    table = tomllib.loads(Path(__file__).with_name("qala.toml").read_text(encoding="utf-8"))
    return tuple(
        Post(each["lang"], each["path"], each["time"], each["title"], tuple(each["text"].splitlines()))
        for each in table[kind]
    )


POSTS = _posts("post")
(AWKWARD,) = _posts("awkward")
TABLE = "<table><tr><th>Район</th><th>Тонн</th></tr><tr><td>Северный</td><td>410</td></tr></table>"


def page(post: Post, extra: str = "") -> str:
    """Give a post as its page: the theme's furniture around it, JSON-LD as an SEO plugin writes it."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "@id": f"{HOME}{post.path}#article",
                "headline": post.title,
                "datePublished": post.at,
                "author": {"@type": "Person", "name": "Дана Ахметова"},
                "publisher": {"@type": "Organization", "name": "Qala Press"},
            },
            {"@type": "WebSite", "name": "Qala Press", "url": HOME},
        ],
    }
    body = "".join(f"<p>{text}</p>" for text in post.paragraphs)
    return (
        f"{_head(post.lang, post.title)}<link rel=canonical href='{HOME}{post.path}'>"
        f"<script type='application/ld+json'>{json.dumps(graph, ensure_ascii=False)}</script></head><body>"
        f"<nav><a href=/about/>О нас</a></nav><article class=post><h1 class=entry-title>{post.title}</h1>"
        f"<div class=entry-content>{body}{extra}</div></article><footer><a href=/kk/>Қазақша</a></footer>"
    )


def front(lang: str) -> str:
    """Give a language's front page: its feed, that of comments, and the other language."""
    links = "".join(f"<a href={post.path}>{post.title}</a>" for post in POSTS if post.lang == lang)
    others = "".join(
        f"<link rel=alternate hreflang={code} href='{HOME}{path}'>"
        for code, path in (("ru", "/"), ("kk", "/kk/"))
    )
    return f"{_head(lang, 'Qala Press')}{others}</head><body><main>{links}</main>"


def feed(lang: str) -> str:
    """Give a language's feed, as WordPress has it."""
    items = "".join(
        f"<item><title>{post.title}</title><link>{HOME}{post.path}</link><pubDate>{post.at}</pubDate></item>"
        for post in POSTS
        if post.lang == lang
    )
    channel = f"<channel><title>Qala</title>{items}</channel>"
    return f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'>{channel}</rss>"


def _head(lang: str, title: str) -> str:
    base = "" if lang == "ru" else f"/{lang}"
    return (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{title}</title>"
        "<meta name=generator content='WordPress 6.9'><meta property=og:site_name content='Qala Press'>"
        f"<link rel=alternate type=application/rss+xml title='Qala » Comments' href='{base}/comments/feed/'>"
        f"<link rel=alternate type=application/rss+xml title=Qala href='{base}/feed/'>"
    )


@dataclass
class Served:
    """The port, and every request as it came: (path, user agent)."""

    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)


Answers = dict[str, tuple[str, str]]  # path -> media type and text


def wordpress() -> Answers:
    """Give the whole site."""
    answers = {post.path: ("text/html", page(post)) for post in POSTS}
    for lang, base in (("ru", ""), ("kk", "/kk")):
        answers[f"{base}/"] = ("text/html", front(lang))
        answers[f"{base}/feed/"] = ("application/rss+xml", feed(lang))
    return {**answers, "/robots.txt": ("text/plain", ROBOTS)}


@contextmanager
def served(answers: Answers) -> Iterator[Served]:
    """Serve these on 127.0.0.1, and 404 else, while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, str(self.headers["User-Agent"])))
            kind, text = answers.get(self.path, ("text/html", ""))
            body = text.encode()
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited signature
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Served(int(server.server_address[1]))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()

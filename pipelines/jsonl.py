"""The rooms as filters: JSON Lines in, a JSON object a line out, in the same order. No network, no database.

A line that is not valid gets `{"id": …, "error": …}` and the others go through.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from items import Article, Attribution, Credit, Image, Moment
from pipelines.attribution.identity import directory
from pipelines.attribution.reader import attribute
from pipelines.likeness import Account, decide_story
from pipelines.normalise import normalise_article
from pipelines.text.language import detect
from spiders.extract.encoding import decode
from spiders.extract.page import extract_page

if TYPE_CHECKING:
    from spiders.base import OutletSpider

Line = Mapping[str, Any]
T = TypeVar("T")

_DEFAULT_LANG = "ru"  # where neither the line nor its text tells


class Invalid(ValueError):  # noqa: N818 - what a line is
    """A line that cannot be worked on; the message says what was expected."""


def filtered(
    lines: Iterable[bytes], work: Callable[[Line], Mapping[str, Any]]
) -> Iterator[tuple[bytes, bool]]:
    """Give, for every line that is not blank, the answer as a line of UTF-8 and whether it is a good one.

    Args:
        lines: JSON objects in UTF-8.
        work: gives the answer for one of them, without its id; raises ValueError for one that it cannot do.
    """
    for line in lines:
        if not line.strip():
            continue
        key: Any = None
        try:
            value = json.loads(line.decode("utf-8-sig"))
            if not isinstance(value, dict):
                raise Invalid("expected a JSON object")
            key = value.get("id")
            answer, good = {"id": key, **work(value)}, True
        except (ValueError, OSError, RecursionError) as error:
            answer, good = (
                {"id": key, "error": " ".join(str(error).split())[:300] or type(error).__name__},
                False,
            )
        yield _dumped(answer), good


def attribute_line(line: Line) -> dict[str, Any]:
    """Do a line of `jarshy attribute`: {"lang"|null, "publisher", "text"} to lang, chain, photo, quotes."""
    text = _field(line, "text", str)
    lang = _optional(line, "lang", str) or detect(text, default=_DEFAULT_LANG) or _DEFAULT_LANG
    publisher = (
        _optional(line, "publisher", str) or urlsplit(_optional(line, "url", str) or "").hostname or ""
    )
    return _attribution(attribute(text, lang=lang, publisher=publisher))


def extract_line(line: Line, outlets: Mapping[str, type[OutletSpider]]) -> dict[str, Any]:
    """Do a line of `jarshy extract`: {"url", "html" or "path"} to the facts of the page, normalised.

    Args:
        line: `now` (ISO 8601) may say when the page was fetched; relative dates count from it.
        outlets: the spider of each host that is prepared.
    """
    url = _field(line, "url", str)
    html = _optional(line, "html", str)
    if html is None:
        html = decode(Path(_field(line, "path", str)).read_bytes(), declared=None).text
    spider = outlets.get(urlsplit(url).hostname or "")
    given = _optional(line, "now", str)
    now = datetime.now(UTC) if given is None else datetime.fromisoformat(given)
    if now.tzinfo is None:
        raise Invalid('"now" needs a zone, as in 2026-11-25T09:00:00+05:00')
    facts, layouts = (None, ()) if spider is None else (spider.facts(), spider.layouts)
    article = extract_page(html, url=url, now=now, outlet=facts, layouts=layouts).article
    return _article(normalise_article(article), None if spider is None else spider.name)


class Folder:
    """Folds the articles of one stream: `add` takes a line, `story` tells where it came to at the end."""

    def __init__(self) -> None:
        self._accounts: list[Account] = []
        self._stories: dict[str, str] = {}  # by the account's key
        self._merged: dict[str, str] = {}

    def add(self, line: Line) -> str:
        """Take a line of `jarshy fold`; gives the story's name as it is known by now."""
        text = f"{_field(line, 'title', str)}\n{_field(line, 'text', str)}"
        lang = _optional(line, "lang", str) or detect(text, default=_DEFAULT_LANG) or _DEFAULT_LANG
        outlet = _field(line, "outlet", str)
        given = _optional(line, "chain", list)
        speaker = directory().key(outlet, lang)
        if given:
            origin = _origin(given, lang)
        else:
            origin = attribute(text, lang=lang, publisher=outlet).chain[-1].source
        account = Account(
            key=str(len(self._accounts)),
            outlet=outlet,
            lang=lang,
            at=_moment(_optional(line, "published", str)),
            speaker=speaker,
            origin=origin,
            text=text,
        )
        verdict = decide_story(account, self._accounts, self._stories)
        story = f"story-{len(self._accounts) + 1}" if verdict is None else verdict.story
        if verdict is not None and verdict.also:
            self._merged |= dict.fromkeys(verdict.also, story)
            self._stories = {key: self.story(name) for key, name in self._stories.items()}
        self._accounts.append(account)
        self._stories[account.key] = story
        return story

    def story(self, name: str) -> str:
        """Give the story that one has become."""
        while name in self._merged:
            name = self._merged[name]
        return name


def fold_lines(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Do all the lines of `jarshy fold`, in order of arrival, once the last has come.

    Only then is it known which stories proved to be one. Answers as `filtered` does.
    """
    folder = Folder()
    for answer, good in list(filtered(lines, lambda line: {"story": folder.add(line)})):
        if good:
            value = json.loads(answer)
            yield _dumped({**value, "story": folder.story(value["story"])}), True
        else:
            yield answer, False


def text_field(line: Line, name: str) -> str:
    """Give a text of a line; raises `Invalid` where it is missing or none."""
    return _field(line, name, str)


def outlet_hosts(spiders: Iterable[type[OutletSpider]]) -> dict[str, type[OutletSpider]]:
    """Give the spider of every host, with and without "www."."""
    found: dict[str, type[OutletSpider]] = {}
    for spider in spiders:
        for host in spider.hosts:
            bare = host.removeprefix("www.")
            found.setdefault(bare, spider)
            found.setdefault(f"www.{bare}", spider)
    return found


def _origin(chain: list[Any], lang: str) -> str:
    last = chain[-1]
    if isinstance(last, dict):
        return str(last.get("source") or directory().key(_field(last, "name", str), lang))
    if isinstance(last, str):
        return directory().key(last, lang)
    raise Invalid('"chain" needs objects with a "name"')


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f'"published" is no ISO 8601 date: {text[:40]!r}') from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _attribution(read: Attribution) -> dict[str, Any]:
    return {
        "lang": read.lang,
        "chain": [_credit(credit) for credit in read.chain],
        "photo": read.photo,
        "quotes": [
            {"speaker": quote.speaker, "person": quote.person, "text": quote.text, "verb": quote.verb}
            for quote in read.quotes
        ],
    }


def _credit(credit: Credit) -> dict[str, Any]:
    fields = ("name", "role", "source", "confidence", "evidence", "start", "end")
    return {name: getattr(credit, name) for name in fields}


def _article(article: Article, outlet: str | None) -> dict[str, Any]:
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "lang": article.lang,
        "headline": article.headline or None,
        "lead": article.lead,
        "paragraphs": [block.text for block in article.blocks],
        "body": article.body,
        "author": article.author,
        "section": article.section,
        "tags": list(article.tags),
        "published": _iso(article.published),
        "modified": _iso(article.modified),
        "images": [_image(image) for image in article.images],
        "views": article.views,
        "outlet": outlet,
    }


def _image(image: Image) -> dict[str, Any]:
    return {"url": image.url, "alt": image.alt, "caption": image.caption, "credit": image.credit}


def _iso(moment: Moment | None) -> str | None:
    """ISO 8601 with the offset of the zone it was read in; a day stays a day."""
    if moment is None:
        return None
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    return local.date().isoformat() if moment.precision == "day" else local.isoformat()


def _field(line: Line, name: str, kind: type[T]) -> T:
    value = _optional(line, name, kind)
    if value is None:
        raise Invalid(f'"{name}" is missing')
    return value


def _optional(line: Line, name: str, kind: type[T]) -> T | None:
    value = line.get(name)
    if value is not None and not isinstance(value, kind):
        raise Invalid(f'"{name}" is no {"string" if kind is str else "list"}')
    return value


def _dumped(value: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate can only be written as an escape
        return json.dumps(value).encode() + b"\n"

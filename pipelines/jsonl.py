"""The rooms as filters: JSON Lines in, a JSON object a line out, in the same order. No network, no database.

A line that is not valid gets `{"id": …, "error": …}` and the others go through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from items import Article, Attribution, Credit, Image, Moment
from pipelines.attribution.reader import attribute
from pipelines.folding.folder import Folder
from pipelines.folding.piece import Piece
from pipelines.folding.record import piece_of
from pipelines.folding.vectors import configured
from pipelines.normalise import normalise_article
from pipelines.text.language import detect, tag
from spiders.extract.encoding import decode
from spiders.extract.mojibake import repair_page
from spiders.extract.page import extract_page

if TYPE_CHECKING:
    from spiders.base import OutletSpider

Line = Mapping[str, Any]
T = TypeVar("T")

_OFFSET = re.compile(r"\d([+-](?:0\d|1[0-4]):?[0-5]\d)$")
_MOST_BYTES = 64 * 1024 * 1024  # of a page in a file: some more than is read of one
FOLDED = 20_000  # lines that `jarshy fold` reads before it answers
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
    lang = tag(_optional(line, "lang", str)) or detect(text, default=_DEFAULT_LANG) or _DEFAULT_LANG
    publisher = (
        _optional(line, "publisher", str) or urlsplit(_optional(line, "url", str) or "").hostname or ""
    )
    return _attribution(attribute(text, lang=lang, publisher=publisher))


def extract_line(line: Line, outlets: Mapping[str, type[OutletSpider]]) -> dict[str, Any]:
    """Do a line of `jarshy extract`: {"url", "html" or "path"} to the facts of the page, normalised.

    Args:
        line: `now` (ISO 8601) may say when the page was fetched; relative dates count from it, and are not
            read without.
        outlets: the spider of each host that is prepared.
    """
    url = _field(line, "url", str)
    html = _optional(line, "html", str)
    if html is None:
        html = decode(_bytes_of(Path(_field(line, "path", str))), declared=None).text
    else:
        html = repair_page(html)
    spider = outlets.get(urlsplit(url).hostname or "")
    given = _optional(line, "now", str)
    now = datetime.now(UTC) if given is None else datetime.fromisoformat(given)
    if now.tzinfo is None:
        raise Invalid('"now" needs a zone, as in 2026-11-25T09:00:00+05:00')
    facts, layouts = (None, ()) if spider is None else (spider.facts(), spider.layouts)
    found = extract_page(html, url=url, now=now, outlet=facts, layouts=layouts, anchored=given is not None)
    article = found.article
    return _article(normalise_article(article), None if spider is None else spider.name)


def _bytes_of(path: Path) -> bytes:
    """Read a page from a file; raises OSError, or Invalid for what is no file, or larger than a page is."""
    if not path.is_file():
        raise Invalid(f"{path} is no file" if path.exists() else f"{path} is not there")
    with path.open("rb") as file:
        body = file.read(_MOST_BYTES + 1)
    if len(body) > _MOST_BYTES:
        raise Invalid(f"{path} has more than {_MOST_BYTES} bytes")
    return body


def fold_lines(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Do all the lines of `jarshy fold`, in order of arrival, once the last has come.

    Only then is it known which belong together; the order of the lines makes no difference to that. A story
    goes by the `id` of its earliest article. Answers as `filtered` does. Beyond `FOLDED` lines they are
    answered in portions, so that memory is bounded by a portion and the window of days before it: a line's
    answer then knows of the later lines of its portion alone.
    """
    folder = Folder(vectors=configured())
    lines = iter(lines)
    seen: set[str] = set()
    names: dict[str, str] = {}  # a story's key -> what it goes by
    while portion := list(islice(lines, FOLDED)):
        yield from _folded(folder, portion, seen, names)


def _folded(
    folder: Folder, portion: Iterable[bytes], seen: set[str], names: dict[str, str]
) -> Iterator[tuple[bytes, bool]]:
    pieces: list[Piece] = []
    ids: dict[str, str] = {}

    def take(line: Line) -> Mapping[str, Any]:
        name = str(line.get("id"))
        # Two lines may bear one id; their stories are then told apart by place.
        place = len(names) + len(ids)
        key = f"{name}\x1f{place}"
        pieces.append(folding_piece(line, key))
        ids[key] = f"{name}#{place + 1}" if name in seen else name
        seen.add(name)
        return {"story": len(pieces) - 1}

    answers = list(filtered(portion, take))
    names |= ids
    stories = [joined.story for joined in folder.settle(pieces).joined]
    for answer, good in answers:
        if good:
            value = json.loads(answer)
            yield _dumped({**value, "story": names[stories[value["story"]]]}), True
        else:
            yield answer, False


def folding_piece(line: Line, key: str) -> Piece:
    """Give a line as folding sees it; without a chain of its own it has the one that its text tells.

    Raises:
        ValueError: a field is missing, or is not what it should be.
    """
    piece = piece_of({**line, "id": key, "lang": tag(_optional(line, "lang", str))})
    if piece.chain or not piece.text:
        return piece
    lang = piece.lang or detect(piece.text, default=_DEFAULT_LANG) or _DEFAULT_LANG
    read = attribute(f"{piece.title}\n\n{piece.text}", lang=lang, publisher=piece.outlet)
    return replace(piece, chain=tuple(credit.source for credit in read.chain if credit.evidence))


def text_field(line: Line, name: str, *, default: str | None = None) -> str:
    """Give a text of a line; raises `Invalid` where it is none, or missing without a `default`."""
    return _field(line, name, str) if default is None else _optional(line, name, str) or default


def outlet_hosts(spiders: Iterable[type[OutletSpider]]) -> dict[str, type[OutletSpider]]:
    """Give the spider of every host, with and without "www."."""
    found: dict[str, type[OutletSpider]] = {}
    for spider in spiders:
        for host in spider.served():
            bare = host.removeprefix("www.")
            found.setdefault(bare, spider)
            found.setdefault(f"www.{bare}", spider)
    return found


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
        "published": _iso(article.published, printed=outlet is None),
        "modified": _iso(article.modified, printed=outlet is None),
        "images": [_image(image) for image in article.images],
        "views": article.views,
        "outlet": outlet,
    }


def _image(image: Image) -> dict[str, Any]:
    return {"url": image.url, "alt": image.alt, "caption": image.caption, "credit": image.credit}


def _iso(moment: Moment | None, *, printed: bool) -> str | None:
    """ISO 8601 with the offset of the zone it was read in; a day stays a day.

    Args:
        moment: what is told.
        printed: whether an offset that the page printed is preferred, as where its zone is not known.
    """
    if moment is None:
        return None
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    if printed and (offset := _OFFSET.search(moment.raw.strip())) is not None:
        local = moment.at.astimezone(datetime.strptime(offset[1], "%z").tzinfo)
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

"""The sample articles: invented news, kept as TOML facts and a light body markup, read into one type.

The markup of a body: blocks are parted by an empty line; `## ` opens a subhead, `- ` a list item, `> ` a
block quotation, `| ` a table row with its cells parted by ` | `; anything else is a paragraph.
`[text](url)` is a link.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from items import BlockKind, Role

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Almaty")

# When the outlets were recorded: the Last-Modified of whatever bears no date of its own.
RECORDED = dt.datetime(2026, 8, 20, 6, 0, tzinfo=dt.UTC)

_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_MARKS: tuple[tuple[str, BlockKind], ...] = (
    ("## ", "subhead"),
    ("- ", "item"),
    ("> ", "quote"),
    ("| ", "row"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one kind that stand in one element: a paragraph, a whole list, a whole table."""

    kind: BlockKind
    lines: tuple[str, ...]

    def texts(self) -> tuple[str, ...]:
        """Give the text of every block, links reduced to their words and cells joined by " | "."""
        return tuple(_LINK.sub(r"\1", line) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the outlet changed later: `replace` in headline and body, and `note` as a further paragraph."""

    modified: dt.datetime
    replace: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """One page in one language, with the facts a reader of it should find.

    `published` is an aware time, a day, or words relative to the fetch ("yesterday 21:05", "today").
    `disguise` holds (true, served) pairs: look-alike letters, soft hyphens and no-break spaces of the page.
    """

    host: str
    path: str
    lang: str
    headline: str
    printed: str  # the date as the page prints it
    published: dt.datetime | dt.date | str
    passages: tuple[Passage, ...]
    chain: tuple[tuple[str, Role], ...]
    speakers: tuple[str, ...] = ()
    views: int | None = None
    image: str | None = None  # path on the host
    photo_line: str | None = None  # the credit with its label, as printed
    photo: str | None = None  # the credit without it
    section: str | None = None
    tags: tuple[str, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()  # (BCP 47 tag, path)
    lang_declared: str = ""
    disguise: tuple[tuple[str, str], ...] = ()
    correction: Correction | None = None
    modified: dt.datetime | None = None  # aware; when the correction was made, in state 2
    options: Mapping[str, Any] = field(
        default_factory=dict
    )  # how the page is served: see the outlet's module

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"https://{self.host}{self.path}"

    @property
    def last_modified(self) -> dt.datetime:
        """The time for the Last-Modified header, in UTC."""
        if self.modified is not None:
            return self.modified.astimezone(dt.UTC)
        if isinstance(self.published, dt.datetime):
            return self.published.astimezone(dt.UTC)
        if isinstance(self.published, dt.date):
            return dt.datetime.combine(self.published, dt.time(12), ZONE).astimezone(dt.UTC)
        return RECORDED

    @property
    def blocks(self) -> tuple[tuple[BlockKind, str], ...]:
        """Kind and text of every block of the body, in reading order."""
        return tuple((passage.kind, text) for passage in self.passages for text in passage.texts())

    def served(self, text: str) -> str:
        """Give `text` as the page spells it, disguises put on."""
        return _replaced(text, self.disguise)

    def in_state(self, state: int) -> SampleArticle:
        """Give the article as it stands in `state`: 1 is the first, 2 follows the correction."""
        change = self.correction
        if change is None or state == 1:
            return self
        corrected = tuple(
            Passage(passage.kind, tuple(_replaced(line, change.replace) for line in passage.lines))
            for passage in self.passages
        )
        return dataclasses.replace(
            self,
            headline=_replaced(self.headline, change.replace),
            passages=(*corrected, Passage("paragraph", (change.note,))),
            modified=change.modified,
        )


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def passages(markup: str) -> tuple[Passage, ...]:
    """Read the body markup described at the head of this file."""
    return tuple(_passages(markup))


def _passages(markup: str) -> Iterator[Passage]:
    for chunk in re.split(r"\n[ \t]*\n", markup.strip()):
        for mark, kind in _MARKS:
            if chunk.startswith(mark):
                lines = (line.removeprefix(mark).strip() for line in chunk.splitlines())
                yield Passage(kind, tuple(line.removesuffix(" |") for line in lines))
                break
        else:
            yield Passage("paragraph", (" ".join(chunk.split("\n")),))


def body_html(article: SampleArticle) -> list[str]:
    """Give the body as HTML, one element a passage."""
    return [_element(passage, article) for passage in article.passages]


def _element(passage: Passage, article: SampleArticle) -> str:
    lines = [inline(article.served(line)) for line in passage.lines]
    if passage.kind == "subhead":
        return f"<h2>{lines[0]}</h2>"
    if passage.kind == "item":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    if passage.kind == "quote":
        return f"<blockquote><p>{' '.join(lines)}</p></blockquote>"
    if passage.kind == "row":
        rows = ("".join(f"<td>{cell}</td>" for cell in line.split(" | ")) for line in lines)
        return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"
    return f"<p>{lines[0]}</p>"


def inline(text: str) -> str:
    """Escape `text` for HTML and turn its `[text](url)` links into anchors."""
    return _LINK.sub(r'<a href="\2">\1</a>', html.escape(text, quote=False))


def read_toml(path: Path) -> dict[str, Any]:
    """Read one TOML file (UTF-8).

    Raises:
        ValueError: with the file's name, if it is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error

"""How well the pages of unknown sites are read, beside what others read of them, in one run.

    python -m benchmarks.score_extract [--pages FOLDER] [--misses]

Prints, over the pages of a folder (`tests/extract/unknown`), for `jarshy extract` and for each of
trafilatura, newspaper4k, news-please and readability-lxml that can be imported (none but trafilatura is
installed with Jarshy), each called as its users call it, with its own defaults:

* body: precision, recall and F1 over shingles of four words (of four characters in scripts without spaces),
  each page counting alike: the measure of the public benchmark of article extraction (Zyte, 2020);
* headline: the share of pages on which it is the same but for case, spaces and marks;
* date: the share of dated pages with the right day, and of undated ones for which none is given;
* author: the share of pages on which the same people are named (or nobody);
* images: F1 over the files of the pictures, whatever their size.

The pages are invented; their structures are those of real systems. The exit code is 1 where Jarshy's own
figures fall below the limits.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipelines.jsonl import extract_line
from spiders.extract.dom import squash
from spiders.extract.images import file_of

PAGES: Final = Path(__file__).parents[1] / "tests" / "extract" / "unknown"
LIMITS: Final = {"body": 0.97, "headline": 0.97, "date": 0.95}
_SHINGLE: Final = 4
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody read of a page. The fields that a reader does not have are None throughout."""

    body: str = ""
    headline: str = ""
    date: str | None = None  # ISO 8601; its first ten characters count
    author: str | None = None
    images: tuple[str, ...] = ()


Reader = Callable[[str, str], Read]


@dataclass(slots=True)
class Tally:
    """The scores of one reader, page by page."""

    body: list[tuple[float, float]] = field(default_factory=list)  # precision and recall
    images: list[tuple[float, float]] = field(default_factory=list)
    headline: list[bool] = field(default_factory=list)
    date: list[bool] = field(default_factory=list)
    author: list[bool] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Give the mean of each measure."""
        precision, recall, body = _f1(self.body)
        return {
            "precision": precision,
            "recall": recall,
            "body": body,
            "headline": _share(self.headline),
            "date": _share(self.date),
            "author": _share(self.author),
            "images": _f1(self.images)[2],
        }


def _f1(pairs: Iterable[tuple[float, float]]) -> tuple[float, float, float]:
    held = list(pairs)
    precision = sum(p for p, _ in held) / max(1, len(held))
    recall = sum(r for _, r in held) / max(1, len(held))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _share(hits: list[bool]) -> float:
    return sum(hits) / max(1, len(hits))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Give the runs of four words of a text; a shorter text is one run."""
    tokens = _TOKEN.findall(text.casefold())
    if not tokens:
        return Counter()
    return Counter(
        tuple(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1))
    )  # fmt: skip


def agreement(found: Counter[Any], wanted: Counter[Any]) -> tuple[float, float]:
    """Give precision and recall; where nothing is wanted, finding nothing is right."""
    common = (found & wanted).total()
    precision = common / found.total() if found else float(not wanted)
    recall = common / wanted.total() if wanted else float(not found)
    return precision, recall


def people(text: str | None) -> frozenset[str]:
    """Give the names of a byline, for comparing."""
    parts = re.split(r"[,;&]| and | und | et | y | и ", text or "")
    return frozenset(name for part in parts if (name := squash(part)))


def files(urls: Iterable[str]) -> Counter[str]:
    """Give the files of pictures, without marks of size."""
    return Counter({re.sub(r"\?.*", "", file_of(url)).rsplit("/", 1)[-1]: 1 for url in urls if url})


def jarshy(html: str, url: str) -> Read:
    """Read a page as `jarshy extract --jsonl` does."""
    answer = extract_line({"url": url, "html": html}, {})
    pictures = tuple(image["url"] for image in answer["images"])
    return Read(answer["body"], answer["headline"] or "", answer["published"], answer["author"], pictures)


def trafilatura(html: str, url: str) -> Read:
    """Read a page with trafilatura's defaults and its metadata."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(html, url=url, with_metadata=True)
    if found is None:
        return Read()
    told = found.as_dict()
    image = (told["image"],) if told.get("image") else ()
    return Read(told["text"] or "", told["title"] or "", told["date"], told["author"], image)


def newspaper4k(html: str, url: str) -> Read:
    """Read a page with newspaper4k's defaults."""
    from newspaper import Article  # type: ignore[import-not-found, unused-ignore]

    article = Article(url, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    date = article.publish_date.isoformat() if hasattr(article.publish_date, "isoformat") else None
    image = (article.top_image,) if article.top_image else ()
    return Read(article.text, article.title, date, ", ".join(article.authors), image)


def news_please(html: str, url: str) -> Read:
    """Read a page with news-please's defaults, no picture fetched."""
    from newsplease import NewsPlease  # type: ignore[import-not-found, unused-ignore]

    found = NewsPlease.from_html(html, url=url, fetch_images=False)
    date = found.date_publish.isoformat() if found.date_publish else None
    image = (found.image_url,) if found.image_url else ()
    return Read(found.maintext or "", found.title or "", date, ", ".join(found.authors or ()), image)


def readability(html: str, url: str) -> Read:
    """Read a page with readability-lxml, which knows neither date nor author."""
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found, unused-ignore]

    document = Document(html, url=url)
    tree = fromstring(document.summary(html_partial=True))
    body = "\n".join(str(text).strip() for text in tree.itertext() if text.strip())
    return Read(body, document.short_title(), None, None, tuple(e.get("src", "") for e in tree.iter("img")))


OWN: Final = "jarshy extract"
LACKS: Final = {"readability-lxml": ("date", "author")}
READERS: Final[dict[str, tuple[str, Reader]]] = {
    OWN: ("pipelines", jarshy),
    "trafilatura": ("trafilatura", trafilatura),
    "newspaper4k": ("newspaper", newspaper4k),
    "news-please": ("newsplease", news_please),
    "readability-lxml": ("readability", readability),
}


def available() -> dict[str, Reader]:
    """Give the readers whose packages can be imported."""
    found: dict[str, Reader] = {}
    for name, (package, reader) in READERS.items():
        try:
            __import__(package)
        except ImportError:
            print(f"{name}: not installed")
        else:
            found[name] = reader
    return found


def score(tally: Tally, read: Read, wanted: Mapping[str, Any]) -> list[str]:
    """Count one page; gives the names of what was missed."""
    pair = agreement(shingles(read.body), shingles("\n".join(wanted["paragraphs"])))
    tally.body.append(pair)
    tally.images.append(agreement(files(read.images), files(wanted["images"])))
    tally.headline.append(squash(read.headline) == squash(wanted["headline"]))
    tally.date.append((read.date or "")[:10] == (wanted["published"] or "")[:10])
    tally.author.append(people(read.author) == people(wanted["author"]))
    misses = [name for name in ("headline", "date", "author") if not getattr(tally, name)[-1]]
    misses += ["images"] if min(tally.images[-1]) < 1 else []
    return [*misses, f"body {pair[0]:.2f}/{pair[1]:.2f}"] if min(pair) < 0.97 else misses


def report(folder: Path = PAGES, *, readers: Mapping[str, Reader], misses: bool = False) -> dict[str, float]:
    """Print the table; gives Jarshy's own figures.

    Args:
        folder: pages, each beside what is wanted of it (`name.html`, `name.json`).
        readers: by their names.
        misses: whether Jarshy's pages that are not read whole are named.
    """
    pages = sorted(folder.glob("*.html"))
    tallies = {name: Tally() for name in readers}
    failures: Counter[str] = Counter()
    for path in pages:
        wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        html = path.read_text(encoding="utf-8")
        for name, reader in readers.items():
            try:
                read = reader(html, wanted["url"])
            except Exception:  # noqa: BLE001 - whatever a peer raises costs it the page
                failures[name] += 1
                read = Read()
            missed = score(tallies[name], read, wanted)
            if misses and missed and reader is jarshy:
                print(f"{path.stem}: {', '.join(missed)}")
    head = ("precision", "recall", "body", "headline", "date", "author", "images")
    print(f"{f'{len(pages)} pages':20}" + "".join(f"{name:>11}" for name in head))
    for name, tally in tallies.items():
        failed = f"   raised on {failures[name]}" if failures[name] else ""
        figures = tally.figures()
        shown = (f"{'-':>11}" if key in LACKS.get(name, ()) else f"{figures[key]:11.3f}" for key in head)
        print(f"{name:20}" + "".join(shown) + failed)
    return tallies[OWN].figures()


def main() -> int:
    """Print the table; gives 1 where a limit is not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--misses", action="store_true", help="name Jarshy's pages that are not read whole")
    options = parser.parse_args()
    own = report(options.pages, readers=available(), misses=options.misses)
    return int(any(own[name] < least for name, least in LIMITS.items()))


if __name__ == "__main__":
    raise SystemExit(main())

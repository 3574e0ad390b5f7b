"""Feeds every parser of outside bytes what a coverage-guided fuzzer makes of good pieces, and counts.

    pip install atheris
    python -m benchmarks.fuzz [--seconds 60] [PARSER …]

A child a parser: atheris (libFuzzer) changes recorded pages, feeds and files, keeps what reaches code not
reached before, and goes on from there. A parser is wrong that raises, takes more than ten seconds or 2 GB
for one input of 8 KB at most, or gives what is not safe. What broke it lies in the folder that is told; the
exit code is 1 then.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

HOME: Final = Path(__file__).parents[1]
BASE: Final = "https://outlet.kz/news/"
NOW: Final = datetime(2026, 11, 25, tzinfo=UTC)
LONGEST: Final = 8_192  # bytes of an input
SECONDS, MEGABYTES = 10, 2_048  # for one input

Parser = Callable[[bytes], None]

# A good piece of each form that outside bytes come in.
PIECES: Final = (
    """<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title><link>https://outlet.kz/1</link>
<pubDate>Wed, 25 Nov 2026 09:00:00 +0500</pubDate></item></channel></rss>""",
    """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/>
<updated>2026-11-25T09:00:00Z</updated></entry></feed>""",
    """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://outlet.kz/a</loc></url>
</urlset>""",
    """{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://outlet.kz/a"}]}""",
    """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "a",
"datePublished": "2026-11-25"}""",
    "User-agent: *\nDisallow: /a*b$\nCrawl-delay: 2\nSitemap: https://outlet.kz/s.xml\n",
    "25 қараша 2026, 14:35",
    "вчера, 3 часа назад | 25.11.2026 14:35 (GMT+5)",
    "Wed, 25 Nov 2026 09:00:00 GMT\n120",
    """[feeds]\nbase_url = "https://e.kz/"\nformats = ["rss"]\n[[search]]\nname = "x"\nwords = ["су"]\n""",
    """WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://outlet.kz/1\r
WARC-Date: 2026-11-25T09:00:00Z\r\nContent-Type: application/http; msgtype=response\r
Content-Length: 53\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a</p>\r\n\r\n""",
    """{"id": 1, "url": "https://outlet.kz/1", "html": "<h1>a</h1><p>b</p>"}""",
)


def parsers() -> Mapping[str, Parser]:
    """Give every parser with the promise that it is held to."""
    from protego import Protego

    from feeds.config import ConfigError, load
    from feeds.sanitise import sanitise
    from pipelines.jsonl import extract_line
    from spiders.extract.dates import parse_moment
    from spiders.extract.dom import parse
    from spiders.extract.encoding import decode
    from spiders.extract.jsonld import read_jsonld
    from spiders.extract.layout import Hint
    from spiders.extract.page import extract_page
    from spiders.extract.urls import absolute
    from spiders.support import listings, warc
    from spiders.support.listings import FeedListing, Listing, PagedListing, SitemapListing
    from spiders.support.retry_after import wait_asked
    from spiders.support.site import sitemaps_of

    scratch = Path(tempfile.mkdtemp())

    def listed(listing: Listing) -> Parser:
        def work(data: bytes) -> None:
            found, _ = listings.read(data, BASE, listing, declared=None)
            for address in (*(each.url for each in found.candidates), *found.further):
                assert absolute(BASE, address) == address, address

        return work

    def robots(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        rules = Protego.parse(text)
        rules.can_fetch(f"{BASE}{text[:40]}", "Jarshy")
        rules.crawl_delay("Jarshy")
        assert all(url.startswith(("https://", "http://")) for url in sitemaps_of(text))

    def linked(data: bytes) -> None:
        html = f'<script type="application/ld+json">{data.decode("utf-8", "replace")}</script>'
        read_jsonld(parse(html)[0], url=BASE)

    def page(data: bytes) -> None:
        html = decode(data, declared=None).text
        extract_page(html, url=BASE, now=NOW, outlet=None, layouts=(), hint=Hint())

    def dates(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        found = parse_moment(text, langs=("kk", "ru", "en"), zone="Asia/Almaty", now=NOW)
        assert found is None or (found.at.tzinfo is not None and found.at.year >= 1990), text

    def archive(data: bytes) -> None:
        path = scratch / "a.warc"
        path.write_bytes(data)
        list(warc.read(path, lambda _url, _offset: True))

    def config(data: bytes) -> None:
        path = scratch / "jarshy.toml"
        path.write_bytes(data)
        try:
            load(path, {})
        except ConfigError as error:
            said(error)

    def html(data: bytes) -> None:
        out = sanitise(data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace"), BASE)
        assert sanitise(out, BASE) == out, out
        assert not re.search(r"<(?:script|style|iframe|svg|math)|\son\w+=|javascript:", _tags(out)), out

    def lines(data: bytes) -> None:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return
        if isinstance(value, dict):
            try:
                extract_line(value, {})
            except (ValueError, KeyError, TypeError, OSError) as error:
                said(error)

    def after(data: bytes) -> None:
        wait = wait_asked(data.decode("latin-1").split("\n"), NOW)
        assert wait is None or wait.total_seconds() >= 0

    return {
        "feeds": listed(FeedListing(url=BASE)),
        "sitemaps": listed(SitemapListing(url=BASE)),
        "listings": listed(PagedListing(url=BASE, card="a, li", link="")),
        "robots": robots,
        "jsonld": linked,
        "pages": page,
        "dates": dates,
        "encodings": lambda data: assert_text(decode(data, declared=data[:9].decode("latin-1")).text),
        "warc": archive,
        "config": config,
        "sanitiser": html,
        "lines": lines,
        "retry-after": after,
    }


def said(error: Exception) -> None:
    """Hold that an error says something."""
    assert str(error), "nothing was said"


def assert_text(text: str) -> None:
    """Hold that a text can be stored as UTF-8."""
    text.encode("utf-8")


def _tags(out: str) -> str:
    """Give the tags of a sanitised piece without the addresses and texts in their attributes."""
    return re.sub(r'="[^"]*"', "=", " ".join(re.findall(r"<[^>]*>", out)))


def seeds(folder: Path) -> None:
    """Put good pieces there to begin with: the first bytes of recorded pages, and `PIECES`."""
    pieces: list[bytes] = []
    for pattern in ("tests/outlets/*/*/page.html", "data/sample/**/*.html", "data/sample/**/*.xml"):
        pieces += [path.read_bytes()[:LONGEST] for path in sorted(HOME.glob(pattern))[:12]]
    pieces += [piece.encode() for piece in PIECES]
    for number, piece in enumerate(pieces):
        (folder / f"{number}").write_bytes(piece)


def child(name: str, seconds: int, folder: Path) -> None:
    """Fuzz one parser; libFuzzer ends the process."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["feeds", "spiders", "pipelines", "protego", "warcio"]):
        work = parsers()[name]
    options = [
        f"-max_total_time={seconds}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={LONGEST}", f"-artifact_prefix={folder}/", "-seed=7",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(folder / "corpus")], work)
    atheris.Fuzz()


def main() -> int:
    """Fuzz the parsers one after the other, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parsers", nargs="*", metavar="PARSER")
    parser.add_argument("--seconds", type=int, default=60, help="for each (default: %(default)s)")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.parsers[0], options.seconds, options.child)
        return 0
    wrong = 0
    print(f"{'parser':12} {'inputs':>9} {'seconds':>8} {'edges':>6}", flush=True)
    for name in options.parsers or parsers():
        folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
        (folder / "corpus").mkdir()
        seeds(folder / "corpus")
        command = [sys.executable, "-m", "benchmarks.fuzz", name, "--child", str(folder)]
        done = subprocess.run(
            [*command, "--seconds", str(options.seconds)], cwd=HOME, capture_output=True, check=False
        )
        found = [path.name for path in folder.iterdir() if path.is_file()]
        runs, took, edges = _counted(done.stderr)
        print(f"{name:12} {runs:9} {took:8} {edges:6} {f'wrong: {folder}' if found else ''}", flush=True)
        if found or done.returncode:
            wrong += 1
            print(done.stderr[-1_500:].decode(errors="replace"), file=sys.stderr)
    return int(wrong > 0)


def _counted(told: bytes) -> tuple[int, int, int]:
    """Give inputs, seconds and edges reached, as libFuzzer tells them."""
    runs = [int(found) for found in re.findall(rb"#(\d+)\s", told)]
    done = re.search(rb"Done (\d+) runs? in (\d+)", told)
    edges = [int(found) for found in re.findall(rb"cov: (\d+)", told)]
    return (
        int(done[1]) if done else max(runs, default=0),
        int(done[2]) if done else 0,
        max(edges, default=0),
    )


if __name__ == "__main__":
    raise SystemExit(main())

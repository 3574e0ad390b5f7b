"""The command line's grammar: every verb with its options, and which function does its work."""

from __future__ import annotations

import argparse
import difflib
import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from feeds.verbs.examples import EXAMPLES
from feeds.verbs.overview import VERBS, overview

HOME = Path(__file__).resolve().parents[2]

_FILTERS = ("attribute", "extract", "fold", "sanitise")
_STRANGE = re.compile(r"argument VERB: invalid choice: '([^']{0,40})")


class _Parser(argparse.ArgumentParser):
    """The parser of the program: its help is the list of verbs, that of a verb is argparse's own."""

    def format_help(self) -> str:
        """Give the overview."""
        return overview()

    def error(self, message: str) -> NoReturn:
        """End with 2, and say what to do next."""
        if strange := _STRANGE.match(message):
            near = difflib.get_close_matches(strange[1], VERBS, n=1)
            meant = f" (is {near[0]!r} meant?)" if near else ""
            message = f"no verb is called {strange[1]!r}{meant}; jarshy --help lists them"
        elif message.endswith("required: VERB"):
            message = "say what to do; jarshy --help lists the verbs"
        super().error(message)


def parser() -> argparse.ArgumentParser:
    """Give the grammar. Defaults come from the environment as it is now.

    What is parsed holds `verb`, "module.function" in `feeds.verbs`, beside the options.
    """
    whole = _Parser(prog="jarshy")
    verbs = whole.add_subparsers(metavar="VERB", required=True, parser_class=argparse.ArgumentParser)

    def add(
        name: str,
        verb: str,
        parents: Sequence[argparse.ArgumentParser] = (),
    ) -> argparse.ArgumentParser:
        summary = VERBS[name]
        child = verbs.add_parser(
            name,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=EXAMPLES[name],
            parents=parents,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        child.set_defaults(verb=verb)
        return child

    store, out, outlets = _store_options(), _out_options(), _outlet_options()
    crawled = (store, outlets)
    child = add("crawl", "crawling.crawl", crawled)
    told = "read these WARC or WACZ files instead of the network"
    child.add_argument("--archive", type=Path, nargs="+", metavar="FILE", help=told)
    add("run", "crawling.run", (*crawled, out))
    add("digest", "publishing.digest", parents=(store, out))
    child = add("serve", "serving.serve", parents=(out,))
    child.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    child.add_argument("--port", type=_port, default=8000, help="0 takes a free one (default: %(default)s)")
    child.add_argument("--allow-remote", action="store_true", help="let --host be one that others can reach")
    child = add("status", "status.status", parents=(store,))
    child.add_argument("--json", action="store_true", help="for programs")
    told = "write metrics for node_exporter's textfile collector there too"
    child.add_argument("--prometheus", type=Path, metavar="FILE", help=told)
    _outlet_verbs(add("outlets", "fleet.listed"))
    child = add("explain", "articles.explain", (store,))
    child.add_argument("url", help="an article's address or GUID, or a story's GUID")
    _story_verbs(add("stories", "articles.explain"), store)
    _analyst_verbs(add, store)
    add("reattribute", "articles.reattribute", parents=(store,))
    add("reprocess", "archiving.reprocess", (store,))
    _cluster_verbs(add, store)
    child = add("config", "configuring.show", (store, out))
    child.add_argument("--show", action="store_true", help="what it does without a word, too")
    child.add_argument("--json", action="store_true", help="for programs")
    _upkeep_verbs(add, store, out)
    for name in _FILTERS:
        child = add(name, "filtering.run")
        told = "lines of JSON, from standard input to standard output: the one format there is"
        child.add_argument("--jsonl", action="store_true", required=True, help=told)
        child.set_defaults(filter=name)
    child = add("demo", "demonstration.demo", parents=(store, out))
    child.add_argument("--state", type=int, choices=(1, 2), default=1, help="2: the day after, one corrected")
    return whole


def _cluster_verbs(add: Callable[..., argparse.ArgumentParser], store: argparse.ArgumentParser) -> None:
    child = add("archive", "clustering.archive")
    child.add_argument("files", nargs="+", metavar="FILE", help="a path, or an address: https://…, s3://…")
    told = "where to; made if need be, and gone on with"
    child.add_argument("--out", type=Path, metavar="DIR", required=True, help=told)
    _scheduler_option(child)
    child.add_argument("--workers", type=_count, metavar="N", help="processes, without --scheduler")
    told = "megabytes of a file that one task reads (default: %(default)s)"
    child.add_argument("--slice", type=_count, metavar="MB", default=128, help=told)
    child.add_argument("--pages-only", action="store_true", help="no articles, no stories: pages alone")
    child = add("import", "clustering.load", (store,))
    child.add_argument("folder", type=Path, metavar="DIR", help="as archive --out had it")


def _scheduler_option(child: argparse.ArgumentParser) -> None:
    told = "hand the work to Dask's scheduler at that address: tcp://host:8786"
    child.add_argument("--scheduler", metavar="ADDRESS", help=told)


def _analyst_verbs(add: Callable[..., argparse.ArgumentParser], store: argparse.ArgumentParser) -> None:
    child = add("search", "asking.search", (store,))
    child.add_argument("words", nargs="+", metavar="WORDS", help="all must occur")
    child.add_argument("--lang", metavar="LANG", help="the language of the words and articles: kk, ru, en …")
    child.add_argument("--since", type=_day, metavar="DAY", help="published on that day (UTC) or later")
    told = "of this one; may be repeated"
    child.add_argument("--outlet", action="append", default=[], metavar="OUTLET", help=told)
    child.add_argument(
        "--limit", type=_count, default=20, metavar="N", help="articles (default: %(default)s)"
    )
    child.add_argument("--json", action="store_true", help="for programs")
    child = add("query", "asking.query", (store,))
    child.add_argument("name", nargs="?", metavar="NAME", help="of the question")
    told = "its parameters: since=2026-11-01 person=Тоқаев"
    child.add_argument("parameters", nargs="*", type=_parameter, metavar="KEY=VALUE", help=told)
    child.add_argument(
        "--about", action="store_true", help="tell its columns, parameters and caveats instead"
    )
    form = child.add_mutually_exclusive_group()
    form.add_argument(
        "--csv", action="store_true", help="for spreadsheets; no text in it is run as a formula"
    )
    form.add_argument("--json", action="store_true", help="for programs")
    child = add("export", "exporting.export", (store,))
    child.add_argument("folder", type=Path, metavar="DIR", help="where to; made if need be")
    told = "sqlite (default), parquet (needs jarshy[parquet]), csv or jsonl"
    child.add_argument("--format", choices=("sqlite", "parquet", "csv", "jsonl"), default="sqlite", help=told)
    child.add_argument("--private", action="store_true", help="every text whole, for nobody but yourself")


def _upkeep_verbs(
    add: Callable[..., argparse.ArgumentParser], store: argparse.ArgumentParser, out: argparse.ArgumentParser
) -> None:
    child = add("backup", "upkeep.backup", (store,))
    told = "default: backups/ beside the store, named by the moment"
    child.add_argument("file", nargs="?", type=Path, metavar="FILE", help=told)
    told = "of those named by the moment keep so many, the newest"
    child.add_argument("--keep", type=_count, metavar="N", help=told)
    add("check", "upkeep.check", parents=(store, out))
    child = add("prune", "upkeep.prune", (store,))
    child.add_argument("--before", type=_day, metavar="DAY", required=True, help="in UTC")
    child.add_argument("--dry-run", action="store_true", help="only say what would go")


def _outlet_verbs(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB")
    summary = "look at a site and write its outlet's file and first fixtures"
    child = verbs.add_parser(
        "new",
        help=summary,
        description=f"{summary.capitalize()}; see docs/adding-an-outlet.md.",
        epilog=EXAMPLES["outlets new"],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    child.add_argument("url", help="its front page, or an article")
    child.add_argument(
        "--page", type=Path, metavar="FILE", help="the article as saved: nothing is asked for then"
    )
    child.add_argument("--name", help="of the outlet; default: made of the host")
    child.set_defaults(verb="fleet.new")
    summary = "crawl a few pages, store nothing, and print how each field did; exits 1 if one is wanting"
    child = verbs.add_parser(
        "check",
        help=summary,
        description=f"{summary.capitalize()}.",
        epilog=EXAMPLES["outlets check"],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    child.add_argument("outlet", metavar="OUTLET")
    child.add_argument("--limit", type=_count, default=5, metavar="N", help="articles (default: %(default)s)")
    child.set_defaults(verb="fleet.check")


def _story_verbs(parser: argparse.ArgumentParser, store: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for name, summary, others, told in (
        ("split", "move articles on another event into a story of their own", "articles", "ARTICLE"),
        ("merge", "make further stories part of one", "others", "OTHER"),
    ):
        child = verbs.add_parser(
            name,
            help=summary,
            description=f"{summary.capitalize()}; folding abides by it from then on.",
            epilog=EXAMPLES[f"stories {name}"],
            parents=(store,),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        child.add_argument("story", metavar="STORY", help="its GUID, or an article of it; keeps its GUID")
        child.add_argument(others, nargs="+", metavar=told, help="addresses or GUIDs")
        child.add_argument("--why", required=True, metavar="TEXT", help="the reason, for the record")
        child.add_argument("--by", metavar="NAME", help="who decided (default: the account's name)")
        child.set_defaults(verb=f"ruling.{name}")


def _store_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    default = Path(os.environ.get("JARSHY_DB") or HOME / "data" / "jarshy.db")
    told = "the store ($JARSHY_DB; default: %(default)s)"
    options.add_argument("--db", type=Path, default=default, help=told)
    return options


def _out_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    default = Path(os.environ.get("JARSHY_OUT") or HOME / "feeds" / "out")
    told = "the folder of the feeds ($JARSHY_OUT; default: %(default)s)"
    options.add_argument("--out", type=Path, default=default, help=told)
    base = os.environ.get("JARSHY_BASE_URL") or "http://localhost/"
    told = "where that folder is served ($JARSHY_BASE_URL; default: %(default)s)"
    options.add_argument("--base-url", default=base, metavar="URL", help=told)
    return options


def _outlet_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("outlets", nargs="*", metavar="OUTLET", help="names; none: every outlet")
    options.add_argument("--limit", type=_count, metavar="N", help="at most so many articles an outlet")
    options.add_argument("--since", type=_day, metavar="DAY", help="listed on that day or later")
    options.add_argument("--until", type=_day, metavar="DAY", help="listed on that day or earlier")
    recording = os.environ.get("JARSHY_RECORD", "") not in ("", "0")
    told = "keep the bytes of every answer ($JARSHY_RECORD; in $JARSHY_ARCHIVE, or archive/ beside the store)"
    options.add_argument("--record", action="store_true", default=recording, help=told)
    _scheduler_option(options)
    return options


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no count; write 1 or more")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number up to 65535")
    return int(text)


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign):
        raise argparse.ArgumentTypeError(f"{text!r} is no parameter; write since=2026-11-01")
    return name, value


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2026-11-25") from None

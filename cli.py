"""The command line: how it is written, and which verb that means. What a verb does is in `feeds.verbs`.

No room is imported before its verb runs, so that help is quick.

Exit codes: 0 all well; 1 an outlet failed, or a line of input did; 2 usage; 3 nothing could be stored or
published; 75 try later (another run holds the store, or this one was told to stop).
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from feeds.verbs.answer import LATER, NOTHING, OK, USAGE, say
from feeds.verbs.streams import mute, steady

HOME = Path(__file__).resolve().parent

_EPILOG = """\
examples:
  jarshy crawl akorda --limit 5   five articles of one
  jarshy run                      crawl and digest, for cron
  jarshy status                   how the outlets do
  head -5 texts.jsonl | jarshy attribute --jsonl

exit codes: 0 all well, 1 an outlet or a line failed, 2 usage,
            3 nothing could be stored or published, 75 try later
"""

_SEARCHES = """\
examples:
  jarshy search Тоқаев су                       both words, in any case, in any language
  jarshy search '"су шаруашылығы" -жоба'        beside each other, and not the word after the minus
  jarshy search выборы --lang ru --since 2026-11-01 --outlet inbusiness --json
"""
_QUESTIONS = """\
examples:
  jarshy query credited_first since=2026-01-01 --csv
  jarshy query quotes_of_a_person person=Тоқаев
  jarshy query --about relay_lag
"""

_FILTERS = (
    (
        "attribute",
        "read who said it first, who passed it on, who is quoted",
        '{"id": 1, "lang": "ru", "publisher": "inbusiness.kz", "text": "…"}',
    ),
    ("extract", "read the article of a page", '{"id": 1, "url": "https://…", "html": "…"}'),
    (
        "fold",
        "put articles on one event into one story",
        '{"id": 1, "outlet": "…", "published": "2026-11-25T09:00:00Z", "title": "…", "text": "…"}',
    ),
    ("sanitise", "give HTML as a feed would carry it", '{"id": 1, "html": "…", "base": "https://…"}'),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit code. SystemExit (2) for a usage that is none."""
    steady()
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words in (["-h"], ["--help"]):  # the list of verbs needs no settings
        _parser().print_help()
        raise SystemExit(OK)
    from feeds.config import ConfigError, find, load

    try:
        config = load(find(os.environ, HOME), os.environ)
    except ConfigError as error:
        return say(USAGE, str(error))
    config.export(os.environ)  # where the crawl's settings look, and the defaults below
    try:
        options = _parser().parse_args(words)
        options.config = config
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # every verb ends as on Ctrl-C
        return _work(options.verb)(options)
    except BrokenPipeError:  # the reader of a pipe has had enough
        mute(sys.stdout)
        return OK
    except KeyboardInterrupt:
        return say(LATER, "told to stop; what was done stands.")
    except OSError as error:  # a full disk, a folder that may not be written
        return say(NOTHING, str(error))


def _work(name: str) -> Callable[[argparse.Namespace], int]:
    """Load what does a verb's work, named "module.function" in `feeds.verbs`."""
    module, _, function = name.partition(".")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(f"feeds.verbs.{module}"), function)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jarshy",
        description="Crawls news outlets, works out who said it first, and publishes an attributed digest.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(metavar="VERB", required=True)

    def add(
        name: str,
        verb: str,
        summary: str,
        example: str = "",
        parents: Sequence[argparse.ArgumentParser] = (),
    ) -> argparse.ArgumentParser:
        child = verbs.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=example,
            parents=parents,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        child.set_defaults(verb=verb)
        return child

    store, out, outlets = _store_options(), _out_options(), _outlet_options()
    crawled = (store, outlets)
    child = add(
        "crawl",
        "crawling.crawl",
        "crawl outlets into the store",
        "example: jarshy crawl akorda --limit 5",
        crawled,
    )
    told = "read these WARC or WACZ files instead of the network"
    child.add_argument("--archive", type=Path, nargs="+", metavar="FILE", help=told)
    at = "example, in a crontab: 7,37 * * * * jarshy run"
    add("run", "crawling.run", "crawl, then write the digest", at, (*crawled, out))
    add("digest", "publishing.digest", "write the feeds from the store", parents=(store, out))
    child = add(
        "serve", "serving.serve", "preview the feeds and pages, for this machine alone", parents=(out,)
    )
    child.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    child.add_argument("--port", type=_port, default=8000, help="0 takes a free one (default: %(default)s)")
    child.add_argument("--allow-remote", action="store_true", help="let --host be one that others can reach")
    child = add("status", "health.status", "show how the outlets do; exits 1 if one is ill", parents=(store,))
    child.add_argument("--json", action="store_true", help="for programs")
    told = "write metrics for node_exporter's textfile collector there too"
    child.add_argument("--prometheus", type=Path, metavar="FILE", help=told)
    child = add("outlets", "fleet.listed", "list the outlets that are prepared; add one, or try one")
    _outlet_verbs(child)
    summary = "show why: a stored article with its credits and quotes marked, or what joined a story"
    child = add(
        "explain", "articles.explain", summary, "example: jarshy explain https://inbusiness.kz/…", (store,)
    )
    child.add_argument("url", help="an article's address or GUID, or a story's GUID")
    _analyst_verbs(add, store)
    summary = "read who said it first anew, from every stored text; prints what changed"
    add("reattribute", "articles.reattribute", summary, parents=(store,))
    summary = "read every article anew from its recorded bytes; prints what changed"
    add("reprocess", "archiving.reprocess", summary, "the bytes are those that crawl --record kept", (store,))
    summary = "show every setting, and where its value comes from"
    child = add(
        "config", "configuring.show", summary, "the file is jarshy.toml; see docs/config.md", (store, out)
    )
    child.add_argument("--show", action="store_true", help="what it does without a word, too")
    child.add_argument("--json", action="store_true", help="for programs")
    _upkeep_verbs(add, store, out)
    for name, summary, example in _FILTERS:
        child = add(name, "filtering.run", f"{summary} (filter)", f"a line: {example}")
        told = "lines of JSON, from standard input to standard output: the one format there is"
        child.add_argument("--jsonl", action="store_true", required=True, help=told)
        child.set_defaults(filter=name)
    summary = "crawl the recorded sample outlets on loopback and write their digest"
    child = add("demo", "demonstration.demo", summary, parents=(store, out))
    child.add_argument("--state", type=int, choices=(1, 2), default=1, help="2: the day after, one corrected")
    return parser


def _analyst_verbs(add: Callable[..., argparse.ArgumentParser], store: argparse.ArgumentParser) -> None:
    summary = "find stored articles by words, in any of their cases; the best first"
    child = add("search", "asking.search", summary, _SEARCHES, (store,))
    child.add_argument("words", nargs="+", metavar="WORDS", help="all must occur")
    child.add_argument("--lang", metavar="LANG", help="the language of the words and articles: kk, ru, en …")
    child.add_argument("--since", type=_day, metavar="DAY", help="published on that day (UTC) or later")
    told = "of this one; may be repeated"
    child.add_argument("--outlet", action="append", default=[], metavar="OUTLET", help=told)
    child.add_argument(
        "--limit", type=_count, default=20, metavar="N", help="articles (default: %(default)s)"
    )
    child.add_argument("--json", action="store_true", help="for programs")
    summary = "answer a worked question of data/queries/; without a name, list them"
    child = add("query", "asking.query", summary, _QUESTIONS, (store,))
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
    summary = "write a snapshot of the store to hand on, as far as each outlet's terms allow"
    child = add("export", "exporting.export", summary, "docs/analysts.md tells what is in it", (store,))
    child.add_argument("folder", type=Path, metavar="DIR", help="where to; made if need be")
    told = "sqlite (default), parquet (needs jarshy[parquet]), csv or jsonl"
    child.add_argument("--format", choices=("sqlite", "parquet", "csv", "jsonl"), default="sqlite", help=told)
    child.add_argument("--private", action="store_true", help="every text whole, for nobody but yourself")


def _upkeep_verbs(
    add: Callable[..., argparse.ArgumentParser], store: argparse.ArgumentParser, out: argparse.ArgumentParser
) -> None:
    summary = "copy the store, checked, while it is used"
    child = add("backup", "upkeep.backup", summary, "example: jarshy backup --keep 14", (store,))
    told = "default: backups/ beside the store, named by the moment"
    child.add_argument("file", nargs="?", type=Path, metavar="FILE", help=told)
    told = "of those named by the moment keep so many, the newest"
    child.add_argument("--keep", type=_count, metavar="N", help=told)
    add(
        "check",
        "upkeep.check",
        "say what is wrong with store and feeds; exits 1 if anything is",
        "",
        (store, out),
    )
    summary = "let go of what is old; identities and newest texts stay"
    child = add("prune", "upkeep.prune", summary, "see docs/operating.md for what goes", (store,))
    child.add_argument("--before", type=_day, metavar="DAY", required=True, help="in UTC")
    child.add_argument("--dry-run", action="store_true", help="only say what would go")


def _outlet_verbs(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB")
    summary = "look at a site and write its outlet's file and first fixtures"
    child = verbs.add_parser(
        "new", help=summary, description=f"{summary.capitalize()}; see docs/adding-an-outlet.md."
    )
    child.add_argument("url", help="its front page, or an article")
    child.add_argument(
        "--page", type=Path, metavar="FILE", help="the article as saved: nothing is asked for then"
    )
    child.add_argument("--name", help="of the outlet; default: made of the host")
    child.set_defaults(verb="fleet.new")
    summary = "crawl a few pages, store nothing, and print how each field did; exits 1 if one is wanting"
    child = verbs.add_parser("check", help=summary, description=f"{summary.capitalize()}.")
    child.add_argument("outlet", metavar="OUTLET")
    child.add_argument("--limit", type=_count, default=5, metavar="N", help="articles (default: %(default)s)")
    child.set_defaults(verb="fleet.check")


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
    return options


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of articles; write 1 or more")
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


if __name__ == "__main__":
    raise SystemExit(main())

"""The command line: thin verbs over the rooms, none of which is imported before its verb runs.

Exit codes: 0 all well; 1 an outlet failed, or a line of input did; 2 usage; 3 nothing could be stored or
published; 75 try later (another run holds the store, or this one was told to stop).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.runner import Crawled

HOME = Path(__file__).resolve().parent
OK, FAILED, USAGE, NOTHING, LATER = 0, 1, 2, 3, 75

_EPILOG = """\
examples:
  jarshy crawl akorda --limit 5   five articles of one
  jarshy run                      crawl and digest, for cron
  jarshy status                   how the outlets do
  head -5 texts.jsonl | jarshy attribute --jsonl

exit codes: 0 all well, 1 an outlet or a line failed, 2 usage,
            3 nothing could be stored or published, 75 try later
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
    options = _parser().parse_args(arguments)
    verb: Callable[[argparse.Namespace], int] = options.verb
    try:
        return verb(options)
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return LATER


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
        verb: Callable[[argparse.Namespace], int],
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
    add("crawl", _crawl, "crawl outlets into the store", "example: jarshy crawl akorda --limit 5", crawled)
    at = "example, in a crontab: 7,37 * * * * jarshy run"
    add("run", _run, "crawl, then write the digest", at, (*crawled, out))
    add("digest", _digest, "write the feeds from the store", parents=(store, out))
    child = add("status", _status, "show how the outlets do; exits 1 if one failed", parents=(store,))
    child.add_argument("--json", action="store_true", help="for programs")
    add("outlets", _outlets, "list the outlets that are prepared")
    summary = "show a stored article with each credit and quote marked, and why"
    child = add("explain", _explain, summary, "example: jarshy explain https://inbusiness.kz/…", (store,))
    child.add_argument("url", help="its address, or its GUID")
    summary = "read who said it first anew, from every stored text; prints what changed"
    add("reattribute", _reattribute, summary, parents=(store,))
    for name, summary, example in _FILTERS:
        child = add(name, _filter, f"{summary} (filter)", f"a line: {example}")
        told = "lines of JSON, from standard input to standard output: the one format there is"
        child.add_argument("--jsonl", action="store_true", required=True, help=told)
        child.set_defaults(filter=name)
    summary = "crawl the recorded sample outlets on loopback and write their digest"
    child = add("demo", _demo, summary, parents=(store, out))
    child.add_argument("--state", type=int, choices=(1, 2), default=1, help="2: the day after, one corrected")
    return parser


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
    return options


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of articles; write 1 or more")
    return int(text)


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2026-11-25") from None


def _crawl(options: argparse.Namespace) -> int:
    return _locked(options, _crawled)


def _run(options: argparse.Namespace) -> int:
    def both(options: argparse.Namespace) -> int:
        code = _crawled(options)
        if code in (USAGE, NOTHING):
            return code
        published = _digest(options)
        return code if published == OK else published

    return _locked(options, both)


def _locked(options: argparse.Namespace, work: Callable[[argparse.Namespace], int]) -> int:
    """Work while holding the store, or say who does."""
    from pipelines.keep import lock_path
    from pipelines.store import Locked, SchemaMismatch, hold

    with ExitStack() as stack:
        try:
            options.db.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(hold(lock_path(options.db)))
        except Locked as error:
            return _say(
                LATER, f"another run is at work: {error.holder or 'unknown'}. Try again when it is done."
            )
        except OSError as error:
            return _say(NOTHING, f"{options.db.parent}: {error.strerror}. Choose another place with --db.")
        try:
            return work(options)
        except SchemaMismatch as error:
            return _say(NOTHING, f"{options.db}: {error}")


def _crawled(options: argparse.Namespace) -> int:
    import sqlite3

    from feeds.console import Board
    from pipelines import runner

    prepared = runner.outlets()
    unknown = [name for name in options.outlets if name not in prepared]
    if unknown:
        return _say(USAGE, f"no outlet is called {', '.join(unknown)}; there are {', '.join(prepared)}.")
    names = list(dict.fromkeys(options.outlets)) or list(prepared)
    try:
        runner.prepare(options.db, prepared.values())
    except (sqlite3.Error, OSError) as error:
        return _say(NOTHING, f"{options.db}: {error}. Is the disk full, or the file no database of Jarshy's?")
    bounds = {
        key: str(value) for key in ("limit", "since", "until") if (value := getattr(options, key, None))
    }
    with Board(names) as board:
        results = runner.crawl(
            names, options.db, bounds=bounds, log_level=board.log_level, progress=board.progress
        )
        board.finish(results)
    return _code(results)


def _code(results: Iterable[Crawled]) -> int:
    found = list(results)
    if any(result.store_failed for result in found):
        return _say(NOTHING, "the store could not be written; what was stored before stands. See the log.")
    outcomes = {result.outcome for result in found}
    return FAILED if "failed" in outcomes else LATER if "interrupted" in outcomes else OK


def _digest(options: argparse.Namespace) -> int:
    import sqlite3

    from feeds.console import told_of
    from feeds.digest import write
    from pipelines.store import SchemaMismatch

    try:
        report = write(options.db, options.out, options.base_url, datetime.now(UTC))
    except FileNotFoundError:
        return _no_store(options)
    except (sqlite3.Error, SchemaMismatch, OSError) as error:
        return _say(NOTHING, f"the digest was not written, the last one stands: {error}")
    except ValueError as error:
        return _say(USAGE, str(error))
    told_of("digest", entries=report.entries, written=len(report.written), unchanged=len(report.unchanged))
    for problem in report.problems:
        _say(OK, f"{problem.field} of {problem.url or problem.outlet}: {problem.why}")
    if report.refused:
        return _say(
            NOTHING, f"not valid, so not published: {', '.join(path.name for path in report.refused)}"
        )
    if not report.entries:
        _say(OK, "the store holds no story yet, so there is nothing to publish; begin with: jarshy crawl")
    return OK


def _status(options: argparse.Namespace) -> int:
    import sqlite3

    from feeds.console import show_status
    from pipelines.store import SchemaMismatch, Store

    try:
        with closing(Store.open(options.db, readonly=True)) as store:
            found = store.outlet_status()
    except (FileNotFoundError, sqlite3.Error, SchemaMismatch) as error:
        return _say(NOTHING, f"{error}; begin with: jarshy crawl")
    show_status(found, as_json=options.json)
    return FAILED if any(status.outcome == "failed" for status in found) else OK


def _outlets(_: argparse.Namespace) -> int:
    from feeds.console import show_outlets
    from pipelines.runner import outlets

    show_outlets([spider.facts() for spider in outlets().values()])
    return OK


def _explain(options: argparse.Namespace) -> int:
    from feeds.articles import show

    if not options.db.exists():
        return _no_store(options)
    unknown = f"the store holds no article at {options.url}; give its address or its GUID."
    return OK if show(options.db, options.url) else _say(USAGE, unknown)


def _reattribute(options: argparse.Namespace) -> int:
    from feeds.articles import read_anew

    def work(options: argparse.Namespace) -> int:

        read_anew(options.db)
        return OK

    return _locked(options, work) if options.db.exists() else _no_store(options)


def _filter(options: argparse.Namespace) -> int:
    from feeds.filters import run

    return OK if run(options.filter, sys.stdin.buffer, sys.stdout.buffer) else FAILED


def _demo(options: argparse.Namespace) -> int:
    from feeds.console import show_demo

    try:
        from data.sample.server import OUTLETS, SampleServer
    except ImportError:
        return _say(USAGE, "the sample outlets are not here: run the demo from a checkout of Jarshy.")
    with SampleServer(state=options.state) as server:
        os.environ["JARSHY_LOOPBACK"] = f"127.0.0.1:{server.port}"  # before the settings are read
        options.outlets = list(OUTLETS)
        code = _run(options)
        requests = len(server.requests)
    if code in (OK, FAILED):
        show_demo(options.db, options.out, requests)
    return code


def _no_store(options: argparse.Namespace) -> int:
    return _say(NOTHING, f"there is no store at {options.db} yet; begin with: jarshy crawl")


def _say(code: int, text: str) -> int:
    print(f"jarshy: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())

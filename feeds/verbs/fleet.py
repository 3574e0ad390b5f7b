"""The verb `outlets`: which are prepared, a new one drafted, one tried."""

from __future__ import annotations

import pkgutil
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import spiders
from feeds.console import show_fields, show_outlets
from feeds.verbs.answer import FAILED, NOTHING, OK, USAGE, say
from pipelines.attribution.identity import directory
from pipelines.newcomer.draft import Draft, NoOutlet, draft
from pipelines.newcomer.write import Written, write_outlet
from pipelines.runner import outlets
from pipelines.trial import Trial, count_fields, look, try_outlet
from spiders.extract.urls import absolute
from spiders.support.findings import Findings, findings_of_saved

ROOT = Path(__file__).parents[2]
MAX_PAGE = 10 * 1024 * 1024  # bytes of a saved page: as of a fetched one


def listed(_: Namespace) -> int:
    """Print the outlets that are prepared, and how sure their declarations are."""
    show_outlets(list(outlets().values()))
    return OK


def new(options: Namespace) -> int:
    """Look at the site of `options.url`, or at its saved `options.page`; write the outlet's first files."""
    if not (ROOT / "tests" / "outlets").is_dir():
        return say(USAGE, "an outlet's file goes with its fixtures: run this from a checkout of Jarshy.")
    prepared = outlets()
    given = options.url if ":" in options.url else f"https://{options.url}"
    url = absolute(given, given)
    if url is None:
        return say(USAGE, f"{options.url!r} is no address of a page; write https://…")
    host = urlsplit(url).netloc.removeprefix("www.")
    for name, spider in prepared.items():
        if host in {each.removeprefix("www.") for each in spider.served()}:
            return say(
                USAGE,
                f"{host} is prepared: it is the outlet {name}. Try it with: jarshy outlets check {name}",
            )
    taken = {module.name for module in pkgutil.iter_modules(spiders.__path__)}
    try:
        found = _findings(options, url)
        made = draft(found, register=directory(), taken=taken, name=options.name or "")
        written = write_outlet(made, found, ROOT)
    except NoOutlet as error:
        return say(FAILED, str(error))
    except OSError as error:
        return say(NOTHING, f"{error.filename}: {error.strerror}")
    _tell(made, found, written)
    return OK


def check(options: Namespace) -> int:
    """Crawl a few pages of `options.outlet`, store nothing, and print how each field did."""
    prepared = outlets()
    if options.outlet not in prepared:
        return say(USAGE, f"no outlet is called {options.outlet}; there are {', '.join(prepared)}.")
    trial = try_outlet(prepared[options.outlet], limit=options.limit, asked=_asked)
    counted = count_fields(trial.read, prepared[options.outlet].zone)
    show_fields(options.outlet, counted, len(trial.read))
    for trouble in _troubles(trial):
        say(OK, trouble)
    wanting = [each.name for each in counted if each.wanting(len(trial.read))]
    if not trial.read:
        return say(FAILED, f"no page of {options.outlet} could be read; nothing was stored.")
    if wanting:
        return say(
            FAILED, f"missing on most pages: {', '.join(wanting)}. Declare where they stand: `layouts`."
        )
    return OK


def _findings(options: Namespace, url: str) -> Findings:
    """Look at the site, or at the saved page.

    Raises:
        NoOutlet: the saved page is too large to be one.
        OSError: it cannot be read.
    """
    if options.page is None:
        return look(url, asked=_asked)
    saved: Path = options.page
    if saved.stat().st_size > MAX_PAGE:
        raise NoOutlet(f"{saved} is larger than {MAX_PAGE} bytes: no page of an article")
    at = datetime.fromtimestamp(saved.stat().st_mtime, UTC)
    return findings_of_saved(url, saved.read_bytes(), at)


def _asked(status: int, url: str) -> None:
    if sys.stderr.isatty():
        print(f"  {status} {url}", file=sys.stderr)


def _troubles(trial: Trial) -> list[str]:
    """What the crawl met, each once: pages that gave no article, listings that gave nothing, refusals."""
    told = [f"{page.fetch.url}: {page.fetch.error}" for page in trial.pages if page.fetch.error]
    if trial.refused:
        told.append(f"robots.txt forbids {trial.refused} of the addresses asked for")
    return list(dict.fromkeys(told))


def _tell(made: Draft, found: Findings, written: Written) -> None:
    """Say what was written, what was not found, and what to do next."""
    name = made.facts.name
    for path in written.files:
        print(f"wrote {path.relative_to(ROOT)}")
    if written.register is not None:
        print(f"added {made.facts.source} to {written.register.relative_to(ROOT)}")
    for note in found.notes:
        say(OK, note)
    lacks = [f"a page in {lang}" for lang in made.facts.languages if not _recorded(made, lang)]
    lacks += ["a second page, an awkward one"] if len(made.cases) < 2 else []
    lacks += ["a listing"] if not any(each.recorded for each in made.listings) else []
    print("\nnext:")
    steps = [
        f"read spiders/{name}.py: what is assumed says so",
        f"read tests/outlets/{name}/*/expected.json against the pages: is it what they say?",
        *([f"record what is wanting: {', '.join(lacks)} (docs/adding-an-outlet.md)"] if lacks else []),
        f"python -m pytest tests/spiders -k {name}",
        f"jarshy outlets check {name}",
        'when all is well: confidence = "seen", then python -m feeds.fleet_page',
    ]
    for number, step in enumerate(steps, 1):
        print(f"  {number}. {step}")


def _recorded(made: Draft, lang: str) -> bool:
    return any(case.name.startswith(f"{lang}-") for case in made.cases)

"""The verbs that ask the store: words looked for, worked questions answered."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from feeds.tables import show
from feeds.verbs.answer import NOTHING, OK, USAGE, no_store, say
from pipelines.store import Desk, Found, SchemaMismatch
from pipelines.store.questions import Question, listed


def search(options: Namespace) -> int:
    """Print the articles of `options.db` that hold `options.words`, the best first."""
    if not options.db.exists():
        return no_store(options)
    since = datetime.strptime(options.since, "%Y-%m-%d").replace(tzinfo=UTC) if options.since else None
    try:
        with Desk.open(options.db) as desk:
            if strange := sorted(set(options.outlet) - set(desk.outlets())):
                known = ", ".join(desk.outlets())
                return say(USAGE, f"no outlet is called {strange[0]}; the store has: {known}")
            found = desk.search(
                " ".join(options.words),
                lang=options.lang,
                since=since,
                outlets=options.outlet,
                limit=options.limit,
            )
            behind = desk.search_behind()
    except ValueError as error:
        return say(USAGE, str(error))
    except (sqlite3.Error, SchemaMismatch) as error:
        return say(NOTHING, f"{options.db}: {error}")
    show("found", ("headline", "outlet", "time", "url"), map(_line, found), "json" if options.json else None)
    if behind:
        say(OK, f"{behind} articles of an older store are not in the index yet; the next crawl reads them in")
    return OK


def _line(found: Found) -> tuple[str, str, str, str]:
    """Give headline, outlet, time in the outlet's zone (a day where the page gives no more), address."""
    at = (found.published or found.first_seen).astimezone(ZoneInfo(found.zone))
    time = at.date().isoformat() if found.precision == "day" else at.isoformat(timespec="minutes")
    return found.headline, found.outlet, time, found.url


def query(options: Namespace) -> int:
    """Answer the worked question `options.name`; without one, list them."""
    questions = {each.name: each for each in listed()}
    if options.name is None:
        form = "json" if options.json else "csv" if options.csv else None
        rows = ((each.name, each.title, " ".join(each.parameters)) for each in questions.values())
        show("question", ("name", "asks", "parameters"), rows, form)
        return OK
    if options.name not in questions:
        return say(USAGE, f"no question is called {options.name}; there are: {', '.join(questions)}")
    if options.about:
        print(questions[options.name].told)
        return OK
    return _answer(options, questions[options.name])


def _answer(options: Namespace, question: Question) -> int:
    if not options.db.exists():
        return no_store(options)
    try:
        with Desk.open(options.db) as desk:
            answer = desk.ask(question, dict(options.parameters))
            form = "json" if options.json else "csv" if options.csv else None
            if not show("answer", answer.columns, answer.rows, form):
                say(
                    OK,
                    f"{question.name}: no rows; jarshy query --about {question.name} tells its span of time",
                )
    except ValueError as error:
        return say(USAGE, str(error))
    except (sqlite3.Error, SchemaMismatch) as error:
        return say(NOTHING, f"{options.db}: {error}")
    return OK

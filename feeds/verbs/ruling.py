"""The verbs by which an editor corrects stories: what was folded wrongly is split, what was missed merged."""

from __future__ import annotations

import getpass
from argparse import Namespace
from datetime import UTC, datetime

from feeds.console import told_of
from feeds.verbs.answer import OK, USAGE, no_store, say
from feeds.verbs.locked import locked
from pipelines.store import Store


def split(options: Namespace) -> int:
    """Move the articles at `options.articles` out of the story `options.story`, for good."""
    return locked(options, _split) if options.db.exists() else no_store(options)


def merge(options: Namespace) -> int:
    """Make the stories `options.others` part of the story `options.story`."""
    return locked(options, _merge) if options.db.exists() else no_store(options)


def _split(options: Namespace) -> int:
    with Store.open(options.db) as store:
        try:
            story = _story(store, options.story)
            articles = [_article(store, each) for each in options.articles]
            by, now = _by(options), datetime.now(UTC)
            made = store.rulings.split(story, articles, by=by, why=options.why, now=now)
        except (KeyError, ValueError) as error:
            return say(USAGE, f"{error.args[0]}; jarshy explain {options.story} lists what is in it.")
    told_of("split", story=story, into=made, articles=len(set(articles)), by=by, why=options.why)
    return OK


def _merge(options: Namespace) -> int:
    with Store.open(options.db) as store:
        try:
            story = _story(store, options.story)
            others = [_story(store, each) for each in options.others]
            by, now = _by(options), datetime.now(UTC)
            store.rulings.merge(story, others, by=by, why=options.why, now=now)
        except (KeyError, ValueError) as error:
            return say(USAGE, f"{error.args[0]}; give stories' GUIDs, or articles of theirs.")
    told_of("merge", story=story, of=" ".join(others), by=by, why=options.why)
    return OK


def _story(store: Store, named: str) -> str:
    """Give a story by its guid, by one merged into it, or by the address or guid of an article in it."""
    article = store.article(named)
    story = store.story_of(article.guid) if article is not None else None
    if story is not None:
        return story
    history = store.story_history(named) if named.startswith("urn:") else None
    if history is None:
        raise KeyError(f"the store holds no story at {named}")
    return history.guid


def _article(store: Store, named: str) -> str:
    article = store.article(named)
    if article is None:
        raise KeyError(f"the store holds no article at {named}")
    return article.guid


def _by(options: Namespace) -> str:
    """Who decides: as given, else the account that runs this; an account without a name is its number."""
    try:
        return str(options.by or getpass.getuser())
    except (KeyError, OSError):
        return "unknown"

"""Fold: the articles of one event into one story, whoever told it and in whatever language."""

from __future__ import annotations

from items import Stored
from pipelines.attribution.identity import directory
from pipelines.likeness import WINDOW, Account, decide_story
from pipelines.store import Store


def fold_article(store: Store, guid: str) -> bool:
    """Find the story of an article that has just come; True where it joined one that was there.

    To be called in the transaction that stored the article, so that no article stays unfolded, however a run
    ends. Its translations, if they came before it, are in its story already (the store sees to that) and move
    with it.

    Raises:
        KeyError: No article has this guid.
    """
    stored = store.article(guid)
    if stored is None:
        raise KeyError(f"no article has the guid {guid}")
    near = store.candidates(stored, WINDOW.total_seconds() / 86400)
    stories = {
        each: story for each in (guid, *(other.guid for other in near)) if (story := store.story_of(each))
    }
    own = stories.get(guid)
    verdict = decide_story(account(stored), [account(other) for other in near], stories)
    if verdict is None:
        if own is None:
            store.assign(guid, None, "first")
        return False
    story = store.assign(guid, verdict.story, verdict.reason, verdict.evidence)
    for other in (*verdict.also, *((own,) if own is not None else ())):
        story = store.merge_stories(story, other, verdict.reason)
    return True


def account(stored: Stored) -> Account:
    """Give a stored article as the folding rules see it."""
    article = stored.article
    chain = article.attribution.chain if article.attribution else ()
    speaker = stored.outlet.source or directory().key(stored.outlet.hosts[0], article.lang)
    return Account(
        key=stored.guid,
        outlet=stored.outlet.name,
        lang=article.lang,
        at=article.published.at if article.published else stored.first_seen,
        speaker=speaker,
        origin=chain[-1].source if chain else speaker,
        text=f"{article.headline}\n{article.body}",
    )

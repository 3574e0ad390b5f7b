"""Read the attribution of every stored article anew from its stored text: a name or a formula was taught.

Deterministic: the same text and the same knowledge give the same reading, so what a first run has changed a
second finds unchanged, and a run that was stopped is finished by the next.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from items import Attribution, Stored
from pipelines.attribute import read_attribution
from pipelines.store import Store

_BATCH = 200  # articles read at once


@dataclass(frozen=True, slots=True)
class Reread:
    """An article read again: what stood, and what stands now."""

    stored: Stored
    before: Attribution | None
    after: Attribution

    @property
    def changed(self) -> bool:
        """Whether the new reading says anything else."""
        return self.before != self.after


def reattribute(store: Store) -> Generator[Reread, None, None]:
    """Read every article again and store what differs, each article in a transaction of its own.

    Args:
        store: open for writing.

    Yields:
        Every article, in the order it was first stored.
    """
    after_id = 0
    while batch := store.all_articles(after_id, _BATCH):
        for number, stored in batch:
            after_id = number
            reread = Reread(stored, stored.article.attribution, read_attribution(stored.article))
            if reread.changed:
                store.replace_attribution(stored.guid, reread.after)
            yield reread


def told(attribution: Attribution | None) -> str:
    """A chain in one line, nearest the reader first: "inbusiness.kz (relay) → Акорда (origin)"."""
    if attribution is None:
        return "nothing"
    chain = " → ".join(f"{credit.name} ({credit.role}: {credit.source})" for credit in attribution.chain)
    return f"{chain}; photo: {attribution.photo or 'none'}; quotes: {len(attribution.quotes)}"

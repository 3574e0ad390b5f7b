"""From the store to entries: each story and each entry made once, in however many editions it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feeds.editions import Edition, led
from feeds.model import Entry, entry_of
from feeds.rhythm import SAMPLE, Rhythm, rhythm_of
from feeds.sentence import Display
from items import OutletFacts, Problem, Stored, Story
from pipelines.store import Arrival, Choice, Pick, Store


@dataclass(slots=True, kw_only=True)
class Desk:
    """What is read of one store for one publication; `now` is aware, and no entry is later."""

    store: Store
    now: datetime
    display: Display | None = None
    homes: Mapping[str, str] | None = None
    problems: list[Problem] = field(default_factory=list)
    _stories: dict[int, Story | None] = field(default_factory=dict)
    _entries: dict[tuple[str, str], Entry | None] = field(default_factory=dict)

    def entries(self, edition: Edition, limit: int) -> list[Entry]:
        """Give the entries of an edition's newest stories, or articles; what cannot be one is a problem."""
        return [entry for story in self.stories(edition, limit) if (entry := self.entry(story))]

    def stories(self, edition: Edition, limit: int) -> list[Story]:
        """Give an edition's newest stories, or articles, as it tells them."""
        picked = self.store.picks(edition.choice, limit, words=edition.words, fold=edition.fold)
        return self.told(edition, picked)

    def told(self, edition: Edition, picked: Iterable[Pick]) -> list[Story]:
        """Give the stories of picks as the edition tells them; where it does not fold, each article alone."""
        picks = list(picked)
        if not edition.fold:
            return [
                alone(stored) for stored in self.store.articles_by(pick.article for pick in picks).values()
            ]
        stories = self._read(pick.story for pick in picks)
        return [told for story in stories.values() if (told := led(story, edition))]

    def told_of(self, edition: Edition, came: Sequence[Arrival]) -> list[tuple[Arrival, Story | None]]:
        """Give each arrival's story as the edition tells it; None where nothing of it is left to read."""
        if not edition.fold:
            articles = self.store.articles_by(arrival.article for arrival in came)
            return [(each, alone(articles[each.article]) if each.present else None) for each in came]
        stories = self._read(arrival.story for arrival in came)
        told = {number: led(story, edition) for number, story in stories.items()}
        return [(arrival, told.get(arrival.story)) for arrival in came]

    def arrived(
        self, edition: Edition, told: Sequence[tuple[Arrival, Story | None]]
    ) -> list[tuple[Arrival, Story]]:
        """Give the arrivals that brought something: a story its first article, or its lead revised.

        Where the edition does not fold, every article did, as it stands today.
        """
        present = [(arrival, story) for arrival, story in told if arrival.present and story is not None]
        if not edition.fold:
            return [(arrival, story) for arrival, story in present if arrival.newest]
        articles = self.store.articles_by(arrival.article for arrival, _ in present)
        firsts = self.firsts(edition, [arrival for arrival, _ in present])
        # A revision may bring an article into an edition that not every article is in.
        chosen = edition.choice != Choice() or edition.words is not None
        found = []
        for arrival, story in present:
            first = firsts.get(arrival.story) == arrival.article
            if articles[arrival.article].guid == story.lead.guid:
                brought = arrival.newest and (first or arrival.number > 1)
            else:
                brought = first and (arrival.number == 1 or (chosen and arrival.newest))
            if brought:
                found.append((arrival, story))
        return found

    def firsts(self, edition: Edition, came: Sequence[Arrival]) -> dict[int, int]:
        """Give for the stories of arrivals which of the edition's articles came first, by their numbers."""
        members = self.store.arrivals.members({arrival.story for arrival in came})
        found = {}
        for number, story in self._read(members).items():
            held = [members[number][each.guid] for each in story.members if edition.holds(each)]
            if held:
                found[number] = min(held)
        return found

    def entry(self, story: Story) -> Entry | None:
        """Give a story's entry, or None, with a problem told once, where it cannot be published."""
        key = (story.guid, f"{story.lead.guid} {story.first_seen.isoformat()}")
        if key not in self._entries:
            self._entries[key] = self._made(story)
        return self._entries[key]

    def rhythm(self, edition: Edition) -> Rhythm:
        """Give how often an edition is worth asking for."""
        return rhythm_of(self.store.change_times(edition.choice, SAMPLE))

    def _read(self, numbers: Iterable[int]) -> dict[int, Story]:
        """Give stories by number, in the order asked for, each read once."""
        wanted = dict.fromkeys(numbers)
        wanting = [number for number in wanted if number not in self._stories]
        self._stories.update(dict.fromkeys(wanting))
        self._stories.update(self.store.stories_by(wanting))
        return {number: story for number in wanted if (story := self._stories[number])}

    def _made(self, story: Story) -> Entry | None:
        try:
            return entry_of(story, self.now, display=self.display, homes=self.homes)
        except (KeyError, TypeError, ValueError) as error:  # an unknown zone, a naive time, an unfit address
            lead = story.lead
            self.problems.append(
                Problem(
                    outlet=lead.outlet.name, url=lead.article.canonical_url, field="entry", why=str(error)
                )
            )
            return None


def alone(stored: Stored) -> Story:
    """Give an article as a story of its own, under its own GUID."""
    return Story(
        guid=stored.guid,
        lead=stored,
        members=(stored,),
        first_seen=stored.first_seen,
        changed=stored.revised or stored.first_seen,
    )


def outlets_of(store: Store) -> dict[str, OutletFacts]:
    """Give the outlets that there are articles of, by name."""
    known = store.outlets()
    return {name: known[name] for name in store.facet_values("outlet") if name in known}

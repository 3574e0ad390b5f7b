"""Which person of a text a speaker is.

A surname, a post or a pronoun is matched to the one person the text names that fits; where two fit, to none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pipelines.attribution.persons import looks_like_surname
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, fold_word
from pipelines.attribution.roster import Person, Roster

_MOST = 200  # different mentions of people in one text that are compared


class People(Roster):
    """The people of one text, to be matched.

    Args:
        text: the text.
        phrases: its language's phrases.
        speech: the spans of direct speech; what is named inside them is no antecedent of a pronoun.
    """

    def __init__(self, text: Prepared, phrases: Phrases, speech: Sequence[tuple[int, int]]) -> None:
        super().__init__(text, phrases)
        self._oblique = self._words.endings("oblique")
        self._speech = speech
        self._speech_starts = [start for start, _ in speech]
        self._sentence_starts = [sentence.start for sentence in text.sentences]
        self._starts = [person.start for person in self.persons]
        # What is matched by name or post: each form of a name once, and no more than any honest text has.
        self.distinct = list({(each.words, each.title): each for each in reversed(self.persons)}.values())[
            ::-1
        ][:_MOST]
        self._by_stem: dict[str, list[Person]] = {}
        for person in self.distinct:
            for word in person.words:
                self._by_stem.setdefault(word[:3], []).append(person)
        self._named: dict[tuple[str, ...], str | None] = {}

    # Matches.

    def same_name(self, written: str, full: str) -> bool:
        """Whether a folded word of a name is a form of another: the same but for an ending of case."""
        if written == full:
            return True
        endings = self._words.endings("name_endings")
        for one, other in ((written, full), (full, written)):
            if one.startswith(other) and one[len(other) :].strip("'-") in endings:
                return True
        shared = 0
        while shared < min(len(written), len(full)) and written[shared] == full[shared]:
            shared += 1
        tails = written[shared:], full[shared:]
        return shared >= 3 and max(map(len, tails)) <= 3 and all(tail in endings for tail in tails)

    def by_name(self, words: Sequence[str]) -> str | None:
        """The full name that a surname, a first name or a full name in any case belongs to; None for two."""
        key = tuple(words)
        if key not in self._named:
            self._named[key] = self.one(
                [
                    person
                    for person in self._by_stem.get(words[-1][:3], ())
                    if all(any(self.same_name(word, each) for each in person.words) for word in words)
                ]
            )
        return self._named[key]

    def one(self, persons: Sequence[Person]) -> str | None:
        """The name of all these mentions, the best form of it; None where they are two people or none."""
        if not persons:
            return None
        groups = self.groups(persons)
        return self._nominative(groups[0]) if len(groups) == 1 else None

    def groups(self, persons: Sequence[Person]) -> list[list[Person]]:
        """The mentions by person."""
        groups: list[list[Person]] = []
        for person in persons:
            for group in groups:
                if self._same_person(person, group[0]):
                    group.append(person)
                    break
            else:
                if len(groups) > 8:
                    break
                groups.append([person])
        return groups

    def _same_person(self, one: Person, other: Person) -> bool:
        fewer, more = sorted((one.words, other.words), key=len)
        return all(any(self.same_name(word, each) for each in more) for word in fewer)

    def _nominative(self, group: Sequence[Person]) -> str:
        """The fullest form of a name, without an ending of case where the text has it so."""
        return min(
            group, key=lambda person: (self.oblique(person), -len(person.words), len(person.name))
        ).name

    def oblique(self, person: Person) -> bool:
        """Whether a name bears an ending of a case other than the nominative."""
        last, first = person.words[-1], person.words[0]
        declined = any(last.endswith(each) and len(last) > len(each) + 2 for each in self._oblique)  # not Цой
        if declined and not looks_like_nominative(last):
            return True
        if self._phrases.lang != "ru" or not last.endswith(("ова", "ева", "ина")):
            return False
        # Токаева after a man's first name in the genitive (Касым-Жомарта) is not a woman's surname.
        return first.endswith(("а", "я")) and any(
            other.words[0] == first[:-1] for other in self._by_stem.get(first[:3], ())
        )

    def by_pronoun(self, low: str, at: int) -> str | None:
        """The person a pronoun at `at` stands for: of the nearest sentence that names one; None for two."""
        gender = None
        if self._words.exact.get("she"):
            gender = "f" if self._words.has(low, "she") else "m"
        nearest: list[Person] = []
        sentence_start = -1
        for person in reversed(
            self.persons[max(0, bisect_left(self._starts, at) - 24) : bisect_left(self._starts, at)]
        ):
            if nearest and person.start < sentence_start:
                break
            if self.spoken(person.start) or not self._fits(person, gender):
                continue
            if not nearest:
                sentence_start = self._sentence_start(person.start)
            nearest.append(person)
        sure = [person for person in nearest if person.sure] or nearest
        if any(self._joined(earlier, later) for later, earlier in pairwise(nearest)):
            sure = nearest
        if len(self.groups(sure)) > 1:
            sure = [person for person in sure if not self.oblique(person)]
            if (
                self._phrases.lang == "en"
                and len(self.groups(sure)) > 1
                and not self._beside(sure[-1], sure[-2])
            ):
                sure = sure[-1:] if self._opens_sentence(sure[-1]) else sure
        if gender and len(self.groups(sure)) > 1:
            hinted = [person for person in sure if self._gender(person) == gender]
            sure = hinted or sure
        # "Nobody," she says, "helped us." …: the one person whom the text names only afterwards.
        name = self.one(sure if nearest else self.distinct)
        if name is None:
            return None
        last = name.split()[-1]
        return self.by_name([fold_word(word) for word in name.split()]) or last

    def _beside(self, one: Person, other: Person) -> bool:
        """Whether two names are joined as equals ("A and minister B")."""
        between = f" {self._text.folded[one.end : other.start]} "
        return len(between) <= 80 and (" and " in between or between.strip() == ",")

    def _joined(self, one: Person, other: Person) -> bool:
        """Whether "and" alone, or with a post, parts two names."""
        between = self._text.folded[one.end : other.start]
        return len(between) <= 60 and any(self._words.has(low, "and") for low in between.split())

    def _opens_sentence(self, person: Person) -> bool:
        return person.start - self._sentence_start(person.start) <= 60

    def _sentence_start(self, at: int) -> int:
        return self._sentence_starts[max(bisect_left(self._sentence_starts, at + 1) - 1, 0)]

    def spoken(self, at: int) -> bool:
        """Whether a place lies within direct speech."""
        index = bisect_left(self._speech_starts, at + 1) - 1
        return index >= 0 and at < self._speech[index][1]

    def _gender(self, person: Person) -> str:
        """What the surname, or where it tells nothing the given name, says of a person's gender."""
        last, first = person.words[-1], person.words[0]
        if last.endswith(self._words.endings("feminine")):
            return "f"
        if last.endswith(self._words.endings("masculine")):
            return "m"
        return "f" if first.endswith(("a", "а", "я")) else "m"

    def _fits(self, person: Person, gender: str | None) -> bool:
        if gender is None:
            return True
        last = person.words[-1]
        feminine = last.endswith(self._words.endings("feminine"))
        masculine = not feminine and last.endswith(self._words.endings("masculine"))
        return not masculine if gender == "f" else not (feminine and not self.oblique(person))


def looks_like_nominative(low: str) -> bool:
    """Whether a family name ends as the nominative does, though a case could end so too."""
    return looks_like_surname(low) and not low.endswith(
        ("ым", "ому", "ого", "ову", "еву", "ину", "ой", "ую", "ове", "еве")
    )

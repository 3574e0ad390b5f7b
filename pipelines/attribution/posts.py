"""Which person of a text a post means: "said the minister", "деді дәрігер", "добавил глава района"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipelines.attribution.people import People
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.roster import Person
from pipelines.attribution.vocabulary import speech_kinds, speech_words


def agree(one: str, other: str) -> bool:
    """Whether two folded words are forms of one word: they share all but an ending."""
    if one == other:
        return True
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    shortest = min(len(one), len(other))
    return shared >= 3 and shared >= shortest - 2 and max(len(one), len(other)) - shared <= 5


class PostReader:
    """Matches posts to the people of one text.

    Args:
        text: the text.
        phrases: its language's phrases.
        people: its people.
    """

    def __init__(self, text: Prepared, phrases: Phrases, people: People) -> None:
        self._text = text
        self._phrases = phrases
        self._people = people
        self._words, self._same = speech_words(phrases.lang)
        self._kinds = speech_kinds(phrases.lang)
        self._sentence_starts = [sentence.start for sentence in text.sentences]
        self._posted: dict[tuple[str, ...], str | None] = {}

    def by_post(self, words: Sequence[str]) -> str | None:
        """The one person whose post these folded words name, mentioned with it anywhere in the text."""
        key = tuple(words)
        if key not in self._posted:
            self._posted[key] = self._holder(words)
        return self._posted[key]

    def _holder(self, words: Sequence[str]) -> str | None:
        posts = [word for word in words if self._people.is_post(word)] or list(words[-1:])
        if not posts:
            return None
        fitting = [each for each in self._people.distinct if self._holds(each, words, posts)]
        if not fitting:
            fitting = self._of_kind(words)
        if not fitting:
            fitting = self._only(words)
        name = self._people.one(fitting)
        if name is None and fitting:
            name = self._people.one([person for person in fitting if self._speaks(person)])
        return name

    def _holds(self, person: Person, words: Sequence[str], posts: Sequence[str]) -> bool:
        """Whether a person is mentioned with this post, before the name or after it."""
        return any(title and self._is(title, words, posts) for title in (person.title, person.apposition))

    def _is(self, title: Sequence[str], words: Sequence[str], posts: Sequence[str]) -> bool:
        for group in self._same:
            if _names(group, words) and _names(group, title):
                return True
        if not all(any(agree(post, each) for each in title) for post in posts):
            tails = [post.rpartition("-")[2] for post in posts]
            bare = [each.rpartition("-")[2] for each in title]
            if not all(any(agree(post, each) for each in bare) for post in tails):
                return False
        rest = [
            word
            for word in words
            if word not in posts and not self._phrases.classes(word) & {"joiner", "stop"}
        ]
        if all(any(agree(word, each) for each in title) for word in rest):
            return True
        return any(self._words.has(word, "generic") for word in (*rest, *title))

    def _of_kind(self, words: Sequence[str]) -> list[Person]:
        """The people whose occupation is of the kind the words name ("the scholar", an archaeologist)."""
        found: list[Person] = []
        for names, occupations in self._kinds:
            if any(names.covers(word) for word in words):
                found += [
                    person
                    for person in self._people.distinct
                    if person not in found
                    and any(
                        names.covers(low) or occupations.covers(low)
                        for low in (*person.title, *person.apposition)
                    )
                ]
        return found

    def _only(self, words: Sequence[str]) -> list[Person]:
        """The text's only person, where nothing is said of the post, or the post is anybody's."""
        sure = [person for person in self._people.distinct if person.sure]
        if not sure or len(self._people.groups(sure)) != 1:
            return []
        anyone = any(self._words.has(word, "anyone") or word[:1].isdigit() for word in words)
        head = any(_names(group, words) for group in self._same[:1])
        untitled = not any(self._people.is_post(low) for person in sure for low in person.title)
        return sure if anyone or (head and untitled) else []

    def _speaks(self, person: Person) -> bool:
        """Whether a formula beside the name says that he or she speaks ("X-тің айтуынша", "по словам X")."""
        index = bisect_left(self._sentence_starts, person.start + 1) - 1
        tokens = self._text.sentences[max(index, 0)].tokens
        first = bisect_left(tokens, person.start - 30, key=lambda token: token.start)
        near = tokens[first : bisect_left(tokens, person.end + 30, key=lambda token: token.start)]
        return any(cue.kind in ("words", "speak", "report") for cue in self._phrases.cues(near))


def _names(group: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words hold one of a group's posts, each of its words in any form."""
    for post in group:
        parts = post.split()
        if all(any(agree(part, word) for word in words) for part in parts):
            return True
    return False

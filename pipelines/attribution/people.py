"""Who a speaker is: the noun phrase that names one, and the person of the text behind it.

A text's people are the runs of capitalised words that read as a person's name, each with the words of the
post before it. A surname, a post or a pronoun is matched to the one of them that fits; where two fit, to none.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.attribution.names import looks_like_surname
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, Token, fold_word

_HERE = Path(__file__).parent
_GIVEN = frozenset(tomllib.loads((_HERE / "people.toml").read_text(encoding="utf-8"))["given"])
_TITLE_REACH = 9  # words before a name that may hold its post
_LONGEST_NAME = 4
_NO_NAME = ("office", "media", "post", "platform", "stop", "joiner", "gap", "unnamed", "carrier")


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The words of `speech.toml` for one language, folded, by class."""

    exact: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]

    def has(self, low: str, *names: str) -> bool:
        """Whether a folded word is of any of these classes."""
        for name in names:
            if low in self.exact.get(name, ()):
                return True
            if any(low.startswith(stem) for stem in self.stems.get(name, ())):
                return True
        return False

    def endings(self, name: str) -> tuple[str, ...]:
        """The entries of a class of endings."""
        return tuple(self.exact.get(name, ()))


@lru_cache(maxsize=None)
def speech_words(lang: str) -> tuple[SpeechWords, tuple[tuple[str, ...], ...]]:
    """The words of quotation of a language (none where it has no table), and its sets of posts that are one."""
    table = tomllib.loads((_HERE / "speech.toml").read_text(encoding="utf-8")).get(lang, {})
    path = _HERE / "phrases" / f"{lang}.toml"
    phrases: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    alphabets = [script["map"] for script in phrases.get("scripts", [])]

    def spellings(words: Iterable[str]) -> list[str]:
        found = []
        for word in words:
            found.append(fold_word(word))
            found += [fold_word("".join(letters.get(char, char) for char in word)) for letters in alphabets]
        return list(dict.fromkeys(found))

    exact: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    for name, words in table.items():
        if name == "same":
            continue
        spelt = spellings(words)
        exact[name] = frozenset(word for word in spelt if not word.endswith("*"))
        stems[name] = frozenset(word[:-1] for word in spelt if word.endswith("*"))
    same = tuple(tuple(spellings(group)) for group in table.get("same", []))
    return SpeechWords(exact, stems), same


@dataclass(frozen=True, slots=True)
class Person:
    """One mention of a person by name, with the words of the post before it."""

    start: int
    end: int
    name: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    sure: bool  # a post, a verb of speech or the name's own form says that it is a person


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


class People:
    """The people of one text.

    Args:
        text: the text.
        phrases: its language's phrases.
        speech: the spans of direct speech; what is named inside them is no antecedent of a pronoun.
    """

    def __init__(self, text: Prepared, phrases: Phrases, speech: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._phrases = phrases
        self._words, self._same = speech_words(phrases.lang)
        self._speech = speech
        self._speech_starts = [start for start, _ in speech]
        self._sentence_starts = [sentence.start for sentence in text.sentences]
        self.persons: list[Person] = []
        for sentence in text.sentences:
            self._collect(sentence.tokens)
        self._starts = [person.start for person in self.persons]
        self._by_stem: dict[str, list[Person]] = {}
        for person in self.persons:
            for word in person.words:
                self._by_stem.setdefault(word[:3], []).append(person)

    # Names: runs of capitalised words.

    def personal(self, token: Token) -> bool:
        """Whether a word may be part of a person's name."""
        if token.kind != "word" or not token.upper or (token.shout and len(token.low) < 5):
            return False
        classes = self._phrases.classes(token.low)
        if classes.isdisjoint(_NO_NAME) and "inner" not in classes:
            return not self._words.has(token.low, "occupation")
        return "inner" in classes and classes.isdisjoint(_NO_NAME) and looks_like_surname(token.low)

    def runs(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """The runs of words that may be a person's name, as indices; initials with their full stops count."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(tokens):
            end = at
            while end < len(tokens) and self._extends(tokens, at, end):
                end += 1
            if any(len(token.low) > 1 for token in tokens[at:end]):
                while tokens[end - 1].low == ".":
                    end -= 1
                found.append((at, end))
            at = max(end, at + 1)
        return found

    def _extends(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        token = tokens[at]
        if at > first and self._text.shown[tokens[at - 1].end : token.start] not in ("", " "):
            return False
        if token.low == ".":
            return at > first and len(tokens[at - 1].low) == 1 and tokens[at - 1].kind == "word"
        if len(token.low) == 1 and token.kind == "word" and token.upper:
            return at + 1 < len(tokens) and tokens[at + 1].low == "."
        if at > first and self._phrases.lang != "en" and token.low.isascii() != tokens[first].low.isascii():
            return False
        return self.personal(token) or self._also_a_name(tokens, at)

    def _also_a_name(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a capitalised word that is a post too is a first name: it stands between a post and a surname."""
        if not 0 < at < len(tokens) - 1 or not tokens[at].upper or tokens[at - 1].upper:
            return False
        return self._is_post(tokens[at - 1].low) and self._is_post(tokens[at].low) and self.personal(tokens[at + 1])

    def _collect(self, tokens: Sequence[Token]) -> None:
        for first, last in self.runs(tokens):
            first, last = self.trim(tokens, first, last)
            words = [token for token in tokens[first:last] if token.kind == "word"]
            if len(words) < 2:
                continue
            title = self._title(tokens, first)
            sure = (
                any(self._is_post(low) for low in title[-3:])
                or words[0].low in _GIVEN
                or any(looks_like_surname(token.low) for token in words[1:])
                or any(cue.kind == "speak" for cue in self._phrases.cues(tokens[last : last + 2]))
            )
            start, end = words[0].start, self._bare_end(words[-1])
            name = self._text.cut(start, end)
            self.persons.append(
                Person(start, end, name, tuple(token.low for token in words), title, sure)
            )

    def _is_post(self, low: str) -> bool:
        return "post" in self._phrases.classes(low) or self._words.has(low, "occupation")

    def _bare_end(self, token: Token) -> int:
        if self._phrases.lang == "en" and token.low.endswith(("'s", "s'")):
            return token.end - (2 if token.low.endswith("'s") else 1)
        return token.end

    def _title(self, tokens: Sequence[Token], first: int) -> tuple[str, ...]:
        """The words before a name that may be its post, back to a mark or a verb of speech."""
        words: list[str] = []
        for token in reversed(tokens[max(0, first - _TITLE_REACH) : first]):
            if token.kind != "word" or self._phrases.classes(token.low) & {"stop"}:
                if token.low not in ('"',):
                    break
            words.append(token.low)
        return tuple(reversed(words))

    def trim(self, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
        """A run without what stands before or after the name in it: a place, an ordinary opening word."""
        lows = [token.low for token in tokens[first:last]]
        if last - first <= 2 or "." in lows:
            return first, last
        length = 3 if any(low.endswith(self._words.endings("patronymic")) for low in lows[1:]) else 2
        titled = first > 0 and self._is_post(tokens[first - 1].low)
        if self._phrases.lang == "en" and (titled or lows[0] in _GIVEN):
            return first, last
        leading = titled and self._phrases.order == "head-last"
        best = max(
            range(first, last - length + 1),
            key=lambda at: (self._name_shaped(lows[at - first : at - first + length]), (first - at) if leading else at),
        )
        return best, best + length

    def _name_shaped(self, lows: Sequence[str]) -> int:
        """How much a few words look like a name: a known first name first, a family name's ending last."""
        return 2 * (lows[0] in _GIVEN) + any(looks_like_surname(low) for low in lows[1:])

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
        fitting: list[Person] = []
        for person in self._by_stem.get(words[-1][:3], ()):
            if all(any(self.same_name(word, each) for each in person.words) for word in words):
                fitting.append(person)
        return self._one(fitting)

    def _one(self, persons: Sequence[Person]) -> str | None:
        """The name of all these mentions, the best form of it; None where they are two people or none."""
        if not persons:
            return None
        groups = self._groups(persons)
        return self._nominative(groups[0]) if len(groups) == 1 else None

    def _groups(self, persons: Sequence[Person]) -> list[list[Person]]:
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
        """The form of a name without an ending of case: the one the text uses where two differ, else the first."""
        return min(group, key=lambda person: (self.oblique(person), len(person.name))).name

    def oblique(self, person: Person) -> bool:
        """Whether a name bears an ending of a case other than the nominative."""
        last, first = person.words[-1], person.words[0]
        if last.endswith(self._words.endings("oblique")) and not looks_like_nominative(last):
            return True
        if self._phrases.lang != "ru" or not last.endswith(("ова", "ева", "ина")):
            return False
        # Токаева after a man's first name in the genitive (Касым-Жомарта) is not a woman's surname.
        return first.endswith(("а", "я")) and any(
            other.words[0] == first[:-1] for other in self._by_stem.get(first[:3], ())
        )

    def by_post(self, words: Sequence[str], at: int) -> str | None:
        """The one person whose post these folded words name, mentioned with it anywhere in the text."""
        posts = [word for word in words if self._is_post(word)] or list(words[-1:])
        if not posts:
            return None
        fitting = [person for person in self.persons if person.title and self._holds(person, words, posts)]
        if not fitting:
            fitting = self._only(words)
        name = self._one(fitting)
        if name is None and fitting:
            speaking = [person for person in fitting if self._speaks(person)]
            name = self._one(speaking)
        return name

    def _holds(self, person: Person, words: Sequence[str], posts: Sequence[str]) -> bool:
        title = person.title
        for group in self._same:
            if _names(group, words) and _names(group, title):
                return True
        if not all(any(agree(post, each) for each in title) for post in posts):
            tails = [post.rpartition("-")[2] for post in posts]
            bare = [each.rpartition("-")[2] for each in title]
            if not all(any(agree(post, each) for each in bare) for post in tails):
                return False
        rest = [word for word in words if word not in posts and not self._phrases.classes(word) & {"joiner", "stop"}]
        if all(any(agree(word, each) for each in title) for word in rest):
            return True
        return any(self._words.has(word, "generic") for word in (*rest, *title))

    def _only(self, words: Sequence[str]) -> list[Person]:
        """The text's only person, where nothing is said of the post, or the post is anybody's."""
        sure = [person for person in self.persons if person.sure]
        if not sure or len(self._groups(sure)) != 1:
            return []
        anyone = any(self._words.has(word, "anyone") for word in words)
        head = any(_names(group, words) for group in self._same[:1])
        untitled = not any(self._is_post(low) for person in sure for low in person.title)
        return sure if anyone or (head and untitled) else []

    def _speaks(self, person: Person) -> bool:
        """Whether a formula beside the name says that he or she speaks ("X-тің айтуынша", "по словам X")."""
        index = bisect_left(self._sentence_starts, person.start + 1) - 1
        tokens = self._text.sentences[max(index, 0)].tokens
        near = [token for token in tokens if person.start - 30 <= token.start <= person.end + 30]
        return any(cue.kind in ("words", "speak", "report") for cue in self._phrases.cues(near))

    def by_pronoun(self, low: str, at: int) -> str | None:
        """The person that "he" or "she" at `at` stands for: of the nearest sentence that names one; None for two."""
        gender = None
        if self._words.exact.get("she"):
            gender = "f" if self._words.has(low, "she") else "m"
        nearest: list[Person] = []
        sentence_start = -1
        for person in reversed(self.persons[max(0, bisect_left(self._starts, at) - 24) : bisect_left(self._starts, at)]):
            if nearest and person.start < sentence_start:
                break
            if self._spoken(person.start) or not self._fits(person, gender):
                continue
            if not nearest:
                sentence_start = self._sentence_start(person.start)
            nearest.append(person)
        sure = [person for person in nearest if person.sure] or nearest
        if len(self._groups(sure)) > 1:
            sure = [person for person in sure if not self.oblique(person)]
            if self._phrases.lang == "en" and len(self._groups(sure)) > 1 and not self._beside(sure[-1], sure[-2]):
                sure = sure[-1:] if self._opens_sentence(sure[-1]) else sure
        name = self._one(sure)
        if name is None:
            return None
        last = name.split()[-1]
        return self.by_name([fold_word(word) for word in name.split()]) or last

    def _beside(self, one: Person, other: Person) -> bool:
        """Whether two names are joined as equals ("A and minister B")."""
        between = f" {self._text.folded[one.end : other.start]} "
        return len(between) <= 80 and (" and " in between or between.strip() == ",")

    def _opens_sentence(self, person: Person) -> bool:
        return person.start - self._sentence_start(person.start) <= 60

    def _sentence_start(self, at: int) -> int:
        return self._sentence_starts[max(bisect_left(self._sentence_starts, at + 1) - 1, 0)]

    def _spoken(self, at: int) -> bool:
        index = bisect_left(self._speech_starts, at + 1) - 1
        return index >= 0 and at < self._speech[index][1]

    def _fits(self, person: Person, gender: str | None) -> bool:
        if gender is None:
            return True
        last = person.words[-1]
        feminine = last.endswith(self._words.endings("feminine"))
        masculine = not feminine and last.endswith(self._words.endings("masculine"))
        return not masculine if gender == "f" else not (feminine and not self.oblique(person))


def looks_like_nominative(low: str) -> bool:
    """Whether a family name ends as the nominative does, though a case could end so too."""
    return looks_like_surname(low) and not low.endswith(("ым", "ому", "ого", "ову", "еву", "ину", "ой", "ую", "ове", "еве"))


def _names(group: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words hold one of a group's posts, each of its words in any form."""
    for post in group:
        parts = post.split()
        if all(any(agree(part, word) for word in words) for part in parts):
            return True
    return False

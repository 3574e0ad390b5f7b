"""What a single word can do in a phrase that speaks: head it, go with a post, stand in a case."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import morphology
from pipelines.attribution.people import People
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, Token
from pipelines.attribution.vocabulary import SpeechWords

_VOWELS = frozenset("аәеиоөуұүыіэюяaeiouy")

_KIND = 6  # words that may say of what kind a body is
_LONGEST_QUOTED = 8  # words of a quoted name


class Grammar:
    """Knows the words of one text by class, form and case.

    Args:
        text: the text.
        phrases: its language's phrases.
        words: the words of quotation of the language.
        people: the text's people.
    """

    def __init__(self, text: Prepared, phrases: Phrases, words: SpeechWords, people: People) -> None:
        self._text = text
        self._phrases = phrases
        self._words = words
        self._people = people
        self._russian = phrases.lang == "ru"
        self._head_last = phrases.style == "head-last"
        self._english = phrases.style == "prepositional"

    def _heads(self, token: Token) -> bool:
        classes = self._phrases.classes(token.low)
        if token.kind == "word" and classes & {"office", "post", "media", "inner"} and "stop" not in classes:
            return True
        if self._english and token.kind == "word" and token.low.endswith("'s"):
            return True
        if token.kind != "word" or "stop" in classes:
            return False
        if self._words.has(token.low, "message", "occupation", "anyone"):
            return True
        if self._russian:
            return not token.upper and morphology.animate(token.low) and morphology.nominative(token.low)
        return not token.upper and self._people.occupational(token.low)

    def _initial(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a single capital letter with its full stop opens a name ("U.S. Embassy")."""
        return (
            len(tokens[at].low) == 1
            and tokens[at].upper
            and at + 1 < len(tokens)
            and tokens[at + 1].low == "."
        )

    def _institution(self, token: Token) -> bool:
        return token.kind == "word" and token.shout and not self._phrases.classes(token.low) & {"stop"}

    def _adverbial_case(self, low: str) -> bool:
        """Kazakh: whether a word stands in a case that no speaker does; a body may answer from its seat."""
        if self._words.has(low, "message"):
            return False
        case = self._phrases.case(low)
        if case == "ablative" and "office" in self._phrases.classes(low):
            return False
        return case in ("dative", "ablative", "locative")

    def _rather_post(self, low: str) -> bool:
        """Whether of a word's stems the longest is a post's (сенатор* beside сенат*)."""
        stems = self._phrases.lexicon.stems
        for length in reversed(self._phrases.lexicon.lengths):
            if length <= len(low) and low[:length] in stems:
                return "post" in stems[low[:length]]
        return False

    def _case(self, low: str) -> str | None:
        """The case of a noun; -ті after a vowel is a stem's last letter and a possessive (қызме-ті)."""
        if low in self._phrases.lexicon.stems or low in self._phrases.lexicon.exact:
            return None  # a word as the phrase file lists it bears no ending
        case = self._phrases.case(low)
        if case == "accusative" and low[-2:-1] in "тдtd":
            stem = low[:-1] in self._phrases.lexicon.stems or low[:-1] in self._phrases.lexicon.exact
            if stem or low[-3:-2] in _VOWELS:
                return None
        return case

    def _governed(self, low: str) -> bool:
        listed = low in self._phrases.lexicon.stems  # as listed a word is in the nominative
        return not listed and morphology.governed(low) and morphology.russian(low) != low

    def _with_adjectives(self, tokens: Sequence[Token], first: int) -> int:
        """Where a post begins with its adjectives and age: "the old man", "19-летняя спортсменка"."""
        begin = first
        if not self._english:
            while begin and first - begin < 4 and self._qualifies(tokens[begin - 1]):
                begin -= 1
            return begin
        while begin and first - begin < 4 and tokens[begin - 1].kind == "word":
            token = tokens[begin - 1]
            if token.low in ("the", "a", "an", "one", "his", "her", "their", "its"):
                return begin
            if token.upper or self._phrases.classes(token.low) & {"stop", "gap", "joiner"}:
                return first
            begin -= 1
        return first if begin else 0  # "says rescued climber": nothing but adjectives after the verb

    def _qualifies(self, token: Token) -> bool:
        """Russian and Kazakh: whether a word before a post tells of its holder's age or kind."""
        if token.kind == "number":
            return "-" in token.low or self._head_last
        if token.kind != "word" or token.upper or "stop" in self._phrases.classes(token.low):
            return False
        if self._head_last:
            return self._words.has(token.low, "aged")
        return (
            morphology.adjective(token.low)
            and morphology.nominative_adjective(token.low)
            and not morphology.noun(token.low)
        )

    def _quoted(self, tokens: Sequence[Token], at: int) -> int:
        """The index past the last word of a quoted name that opens at `at`: «Таза дала»; else 0."""
        if (
            not at
            or tokens[at - 1].low != '"'
            or tokens[at - 1].end != tokens[at].start
            or not tokens[at].upper
        ):
            return 0
        for index in range(at + 1, min(len(tokens), at + _LONGEST_QUOTED)):
            if tokens[index].low == '"':
                return index if tokens[index].start == tokens[index - 1].end and index - at > 1 else 0
        return 0

    def _kind_of_body(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        """Kazakh: whether a word between a name and a head noun says of what kind: "SCAT әуе компаниясы"."""
        if at == first or not tokens[first].upper or self._case(tokens[at].low) is not None:
            return False
        for after in tokens[at + 1 : at + _KIND]:
            classes = self._phrases.classes(after.low)
            if after.kind != "word" or after.upper or "stop" in classes:
                return False
            if "office" in classes:
                return True
        return False

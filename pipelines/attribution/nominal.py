"""Noun phrases that can speak: persons, posts, bodies, in the order and cases of each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.attribution import morphology
from pipelines.attribution.grammar import Grammar
from pipelines.attribution.persons import looks_like_surname
from pipelines.attribution.prepared import Token

_SEAT = ("в", "во")
_LONGEST_SUBJECT = 14
OBLIQUE = frozenset({"dative", "ablative", "locative", "accusative", "instrumental", "genitive"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a clause says is speaking, as written: `start` and `end` cut the words out of the text."""

    kind: str  # "pronoun", "name", "post", "body", "message"
    start: int
    end: int
    words: tuple[str, ...]  # folded


class NominalReader(Grammar):
    """Finds the phrases of a clause that can speak.

    Args:
        text: the text.
        phrases: its language's phrases.
        words: the words of quotation of the language.
        people: the text's people.
    """

    # Candidates: every phrase of a clause that could speak, from left to right.

    def _candidates(self, tokens: Sequence[Token], *, any_case: bool = False) -> list[Subject]:
        found: list[Subject] = []
        runs = dict(self._people.runs(tokens))
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.low in self._phrases.he:
                found.append(self._subject("pronoun", tokens, at, at + 1))
                at += 1
                continue
            if (
                self._heads(token)
                or at in runs
                or self._initial(tokens, at)
                or token.kind == "host"
                or self._institution(token)
                or (
                    token.upper and at > 0 and tokens[at - 1].low == '"' and tokens[at - 1].end == token.start
                )
            ):
                subject, at = self._phrase(tokens, at, runs)
                if subject and (any_case or self._can_speak(tokens, subject)):
                    found.append(subject)
                continue
            at += 1
        return found

    def _phrase(self, tokens: Sequence[Token], at: int, runs: dict[int, int]) -> tuple[Subject | None, int]:
        """The noun phrase at `at` and the index past it."""
        quoted = self._quoted(tokens, at)
        after = tokens[quoted + 1] if quoted and quoted + 1 < len(tokens) else None
        if quoted and self._head_last and after is not None and "office" in self._phrases.classes(after.low):
            quoted = 0  # «Алматы Су» кәсіпорны
        if quoted:
            return self._subject("body", tokens, at, quoted), quoted + 1
        end, name = at, (0, 0)
        while end < len(tokens) and end - at < _LONGEST_SUBJECT:
            token = tokens[end]
            if self._russian and end > at and self._begins(tokens[end - 1], token):
                break
            if end > at and tokens[end - 1].kind == "host" and "stop" in self._phrases.classes(token.low):
                break
            if end in runs and not self._outer(tokens, end, runs[end]):
                name = (end, runs[end])
                end = runs[end]
                if self._head_last and end < len(tokens) and self._goes_on(tokens, *name, tokens[end]):
                    continue
                if not self._head_last and not self._named(tokens, *name, at):
                    continue
                break
            if (
                self._heads(token)
                or self._institution(token)
                or token.kind == "host"
                or token.upper
                or self._dependent(tokens, at, end)
                or self._mark_of_name(tokens, at, end)
            ):
                end += 1
            else:
                break
        if end == at:
            return None, at + 1
        if self._head_last:
            whole, kept = end, end
            while kept - at > 1 and self._adverbial_case(tokens[kept - 1].low):
                kept -= 1
            if kept < end and self._case(tokens[kept - 1].low) is None and name[1] <= kept:
                return self._classify(tokens, at, kept, name), whole
        return self._classify(tokens, at, end, name), end

    def _begins(self, before: Token, token: Token) -> bool:
        """Russian: whether a post in the nominative opens a new phrase ("вопрос журналистов министр …")."""
        listed = token.low in self._phrases.lexicon.stems and "post" in self._phrases.classes(token.low)
        return listed and before.kind == "word" and not before.upper and not morphology.adjective(before.low)

    def _mark_of_name(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        """Whether a mark belongs to the phrase: one at a quoted name's edge, the full stop of an initial."""
        token = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.low == '"':
            closes = at > first and tokens[at - 1].end == token.start
            return closes or (after is not None and after.start == token.end and after.upper)
        return token.low == "." and at > first and len(tokens[at - 1].low) == 1

    def _outer(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a run of capitalised words is no name but goes with what follows."""
        if self._english and last < len(tokens) and tokens[last - 1].low.endswith("'s"):
            return True
        if self._english and last < len(tokens) and tokens[last].upper:
            classes = self._phrases.classes(tokens[last].low)
            return "office" in classes and "post" not in classes
        if self._russian and last - first == 1 and last < len(tokens) and not tokens[last].upper:
            return morphology.adjective(tokens[first].low) and morphology.governed(tokens[last].low)
        return last - first == 1 and tokens[first].shout

    def _goes_on(self, tokens: Sequence[Token], first: int, last: int, token: Token) -> bool:
        """Kazakh: a head noun after capitalised words takes them in, unless a post came before them."""
        if last - first >= 2 and first and "post" in self._phrases.classes(tokens[first - 1].low):
            return False
        if last - first >= 2 and looks_like_surname(tokens[last - 1].low):
            return False
        if self._heads(token) or (self._case(token.low) == "genitive" and token.kind == "word"):
            return True
        return last - first == 1 and self._kind_of_body(tokens, first, last)

    def _dependent(self, tokens: Sequence[Token], first: int, at: int) -> bool:
        """Whether a lower-case word goes on with the phrase that began at `first`."""
        token = tokens[at]
        if token.kind == "number":
            return at > first and tokens[at - 1].low in ("-", "№")
        if token.low in "-&'" and at > first:
            return True
        if token.kind != "word":
            return False
        classes = self._phrases.classes(token.low)
        if "joiner" in classes:
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if after is None or after.kind == "mark":
                return False
            if self._english:
                return (
                    (token.low != "and" and (after.upper or after.low == "the" or self._heads(after)))
                    or (token.low == "the" and tokens[at - 1].low in ("of", "for"))
                    or (token.low == "and" and after.upper)
                )
            return self._heads(after) or (
                self._russian and not after.upper and morphology.governed(after.low)
            )
        if "stop" in classes:
            return False
        if self._russian:
            return morphology.governed(token.low) and not morphology.finite(token.low)
        if self._head_last:
            return self._case(token.low) == "genitive" or self._kind_of_body(tokens, first, at)
        return token.low.endswith("'s")

    def _classify(
        self, tokens: Sequence[Token], first: int, end: int, name: tuple[int, int]
    ) -> Subject | None:
        begin, stop = name
        if self._russian and begin > first and self._words.has(tokens[first].low, "message"):
            return self._subject("message", tokens, first, end)
        if stop and (stop == end or not self._head_last) and self._named(tokens, begin, stop, first):
            begin, stop = self._people.trim(tokens, begin, stop)
            return self._subject("name", tokens, begin, stop)
        words = tokens[first:end]
        classes = [self._phrases.classes(token.low) for token in words]
        if self._head_last or self._english:
            while end - first > 1 and not (
                self._heads(tokens[end - 1]) or tokens[end - 1].upper or tokens[end - 1].low == '"'
            ):
                end -= 1
        lead = tokens[end - 1] if self._head_last else tokens[first]
        if any(self._words.has(token.low, "message") for token in ([lead] if self._head_last else words)):
            return self._subject("message", tokens, first, end)
        lead_classes = self._phrases.classes(lead.low)
        posted = "post" in lead_classes or (self._head_last and self._people.occupational(lead.low))
        if any("office" in each for each in classes) and (
            not posted or ("office" in lead_classes and not self._rather_post(lead.low))
        ):
            if self._english and "post" in classes[-1] and "office" not in classes[-1]:
                return self._subject("post", tokens, first, end)
            return self._subject("body", tokens, first, end)
        if any("post" in each for each in classes) or any(
            self._words.has(token.low, "occupation", "anyone")
            or (not token.upper and self._people.occupational(token.low))
            for token in words
        ):
            return self._subject("post", tokens, first, end)
        if any(token.upper or token.kind == "host" for token in words):
            return self._subject("body", tokens, first, end)
        return None

    def _named(self, tokens: Sequence[Token], begin: int, stop: int, first: int) -> bool:
        """Whether capitalised words are a person: two, or one that a post, an ending or the text backs."""
        words = [token for token in tokens[begin:stop] if token.kind == "word"]
        if len(words) >= 2:
            if self._words.has(words[-1].low, "firm"):
                return False  # Uzbekistan Airways
            if self._people.is_place(words[-1].low):
                return False  # Forbes Kazakhstan
            if begin == first or not self._english or tokens[begin - 1].low not in ("of", "for", "the"):
                return True
            return looks_like_surname(words[-1].low) and len(words) > 1
        low = words[0].low if words else ""
        if not low:
            return False
        if looks_like_surname(low) or self._people.by_name([low]):
            return True
        if self._people.geographic(low):
            return False
        prior = tokens[begin - 1].low if begin > first else ""
        return bool(prior) and (self._people.is_post(prior) or self._people.occupational(prior))

    def _can_speak(self, tokens: Sequence[Token], subject: Subject) -> bool:
        """Whether a phrase stands in a case, and after a preposition, that a subject can."""
        index = next(i for i, token in enumerate(tokens) if token.start >= subject.start)
        prior = tokens[index - 1] if index else None
        last = next(
            (
                token
                for token in reversed(tokens)
                if token.end <= subject.end + 2 and token.start >= subject.start
            ),
            None,
        )
        if self._russian:
            start = index
            while (
                start
                and not self._phrases.classes(tokens[start - 1].low) & {"stop"}
                and tokens[start - 1].kind == "word"
            ):
                start -= 1
            governor = tokens[start - 1].low if start and tokens[start - 1].kind == "word" else ""
            if subject.kind in ("body", "message", "post") and prior is not None and prior.low in _SEAT:
                return True
            if subject.kind == "message" and prior is not None and prior.low == "на":
                return True
            if governor in _SEAT and subject.kind in ("body", "message"):
                return True
            if (
                prior is not None
                and prior.kind == "word"
                and "stop" in self._phrases.classes(prior.low)
                and prior.low not in ("что", "как")
            ):
                return False
            head = tokens[index]
            if subject.kind == "name":
                return True
            return head.upper or not self._governed(head.low) or not head.low.isalpha()
        if self._head_last and last is not None:
            if subject.kind == "message":
                return True
            case = self._case(last.low)
            if case == "ablative" and subject.kind == "body" and not self._adverbial_case(last.low):
                return True
            if subject.kind == "name" and len(subject.words) >= 2:
                return case not in ("dative", "ablative", "genitive", "instrumental") or looks_like_surname(
                    last.low
                )
            return case not in OBLIQUE or looks_like_surname(last.low) or subject.kind == "name"
        return True

    def _span(self, kind: str, words: Sequence[Token]) -> Subject:
        return Subject(kind, words[0].start, words[-1].end, tuple(token.low for token in words))

    def _subject(self, kind: str, tokens: Sequence[Token], first: int, end: int) -> Subject:
        """A subject without determiners before it, endings of possession and joiners after it."""
        while (
            first < end - 1
            and tokens[first].low in ("the", "a", "an", "-", "&")
            and tokens[first + 1].low != "."
        ):
            first += 1
        if kind == "post":
            first = self._with_adjectives(tokens, first)
        while end - 1 > first and (
            "joiner" in self._phrases.classes(tokens[end - 1].low) or tokens[end - 1].low in ("-", "&", "'")
        ):
            end -= 1
        stop = tokens[end - 1].end
        if kind == "name" and self._english and tokens[end - 1].low.endswith("'s"):
            stop -= 2
        if tokens[end - 1].low == "." and kind != "name":
            stop = tokens[end - 1].start
        start = tokens[first].start
        if self._text.folded.count('"', start, stop) % 2 and kind != "name":
            if self._text.folded[start] == '"':
                start += 1
            elif (
                start
                and self._text.folded[start - 1] == '"'
                and self._text.shown[start - 1] != self._text.shown[stop - 1]
            ):
                start -= 1
        whole = self._text.folded[start:stop]
        if whole[:1] == whole[-1:] == '"' and whole.count('"') == 2:
            start, stop = start + 1, stop - 1
        lows = tuple(token.low for token in tokens[first:end] if token.kind in ("word", "host"))
        return Subject(kind, start, stop, lows)

"""The words that attribute speech: the verb beside a quotation, and where its clause begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.attribution import morphology
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, Token
from pipelines.attribution.vocabulary import speech_words

_KINDS = frozenset({"speak", "report", "passive"})
_WINDOW = 40  # tokens of a clause that are read
_SHORT_REACH = 7  # tokens in which a verb that is not listed is looked for
_REACH = 12  # tokens between the words quoted and their verb


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb of speech and what stands around it, as slices of the text's tokens."""

    verb_start: int  # offsets of the verb in the text
    verb_end: int
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    end: int  # offset past the clause
    passive: bool = False
    per: bool = False  # "according to": no verb


class ClauseReader:
    """Reads the clauses beside quotations of one text.

    Args:
        text: the text.
        phrases: its language's phrases.
    """

    def __init__(self, text: Prepared, phrases: Phrases) -> None:
        self._text = text
        self._phrases = phrases
        self._words, _ = speech_words(phrases.lang)
        self._tokens = [token for sentence in text.sentences for token in sentence.tokens]
        self._starts = [token.start for token in self._tokens]
        self._sentence_starts = [sentence.start for sentence in text.sentences]
        self._sentence_ends = [sentence.end for sentence in text.sentences]
        self._breaks = [match.start() for match in re.finditer("\n", text.shown)]
        self._russian = phrases.lang == "ru"
        self._head_last = phrases.style == "head-last"

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that begin from `start` up to `end`, at most a clause's worth from the left."""
        first = bisect_left(self._starts, start)
        last = min(bisect_left(self._starts, end), first + _WINDOW)
        return self._tokens[first:last]

    def tokens_before(self, start: int, end: int) -> list[Token]:
        """The tokens from `start` up to `end`, at most a clause's worth from the right."""
        last = bisect_left(self._starts, end)
        first = max(bisect_left(self._starts, start), last - _WINDOW)
        return self._tokens[first:last]

    def line_start(self, at: int) -> int:
        """The start of the line in which `at` lies."""
        index = bisect_left(self._breaks, at)
        return self._breaks[index - 1] + 1 if index else 0

    def line_end(self, at: int) -> int:
        """The end of the line in which `at` lies."""
        index = bisect_left(self._breaks, at)
        return self._breaks[index] if index < len(self._breaks) else len(self._text.shown)

    def sentence_end(self, at: int) -> int:
        """The end of the sentence in which `at` lies, or of the next where it lies between two."""
        index = bisect_left(self._sentence_ends, at + 1)
        return self._sentence_ends[index] if index < len(self._sentence_ends) else len(self._text.shown)

    def sentence_index(self, at: int) -> int:
        """The index of the sentence in which `at` lies."""
        return max(bisect_left(self._sentence_starts, at + 1) - 1, 0)

    def sentence_start(self, at: int) -> int:
        """The start of the sentence in which `at` lies."""
        return self._sentence_starts[self.sentence_index(at)]

    def after(self, start: int, end: int, *, strong: bool) -> Clause | None:
        """The clause that follows the words quoted, between `start` and `end`.

        Args:
            start: past the words quoted, their comma and dash.
            end: where the clause can reach to at most.
            strong: a comma and a dash (or, in English, a comma) part it from the words quoted.
        """
        end = min(end, self.sentence_end(start))
        tokens = self.tokens(start, end)
        if not tokens or (tokens[0].kind == "mark" and tokens[0].low not in '"('):
            return None
        if self._head_last:
            found = self._kazakh(tokens, strong=strong)
        elif self._russian:
            found = self._first_verb(tokens, reach=4 if strong else 1, any_verb=strong)
        else:
            found = self._first_verb(tokens, reach=_REACH, any_verb=False) or self._english(tokens)
            if found and not self._beside(tokens[: found[0]]):
                found = None
        if not found:
            return self._per(tokens, end) if strong else None
        return self._clause(tokens, *found, end)

    def _beside(self, before: Sequence[Token]) -> bool:
        """English: whether what stands between the words quoted and a verb can be its subject."""
        commas = sum(token.low == "," for token in before)
        return commas in (0, 2) and not any(token.low in ("–", ";", ":", '"') for token in before)

    def _clause(self, tokens: Sequence[Token], first: int, last: int, kind: str, end: int) -> Clause:
        stop = last
        while stop < len(tokens) and self._words.has(tokens[stop].low, "auxiliaries") and self._head_last:
            stop += 1
        return Clause(
            verb_start=tokens[first].start,
            verb_end=tokens[stop - 1].end,
            before=tuple(tokens[:first]),
            after=tuple(tokens[stop:]),
            end=end,
            passive=kind == "passive",
        )

    def _per(self, tokens: Sequence[Token], end: int) -> Clause | None:
        """The clause of a formula without a verb: "…," according to X."""
        for first, last in self.formulas(tokens):
            if first == 0 or (self._head_last and self._ends(tokens, last)):
                return self._formula(tokens, first, last, end)
        return None

    def _ends(self, tokens: Sequence[Token], last: int) -> bool:
        return last == len(tokens) or tokens[last].kind == "mark"

    def _formula(self, tokens: Sequence[Token], first: int, last: int, end: int) -> Clause:
        """The clause of a formula, whose owner stands before its noun, within it or after it."""
        before = tokens[:last] if self._head_last else tokens[first : last - 1]
        return Clause(
            tokens[first].start, tokens[last - 1].end, tuple(before), tuple(tokens[last:]), end, per=True
        )

    def formulas(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """The formulas that say in whose words or view something is ("по ее мнению", "in his view")."""
        found = [(cue.start, cue.end) for cue in self._phrases.cues(tokens) if cue.kind in ("per", "words")]
        for index, token in enumerate(tokens):
            if not self._words.has(token.low, "view"):
                continue
            if self._head_last:
                found.append((index, index + 1))
                continue
            for opening in range(index - 1, max(-1, index - 5), -1):
                if tokens[opening].kind == "mark" and tokens[opening].low != "-":
                    break
                if self._words.has(tokens[opening].low, "view_opening"):
                    found.append((opening, index + 1))
                    break
        return sorted(found)

    def _english(self, tokens: Sequence[Token]) -> tuple[int, int, str] | None:
        """Any verb in the place of a verb of speech: "…," grumbled an old woman; "…," the fans chanted."""
        if len(tokens) < 2 or tokens[0].kind == "mark":
            return None
        if self._inflected(tokens[0]) and tokens[1].kind == "word":
            led = tokens[1].upper or self._words.has(tokens[1].low, "article")
            plain = self._phrases.classes(tokens[1].low).isdisjoint({"stop", "joiner", "gap", "preposition"})
            return (0, 1, "speak") if led or plain else None
        if not (
            tokens[0].upper or tokens[0].low in self._phrases.he or self._words.has(tokens[0].low, "article")
        ):
            return None
        for index, token in enumerate(tokens[1:_SHORT_REACH], start=1):
            if token.kind == "mark" and token.low not in "'-.":
                break
            if self._inflected(token) and token.low.endswith("ed"):
                return index, index + 1, "speak"
            if self._inflected(token) and self._ends(tokens, index + 1):
                return index, index + 1, "speak"
        return None

    def _inflected(self, token: Token) -> bool:
        """English: whether a word has the form of a finite verb."""
        return (
            token.kind == "word"
            and not token.upper
            and len(token.low) > 3
            and token.low.endswith(("ed", "s"))
            and not token.low.endswith(("'s", "ss"))
            and self._phrases.classes(token.low).isdisjoint({"stop", "joiner", "gap", "post", "office"})
        )

    def verbs(self, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
        """The verbs of speech among tokens: the first index, the index past the last, and the kind of cue."""
        found: dict[int, tuple[int, int, str]] = {}
        for cue in self._phrases.cues(tokens):
            named = tokens[cue.start].upper and (cue.start > 0 or not self._russian)
            if cue.kind in _KINDS and not named and (cue.start not in found or cue.end > found[cue.start][1]):
                found[cue.start] = (cue.start, cue.end, cue.kind)
        for index, token in enumerate(tokens):
            if (
                index not in found
                and token.kind == "word"
                and not token.upper
                and self._words.has(token.low, "verbs", "say")
            ):
                found[index] = (index, index + 1, "speak")
        return [found[index] for index in sorted(found)]

    def _first_verb(
        self, tokens: Sequence[Token], reach: int, *, any_verb: bool
    ) -> tuple[int, int, str] | None:
        window = tokens[: reach + 3]
        for first, last, kind in self.verbs(window):
            if first < reach:
                return first, last, kind
        if any_verb:
            for index, token in enumerate(tokens[:2]):
                plain = (
                    token.kind == "word" and not token.upper and not self._words.has(token.low, "not_speech")
                )
                if plain and morphology.finite(token.low):
                    reflexive = token.low.endswith("ется")
                    return (
                        index,
                        index + 1,
                        "passive" if reflexive and self._placed(tokens[index + 1 :]) else "speak",
                    )
        return None

    def _placed(self, tokens: Sequence[Token]) -> bool:
        return bool(tokens) and tokens[0].low in ("в", "во")

    def _kazakh(self, tokens: Sequence[Token], *, strong: bool) -> tuple[int, int, str] | None:
        first = tokens[0]
        if self._words.has(first.low, "say"):
            return (0, 1, "speak") if strong or not first.low.startswith(("деген", "degen")) else None
        verbs = self.verbs(tokens[:_REACH])
        if self._words.has(first.low, "particle"):
            if (
                len(tokens) > 1
                and self._words.has(tokens[1].low, "not_speech")
                and not any(v[0] == 1 for v in verbs)
            ):
                return None
            for verb in verbs:
                if verb[0] >= 1 and not any(token.low == "," for token in tokens[1 : verb[0]]):
                    return verb
            endings = self._words.endings("verb_endings")
            for index, token in enumerate(tokens[1:_REACH], start=1):
                if strong and token.kind == "word" and not token.upper and token.low.endswith(endings):
                    return index, index + 1, "speak"
            return None
        if not strong or not verbs:
            return None
        return verbs[0] if verbs[0][0] <= (0 if verbs[0][2] == "report" else 5) else None

    def before(self, start: int, at: int) -> Clause | None:
        """The clause of speech that leads up to `at` (a colon, a comma, or the end of a sentence)."""
        tokens = self.tokens_before(start, at)
        verbs = self.verbs(tokens)
        if not verbs:
            for begin, end in self.formulas(tokens):
                return self._formula(tokens, begin, end, at)
            return self._any_verb(tokens, at)
        first, last, kind = verbs[-1]
        return self._clause(tokens, first, last, kind, at)

    def _any_verb(self, tokens: Sequence[Token], at: int) -> Clause | None:
        """A verb straight before the words quoted, past its subject ("…, adding:", "Kim admits:")."""
        if len(tokens) < 2:
            return None
        verb, prior = tokens[-1], tokens[-2]
        if self._russian or self._head_last:
            inflected = (
                morphology.finite(verb.low)
                if self._russian
                else verb.low.endswith(self._words.endings("verb_endings"))
            )
            if not inflected or verb.upper or verb.kind != "word":
                return None
            return self._clause(tokens, len(tokens) - 1, len(tokens), "speak", at)
        led = prior.upper or prior.low == "," or prior.low in self._phrases.he
        if not led or verb.upper or verb.kind != "word":
            return None
        if not (self._inflected(verb) or (verb.low.endswith("ing") and prior.low == ",")):
            return None
        return self._clause(tokens, len(tokens) - 1, len(tokens), "speak", at)

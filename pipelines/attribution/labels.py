"""Speech attributed without a verb: "Name: «…»", "«…» — Name", an interview's "Name: – …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.attribution.clauses import Clause, ClauseReader
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, Token
from pipelines.attribution.roster import Roster
from pipelines.attribution.vocabulary import speech_words

_LABEL_LINE = re.compile(r"(?m)^[^\n:!?\"]{2,80}:(?= {0,2}[–-] {1,2}\S)")
_SHORT = 4  # words of a post that stands for a name
_LONGEST = 10  # words of a label
_ENOUGH = 6  # words of speech beside a label of which nothing but capital letters says that it is a person
_TURN = re.compile(r"[.!?…:] {1,2}[–-] {1,2}(?=[^\W\d_])")


class LabelReader:
    """Tells labels that say who speaks from any other words before a colon or after a dash.

    Args:
        text: the text.
        phrases: its language's phrases.
        clauses: the reader of its clauses.
    """

    def __init__(self, text: Prepared, phrases: Phrases, clauses: ClauseReader) -> None:
        self._text = text
        self._phrases = phrases
        self._clauses = clauses
        self._words, _ = speech_words(phrases.lang)
        self._roster = Roster(text, phrases)
        self._surnames = {word for person in self._roster.persons for word in person.words}
        self._sure = {person.words for person in self._roster.persons if person.sure}

    def lines(self) -> Iterator[tuple[int, int, Clause]]:
        """The lines of an interview that begin with who speaks: past the dash, to the line's end."""
        for match in _LABEL_LINE.finditer(self._text.folded):
            clause = self.before(match.start(), match.end() - 1, opens_line=True, words=_ENOUGH)
            if clause:
                yield match.end(), self._clauses.line_end(match.end()), clause

    def turns(self) -> Iterator[tuple[int, int]]:
        """Where a dash opens speech within a line: past it, to the line's end; the first of each line."""
        if self._phrases.lang == "en":
            return
        line_end = -1
        for match in _TURN.finditer(self._text.folded):
            at = match.end()
            if at > line_end and self._text.shown[at].isupper():
                line_end = self._clauses.line_end(at)
                yield at, line_end

    def before(self, start: int, at: int, *, opens_line: bool, words: int) -> Clause | None:
        """The label between `start` and the colon at `at`, as a clause without a verb; None if it is none.

        Args:
            start: where the sentence begins.
            at: the colon.
            opens_line: the sentence begins the line.
            words: how many words are quoted after it.
        """
        tokens = self._clauses.tokens_before(start, at)
        if not self._is_label(tokens, opens_line=opens_line, words=words):
            return None
        return Clause(at, at, tuple(tokens), (), at)

    def after(self, start: int, end: int, words: int) -> Clause | None:
        """The label after a closing mark and a dash, up to the end of its line or sentence."""
        end = min(end, self._clauses.sentence_end(start))
        tokens = self._clauses.tokens(start, end)
        if tokens and tokens[-1].low == ".":
            tokens = tokens[:-1]
        ends_line = end == self._clauses.line_end(start)
        post = ends_line and len(tokens) <= _SHORT and all(token.kind == "word" for token in tokens)
        post = post and bool(tokens) and self._posted(tokens) and not self._clauses.verbs(tokens)
        if not post and not self._is_label(tokens, opens_line=ends_line, words=words):
            return None
        return Clause(start, start, (), tuple(tokens), end)

    def named(self, tokens: Sequence[Token]) -> bool:
        """Whether tokens name a person in two words or more."""
        return any(last - first > 1 for first, last in self._roster.runs(tokens))

    def _is_label(self, tokens: Sequence[Token], *, opens_line: bool, words: int) -> bool:
        """Whether tokens are a name with its post and nothing else."""
        own = [token for token in tokens if token.kind == "word"]
        if not own or len(own) > _LONGEST or any(token.low in ":;!?…–(" for token in tokens):
            return False
        if self._clauses.verbs(tokens) or "media" in self._phrases.classes(own[-1].low):
            return False
        runs = [self._roster.trim(tokens, *run) for run in self._roster.runs(tokens)]
        full = [run for run in runs if self._personal(tokens, *run, words)]
        if not full and runs and runs[-1][0] and words >= _ENOUGH:
            full = [run for run in runs[-1:] if self._roster.is_post(tokens[run[0] - 1].low)]
        if full:
            first, last = full[-1]
            marks = '"-.,' if first and words >= _ENOUGH and self._posted(tokens[:1]) else '"-.'
            led = all(token.kind == "word" or token.low in marks for token in tokens[:first])
            return led and (
                last == len(tokens) or (tokens[last].low == "," and self._posted(tokens[last + 1 :]))
            )
        return opens_line and len(own) == 1 and own[0].upper and own[0].low in self._surnames

    def _personal(self, tokens: Sequence[Token], first: int, last: int, words: int) -> bool:
        """Whether a run is a person: known to be one, or with speech enough beside it to be taken for one."""
        name = tuple(token.low for token in tokens[first:last] if token.kind == "word")
        return len(name) > 1 and (words >= _ENOUGH or name in self._sure)

    def _posted(self, tokens: Sequence[Token]) -> bool:
        """Whether an apposition after a name holds a post."""
        return any(
            self._roster.is_post(token.low) or self._roster.occupational(token.low) for token in tokens
        )

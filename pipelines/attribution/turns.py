"""Speech and its author's words by turns: "– …, – деді ол. – …", «…, — сказал он. — …»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.attribution.clauses import Clause, ClauseReader
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.vocabulary import speech_words

_BREAK = re.compile(r"(?:(?P<stop>[,.!?…:\"]) {0,2}| {1,2})[–-] {1,2}(?=[^\W\d])")
_EDGE_START, _EDGE_END = " \n–-", " \n,–-;:"
_MARKS = '«»“”„‟"＂'
_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"', "‘": "’", "'": "'"}


@dataclass(frozen=True, slots=True)
class Speech:
    """Words in direct speech, `start` and `end` in the text, with the clause that attributes them, if any."""

    start: int
    end: int
    clause: Clause | None
    attributed: bool  # it has a clause of its own or goes on with one that has


class TurnReader:
    """Parts speech from author's words.

    Args:
        text: the text.
        phrases: its language's phrases.
        clauses: the reader of its clauses.
    """

    def __init__(self, text: Prepared, phrases: Phrases, clauses: ClauseReader) -> None:
        self._text = text
        self._phrases = phrases
        self._words, _ = speech_words(phrases.lang)
        self._clauses = clauses

    def broken(self, start: int, end: int, *, marked: bool) -> list[Speech]:
        """Speech and author's words by turns, parted by dashes; nothing where no author's words are found."""
        found: list[Speech] = []
        begin, at = start, start
        while match := _BREAK.search(self._text.folded, at, end):
            clause = self._author(match, end, marked=marked)
            if clause is None:
                at = match.end()
                continue
            speech = self.speech(begin, match.end("stop") if match["stop"] else match.start(), clause)
            if speech:
                found.append(speech)
            resumed = self._resumed(match.end(), clause.end, end)
            if resumed is None:
                return found
            begin = at = resumed
        if found and begin > start:
            speech = self.speech(begin, end, None, attributed=True)
            if speech:
                found.append(speech)
        return found

    def _author(self, match: re.Match[str], end: int, *, marked: bool) -> Clause | None:
        """The clause at a dash, if it is the author's and not the speaker's own."""
        at = match.end()
        if not (match["stop"] or not marked):
            return None
        next_break = _BREAK.search(self._text.folded, at, min(end, at + 400))
        limit = next_break.end("stop") if next_break and next_break["stop"] else end
        head = self._clauses.tokens(at, min(limit, at + 60))
        if not head or (head[0].upper and not match["stop"]):
            return None
        clause = self._clauses.after(at, limit, strong=bool(match["stop"]))
        if clause is None:
            return None
        # Without a comma only a verb that stands straight after the dash can be the author's.
        if (
            not match["stop"]
            and not self._words.has(head[0].low, "say", "particle")
            and clause.verb_start != at
        ):
            return None
        return clause

    def _resumed(self, at: int, clause_end: int, end: int) -> int | None:
        """Where speech goes on after an author's clause, past its dash; None where it does not."""
        match = _BREAK.search(self._text.folded, at, min(end, clause_end + 4))
        return match.end() if match and match["stop"] and match["stop"] != '"' else None

    def speech(
        self, start: int, end: int, clause: Clause | None, *, attributed: bool = True
    ) -> Speech | None:
        """The speech of a place, without marks, dashes and comma at its edges; None if nothing is left."""
        start, end = _stripped(self._text.shown, start, end)
        return Speech(start, end, clause, attributed) if start < end else None


def _stripped(shown: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of quoted words without spaces, dashes, the final comma and marks around the whole."""
    while True:
        while start < end and shown[start] in _EDGE_START:
            start += 1
        while start < end and shown[end - 1] in _EDGE_END:
            end -= 1
        opening = shown[start : start + 1]
        whole = end - start > 2 and _PAIRS.get(opening) == shown[end - 1]
        if not whole or any(mark in _MARKS for mark in shown[start + 1 : end - 1]):
            return start, end
        start, end = start + 1, end - 1

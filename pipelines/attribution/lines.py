"""Speech without quotation marks: lines that a dash opens, answers in an interview, a dash in a line."""

from __future__ import annotations

from dataclasses import replace

from pipelines.attribution.clauses import Clause, ClauseReader
from pipelines.attribution.labels import LabelReader
from pipelines.attribution.marks import dash_lines
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.turns import Speech, TurnReader


class LineReader:
    """Finds the speech that dashes open in one text.

    Args:
        text: the text.
        clauses: the reader of its clauses.
        turns: the reader of speech and author's words by turns.
        labels: the reader of names before colons.
    """

    def __init__(self, text: Prepared, clauses: ClauseReader, turns: TurnReader, labels: LabelReader) -> None:
        self._text = text
        self._clauses = clauses
        self._turns = turns
        self._labels = labels
        self._led: tuple[int, Clause] | None = None  # past the last line that a colon leads up to, its clause

    def read(self) -> list[Speech]:
        """The speech of lines that a dash, a label or, within them, a dash after a full stop opens."""
        found = [
            speech for start, end in dash_lines(self._text.folded) for speech in self._dash_line(start, end)
        ]
        opened = {self._clauses.line_start(speech.start) for speech in found}
        for start, end, clause in self._labels.lines():
            opened.add(self._clauses.line_start(start))
            broken = self._turns.broken(start, end, marked=False)
            whole = self._turns.speech(start, end, clause)
            # "Name: – …, – he added": the label says who speaks, whatever the verb's own subject is.
            found += [replace(speech, clause=clause) for speech in broken] or ([whole] if whole else [])
        for start, end in self._labels.turns():
            if self._clauses.line_start(start) not in opened:
                found += self._turns.broken(start, end, marked=False)
        return sorted(found, key=lambda speech: speech.start)

    def _dash_line(self, start: int, end: int) -> list[Speech]:
        found = self._turns.broken(start, end, marked=False)
        if found:
            return found
        line = self._clauses.line_start(start)
        lead = self.lead_in(line)
        if lead is None and self._led and not self._text.folded[self._led[0] : line].strip():
            lead = self._led[1]
        speech = self._turns.speech(start, end, lead) if lead and self._spoken_line(start, end) else None
        if lead is None or speech is None:
            return []
        # What one line asks another may answer; a statement the same speaker goes on with.
        self._led = None if self._text.folded[speech.end - 1] == "?" else (end, lead)
        return [speech]

    def _spoken_line(self, start: int, end: int) -> bool:
        """Whether a line after a dash is a sentence, not an item of a list."""
        shown = self._text.shown[start:end].strip(" \"«»“”„'")
        return shown[:1].isupper() and not shown.endswith((";", ","))

    def lead_in(self, paragraph: int) -> Clause | None:
        """The clause of speech that ends the paragraph before with a colon."""
        folded = self._text.folded
        end = paragraph
        while end > 0 and folded[end - 1] in " \n":
            end -= 1
        if end == 0 or folded[end - 1] != ":":
            return None
        return self._clauses.before(self._clauses.sentence_start(end - 1), end - 1)

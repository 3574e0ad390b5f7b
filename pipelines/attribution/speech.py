"""Direct speech, told from names, titles and scare quotes, with the clause that attributes it.

A place for speech (`marks`) is speech when a clause of speech (`clauses`) stands after it, before it or
within it, or when it goes on with speech that has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.attribution.clauses import Clause, ClauseReader
from pipelines.attribution.labels import LabelReader
from pipelines.attribution.lines import LineReader
from pipelines.attribution.marks import Span, marked_spans, single_spans, speech_may_begin
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.turns import Speech, TurnReader
from pipelines.attribution.vocabulary import speech_words

_AFTER = re.compile(r"(?P<comma> {0,2}[,.!?…])?(?P<dash> {0,2}[–-]{1,2} {0,2})?(?P<space> {0,2})")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_FEWEST = 3  # words of speech that nothing but its place shows to be speech
_REACH = 400  # characters before an opening mark that are read
_MOST_TITLE = 4  # words from which on what follows an ordinary verb and a colon is rather speech than a title
_PARTIAL = 5  # words from which on a part of a sentence is speech rather than a name
_NEAR = 10  # tokens between a verb of speech and words quoted in the middle of what it reports
_SHORTEST = 2  # characters of speech
_ENOUGH = 6  # words of speech within a sentence, or without a speaker


class SpeechReader:
    """Finds the speech of one text.

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
        self._turns = TurnReader(text, phrases, clauses)
        self._labels = LabelReader(text, phrases, clauses)
        self._lines = LineReader(text, clauses, self._turns, self._labels)
        self._found: list[Speech] = []

    def read(self) -> list[Speech]:
        """The speech of the text, in order, never overlapping."""
        lines = self._lines.read()
        spans = marked_spans(self._text.shown)
        if self._phrases.lang == "en" and "'" in self._text.folded:
            spans = _merged(spans, single_spans(self._text.shown))
        at = 0
        for number, span in enumerate(spans):
            while at < len(lines) and lines[at].start < span.opener:
                if not self._found or lines[at].start >= self._found[-1].end:
                    self._found.append(lines[at])
                at += 1
            last_end = self._found[-1].end if self._found else -1
            inside_next = at < len(lines) and lines[at].start <= span.opener + 1 < lines[at].end
            if span.opener >= last_end and not inside_next:
                following = spans[number + 1] if number + 1 < len(spans) else None
                self._marked(span, following)
        last_end = self._found[-1].end if self._found else -1
        self._found += [line for line in lines[at:] if line.start >= last_end]
        return self._shared(self._found)

    # Speech in quotation marks.

    def _marked(self, span: Span, following: Span | None) -> None:
        if span.end - span.start < _SHORTEST:
            return
        inner = self._turns.broken(span.start, span.end, marked=True)
        if inner:
            self._found += inner
            return
        if not span.closed:
            return
        if span.continued:
            goes_on = self._goes_on(span, self._clauses.line_start(span.opener), opens=True)
            self._append(span, None, attributed=goes_on)
            return
        text, words = self._text, self._count(span.start, span.end)
        if not words:
            return
        paragraph = self._clauses.line_start(span.opener)
        opens = speech_may_begin(text.shown, span.opener, paragraph)
        clause = self._after(span, following, opens=opens, words=words)
        if clause is None:
            clause = self._before(span, paragraph, words)
        if clause:
            self._append(span, clause, attributed=True)
        elif self._goes_on(span, paragraph, opens=opens):
            self._append(span, None, attributed=True)
        elif opens and words >= _ENOUGH and self._sentence_like(span):
            beside = self._beside(span)
            self._append(span, beside, attributed=beside is not None)

    def _after(self, span: Span, following: Span | None, *, opens: bool, words: int) -> Clause | None:
        """The clause after a closing mark."""
        folded = self._text.folded
        match = _AFTER.match(folded, span.closer)
        at = match.end() if match else span.closer
        end = self._clauses.line_end(at)
        if following and self._new_speech(following, at):
            end = min(end, following.opener)
        comma = bool(match and match["comma"]) or self._last_mark(span) in ",.!?…"
        dash = bool(match and match["dash"])
        english = self._phrases.lang == "en"
        head_last = self._phrases.style == "head-last"
        if match and (match["comma"] or "").strip() == "." and not dash:
            return None
        strong = comma if english else dash
        if head_last and match and match["comma"]:
            said = self._clauses.tokens(at, end)[:1]
            strong = strong or any(
                self._words.has(token.low, "particle") for token in said
            )  # «…», деп жазды ол
        if english and not (comma or dash):
            return None
        clause = self._clauses.after(at, end, strong=strong)
        if clause is None:
            return self._labels.after(at, self._clauses.line_end(at), words) if dash and opens else None
        if english and folded[span.end - 1] in ".…" and not dash:
            return None  # before its author's words an English sentence ends in a comma, not in a full stop
        if opens:
            if not strong and not head_last and not comma:
                return None
            return clause
        return (
            clause
            if head_last
            and (words >= _FEWEST or (words >= _SHORTEST and self._last_mark(span) in "!?"))
            and self._kazakh_middle(span, clause)
            else (clause if not head_last and words >= _ENOUGH and self._introduced(span) else None)
        )

    def _last_mark(self, span: Span) -> str:
        """The last character inside a pair of marks, past another closing mark at its edge."""
        inside = self._text.folded[max(span.start, span.end - 3) : span.end].rstrip("\"' ")
        return inside[-1:] or " "

    def _kazakh_middle(self, span: Span, clause: Clause) -> bool:
        """Whether "X «…» деп айтты": the subject stands before the words quoted, none after the verb."""
        first = self._clauses.tokens(span.closer, clause.verb_end)
        said = any(self._words.has(token.low, "say", "particle") for token in first[:3])
        named = any(token.upper for token in clause.after[:4])
        return said and (self._introduced(span) or not named)

    def _introduced(self, span: Span) -> bool:
        """Whether the words before an opening mark lead up to speech rather than to a name."""
        before = self._text.folded[max(0, span.opener - 12) : span.opener].rstrip()
        return before.endswith((",", ":", " что", " that", "–"))

    def _new_speech(self, span: Span, at: int) -> bool:
        before = self._text.folded[at : span.opener].rstrip()
        return before.endswith((",", ".", ":", "–", "!", "?", ";"))

    def _before(self, span: Span, paragraph: int, words: int) -> Clause | None:
        """The clause before an opening mark: up to a colon, or in English up to a comma."""
        before = self._text.folded[max(paragraph, span.opener - _REACH) : span.opener].rstrip()
        if not before:
            return self._lines.lead_in(paragraph)
        at = max(paragraph, span.opener - _REACH) + len(before)
        start = max(self._clauses.sentence_start(at - 1), paragraph)
        if before.endswith(":"):
            return self._colon(span, start, at - 1, words)
        if before.endswith(","):
            clause = self._clauses.before(start, at - 1)
            if clause and not clause.per and self._phrases.style == "head-last":
                return None
            if clause is None:
                return None
            enough = (
                _FEWEST
                if self._phrases.lang == "en" and self._text.shown[span.start : span.start + 1].isupper()
                else 5
            )
            near = len(clause.after) <= 6 or clause.per
            return clause if near and words >= (_FEWEST if clause.per else enough) else None
        if before.endswith((" что", " that")) and words >= _PARTIAL:
            return self._clauses.before(start, at)
        return self._partial(span, start, at, words)

    def _partial(self, span: Span, start: int, at: int, words: int) -> Clause | None:
        """The clause of words quoted within reported speech ("said talks “must not be put off again”")."""
        if (
            self._phrases.style == "head-last"
            or words < _PARTIAL
            or not self._text.shown[span.start].islower()
        ):
            return None
        clause = self._clauses.before(start, at)
        if clause is None or clause.passive or clause.per or len(clause.after) > _NEAR:
            return None
        verb = self._clauses.tokens(clause.verb_start, clause.verb_end)
        labels = any(self._words.has(token.low, "labelling") for token in verb)
        return None if labels or not self._clauses.verbs(verb) else clause

    def _colon(self, span: Span, start: int, at: int, words: int) -> Clause | None:
        clause = self._clauses.before(start, at)
        if clause and clause.verb_start != clause.verb_end:
            known = clause.per or self._clauses.verbs(
                self._clauses.tokens(clause.verb_start, clause.verb_end)
            )
            whole = self._whole_sentence(span, words)
            if known or whole or (words >= _MOST_TITLE and self._labels.named(clause.before)):
                return clause
        opens_line = start <= self._clauses.line_start(at)
        label = self._labels.before(start, at, opens_line=opens_line, words=words)
        if label and words >= _SHORTEST:
            return label
        tokens = self._clauses.tokens_before(start, at)
        short = 1 <= len(tokens) <= 8 and all(token.kind != "mark" or token.low in "-.'" for token in tokens)
        posts = sum(
            token.low in self._phrases.he or "post" in self._phrases.classes(token.low) for token in tokens
        )
        if short and posts == 1 and words >= _FEWEST and self._text.shown[span.end - 1] in ".!?…":
            return Clause(at, at, tuple(tokens), (), at)
        # "The coach took the blame: «…»": no verb of speech, but a person, and words that are no title.
        told = self._whole_sentence(span, words) and words >= _FEWEST and self._labels.named(tokens)
        return Clause(at, at, tuple(tokens), (), at) if told else None

    def _whole_sentence(self, span: Span, words: int) -> bool:
        """Whether marks enclose what no title is: an end of a sentence, or more words."""
        inside = self._text.shown[span.start : min(span.end, span.start + _REACH)]
        if not inside[:1].isupper() or self._text.shown[span.closer : span.closer + 1] == ",":
            return False
        return words >= _ENOUGH or inside.rstrip()[-1:] in ".!?…" or ". " in inside

    # Speech that something else shows to be speech.

    def _goes_on(self, span: Span, paragraph: int, *, opens: bool) -> bool:
        """Whether speech goes on: only a clause parts this piece from the last attributed one."""
        if not self._found or not self._found[-1].attributed:
            return False
        last = self._found[-1]
        gap_start = max(last.clause.end, last.end) if last.clause else last.end
        between = self._text.folded[gap_start : min(span.opener, gap_start + 40)].strip(" \"'.,–-:…!?\n")
        if last.start < paragraph:
            alone = not self._text.folded[
                max(paragraph, span.opener - 9) : span.opener
            ].strip() and self._sentence_like(span)
            return alone and not between and self._count(span.start, span.end) >= _FEWEST
        before = self._text.folded[max(0, span.opener - 3) : span.opener].rstrip()
        parted = bool(before) and before[-1] in ",.–:-!?…"
        tail = self._text.folded[span.closer : span.closer + 2].strip()[:1]
        ended = tail in ("", *",.!?…:–\n") or self._last_mark(span) in ",.!?…"
        return not between and parted and ended and (opens or before[-1] == ",")

    def _beside(self, span: Span) -> Clause | None:
        """The clause of the sentence before or after a quotation that stands by itself."""
        folded = self._text.folded
        end = span.opener
        while end > 0 and folded[end - 1] in " \n\"'":
            end -= 1
        if end:
            start = self._clauses.sentence_start(end - 1)
            clause = self._clauses.before(start, end)
            if clause and not clause.passive and self._by_speaker(clause, start):
                return clause
        after = span.closer
        while after < len(folded) and folded[after] in " \n.":
            after += 1
        tokens = self._clauses.tokens(after, self._clauses.sentence_end(after)) if after < len(folded) else []
        if any(cue.kind == "anaphora" and cue.start <= 1 for cue in self._phrases.cues(tokens[:6])):
            return self._clauses.before(after, self._clauses.sentence_end(after))
        return None

    def _by_speaker(self, clause: Clause, start: int) -> bool:
        """Whether a neighbouring sentence's verb is one of speaking, not of passing news on."""
        verb = self._clauses.tokens(clause.verb_start, clause.verb_end)
        kinds = {cue.kind for cue in self._phrases.cues(verb)}
        return ("speak" in kinds or not kinds) and not clause.per and start <= clause.verb_start

    def _sentence_like(self, span: Span) -> bool:
        """Whether marks enclose a whole sentence: a capital letter first, and an end after or inside them."""
        shown = self._text.shown
        first = shown[span.start : span.start + 1]
        tail = shown[span.closer : span.closer + 2].strip()
        ended = shown[span.end - 1] in ".!?…" or not tail or tail[0] in ".!?…\n"
        return first.isupper() and ended

    # Pieces.

    def _append(self, span: Span, clause: Clause | None, *, attributed: bool) -> None:
        speech = self._turns.speech(span.start, span.end, clause, attributed=attributed)
        if speech:
            self._found.append(speech)

    def _count(self, start: int, end: int) -> int:
        return sum(1 for _ in zip(range(_ENOUGH), _WORD.finditer(self._text.shown, start, end), strict=False))

    def _shared(self, found: Sequence[Speech]) -> list[Speech]:
        """Each attributed piece with its clause: its own, or that of the piece before or after.

        The last holds for a paragraph that goes on in the next.
        """
        found = sorted(found, key=lambda speech: speech.start)
        shared: list[Speech] = []
        clause: Clause | None = None
        for speech in found:
            if speech.attributed:
                clause = speech.clause or clause
                shared.append(replace(speech, clause=clause))
            else:
                shared.append(speech)
        for index in range(len(shared) - 2, -1, -1):
            this, after = shared[index], shared[index + 1]
            if not this.attributed and after.attributed and self._continued(this, after):
                shared[index] = replace(this, clause=after.clause, attributed=True)
        return shared

    def _continued(self, this: Speech, after: Speech) -> bool:
        between = self._text.shown[this.end : after.start]
        return "\n" in between and not between.strip(" \n" + '«“„"')


def _merged(spans: Sequence[Span], more: Sequence[Span]) -> list[Span]:
    """Two lists of spans as one, in order; of two that overlap the one that opens first."""
    merged: list[Span] = []
    for span in sorted([*spans, *more], key=lambda each: each.opener):
        if not merged or span.opener >= merged[-1].closer:
            merged.append(span)
    return merged

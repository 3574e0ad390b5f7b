"""Quotations: direct speech with its speaker, as written and as a person of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from items import Quote
from pipelines.attribution.clauses import Clause, ClauseReader
from pipelines.attribution.nominal import Subject
from pipelines.attribution.people import People
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.posts import PostReader
from pipelines.attribution.prepared import Prepared, Token, fold_word
from pipelines.attribution.senders import SenderReader
from pipelines.attribution.speech import SpeechReader
from pipelines.attribution.subjects import SubjectReader
from pipelines.attribution.turns import Speech
from pipelines.attribution.vocabulary import speech_words

_HAS_SPEECH = re.compile(r"[\"'–]|(?m:^ {0,8}-)|: {0,2}-")


def find_quotes(text: Prepared, phrases: Phrases, publisher: str) -> list[Quote]:
    """The quotations of a text that are attributed to somebody, in order.

    Args:
        text: the text.
        phrases: its language's phrases.
        publisher: the host of the text's own outlet, which sends no message it quotes.
    """
    spoken = [speech for speech in _read(text, phrases) if speech.attributed]
    if not spoken:
        return []
    spans = [(speech.start, speech.end) for speech in spoken]
    resolver = _Resolver(text, phrases, publisher, spans)
    return [resolver.quote(speech) for speech in spoken]


def speech_spans(text: Prepared, phrases: Phrases) -> list[tuple[int, int]]:
    """Every span of direct speech, attributed or not, in order; never a name, a title or a scare quote."""
    return [(speech.start, speech.end) for speech in _read(text, phrases)]


@lru_cache(maxsize=4)
def _read(text: Prepared, phrases: Phrases) -> tuple[Speech, ...]:
    """The speech of a text; kept for the two that ask for it in turn."""
    if not _HAS_SPEECH.search(text.folded):
        return ()
    return tuple(SpeechReader(text, phrases, ClauseReader(text, phrases)).read())


class _Resolver:
    """Turns speech with its clause into quotations with their speakers."""

    def __init__(
        self, text: Prepared, phrases: Phrases, publisher: str, spans: Sequence[tuple[int, int]]
    ) -> None:
        self._text = text
        self._phrases = phrases
        self._words, _ = speech_words(phrases.lang)
        self._clauses = ClauseReader(text, phrases)
        self._people = People(text, phrases, spans)
        self._posts = PostReader(text, phrases, self._people)
        self._subjects = SubjectReader(text, phrases, self._words, self._people)
        self._senders = SenderReader(text, phrases, publisher, self._clauses, self._subjects)
        self._english = phrases.style == "prepositional"
        self._head_last = phrases.style == "head-last"

    def quote(self, speech: Speech) -> Quote:
        """The quotation that `speech` is."""
        clause = speech.clause
        speaker, person, verb = "", None, ""
        if clause:
            verb = self._text.cut(clause.verb_start, clause.verb_end)
            subject = self._subject(clause, speech.start, speech.end)
            speaker, person = self._speaker(subject, clause, speech.start)
        return Quote(
            speaker=speaker, person=person, text=self._text.cut(speech.start, speech.end),
            verb=verb, start=speech.start, end=speech.end,
        )  # fmt: skip

    def _subject(self, clause: Clause, start: int, end: int) -> Subject | None:
        """The subject of a clause, wherever it stands to the words quoted."""
        if clause.per:
            return self._viewing(clause)
        subject = self._reported(clause)
        if subject:
            return subject
        if self._english:
            verb = fold_word(self._text.cut(clause.verb_start, clause.verb_end))
            before = [token for token in clause.before if not self._people.spoken(token.start)]
            return (
                self._main(before, verb)
                or self._subjects.before(before)
                or self._subjects.after(clause.after)
            )
        if clause.verb_start < start and clause.verb_start == clause.verb_end:
            return self._subjects.before(clause.before)
        if clause.verb_start < start and clause.end <= start:
            return self._subjects.before(clause.before) or self._subjects.after(clause.after)
        subject = self._subjects.after(clause.after) or self._subjects.before(clause.before)
        if subject is None and self._head_last and clause.verb_start > end:
            opening = self._clauses.sentence_start(start)
            subject = self._subjects.before(self._clauses.tokens_before(opening, start))
        return subject

    def _main(self, before: Sequence[Token], verb: str) -> Subject | None:
        """English: the subject of the verb that a participle goes with ("Kim said no, adding that …")."""
        verbs = self._clauses.verbs(before) if verb.endswith("ing") else []
        if not verbs:
            return None
        first, last, _ = verbs[-1]
        return self._subjects.before(before[:first]) or self._subjects.after(before[last:])

    def _viewing(self, clause: Clause) -> Subject | None:
        """Whose words or view a formula gives: "in his view", "по мнению X", "X-тің ойынша"."""
        for token in (*clause.before, *clause.after[:1]):
            if self._words.has(token.low, "possessive") and token.kind == "word":
                return Subject("pronoun", token.start, token.end, (token.low,))
        if self._head_last:
            return self._subjects.owner(clause.before)
        after = self._subjects.after(clause.after) or self._subjects.owner(clause.after)
        return after or self._subjects.owner(clause.before)

    def _reported(self, clause: Clause) -> Subject | None:
        """The speaker whom another party quotes: "его слова приводит X", "X quoted him as saying"."""
        verb = fold_word(self._text.cut(clause.verb_start, clause.verb_end)).split()
        if not any(self._words.has(low, "inverted") for low in verb):
            return None
        if self._english:
            passive = bool(clause.before) and self._words.has(clause.before[-1].low, "auxiliaries")
            return None if passive else self._subjects.after(clause.after)
        tokens = (*clause.before, *clause.after)
        for index, token in enumerate(tokens):
            if not self._words.has(token.low, "quoted_words"):
                continue
            near = tokens[max(0, index - 1) : index]
            if near and self._words.has(near[0].low, "possessive"):
                return Subject("pronoun", near[0].start, near[0].end, (near[0].low,))
            rest = tokens[:index] if self._head_last else tokens[index + 1 :]
            ends = (at for at, each in enumerate(rest) if each.kind == "host" or each.low == '"')
            return self._subjects.owner(rest if self._head_last else rest[: next(ends, len(rest))])
        return None

    def _speaker(self, subject: Subject | None, clause: Clause, at: int) -> tuple[str, str | None]:
        """The speaker as written, and the person."""
        if subject is None:
            beside = (*clause.before[-1:], *clause.after[:1])
            if clause.passive or any(self._words.has(token.low, "there") for token in beside):
                return self._senders.before(at), None
            if self._head_last and self._words.has(self._last(clause), "message"):
                return self._senders.before(at), None
            name = self._people.by_pronoun("", clause.verb_start)
            return name or "", name
        written = self._text.cut(subject.start, subject.end)
        if subject.kind == "pronoun":
            name = self._people.by_pronoun(subject.words[0], min(subject.start, at))
            return name or written, name
        if len(subject.words) > 1 and self._words.has(subject.words[-1], "address"):
            return written, self._people.by_name(subject.words[:-1]) or written  # Дәркембай аға
        if subject.kind == "name":
            return written, self._people.by_name(subject.words) or written
        if subject.kind == "post":
            return written, self._posts.by_post(subject.words)
        if subject.kind == "message":
            return self._senders.owner(subject) or self._senders.before(at), None
        personal = self._apposed(clause, subject) or self._words.has(subject.words[0], "surnames")
        if subject.kind == "body" and len(subject.words) == 1 and personal:
            return written, self._people.by_name(subject.words) or written
        return written, None

    def _apposed(self, clause: Clause, subject: Subject) -> bool:
        """Whether a post stands after a single name and a comma: "Bakhtiyar, a seller" is a person."""
        beside = [token for token in (*clause.before, *clause.after) if token.start >= subject.end][:4]
        return (
            bool(beside) and beside[0].low == "," and any(self._people.is_post(each.low) for each in beside)
        )

    def _last(self, clause: Clause) -> str:
        return clause.after[0].low if clause.after else ""

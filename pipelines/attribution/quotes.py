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
from pipelines.attribution.prepared import Prepared, Token, fold_word
from pipelines.attribution.speech import SpeechReader
from pipelines.attribution.subjects import SubjectReader
from pipelines.attribution.turns import Speech
from pipelines.attribution.vocabulary import speech_words

_HAS_SPEECH = re.compile(r"[\"']|(?m:^ {0,8}[–-])")
_SENDER_REACH = 12  # sentences before a quoted message in which its sender is looked for


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
        self._publisher = fold_word(publisher)
        self._words, _ = speech_words(phrases.lang)
        self._clauses = ClauseReader(text, phrases)
        self._people = People(text, phrases, spans)
        self._subjects = SubjectReader(text, phrases, self._words, self._people)
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
            return self._subjects.after(clause.after) or self._subjects.before(clause.before)
        if self._english:
            inverted = self._words.has(
                fold_word(self._text.cut(clause.verb_start, clause.verb_end)), "inverted"
            )
            subject = self._subjects.after(clause.after) if inverted else None
            return subject or self._subjects.before(clause.before) or self._subjects.after(clause.after)
        if clause.verb_start < start and clause.verb_start == clause.verb_end:
            return self._subjects.before(clause.before)
        if clause.verb_start < start and clause.end <= start:
            return self._subjects.before(clause.before) or self._subjects.after(clause.after)
        subject = self._subjects.after(clause.after) or self._subjects.before(clause.before)
        if subject is None and self._head_last and clause.verb_start > end:
            opening = self._clauses.sentence_start(start)
            subject = self._subjects.before(self._clauses.tokens_before(opening, start))
        return subject

    def _speaker(self, subject: Subject | None, clause: Clause, at: int) -> tuple[str, str | None]:
        """The speaker as written, and the person."""
        if subject is None:
            if clause.passive or (self._head_last and self._words.has(self._last(clause), "message")):
                return self._sender(at), None
            name = self._people.by_pronoun("", clause.verb_start)
            return name or "", name
        written = self._text.cut(subject.start, subject.end)
        if subject.kind == "pronoun":
            name = self._people.by_pronoun(subject.words[0], min(subject.start, at))
            return name or written, name
        if subject.kind == "name":
            return written, self._people.by_name(subject.words) or written
        if subject.kind == "post":
            return written, self._people.by_post(subject.words)
        if subject.kind == "message":
            return self._owner(subject) or self._sender(at), None
        return written, None

    def _last(self, clause: Clause) -> str:
        return clause.after[0].low if clause.after else ""

    # Messages: who sent what is quoted.

    def _owner(self, message: Subject) -> str:
        """Whose a message is, by the words of its own phrase ("в сообщении пресс-службы МВД")."""
        tokens = self._clauses.tokens(message.start, message.end)
        own = [index for index, token in enumerate(tokens) if self._words.has(token.low, "message")]
        if not own:
            return ""
        rest = tokens[: own[0]] if self._head_last or self._english else tokens[own[0] + 1 :]
        if self._english and own[0] == 0:
            rest = tokens[1:]
        subject = self._subjects.owner(rest)
        if subject is None or subject.kind in ("message", "pronoun"):
            return ""
        written = self._text.cut(subject.start, subject.end)
        return written[:-2] if self._english and fold_word(written).endswith("'s") else written

    def _sender(self, at: int) -> str:
        """The body that the text last named as reporting before `at`; empty where it named none."""
        last = self._clauses.sentence_index(at)
        for index in range(last, max(-1, last - _SENDER_REACH), -1):
            sentence = self._text.sentences[index]
            tokens = self._clauses.tokens_before(sentence.start, min(at, sentence.end))
            for first, end, _ in reversed(self._clauses.verbs(tokens)):
                name = self._reporting(tokens, first, end)
                if name:
                    return name
            for cue in self._phrases.cues(tokens):
                if cue.kind in ("cite", "per"):
                    rest = tokens[: cue.start] if self._head_last else tokens[cue.end :]
                    subject = self._subjects.before(rest) if self._head_last else self._subjects.after(rest)
                    if subject and subject.kind == "body" and not self._own(subject):
                        return self._text.cut(subject.start, subject.end)
        return ""

    def _reporting(self, tokens: Sequence[Token], first: int, end: int) -> str:
        sides = (self._subjects.before(tokens[:first]), self._subjects.after(tokens[end:]))
        for subject in sides if self._english or self._head_last else reversed(sides):
            if subject is None or self._own(subject):
                continue
            if subject.kind == "message":
                owner = self._owner(subject)
                if owner:
                    return owner
            elif subject.kind in ("body", "name") or "office" in self._phrases.classes(subject.words[-1]):
                return self._text.cut(subject.start, subject.end)
        return ""

    def _own(self, subject: Subject) -> bool:
        """Whether a subject is the text's own outlet, which sends no message it quotes."""
        return any(
            word == self._publisher or "media" in self._phrases.classes(word) for word in subject.words
        )

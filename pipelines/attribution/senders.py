"""Who sent a message that is quoted: the body that its own phrase names, or that the text named before."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution.clauses import ClauseReader
from pipelines.attribution.nominal import Subject
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, Token, fold_word
from pipelines.attribution.subjects import SubjectReader
from pipelines.attribution.vocabulary import speech_words

_REACH = 12  # sentences before a quoted message in which its sender is looked for


class SenderReader:
    """Finds the senders of the messages one text quotes.

    Args:
        text: the text.
        phrases: its language's phrases.
        publisher: the host of the text's own outlet, which sends no message it quotes.
        clauses: the reader of its clauses.
        subjects: the reader of their subjects.
    """

    def __init__(
        self,
        text: Prepared,
        phrases: Phrases,
        publisher: str,
        clauses: ClauseReader,
        subjects: SubjectReader,
    ) -> None:
        self._text = text
        self._phrases = phrases
        self._publisher = fold_word(publisher)
        self._clauses = clauses
        self._subjects = subjects
        self._words, _ = speech_words(phrases.lang)
        self._english = phrases.style == "prepositional"
        self._head_last = phrases.style == "head-last"

    def owner(self, message: Subject) -> str:
        """Whose a message is by its own phrase ("в сообщении пресс-службы МВД"); empty if that is unsaid."""
        end = self._clauses.sentence_end(message.start) if self._english else message.end
        tokens = self._clauses.tokens(message.start, end)
        own = [index for index, token in enumerate(tokens) if self._words.has(token.low, "message")]
        if not own:
            return ""
        first = last = own[0]
        while last + 1 < len(tokens) and self._words.has(tokens[last + 1].low, "message"):
            last += 1
        rest = tokens[:first] if self._head_last or (self._english and first) else tokens[last + 1 :]
        if self._english and not first:
            rest = rest[1:] if rest and self._words.has(rest[0].low, "of") else []
        while rest and self._words.has(rest[-1].low, "message_kind"):
            rest = rest[:-1]
        subject = self._subjects.owner(rest)
        if subject is None or subject.kind in ("message", "pronoun"):
            return ""
        written = self._text.cut(subject.start, subject.end)
        return written[:-2] if self._english and fold_word(written).endswith("'s") else written

    def before(self, at: int) -> str:
        """The body that the text last named as reporting before `at`; empty where it named none."""
        last = self._clauses.sentence_index(at)
        for index in range(last, max(-1, last - _REACH), -1):
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
            if self._english or any(self._words.has(token.low, "message") for token in tokens):
                name = self._opening(tokens)
                if name:
                    return name
        return ""

    def _opening(self, tokens: Sequence[Token]) -> str:
        """The body that a sentence about a message begins with ("The police appealed in a letter to …")."""
        subject = self._subjects.opening(tokens)
        if subject is None or subject.kind != "body" or self._own(subject):
            return ""
        return self._text.cut(subject.start, subject.end)

    def _reporting(self, tokens: Sequence[Token], first: int, end: int) -> str:
        before, after = self._subjects.before(tokens[:first]), self._subjects.after(tokens[end:])
        if self._english and before is None:
            before = self._subjects.opening(tokens)
        sides = (before, after)
        # "…, деп хабарлайды X": what stands before may be of what was told
        particle = self._head_last and first > 0 and self._words.has(tokens[first - 1].low, "particle")
        if particle and after and (self._office(after) or not (before and self._office(before))):
            sides = (after, before)
        for subject in sides if self._english or self._head_last else reversed(sides):
            if subject is None or self._own(subject):
                continue
            if subject.kind == "message":
                owner = self.owner(subject)
                if owner:
                    return owner
            elif subject.kind in ("body", "name") or "office" in self._phrases.classes(subject.words[-1]):
                return self._text.cut(subject.start, subject.end)
        return ""

    def _office(self, subject: Subject) -> bool:
        """Whether a subject is named as a body is: with the head noun of one."""
        return any("office" in self._phrases.classes(word) for word in subject.words)

    def _own(self, subject: Subject) -> bool:
        """Whether a subject is the text's own outlet, which sends no message it quotes."""
        if self._english and self._office(subject):
            return False  # "Committee to Protect Journalists"
        return any(
            word == self._publisher or "media" in self._phrases.classes(word) for word in subject.words
        )

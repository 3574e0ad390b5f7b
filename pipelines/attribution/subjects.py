"""The subject of a clause of speech: "– деді министр Асқар Мұса", "she said", "сообщили в министерстве"."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import morphology
from pipelines.attribution.nominal import OBLIQUE, NominalReader, Subject
from pipelines.attribution.people import looks_like_nominative
from pipelines.attribution.persons import looks_like_surname
from pipelines.attribution.prepared import Token

_LONGEST_CLAUSE = 20  # tokens after a verb that are read for its subject


class SubjectReader(NominalReader):
    """Finds the subject of a clause of speech."""

    def after(self, tokens: Sequence[Token]) -> Subject | None:
        """The subject that follows a verb: the first phrase that can be one."""
        clipped = self._clip(tokens)
        closing = self._one_of(clipped) or self._closing_name(clipped)
        if closing:
            return closing
        found = self._candidates(clipped)
        if found:
            return self._addressed(self._first(found), clipped)
        if self._english and not clipped:
            return None
        return self._plain(clipped, follows=True)

    def before(self, tokens: Sequence[Token]) -> Subject | None:
        """The subject that precedes a verb: the nearest phrase that can be one, in Kazakh the first."""
        tokens = tokens[-40:]
        if self._english:
            phrase = self._last_phrase(tokens)
            one = self._one_of(phrase)
            if one:
                return one
            found = self._candidates(phrase)
            return self._whole(found[-1], phrase) if found else self._plain(phrase, follows=False)
        found = self._candidates(tokens)
        if not found:
            return None
        if self._head_last:
            named = [each for each in found if each.kind == "name"]
            return (named or found)[0]
        return found[-1]

    def _whole(self, subject: Subject, phrase: Sequence[Token]) -> Subject:
        """English: a body or post with the plain nouns between it and its verb ("Ukraine's air force")."""
        rest = [token for token in phrase if token.start >= subject.end]
        while rest and self._adverbial(rest[-1].low):
            rest = rest[:-1]
        plain = all(
            token.kind == "word"
            and not token.upper
            and self._phrases.classes(token.low).isdisjoint({"stop", "joiner", "gap", "preposition"})
            for token in rest
        )
        if subject.kind == "name" or not rest or not plain or rest[0].start - subject.end > 1:
            return subject
        words = (*subject.words, *(token.low for token in rest))
        return Subject(subject.kind, subject.start, rest[-1].end, words)

    def opening(self, tokens: Sequence[Token]) -> Subject | None:
        """The phrase that a sentence begins with, if it can speak."""
        reach = min(len(tokens), _LONGEST_CLAUSE)
        if self._head_last:  # what the sentence says is done to somebody is no part of its first phrase
            reach = next((at for at in range(1, reach) if self._case(tokens[at].low) == "dative"), reach)
        found = self._candidates(tokens[:reach])
        near = tokens[0].start + 6 if tokens else 0  # past an article or an opening mark
        return found[0] if found and found[0].start <= near else None

    def owner(self, tokens: Sequence[Token]) -> Subject | None:
        """The first phrase among tokens that could speak, in whatever case it stands."""
        found = self._candidates(self._clip(tokens), any_case=True)
        return found[0] if found else None

    def _one_of(self, tokens: Sequence[Token]) -> Subject | None:
        """Somebody among others ("one of the sources"), at the start of a phrase."""
        if len(tokens) < 3 or not self._words.has(tokens[0].low, "one"):
            return None
        if not self._words.has(tokens[1].low, "among"):
            return None
        words = list(tokens[:2])
        for token in tokens[2:]:
            article = len(words) == 2 and self._words.has(token.low, "article")
            if token.kind != "word" or (not article and self._phrases.classes(token.low) & {"stop", "gap"}):
                break
            words.append(token)
        named = [run for run in self._people.runs(words[2:]) if run[1] - run[0] > 1]
        if named and named[-1][1] == len(words) - 2:  # "один из авторов работы Дмитрий Васин"
            first, last = named[-1]
            return self._subject("name", words[2:], first, last)
        return self._span("post", words) if len(words) > 2 else None

    def _closing_name(self, clipped: Sequence[Token]) -> Subject | None:
        """The name that ends a clause, whatever post leads up to it ("said head gardener Tom Hale")."""
        runs = self._people.runs(clipped)
        if not runs or runs[-1][1] < len(clipped) or any(token.low in self._phrases.he for token in clipped):
            return None
        if len(runs) > 1 and any(
            last - first > 1 and not self._firm(clipped, first) for first, last in runs[:-1]
        ):
            return None
        first, last = self._people.trim(clipped, *runs[-1])
        words = [token for token in clipped[first:last] if token.kind == "word"]
        before = clipped[first - 1] if first else None
        if len(words) < 2 or last < len(clipped) or self._people.is_place(words[-1].low):
            return None
        titled = before is not None and not before.upper and self._people.is_post(before.low)
        if not self._nominative(words) and not (titled and self._head_last):
            return None  # Kazakh after a post: a foreign name may end as a case does (директоры Ханс Клюге)
        if any(self._words.has(token.low, "message") for token in clipped[:first]):
            return None
        if (
            before is not None
            and before.kind == "word"
            and "preposition" in self._phrases.classes(before.low)
        ):
            return None
        if self._english and any(self._phrases.classes(token.low) & {"preposition"} for token in clipped[:1]):
            return None
        return self._subject("name", clipped, first, last)

    def _firm(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a Latin name after a post is whose the post is: "аналитик Freedom Finance"."""
        posted = at > 0 and self._people.is_post(tokens[at - 1].low)
        return not self._english and posted and tokens[at].low.isascii()

    def _nominative(self, words: Sequence[Token]) -> bool:
        """Whether the words of a name can be the subject of a clause."""
        last = words[-1].low
        if self._head_last:
            case = self._case(last)
            return looks_like_surname(last) or case not in (
                "dative",
                "genitive",
                "instrumental",
                "accusative",
            )
        if self._russian:
            return looks_like_nominative(last) or not last.endswith(self._words.endings("oblique"))
        return True

    def _addressed(self, subject: Subject, clipped: Sequence[Token]) -> Subject:
        """A name with the form of address that follows it (Айнаш апа)."""
        after = next((token for token in clipped if token.start >= subject.end), None)
        if subject.kind != "name" or after is None or not self._words.has(after.low, "address"):
            return subject
        return Subject("name", subject.start, after.end, (*subject.words, after.low))

    def _first(self, found: Sequence[Subject]) -> Subject:
        first = found[0]
        if len(found) > 1 and first.kind == "body" and self._told(first):
            found = found[1:]  # "сообщили NUR.KZ в ДЧС": the outlet is whom it was told to
            first = found[0]
        if first.kind == "message":
            return first
        # "said the head of the union, Gulnara Bek": the post, then the name after a comma.
        for other in found[1:2]:
            between = self._text.folded[first.end : other.start]
            if first.kind == "post" and other.kind == "name" and between.strip(" ") in ("", ",", "–"):
                return other
        return first

    def _told(self, subject: Subject) -> bool:
        """Whether a subject is an outlet's host alone."""
        return len(subject.words) == 1 and "." in subject.words[0].strip(".")

    def _clip(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens of a clause up to the mark that ends its subject; one comma before a name is passed."""
        kept: list[Token] = []
        for index, token in enumerate(tokens[:_LONGEST_CLAUSE]):
            if token.kind == "mark" and token.low not in "\"'.-&/":
                after = tokens[index + 1] if index + 1 < len(tokens) else None
                named = any(
                    self._people.personal(each) and not self._people.is_place(each.low) for each in kept
                )
                if (
                    token.low == ","
                    and kept
                    and not named
                    and after is not None
                    and self._people.personal(after)
                ):
                    kept.append(token)
                    continue
                break
            if token.low == "." and not (
                kept and (len(kept[-1].low) == 1 or self._words.has(kept[-1].low, "honorific"))
            ):
                break
            kept.append(token)
        return kept

    def _last_phrase(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """English: what stands straight before the verb, past an apposition in commas if there is one."""
        end = len(tokens)
        while end and self._adverbial(tokens[end - 1].low):
            end -= 1
        if end and tokens[end - 1].low == ",":
            start = end - 1
            while start and tokens[start - 1].low != ",":
                start -= 1
            if start:
                inside = tokens[start : end - 1]
                runs = self._people.runs(inside)
                whole = len(runs) == 1 and runs[0][1] - runs[0][0] >= 2 and runs[0] == (0, len(inside))
                return inside if whole else self._last_phrase(tokens[: start - 1])
        first = end
        while first and not (tokens[first - 1].kind == "mark" and tokens[first - 1].low not in "'-.&\""):
            first -= 1
        return tokens[first:end]

    def _adverbial(self, low: str) -> bool:
        """English: whether a word beside a verb is no part of its subject ("also", "has")."""
        if self._words.has(low, "message", "never_adverb"):
            return False
        return (
            "gap" in self._phrases.classes(low) or self._words.has(low, "auxiliaries") or low.endswith("ly")
        )

    def _plain(self, tokens: Sequence[Token], *, follows: bool) -> Subject | None:
        """A subject in ordinary words ("рассказывает пастух", "the old man said")."""
        words: list[Token] = []
        for index, token in enumerate(tokens):
            if self._english and token.low.endswith("-year") and not words:
                return self._span("post", tokens[index : index + 3])  # the 19-year-old
            if token.kind != "word":
                break
            classes = self._phrases.classes(token.low)
            if (
                self._english
                and token.low in ("the", "a", "an", "one", "her", "his", "another")
                and not words
            ):
                continue
            if self._english and words and token.low in ("of", "for") and not classes & {"post"}:
                rest = tokens[index + 1 : index + 5]
                words += [token, *self._complement(rest)]
                break
            if classes & {"stop"} or len(words) >= 5:
                if not words:
                    return None
                break
            if classes & {"gap"}:
                if words:
                    break
                continue
            if self._russian and ((self._governed(token.low) and not words) or morphology.finite(token.low)):
                return None if not words else self._span("post", words)
            if self._russian and not (morphology.noun(token.low) or morphology.adjective(token.low)):
                break
            words.append(token)
        if not words or (
            self._english
            and follows
            and not words[0].upper
            and tokens[0].low not in ("the", "a", "an", "one", "another", "her", "his")
        ):
            return None
        if self._head_last and self._case(words[-1].low) in OBLIQUE:
            return None
        return self._span("post", words)

    def _complement(self, tokens: Sequence[Token]) -> list[Token]:
        """English: the words after "of" that belong to a post ("neighbor of the victim")."""
        taken: list[Token] = []
        for token in tokens:
            article = not taken and self._words.has(token.low, "article")
            if token.kind != "word" or (not article and self._phrases.classes(token.low) & {"stop", "gap"}):
                break
            taken.append(token)
        return taken

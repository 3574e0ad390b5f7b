"""From mentions to the chain: which of them credit somebody, in which order, and who is the origin.

Pure decisions over the mentions of one text, by the definition of a right chain: nearest the reader first,
one origin last, nothing without evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from items import Credit, Role
from pipelines.attribution.lead import opening
from pipelines.attribution.mention import Mention
from pipelines.attribution.names import Name
from pipelines.attribution.nesting import Candidate, by_depth
from pipelines.attribution.prepared import Prepared, fold_word
from pipelines.attribution.publisher import Publisher

# How sure a formula makes it that its name gave the news: (outlets, bodies, persons).
_WEIGHT = {
    "report": (0.95, 0.95, 0.9),
    "told": (0.85, 0.0, 0.0),
    "learn": (0.85, 0.0, 0.0),
    "seat": (0.6, 0.92, 0.5),
    "cite": (0.95, 0.95, 0.9),
    "dateline": (0.95, 0.9, 0.0),
    "sign": (0.95, 0.9, 0.6),
    "headline": (0.9, 0.85, 0.6),
    "per": (0.85, 0.75, 0.6),
    "passive": (0.8, 0.85, 0.6),
    "words": (0.7, 0.7, 0.6),
    "speak": (0.7, 0.75, 0.6),
    "seat-speak": (0.5, 0.75, 0.4),
}
_LEAD = 2  # the sentences in which a weak formula still carries the news
_FAR = 6  # the sentences in which a press office's data are still the news
_LONGEST_PERSON = 3  # words
_LONGEST_CHAIN = 8  # links; a text that names more outlets lists them, it does not credit them
_STEM = 5  # letters by which two forms of a word are recognised
_SPEAKING = frozenset({"speak", "seat-speak"})
_WEAK = frozenset({"speak", "told", "per", "words", "seat-speak", "passive"})


def build(
    mentions: Sequence[Mention],
    text: Prepared,
    publisher: Publisher,
    key_of: Callable[[Name], str],
    nest_last_first: bool,
) -> tuple[tuple[Credit, ...], tuple[Credit, ...]]:
    """The chain and the further origins.

    Args:
        mentions: what the formulas say, in the order of the text.
        text: the text they were read from.
        publisher: the outlet it stands on.
        key_of: the identity of a name.
        nest_last_first: whether the language embeds what is cited before what cites it (Kazakh).
    """
    builder = _Builder(text, publisher, key_of, nest_last_first)
    return builder.chain(mentions)


class _Builder:
    def __init__(
        self, text: Prepared, publisher: Publisher, key_of: Callable[[Name], str], nest_last_first: bool
    ) -> None:
        self._text = text
        self._publisher = publisher
        self._key_of = key_of
        self._nest_last_first = nest_last_first
        self._opening = opening(text, nest_last_first)
        self._bodies: list[Name] = []

    def chain(self, mentions: Sequence[Mention]) -> tuple[tuple[Credit, ...], tuple[Credit, ...]]:
        self._bodies = [
            mention.name
            for mention in mentions
            if mention.name.kind == "institution" and not mention.quoted and not mention.background
        ]
        candidates = [each for mention in mentions for each in self._candidates(mention)]
        if any(
            each.mention.relation == "told" or each.mention.told
            for each in candidates
            if each.rank != "person"
        ):
            candidates = [each for each in candidates if each.rank != "person"]
        outlets = self._outlets([each for each in candidates if each.rank in ("publisher", "outlet")])
        origin, also = self._origin([each for each in candidates if each.rank in ("body", "person")], outlets)
        links: list[Credit] = []
        relays = [each for each in outlets if each.key != origin.key] if origin else outlets[:-1]
        links += [self._credit(each, "relay") for each in relays]
        last = origin or (outlets[-1] if outlets else None)
        if last is None:
            return (self._alone(),), ()
        channel = last.mention.via
        if channel is not None and last.rank != "publisher":
            links.append(self._credit(replace(last, name=channel, key=self._key_of(channel)), "via"))
        links.append(self._credit(last, "origin"))
        return tuple(links), tuple(self._credit(each, "origin") for each in also)

    def _candidates(self, mention: Mention) -> list[Candidate]:
        if mention.background:
            return []
        name = mention.name
        if mention.told is not None and name.kind in ("person", "post", "unnamed"):
            return self._interview(mention.told, mention)
        if name.kind in ("unnamed", "carrier", "platform", "post"):
            return []
        if name.kind == "own":
            return []
        key = self._key_of(name)
        weights = _WEIGHT[mention.relation]
        if self._publisher.names_itself(key):
            aside = self._publisher.official and mention.relation in _WEAK
            return [] if aside else [Candidate(mention, name, key, "publisher", weights[0])]
        if name.kind == "outlet":
            return [Candidate(mention, name, key, "outlet", weights[0])] if self._counts(mention) else []
        if mention.relation == "learn":
            return []  # whoever has learned something is no source, unless the text is its own
        if name.kind == "unknown" and mention.relation in (
            "report",
            "told",
            "cite",
            "per",
            "sign",
            "dateline",
            "headline",
        ):
            return (
                [Candidate(mention, name, key, "outlet", weights[0] - 0.15)] if self._counts(mention) else []
            )
        rank = "person" if name.kind in ("person", "post") or self._voice(mention) else "body"
        if (rank == "person" and not self._gives(mention)) or not self._counts(mention):
            return []
        if name.deputed and mention.quoted and mention.relation in _SPEAKING and not mention.anaphora:
            return []
        taking_part = rank == "person" or mention.relation in _WEAK
        if self._publisher.official and taking_part and not mention.anaphora:
            return []
        asked = self._interview(mention.told, mention) if mention.told is not None else []
        return [*asked, Candidate(mention, name, key, rank, weights[2 if rank == "person" else 1])]

    def _voice(self, mention: Mention) -> bool:
        """Whether a name no list knows is a person's: beside direct speech, and of at most three words."""
        words = self._text.cut(mention.name.start, mention.name.end).split()
        short = len(words) <= _LONGEST_PERSON and not any(word.isupper() for word in words)
        return mention.name.kind == "unknown" and mention.relation == "speak" and mention.quoted and short

    def _interview(self, outlet: Name, mention: Mention) -> list[Candidate]:
        """What is told to an outlet has the outlet as its origin."""
        if outlet.kind == "own":
            return []
        key = self._key_of(outlet)
        rank = "publisher" if self._publisher.names_itself(key) else "outlet"
        return [Candidate(mention, outlet, key, rank, 0.85)]

    def _counts(self, mention: Mention) -> bool:
        """Whether a formula carries the news where it stands: a weak one does so only near the top."""
        if mention.relation not in _WEAK or mention.anaphora:
            return True
        sentence = mention.sentence
        if self._opening is None:
            return False
        if mention.name.spoken and mention.relation != "words":
            return sentence.index <= self._opening.index + _FAR  # a press office speaks to give news
        if mention.relation == "passive" and mention.quoted:
            return sentence.index <= self._opening.index + _LEAD  # «…», – делінген X хабарламасында
        return sentence.index < self._opening.index + _LEAD and sentence.paragraph <= self._opening.paragraph

    def _gives(self, mention: Mention) -> bool:
        """Whether a person is named as who gave the news, not as who speaks in it."""
        if mention.anaphora or mention.via is not None:
            return True
        name = mention.name
        bare = self._nest_last_first and name.kind == "post" and name.last - name.first == 1
        if mention.quoted or bare:
            return False
        return mention.relation in ("report", "cite", "words", "per") or (
            mention.relation == "speak" and mention.sentence.index < self._opening_index() + _LEAD
        )

    def _opening_index(self) -> int:
        return self._opening.index if self._opening is not None else 0

    def _outlets(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The outlets from the nearest to the reader to the deepest, each once."""
        found: dict[str, Candidate] = {}
        for each in by_depth(candidates, nest_last_first=self._nest_last_first):
            found.setdefault(each.key, each)
        return list(found.values())[:_LONGEST_CHAIN]

    def _origin(
        self, candidates: Sequence[Candidate], outlets: Sequence[Candidate]
    ) -> tuple[Candidate | None, list[Candidate]]:
        if not candidates:
            return None, []
        passed_on = {
            each.mention.sentence.index for each in outlets if each.mention.relation in ("report", "cite")
        }
        strong = [
            each
            for each in candidates
            if each.mention.relation not in _WEAK
            or each.mention.anaphora
            or (
                each.mention.relation in ("speak", "per", "words", "passive")
                and each.mention.sentence.index in passed_on
            )
        ]
        cited = any(each.mention.relation in ("cite", "report") for each in outlets)
        pool = strong or ([] if cited and any(e.rank == "outlet" for e in outlets) else list(candidates))
        if not pool:
            return None, []
        best = max(pool, key=lambda each: (each.weight + 0.03 * each.mention.anaphora, -each.mention.at))
        best = self._cited_by(best, pool)
        spoken = [each for each in candidates if each.key == best.key and each.mention.via is not None]
        if best.mention.via is None and spoken:
            best = spoken[0]
        best = self._specific(best)
        also = {each.key: each for each in pool if each.key != best.key and each.rank == "body"}
        return best, list(also.values())[:_LONGEST_CHAIN]

    def _cited_by(self, best: Candidate, pool: Sequence[Candidate]) -> Candidate:
        """Whom a body that reports cites in the same sentence, else that body itself."""
        for each in pool:
            beside = each.mention.sentence is best.mention.sentence and each.key != best.key
            if beside and best.mention.relation == "report" and each.mention.relation == "cite":
                return each
        return best

    def _specific(self, best: Candidate) -> Candidate:
        """The full name of a body that the best formula only points back to."""
        name = self._text.cut(best.name.start, best.name.end)
        opens = best.name.start == best.mention.sentence.start and name[1:].islower()
        bare = opens and best.name.source is None and best.name.last - best.name.core == 1  # "Полиция …"
        if best.rank != "body" or not (bare or _anaphor(name)):
            return best
        for other in self._bodies:
            full = self._text.cut(other.start, other.end)
            if not _anaphor(full) and _akin(name, full):
                return replace(best, name=other, key=self._key_of(other))
        return best

    def _credit(self, each: Candidate, role: Role) -> Credit:
        sentence = each.mention.sentence
        return Credit(
            name=self._text.cut(each.name.start, each.name.end),
            source=each.key,
            role=role,
            confidence=round(each.weight, 2),
            evidence=self._text.cut(sentence.start, sentence.end),
            start=sentence.start,
            end=sentence.end,
            rule=each.mention.relation,
        )

    def _alone(self) -> Credit:
        return Credit(
            name=self._publisher.host,
            source=self._publisher.key,
            role="origin",
            confidence=0.9,
            evidence="",
            start=0,
            end=0,
            rule="publisher",
        )


def _anaphor(name: str) -> bool:
    """Whether a body is named by common words alone ("the ministry"): the text must have said which."""
    return not any(char.isupper() for char in name)


def _akin(one: str, other: str) -> bool:
    """Whether two names share a word, endings aside."""
    stems = {word[:_STEM] for word in fold_word(one).split() if len(word) > _STEM}
    return any(word[:_STEM] in stems for word in fold_word(other).split())

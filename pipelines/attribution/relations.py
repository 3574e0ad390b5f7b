"""Which names a formula credits, and in which relation, by the place the language gives them."""

from __future__ import annotations

from dataclasses import replace

from pipelines.attribution import russian
from pipelines.attribution.formulas import KINDS as FORMULAS
from pipelines.attribution.formulas import credited, ordered
from pipelines.attribution.names import Name
from pipelines.attribution.nearby import Nearby
from pipelines.attribution.phrases import Cue, Phrases
from pipelines.attribution.recall import Recall
from pipelines.attribution.reporting import subject
from pipelines.attribution.telling import asked, confided

_WRIT = 8  # pieces from "in a ruling" to "wrote"
_MESSAGE = 5  # pieces from "информация" to "распространена"
_RELATIVE = 7  # pieces from "который, в свою очередь," to its verb


class Relations:
    """Reads the relations of one text's formulas.

    Args:
        phrases: the language's phrases.
        recall: what the text has named so far.
    """

    def __init__(self, phrases: Phrases, recall: Recall) -> None:
        self._phrases = phrases
        self._recall = recall
        self._head_last = phrases.style == "head-last"

    def named(self, near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
        """The names that a formula credits, each with its relation."""
        if self._noun(near, cue):
            return []
        return [each for each in self._credited(near, cue) if not self._none(near, each[0])]

    def _noun(self, near: Nearby, cue: Cue) -> bool:
        """Whether an English verb of reporting stands where only a noun can: "from claims over a spill"."""
        if self._phrases.style != "prepositional" or cue.kind not in ("report", "speak") or not cue.start:
            return False
        before, verb = near.pieces[cue.start - 1], near.pieces[cue.start]
        governed = before.has("preposition", "article", "possessive")
        return governed and verb.low.endswith("s") and cue.end - cue.start == 1

    def _none(self, near: Nearby, name: Name) -> bool:
        """Whether it is said of nobody: "neither ministry has reported"."""
        here = name in near.names and name.first > 0
        return here and near.pieces[name.first - 1].has("none")

    def _credited(self, near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
        if cue.start and near.pieces[cue.start - 1].has("negation"):
            return []
        if self._head_last and any(piece.has("negation") for piece in near.pieces[cue.end : cue.end + 1]):
            return []
        if cue.kind in ("report", "speak"):
            aside = ordered(near, cue) or self._reported_elsewhere(near, cue) or self._ruled(near, cue)
            found = [] if aside else subject(near, cue, self._recall.last)
            return found or confided(near, cue)
        if cue.kind in FORMULAS:
            return credited(near, cue)
        if cue.kind == "carry":
            passed_on = subject(near, replace(cue, kind="report"), {})
            return [each for each in passed_on if each[0].kind == "outlet"]
        if cue.kind == "hand":
            reported = replace(cue, kind="report")
            return subject(near, reported, self._recall.last) if self._ends_clause(near, cue) else []
        if cue.kind == "post":
            placed = any(name.kind == "platform" and name.case != "dative" for name in near.names)
            this = any(other.kind == "anaphora" for other in near.cues)
            this = this or near.published(cue) or self._closes(near, cue)
            return subject(near, replace(cue, kind="report"), self._recall.last) if placed or this else []
        if cue.kind == "give":
            return (
                subject(near, replace(cue, kind="report"), self._recall.last)
                if near.message(cue) or near.complement(cue)
                else []
            )
        if cue.kind == "nocredit":
            return []
        if cue.kind == "told":
            outlet = asked(near, cue)
            return [(outlet, "told")] if outlet and outlet.kind in ("outlet", "unknown") else []
        if cue.kind == "show":
            found = subject(near, replace(cue, kind="per"), self._recall.last)
            told = [each for each in found if each[0].carrier]
            if self._head_last:
                return told or self._carried(near, cue)
            said = any(name.kind == "carrier" and name.first == cue.end for name in near.after(cue)[:1])
            return told or (self._carried(near, cue) if said else [])
        if cue.kind == "learn":
            sure = cue.end - cue.start > 1 or self._phrases.lang != "en"
            learner = [
                each
                for each in subject(near, cue, self._recall.last)
                if (each[0].kind == "outlet" and (sure or each[0].media))
                or (each[0].kind == "unknown" and each[0].first == cue.end and near.informed(each[0]))
                or (each[0] in near.names and (near.staffed(each[0]) or (sure and near.titled(each[0]))))
            ]
            if not learner and sure and self._phrases.style == "prepositional":
                return [(name, "learn") for name in near.before(cue)[:1] if name.kind == "unknown"]
            return [(name, "report") for name, _ in learner]
        if cue.kind == "quote":
            return self._quoting(near, cue)
        if cue.kind == "quoted_by":
            outlet = near.nearest_after(cue, reach=2)
            quoted = [name for name in near.names if cue.start - 1 <= name.last <= cue.start]
            return [*((name, "cite") for name in quoted), *([(outlet, "report")] if outlet else [])]
        if cue.kind == "passive":
            return self._given_out_by(near, cue) or self._carried(near, cue)
        if cue.kind == "obtain" and not near.message(cue):
            return []
        if cue.kind in ("ablative", "obtain"):
            answering = [name for name in near.before(cue) if name.case == "ablative"][:1]
            return [
                (each, "cite" if each.kind == "person" else "seat")
                for name in answering
                for each in near.with_parallel(name)
            ]
        if self._head_last:
            return self._governed_before(near, cue)
        after = near.nearest_after(cue, reach=4)
        lawful = after is not None and near.head_of(after).has("law")
        found = [(after, cue.kind)] if after and not lawful else []
        if cue.end - cue.start == 1 and near.pieces[cue.start].has("preposition"):
            passed = any(other.end == cue.start for other in near.cues if other.kind == "report")
            kinds = ("outlet", "institution") if passed else ("outlet",)
            found = [each for each in found if each[0].kind in kinds]  # "via Trend"
        if cue.kind == "cite":
            saying = any(other.kind == "saying" and other.start > cue.end for other in near.cues)
            found = [each for each in found if not (saying and each[0].kind in ("person", "post"))]
            found = [*self._citing(near, cue), *found]
        return found

    def _ruled(self, near: Nearby, cue: Cue) -> bool:
        """Whether somebody writes in a ruling or a book: "In a four-page order, Justice Qazi wrote"."""
        ahead = near.pieces[max(0, cue.start - _WRIT) : cue.start]
        written = cue.kind == "report" and any(piece.has("writ") for piece in ahead)
        return written and any(other.kind == "post" and other.start == cue.start for other in near.cues)

    def _reported_elsewhere(self, near: Nearby, cue: Cue) -> bool:
        """Whether it was reported to somebody who is no outlet: "reported to the police"."""
        beyond = near.pieces[cue.end : cue.end + 1]
        if cue.kind != "report" or not beyond or not beyond[0].has("addressed"):
            return False
        return not any(name.kind in ("outlet", "own") for name in near.after(cue)[:1])

    def _citing(self, near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
        """The outlet that does the citing, right before the formula or its comma."""
        at = cue.start - 1 if cue.start and near.pieces[cue.start - 1].low == "," else cue.start
        for name in near.names:
            told = at == cue.start and name.kind == "unknown" and near.pieces[name.core].shout
            if name.last == at and (name.kind == "outlet" or told):
                return [(name, "report")]
        return []

    def _ends_clause(self, near: Nearby, cue: Cue) -> bool:
        """Whether a verb that may also mean "hands over" closes a clause or opens one with "that"."""
        if near.head_last:
            told = any(other.kind in ("anaphora", "cite") for other in near.cues) or near.topical(cue)
            return told or near.complement(cue) or any(name.kind == "platform" for name in near.names)
        before = near.pieces[cue.start - 1] if cue.start else None
        after = near.pieces[cue.end] if cue.end < len(near.pieces) else None
        if before is None or before.low in (",", "–", "-") or before.low == "как":
            return True
        if any(other.kind == "anaphora" and self._leads(near, other, cue) for other in near.cues):
            return True
        return after is None or after.kind == "mark" or after.low in ("со", "что")

    def _leads(self, near: Nearby, this: Cue, verb: Cue) -> bool:
        """Whether a "this" stands before a verb in its own clause."""
        gap = near.pieces[this.end : verb.start]
        return this.end <= verb.start and len(gap) <= _MESSAGE and not near.broken(gap)

    def _closes(self, near: Nearby, cue: Cue) -> bool:
        """Russian: whether a verb and its subject close a sentence: ", поделилась пресс-служба X"."""
        if self._phrases.style != "governed" or not cue.start or near.pieces[cue.start - 1].low != ",":
            return False
        return any(
            name.first == cue.end and name.kind in ("outlet", "institution") and near.ends(name.last)
            for name in near.after(cue)
        )

    def _quoting(self, near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
        """Who quotes, and the body quoted; a person quoted only speaks."""
        found = []
        if any(piece.has("relative") for piece in near.pieces[max(0, cue.start - _RELATIVE) : cue.start]):
            return [(name, "cite") for name in near.after(cue)[:1] if name.kind != "person"]
        saying = any(other.kind == "saying" and other.start > cue.end for other in near.cues)
        for name in (*near.before(cue)[:1], *near.after(cue)[:2]):
            before = name.last <= cue.start
            if name.kind == "outlet" or (name.kind == "institution" and (before or name.spoken)):
                found.append((name, "report" if before or self._phrases.lang == "ru" else "cite"))
            elif name.kind == "institution" or (
                name.kind == "unknown"
                and not saying
                and not before
                and self._phrases.style == "prepositional"
            ):
                found.append((name, "cite"))
        return found

    def _governed_before(self, near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
        """The name before "-ға сілтеме жасап" or "-ның мәліметінше"."""
        if cue.kind == "cite":
            nearest = near.nearest_before(cue, reach=3)
            if nearest is not None and nearest.kind == "unnamed":  # "Reuters-тің дереккөздеріне сүйенген"
                has_them = [name for name in near.names if name.last == nearest.first]
                nearest = has_them[0] if has_them and has_them[0].kind == "outlet" else nearest
            taken = near.pieces[cue.start].has("taken")  # "AFP-тен алып жариялаған"
            if taken and nearest is not None and nearest.case == "ablative":
                relays = [name for name in near.names if name.last == nearest.first and name.kind == "outlet"]
                return [*((name, "report") for name in relays), (nearest, cue.kind)]
            if nearest is None or not (nearest.case in ("dative", "genitive") or _caseless(nearest)):
                return []
            return [(name, cue.kind) for name in near.with_parallel(nearest)]
        for name in near.before(cue):
            head = near.head_of(name)
            common = name.kind == "unknown" and not head.upper and head.kind == "word"  # "KASE-тегі сауданың"
            if (
                not common
                and name.kind not in ("unnamed", "carrier")
                and (name.case == "genitive" or _caseless(name))
            ):
                return [(name, cue.kind)]
        return []

    def _given_out_by(self, near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
        """Russian: the agent of a message "распространена пресс-службой"."""
        if self._phrases.style != "governed":
            return []
        before = near.pieces[max(0, cue.start - _MESSAGE) : cue.start]
        led = cue.start > 0 and near.pieces[cue.start - 1].has("as")  # "как было объявлено федерацией"
        message = led or any(other.kind == "anaphora" for other in near.cues)
        message = message or any(piece.has("carrier") for piece in before)
        for name in near.after(cue)[:1] if message else []:
            agent = russian.instrumental(near.pieces[name.first].low)
            if (
                agent
                and name.kind in ("institution", "outlet")
                and near.close(near.pieces[cue.end : name.first])
            ):
                return [(name, "report")]
        return []

    def _carried(self, near: Nearby, cue: Cue) -> list[tuple[Name, str]]:
        """Who sent the message in which it "is said"."""
        names = [*near.after(cue), *near.before(cue)]
        if self._phrases.style == "prepositional":
            for name in near.after(cue)[:2]:  # "reads a warning the ministry circulated"
                gap = near.pieces[cue.end : name.first]
                message = len(gap) <= _MESSAGE and any(piece.has("carrier", "tidings") for piece in gap)
                if message and name.kind == "institution":
                    return [(name, "passive")]
        for name in names:
            if name.kind in ("platform", "carrier", "own", "unnamed"):
                continue
            channel = any(other.kind == "platform" and other.last == name.first for other in near.names)
            within = cue.end - cue.start > 1 and name.seat in near.phrases.seats
            governed = self._phrases.style == "governed" and cue.end - cue.start > 1
            if governed and name.kind == "institution" and name.first == cue.end:
                return [(name, "passive")]  # "опубликованному на сайте министерства"
            if (
                name.carrier
                or name.media
                or (within and name.kind in ("outlet", "unknown"))
                or channel
                or (self._head_last and near.carried(name))
            ):
                return [(name, "passive")]
        return []


def _caseless(name: Name) -> bool:
    return name.case is None or name.source is not None

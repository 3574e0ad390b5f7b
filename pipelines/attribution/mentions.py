"""Formulas of attribution met with the names they credit, sentence by sentence.

A *mention* says: here this name stands in that relation to the news. It does not yet say what follows
from it; which mentions make the chain is decided in `chain`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipelines.attribution.answers import REACH, Question, answered
from pipelines.attribution.answers import asked as question
from pipelines.attribution.descriptions import with_posts, without_descriptions
from pipelines.attribution.formulas import KINDS as FORMULAS
from pipelines.attribution.mention import Mention
from pipelines.attribution.names import Name, NameFinder
from pipelines.attribution.nearby import Nearby
from pipelines.attribution.phrases import Cue, Phrases
from pipelines.attribution.pieces import Piece, pieces_of
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.recall import Recall
from pipelines.attribution.relations import Relations
from pipelines.attribution.telling import told

_SPEECH = ("report", "speak", "ablative", "passive")
_CREDITING = (
    "report", "speak", "cite", "per", "by", "words", "passive", "ablative", "learn", "quote", "quoted_by",
    "carry", "sign", "hand", "post", "nocredit", "told", "show", "give", "obtain", *FORMULAS,
)  # fmt: skip
_VERBS = frozenset(
    {
        "placed",
        "carry",
        "inverted",
        "report",
        "speak",
        "hand",
        "post",
        "cite",
        "learn",
        "quote",
        "quoted_by",
        "passive",
        "by",
    }
)
_LEAD = 2  # the sentences in which "last year" says when the news was, not that it is past
_FRAME = 6  # pieces within which a sentence says whose report it passes on
_YEAR = re.compile(r"(?:19|20)\d\d")


class MentionReader:
    """Reads the mentions of one text.

    Args:
        text: the text.
        phrases: its language's phrases.
        finder: the finder of its names.
        speech: spans of direct speech, in which no formula is read.
    """

    def __init__(
        self, text: Prepared, phrases: Phrases, finder: NameFinder, speech: Sequence[tuple[int, int]]
    ) -> None:
        self._text = text
        self._phrases = phrases
        self._finder = finder
        self._speech = sorted(speech)
        self._speech_ends = [end for _, end in self._speech]
        self._head_last = phrases.style == "head-last"
        self._recall = Recall(text, phrases)
        self._relations = Relations(phrases, self._recall)

    def read(self) -> list[Mention]:
        """Every mention, in the order of the text."""
        found: list[Mention] = []
        background: int | None = None
        asked: Question | None = None
        self._recall = Recall(self._text, self._phrases)
        self._relations = Relations(self._phrases, self._recall)
        for sentence in self._text.sentences:
            pieces = self._outside(pieces_of(sentence, self._phrases))
            if not pieces:
                continue
            cues = self._phrases.cues(pieces)
            if not cues and sentence.paragraph > 1:
                continue
            verbs = frozenset(at for cue in cues if cue.kind in _VERBS for at in range(cue.start, cue.end))
            names = self._finder.find(pieces, verbs)
            if self._phrases.style == "prepositional":
                names = without_descriptions(pieces, names)
            elif self._phrases.style == "governed":
                names = with_posts(pieces, names)
            names = self._without_asides(pieces, names)
            near = Nearby(sentence, pieces, names, cues, self._phrases)
            if self._is_advert(near):
                continue
            if self._is_background(near):
                background = sentence.paragraph
            asks = self._text.folded[sentence.end - 1] == "?"  # a question gives no news
            here = [] if asks else self._sentence(near, background == sentence.paragraph)
            if asked is not None and sentence.index - asked.sentence <= REACH:
                here = [answered(mention, asked) for mention in here]
            found += here
            asked = question(near) or asked
            self._recall.remember(near)
        return found

    def _without_asides(self, pieces: Sequence[Piece], names: list[Name]) -> list[Name]:
        """The names without an abbreviation in brackets right after the full name."""
        return [
            name
            for name in names
            if not (
                name.first > 0
                and name.last < len(pieces)
                and (pieces[name.first - 1].low, pieces[name.last].low) == ("(", ")")
                and any(other.last == name.first - 1 for other in names)
            )
        ]

    def _outside(self, pieces: Sequence[Piece]) -> Sequence[Piece]:
        if not self._speech:
            return pieces
        return [piece for piece in pieces if not self._spoken(piece.start)]

    def _spoken(self, offset: int) -> bool:
        """Whether an offset stands inside direct speech."""
        index = bisect_right(self._speech_ends, offset)
        return index < len(self._speech) and self._speech[index][0] <= offset

    def _is_advert(self, near: Nearby) -> bool:
        named = [name for name in near.names if name.first <= 3 and name.last - name.first > 1]
        return any(
            cue.kind == "advert"
            and cue.start <= 3
            and not any(name.first <= cue.start < name.last for name in named)  # Human Rights Watch
            for cue in near.cues
        )

    def _is_background(self, near: Nearby) -> bool:
        dated = (
            {cue.start for cue in near.cues if cue.kind == "dated"} if near.sentence.index < _LEAD else set()
        )
        return any(
            cue.kind == "background" and cue.start <= 2 and cue.start not in dated for cue in near.cues
        )

    def _sentence(self, near: Nearby, background: bool) -> list[Mention]:
        found: list[Mention] = []
        anaphora = any(cue.kind == "anaphora" for cue in near.cues)
        frame = self._frame(near)
        for cue in self._strongest(near.cues):
            if cue.kind == "sign":
                found += self._signed(near, cue)
                continue
            for named, relation in self._relations.named(near, cue):
                name, channel = near.owner(self._recall.full(near, named))
                found.append(
                    Mention(
                        name, relation, near.sentence, near.pieces[cue.start].start,
                        anaphora=anaphora and relation in (*_SPEECH, "seat", "seat-speak"),
                        quoted=self._beside_speech(near),
                        background=background or self._said_before(near, cue) or self._in_passing(near, cue),
                        told=told(near, cue, name),
                        framed=frame is not None and cue.start >= frame and relation == "report",
                        via=channel or near.channel(name) or near.channel(named),
                    )
                )  # fmt: skip
        return found or self._posted(near, background)

    def _posted(self, near: Nearby, background: bool) -> list[Mention]:
        """Who said something, by whatever verb, "in a post on Facebook": whom the sentence opens with."""
        if self._head_last:
            return [] if background else self._carried(near)
        cue = next((cue for cue in near.cues if cue.kind == "posting"), None)
        channel = next((name for name in near.names if name.kind == "platform"), None)
        if cue is None or channel is None or background or not 0 <= channel.first - cue.end <= 1:
            return []
        for name in near.clause_opening(cue)[:1]:
            opens = name.first == 0 and name.kind in ("person", "institution")
            if opens and not near.oblique(name) and not near.broken(near.pieces[name.last : cue.start]):
                at = near.pieces[cue.start].start
                return [
                    Mention(name, "report", near.sentence, at, quoted=self._beside_speech(near), via=channel)
                ]
        return []

    def _carried(self, near: Nearby) -> list[Mention]:
        """Kazakh: whose page or message a sentence opens with, whatever the verb that ends it."""
        for name in near.names[:2]:
            at = near.pieces[name.first].start
            if name.kind == "platform" and name.case == "locative" and not near.by_way(name):
                owner, channel = near.owner(name)
                poster = owner if owner is not name else near.names[0]
                if poster.first == 0 and poster.kind in ("person", "institution"):
                    told = self._beside_speech(near)
                    return [Mention(poster, "report", near.sentence, at, quoted=told, via=channel or name)]
            message = near.pieces[name.last - 1].has("message") and name.case == "locative"
            if message and name.carrier and name.first == 0 and name.kind in ("institution", "outlet"):
                meant = self._recall.full(near, name)
                return [Mention(meant, "passive", near.sentence, at)]
        return []

    def _frame(self, near: Nearby) -> int | None:
        """Where "as A writes" or "by A's words" ends, after which a report is what A passes on."""
        for cue in near.cues:
            spoken = cue.kind in ("report", "hand", "per")
            as_one = cue.start > 0 and near.pieces[cue.start - 1].has("as")
            led = self._head_last and cue.kind == "per" and near.pieces[cue.start].has("written")
            if spoken and (as_one or led) and cue.start <= _FRAME:
                return cue.end
        return None

    def _strongest(self, cues: Sequence[Cue]) -> list[Cue]:
        """The formulas that credit, without those inside a longer one."""
        crediting = [cue for cue in cues if cue.kind in _CREDITING]
        return [
            cue
            for cue in crediting
            if not any(
                other is not cue
                and other.start <= cue.start
                and cue.end <= other.end
                and other.end - other.start > cue.end - cue.start
                for other in crediting
            )
        ]

    def _said_before(self, near: Nearby, cue: Cue) -> bool:
        """Whether "earlier" or a past year stands right beside the verb."""
        ahead = near.pieces[max(0, cue.start - 4) : cue.start]
        if not self._head_last:
            marks = [at + 1 for at, piece in enumerate(ahead) if piece.low == ","]
            ahead = ahead[marks[-1] if marks else 0 :]
        beyond = 5 if cue.kind == "cite" else 3  # "first printed in The Times in 1924"
        around = [*ahead, *near.pieces[cue.end : cue.end + beyond]]
        years = [
            at for at, piece in enumerate(around) if piece.kind == "number" and _YEAR.fullmatch(piece.low)
        ]
        for at in years:
            before = around[at - 1].low if at else ""
            after = around[at + 1].low if at + 1 < len(around) else ""
            if before in ("in", "в") or after.startswith(("жылы", "жылдар", "jyly", "jyldar")):
                return True
        if ahead and ahead[-1].has("past") and cue.kind in ("report", "post", "speak"):
            return True  # "the newspaper had published drafts"
        if cue.kind not in _SPEECH:
            return False
        opening = [piece for piece in near.pieces[:3] if piece.low != ","]
        if near.sentence.index and any(piece.has("month") for piece in opening[:2]):
            dated = any(piece.kind == "number" for piece in near.pieces[:3])
            if not dated:
                return True  # "In May, Reuters reported that …"
        return any(
            other.kind == "background"
            and not (self._head_last and near.broken(near.pieces[other.end : cue.start]))
            and not (other.start > 2 and near.pieces[cue.start - 1].low == ",")  # "чем годом ранее, сообщает"
            and (0 <= cue.start - other.end <= 3 or 0 <= other.start - cue.end <= 1)
            and not any(dated.kind == "dated" and dated.start == other.start for dated in near.cues)
            for other in near.cues
        )

    def _in_passing(self, near: Nearby, cue: Cue) -> bool:
        """Whether ", по данным X," stands within a later sentence of a paragraph: it dates a detail."""
        index, pieces = near.sentence.index, near.pieces
        if index == 0 or self._text.sentences[index - 1].paragraph != near.sentence.paragraph:
            return False
        closes = any(name.first >= cue.end and near.ends(name.last) for name in near.after(cue)[:1])
        within = cue.start > 0 and pieces[cue.start - 1].low == "," and not closes
        return within and pieces[cue.end - 1].has("datum")

    def _beside_speech(self, near: Nearby) -> bool:
        """Whether direct speech stands in the same sentence or ends right before it."""
        sentence = near.sentence
        first = bisect_right(self._speech_ends, sentence.start - 3)
        return first < len(self._speech) and self._speech[first][0] < sentence.end

    def _signed(self, near: Nearby, cue: Cue) -> list[Mention]:
        """A source signed on a line of its own: "Источник: Kazpravda.kz"."""
        pieces = near.pieces
        if cue.start and pieces[cue.start - 1].has("picture"):
            return []  # "Image source: ULAS"
        bracketed = cue.start > 0 and pieces[cue.start - 1].low in "(["
        if (cue.start > 1 and not bracketed) or cue.end >= len(pieces):
            return []
        if cue.end - cue.start > 1 and pieces[cue.end - 1].low == "by":
            kinds = ("outlet", "unknown") if cue.end - cue.start > 2 else ("outlet",)
            wires = [name for name in near.names if name.first >= cue.end and name.kind in kinds]
            return [Mention(wires[0], "sign", near.sentence, pieces[cue.start].start)] if wires else []
        if pieces[cue.end].low not in (":", "–", "-", "|"):
            alone = [name for name in near.names if name.core >= cue.end and name.last + 1 >= len(pieces)]
            told = alone if cue.end - cue.start > 1 else []
            return [Mention(name, "sign", near.sentence, pieces[cue.start].start) for name in told[:1]]
        names = [name for name in near.names if name.first > cue.end and name.kind not in ("unnamed", "own")]
        if not names:
            names = self._finder.signed(pieces, cue.end + 1)
        owned = near.owner(names[0])[0] if names else None
        return [Mention(owned, "sign", near.sentence, pieces[cue.start].start)] if owned else []

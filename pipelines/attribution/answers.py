"""An outlet asks and a body answers: what it says next is its news, which the outlet passes on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.attribution.mention import Mention
from pipelines.attribution.names import Name
from pipelines.attribution.nearby import Nearby

REACH = 2  # sentences after a question in which its answer is given


@dataclass(frozen=True, slots=True)
class Question:
    """What an outlet asked: in which sentence, the outlet by its name, and the one body asked."""

    sentence: int
    asker: Name | None
    body: Name | None


def answered(mention: Mention, asked: Question) -> Mention:
    """What a body says after an outlet has asked it: its answer is the news."""
    if mention.name.kind != "institution" or mention.relation not in ("speak", "seat-speak", "passive"):
        return mention
    bare = mention.name.last - mention.name.core == 1 or mention.name.deputed
    name = asked.body if bare and asked.body is not None else mention.name
    return replace(mention, name=name, anaphora=True, told=mention.told or asked.asker)


def asked(near: Nearby) -> Question | None:
    """The question that an outlet puts to somebody."""
    for cue in near.cues:
        if cue.kind == "inquiry":
            askers = [name for name in near.names if name.kind in ("outlet", "own")]
            staff = any(piece.has("media", "ours", "we") for piece in near.pieces[: cue.start])
            if askers or staff:
                named = askers[0] if askers and askers[0].kind == "outlet" else None
                bodies = [name for name in near.names if name.kind == "institution"]
                return Question(near.sentence.index, named, bodies[0] if len(bodies) == 1 else None)
    return None

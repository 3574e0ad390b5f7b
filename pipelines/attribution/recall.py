"""What the text has said so far: whom a surname, a bare "the ministry", a "he" or "it" points back to."""

from __future__ import annotations

from pipelines.attribution import russian
from pipelines.attribution.formulas import antecedent
from pipelines.attribution.names import Name
from pipelines.attribution.nearby import Nearby
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared

_STEM = 4  # letters by which a head noun is recognised


class Recall:
    """The names of one text, as far as it has been read.

    Args:
        text: the text.
        phrases: its language's phrases.
    """

    def __init__(self, text: Prepared, phrases: Phrases) -> None:
        self._text = text
        self._head_last = phrases.style == "head-last"
        self.last: dict[str, Name] = {}  # the newest name of each kind
        self._about: Name | None = None  # the body or company of which the news is
        self._acting: list[Name] = []  # the first two bodies named
        self._people: dict[str, Name] = {}  # by surname, the first one named so
        self._bodies: dict[str, Name] = {}  # by the stem of the head noun, the first one named in full

    def remember(self, near: Nearby) -> None:
        """Take in the names of a sentence that has been read."""
        about = None if self._head_last or "about" in self.last else antecedent(near, len(near.pieces))
        named = about is not None and (near.head_of(about).shout or near.pieces[about.core].shout)
        if about is not None and (about.first > 0 or about.kind != "unknown" or named):
            self._about = self._about or about
            if near.acts(about):
                self.last["about"] = about
        for name in reversed(near.names):
            self.last[name.kind] = name
        for name in near.names:
            proper = name.kind == "institution" and near.pieces[name.core].upper
            if proper and len(self._acting) < 2 and not any(self._same(name, body) for body in self._acting):
                self._acting.append(name)
            if name.kind == "institution" and name.last - name.first > 1:
                words = near.pieces[name.core : name.last]
                heads = [] if self._head_last else [p for p in words if p.upper and p.has("office")]
                for head in (near.pieces[name.last - 1], *heads):
                    self._bodies.setdefault(head.low[:_STEM], name)
            parts = self._text.folded[name.start : name.end].split()
            if name.kind == "person" and len(parts) > 1:
                self._people.setdefault(parts[-1], name)

    def _same(self, name: Name, other: Name) -> bool:
        """Whether two names are one body's: by the table, or word for word."""
        if name.source is not None and other.source is not None:
            return name.source.key == other.source.key
        return self._text.folded[name.start : name.end] == self._text.folded[other.start : other.end]

    def full(self, near: Nearby, name: Name) -> Name:
        """What a bare surname, or a bare "the carrier", points back to, where the text has said it."""
        here = name.kind == "institution" and name in near.names
        if self._head_last and here and near.pieces[name.core].end == name.end:  # of one word
            head = near.pieces[name.core]
            return self._bodies.get(head.low[:_STEM], name) if head.has("office") else name
        if here and self._common(near, name) and self._points_back(near, name):
            earlier = [
                other
                for other in near.names
                if other.last <= name.first and other.kind == "institution" and not other.seat
            ]
            if earlier and near.pieces[earlier[0].core].upper and self._fits(near, name, earlier[0]):
                return earlier[0]
            company = near.head_of(name).has("company") or near.pieces[name.core].has("company")
            about = antecedent(near, name.first) if company else None
            if about or not self._head_last:
                known = about or self._bodies.get(near.head_of(name).low[:_STEM])
                return known or (self._about if company else self._only_body(near, name)) or name
        role = name.kind == "unnamed" and near.pieces[name.core].has("post") and self._meant(near, name)
        if (name.kind == "post" or role) and name.last - name.first == 1 and len(self._people) == 1:
            return next(iter(self._people.values()))
        surname = self._text.folded[name.start : name.end]
        if name.kind not in ("person", "unknown") or " " in surname:
            return name
        return self._people.get(surname, name)

    def _only_body(self, near: Nearby, name: Name) -> Name | None:
        """The one body the text has named, where only "the agency" is said ("МИД" has no such word)."""
        generic = near.head_of(name).has("anybody")
        return self._acting[0] if generic and len(self._acting) == 1 else None

    def _fits(self, near: Nearby, name: Name, other: Name) -> bool:
        """Whether "the bank's press service" can mean a body: one with a bank in its name, or a "company"."""
        head = near.pieces[name.core]
        if not self._head_last or head.has("anybody", "company", "unit") or len(head.low) < _STEM:
            return True
        return head.low[:_STEM] in self._text.folded[other.start : other.end]

    def _common(self, near: Nearby, name: Name) -> bool:
        """Whether a head noun has no capital of its own: one that opens a sentence has none."""
        head = near.head_of(name)
        return not head.upper or (not self._head_last and head.first and name.last - name.core == 1)

    def _points_back(self, near: Nearby, name: Name) -> bool:
        """Whether a body is named by its head noun alone, or as a "club" or "company" of some kind."""
        head, core = near.head_of(name), near.pieces[name.core]
        if core.case == "genitive" and not core.upper and core.has("office", "company"):
            return not any(piece.upper for piece in near.pieces[name.core : name.last])
        before = near.pieces[name.core - 1] if name.core else None
        if before is not None and before.has("possessive"):  # "its press service"
            return True
        told = before is not None and before.has("article")  # "the Basque club"
        described = near.pieces[name.core : name.last - 1]
        told = told and all(piece.upper for piece in described)  # not "the regional employment agency"
        return head is near.pieces[name.core] or (told and head.has("company"))

    def _meant(self, near: Nearby, name: Name) -> bool:
        """Whether a bare "певец" can only be the one spoken of: it tells "this", or tells on a channel."""
        here = any(cue.kind == "anaphora" for cue in near.cues) or near.channel(name) is not None
        return here and not russian.plural(near.pieces[name.core].low)

"""Names credited by their place alone: a wire in the dateline, an outlet before or after a headline."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.attribution import izafet, morphology
from pipelines.attribution.mention import Mention
from pipelines.attribution.names import Name, NameFinder
from pipelines.attribution.persons import is_place, names_place
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece, pieces_of
from pipelines.attribution.prepared import Prepared, Sentence
from pipelines.attribution.vocabulary import speech_words

_DATELINE_REACH = 14  # pieces from the start of a paragraph to the dash after its dateline
_DASHES = frozenset({"–", "-", "—"})
_HEADLINE_PIECES = 30
_SHORTEST_SIGN = 5  # tokens of a dash, a wire and a full stop
_LONGEST_CLOSED = 120  # tokens of a sentence that a bracketed source may close


def read_openings(text: Prepared, phrases: Phrases, finder: NameFinder) -> list[Mention]:
    """The mentions that headline and dateline make."""
    found: list[Mention] = []
    sentences = text.sentences
    if not sentences:
        return found
    pieces = pieces_of(sentences[0], phrases)
    titled = (
        len(sentences) > 1
        and sentences[1].paragraph > 0
        and not text.folded[: sentences[0].end].endswith(".")
    )
    if titled:
        found += _headline(sentences[0], pieces, finder)
    else:
        found += _told_by(sentences[0], pieces, phrases, finder)
    found += _closings(text, phrases, finder)
    for index, sentence in enumerate(sentences[:4]):
        if index and sentences[index - 1].paragraph == sentence.paragraph:
            continue
        dateline = _dateline(sentences, index, phrases, finder)
        if dateline:
            found.append(dateline)
            break
    return found


def _headline(sentence: Sentence, pieces: Sequence[Piece], finder: NameFinder) -> list[Mention]:
    """Sources before or after a headline: "Reuters: …", "… – Bloomberg"."""
    if len(pieces) > _HEADLINE_PIECES:
        return []
    names = finder.find(pieces)
    found = []
    for name in names:
        opens = name.first == 0 and name.last < len(pieces) and pieces[name.last].low == ":"
        closes = name.last == len(pieces) and name.first > 1 and pieces[name.first - 1].low in _DASHES
        if closes and pieces[name.first - 1].start == pieces[name.first - 2].stop:
            continue
        surveyed = name.carrier and name.last == len(pieces) and name.first > 1
        closes = closes or (surveyed and pieces[name.first - 1].low == ":")  # "…: опрос Demoscope"
        titled = pieces[name.core]
        role = (
            name.last - name.core == 1 and titled.has("media") and titled.kind == "word"
        )  # "Reporter: …" in an interview
        if (opens or closes) and not role and _credible(name) and (closes or _proper(pieces, name)):
            found.append(Mention(name, "headline", sentence, name.start, headline=True))
    return found


def _told_by(
    sentence: Sentence, pieces: Sequence[Piece], phrases: Phrases, finder: NameFinder
) -> list[Mention]:
    """The body or outlet after the dash that ends a first sentence: "… жабылады – Қалалық басқарма."."""
    end = len(pieces) - (pieces[-1].low == ".")
    opening = [
        name
        for name in finder.find(pieces)
        if name.first == 0
        and name.kind == "outlet"
        and name.source is not None
        and name.last < end
        and pieces[name.last].low == ":"
    ]
    if opening:
        return [Mention(name, "headline", sentence, name.start, headline=True) for name in opening]
    dash = next((at for at in range(end - 1, 1, -1) if pieces[at].low in _DASHES), 0)
    if not dash or not _says(pieces[:dash], phrases):
        return []
    names = [name for name in finder.find(pieces[:end]) if name.first == dash + 1 and name.last == end]
    return [
        Mention(name, "headline", sentence, name.start, headline=True) for name in names if _credible(name)
    ]


def _says(pieces: Sequence[Piece], phrases: Phrases) -> bool:
    """Whether words before a dash are a clause of their own, with its verb."""
    if phrases.style == "head-last":
        return pieces[-1].low.endswith(speech_words(phrases.lang)[0].endings("verb_endings"))
    if phrases.style == "governed":
        return any(
            morphology.finite(piece.low) for piece in pieces if piece.kind == "word" and not piece.upper
        )
    return False


def _closings(text: Prepared, phrases: Phrases, finder: NameFinder) -> list[Mention]:
    """Outlets in brackets or slashes at a paragraph's end: "… in England (The Guardian).", "/ТАСС/"."""
    found = []
    sentences = text.sentences
    for index, sentence in enumerate(sentences):
        last = index + 1 == len(sentences) or sentences[index + 1].paragraph != sentence.paragraph
        if index and index + 1 == len(sentences) and sentences[index - 1].paragraph != sentence.paragraph:
            pieces = pieces_of(sentence, phrases)
            end = len(pieces) - (pieces[-1].low == ".")
            names = [name for name in finder.find(pieces) if name.first == 0 and name.last == end]
            if names and names[0].spoken and names[0].kind == "institution":
                found.append(Mention(names[0], "sign", sentence, names[0].start))
                continue
        if last and index and sentence.tokens[0].low in _DASHES and len(sentence.tokens) <= _SHORTEST_SIGN:
            pieces = pieces_of(sentence, phrases)
            wires = [name for name in finder.find(pieces) if name.kind == "outlet" and name.core <= 1]
            found += [Mention(name, "sign", sentence, name.start) for name in wires]  # "…. – PTI"
            continue
        if not last or text.folded[sentence.end - 1] not in ").]/" or len(sentence.tokens) > _LONGEST_CLOSED:
            continue
        pieces = pieces_of(sentence, phrases)
        end = len(pieces) - (pieces[-1].low == ".")
        closing = pieces[end - 1].low if end else ""
        opening = {")": "(", "/": "/", "]": "["}.get(closing)
        start = next((at for at in range(end - 2, max(-1, end - 8), -1) if pieces[at].low == opening), None)
        if opening is None or start is None or start + 1 >= end - 1:
            continue
        inside = finder.find(pieces[start + 1 : end - 1])
        names = [
            name for name in inside if name.kind == "outlet" or (name.kind == "institution" and name.spoken)
        ]
        if names and names[0].first <= 1 and names[0].last >= end - start - 2 - (names[0].core == 0):
            found.append(Mention(names[0], "sign", sentence, names[0].start))
    return found


def _proper(pieces: Sequence[Piece], name: Name) -> bool:
    """Whether a body before a colon is one, not what a headline is about: "Телефонсыз мектеп: …"."""
    words = pieces[name.core : name.last]
    if name.kind != "institution" or name.source is not None or len(words) == 1:
        return True
    return any(piece.upper and not piece.first for piece in words) or izafet.possessed(words[-1])


def _credible(name: Name) -> bool:
    if name.kind == "outlet" or (name.kind == "unknown" and name.carrier):
        return True
    return name.kind == "institution" or (name.kind == "person" and name.source is not None)


def _dateline(
    sentences: tuple[Sentence, ...], index: int, phrases: Phrases, finder: NameFinder
) -> Mention | None:
    """The wire named between the place and the dash that opens the news, or between two slashes."""
    paragraph = sentences[index].paragraph
    pieces: list[Piece] = []
    for sentence in sentences[index:]:
        if sentence.paragraph != paragraph or len(pieces) > _DATELINE_REACH:
            break
        pieces += pieces_of(sentence, phrases)
    head = pieces[:_DATELINE_REACH]
    if not head or not (head[0].upper or head[0].low in "/("):
        return None
    name = _bracketed(head, finder) or _dashed(head, finder)
    return Mention(name, "dateline", sentences[index], name.start) if name else None


def _bracketed(head: list[Piece], finder: NameFinder) -> Name | None:
    """The wire in brackets or slashes: "ALMATY (Reuters) -", "МОСКВА, 14 мая. /ТАСС/."."""
    for at, piece in enumerate(head):
        closing = {"/": "/", "(": ")"}.get(piece.low)
        if closing is None:
            continue
        end = next((i for i in range(at + 1, min(at + 6, len(head))) if head[i].low == closing), 0)
        inner = head[at + 1 : end]
        glued = (
            piece.low == "/"
            and at > 0
            and (
                (head[at - 1].stop == piece.start and head[at - 1].low not in ".,")
                or (head[at + 1 : at + 2] and head[at + 1].start > piece.stop)
            )
        )
        city = names_place(inner)  # "(Bishkek) – …"
        if (
            city
            or glued
            or not inner
            or any(each.kind == "number" for each in inner)
            or not _placed(head[:at])
        ):
            return None
        if piece.low == "(" and not (end + 1 < len(head) and head[end + 1].low in (*_DASHES, ".", ":")):
            return None
        return finder.wire(head, at + 1, end)
    return None


def _dashed(head: list[Piece], finder: NameFinder) -> Name | None:
    """The wire before the dash: "АСТАНА. КАЗИНФОРМ –", "Астана. 6 июля. ИНТЕРФАКС —", "Baku – Trend:"."""
    for name in finder.find(head):
        before, after = head[: name.first], head[name.last : name.last + 2]
        if not after or not _placed(before) or is_place(head[name.first], russian=False):
            continue
        dashed = any(piece.low in _DASHES for piece in after[: 2 if after[0].low in ".:" else 1])
        known = name.kind == "outlet"
        apart = not before or before[-1].low in ".,–-"
        dated = bool(before) and before[-1].low in _DASHES and any(piece.kind == "number" for piece in before)
        if dated and after[0].low in ".:" and not name.carrier:
            return name  # "ТОМСК, 12 мая – РИА Томск."
        wire = known or (bool(before) and dashed and head[name.first].shout)
        if apart and wire and (dashed or (before and after[0].low in ".:")):
            return name
    return None


def _placed(before: list[Piece]) -> bool:
    """Whether the pieces read as place and date: capitals, numbers, months, marks."""
    words = [piece for piece in before if piece.kind == "word"]
    small = [piece for piece in words if not piece.upper and not piece.has("stop", "gap", "inner")]
    return len(small) <= 1 and len(words) <= 8 and not any(piece.low in '"?!' for piece in before)

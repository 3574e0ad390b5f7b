"""Names credited by their place alone: a wire in the dateline, an outlet before or after a headline."""

from __future__ import annotations

from pipelines.attribution.mentions import Mention
from pipelines.attribution.names import Name, NameFinder
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.pieces import Piece, pieces_of
from pipelines.attribution.prepared import Prepared, Sentence

_DATELINE_REACH = 14  # pieces from the start of a paragraph to the dash after its dateline
_DASHES = frozenset({"–", "-", "—"})
_HEADLINE_PIECES = 30


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
    for index, sentence in enumerate(sentences[:4]):
        if index and sentences[index - 1].paragraph == sentence.paragraph:
            continue
        dateline = _dateline(text, sentences, index, phrases, finder)
        if dateline:
            found.append(dateline)
            break
    return found


def _headline(sentence: Sentence, pieces: list[Piece], finder: NameFinder) -> list[Mention]:
    """ "Reuters: …" and "… – Bloomberg"."""
    if len(pieces) > _HEADLINE_PIECES:
        return []
    names = finder.find(pieces)
    found = []
    for name in names:
        opens = name.first == 0 and name.last < len(pieces) and pieces[name.last].low == ":"
        closes = name.last == len(pieces) and name.first > 1 and pieces[name.first - 1].low in _DASHES
        if closes and pieces[name.first - 1].start == pieces[name.first - 2].stop:
            continue
        if (opens or closes) and _credible(name):
            found.append(Mention(name, "headline", sentence, name.start, headline=True))
    return found


def _credible(name: Name) -> bool:
    if name.kind == "outlet":
        return True
    return name.kind == "institution" or (name.kind == "person" and name.source is not None)


def _dateline(
    text: Prepared, sentences: tuple[Sentence, ...], index: int, phrases: Phrases, finder: NameFinder
) -> Mention | None:
    """The wire named between the place and the dash that opens the news, or between two slashes."""
    paragraph = sentences[index].paragraph
    pieces: list[Piece] = []
    for sentence in sentences[index:]:
        if sentence.paragraph != paragraph or len(pieces) > _DATELINE_REACH:
            break
        pieces += pieces_of(sentence, phrases)
    head = pieces[:_DATELINE_REACH]
    stops = [
        at for at, piece in enumerate(head)
        if piece.low in ("–", "—") or (piece.low == "-" and 0 < at < len(head) - 1 and head[at - 1].stop < piece.start)
    ]  # fmt: skip
    opened = head and (head[0].upper or head[0].low in "/(")
    if not opened:
        return None
    for name in finder.find(head):
        if name.kind != "outlet":
            continue
        bracketed = (
            name.first > 0
            and name.last < len(head)
            and (head[name.first - 1].low, head[name.last].low) in (("/", "/"), ("(", ")"))
        )
        before = head[: name.first]
        placed = bool(before) and all(
            piece.upper or piece.kind in ("number", "mark") or piece.has("stop", "gap", "inner")
            for piece in before
        )
        dashed = any(name.last <= stop <= name.last + 1 for stop in stops)
        dotted = name.last < len(head) and head[name.last].low in ".:" and placed
        lower_before = sum(not piece.upper and piece.kind == "word" for piece in before)
        if bracketed and name.last + 1 < len(head) and lower_before <= 3 or placed and (dashed or dotted):
            return Mention(name, "dateline", sentences[index], name.start)
    return None

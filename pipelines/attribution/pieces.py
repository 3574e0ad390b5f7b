"""A sentence as pieces: words, hosts and quoted names, each with its classes, case and bare end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Sentence, Token

_LONGEST_ENDING = 4  # letters of a Kazakh ending after a hyphen, whichever it is
_SHORT_QUOTED = 6  # words of a quoted name with a comma in it
_LONGEST_QUOTED = 9  # words of a quoted name; longer is speech


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit a name is made of. `start` and `end` cut the bare name, `stop` is past its ending too."""

    kind: str  # "word", "host", "quoted", "number", "mark"
    low: str  # folded, without the ending after a hyphen
    start: int
    end: int
    stop: int
    upper: bool
    shout: bool
    first: bool  # opens its sentence
    classes: frozenset[str]
    case: str | None
    outer: int = 0  # of a quoted name: where its opening mark stands
    outer_end: int = 0  # and past its closing mark

    def has(self, *names: str) -> bool:
        """Whether the piece is of any of these classes."""
        return not self.classes.isdisjoint(names)


@lru_cache(maxsize=512)
def pieces_of(sentence: Sentence, phrases: Phrases) -> tuple[Piece, ...]:
    """The pieces of a sentence, in order; made once, though several rules read them."""
    tokens = sentence.tokens
    found: list[Piece] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        bodied = bool(found) and (found[-1].shout or found[-1].has("office", "form"))
        closing = _closing(tokens, at, bodied=bodied) if token.low == '"' else 0
        if closing:
            piece, at = _quoted(tokens, at, closing, phrases, first=not found)
        else:
            piece, at = _single(tokens, at, phrases, first=not found)
        found.append(piece)
    return tuple(found)


def _closing(tokens: tuple[Token, ...], at: int, *, bodied: bool) -> int:
    """The index of the mark that closes a quoted name opened at `at`, else 0.

    After a head noun (`bodied`) a comma may stand in it: ГКП «Каспий жылу, су арнасы».
    """
    for index in range(at + 1, min(len(tokens), at + 2 + _LONGEST_QUOTED)):
        token = tokens[index]
        if token.low == '"' and token.start > tokens[index - 1].end:
            continue  # a name within the name opens
        if token.low == '"':
            inner = tokens[at + 1 : index]
            named = bool(inner) and (inner[0].upper or inner[0].kind in ("host", "number"))
            tight = token.start == tokens[index - 1].end and tokens[at + 1].start == tokens[at].end
            return index if named and tight else 0
        listed = token.low == "," and bodied and index - at <= _SHORT_QUOTED
        if token.kind == "mark" and token.low not in "-&.'+!:–" and not listed:
            return 0
    return 0


def _quoted(
    tokens: tuple[Token, ...], at: int, closing: int, phrases: Phrases, *, first: bool
) -> tuple[Piece, int]:
    stop, after, case = _ending(tokens, closing, tokens[closing].end, phrases)
    low = " ".join(token.low for token in tokens[at + 1 : closing])
    inner = phrases.case(tokens[closing - 1].low)
    case = case or (inner if inner == "dative" else None)  # «Ақ Жайыққа», its ending within the marks
    piece = Piece(
        "quoted", low, tokens[at + 1].start, tokens[closing - 1].end, stop,
        upper=True, shout=False, first=first, classes=phrases.classes(low) & {"platform"}, case=case,
        outer=tokens[at].start, outer_end=tokens[closing].end,
    )  # fmt: skip
    return piece, after


def _single(tokens: tuple[Token, ...], at: int, phrases: Phrases, *, first: bool) -> tuple[Piece, int]:
    token = tokens[at]
    low, end, stop, after = token.low, token.end, token.end, at + 1
    case: str | None = None
    if token.kind in ("host", "number"):
        stop, after, case = _ending(tokens, at, token.end, phrases)
    elif token.kind == "word":
        stem, mark, ending = token.low.rpartition("-")
        apostrophe = token.low.endswith("'s")
        if mark and stem and _is_ending(ending, phrases):
            low, end, case = stem, token.start + len(stem), _ending_case(ending, phrases)
        elif apostrophe:
            low, end, case = token.low[:-2], token.end - 2, "genitive"
        else:
            case = phrases.case(token.low)
    classes = phrases.classes(token.low) | (phrases.classes(low) if low != token.low else frozenset())
    if phrases.adjectives and low.endswith(phrases.adjectives):
        classes -= {"post", "unnamed"}  # президентский is nobody's post
    piece = Piece(
        token.kind, low, token.start, end, stop,
        upper=token.upper, shout=token.shout, first=first, classes=classes, case=case,
    )  # fmt: skip
    return piece, after


def _ending_case(ending: str, phrases: Phrases) -> str | None:
    """The case of an ending after a hyphen; one that stands after foreign names alone leans on them."""
    return phrases.case(f"xxx{ending}") or ("dative" if ending in phrases.cases.get("hyphened", ()) else None)


def _is_ending(text: str, phrases: Phrases) -> bool:
    return any(text in endings for endings in phrases.cases.values())


def _ending(tokens: tuple[Token, ...], at: int, end: int, phrases: Phrases) -> tuple[int, int, str | None]:
    """Past a host or a quoted name: where its hyphened ending stops, the next index, and its case."""
    if at + 2 < len(tokens):
        hyphen, tail = tokens[at + 1], tokens[at + 2]
        glued = hyphen.low == "-" and hyphen.start == end and tail.start == hyphen.end
        short = tail.kind == "word" and len(tail.low) <= _LONGEST_ENDING
        if glued and (short or _is_ending(tail.low, phrases)):
            return tail.end, at + 3, _ending_case(tail.low, phrases)
    if at + 2 < len(tokens) and tokens[at + 1].low == "'" and tokens[at + 2].low == "s":
        return tokens[at + 2].end, at + 3, "genitive"
    return end, at + 1, None

"""Where speech may stand: what quotation marks enclose, and lines opened by a dash.

Only the geometry is read here; whether a place is speech, and whose, is for `quotes`. One pass over the
text, with a stack of bounded depth and one paragraph carried over, keeps the cost linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile('[«»“”„‟"＂〝〞]')
_LINE = re.compile(r"[^\n]+")
_FAMILY = {"«": "g", "»": "g", "„": "c", "“": "c", "”": "c", "‟": "c"}  # anything else is straight
_SINGLE = re.compile(r"(?<![\w.,!?])[‘'](?=\w)|(?<=[,.!?…])[’'](?=\s|$)|(?<=\w)[’'](?=\n|,|$)")
_DASH_LINE = re.compile(r"(?m)^ {0,8}[–-]{1,2} {0,3}(?=[\"'(\w…])")
_DEEPEST = 8  # marks within marks that are followed
_LONGEST_CARRY = 8  # paragraphs that one pair of marks may span
_LONGEST_SINGLE = 2000  # characters between single marks
_BEFORE_OPENING = frozenset(" \t([{–—-«“„\"'/")
_SPEECH_MAY_FOLLOW = frozenset('.!?…:»”")–—-')
_ATTRIBUTED = re.compile(r" {0,2}[,.!?…]? {0,2}[–—-] |,")


@dataclass(frozen=True, slots=True)
class Span:
    """What a pair of marks encloses: `start` and `end` cut the inside, `opener` and `closer` the whole."""

    opener: int
    start: int
    end: int
    closer: int
    closed: bool = True
    continued: bool = False  # the next paragraph opens with a mark and goes on


def dash_lines(folded: str) -> Iterator[tuple[int, int]]:
    """The lines that a dash opens: from past the dash to the line's end."""
    for match in _DASH_LINE.finditer(folded):
        spaced = folded[match.end() - 1] == " "
        if spaced or folded[match.end() : match.end() + 1].isalpha() or folded[match.end()] == '"':
            end = folded.find("\n", match.end())
            yield match.end(), len(folded) if end < 0 else end


def marked_spans(shown: str) -> list[Span]:
    """The outermost pairs of quotation marks, in order; one left open goes on in later paragraphs."""
    found: list[Span] = []
    carry: tuple[int, int, int] | None = None  # the opener, the end of its last paragraph, paragraphs so far
    for line in _LINE.finditer(shown):
        begin = line.start() + len(line[0]) - len(line[0].lstrip())
        if begin == line.end():
            continue
        if carry and _MARK.match(shown, begin) and _opens(shown, begin, carried=True):
            opener, end, _ = carry
            found.append(Span(opener, opener + 1, end, end, continued=True))
            carry = None
        pairs, unclosed = _pair(shown, begin, line.end(), carry[0] if carry else None)
        if carry and carry[0] in unclosed:
            carry = (carry[0], line.end(), carry[2] + 1)
            if carry[2] > _LONGEST_CARRY:
                carry = None
        else:
            carry = None
        rest = [mark for mark in unclosed if carry is None or mark != carry[0]]
        if rest:
            pairs, repaired = _repair(shown, pairs, rest[0], begin)
            opens = rest[0] == begin or (
                speech_may_begin(shown, rest[0], begin) and shown[rest[0] + 1 : rest[0] + 2].isupper()
            )
            if not repaired and opens and carry is None:
                carry = (rest[0], line.end(), 1)
                found.append(Span(rest[0], rest[0] + 1, line.end(), line.end(), closed=False))
        for opener, closer in pairs:
            found.append(Span(opener, opener + 1, closer, closer + 1))
    return _settled(found)


def _settled(found: list[Span]) -> list[Span]:
    """One span an opener: a paragraph found to be continued replaces what was noted as left open."""
    best: dict[int, Span] = {}
    for span in found:
        held = best.get(span.opener)
        if held is None or not held.closed:
            best[span.opener] = span
    return sorted(best.values(), key=lambda span: span.opener)


def _opens(shown: str, at: int, *, carried: bool = False, stack: list[tuple[int, str]] | None = None) -> bool:
    """Whether the mark at `at` opens rather than closes: by its shape, else by its place."""
    char = shown[at]
    before, after = shown[at - 1 : at] if at else "", shown[at + 1 : at + 2]
    placed = (not before or before in _BEFORE_OPENING or before == "\n") and after not in ("", " ", "\n")
    if char in "«„":
        return True
    if char == "»":
        return False
    if char == "“":
        german = bool(stack) and stack is not None and shown[stack[-1][0]] == "„"
        return placed if german or not placed else True
    if char in "”‟":
        return placed and not stack and not carried
    return placed


def _pair(shown: str, begin: int, end: int, carried: int | None) -> tuple[list[tuple[int, int]], list[int]]:
    """The outermost pairs of one line, and the openers left open; `carried` is one from before."""
    stack: list[tuple[int, str]] = []
    if carried is not None:
        stack.append((carried, _FAMILY.get(shown[carried], "s")))
    pairs: list[tuple[int, int]] = []
    for match in _MARK.finditer(shown, begin, end):
        at = match.start()
        family = _FAMILY.get(match[0], "s")
        if _opens(shown, at, stack=stack):
            if len(stack) < _DEEPEST:
                stack.append((at, family))
            continue
        if not stack:
            continue
        while len(stack) > 1 and stack[-1][1] != family and any(each[1] == family for each in stack):
            stack.pop()
        opener, _ = stack.pop()
        while pairs and pairs[-1][0] > opener:
            pairs.pop()
        pairs.append((opener, at))
    return pairs, [opener for opener, _ in stack]


def _repair(
    shown: str, pairs: list[tuple[int, int]], unclosed: int, begin: int
) -> tuple[list[tuple[int, int]], bool]:
    """Give an opener of speech the mark that closed a name within it («Мы из АО «НК «Имя» приехали», — …)."""
    if not speech_may_begin(shown, unclosed, begin):
        return pairs, False
    for index, (opener, closer) in enumerate(pairs):
        if opener < unclosed or speech_may_begin(shown, opener, begin):
            continue
        if _ATTRIBUTED.match(shown, closer + 1) or shown[closer + 1 : closer + 2] in ("", "\n"):
            kept = [pair for pair in pairs[:index] if pair[0] < unclosed]
            return [*kept, (unclosed, closer), *pairs[index + 1 :]], True
    return pairs, False


def speech_may_begin(shown: str, at: int, begin: int) -> bool:
    """Whether a mark at `at` stands where a sentence begins, in a paragraph that begins at `begin`."""
    index = at - 1
    while index >= begin and shown[index] == " ":
        index -= 1
    return index < begin or shown[index] in _SPEECH_MAY_FOLLOW


def single_spans(shown: str) -> list[Span]:
    """What single marks enclose; a comma or stop before the closing one tells it from an apostrophe."""
    found: list[Span] = []
    opener: int | None = None
    for match in _SINGLE.finditer(shown):
        at = match.start()
        if shown[at + 1 : at + 2].isalnum() and not shown[at - 1 : at].strip():
            if opener is None or at - opener > _LONGEST_SINGLE:
                opener = at
        elif opener is not None:
            if at - opener <= _LONGEST_SINGLE and "\n" not in shown[opener:at]:
                found.append(Span(opener, opener + 1, at, at + 1))
            opener = None
    return found

"""Photo credits: who took or gave the picture, as a text's own mark says ("Фото:", "Сурет ©", "Photo by").

A credit is a fact of the image and never a link of the chain. The marks are `photos.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from pipelines.attribution import morphology
from pipelines.attribution.phrases import Phrases
from pipelines.attribution.prepared import Prepared, fold_word

_DATA: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "photos.toml").read_text(encoding="utf-8")
)
_LONGEST = 160  # characters of a line that are read for a credit
_MOST_WORDS = 12
_MOST_MARKS = 50  # of one line that are tried
_PLAIN_WORDS = 8  # of a credit without a sign


def _words(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in _DATA[name])


def _choice(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; spaces in them match any run of spaces."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r" {1,3}".join(re.escape(part) for part in word.split(" ")) for word in ordered)


_OPENINGS, _BETWEEN, _NOT_AFTER = _words("openings"), _words("between"), _words("not_after")
_QUESTIONS = _words("questions")
_PLATFORMS, _TOOLS, _NOBODY = _words("platforms"), _words("tools"), _words("nobody")
_MARKED = re.compile(
    rf"(?<![\w-])(?:(?P<signed>{_choice(_words('marks'))})"
    r"(?: {0,3}\([^()\n]{1,30}\))? {0,3}(?P<sign>[:：|]|[:–-]? {0,2}(?:©|\(c\)|\(с\))|[–/-](?= ))"
    rf"|(?P<bare>{_choice(_words('bare'))})(?: {{0,2}}:)?(?= ))"
)
_PLAIN = re.compile(rf"[ (\[]{{0,4}}(?:{_choice(_words('plain'))}) {{1,3}}(?=\S)")
_ENDS = re.compile(
    rf"(?:[.;|]|(?<=\w)) +(?=(?:{_choice(_words('ends'))})(?![\w-]))|[\]|]|\.{{2,}}|[.!?] +(?=\S)"
)
_INITIAL = re.compile(r"(?:^|[\W_])\w$")
_HOST_ENDS = re.compile(r"[\w-]+\.[a-z]{2,6} +(?=[^\W\d_]+ )")
_SEPARATORS = re.compile(rf"\s*[/,;|]\s*|\s+(?:{_choice(_words('joiners'))}|&)\s+(?=\S)", re.IGNORECASE)
_EDGES = " \t.,;:|©–—-/…\ufe0f"  # the last makes an emoji of ©
_AGENCY = re.compile(
    r"[(\[](?P<credit>[^\W\d_][^()\[\]\n:]{0,30} photo ?/ ?[^()\[\]\n]{2,60})[)\]]"
)  # (AP Photo/…)


def find_photo(text: Prepared, phrases: Phrases) -> str | None:
    """The first photo credit of a text, as written, without its mark, dots and brackets; None without a mark.

    Args:
        text: the text; a credit is read from one line of it.
        phrases: the language's phrases, for the abbreviations that end no sentence.
    """
    plain_line = re.finditer(r"[^\n]+", text.folded)
    for number, line in enumerate(plain_line):
        credit = _signed(text, phrases, line.start(), line.end()) or _agency(text, line.start(), line.end())
        if credit is None and number:
            credit = _unsigned(text, phrases, line.start(), line.end())
        if credit:
            return credit
    return None


def _agency(text: Prepared, start: int, end: int) -> str | None:
    """The credit in brackets that ends a line and begins with its agency: "(AP Photo/Name)"."""
    at = max(start, end - _LONGEST, text.folded.rfind("(", start, end), text.folded.rfind("[", start, end))
    match = _AGENCY.match(text.folded, at, end)
    return _trim(text.shown[match.start("credit") : match.end("credit")]) if match else None


def _signed(text: Prepared, phrases: Phrases, start: int, end: int) -> str | None:
    """The credit after the first mark of a line that stands where a mark can stand."""
    for match in islice(_MARKED.finditer(text.folded, start, end), _MOST_MARKS):
        if _stands(text, match, start):
            credit = _value(text, phrases, match.end(), end, bracket=_bracketed(text, match.start(), start))
            words = credit.split()
            sign = (match["sign"] or "").strip()
            if not words or len(words) > _MOST_WORDS or _topic(words, text, match.end(), end):
                continue
            if sign in ("–", "-", "/") and not (len(words) <= _PLAIN_WORDS and _named(credit)):
                continue
            return credit
    return None


def _topic(words: list[str], text: Prepared, at: int, end: int) -> bool:
    """Whether what follows a mark tells of pictures and credits nobody ("Photo: how to keep old prints")."""
    return fold_word(words[0]) in _QUESTIONS or text.folded[at:end].rstrip().endswith("?")


def _bracketed(text: Prepared, at: int, start: int) -> bool:
    return at > start and text.folded[at - 1] in "(["


def _stands(text: Prepared, match: re.Match[str], start: int) -> bool:
    """Whether a mark stands at its line's start, in brackets, or with a capital letter later in the line."""
    if match.start() > start and text.folded[match.start() - 1] == '"':
        return False  # a title: the contest "Photo: My City"
    before = text.folded[max(start, match.start() - 40) : match.start()].rstrip(" \"'*•–-")
    if not before or _bracketed(text, match.start(), start):
        return True
    if (
        not text.shown[match.start()].isupper()
        and text.shown[match.start()].upper() != text.shown[match.start()]
    ):
        return False
    if (match["sign"] or "").strip() in ("–", "-", "/"):
        return before[-1] in ".!?…)"
    return before.split()[-1] not in _NOT_AFTER if before.split() else True


def _value(text: Prepared, phrases: Phrases, at: int, end: int, *, bracket: bool) -> str:
    """The words of a credit from `at` on, up to what ends it."""
    stop = min(end, at + _LONGEST)
    if bracket:
        depth = 1
        for index in range(at, stop):
            depth += (text.folded[index] in "([") - (text.folded[index] in ")]")
            if depth == 0:
                stop = index
                break
    for match in _ENDS.finditer(text.folded, at, stop):
        # A full stop after an initial or an abbreviation ends nothing; a mark opens what it stands before.
        head = text.folded[at : match.start()]
        last = head.rsplit(" ", 1)[-1].strip("(/")
        label = text.shown[match.end() : match.end() + 1]
        if text.folded[match.start()] == " " and label.lower() == label != label.upper():
            continue
        full_stop = (
            text.folded[match.start()] in ".!?" and text.folded[match.start() : match.start() + 2] != ".."
        )
        if full_stop and (_INITIAL.search(head) or last in phrases.abbreviations):
            continue
        if head.strip(_EDGES):
            stop = match.start()
            break
    repeated = _MARKED.search(text.folded, at, stop)
    if repeated and text.folded[at : repeated.start()].strip(_EDGES):
        stop = repeated.start()
    run_on = _HOST_ENDS.match(
        text.folded, at + len(text.folded[at:stop]) - len(text.folded[at:stop].lstrip()), stop
    )
    if run_on and len(text.folded[run_on.end() : stop].split()) >= 3:
        first = text.folded[run_on.end() : stop].split()[0]
        stop = run_on.end() if first not in _BETWEEN else stop
    return _trim(text.shown[at:stop])


def _trim(credit: str) -> str:
    credit = credit.strip(_EDGES)
    while credit[:1] in "([" and credit[-1:] in ")]" and len(credit) > 1:
        credit = credit[1:-1].strip(_EDGES)
    if credit[-1:] in ")]" and credit.count("(") + credit.count("[") < credit.count(")") + credit.count("]"):
        credit = credit[:-1].strip(_EDGES)
    if credit[:1] in ("(", "[") and not any(char in credit for char in ")]"):
        credit = credit[1:].strip(_EDGES)
    return credit


def _named(credit: str) -> bool:
    """Whether a credit begins as a name does: with a capital letter, a host or an opening of its own."""
    first = credit.split()[0]
    return first[:1].isupper() or "." in first.strip(".") or fold_word(first) in _OPENINGS


def _unsigned(text: Prepared, phrases: Phrases, start: int, end: int) -> str | None:
    """The credit of a line that is only a mark and names: "фото Имени Фамилии", "Сурет ашық дереккөзден"."""
    match = _PLAIN.match(text.folded, start, min(end, start + 40))
    if not match or end - match.end() > _LONGEST:
        return None
    credit = _trim(text.shown[match.end() : end])
    words = [word.strip(",/") for word in credit.split()]
    if not words or len(words) > _PLAIN_WORDS:
        return None
    if fold_word(words[0]) in _OPENINGS:
        return credit
    if "office" in phrases.classes(fold_word(words[0])) and phrases.style == "governed":
        rest = [fold_word(word) for word in words[1:] if word and not word[0].isupper()]
        return credit if all(word in _BETWEEN or morphology.governed(word) for word in rest) else None
    named = all(not word or word[0].isupper() or "." in word or fold_word(word) in _BETWEEN for word in words)
    return credit if named and _named(credit) else None


def photo_sources(credit: str) -> tuple[str, ...]:
    """The sources a credit names, in order, as written; none for tools and for "open sources".

    Args:
        credit: a credit as `find_photo` gives it: "Reuters / A. Name", "Kazinform/ Akorda.kz/ Canva".
    """
    if fold_word(credit.strip(_EDGES)) in _NOBODY:
        return ()
    parts: list[str] = []
    start = 0
    for match in _SEPARATORS.finditer(credit):
        left, right = credit[start : match.start()], credit[match.end() :]
        mark = match[0].strip()
        if mark == "/" and fold_word(left.strip()) in _PLATFORMS and match[0] == "/":
            continue
        if mark.isalpha() and not _begins_source(left, right):
            continue
        parts.append(left)
        start = match.end()
    parts.append(credit[start:])
    sources = [part.strip(_EDGES) for part in parts]
    return tuple(source for source in sources if source and fold_word(source) not in _TOOLS | _NOBODY)


def _begins_source(left: str, right: str) -> bool:
    """Whether "and" is followed by another source, not by more of one ("Culture and Sport")."""
    first = right.split(maxsplit=1)[0]
    named = first[:1].isupper() or "." in first.strip(".")
    return named and not re.search(r"\b(?:of|for)\b", left)

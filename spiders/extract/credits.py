"""Who made a picture: the words after a mark ("Фото:", "Сурет:", "Photo:"). The marks are in credits.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from spiders.extract.dom import fold
from spiders.extract.tables import words

MAX_CREDIT: Final = 160
"""Characters. A longer text after a mark is prose."""

_MAX_TEXT = 2_000  # of a caption
_MAX_NAME = 4  # words of a name that a dash alone makes a credit, in the midst of a line
_BRACKETS = {")": "(", "]": "[", "»": "«"}


def _either(options: Iterable[str]) -> str:
    return "|".join(re.escape(option).replace(r"\ ", r"\s") for option in options)


_ALL = {"©", *(mark.lower() for key in ("marks", "bare") for mark in words("credits", key))}
_NAMES: Final = tuple(mark for mark in _ALL if not any(other in mark for other in _ALL - {mark}))
_KIND = f"(?:(?:{_either(words('credits', 'kinds'))})\\s)?"
_MARK = f"(?<!\\w){_KIND}(?:{_either(words('credits', 'marks'))})"
_FLAGS = re.IGNORECASE
# From the surest to the weakest: a sign, a dash between spaces, a known opening, a bare name.
_SIGNED = re.compile(rf"{_MARK}\s?(?:[:：|©]\s?)+(?=\S)", _FLAGS)
_OWNED = re.compile(r"(?:^|(?<=[\s.(\[]))©\s?(?=\w)")
_DASHED = re.compile(rf"{_MARK}\s?[-–—]\s(?=\S)", _FLAGS)
_OPENED = re.compile(rf"{_MARK}\s(?=(?:{_either(words('credits', 'openings'))}|by)(?!\w))", _FLAGS)
_BARE = re.compile(
    rf"(?i:{_KIND}(?:{_either(words('credits', 'bare'))}))\s(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.-]+(?:\s|$))"
)
_SILENT = re.compile(rf"(?:{_either(words('credits', 'silent'))})(?!\w)[\s:]*", _FLAGS)


@dataclass(frozen=True, slots=True)
class Credited:
    """A text parted into what the picture shows and who made it."""

    caption: str
    credit: str | None


def split_credit(text: str) -> Credited:
    """Part a caption from the credit in it ("Кездесу. Фото: Ақорда" → "Кездесу", "Ақорда").

    Gives the credit without its mark, final dots or brackets, and None where the text has no mark.
    """
    text = fold(text[:_MAX_TEXT])
    lower = text.lower()
    if not any(mark in lower for mark in _NAMES):
        return Credited(text, None)
    for pattern in (_SIGNED, _OWNED, _DASHED, _OPENED):
        for match in pattern.finditer(text):
            dashed = pattern is _DASHED and not _short(text[match.end() :])
            if not _begins(text, match.start()) and (dashed or text[match.start()].islower()):
                continue  # "he took a photo: …"
            if credit := clean_credit(text[match.end() :]):
                return Credited(_clean_caption(text[: match.start()]), credit)
    bare = _BARE.match(text)
    if bare is not None and (credit := clean_credit(text[bare.end() :])):
        return Credited("", credit)
    return Credited(text, None)


def credit_line(text: str) -> str | None:
    """The credit of a line that is nothing else ("Фото: akorda.kz"), or None."""
    if len(text) > MAX_CREDIT:
        return None
    found = split_credit(text)
    return found.credit if not found.caption else None


def clean_credit(text: str) -> str | None:
    """A credit without brackets round it, final dots or a sign at its head; None if nothing is left."""
    text = _SILENT.sub("", fold(text), count=1) if _SILENT.match(fold(text)) else fold(text)
    text = text.lstrip("©|:–—- ").rstrip()
    while text:
        last = text[-1]
        opening = _BRACKETS.get(last)
        if last in ".,;:|" or (opening and text.count(opening) < text.count(last)):
            text = text[:-1].rstrip()
        elif opening and text[0] == opening and text.count(opening) == 1 and last != "»":
            text = text[1:-1].strip()
        else:
            break
    return text if 0 < len(text) <= MAX_CREDIT and any(c.isalnum() for c in text) else None


def _begins(text: str, at: int) -> bool:
    """Whether a mark at `at` can begin a credit: first, or after a sentence, a comma or a bracket."""
    before = text[:at].rstrip()
    return not before or before[-1] in ".,!?…»)(]["


def _short(text: str) -> bool:
    """Whether what follows a dash is a name or a host and no more: "… басталды Фото - inbusiness.kz"."""
    words_of = text.split()
    return 0 < len(words_of) <= _MAX_NAME and (words_of[0][0].isupper() or "." in words_of[0].rstrip("."))


def _clean_caption(text: str) -> str:
    return text.rstrip().rstrip("([|/–—-,;").rstrip()

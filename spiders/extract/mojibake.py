"""Text that was decoded wrongly before it came to us, decoded rightly where that is certain.

An outlet's database or feed may hold UTF-8 that was once taken for windows-1251 ("РџСЂРµР·РёРґРµРЅС‚") or
for a western encoding ("Itâ€™s"), or KZ-1048 taken for windows-1251 ("Ќазаќстан"), and serve it as sound
UTF-8. Sound text does not look like that: to be repaired, a piece of text must be such damage from its first
letter beyond ASCII to its last, and either there must be much of it on the page, or it must be a text of its
own (a headline, a value of JSON-LD). What speaks of such damage, or shows it in a line of code, stays as it
is. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import ftfy
from ftfy.badness import is_bad

_CODECS: Final = ("sloppy-windows-1251", "sloppy-windows-1252", "latin-1")  # the sloppy ones are ftfy's
_ALONE: Final = ftfy.TextFixerConfig(
    unescape_html=False, replace_lossy_sequences=False, decode_inconsistent_utf8=False, fix_c1_controls=False
)  # the whole of a text, or nothing
# Two characters that common letters become (о and е; – and ’; any of Latin with a mark): without any, nothing
# is looked at closer.
_MARKS: Final = ("Рѕ", "Рµ", "Ð¾", "Ðµ", "Р°", "Ð°", "вЂ", "â€", "â\x80", "Ã")
_PARTS: Final = re.compile(r'([<>"\n]+)')  # text between tags, values of attributes and of JSON
_I: Final = (
    "Р˜",
    "Р\x98",
)  # И, whose second byte windows-1251 has no character for, and windows-1252 a tilde
_NBSP: Final = "&nbsp;"  # Р taken apart ends in it
_LONGEST: Final = 100_000  # characters of a part
_MOST: Final = 20_000  # parts
_MUCH: Final = 400  # damaged characters that make a page damaged
_JUDGED: Final = 20  # of its parts, the longest
_SHARE: Final = 0.3  # … or that share of all beyond ASCII
_SOME: Final = 20  # … of so many
_FEW: Final = 3  # characters beyond ASCII that a text of its own must come to; fewer may be meant
_APOSTROPHE: Final = re.compile(r"[A-Za-z]â€™[A-Za-z]|â€œ[^â]*â€\x9d")  # … but for these, which nobody means

# What KZ-1048 has where windows-1251 has other letters. See `kazakh` for what speaks for it.
_KAZAKH: Final = {
    ord(wrong): right
    for byte in range(0x80, 0x100)
    for wrong, right in [(bytes([byte]).decode("cp1251", "ignore"), bytes([byte]).decode("kz1048", "ignore"))]
    if wrong != right and wrong.isalpha() and right.isalpha()
}
_KAZAKH_LETTERS: Final = frozenset(_KAZAKH.values())
_SIGN: Final = frozenset("ЌќЅѕ")
_COMPANIONS: Final = frozenset("ыЫіІ")
_SOUTH_SLAVIC: Final = frozenset("јЈђЂљЉњЊџЏѓЃ")
_SIGNS: Final = 5  # on a page in UTF-8


def repair_text(text: str) -> str:
    """Repair a text of its own: a headline, a name, a paragraph.

    Args:
        text: as read.

    Returns:
        The text, rightly decoded where all of it was decoded wrongly and it cannot be words as it stands.
    """
    if text.isascii() or len(text) > _LONGEST or not _suspect(text) or not is_bad(text):
        return text
    fixed = ftfy.fix_encoding_and_explain(text.replace(*_I), _ALONE).text
    if fixed == text or is_bad(fixed) or fixed.count("\ufffd") > text.count("\ufffd"):
        return text
    beyond = sum(char > "\x7f" for char in fixed)
    return fixed if beyond >= _FEW or _APOSTROPHE.search(text) else text


def repair_mojibake(text: str) -> str:
    """Repair each line of a text by itself; see `repair_text`."""
    if text.isascii():
        return text
    return "".join(map(_line, text.splitlines(keepends=True)))


def _line(line: str) -> str:
    bare = line.rstrip("\r\n")
    return repair_text(bare) + line[len(bare) :]


def repair_page(text: str) -> str:
    """Repair a page's markup: the parts of it that are damaged, if they are many; else those of its head.

    Args:
        text: HTML, or a feed's XML, decoded.

    Returns:
        The same, with tags, attributes' names and sound text untouched. Never raises; takes time that grows
        with the page alone.
    """
    if text.isascii():
        return text
    if _suspect(text):
        text = _undone_page(text)
    return _kazakh_page(text) if sum(map(text.count, _SIGN)) >= _SIGNS else text


def kazakh(text: str) -> bool:
    """Tell whether what reads as windows-1251 is KZ-1048: қ and ң show as ќ and ѕ, among ы and і.

    No language written in windows-1251 has ќ or ѕ beside ы or і: Macedonian lacks the latter, Ukrainian and
    Belarusian the former.

    Args:
        text: decoded as windows-1251.
    """
    letters = [char for char in text if char > "\x7f"]
    sign = sum(char in _SIGN for char in letters)
    if not sign:
        return False
    companions = sum(char in _COMPANIONS for char in letters)
    if companions:
        return companions >= sign / 2
    return sign >= 2 and not any(char in _SOUTH_SLAVIC for char in letters)


def _kazakh_page(text: str) -> str:
    """A page in UTF-8, which could have said what it meant: repaired where no sign speaks against it."""
    parts = _PARTS.split(text)
    signs = [part for part in parts if _SIGN.intersection(part)]
    if not all(_COMPANIONS.intersection(part) and kazakh(part) for part in signs):
        return text
    return "".join(
        part if part.isascii() or _KAZAKH_LETTERS.intersection(part) else part.translate(_KAZAKH)
        for part in parts
    )


def _suspect(text: str) -> bool:
    return any(mark in text for mark in _MARKS)


def _undone_page(text: str) -> str:
    parts = _PARTS.split(text)
    held = [at for at, part in enumerate(parts) if len(part) <= _LONGEST and not part.isascii()][:_MOST]
    if not held:
        return text
    total = sum(map(_beyond, parts))
    best: tuple[int, dict[int, str]] = (0, {})
    for codec in _CODECS:
        fixed = {at: right for at in held if (right := _undone(parts[at], codec)) is not None}
        # What comes to a letter or two may be meant, and speaks for nothing.
        speaks = sum(_beyond(parts[at]) for at, right in fixed.items() if _beyond(right) >= _FEW)
        best = max(best, (speaks, fixed), key=lambda each: each[0])
    damaged, fixed = best
    enough = damaged >= _MUCH or (damaged >= _SOME and damaged >= _SHARE * total)
    if not (enough and _certain(parts, fixed)):
        head = _head(parts)
        fixed = {at: repair_text(parts[at]) for at in held if at < head}
    for at, right in fixed.items():
        parts[at] = right
    return "".join(parts)


def _certain(parts: Sequence[str], fixed: dict[int, str]) -> bool:
    """Whether most of the longest of what would be repaired is no words as it stands, and is words after."""
    longest = sorted(fixed, key=lambda at: len(parts[at]), reverse=True)[:_JUDGED]
    mended = sum(len(parts[at]) for at in longest if is_bad(parts[at]) and not is_bad(fixed[at]))
    return 2 * mended > sum(len(parts[at]) for at in longest)


def _undone(part: str, codec: str) -> str | None:
    """A part taken back to its bytes and read as UTF-8, as often as it takes; None where that fails."""
    for form in (part, part.replace(_NBSP, "\xa0")) if _NBSP in part else (part,):
        try:
            found = form.replace(*_I).encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if _suspect(found) and (
            again := next(filter(None, (_undone(found, each) for each in _CODECS)), None)
        ):
            return again
        return found
    return None


def _head(parts: Sequence[str]) -> int:
    """Where the page's body begins, as an index of its parts."""
    return next((at for at, part in enumerate(parts) if part[:4].lower() == "body"), 0)


def _beyond(text: str) -> int:
    """How many characters are beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))

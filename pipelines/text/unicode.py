"""Text as one would have typed it: NFC, one script a word, ordinary spaces, quotes and dashes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_RAW: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("lookalikes.toml").read_text(encoding="utf-8")
)
_PAIRS: Final = _RAW["both_ways"]
_ONE_WAY: Final = _RAW["to_latin"]
_EITHER: Final[dict[str, str]] = _RAW["to_cyrillic"]
_TO_CYRILLIC: Final = dict(zip(_PAIRS["latin"], _PAIRS["cyrillic"], strict=True))
_TO_LATIN: Final = dict(zip(_PAIRS["cyrillic"], _PAIRS["latin"], strict=True)) | dict(
    zip(_ONE_WAY["cyrillic"], _ONE_WAY["latin"], strict=True)
)

_LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏə-ɵḀ-ỿ"
_CYRILLIC: Final = "Ѐ-ҁҊ-ԯ"
_PASSES: Final = 4
_SEAM: Final = re.compile(f"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_IS_LATIN: Final = re.compile(f"[{_LATIN}]")
_IS_CYRILLIC: Final = re.compile(f"[{_CYRILLIC}]")

# ZWJ and ZWNJ are spelling in Arabic and Indic scripts, and build emoji: kept after one of those only.
_JOINED: Final = (
    "\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\ufb50-\ufdff\ufe0f"  # scripts, presentation forms
    "\u2190-\u21ff\u2600-\u27bf\U0001f1e6-\U0001faff"  # arrows and pictures
)
_NONCHARACTERS: Final = "".join(
    chr(plane + low) for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
)
_INVISIBLE: Final = re.compile(
    f"(?<![{_JOINED}])[\u200c\u200d]"
    "|[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    f"|[{_NONCHARACTERS}]"
)
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINE_EDGES: Final = re.compile(r" ?\n ?")
_LONE_HYPHENS: Final = re.compile(r"(?:(?<= )|^)-{1,3}(?= )", re.MULTILINE)
_PUNCTUATION: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("‐‑﹣－", "-"),
        "‒": "–",
        "―": "—",
    }
)


def normalise(text: str) -> str:
    """The text repaired for reading and matching. Applying it twice changes nothing more; nothing raises.

    * NFC; look-alike letters as `fold_lookalikes` has it.
    * Any white space but a line end is one space, and none stands at the ends of a line or of the text. Line
      ends are LF, as many as there were.
    * Soft hyphens, zero-width and bidirectional marks, control characters, noncharacters and lone surrogates
      are removed; joiners stay where a script or an emoji needs them.
    * “ ” „ ‟ are ", ‘ ’ ‚ ‛ are '; « » ‹ › stay as they are, and so do the letters ʻ and ʼ of Uzbek.
    * A hyphen (or two, or three) that stands alone between spaces, or opens a line, is –; ‐ and ‑ are -,
      ‒ is –, ― is —; – and — stay.
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", text).translate(_PUNCTUATION)
    text = _LINE_EDGES.sub("\n", _SPACES.sub(" ", text)).strip()
    text = _LONE_HYPHENS.sub("–", text)
    for _ in range(_PASSES):  # a letter that changed its script may compose with the accent after it
        before, text = text, unicodedata.normalize("NFC", fold_lookalikes(text))
        if text == before:
            break
    return text


def fold_lookalikes(text: str) -> str:
    """The text with letters of the other script in a Latin or Cyrillic word replaced by their look-alikes.

    Every character keeps its place: the result is as long as the text. Judged is each run of letters between
    hyphens, points, apostrophes and digits, and between a small letter and a capital ("iPhone-ның",
    "Wi-Fi-ға", "MediaЦентр" are right as they are). A run of one script is left alone, and so is one in which
    both scripts have letters without a look-alike. Otherwise the script of the letters without a look-alike
    wins, else the more frequent one; on a tie the part is Latin before a number or if it is an abbreviation
    with I, and else of the script of the text.
    """
    for _ in range(_PASSES):  # a repair may leave the text without the letters that another went by
        if not _SEAM.search(text):
            break
        before, text = text, _repaired(text)
        if text == before:
            break
    return text


def _repaired(text: str) -> str:
    around = _script_around(text)
    plain = not any(char in _EITHER["alphabet"] for char in text)

    def repair(match: re.Match[str]) -> str:
        numbered = text[match.end() : match.end() + 1].isdigit()
        return _repair_word(match[0], "latin" if numbered else around, plain)

    return _LETTERS.sub(repair, text)


def _script_around(text: str) -> str:
    """The script of most letters that have no look-alike; these no repair changes."""
    latin = sum(char not in _TO_CYRILLIC for char in _IS_LATIN.findall(text))
    cyrillic = sum(char not in _TO_LATIN for char in _IS_CYRILLIC.findall(text))
    return "latin" if latin > cyrillic else "cyrillic" if cyrillic else ""


def _repair_word(word: str, around: str, plain: bool) -> str:
    if not _SEAM.search(word):
        return word
    return "".join(_repair_part(part, around, plain) for part in _parts(word))


def _parts(word: str) -> list[str]:
    """The word cut where a capital follows a small letter."""
    cuts = [at for at in range(1, len(word)) if word[at].isupper() and word[at - 1].islower()]
    return [word[a:b] for a, b in zip([0, *cuts], [*cuts, len(word)], strict=True)]


@lru_cache(maxsize=4096)
def _repair_part(part: str, around: str, plain: bool) -> str:
    latin = [char for char in part if _IS_LATIN.match(char)]
    cyrillic = [char for char in part if _IS_CYRILLIC.match(char)]
    if not latin or not cyrillic or len(latin) + len(cyrillic) < len(part):
        return part
    strong_latin = any(char not in _TO_CYRILLIC and char != _EITHER["either"] for char in latin)
    strong_cyrillic = any(char not in _TO_LATIN for char in cyrillic)
    if strong_latin and strong_cyrillic:
        return part
    if strong_latin or strong_cyrillic:
        to_latin = strong_latin
    elif len(latin) != len(cyrillic):
        to_latin = len(latin) > len(cyrillic)
    elif part.isupper() and "I" in part:
        to_latin = True  # "IТ": no Russian abbreviation has this letter
    elif around:
        to_latin = around == "latin"
    else:
        return part
    if to_latin:
        return "".join(_TO_LATIN.get(char, char) for char in part)
    front = any(_TO_CYRILLIC.get(char, char) in _EITHER["front_vowels"] for char in part)
    capital = _EITHER["front"] if front else _EITHER["plain"] if plain else _EITHER["either"]
    return "".join(capital if char == _EITHER["either"] else _TO_CYRILLIC.get(char, char) for char in part)

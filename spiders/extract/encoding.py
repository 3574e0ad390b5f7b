"""Bytes to text, in one place: what a page says of its encoding is heard, what its bytes say is believed.

The order: byte order mark, UTF-8 where every byte agrees, the name in the HTTP header, the name in the page's
own `meta`, and last the Cyrillic encoding in which the letters look most like words.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from spiders.extract.mojibake import kazakh, repair_page

_META_WITHIN: Final = 4096  # bytes in which the `meta` is looked for; the HTML standard asks for 1024
_META: Final = re.compile(
    rb"<(?:meta\b[^>]{0,500}?charset|\?xml\b[^>]{0,200}?encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})",
    re.IGNORECASE,
)
_MARKS: Final = (  # the longer first: a UTF-32 mark begins like a UTF-16 one
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC: Final = ("windows-1251", "koi8-r", "cp866", "iso8859-5")
# Python also has codecs that are no page's encoding (rot13, idna, unicode_escape): a page may name these.
_PAGE_CODEC: Final = re.compile(
    r"windows-1251$|utf-(?:8|16|32)(?:-[lb]e)?$|cp\d|iso8859-|koi8-|kz1048$|ptcp154$|mac-"
    r"|gb|big5|euc|shift_jis|tis-620$"
)
_NAMES: Final = {"cp1251": "windows-1251", "iso8859-1": "cp1252", "ascii": "cp1252"}  # WHATWG, Encoding, 4.2
_SPELLINGS: Final = {
    "win-1251": "cp1251",
    "win1251": "cp1251",
    "cp-1251": "cp1251",
    "koi8": "koi8-r",
    "utf": "utf-8",
}

_FREQUENT: Final = frozenset("оеаинтслрвкмдпуыяі")
_CYRILLIC_LOWER: Final = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўәғқңөұүһ")
_PUNCTUATION: Final = frozenset("«»—–“”„‘’…№\u00a0°·•©")
_SAMPLE: Final = 20_000  # characters that are judged
_PLAUSIBLE: Final = 0.35  # the score of text that is words; a wrong Cyrillic encoding scores below zero
_MARGIN: Final = 0.15  # by how much a guess must beat a declared name
_FEW: Final = 0.05  # bad bytes to good letters up to which text is damaged UTF-8


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as text, the Python name of the encoding it was read in, and what was odd, if anything."""

    text: str
    charset: str
    note: str | None = None


def decode(body: bytes, *, declared: str | None) -> Decoded:
    """The text of a page.

    Args:
        body: the bytes as received, decompressed.
        declared: the charset of the HTTP `Content-Type`, or None.

    Returns:
        The text without its byte order mark. The note names a header that the bytes belie, and counts what
        no encoding could read (U+FFFD in the text). Never raises.
    """
    header = _codec(declared)
    for mark, name in _MARKS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            text = rest.decode(name, "replace")
            if name != "utf-8" or _damage(text) <= _FEW:
                return _result(text, name, header, declared)
            body = rest  # the mark lies too
            break
    if wide := _wide(body):
        return _result(body.decode(wide, "replace"), wide, header, declared)
    text = body.decode("utf-8", "replace")
    if "\ufffd" not in text or _damage(text) <= _FEW:
        return _result(text, "utf-8", header, declared)
    found = _META.search(body[:_META_WITHIN])
    meta = _codec(found[1].decode("ascii", "ignore")) if found else None
    named = [name for name in (header, meta) if name and not name.startswith("utf-")]
    name = _likeliest(body, named)
    text = body.decode(name, "replace")
    if name == "windows-1251" and kazakh(text):
        name = "kz1048"
        text = body.decode(name, "replace")
    return _result(text, name, header, declared)


def _codec(label: str | None) -> str | None:
    """The codec that a label names, or None for an unknown label or a codec that is no page's."""
    if not label:
        return None
    plain = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_SPELLINGS.get(plain, plain)).name
    except (LookupError, ValueError):
        return None
    name = _NAMES.get(name, name)
    return name if _PAGE_CODEC.match(name) else None


def _result(text: str, name: str, header: str | None, declared: str | None) -> Decoded:
    notes = []
    text = text.replace("\0", "")  # no page means any (HTML, 13.2.3.5), and some are mostly that
    if (repaired := repair_page(text)) != text:
        text = repaired
        notes.append("decoded wrongly before it was served, repaired")
    same = {name, name.removesuffix("-le").removesuffix("-be")}
    if header is not None and header not in same and not text.isascii():
        notes.append(f"declared {declared}, read as {name}")
    if bad := text.count("\ufffd"):
        notes.append(f"{bad} unreadable")
    return Decoded(text, name, "; ".join(notes) or None)


def _damage(text: str) -> float:
    """Replacement characters to each letter beyond ASCII that was read well."""
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - bad if bad else 1
    return bad / good if good else float(bad)


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark: the markup of a page then has a zero in every other byte."""
    sample = body[:_META_WITHIN]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 10 or min(even, odd) > max(even, odd) / 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _likeliest(body: bytes, named: list[str]) -> str:
    """The encoding of bytes that are not UTF-8: a named one unless another makes clearly better words."""
    high = re.sub(rb"[\x00-\x7f]{40,}", b" ", body[: 20 * _SAMPLE])  # markup says nothing
    scores = {
        name: _score(high[: 2 * _SAMPLE].decode(name, "replace")[:_SAMPLE])
        for name in dict.fromkeys([*named, *_CYRILLIC])
    }
    best = max(scores, key=lambda name: scores[name])
    for name in named:
        if scores[name] >= max(_PLAUSIBLE, scores[best] - _MARGIN):
            return name
    if scores[best] >= _PLAUSIBLE or not named:
        return best if scores[best] > 0 else "cp1252"
    return named[0]


def _score(text: str) -> float:
    """How much the letters beyond ASCII look like Cyrillic words: up to 1; 0 and less for noise."""
    total, count = 0.0, 0
    for before, char in pairwise(f" {text}"):
        if char <= "\x7f":
            if char.isalpha() and before.lower() in _CYRILLIC_LOWER:
                total -= 1  # one word in two scripts: not this encoding
            continue
        count += 1
        lower = char.lower()
        if lower in _CYRILLIC_LOWER:
            if before <= "\x7f" and before.isalpha():
                total -= 1
            elif char != lower and before != before.upper():
                total -= 1  # a capital after a small letter: KOI8-R read as windows-1251, or the other way
            else:
                total += 1.0 if lower in _FREQUENT else 0.3
        else:
            total += 0.5 if char in _PUNCTUATION else -1
    return total / count if count else 0.0

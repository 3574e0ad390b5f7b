"""A feed as feedparser may have it: no entity of its own, no impossible character, no needless entry.

feedparser declares anew what a feed declares as an entity, as long as that holds no other: fifty kilobytes of
text named three thousand times over are then a hundred and fifty megabytes. Pure.
"""

from __future__ import annotations

import re
from itertools import islice

from spiders.extract.encoding import decode

MAX_ENTRIES = 5000  # of one feed or sitemap: beyond that it is an archive, or a trap

_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_DECLARES = re.compile(rb"<\0*!\0*E\0*N\0*T\0*I\0*T\0*Y", re.IGNORECASE)  # in UTF-16 and UTF-32 too
_ENCODING = re.compile(rb"(<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"'])([^\"'>]{0,40})", re.IGNORECASE)
_WIDE = re.compile(rb"(?:utf|ucs)[-_]?(?:16|32|2|4)(?:[-_]?[lb]e)?", re.IGNORECASE)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm": XML 1.0, appendix F.1
_PROBE = bytes(range(0x20, 0x7F)) + rb"+ADw- \x3c \u003c ~{<!~} &lt;"


def in_utf8(body: bytes, declared: str | None) -> bytes:
    """Give a feed in UTF-8, as its declaration then says too.

    feedparser believes what a feed or its header says of the encoding; the bytes often belie it.

    Args:
        body: as sent.
        declared: the charset of the HTTP `Content-Type`, or None.
    """
    if body.startswith(_EBCDIC):
        return body
    text = decode(body, declared=declared).text
    return _ENCODING.sub(rb"\1utf-8", text.encode("utf-8", "replace"), count=1)


def harmless(body: bytes) -> bytes:
    """Give a feed as feedparser may have it.

    Args:
        body: as sent.

    Returns:
        Its first MAX_ENTRIES entries. Declarations of entities are none any more; references to what is no
        character are left out; an encoding in which markup does not look like markup is taken for UTF-8.
    """
    if body.startswith(_EBCDIC):
        return b""
    body = _ENCODING.sub(_plain_encoding, body, count=1)
    body = _DECLARES.sub(lambda found: found[0].translate(None, b"!"), body)
    return _REFERENCE.sub(_character, _first_entries(body))


def _plain_encoding(declared: re.Match[bytes]) -> bytes:
    name = declared[2].strip()
    if _WIDE.fullmatch(name):
        return declared[0]
    try:
        seen = _PROBE.decode(name.decode("ascii"))
    except (LookupError, UnicodeError, ValueError):
        seen = ""
    return declared[0] if seen == _PROBE.decode("ascii") else declared[1] + b"utf-8"


def _character(reference: re.Match[bytes]) -> bytes:
    """Give a reference as it stands, or nothing where no character has its number: feedparser would raise."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    digits = digits.lstrip(b"0")
    number = int(digits or b"0", base) if len(digits) <= 7 else -1
    return reference[0] if 0 <= number < 0xD800 or 0xDFFF < number <= 0x10FFFF else b""


def _first_entries(body: bytes) -> bytes:
    beyond = next(islice(_ENTRY.finditer(body), MAX_ENTRIES, None), None)
    if beyond is None:
        return body
    last = max(body.rfind(end) for end in (b"</item>", b"</entry>"))
    return body[: beyond.start()] + (body[body.index(b">", last) + 1 :] if last > beyond.start() else b"")

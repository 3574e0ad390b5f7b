"""Text and addresses that any feed format can carry: legal in XML 1.0, absolute, without tricks."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from spiders.extract.hosts import may_be_public

MAX_URL = 8_192  # characters; longer addresses are refused by servers and readers alike
_MAX_HOST = 253  # RFC 1035, section 2.3.4

# XML 1.0, section 2.2 (Char), and beyond it the C1 controls, which that section discourages, and the explicit
# embeddings, overrides and isolates of UAX 9 (2.1-2.5): left open, one turns round all that follows it.
_UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_LINE_ENDS = re.compile("\r\n?|\f|\v|\x85")
_TAG_OPENS = re.compile(r"<(?=[A-Za-z/!?])")
_EDGE = "".join(map(chr, range(0x21)))  # what the URL standard strips from both ends
_INSIDE = str.maketrans("", "", "\t\n\r")  # and what it removes from the middle
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
# A relative address may have no colon in its first segment (RFC 3986, section 4.2): what has one there is a
# scheme that somebody hid.
_HIDDEN_SCHEME = re.compile(r"[^/?#]*:")
_HIDDEN_SCRIPT = re.compile(r"[^/?#]*(?:script|data|blob|file)[^/?#\w]*:", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._\-]*[A-Za-z0-9_.])?\Z|\[[0-9A-Fa-f:.]+\]\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}\Z")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')]*(?=\s)")
_KEEP_PATH = "/%:@!$&'()*+,;=~-._"
_KEEP_QUERY = _KEEP_PATH + "?[]"


def clean_text(text: str) -> str:
    """Give `text` with only the characters that XML 1.0 allows (section 2.2), line ends as line feeds.

    Control characters (C0 and C1), lone surrogates, U+FFFE, U+FFFF and the characters that open or close a
    run of text in the other direction (UAX 9; marks of direction stay) are left out.
    """
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Give `text` as one line of plain text for titles and names: clean, white space runs as one space.

    Some readers take a title for HTML. A `<` that would open a tag there is therefore parted from what
    follows ("< script>"): it reads the same and is markup to no reader.
    """
    return _TAG_OPENS.sub("< ", " ".join(clean_text(text).split()))


def language_tag(text: str) -> str:
    """Give a well-formed language tag (BCP 47: RFC 5646, section 2.1): "und" for what cannot be one."""
    tag = text.strip().replace("_", "-")
    return tag if _LANGUAGE.match(tag) else "und"


def shortened(text: str, limit: int) -> str:
    """Give at most `limit` characters of `text`, cut after a sentence if half of them remain, else a word."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] >= limit // 2:
        return head[: ends[-1]]
    spaced = head.rfind(" ")
    return head[: spaced if spaced > limit // 2 else None].rstrip(" ,;:–—-") + "…"


def clean_url(url: str, base: str = "", *, own: bool = False) -> str | None:
    """Give the absolute http or https address that `url` means, or None if it means none that is safe.

    `url` is read as the WHATWG URL standard does (edges stripped, tabs and line ends removed); a relative
    one is resolved against `base` (itself absolute), and refused when `base` is empty or unfit. Refused are
    other schemes, also where they are hidden in a relative address, user names and passwords, backslashes
    before the query, control characters, hosts that are not host names or lead inside a network
    (`may_be_public`), unless the address is our `own`. Non-ASCII hosts come out in IDNA, non-ASCII paths
    percent-encoded as UTF-8 (RFC 3987, section 3.1); an address that is plain comes out as it went in.
    """
    text = url.strip(_EDGE).translate(_INSIDE)
    if not text or len(text) > MAX_URL or _CONTROL.search(text):
        return None
    if _has_backslash(text):
        return None
    if not _SCHEME.match(text):
        whole = clean_url(base, own=own) if base else None
        if whole is None or _HIDDEN_SCHEME.match(text) or _HIDDEN_SCRIPT.match(unquote(text)):
            return None
        text = _joined(whole, text)
    return _checked(text, own=own)


def _has_backslash(text: str) -> bool:
    """Browsers read a backslash before the query as a slash, and so leave the site where others do not."""
    return "\\" in re.split(r"[?#]", text, maxsplit=1)[0]


def _joined(base: str, relative: str) -> str:
    try:
        return urljoin(base, relative)
    except ValueError:  # brackets that are no IPv6 address
        return ""


def _checked(text: str, *, own: bool) -> str | None:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port that is no number, a host that changes under NFKC
        return None
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return None
    plain_host = _ascii_host(host)
    if plain_host is None or not (own or may_be_public(plain_host)):
        return None
    netloc = parts.netloc if plain_host == host else plain_host + (f":{port}" if port else "")
    if netloc.isascii() and _HOST.match(plain_host):
        path, query, fragment = (
            quote(parts.path, safe=_KEEP_PATH),
            quote(parts.query, safe=_KEEP_QUERY),
            quote(parts.fragment, safe=_KEEP_QUERY),
        )
        return urlunsplit((parts.scheme.lower(), netloc, path, query, fragment))
    return None


def _ascii_host(host: str) -> str | None:
    """Give the host as DNS knows it, or None when it cannot be a host."""
    if not host or len(host) > _MAX_HOST:
        return None
    if host.startswith(("0x", "0X")) or ":" in host:
        return f"[{host}]" if ":" in host else None
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return None

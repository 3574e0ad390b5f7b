"""Addresses: one spelling for one page, and absolute links out of relative ones. Pure; no network."""

from __future__ import annotations

import ipaddress
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, unquote_plus, urljoin, urlsplit

from w3lib.url import canonicalize_url, safe_url_string

MAX_LENGTH = 8000  # octets a server is advised to accept: RFC 9110 §4.1

_DEFAULT_PORTS = {"http": 80, "https": 443}

_DATA = tomllib.loads((Path(__file__).parent / "tracking.toml").read_text(encoding="utf-8"))
_TRACKING_PREFIXES = tuple(_DATA["prefixes"])
_TRACKING = frozenset(_DATA["names"])
_REFERRAL = frozenset(_DATA["referral"]["names"])
_PLACES = frozenset(_DATA["referral"]["places"])

_MIRRORS = ("www.", "m.")  # the same site for anybody
_OWN_MIRRORS = (*_MIRRORS, "mobile.", "amp.")  # the same site where the outlet is known

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?")
# A letter before the escapes may be the base of a combining mark: "и%CC%86" is one "й".
_ESCAPED = re.compile(r"(?:(?<!%)(?<!%[0-9A-F])[A-Za-z])?(?:%[89A-F][0-9A-F])+")
# What is spelt as it should be already, as most addresses of news sites are: nothing but the letters, digits
# and marks that are never escaped (RFC 3986 §2.3), in segments that are neither empty nor made of dots.
_SEGMENTS = r"(?:/[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*)"
_PLAIN_PATH = re.compile(rf"{_SEGMENTS}+/?|/", re.ASCII)
_PLAIN_URL = re.compile(
    rf"https?://(?:[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?\.){{1,5}}[a-z]{{2,20}}(?:{_SEGMENTS}+/?|/)",
    re.ASCII,
)
_ENDS = "".join(map(chr, range(0x21)))  # control characters and space, which browsers drop at both ends


def canonicalise(url: str, *, hosts: Sequence[str] = ()) -> str:
    """Give the one spelling under which a page is known (RFC 3986 §6.2, and the habits of news sites).

    Folded: scheme to https (unless a port of its own is named), case and IDN of the host, `www.` and `m.`,
    default port, user name, fragment, tracking parameters, order of the query, percent-encoding (UTF-8 in
    NFC), dot segments and the trailing slash. Giving the result again changes nothing.

    Args:
        url: An absolute http or https address.
        hosts: The outlet's hosts ("host" or "host:port"), the canonical one first. An address on any of them,
            or on its `www.`, `m.`, `mobile.` or `amp.`, is put on the first, and AMP's own marks are dropped.

    Raises:
        ValueError: The address is not http(s), has no valid host or port, or is longer than MAX_LENGTH.
    """
    parts = _split(_tidy(url))
    scheme, netloc = _site(parts)
    own = _own_site(netloc, tuple(hosts))
    netloc = _without(netloc, _MIRRORS) if own is None else own
    if not _has_port(netloc):
        scheme = "https"
    query = "&".join(_kept(parts.query, amp=own is not None))
    site = f"{scheme}://{netloc}"
    spelt = urlsplit(_spell(f"{site}{parts.path or '/'}{'?' if query else ''}{query}"))
    path = spelt.path if own is None else _without_amp(spelt.path)
    path = path.rstrip("/;") or "/"  # empty parameters (RFC 3986 §3.3) go the way of the slash
    # Another segment is the last one now, and there ";" begins parameters, spelt by rules of their own.
    path = urlsplit(_spell(site + path)).path
    result = f"{site}{path}{'?' if spelt.query else ''}{spelt.query}"
    if len(result) > MAX_LENGTH:
        raise ValueError(f"address is longer than {MAX_LENGTH} octets: {result[:80]}…")
    return result


def absolute(base: str, href: str) -> str | None:
    """Resolve a link of a page (RFC 3986 §5) into an absolute http(s) address, percent-encoded.

    Args:
        base: The address of the page, or its `base` element's.
        href: The link as written; blanks, line breaks and backslashes are read as browsers read them.

    Returns:
        The address with its fragment and without a user name, or None when the link leads nowhere a reader
        could follow: empty, `javascript:`, `data:`, `mailto:`, `tel:`, malformed or over MAX_LENGTH.
    """
    href = _tidy(href)
    if not href:
        return None
    if _PLAIN_URL.fullmatch(href):
        return href if len(href) <= MAX_LENGTH else None
    if _PLAIN_PATH.fullmatch(href) and (site := _site_of(base)):
        return site + href if len(site) + len(href) <= MAX_LENGTH else None
    try:
        joined = urljoin(_tidy(base), href)
        parts = _split(joined)
        scheme, netloc = _site(parts)
        found = safe_url_string(parts._replace(scheme=scheme, netloc=netloc).geturl())
    except ValueError:
        return None
    return found if len(found) <= MAX_LENGTH else None


@lru_cache(maxsize=256)
def _site_of(base: str) -> str:
    """The scheme and host that paths of a page are put on; "" where the way of all addresses must be gone."""
    try:
        scheme, netloc = _site(_split(_tidy(base)))
    except ValueError:
        return ""
    return f"{scheme}://{netloc}"


def _tidy(url: str) -> str:
    """Drop what browsers drop, and turn backslashes of the path into slashes (URL Standard §4.4)."""
    url = url.strip(_ENDS).replace("\t", "").replace("\n", "").replace("\r", "")
    cut = min((at for at in (url.find("?"), url.find("#")) if at >= 0), default=len(url))
    return url[:cut].replace("\\", "/") + url[cut:]


def _split(url: str) -> SplitResult:
    """Split an address; ValueError unless it is http(s) with a host and of a sane length."""
    if len(url) > MAX_LENGTH:
        raise ValueError(f"address is longer than {MAX_LENGTH} octets: {url[:80]}…")
    try:
        url.encode()
        parts = urlsplit(url)
    except ValueError as error:
        raise ValueError(f"not an address: {url[:80]!r}: {error}") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise ValueError(f"not an http(s) address: {url[:80]!r}")
    return parts


def _site(parts: SplitResult) -> tuple[str, str]:
    """Give scheme and host of an address, the port with it where it is not the scheme's own."""
    host = _host(parts.hostname or "")
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError(f"no valid port in {parts.netloc[:80]!r}: {error}") from None
    if port is None or port == _DEFAULT_PORTS[parts.scheme]:
        return parts.scheme, host
    return parts.scheme, f"{host}:{port}"


@lru_cache(maxsize=4096)
def _host(host: str) -> str:
    """Give a host in lower-case ASCII (IDNA) or an IP address in its short form, else raise ValueError."""
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host).compressed}]"
        except ValueError:
            raise ValueError(f"no valid host: {host[:80]!r}") from None
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError(f"no valid host: {host[:80]!r}") from None
    if not _HOST.fullmatch(name) or ".." in name:
        raise ValueError(f"no valid host: {host[:80]!r}")
    return name


def _has_port(netloc: str) -> bool:
    return bool(re.search(r":\d+$", netloc))


def _without(netloc: str, prefixes: tuple[str, ...]) -> str:
    """Drop leading mirror names as long as a host with a dot remains."""
    while True:
        for prefix in prefixes:
            rest = netloc.removeprefix(prefix)
            if rest != netloc and "." in rest:
                netloc = rest
                break
        else:
            return netloc


def _own_site(netloc: str, hosts: tuple[str, ...]) -> str | None:
    """Give the outlet's canonical host when `netloc` is one of its hosts or a mirror of one, else None."""
    if not hosts:
        return None
    canonical, known = _outlet_sites(hosts)
    return canonical if netloc in known or _without(netloc, _OWN_MIRRORS) in known else None


@lru_cache(maxsize=256)
def _outlet_sites(hosts: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    sites = [_site(_split(f"https://{host}"))[1] for host in hosts]
    return sites[0], frozenset(sites) | {_without(site, _OWN_MIRRORS) for site in sites}


def _kept(query: str, *, amp: bool) -> Iterator[str]:
    """Yield the parameters that choose the page, as written."""
    for pair in query.split("&"):
        raw_name, _, raw_value = pair.partition("=")
        name, value = unquote_plus(raw_name).casefold(), unquote_plus(raw_value).casefold()
        tracking = name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
        referral = name in _REFERRAL and value in _PLACES
        marks_amp = amp and (name == "amp" or (name == "outputtype" and value == "amp"))
        if pair and not (tracking or referral or marks_amp):
            yield pair


def _without_amp(path: str) -> str:
    """Drop a first or last segment "amp", unless it is all the path there is."""
    segments = path.strip("/").split("/")
    while len(segments) > 1 and segments[0] == "amp":
        segments.pop(0)
    while len(segments) > 1 and segments[-1] == "amp":
        segments.pop()
    return "/" + "/".join(segments)


def _spell(url: str) -> str:
    """Bring percent-encoding, dot segments and the order of the query to one spelling, in NFC."""
    if _PLAIN_URL.fullmatch(url):
        return url
    return _ESCAPED.sub(_nfc, canonicalize_url(url))


def _nfc(match: re.Match[str]) -> str:
    try:
        text = unquote(match[0], errors="strict")
    except UnicodeDecodeError:  # bytes of another encoding: they stay as they are
        return match[0]
    return quote(unicodedata.normalize("NFC", text), safe="")

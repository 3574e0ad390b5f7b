"""The Content-Security-Policy of a page: its own style and script by their hashes, and little else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

_META = re.compile(
    rb'<meta http-equiv="Content-Security-Policy" content="([A-Za-z0-9 .:/;=+&#_\'-]{1,8000})">'
)
_HEAD = 12_000  # bytes of a page in which its policy stands
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def policy(style: str, script: str, hosts: Iterable[str], *, index: bool) -> str:
    """Give the policy of a page (CSP level 3), as its `meta` element states it.

    Args:
        style: the text of its only style element.
        script: the text of its only script element.
        hosts: of the pictures that the reader may ask for.
        index: whether its search fetches a further file from beside it.
    """
    pictures = " ".join(["data:", *(f"https://{host}" for host in sorted(set(hosts)))])
    rules = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        f"script-src '{_hash(script)}'",
        f"img-src {pictures}",
        *(["connect-src 'self'"] if index else []),
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return "; ".join(rules)


def header_of(page: bytes) -> str:
    """Give the policy that a server sends with a page: its own, and that nobody may frame it.

    A `meta` element cannot say who may frame the page (CSP, section 6.4.2). A page without its own policy,
    or with one laxer than `policy` makes, may load and run nothing.
    """
    found = _META.search(page[:_HEAD])
    stated = found[1].decode("ascii").replace("&#39;", "'") if found else ""
    if not stated.startswith("default-src 'none'; ") or "unsafe-" in stated or "*" in stated:
        return NOTHING
    return f"{stated}; frame-ancestors 'none'"


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()

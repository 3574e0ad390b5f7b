from __future__ import annotations

import re
from base64 import b64decode
from hashlib import sha256

from feeds.page.policy import NOTHING, header_of, policy


def test_a_policy_names_its_own_style_and_script_and_the_hosts_of_pictures() -> None:
    made = policy("a{}", "1", ["b.kz", "a.kz", "b.kz"], index=False)
    rules = dict(rule.split(" ", 1) for rule in made.split("; "))
    assert rules["default-src"] == "'none'"
    digest = re.fullmatch(r"'sha256-(.+)'", rules["script-src"])
    assert digest
    assert b64decode(digest[1]) == sha256(b"1").digest()
    assert rules["img-src"] == "data: https://a.kz https://b.kz"
    assert "connect-src" not in rules
    assert "unsafe" not in made
    assert "connect-src 'self'" in policy("", "", [], index=True)


def page(stated: str) -> bytes:
    return f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{stated}">'.encode()


def test_the_header_of_a_page_is_its_own_policy_and_no_frames() -> None:
    stated = policy("a", "b", [], index=True)
    for written in (stated, stated.replace("'", "&#39;")):
        assert header_of(page(written)) == f"{stated}; frame-ancestors 'none'"


def test_a_page_without_a_strict_policy_may_do_nothing() -> None:
    lax = [
        b"<html></html>",
        page("script-src 'self'"),
        page("default-src 'none'; script-src 'unsafe-inline'"),
        page("default-src 'none'; img-src *"),
        page("default-src 'none'\r\nX-Other: 1"),
        b" " * 20_000 + page("default-src 'none'; img-src data:"),
    ]
    assert [header_of(each) for each in lax] == [NOTHING] * len(lax)

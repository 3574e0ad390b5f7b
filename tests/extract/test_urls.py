from __future__ import annotations

import re
import string
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spiders.extract import urls
from spiders.extract.urls import MAX_LENGTH, absolute, canonicalise

NEVER = re.compile(r"(?!)")
HOSTS = ("www.akorda.kz", "akorda.kz", "node2.akorda.kz", "mirror.akorda.kz")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.inbusiness.kz/ru/last/x/", "https://inbusiness.kz/ru/last/x"),
        ("HTTPS://M.Inbusiness.KZ/ru/Last", "https://inbusiness.kz/ru/Last"),
        ("https://inbusiness.kz:443/a#top", "https://inbusiness.kz/a"),
        ("http://inbusiness.kz:80", "https://inbusiness.kz/"),
        ("https://inbusiness.kz./a", "https://inbusiness.kz/a"),
        ("https://inbusiness.kz/a?utm_source=tg&UTM_Medium=x&id=7&fbclid=1", "https://inbusiness.kz/a?id=7"),
        ("https://inbusiness.kz/a?b=2&a=1&a=0", "https://inbusiness.kz/a?a=0&a=1&b=2"),
        ("https://inbusiness.kz/a?from=telegram", "https://inbusiness.kz/a"),
        ("https://inbusiness.kz/a?from=2026-01-01", "https://inbusiness.kz/a?from=2026-01-01"),
        ("https://inbusiness.kz/a?ref=42", "https://inbusiness.kz/a?ref=42"),
        ("https://inbusiness.kz/a/../b/./c", "https://inbusiness.kz/b/c"),
        ("https://inbusiness.kz/%d2%9b%7ea", "https://inbusiness.kz/%D2%9B~a"),
        ("https://inbusiness.kz/қала", "https://inbusiness.kz/%D2%9B%D0%B0%D0%BB%D0%B0"),
        ("https://ҚАЗ.kz/a", "https://xn--80ao21a.kz/a"),
        ("https://user:word@inbusiness.kz/a", "https://inbusiness.kz/a"),
        ("https://inbusiness.kz\\@elsewhere.kz/a", "https://inbusiness.kz/@elsewhere.kz/a"),
        (" https://inbusiness.kz/a\n", "https://inbusiness.kz/a"),
        ("https://www.kz/a", "https://www.kz/a"),
        ("https://amp.inbusiness.kz/a/amp", "https://amp.inbusiness.kz/a/amp"),
        ("http://127.0.0.1:8123/a/", "http://127.0.0.1:8123/a"),
        ("https://[2001:DB8:0::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_one_page_has_one_address(url: str, expected: str) -> None:
    assert canonicalise(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://node2.akorda.kz/en/1-1525938", "https://www.akorda.kz/en/1-1525938"),
        ("http://akorda.kz/ru/x-1?utm_campaign=a", "https://www.akorda.kz/ru/x-1"),
        ("https://m.akorda.kz/amp/ru/x-1", "https://www.akorda.kz/ru/x-1"),
        ("https://amp.akorda.kz/ru/x-1/amp/?amp=1", "https://www.akorda.kz/ru/x-1"),
        ("https://www.akorda.kz/amp", "https://www.akorda.kz/amp"),
        ("https://www.inbusiness.kz/amp/x", "https://inbusiness.kz/amp/x"),
    ],
)
def test_an_outlets_hosts_fold_to_its_first(url: str, expected: str) -> None:
    assert canonicalise(url, hosts=HOSTS) == expected


def test_a_host_with_a_port_folds_to_the_canonical_site() -> None:
    hosts = ("www.akorda.kz", "127.0.0.1:8123")
    assert canonicalise("http://127.0.0.1:8123/ru/a", hosts=hosts) == "https://www.akorda.kz/ru/a"
    assert canonicalise("http://127.0.0.1:8124/ru/a", hosts=hosts) == "http://127.0.0.1:8124/ru/a"


def test_composed_and_decomposed_letters_are_one_address() -> None:
    assert canonicalise("https://a.kz/сай") == canonicalise("https://a.kz/саи\u0306")
    assert canonicalise("https://a.kz/caf\u00e9?q=é") == canonicalise("https://a.kz/cafe\u0301?q=e\u0301")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/ru/a",
        "ftp://a.kz/",
        "javascript:alert(1)",
        "mailto:a@b.kz",
        "https://",
        "https:///a",
        "https://a.kz:port/",
        "https://a.kz:99999/",
        "https://a b.kz/",
        "https://a..kz/",
        "https://[::1",
        "https://[fe80::zz]/",
        "https://" + "a" * 64 + ".kz/",
        "https://a.kz/" + "a" * MAX_LENGTH,
        "https://a.kz/" + "қ" * (MAX_LENGTH // 6),
        "https://a.kz/\ud800",
    ],
)
def test_what_is_no_http_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|host|port"):
        canonicalise(url)


_paths = st.text(alphabet=string.ascii_letters + "/.%;=&?#+~қйИ\u0306e\u0301 \\09AF", max_size=40)


@settings(deadline=None)
@given(
    scheme=st.sampled_from(["http", "https", "HTTP"]),
    host=st.sampled_from(["a.kz", "www.m.a.kz", "қаз.kz", "AMP.a.kz", "a.kz:80", "a.kz:8080", "akorda.kz"]),
    rest=_paths,
    hosts=st.sampled_from([(), HOSTS, ("a.kz",)]),
)
@example(scheme="https", host="a.kz", rest="/a/amp/", hosts=("a.kz",))
@example(scheme="https", host="a.kz", rest="//amp//", hosts=("a.kz",))
@example(scheme="https", host="a.kz", rest="/./%2e/amp", hosts=("a.kz",))
@example(scheme="https", host="a.kz", rest="?:\u0301", hosts=())  # ":" is escaped, and its A is no letter
def test_the_canonical_address_is_its_own(scheme: str, host: str, rest: str, hosts: tuple[str, ...]) -> None:
    try:
        once = canonicalise(f"{scheme}://{host}/{rest}", hosts=hosts)
    except ValueError:
        return
    assert canonicalise(once, hosts=hosts) == once
    assert once.isascii()


_hosts = st.sampled_from(
    ["a.kz", "www.a.kz", "A.kz", "a-b.c.kz", "-a.kz", "a..kz", "a.kz.", "1.2.3.4", "a.kz:80"]
)
_plain = st.text(alphabet="aZ09_~-./%?;", max_size=12)


@settings(deadline=None)
@given(base=_hosts, host=_hosts, path=_plain)
@example(base="a.kz", host="a.kz", path="/a/./b")
@example(base="a.kz", host="a.kz", path="//b/c")
def test_an_address_that_is_spelt_right_is_not_taken_apart_for_nothing(
    base: str, host: str, path: str
) -> None:
    links = (path, f"/{path}", f"https://{host}{path}", f"http://{host}/{path}")
    quick = [absolute(f"https://{base}/x", link) for link in links]
    shown = [spelling(link) for link in links]
    with patch.object(urls, "_PLAIN_URL", NEVER), patch.object(urls, "_PLAIN_PATH", NEVER):
        assert quick == [absolute(f"https://{base}/x", link) for link in links]
        assert shown == [spelling(link) for link in links]


def spelling(url: str) -> str:
    try:
        return canonicalise(url, hosts=("a.kz",))
    except ValueError:
        return ""


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_an_address_or_a_value_error(url: str, href: str) -> None:
    try:
        once = canonicalise("https://" + url)
    except ValueError:
        pass
    else:
        assert canonicalise(once) == once
    found = absolute("https://a.kz/ru/", href)
    assert found is None or urlsplit(found).scheme in {"http", "https"}


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("x-1", "https://a.kz/ru/x-1"),
        ("/kz/x", "https://a.kz/kz/x"),
        ("../en/x?b=1#p", "https://a.kz/en/x?b=1#p"),
        ("//cdn.a.kz/i.jpg", "https://cdn.a.kz/i.jpg"),
        ("http://b.kz/қ", "http://b.kz/%D2%9B"),
        ("\\\\cdn.a.kz\\i.jpg", "https://cdn.a.kz/i.jpg"),
        ("https://me:word@b.kz/a", "https://b.kz/a"),
        ("  /a\n", "https://a.kz/a"),
        ("", None),
        ("javascript:alert(1)", None),
        ("JaVa\nScript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@a.kz", None),
        ("tel:+7", None),
        ("http://[broken", None),
        ("http://:80/", None),
    ],
)
def test_links_become_absolute_or_nothing(href: str, expected: str | None) -> None:
    assert absolute("https://a.kz/ru/list", href) == expected

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.plain import clean_text, clean_url, one_line, shortened

BASE = "https://outlet.kz/news/1"


@given(st.text(alphabet=st.characters()))
def test_clean_text_is_legal_xml(text: str) -> None:
    cleaned = clean_text(text)
    element = etree.Element("x")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text == (cleaned or None)
    assert clean_text(cleaned) == cleaned


def test_clean_text_keeps_kazakh_emoji_and_line_ends() -> None:
    assert clean_text("Әә\tҚ\r\n👍\rі\u2028") == "Әә\tҚ\n👍\nі\u2028"
    assert clean_text("\u200eА\u202eБ\u2066В\u2069Г\u200f") == "\u200eАБВГ\u200f"
    assert clean_text("a\x00b\ud800c\ufffed\uffff\x85") == "abcd\n"


def test_one_line_disarms_tags() -> None:
    assert one_line(" A <b>x</b>\n 5 < 7 ") == "A < b>x< /b> 5 < 7"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.akorda.kz/kk/events/1?page=2&x=%20#top",
        "http://inbusiness.kz",
        "https://e.kz:8443/a,b;c=(d)~e/",
        "https://[2a00:1450:4010:c05::65]/x",
        "https://xn--80ak6aa92e.kz/",
        "https://e.kz/%D0%B6",
    ],
)
def test_plain_addresses_stay_as_they_are(url: str) -> None:
    assert clean_url(url) == url


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("  https://e.kz/\n", "https://e.kz/"),
        ("HTTPS://e.kz/a", "https://e.kz/a"),
        ("https://e.kz/жаңалық?і=1", "https://e.kz/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B?%D1%96=1"),
        ("https://жаңа.қаз/", "https://xn--80aaq15b.xn--80ao21a/"),
        ('https://e.kz/a b"<c>', "https://e.kz/a%20b%22%3Cc%3E"),
        ("//cdn.kz/i.jpg", "https://cdn.kz/i.jpg"),
        ("/x", "https://outlet.kz/x"),
        ("?p=2", "https://outlet.kz/news/1?p=2"),
        ("ht\ntps://e.kz/", "https://e.kz/"),
    ],
)
def test_addresses_are_made_absolute_and_ascii(url: str, clean: str) -> None:
    assert clean_url(url, BASE) == clean
    assert clean_url(clean) == clean


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "blob:https://e.kz/",
        "feed:https://e.kz",
        "file:///etc/passwd",
        "mailto:a@e.kz",
        "tel:+77",
        "about:blank",
        "ftp://e.kz/",
        "http:\\\\evil.kz",
        "https:\\\\evil.kz",
        "/\\evil.kz",
        "\\\\evil.kz",
        "//u@evil.kz/",
        "https://u@e.kz/",
        "https://u:p@e.kz/",
        "https://e.kz%2f@x/",
        "http://",
        "http:///",
        "https:/e.kz",
        "http:e.kz",
        "https://e.kz:99999/",
        "https://e.kz:x/",
        "https://[e.kz/",
        "https://.kz/",
        "https://-/",
        "https://a..b%/",
        "https://ex ample.kz/",
        "https://e%00.kz/",
        "https://e.kz\x00/",
        "https://e\ud800.kz/",
        "https://e.kz／@evil.kz/",
        "",
        "   ",
        "https://e.kz/" + "x" * 9_000,
        "https://" + "a" * 300 + ".kz/",
        "javascript%3Aalert(1)",
        "java\u200bscript:alert(1)",
        "\xa0javascript:alert(1)",
        "ｊavascript:alert(1)",
        "&javascript:alert(1)",
        "http://localhost/",
        "http://printer.LOCAL./",
        "http://metadata.google.internal/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://10.0.0.1:80/",
        "http://169.254.169.254/latest/",
        "//192.168.1.1/reboot",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[::7f00:1]/",
        "http://1.2.3.4.5/",
        "http://e.0x10/",
    ],
    ids=ascii,
)
def test_addresses_that_trick_are_refused(url: str) -> None:
    assert clean_url(url, BASE) is None


def test_our_own_address_may_be_anywhere() -> None:
    assert clean_url("http://localhost:8000/", own=True) == "http://localhost:8000/"
    assert clean_url("javascript:1", own=True) is None


def test_relative_address_needs_a_fit_base() -> None:
    assert clean_url("/x") is None
    assert clean_url("/x", "javascript:1") is None


@given(st.text(), st.sampled_from(["", BASE]))
def test_any_address_is_refused_or_stable(text: str, base: str) -> None:
    url = clean_url(text, base)
    if url is not None:
        assert url.startswith(("https://", "http://"))
        assert url.isascii()
        assert clean_url(url) == url


def test_shortened_cuts_at_a_sentence_or_word() -> None:
    assert shortened("Бір. Екі.", 40) == "Бір. Екі."
    assert shortened("Бірінші сөйлем бітті. Екінші сөйлем басталды", 30) == "Бірінші сөйлем бітті."
    assert shortened("сөз " * 20, 30) == "сөз сөз сөз сөз сөз сөз сөз…"
    assert len(shortened("x" * 100, 30)) == 30

from __future__ import annotations

import gzip
import os
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response

from spiders.support.unpack import MAX_MEMBERS, SMALL, Unpackable, UnpackMiddleware, unpack

MOST = 10 * 1024 * 1024
PAGE = "<p>Қазақстан</p>".encode() * 500


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def done(body: bytes, *codings: str) -> bytes:
    return unpack(body, codings, most=MOST, ratio=100)


@pytest.mark.parametrize(
    ("body", "codings"),
    [
        (PAGE, []), (PAGE, ["identity"]), (PAGE, [" ", ""]), (gzip.compress(PAGE), ["gzip"]),
        (gzip.compress(PAGE), [" X-GZIP "]), (zlib.compress(PAGE), ["deflate"]),
        (raw_deflate(PAGE), ["deflate"]),
        (gzip.compress(PAGE) + bytes(512), ["gzip"]), (zlib.compress(PAGE) + b"\n", ["deflate"]),
        (gzip.compress(PAGE[:800]) + gzip.compress(PAGE[800:]), ["gzip"]),
        (gzip.compress(zlib.compress(PAGE)), ["deflate", "gzip"]),
    ],
)  # fmt: skip
def test_what_was_packed_is_unpacked(body: bytes, codings: list[str]) -> None:
    assert done(body, *codings) == PAGE


def test_a_page_of_random_bytes_and_one_of_the_greatest_size() -> None:
    noise = os.urandom(MOST)
    assert done(gzip.compress(noise, 1), "gzip") == noise
    even = bytes(SMALL)
    assert done(gzip.compress(even), "gzip") == even  # small, whatever its ratio


@pytest.mark.parametrize(
    ("body", "codings", "why"),
    [
        (gzip.compress(bytes(SMALL + 1)), ["gzip"], "100 times its packed size"),
        (gzip.compress(bytes(200_000_000)), ["gzip"], "more than 10485760 bytes"),
        (zlib.compress(bytes(50_000_000)), ["deflate"], "times its packed size"),
        (raw_deflate(bytes(50_000_000)), ["deflate"], "times its packed size"),
        (gzip.compress(os.urandom(MOST + 1), 1), ["gzip"], "more than 10485760 bytes"),
        (gzip.compress(gzip.compress(bytes(1_000_000_000), 9)), ["gzip", "gzip"], "times its packed size"),
        (gzip.compress(PAGE)[:-12], ["gzip"], "cut short"),
        (gzip.compress(PAGE)[:9], ["gzip"], "cut short"),
        (zlib.compress(PAGE)[:-3], ["deflate"], "cut short"),
        (PAGE, ["gzip"], "damaged"),
        (gzip.compress(PAGE)[:-8] + bytes(8), ["gzip"], "damaged"),
        (b"\x1f\x8b", ["gzip"], "cut short"),
        (b"\xff" * 100, ["deflate"], "damaged"),
        (PAGE, ["br"], "nobody asked for"),
        (PAGE, ["zstd"], "nobody asked for"),
        (PAGE, ["compress"], "nobody asked for"),
        (PAGE, ["x\r\n" * 100], "nobody asked for"),
        (PAGE, ["gzip"] * 3, "3 times over"),
        (PAGE, ["gzip"] * 3000, "3000 times over"),
        (gzip.compress(b"") * (MAX_MEMBERS + 1), ["gzip"], "gzip members"),
        (gzip.compress(b"") * 500_000, ["gzip"], "gzip members"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_must_not_be_unpacked_is_refused(body: bytes, codings: list[str], why: str) -> None:
    with pytest.raises(Unpackable, match=why):
        done(body, *codings)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.lists(st.sampled_from(["gzip", "deflate", "identity", "br"]), max_size=3))
def test_any_bytes_are_unpacked_or_refused(body: bytes, codings: list[str]) -> None:
    for sent in (body, gzip.compress(body), b"\x1f\x8b\x08" + body, zlib.compress(body)[: len(body) // 2]):
        try:
            assert len(done(sent, *codings)) <= MOST
        except Unpackable:
            continue


def test_the_answer_says_no_more_that_it_is_packed() -> None:
    middleware = UnpackMiddleware(most=MOST, ratio=100)
    request = Request("https://e.kz/")
    middleware.process_request(request)
    assert request.headers[b"Accept-Encoding"] == b"gzip, deflate"
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}
    response = middleware.process_response(
        request, Response(request.url, headers=headers, body=gzip.compress(PAGE))
    )
    assert isinstance(response, HtmlResponse)
    assert (response.text, b"Content-Encoding" in response.headers) == (PAGE.decode(), False)
    with pytest.raises(IgnoreRequest, match="cut short"):
        middleware.process_response(
            request, Response(request.url, headers=headers, body=gzip.compress(PAGE)[:50])
        )
    empty = Response(request.url, headers=headers)
    assert middleware.process_response(request, empty) is empty

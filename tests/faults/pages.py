"""What goes wrong with one article, at `/a/bad`."""

from __future__ import annotations

import gzip
import os

from tests.faults.scenario import (
    FINE,
    GOOD,
    NEVER,
    TEXT,
    article,
    bad,
    chained,
    coded,
    head,
    page,
    status,
    to,
)

PACKED = gzip.compress(GOOD)

# Time
bad(
    "silent",
    "accepts the connection and says nothing",
    lambda wire: wire.wait(),
    "it took too long",
)
bad(
    "slow-body",
    "sends the body a byte at a time",
    lambda wire: wire.send(head("Content-Length: 9000")).drip(b"x" * 9000),
    "it took too long",
)
bad(
    "slow-head", "sends the headers a byte at a time", lambda wire: wire.drip(head() * 50), "it took too long"
)

# Connections
bad(
    "closed",
    "closes the connection at once",
    lambda wire: wire.close(),
    "the connection was closed",
)
bad(
    "reset",
    "breaks off with a reset in the midst of the body",
    lambda wire: wire.send(head("Content-Length: 9000") + b"x" * 100).reset(),
    "cut short",
)
bad(
    "tls",
    "answers in TLS where HTTP was asked for",
    lambda wire: wire.send(b"\x15\x03\x01\x00\x02\x02\x28" + os.urandom(40) + b"\r\n"),
    "what came is no HTTP",
)
bad(
    "http-0.9",
    "sends HTML without any headers (HTTP/0.9)",
    lambda wire: wire.send(GOOD + b"\r\n"),
    "what came is no HTTP",
)
bad(
    "junk",
    "sends noise",
    lambda wire: wire.send(b"\x00\xff\x17" * 3000 + b"\r\n\r\n"),
    "what came is no HTTP",
)

# Lengths
bad(
    "too-long",
    "announces more than it sends",
    lambda wire: wire.send(head("Content-Length: 90000") + GOOD),
    "cut short",
)
bad(
    "too-short",
    "announces less than it sends",
    lambda wire: wire.send(head("Content-Length: 60") + GOOD),
    "no body",
    becomes=NEVER,
    outcome="ok",
)
bad(
    "negative-length",
    "announces a negative length",
    lambda wire: wire.send(head("Content-Length: -5") + GOOD),
    "what came is no HTTP",
)
bad(
    "two-lengths",
    "announces two lengths",
    lambda wire: wire.send(head("Content-Length: 5", "Content-Length: 50") + GOOD),
    "what came is no HTTP",
)
bad(
    "vast-length",
    "announces a terabyte",
    lambda wire: wire.send(head("Content-Length: 1099511627776") + GOOD),
    "larger than an answer may be",
)
bad(
    "endless",
    "sends a body without end",
    lambda wire: wire.send(head()).flood(b"<p>x</p>" * 4000),
    "larger than an answer may be",
)
bad(
    "endless-chunks",
    "sends chunks without end",
    lambda wire: wire.send(head("Transfer-Encoding: chunked")).flood(b"1000\r\n" + b"x" * 4096 + b"\r\n"),
    "larger than an answer may be",
)
bad(
    "bad-chunks",
    "sends chunks whose lengths are none",
    lambda wire: wire.send(head("Transfer-Encoding: chunked") + b"ZZZ\r\nxx\r\n"),
    "cut short",
)
bad(
    "cut-chunks",
    "closes before the last chunk",
    lambda wire: wire.send(head("Transfer-Encoding: chunked") + b"5\r\nhello\r\n"),
    "cut short",
)
bad(
    "vast-chunk",
    "announces a chunk of 16 exabytes",
    lambda wire: wire.send(head("Transfer-Encoding: chunked") + b"FFFFFFFFFFFFFFFF\r\n").flood(b"x" * 65536),
    "larger than an answer may be",
)

# Headers
bad(
    "long-header",
    "sends one header without end",
    lambda wire: wire.send(b"HTTP/1.1 200 OK\r\nX: ").flood(b"x" * 4096),
    "the connection was closed",
)
bad(
    "many-headers",
    "sends headers without end",
    lambda wire: wire.send(b"HTTP/1.1 200 OK\r\n").flood(b"X: y\r\n" * 1000),
    "bytes of headers",
)
bad(
    "interim",
    "sends interim answers (103) without end",
    lambda wire: wire.flood(b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" * 100),
    "bytes of headers",
)
bad(
    "cookies",
    "sets a thousand cookies",
    lambda wire: wire.answer(GOOD, *(f"Set-Cookie: c{n}={n}; Path=/" for n in range(1000))),
    "",
    becomes=f"{FINE}; no cookie is kept or sent",
    outcome="ok",
)

# Codings
bad("gzip-noise", "says gzip and sends none", coded(GOOD, "gzip"), "packed as gzip, and damaged")
bad(
    "gzip-cut",
    "sends half of a gzip stream, with the right length",
    coded(PACKED[: len(PACKED) // 2], "gzip"),
    "packed as gzip, and cut short",
)
bad(
    "gzip-bomb",
    "sends a gzip bomb (200 MB in 200 KB)",
    lambda wire: wire.answer(gzip.compress(bytes(200_000_000), 6), "Content-Encoding: gzip"),
    "unpacked, it is more than",
)
bad(
    "gzip-layers",
    "packs it three times over",
    coded(gzip.compress(gzip.compress(PACKED)), "gzip, gzip, gzip"),
    "packed 3 times over",
)
bad(
    "brotli",
    "packs it in a coding that nobody asked for",
    coded(b"\x0b\x02\x80x\x03", "br"),
    "packed as 'br', which nobody asked for",
)

# Statuses
bad("error-500", "answers 500", status("500 Oops"), "status 500")
bad(
    "busy-for-years",
    "answers 429, to be asked again in ten years",
    status("429 Too Many Requests", "Retry-After: 315360000"),
    "status 429: asked to come back at",
    becomes="what came is stored; the outlet is left alone for twelve hours, no longer",
)
bad(
    "busy-before",
    "answers 503, to be asked again in less than no time",
    status("503 Busy", "Retry-After: -5"),
    "status 503",
)
bad(
    "busy-whenever",
    "answers 503, to be asked again at no date",
    status("503 Busy", "Retry-After: soon, 99 Foo 20266 25:61"),
    "status 503",
)
bad(
    "gone",
    "answers 410",
    status("410 Gone"),
    "status 410",
    becomes="the outlet's other articles are stored; this one is not asked for again",
    outcome="ok",
)
bad(
    "not-modified",
    "answers 304, though nothing was known",
    status("304 Not Modified"),
    "status 304, though nothing was known of it",
    becomes=NEVER,
    outcome="ok",
)
bad("status-999", "answers with a status that is none", status("999 Denied"), "status 999")
bad("no-content", "answers 200 with nothing", page(b""), "no body", becomes=NEVER, outcome="ok")

# Redirects
bad("round", "redirects to itself", to("/a/bad"), "more than 5 redirects", becomes=NEVER, outcome="ok")
bad("onward", "redirects on and on", chained, "more than 5 redirects", becomes=NEVER, outcome="ok")
bad(
    "inside",
    "redirects to a cloud's metadata service",
    to("http://169.254.169.254/latest/meta-data/"),
    "redirected to another site, 169.254.169.254",
    becomes=NEVER,
    outcome="ok",
)
bad("to-file", "redirects to a file", to("file:///etc/passwd"), "to no address", becomes=NEVER, outcome="ok")
bad(
    "to-script",
    "redirects to a script",
    to("javascript:alert(1)"),
    "to no address",
    becomes=NEVER,
    outcome="ok",
)
bad(
    "to-port",
    "redirects to the mail server beside it",
    to("http://to-port.example.kz:25/"),
    "redirected to another site, to-port.example.kz:25",
    becomes=NEVER,
    outcome="ok",
)
bad(
    "nowhere",
    "redirects without saying where to",
    status("302 Found"),
    "to no address",
    becomes=NEVER,
    outcome="ok",
)
bad(
    "refresh",
    "sends a page that moves readers on by itself",
    page('<meta http-equiv="refresh" content="0;url=http://169.254.169.254/">'),
    "no body",
    becomes=NEVER,
    outcome="ok",
)

# Content
bad(
    "pdf",
    "sends a PDF",
    page(b"%PDF-1.7 x", kind="application/pdf"),
    "application/pdf is no HTML page",
    becomes=NEVER,
    outcome="ok",
)
bad(
    "charset",
    "says UTF-8 and sends windows-1251",
    page(article("статья").encode("windows-1251", "replace")),
    "",
    becomes=f"{FINE}, in the encoding that its bytes are in",
    outcome="ok",
)
bad(
    "nul",
    "strews NUL and control characters",
    page(article("ста\0тья\x08", TEXT.replace(" ", " \0\x01", 5))),
    "",
    becomes=f"{FINE}; the characters are left out",
    outcome="ok",
)
bad(
    "many-links",
    "sends a page with 40,000 links",
    page(article("статья").replace("</body>", '<a href="/a/x">x</a>' * 40_000 + "</body>")),
    "",
    becomes=FINE,
    outcome="ok",
)
bad(
    "deep",
    "nests 50,000 elements",
    page("<div>" * 50_000 + GOOD.decode()),
    "",
    becomes="the page is read or given up, within its time",
    outcome="ok",
    error=".*",
)
bad(
    "deep-json",
    "nests its JSON-LD 100,000 deep",
    page(article("статья", head=f'<script type="application/ld+json">{"[" * 100_000}</script>')),
    "",
    becomes=FINE,
    outcome="ok",
)
bad(
    "entities",
    "sends a page with nested entities",
    page('<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>' + article("статья &b;")),
    "",
    becomes=f"{FINE}; HTML has no such entities",
    outcome="ok",
)

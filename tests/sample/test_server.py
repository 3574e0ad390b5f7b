"""The sample outlets' server: honest HTTP on loopback."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import lxml.etree
import pytest

from data.sample import expected
from data.sample.server import SampleServer
from tests.sample.client import get, words_of

EXPECTED: dict[str, Any] = json.loads(expected.PATH.read_text(encoding="utf-8"))


def test_a_known_etag_gets_304(server: SampleServer) -> None:
    for url in (
        "https://www.akorda.kz/ru/rss",
        "https://inbusiness.kz/kz/news?page=2",
        EXPECTED["articles"][3]["url"],
    ):
        first = get(server, url)
        again = get(server, url, If_None_Match=first.headers["etag"])
        assert (first.status, again.status, again.body) == (200, 304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert get(server, url, If_None_Match='"other"').status == 200


def test_if_modified_since(server: SampleServer) -> None:
    url = EXPECTED["articles"][0]["url"]
    modified = get(server, url).headers["last-modified"]
    assert modified == "Wed, 13 Nov 2024 07:00:00 GMT"
    assert get(server, url, If_Modified_Since=modified).status == 304
    assert get(server, url, If_Modified_Since="Tue, 12 Nov 2024 00:00:00 GMT").status == 200
    assert get(server, url, If_Modified_Since="yesterday").status == 200
    assert get(server, url, If_Modified_Since=modified, If_None_Match='"other"').status == 200


def test_gzip_only_when_accepted(server: SampleServer) -> None:
    url = EXPECTED["articles"][0]["url"]
    plain = get(server, url)
    packed = get(server, url, Accept_Encoding="br, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in get(server, url, Accept_Encoding="gzip;q=0").headers


def test_head_is_a_get_without_its_body(server: SampleServer) -> None:
    url = EXPECTED["articles"][0]["url"]
    full, head = get(server, url), get(server, url, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(full.body))
    assert head.headers["etag"] == full.headers["etag"]


def test_unknown_paths_and_hosts(server: SampleServer) -> None:
    assert get(server, "https://inbusiness.kz/ru/last/nothing-here").status == 404
    assert get(server, "https://www.akorda.kz/kz/rss").status == 404
    assert get(server, "https://example.org/").status == 421


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=²", "page=", "page=" + "9" * 400])
def test_odd_page_numbers_are_answered(server: SampleServer, query: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("GET", "/kz/news?page=1", skip_host=True)
    connection.putheader("Host", "inbusiness.kz")
    connection.endheaders()
    first = connection.getresponse().read()
    connection.close()
    target = "https://inbusiness.kz/kz/news?" + query.replace("²", "%C2%B2")
    answer = get(server, target)
    assert answer.status == 200
    assert answer.body == first


@pytest.mark.parametrize("host", ["akorda.kz", "www.akorda.kz:8765", "WWW.AKORDA.KZ"])
def test_every_host_name_of_an_outlet_serves_it(server: SampleServer, host: str) -> None:
    assert get(server, f"http://{host}/ru/events").body == get(server, "http://www.akorda.kz/ru/events").body


def test_it_serves_as_a_plain_proxy(server: SampleServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "http://inbusiness.kz/kz/news?page=1", headers={"Host": "elsewhere.example"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert (response.status, body) == (200, get(server, "https://inbusiness.kz/kz/news").body)


def test_an_old_address_redirects_for_good(server: SampleServer) -> None:
    assert EXPECTED["redirects"]
    for old, new in EXPECTED["redirects"].items():
        answer = get(server, old)
        assert (answer.status, answer.headers["location"]) == (301, new)
        assert get(server, new).status == 200


def test_the_correction_shows_in_state_2_alone() -> None:
    (after,) = EXPECTED["corrected"]
    (before,) = [a for a in EXPECTED["articles"] if a["canonical_url"] == after["canonical_url"]]
    listing = "https://inbusiness.kz/kz/news"
    with SampleServer() as running:
        pages = [get(running, before["url"])]
        listings = [get(running, listing)]
        running.state = 2
        known = {"If_None_Match": pages[0].headers["etag"]}
        pages.append(get(running, before["url"], **known))
        listings.append(get(running, listing, If_Modified_Since=listings[0].headers["last-modified"]))
        unchanged = get(running, EXPECTED["articles"][0]["url"])
        running.state = 1
        assert get(running, before["url"], **known).status == 304
        assert get(running, EXPECTED["articles"][0]["url"]).body == unchanged.body
    assert [page.status for page in (*pages, *listings)] == [200] * 4
    assert pages[0].headers["last-modified"] != pages[1].headers["last-modified"]
    texts = [words_of(page.tree()) for page in pages]
    assert "320 шақырым" in texts[0]
    assert "Түзету" not in texts[0]
    assert "320 шақырым" not in texts[1]
    assert "230 шақырым" in texts[1]
    assert "Түзету" in texts[1]
    assert before["headline"] in words_of(listings[0].tree())
    assert after["headline"] in words_of(listings[1].tree())
    assert after["paragraphs"] == before["paragraphs"] + 1


def test_robots_feed_and_sitemap(server: SampleServer) -> None:
    robots = get(server, "https://www.akorda.kz/robots.txt").body.decode()
    assert re.search(r"^Disallow: /kz/print/$", robots, re.MULTILINE)
    assert "Crawl-delay" not in robots
    assert "Sitemap: https://www.akorda.kz/sitemap.xml" in robots
    feed = lxml.etree.fromstring(get(server, "https://www.akorda.kz/ru/rss").body)
    links = [link.text or "" for link in feed.iterfind("channel/item/link")]
    russian = [a["canonical_url"] for a in EXPECTED["articles"] if "akorda.kz/ru/" in a["canonical_url"]]
    assert sorted(f"https://www.akorda.kz{link}" for link in links) == sorted(russian)
    sitemap = lxml.etree.fromstring(get(server, "https://www.akorda.kz/sitemap.xml").body)
    assert len(list(sitemap.iter("{*}loc"))) == 24


def test_pictures_are_whole(server: SampleServer) -> None:
    png = get(server, "https://www.akorda.kz/assets/media/img-8611-1.png")
    assert png.headers["content-type"] == "image/png"
    assert png.body.startswith(b"\x89PNG\r\n\x1a\n")
    length = struct.unpack(">I", png.body[33:37])[0]
    assert len(zlib.decompress(png.body[41 : 41 + length])) == 48 * (1 + 64 * 3)
    jpeg = get(server, "https://www.akorda.kz/assets/media/img-2041-1.jpg")
    assert jpeg.headers["content-type"] == "image/jpeg"
    assert jpeg.body[:2] + jpeg.body[-2:] == b"\xff\xd8\xff\xd9"


def test_the_request_log_tells_host_path_and_status() -> None:
    with SampleServer() as running:
        get(running, "https://www.inbusiness.kz/kz/news?page=2")
        get(running, "https://inbusiness.kz/none")
        assert running.requests == [
            ("www.inbusiness.kz", "/kz/news?page=2", 200),
            ("inbusiness.kz", "/none", 404),
        ]


def test_the_command_prints_its_address_and_serves_the_state_asked_for() -> None:
    (after,) = EXPECTED["corrected"]
    command = [sys.executable, "-m", "data.sample.server", "--port", "0", "--state", "2"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().strip().removeprefix("http://127.0.0.1:"))
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", after["canonical_url"].replace("https:", "http:"))
            body = connection.getresponse().read().decode()
            connection.close()
        finally:
            process.terminate()
    assert after["headline"] in body

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.page.policy import NOTHING
from feeds.serve.answer import Answer, accepts_gzip, answer, located
from feeds.serve.types import media_type

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PAGE = b"<!doctype html><p>" + "Жаңалық ".encode() * 200
RSS = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by Jarshy -->\n<rss version="2.0">'
    + b" " * 900
    + b"</rss>"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("served")
    out = top / "out"
    (out / "days").mkdir(parents=True)
    (out / "empty").mkdir()
    for name, data in {
        "index.html": PAGE,
        "digest.xml": RSS,
        ".digest.xml.k2j": b"half",
        "days/index.html": PAGE,
        "days/25 қараша.html": PAGE,
        "days/.hidden": b"x",
    }.items():
        (out / name).write_bytes(data)
        os.utime(out / name, (AT.timestamp(), AT.timestamp()))
    (top / "secret.txt").write_text("secret")
    (out / "out.txt").symlink_to(top / "secret.txt")
    (out / "in.xml").symlink_to(out / "digest.xml")
    os.mkfifo(out / "pipe.txt")
    return out


def ask(
    root: Path, target: str = "/", method: str = "GET", **headers: str
) -> tuple[Answer, Mapping[str, str]]:
    made = answer(root, method, target, {name.replace("_", "-"): value for name, value in headers.items()})
    return made, dict(made.headers)


def test_a_page_as_it_is(root: Path) -> None:
    made, headers = ask(root)
    assert (made.status, made.body) == (200, PAGE)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Last-Modified"] == "Wed, 25 Nov 2026 09:00:00 GMT"
    assert headers["Content-Length"] == str(len(PAGE))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Security-Policy"] == NOTHING  # it states none of its own


def test_head_is_get_without_the_body(root: Path) -> None:
    for accepted in ("", "gzip"):
        head, get = (
            ask(root, method="HEAD", accept_encoding=accepted)[0],
            ask(root, accept_encoding=accepted)[0],
        )
        assert head.body == b""
        assert (head.status, head.headers) == (get.status, get.headers)


def test_gzip_where_it_is_wanted(root: Path) -> None:
    made, headers = ask(root, accept_encoding="br;q=1.0, gzip;q=0.5")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(made.body) == PAGE
    assert len(made.body) == int(headers["Content-Length"]) < len(PAGE)
    assert ask(root, accept_encoding="gzip")[0].body == made.body  # no clock in it
    plain = ask(root)[1]["ETag"]
    assert headers["ETag"] not in (plain, "")


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *;q=1", False),
        ("*", True),
        ("br, *;q=0.1", True),
        ("deflate, br", False),
        ("gzip;q=nonsense", False),
        (" , ;q=1,gzip ; q=1", True),
    ],
)
def test_what_accept_encoding_says(accepted: str, wanted: bool) -> None:
    assert accepts_gzip(accepted) is wanted


def test_what_is_held_is_not_sent_again(root: Path) -> None:
    for accepted in ("", "gzip"):
        made, headers = ask(root, "/digest.xml", accept_encoding=accepted)
        tag = headers["ETag"]
        for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again, said = ask(root, "/digest.xml", accept_encoding=accepted, if_none_match=held)
            assert (again.status, again.body) == (304, b"")
            assert said["ETag"] == tag
            assert {"Cache-Control", "Vary", "Last-Modified"} <= said.keys()
            assert "Content-Length" not in said
        assert ask(root, "/digest.xml", accept_encoding=accepted, if_none_match='"other"')[0].status == 200
        assert made.status == 200


def test_tags_come_before_dates(root: Path) -> None:
    since = format_datetime(AT, usegmt=True)
    assert ask(root, if_modified_since=since)[0].status == 304
    assert ask(root, if_modified_since=format_datetime(AT + timedelta(days=1), usegmt=True))[0].status == 304
    assert (
        ask(root, if_modified_since=format_datetime(AT - timedelta(seconds=1), usegmt=True))[0].status == 200
    )
    assert ask(root, if_modified_since=since, if_none_match='"other"')[0].status == 200
    for nonsense in ("", "yesterday", "0", "Wed, 99 Nov 2026 99:00:00 GMT", "25 Nov 2026 " + "9" * 40):
        assert ask(root, if_modified_since=nonsense)[0].status == 200


def test_a_tag_is_of_the_content(root: Path) -> None:
    path = root / "changing.txt"
    path.write_text("one")
    first = ask(root, "/changing.txt")[1]["ETag"]
    at = path.stat().st_mtime
    path.write_text("two")
    os.utime(path, (at, at))
    assert ask(root, "/changing.txt")[1]["ETag"] != first
    path.unlink()


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/days/../../secret.txt",
        "/days/..%5c..%5csecret.txt", "/days\\..\\..\\secret.txt", "//etc/passwd", "/%2fetc/passwd",
        "/etc/passwd", "/./index.html", "/days//index.html", "/index.html/", "/index.html%00.png",
        "/index.html%0d%0aX-A: 1", "/.digest.xml.k2j", "/days/.hidden", "/out.txt", "/pipe.txt", "/empty",
        "/empty/", "/none", "/none/", "/%ff%fe", "/%u002e", "", "index.html", "*", "/" + "a" * 5000,
        "http://127.0.0.1/index.html", "/\u202eindex.html", "//", "///",
    ],
)  # fmt: skip
def test_nothing_else_is_served(root: Path, target: str) -> None:
    made, headers = ask(root, target)
    assert made.status == 404
    assert b"secret" not in made.body
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


WAYS = ["..", ".", "%2e%2e", "%2E.", "/", "//", "%2f", "\\", "%5c", "days", "secret.txt", "out", "\x00"]


@given(
    st.lists(
        st.sampled_from(
            ["..", ".", "%2e%2e", "%2E.", "/", "//", "%2f", "\\", "%5c", "days", "secret.txt", "out", "\x00"]
        )
        | st.text(max_size=6),
        max_size=8,
    )
)
def test_no_way_leads_out(root: Path, parts: list[str]) -> None:
    for target in ("/" + "/".join(parts), "/" + "".join(parts), "/" + quote("/".join(parts))):
        found = located(root, target)
        assert found is None or found.is_relative_to(root.resolve())


def test_names_in_any_script_and_links_inside(root: Path) -> None:
    assert ask(root, "/days/25%20%D2%9B%D0%B0%D1%80%D0%B0%D1%88%D0%B0.html?x=1")[0].status == 200
    assert ask(root, "/in.xml")[0].status == 200


def test_a_folder_is_named_with_its_slash(root: Path) -> None:
    assert ask(root, "/days/")[0].body == PAGE
    made, headers = ask(root, "/days?next=/x")
    assert (made.status, headers["Location"]) == (301, "/days/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get"])
def test_it_can_only_be_read(root: Path, method: str) -> None:
    made, headers = ask(root, method=method)
    assert (made.status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("digest.xml", RSS, "application/rss+xml; charset=utf-8"),
        (
            "a.xml",
            b"\xef\xbb\xbf<feed xmlns='http://www.w3.org/2005/Atom'>",
            "application/atom+xml; charset=utf-8",
        ),
        ("a.atom", b"", "application/atom+xml; charset=utf-8"),
        ("a.xml", b'<?xml version="1.0"?><opml version="2.0">', "text/x-opml; charset=utf-8"),
        ("a.opml", b"", "text/x-opml; charset=utf-8"),
        ("a.xml", b"<urlset>", "application/xml; charset=utf-8"),
        ("a.xml", b"<rssx>", "application/xml; charset=utf-8"),
        ("a.xml", b"", "application/xml; charset=utf-8"),
        ("a.json", b'{"version": "https://jsonfeed.org/version/1.1"', "application/feed+json"),
        ("a.json", rb'{"version":"https:\/\/jsonfeed.org\/version\/1.1"', "application/feed+json"),
        ("a.json", b'[["s1"]]', "application/json"),
        ("A.HTML", b"", "text/html; charset=utf-8"),
        ("a.exe", b"<rss >", "application/octet-stream"),
        ("html", b"", "text/html; charset=utf-8"),
    ],
)
def test_media_types(name: str, data: bytes, kind: str) -> None:
    assert media_type(name, data) == kind

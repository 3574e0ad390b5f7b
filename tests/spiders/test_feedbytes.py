from __future__ import annotations

import time

import pytest

from spiders.support.feedbytes import MAX_ENTRIES, harmless
from spiders.support.listings import FeedListing, read_feed

BASE = "https://e.kz/"
ITEM = "<item><link>https://e.kz/a/1</link><title>{}</title></item>"


def feed(title: str, head: str = "", *, declared: str = "utf-8") -> str:
    item = ITEM.format(title)
    rss = f'<rss version="2.0"><channel>{item}</channel></rss>'
    return f'<?xml version="1.0" encoding="{declared}"?>\n{head}\n{rss}'


def headlines(body: bytes) -> list[str | None]:
    return [each.hint.headline for each in read_feed(body, BASE, FeedListing(url=BASE)).candidates]


BLOWN = feed("&x;" * 3000, '<!DOCTYPE rss [\n<!ENTITY x "' + "a" * 50_000 + '">\n]>')


@pytest.mark.parametrize(
    "body",
    [
        BLOWN.encode(),
        BLOWN.replace("<!ENTITY", "<!eNtItY").encode(),
        BLOWN.replace("<!ENTITY", "<!EN<!ENTITY y 'z'>TITY").encode(),
        BLOWN.replace("utf-8", "utf-16").encode("utf-16"),
        BLOWN.replace("utf-8", "utf-16le").encode("utf-16-le"),
        BLOWN.replace("utf-8", "utf-16be").encode("utf-16-be"),
        BLOWN.replace("utf-8", "utf-32").encode("utf-32"),
        BLOWN.replace("utf-8", "utf-7").replace("<!ENTITY", "+ADwAIQ-ENTITY").encode(),
        BLOWN.replace("utf-8", "unicode_escape").replace("<!ENTITY", r"\x3c!ENTITY").encode(),
        BLOWN.replace("utf-8", "cp037").encode("cp037"),
    ],
    ids=["plain", "case", "nested", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-7", "escaped", "ebcdic"],
)
def test_no_entity_blows_up(body: bytes) -> None:
    started = time.process_time()
    assert all(len(each or "") < 20_000 for each in headlines(body))
    assert time.process_time() - started < 5  # seconds; it was 8 and 470 MB


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (feed("Тоқаев &amp; «Қазақстан» &#1179;"), "utf-8"),
        (feed("Қазақстан", declared="utf-16"), "utf-16"),
        (feed("Казахстан", declared="windows-1251"), "windows-1251"),
        (feed("Казахстан", declared="koi8-r"), "koi8-r"),
        (
            feed("Қазақстан", '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://e.kz/rss.dtd">'),
            "utf-8",
        ),
    ],
)
def test_good_feeds_read_as_before(text: str, encoding: str) -> None:
    (headline,) = headlines(text.encode(encoding))
    assert headline is not None
    assert headline.startswith(("Тоқаев & «Қазақстан» қ", "Қазақстан", "Казахстан"))


def test_no_more_entries_than_are_read() -> None:
    many = "".join(ITEM.format(number) for number in range(MAX_ENTRIES + 50))
    body = f"<rss><channel>{many}</channel></rss>".encode()
    kept = harmless(body)
    assert kept.count(b"<item>") == MAX_ENTRIES
    assert kept.endswith(b"</item></channel></rss>")
    assert harmless(kept) == kept


def test_references_to_no_character_go() -> None:
    assert harmless(b"&#x110000;&#55296;&#9999999999;&#0;&#x10FFFF;&#1179;") == b"&#0;&#x10FFFF;&#1179;"

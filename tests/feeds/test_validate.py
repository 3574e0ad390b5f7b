from __future__ import annotations

from pathlib import Path

import pytest

from feeds.validate import problems_of_rss

GOLDEN = Path(__file__).with_name("digest.xml").read_text(encoding="utf-8")
ITEM_LINK = "<link>https://www.akorda.kz/news/3</link>"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("</rss>", "", "not well-formed"),
        ("<rss ", "<!DOCTYPE rss [<!ENTITY x 'y'>]><rss ", "document type"),
        ('version="2.0"', 'version="0.91"', "version"),
        ("<title>Jarshy: the day's news</title>", "", "channel: no title"),
        ("<title>Jarshy: the day's news</title>", "<title>&lt;b&gt;J&lt;/b&gt;</title>", "looks like HTML"),
        ("<link>https://digest.example/</link>", "", "channel: no link"),
        (
            "<link>https://digest.example/</link>",
            "<link>https://digest.example/</link><link>https://e.kz</link>",
            "2 elements link",
        ),
        ("<link>https://digest.example/</link>", "<link>/</link>", "absolute"),
        (
            "<link>https://digest.example/</link>",
            "<link>https://digest.example/digest.xml</link>",
            "own address",
        ),
        ('rel="self"', 'rel="via"', "0 atom:link"),
        ('href="https://digest.example/digest.xml"', 'href="digest.xml"', "atom:link"),
        ("<ttl>60</ttl>", "<ttl>1.5</ttl>", "ttl"),
        ("<ttl>60</ttl>", "<ttl>60</ttl><language>Kazakh language</language>", "language"),
        ("08:30:00 +0000</lastBuildDate>", "08:30:00</lastBuildDate>", "RFC 822"),
        (
            "25 Nov 2026 08:30:00 +0000</lastBuildDate>",
            "25 Nov 2025 08:30:00 +0000</lastBuildDate>",
            "before",
        ),
        ("<pubDate>Wed, 25 Nov 2026 05:03", "<pubDate>Wed, 25 Nov 26 05:03", "four-digit"),
        ("<pubDate>Wed, 25 Nov 2026 05:03", "<pubDate>31 Feb 2026 05:03", "four-digit"),
        ("<pubDate>Wed, 25 Nov 2026 05:03", "<pubDate>Wed, 25 Nov 2026 04:03", "newest first"),
        (ITEM_LINK, "<link>/news/3</link>", "absolute"),
        (ITEM_LINK, ITEM_LINK * 2, "2 elements link"),
        ("000000000003</guid>", "000000000004</guid>", "stands 2 times"),
        ('<guid isPermaLink="false">', "<guid>", "permanent link"),
        ('<source url="https://stanok.kz">', '<source url="">', "source wants"),
        (
            ITEM_LINK,
            ITEM_LINK + '<enclosure url="https://e.kz/a.mp3" length="x" type="audio/mpeg"/>',
            "length",
        ),
        (ITEM_LINK, ITEM_LINK + '<enclosure url="a.mp3" length="1" type="audio/mpeg"/>', "enclosure has no"),
        (ITEM_LINK, ITEM_LINK + '<enclosure url="https://e.kz/a" length="1" type="mp3"/>', "enclosure type"),
        ('<media:content url="https://www.akorda.kz/b.png"', '<media:content url="b.png"', "media:content"),
        ("&lt;p&gt;The accord", "&lt;p onclick=x&gt;The accord", "must not carry"),
        ('&lt;a href="https://www.akorda.kz/news/3"', '&lt;a href="/news/3"', "must not carry"),
        ("Relayed by: akorda.kz. The", "&lt;script&gt;x&lt;/script&gt; The", "must not carry"),
        ("<title>Станкостроение", "<title>&lt;b&gt;Станкостроение", "looks like HTML"),
        ("<ttl>", "<skipHours><hour>24</hour></skipHours><ttl>", "skipHours"),
        ("<ttl>", "<skipHours><hour>1</hour><hour>1</hour></skipHours><ttl>", "skipHours"),
        ("<sy:updatePeriod>hourly", "<sy:updatePeriod>often", "updatePeriod"),
        ("<sy:updateFrequency>1", "<sy:updateFrequency>0", "updateFrequency"),
        ("<ttl>", '<atom:link rel="hub" href="hub"/><ttl>', "a relation"),
        ("<ttl>", '<atom:link href="https://hub.example/"/><ttl>', "a relation"),
        ("<ttl>", "<fh:archive/><ttl>", "without a link to the current feed"),
        (
            "<ttl>",
            '<atom:link rel="prev-archive" href="https://digest.example/digest.xml"/><ttl>',
            "its own archive",
        ),
        ("<category>Каспий</category>", "<category/>", "a category without a name"),
        ("  </channel>", "<category>late</category></channel>", "not last"),
    ],
)
def test_a_broken_rule_is_a_problem(old: str, new: str, problem: str) -> None:
    assert old in GOLDEN
    found = problems_of_rss(GOLDEN.replace(old, new, 1).encode())
    assert any(problem in one for one in found), found


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"<html/>", b"<rss version='2.0'/>"])
def test_what_is_no_feed_is_a_problem(data: bytes) -> None:
    assert len(problems_of_rss(data)) == 1

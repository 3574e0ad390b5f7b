from __future__ import annotations

from pathlib import Path

import pytest

from feeds.atom_rules import problems_of_atom, problems_of_entry

GOOD = Path(__file__).with_name("digest.atom").read_text(encoding="utf-8")
ENTRY = GOOD[GOOD.index("  <entry") : GOOD.index("</entry>") + len("</entry>\n")]
SELF = '<link href="https://digest.example/digest.atom" rel="self" type="application/atom+xml"/>'


def test_the_golden_feed_is_valid() -> None:
    assert problems_of_atom(GOOD.encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<title>Jarshy: the day's news</title>", "", "not by the schema"),
        ("<title>Jarshy: the day's news</title>", "<title/>", "feed: no title"),
        ("tag:digest.example,2026:jarshy/digest", "digest", "feed: id is no IRI"),
        (SELF, "", "rel=self"),
        ('type="application/atom+xml"', 'type="text/xml"', "rel=self"),
        ('href="https://digest.example/"', 'href="/"', "no absolute http(s) address"),
        (
            "<updated>2026-11-25T08:30:00+00:00</updated>",
            "<updated>2026-11-25</updated>",
            "not by the schema",
        ),
        (
            "<updated>2026-11-25T08:30:00+00:00</updated>",
            "<updated>2026-11-25T08:30:00</updated>",
            "no RFC 3339 date",
        ),
        (
            "<updated>2026-11-25T08:30:00+00:00</updated>",
            "<updated>2020-11-25T08:30:00+00:00</updated>",
            "updated is before an entry's",
        ),
        ("urn:uuid:00000000-0000-4000-8000-000000000004", "4", "id is no IRI"),
        ('<entry xml:lang="kk">', "<entry>", "no xml:lang"),
        ('<entry xml:lang="kk">', '<entry xml:lang="kk_KZ">', "not by the schema"),
        ('<entry xml:lang="kk">', '<entry xml:lang="kk" lang="kk">', "not by the schema"),
        ("<name>Akorda</name>", "<name> </name>", "an author without a name"),
        ("<generator>Jarshy</generator>", "<generated>Jarshy</generated>", "not by the schema"),
        ('<content type="html">', '<content type="html">&lt;img src="x" onerror="y"&gt;', "must not carry"),
        ('<content type="html">', '<content type="xhtml">', "not by the schema"),
        ("<published>2026-11-25T06:00:00+00:00</published>", "", "no published"),
        ("<published>2026-11-25T06:00:00", "<published>2026-11-25T06:30:00", "updated is before published"),
        ('<link href="https://www.akorda.kz/news/1"/>', "", "0 links to the original"),
        ("  <entry", f"{ENTRY}  <entry", "stands 2 times"),
        ("  <generator>", "  <fh:archive/><generator>", "without a link to the current feed"),
        (SELF, SELF + SELF.replace("self", "prev-archive"), "its own archive"),
        ("<?xml version='1.0' encoding='UTF-8'?>", "<!DOCTYPE feed [<!ENTITY a 'b'>]>", "type declaration"),
        ("</feed>", "", "not well-formed"),
        ("<feed ", "<fee ", "not"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, why: str) -> None:
    assert old in GOOD
    found = problems_of_atom(GOOD.replace(old, new, 1).encode())
    assert any(why in problem for problem in found), found


def test_order_is_newest_first() -> None:
    moved = GOOD.replace(ENTRY, "", 1).replace("</feed>", f"{ENTRY}</feed>")
    assert problems_of_atom(moved.encode()) == ["entries are not newest first"]


def test_an_entry_is_judged_by_itself() -> None:
    plain = ENTRY.replace("dc:", "dc_").replace("media:", "media_")
    assert any("not by the schema" in problem for problem in problems_of_entry(plain.encode()))
    assert problems_of_entry(b"<entry><id>") != []


def test_text_outside_of_atom_is_not_refused() -> None:
    more = GOOD.replace("<generator>", '<x:y xmlns:x="urn:x" a="1">1<x:z/></x:y><generator>', 1)
    assert problems_of_atom(more.encode()) == []

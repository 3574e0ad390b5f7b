"""Pages made to harm: each ends in an answer, read as far as it goes, whatever it holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.jsonl import extract_line, filtered
from spiders.extract.dom import MAX_CHARACTERS
from spiders.extract.encoding import decode
from spiders.extract.page import extract_page
from tests.road import jarshy

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
URL = "https://wire.example.kz/ru/port"
TITLE = "Порт на Каспии открыл второй терминал"
TEXT = [
    "Порт на Каспии открыл второй зерновой терминал, сообщили в управлении порта во вторник.",
    "Он сможет хранить шестьдесят тысяч тонн и грузить судно меньше чем за сутки.",
    "Третий терминал начнут строить после уборки урожая следующего года.",
]
PAGE = f"<html><body><div><h1>{TITLE}</h1><p>{'</p><p>'.join(TEXT)}</p>"

AFTER = {
    "attributes twice": "<div " + "class=a " * 100_000 + ">x</div>",
    "bare attributes": "<div " + " ".join(f"a{n}" for n in range(100_000)) + ">x</div>",
    "a class without end": "<div class='" + "a-b " * 300_000 + "'>x</div>",
    "a style without end": "<div style='" + "display: " * 100_000 + "'>x</div>",
    "classes": "".join(f"<div class='{f'a{n} ' * 50}'>x</div>" for n in range(4_000)),
    "breaks": "<br>" * 50_000,
    "a comment without end": "<!--" * 300_000,
    "a comment of dashes": "<!--" + "-" * 500_000,
    "tables in tables": "<table><tr><td>" * 20_000,
    "a srcset": "<img src=a.jpg srcset='" + "a.jpg 1w, " * 100_000 + "'>",
    "a srcset of commas": "<img src=a.jpg srcset='" + "," * 500_000 + "'>",
    "dates in a row": "<div>" + "12.12.2025 10:00 " * 20_000 + "</div>",
    "dates": "<span>12.12.2025</span>" * 8_000,
    "a date of digits": "<span>" + "1" * 500_000 + "</span><span>" + "2025-" * 50_000 + "</span>",
    "a date of blanks": "<span>12" + " " * 500_000 + "декабря 2025</span>",
    "labels of authors": "<div class=author>" + "Автор: " * 50_000 + "</div>",
    "lonely labels of authors": "<span>Автор</span>" * 8_000,
    "bylines": "<span>By Anna Lee and Omar Khan | 12.12.2025 | Staff writer</span>" * 6_000,
    "addresses of authors": "<div class=author>" + "a@" * 100_000 + "</div>",
    "names of authors": "<div class=author>By " + "Anna Lee and " * 50_000 + "</div>",
    "JSON-LD in JSON-LD": '<script type="application/ld+json">' + '{"a":' * 50_000 + "1" + "}" * 50_000,
    "scripts of JSON-LD": '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 8_000,
    "JSON-LD of escapes": '<script type="application/ld+json">{"a":"' + "\\x" * 300_000 + '"}</script>',
    "JSON-LD of commas": '<script type="application/ld+json">[' + "," * 300_000 + "]</script>",
    "microdata": "<span itemscope itemprop='author name headline datePublished image'>" * 8_000,
    "paths": "".join(f"<p><a href='{'/../' * 3_000}'>x</a></p>" for _ in range(50)),
    "bases": "<base href='http://[" + "x" * 100_000 + "'><a href='//['>x</a>",
    "combining marks": "<p>a" + "\u0301" * 300_000 + "</p>",
    "blanks that are none": "<p>" + "\u00a0\u200b" * 300_000 + "</p>",
    "text that turns round": "\u202e" * 300_000,
    "declarations": "<?xml" * 100_000,
    "cdata": "<![CDATA[" * 50_000,
    "options": "<select>" + "<option>x" * 20_000,
    "players": "<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>" * 4_000,
    "quotes in quotes": "<blockquote>" * 5_000,
}
ALONE = {
    "a megabyte on a line": "слово " * 180_000,
    "a megabyte of one word": "а" * 500_000,
    "lines of text": "Строка текста о порте.<br>" * 20_000,
    "paragraphs": "<p>Короткий абзац о порте.</p>" * 20_000,
    "long paragraphs": f"<p>{' '.join(TEXT)}</p>" * 8_000,
    "headlines": "".join(f"<h1>Заголовок номер {n} о порте</h1>" for n in range(8_000)),
    "titles": "<title>" + " | Порт открыл" * 50_000 + "</title>" + PAGE,
    "titles in the head": "".join(f"<meta property='og:title' content='Порт {n}'>" for n in range(20_000))
    + PAGE,
    "doctypes": "<!DOCTYPE" * 100_000 + PAGE,
    "entities of entities": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{("&a%s;" % (n - 1 if n else "")) * 10}">' for n in range(10))
    + "]><p>&a9;</p>",
    "a wide table": "<table>" + ("<tr>" + "<td>1</td>" * 50 + "</tr>") * 800 + "</table>",
    "a state": "<script>" + "a={" * 100_000 + "</script>",
    "longer than is read": "<p>а</p>" * (MAX_CHARACTERS // 8 + 1_000),
}


@pytest.mark.parametrize("name", AFTER)
def test_what_follows_an_article_takes_nothing_of_it(name: str) -> None:
    article = extract_page(PAGE + AFTER[name], url=URL, now=NOW).article
    assert article.headline == TITLE
    assert list(article.paragraphs[:3]) == TEXT


@pytest.mark.parametrize("name", ALONE)
def test_page_that_is_no_article_ends_all_the_same(name: str) -> None:
    found = extract_page(ALONE[name], url=URL, now=NOW)
    assert len(found.article.body) <= 2 * MAX_CHARACTERS


def test_the_program_answers_a_line_for_each_of_them() -> None:
    pages = {**{name: PAGE + AFTER[name] for name in list(AFTER)[::6]}, "nul": "\x00".join(PAGE), "none": ""}
    lines = [json.dumps({"id": name, "url": URL, "html": html}) for name, html in pages.items()]
    done = jarshy("extract", "--jsonl", stdin="\n".join([*lines, '{"id": "bad"', ""]).encode(), code=1)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [*pages, None]
    assert [answer["id"] for answer in answers if "error" in answer] == [None]


def test_file_that_has_no_end_or_too_much_is_an_error(tmp_path: Path) -> None:
    large = tmp_path / "large.html"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    for path in ("/dev/zero", str(large), str(tmp_path)):
        line = json.dumps({"id": 1, "url": URL, "path": path}).encode()
        ((answer, well),) = filtered([line], lambda line: extract_line(line, {}))
        assert not well
        assert "error" in json.loads(answer)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=3_000), st.sampled_from([None, "utf-8", "windows-1251", "no-such", "utf-16"]))
def test_no_bytes_make_decoding_and_extraction_raise(body: bytes, declared: str | None) -> None:
    for page in (body, PAGE.encode()[:700] + body, PAGE.encode("cp1251", "replace") + body):
        extract_page(decode(page, declared=declared).text, url=URL, now=NOW)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=80), st.text(max_size=80))
def test_no_text_in_any_place_makes_extraction_raise(title: str, date: str, author: str, href: str) -> None:
    linked = {"@type": "NewsArticle", "headline": title, "author": author, "datePublished": date, "url": href}
    html = (
        f"<title>{title}</title><meta property='og:title' content='{title}'><h1>{title}</h1>"
        f"<div class='date'>{date}</div><div class='author'>{author}</div>"
        f"<a href='{href}' class='category'>{author}</a><img src='{href}' srcset='{href} 2x'>"
        f"<p>{TEXT[0]}</p><p>{date}</p><p>{author}</p>"
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    )
    found = extract_page(html, url=href, now=NOW)
    assert found.article.url == href

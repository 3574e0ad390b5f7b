"""Articles that stand in the state of a page's program alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from spiders.extract.dom import parse
from spiders.extract.page import extract_page
from spiders.extract.state import State, read_state

TITLE = "Порт открыл терминал"
FIRST = "Порт на Каспии открыл второй зерновой терминал, сообщили в управлении порта во вторник утром."
SECOND = "Он сможет хранить шестьдесят тысяч тонн зерна и грузить одно судно меньше чем за сутки."
OTHERS = [{"title": "Другая новость", "text": f"{SECOND} {SECOND}"}]
HTML = {
    "title": TITLE,
    "publishedAt": "2026-05-04T11:15:00+05:00",
    "author": {"name": "Анна Ли"},
    "content": f"<p>{FIRST}</p><h2>Что дальше</h2><p>{SECOND}</p>",
    "related": OTHERS * 5,
}
BLOCKS = {"headline": TITLE, "blocks": [{"type": "p", "data": {"text": text}} for text in (FIRST, SECOND)]}


def read(script: str) -> State:
    root, _ = parse(f"<html><body>{script}</body></html>")
    return read_state(root, TITLE)


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{}</script>',
        "<script>window.__INITIAL_STATE__ = {};(function(){{}})()</script>",
        "<script>var a = {{b: 1}}; window['x'] = {};</script>",
    ],
)
def test_object_with_the_headline_is_the_article(script: str) -> None:
    page = json.dumps({"props": {"news": OTHERS, "article": HTML}}, ensure_ascii=False)
    found = read(script.replace("{{", "{").replace("}}", "}").replace("{}", page, 1))
    assert found == State((str(HTML["content"]),), "Анна Ли", "2026-05-04T11:15:00+05:00")


def test_state_in_a_string_is_decoded_twice() -> None:
    inner = json.dumps(json.dumps(BLOCKS, ensure_ascii=False))
    assert read(f"<script>window.s = JSON.parse({inner})</script>").body == (FIRST, SECOND)


def test_page_without_a_text_is_read_from_its_state() -> None:
    script = f'<script type="application/json">{json.dumps({"a": HTML}, ensure_ascii=False)}</script>'
    html = f"<html><head><title>{TITLE}</title></head><body><div id='app'></div>{script}</body></html>"
    article = extract_page(html, url="https://a.example.kz/x", now=datetime(2026, 11, 25, tzinfo=UTC)).article
    assert article.paragraphs == (FIRST, "Что дальше", SECOND)
    assert article.author == "Анна Ли"
    assert article.published is not None
    assert article.published.at == datetime(2026, 5, 4, 6, 15, tzinfo=UTC)
    assert {article.means[field] for field in ("body", "author", "published")} == {"state"}


@pytest.mark.parametrize(
    "script",
    [
        "<script>" + "a={" * 50_000 + "</script>",
        "<script>x = " + '{"a":' * 10_000 + "1" + "}" * 10_000 + "</script>",
        '<script type="application/json">{"title": "Порт открыл терминал", "text": "коротко"}</script>',
        f'<script type="application/json">{{"title": "Иное", "text": "{FIRST} {SECOND}"}}</script>',
        "<script></script>",
    ],
)
def test_what_is_no_article_gives_nothing(script: str) -> None:
    assert read(script) == State()

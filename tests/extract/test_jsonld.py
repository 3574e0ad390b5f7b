"""JSON-LD as pages really have it: graphs, references, broken scripts."""

from __future__ import annotations

import json

import pytest

from spiders.extract.dom import parse
from spiders.extract.jsonld import Linked, read_jsonld

URL = "https://wire.example.kz/ru/port-1"


def linked(*scripts: str) -> Linked:
    html = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return read_jsonld(parse(f"<html><body>{html}<p>x</p></body></html>")[0], url=URL)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Порт",}',
        '<!-- {"@type":"NewsArticle","headline":"Порт"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Порт"}\n//]]>',
        '{"@type":"WebPage"}{"@type":"NewsArticle","headline":"Порт"}',
        '{"@type":"NewsArticle","headline":"Порт","description":"it\\\'s"}',
        '{"@type":"NewsArticle","headline":"Порт","description":"two\nlines"}',
        '[[{"@graph":[{"@type":["Thing","NewsArticle"],"headline":"Порт"}]}]]',
        '\ufeff{"@type":"https://schema.org/NewsArticle","headline":"Порт"};',
    ],
)
def test_script_is_read_or_simply_repaired(script: str) -> None:
    found = linked(script)
    assert found.headline == "Порт"
    assert found.faults == ()


@pytest.mark.parametrize("script", ['{"@type":"NewsArticle", "headline": Порт}', "[" * 10_000 + "]" * 10_000])
def test_script_that_cannot_be_read_is_named_and_the_next_is_read(script: str) -> None:
    found = linked(script, '{"@type":"NewsArticle","headline":"Порт"}')
    assert found.headline == "Порт"
    assert len(found.faults) == 1


def test_article_that_names_the_page_is_taken_before_others() -> None:
    other = {"@type": "NewsArticle", "headline": "Другое", "url": "https://wire.example.kz/ru/port-2"}
    own = {"@type": "NewsArticle", "headline": "Порт", "url": "https://www.wire.example.kz/ru/port-1?x=1"}
    assert linked(json.dumps([other, own])).headline == "Порт"


def test_articles_of_lists_and_comments_are_not_the_page() -> None:
    found = linked(
        json.dumps(
            {
                "@type": "ItemList",
                "itemListElement": [
                    {"@type": "NewsArticle", "headline": "Другое", "datePublished": "2020-01-01"}
                ],
            }
        )
    )
    assert found == Linked()


def test_references_and_entities_are_resolved() -> None:
    found = linked(
        json.dumps(
            {
                "@graph": [
                    {"@type": "Person", "@id": "#a", "name": "Алия &amp;amp; Ко"},
                    {
                        "@type": "Article",
                        "headline": "&laquo;Порт&raquo; <b>открыт</b>",
                        "author": [{"@id": "#a"}, "Тимур Асан"],
                        "articleBody": "<p>Один.</p><p>Два&nbsp;слова.</p>",
                        "image": [
                            "https://x.example/a.jpg",
                            {"@type": "ImageObject", "url": "/b.jpg", "creditText": "AP"},
                        ],
                    },
                ]
            }
        )
    )
    assert found.headline == "«Порт» открыт"
    assert found.authors == ("Алия & Ко", "Тимур Асан")
    assert found.body == ("Один.", "Два слова.")
    assert [(picture.url, picture.credit) for picture in found.images] == [
        ("https://x.example/a.jpg", None),
        ("/b.jpg", "AP"),
    ]


@pytest.mark.parametrize(
    "value", ["null", "3", '"text"', "[]", "{}", '{"@type":7,"headline":[{}],"author":{"@id":3}}']
)
def test_json_of_other_shapes_says_nothing(value: str) -> None:
    assert linked(value) == Linked()

"""Pictures of pages that nobody prepared: whose they are, where they really lie, who made them."""

from __future__ import annotations

import pytest

from pipelines.jsonl import extract_line

TEXT = (
    "<p>Жители двух дворов за месяц посадили аллею из сорока лип, рассказали в городской управе.</p>"
    "<p>Саженцы выдал питомник, воду подвозила пожарная часть, а лунки копали всем домом.</p>"
    "<p>Осенью аллею продолжат до школы: место уже размечено, деньги собраны.</p>"
)


def read(inner: str) -> dict[str, object]:
    html = (
        f"<html><head><title>Аллея из сорока лип</title></head><body><article>{inner}</article></body></html>"
    )
    return extract_line({"url": "https://dvor.example/a/1", "html": html}, {})


def pictures(inner: str) -> list[dict[str, object]]:
    found = read(inner)["images"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("src", "url"),
    [
        ("/_next/image?url=%2Fphotos%2Flipy.jpg&amp;w=640&amp;q=75", "https://dvor.example/photos/lipy.jpg"),
        ("/resize?src=https%3A%2F%2Fcdn.example%2Flipy.webp&amp;w=9", "https://cdn.example/lipy.webp"),
        ("/lipy.jpg?url=https%3A%2F%2Fother.example%2Fa.jpg", "https://dvor.example/lipy.jpg"),
        ("/go?url=javascript:alert(1).jpg", "https://dvor.example/go"),
    ],
)
def test_picture_behind_a_resizer_is_known_by_its_own_address(src: str, url: str) -> None:
    found = pictures(f'<h1>Аллея из сорока лип</h1><figure><img src="{src}"></figure>{TEXT}')
    assert [str(image["url"]).split("?")[0] for image in found] == [url]


def test_the_face_of_the_author_is_no_picture_of_the_article() -> None:
    byline = '<div class="post__author-pic"><img src="/u/12.jpg"></div><a href="/authors/12">Лия Ким</a>'
    found = pictures(
        f'<h1>Аллея из сорока лип</h1><div class="post__author">{byline}</div>'
        f'<div class="pic"><img src="/lipy.jpg"></div>{TEXT}'
    )
    assert [image["url"] for image in found] == ["https://dvor.example/lipy.jpg"]


def test_credit_that_ends_the_text_is_that_of_the_picture_over_it() -> None:
    found = read(f'<h1>Аллея из сорока лип</h1><div><img src="/lipy.jpg"></div>{TEXT}<p>Фото: Лия Ким</p>')
    images = found["images"]
    assert isinstance(images, list)
    assert [image["credit"] for image in images] == ["Лия Ким"]
    assert "Лия" not in str(found["body"])


def test_description_just_under_a_picture_is_its_caption() -> None:
    inner = (
        '<div class="t107"><img src="/lipy.jpg"><div class="t107__descr">Липы в мае, вид от школы</div></div>'
    )
    found = read(f"<h1>Аллея из сорока лип</h1><div>{TEXT}{inner}{TEXT.replace('сорока', 'сотни')}</div>")
    images = found["images"]
    assert isinstance(images, list)
    assert [image["caption"] for image in images] == ["Липы в мае, вид от школы"]
    assert "вид от школы" not in str(found["body"])

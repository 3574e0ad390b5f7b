"""The reader of an article's subtree: kinds of blocks, line breaks, embedded posts, pictures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from lxml.html import tostring as to_html

from items import Block, Image
from spiders.extract.body import Picture, Text, read_pieces
from spiders.extract.dom import parse, text_of
from spiders.extract.images import largest

BASE = "https://wire.example.kz/ru/port"


def blocks(html: str) -> list[Block]:
    pieces = read_pieces(fragment_fromstring(f"<div>{html}</div>"), base=BASE)
    return [piece.block for piece in pieces if isinstance(piece, Text)]


def pictures(html: str) -> list[Image]:
    pieces = read_pieces(fragment_fromstring(f"<div>{html}</div>"), base=BASE)
    return [piece.image for piece in pieces if isinstance(piece, Picture)]


def texts(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(html)]


LONG = "Бұл сөйлем жеткілікті ұзын, сондықтан өз жолында тұрған жеке абзац ретінде оқылуға лайық."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Бір<br><br>Екі", [("paragraph", "Бір"), ("paragraph", "Екі")]),
        ("Бір<br>\n&nbsp;<br>Екі", [("paragraph", "Бір"), ("paragraph", "Екі")]),
        ("көше<br>үй", [("paragraph", "көше үй")]),
        (f"{LONG}<br>{LONG}", [("paragraph", LONG), ("paragraph", LONG)]),
        ("– Сұрақ?<br>– Жауап.", [("paragraph", "– Сұрақ?"), ("paragraph", "– Жауап.")]),
        ("<p>а<b>б</b>в</p>г<div>д</div>е", [("paragraph", t) for t in ("абв", "г", "д", "е")]),
        ("<ol><li>а<ul><li>б</li></ul>в</li></ol>", [("item", "а"), ("item", "б"), ("item", "в")]),
        ("<blockquote><p>а</p><h4>б</h4></blockquote>", [("quote", "а"), ("subhead", "б")]),
        ("<pre>а\n  б</pre>", [("preformatted", "а\n  б")]),
        ("<table><tr><td><p>а</p><p>б</p></td></tr></table>", [("paragraph", "а"), ("paragraph", "б")]),
        ("<table><tr><th>а</th><td>б<br>в</td></tr></table>", [("row", "а | б в")]),
        ("<table><tr><th><p>а</p>б</th><td>в</td></tr></table>", [("row", "а б | в")]),
        ("<pre>а<br>  б</pre>", [("preformatted", "а\n  б")]),
        ("а<h2>б</h2>в", [("paragraph", "а"), ("subhead", "б"), ("paragraph", "в")]),
        ("а<blockquote>б</blockquote>в", [("paragraph", "а"), ("quote", "б"), ("paragraph", "в")]),
        ("<p>а<ruby>б<rt>x</rt></ruby>в</p>", [("paragraph", "абв")]),
        ("<p>а<script>x</script><style>y</style></p><form>z</form>", [("paragraph", "а")]),
    ],
)
def test_blocks_come_in_reading_order(html: str, expected: list[tuple[str, str]]) -> None:
    assert texts(html) == expected


def test_links_are_absolute_and_stay_with_their_block() -> None:
    first, second = blocks(
        '<a href="/a">бір</a>, <a href="javascript:x()">екі</a><br><br>үш <a href="b#c">төрт</a>'
    )
    assert [(link.url, link.text) for link in first.links] == [("https://wire.example.kz/a", "бір")]
    assert [(link.url, link.text) for link in second.links] == [("https://wire.example.kz/ru/b#c", "төрт")]


def test_link_round_a_block_is_kept() -> None:
    (block,) = blocks('<a href="/a"><h3>Тақырып</h3></a>')
    assert [(link.url, link.text) for link in block.links] == [("https://wire.example.kz/a", "Тақырып")]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<iframe data-src="//www.youtube.com/embed/aBcDeFgHiJk"></iframe>', "https://www.youtube.com/watch?v=aBcDeFgHiJk"),
        ('<script data-telegram-post="akorda/123"></script>', "https://t.me/akorda/123"),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/AbC1_x/?utm=1">View</blockquote>',
            "https://www.instagram.com/p/AbC1_x/",
        ),
        ('<iframe src="https://t.me/akorda/7?embed=1"></iframe>', "https://t.me/akorda/7"),
    ],
)  # fmt: skip
def test_embedded_post_becomes_a_paragraph_with_its_link(html: str, url: str) -> None:
    (block,) = blocks(html)
    assert (block.kind, block.text, [link.url for link in block.links]) == ("paragraph", url, [url])


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://ads.example.net/x"></iframe>',
        '<iframe src="javascript:x()"></iframe>',
        '<script data-telegram-post="../../x"></script>',
        '<blockquote class="twitter-tweet"><a href="https://evil.example/status/1"></a></blockquote>',
    ],
)
def test_frames_of_others_are_no_posts(html: str) -> None:
    assert blocks(html) == []


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<img src="/a.jpg">', "https://wire.example.kz/a.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/a.jpg">', "https://wire.example.kz/a.jpg"),
        ('<img src="/blank.gif" srcset="/s.jpg 300w, /l.jpg 900w">', "https://wire.example.kz/l.jpg"),
        ('<picture><source srcset="/a.webp"><img src="/a.jpg"></picture>', "https://wire.example.kz/a.jpg"),
    ],
)
def test_best_address_of_an_image_is_taken(html: str, url: str) -> None:
    assert [image.url for image in pictures(html)] == [url]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/p.gif" width="1" height="1">',
        '<img src="/img/logo.png">',
        '<img class="avatar" src="/u.jpg">',
        '<img src="https://mc.yandex.ru/watch/1">',
        '<img src="data:image/png;base64,R0">',
        "<img>",
    ],
)
def test_pictures_that_show_nothing_are_left_out(html: str) -> None:
    assert pictures(html) == []


def test_figure_gives_caption_and_credit_apart() -> None:
    caption = '<figcaption>Порт вечером<span class="credit">Анна Ли</span></figcaption>'
    (image,) = pictures(f'<figure><img src="/a.jpg" alt="Порт">{caption}</figure>')
    assert (image.alt, image.caption, image.credit) == ("Порт", "Порт вечером", "Анна Ли")


def test_largest_candidate_of_a_set() -> None:
    assert largest("a.jpg 1x, b.jpg 2.5x") == "b.jpg"
    assert largest("https://x/a,b.jpg 300w, https://x/c.jpg 200w") == "https://x/a,b.jpg"
    assert largest("") == ""


def test_reading_leaves_the_tree_as_it_is() -> None:
    element = fragment_fromstring("<div><p>а<br>б</p><img src='/a.jpg'></div>")
    before = to_html(element)
    read_pieces(element, base=BASE)
    assert to_html(element) == before


TREES = st.recursive(
    st.sampled_from(["бір ", "екі", " үш\n", "<br>", "<b>төрт</b>", "a & b", "\u00a0"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(
            ["div", "p", "span", "em", "a", "ul", "li", "h2", "blockquote", "section", "x-part", "td"]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=40,
)


@given(TREES)
def test_every_word_that_is_seen_is_read_once_and_in_order(tree: str) -> None:
    root, _ = parse(f"<html><body><div>{tree}</div></body></html>")
    read = [piece.block.text for piece in read_pieces(root, base=BASE) if isinstance(piece, Text)]
    assert "".join("".join(read).split()) == "".join(text_of(root).split())
    assert all(text == " ".join(text.split()) != "" for text in read)


@pytest.mark.parametrize("levels", [200, 5_000])
@pytest.mark.parametrize(
    "tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "figure", "a href=/x", "x-part"]
)
def test_depth_costs_no_words(tag: str, levels: int) -> None:
    root, _ = parse("<html><body>" + f"<{tag}>сөз " * levels)
    read = " ".join(piece.block.text for piece in read_pieces(root, base=BASE) if isinstance(piece, Text))
    assert len(read.split()) == levels

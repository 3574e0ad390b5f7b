"""The sample outlets' pages hold what `expected.json` says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest

from data.sample import expected
from data.sample.server import SampleServer
from tests.sample.client import get, words_of

EXPECTED: dict[str, Any] = json.loads(expected.PATH.read_text(encoding="utf-8"))
LISTINGS = {
    "www.akorda.kz": ("/kz/events", "/ru/events", "/en/events"),
    "inbusiness.kz": ("/kz/news", "/ru/last"),
}
LINKS = {"www.akorda.kz": "//div[@class='card']//h3/a", "inbusiness.kz": "//div[@class='catitems2']/a"}


def listed(server: SampleServer, host: str, path: str) -> list[str]:
    """Every link of a listing, page after page until an empty one."""
    links: list[str] = []
    for page in range(1, 20):
        tree = get(server, f"https://{host}{path}?page={page}").tree()
        found = [a.get("href", "") for a in tree.xpath(LINKS[host])]
        if not found:
            return links
        links += [link if link.startswith("https:") else f"https://{host}{link}" for link in found]
    pytest.fail(f"{path} does not end")


def body_of(tree: lxml.html.HtmlElement) -> list[str]:
    """The text of the body's blocks, boilerplate left out by its own classes."""
    for extra in tree.xpath("//div[@class='text']/div[@class]"):
        extra.getparent().remove(extra)
    (container,) = tree.xpath("//div[@class='text'] | //main//article")
    blocks = container.xpath("./p | ./h2 | ./ul/li | ./blockquote | .//tr")
    return [" | ".join(map(words_of, b.xpath("./td"))) if b.tag == "tr" else words_of(b) for b in blocks]


def test_expected_json_is_what_the_article_files_say() -> None:
    assert expected.PATH.read_text(encoding="utf-8") == expected.text()


def test_enough_articles_in_every_language() -> None:
    count = {
        (host, lang): sum(
            a["lang"] == lang and urlsplit(a["canonical_url"]).netloc == host for a in EXPECTED["articles"]
        )
        for host in LISTINGS
        for lang in ("kk", "ru", "en")
    }
    assert [count["www.akorda.kz", lang] for lang in ("kk", "ru", "en")] == [8, 8, 8]
    assert count["inbusiness.kz", "kk"] + count["inbusiness.kz", "ru"] >= 24
    assert min(count["inbusiness.kz", "kk"], count["inbusiness.kz", "ru"]) >= 10


def test_most_of_inbusiness_is_relayed() -> None:
    origins = [
        a["chain"][-1]["name"] for a in EXPECTED["articles"] if "//inbusiness.kz/" in a["canonical_url"]
    ]
    assert sum(name != "inbusiness.kz" for name in origins) >= 14


def test_no_two_articles_share_a_paragraph() -> None:
    seen: dict[str, str] = {}
    for article in expected.every():
        for kind, text in article.blocks:
            if kind == "paragraph":
                assert seen.setdefault(text, article.url) == article.url


def test_every_chain_ends_in_its_one_origin() -> None:
    for article in EXPECTED["articles"]:
        roles = [link["role"] for link in article["chain"]]
        assert roles.index("origin") == len(roles) - 1, article["url"]


@pytest.mark.parametrize("host", LISTINGS)
def test_every_listed_link_resolves_or_is_the_one_gone(server: SampleServer, host: str) -> None:
    statuses: dict[str, int] = {}
    for path in LISTINGS[host]:
        for url in listed(server, host, path):
            answer = get(server, url)
            if answer.status == 301:
                answer = get(server, answer.headers["location"])
            statuses[url] = answer.status
    gone = [url for url, status in statuses.items() if status != 200]
    assert gone == [url for url in EXPECTED["gone"] if urlsplit(url).netloc == host]
    assert set(statuses.values()) <= {200, 410}


def test_listings_name_exactly_the_known_pages(server: SampleServer, pages: Path) -> None:
    found = {url for host, paths in LISTINGS.items() for path in paths for url in listed(server, host, path)}
    known = {a["url"] for a in expected.expected([pages])["articles"]}
    others = {url for kind in ("broken", "gone", "disallowed", "no_news") for url in EXPECTED[kind]}
    assert found == known | others


def test_every_page_holds_its_facts(server: SampleServer, pages: Path) -> None:
    truth = {a.url: a for a in expected.every([pages])}
    for article in expected.expected([pages])["articles"]:
        page = get(server, article["canonical_url"])
        assert page.headers["content-type"] == f"text/html; charset={article['charset']}"
        tree = page.tree()
        assert tree.get("lang") == article["lang_declared"]
        told = truth[article["canonical_url"]]
        assert [words_of(h) for h in tree.xpath("//h1 | //main/h2")] == [told.served(article["headline"])]
        blocks = body_of(tree)
        assert len(blocks) == article["paragraphs"], article["url"]
        assert blocks == [" ".join(told.served(text).split()) for _, text in told.blocks]
        page_text = words_of(tree)
        for link in article["chain"]:
            if link["name"] != urlsplit(article["url"]).netloc.removeprefix("www."):
                assert told.served(link["name"]) in page_text, article["url"]
        if article["image"]:
            assert get(server, article["image"]).status == 200
        for other in article["translations"]:
            assert get(server, other["url"]).status == 200
            assert tree.xpath("//header//a[@href=$path]", path=urlsplit(other["url"]).path)


def test_views_stand_bare_after_the_date(server: SampleServer, pages: Path) -> None:
    for article in expected.expected([pages])["articles"]:
        if article["views"] is not None:
            tree = get(server, article["canonical_url"]).tree()
            (time,) = tree.xpath("//div[@class='newsinfo' or @class='extra']/time")
            assert time.tail.strip() == str(article["views"])


def test_translations_bear_different_numbers() -> None:
    for article in EXPECTED["articles"]:
        urls = [article["canonical_url"], *(other["url"] for other in article["translations"])]
        assert len({url.rsplit("-", 1)[1] for url in urls}) == len(urls)


def test_akorda_page_stacks_two_headers(server: SampleServer) -> None:
    article = EXPECTED["articles"][0]
    tree = get(server, article["url"]).tree()
    assert len(tree.xpath("//header")) == 2
    assert [words_of(d) for d in tree.xpath("//h2/following-sibling::div")] == ["2024 жылғы 13 қараша"]


def test_the_windows_1251_page_is_really_that(server: SampleServer) -> None:
    (article,) = [a for a in EXPECTED["articles"] if a["charset"] == "windows-1251"]
    page = get(server, article["url"])
    assert page.headers["content-type"] == "text/html; charset=windows-1251"
    assert b'<meta charset="windows-1251">' in page.body
    assert article["headline"] in page.body.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("utf-8")


def test_the_broken_page_has_headline_and_no_text(server: SampleServer) -> None:
    (url,) = EXPECTED["broken"]
    tree = get(server, url).tree()
    assert words_of(tree.xpath("//h1")[0])
    assert not tree.xpath("//div[@class='text'] | //p[string-length(.) > 60]")


def test_relative_dates_stay_words_and_bear_no_machine_date(server: SampleServer) -> None:
    tree = get(server, "https://inbusiness.kz/ru/last").tree()
    times = {words_of(t): t.get("datetime") for t in tree.xpath("//div[@class='catitems2']/a/time")}
    assert times["Сегодня"] is None
    assert times["Вчера, 18:40"] is None
    assert times["18 Август 2026 10:40"] == "2026-08-18T10:40:00+05:00"


def test_the_acceptance_page_is_served_as_its_outlet_serves_it(server: SampleServer, pages: Path) -> None:
    (article,) = [a for a in expected.expected([pages])["articles"] if a["views"] == 693]
    page = get(server, article["url"])
    text = words_of(page.tree())
    assert "\u0421OP29" in text
    assert f"{article['headline']} Фото: akorda.kz" in text
    assert "БІЗДІҢ ТЕЛЕГРАМ АРНАМЫЗҒА ҚОСЫЛЫҢЫЗ" in text
    assert article["paragraphs"] == 7
    assert article["speakers"] == ["Президент", "Мемлекет басшысы"]


def test_every_speaker_is_in_the_text() -> None:
    for article in expected.every():
        text = " ".join(text for _, text in article.blocks).casefold()
        for speaker in article.speakers:
            assert speaker.casefold() in text, article.url


def test_canonical_links_come_with_www_and_tracking(server: SampleServer) -> None:
    links = []
    for article in EXPECTED["articles"]:
        links += get(server, article["canonical_url"]).tree().xpath("//link[@rel='canonical']/@href")
    assert any("//www.inbusiness.kz/" in link and "utm_source=" in link for link in links)
    assert any(link.startswith("http://") and link.endswith("/") for link in links)


def test_amp_copies_and_json_ld(server: SampleServer) -> None:
    trees = [get(server, article["canonical_url"]).tree() for article in EXPECTED["articles"]]
    copies = [href for tree in trees for href in tree.xpath("//link[@rel='amphtml']/@href")]
    assert copies
    assert {get(server, copy).status for copy in copies} == {200}
    blocks = [text for tree in trees for text in tree.xpath("//script[@type='application/ld+json']/text()")]
    assert [json.loads(block)["datePublished"] for block in blocks] == ["2026-07-11T22:15:00+05:00"]

"""Sites that are not as the document's: no feed, no sitemap, no answer; and what may not be written over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.newcomer.checkout import copy_checkout, run
from tests.newcomer.site import HOST, POSTS, Answers, page, served

RU = [post for post in POSTS if post.lang == "ru" and post.paragraphs]
PAGES: Answers = {post.path: ("text/html", page(post).replace("rel=alternate", "rel=other")) for post in RU}
LINKS = "".join(f"<a href={post.path}>{post.title}</a>" for post in RU)
FRONT: Answers = {"/": ("text/html", f"<html lang=ru><a href=/about>О нас</a>{LINKS}")}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


def at(host: str, answers: Answers) -> Answers:
    """Give the answers of the same site under another name."""
    return {path: (kind, text.replace(HOST, host)) for path, (kind, text) in answers.items()}


def urls(host: str) -> list[str]:
    return [f"https://{host}{post.path}" for post in RU]


def declared(checkout: Path, name: str) -> str:
    return (checkout / "spiders" / f"{name}.py").read_text(encoding="utf-8")


def fixture(checkout: Path, *where: str) -> Any:
    return json.loads((checkout / "tests" / "outlets").joinpath(*where).read_text(encoding="utf-8"))


def test_a_site_without_feeds_is_listed_by_the_sitemap_that_robots_txt_names(checkout: Path) -> None:
    entries = "".join(
        f"<url><loc>https://{HOST}{post.path}</loc><lastmod>{post.at}</lastmod></url>"
        for post in reversed(RU)
    )
    index = f"<sitemapindex><sitemap><loc>https://{HOST}/posts.xml</loc></sitemap></sitemapindex>"
    answers: Answers = {
        **PAGES,
        **FRONT,
        "/robots.txt": ("text/plain", f"Sitemap: https://{HOST}/index.xml"),
        "/index.xml": ("application/xml", index),
        "/posts.xml": ("application/xml", f"<urlset>{entries}</urlset>"),
    }
    with served(at("mapped.example", answers)) as site:
        done = run(checkout, "jarshy", "outlets", "new", "mapped.example", port=site.port)
    assert done.returncode == 0, done.stderr
    text = declared(checkout, "mapped")
    assert 'SitemapListing(\n            url="https://mapped.example/index.xml"' in text
    assert "# A sitemap, named by robots.txt; it listed 3 articles of the site." in text
    listed = fixture(checkout, "mapped", "listing", "expected.json")
    assert [each["url"] for each in listed] == urls("mapped.example")


def test_a_site_with_neither_is_listed_by_its_front_page_s_links(checkout: Path) -> None:
    with served(at("linked.example", {**PAGES, **FRONT})) as site:
        done = run(checkout, "jarshy", "outlets", "new", "https://linked.example/", port=site.port)
    assert done.returncode == 0, done.stderr
    assert "# The links of a page, named by its own links; it listed 3 articles" in declared(
        checkout, "linked"
    )
    listed = fixture(checkout, "linked", "listing", "expected.json")
    assert [each["url"] for each in listed] == urls("linked.example")


def test_a_saved_page_is_read_and_nothing_is_asked_for(checkout: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text(page(RU[0]).replace(HOST, "saved.example"), encoding="utf-8")
    with served({}) as site:
        url = urls("saved.example")[0]
        done = run(checkout, "jarshy", "outlets", "new", url, "--page", str(saved), port=site.port)
    assert done.returncode == 0, done.stderr
    assert site.asked == []
    text = declared(checkout, "saved")
    assert 'confidence = "link"' in text
    assert "named by the page; not asked yet" in text
    assert fixture(checkout, "saved", "ru-1", "expected.json")["headline"] == RU[0].title
    assert "record what is wanting: a second page, an awkward one, a listing" in done.stdout


def test_a_site_that_does_not_answer_leaves_nothing_behind(checkout: Path) -> None:
    before = sorted(checkout.rglob("*"))
    with served({}) as site:
        done = run(checkout, "jarshy", "outlets", "new", "https://nowhere.example/", port=site.port)
    assert done.returncode == 1
    assert "https://nowhere.example/: status 404" in done.stderr
    assert [path for path in sorted(checkout.rglob("*")) if "__pycache__" not in path.parts] == [
        path for path in before if "__pycache__" not in path.parts
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("https://kaz.nur.kz/",), "it is the outlet nur"),
        (("mailto:a@b",), "is no address"),
        (("https://new.example", "--name", "akorda", "--page", "README.md"), "is taken"),
        (("https://new.example", "--name", "not-a-name", "--page", "README.md"), "no name of a module"),
        (("https://new.example", "--name", "there", "--page", "README.md"), "is there already"),
        (("https://new.example", "--name", "fresh", "--page", "nothing.html"), "No such file"),
    ],
)
def test_what_is_refused_and_why(checkout: Path, arguments: tuple[str, ...], told: str) -> None:
    (checkout / "tests" / "outlets" / "there").mkdir(exist_ok=True)
    done = run(checkout, "jarshy", "outlets", "new", *arguments)
    assert done.returncode in (1, 2, 3)
    assert told in done.stderr
    assert not (checkout / "spiders" / "fresh.py").exists()


def test_check_exits_with_1_where_a_required_field_is_missing_on_most_pages(checkout: Path) -> None:
    bare = {path: (kind, text.replace("2026-11-", "")) for path, (kind, text) in PAGES.items()}
    undated: Answers = {
        path.replace("/2026/11/", "/a/"): (kind, text.replace("/2026/11/", "/a/"))
        for path, (kind, text) in bare.items()
    }
    front: Answers = {"/": ("text/html", FRONT["/"][1].replace("/2026/11/", "/a/"))}
    with served(at("undated.example", {**undated, **front})) as site:
        run(checkout, "jarshy", "outlets", "new", "https://undated.example", port=site.port)
        done = run(checkout, "jarshy", "outlets", "check", "undated", port=site.port)
    assert done.returncode == 1
    assert 'event=field name=published found="0 of 3"' in done.stdout
    assert 'event=field name=headline found="3 of 3" by="json-ld 3"' in done.stdout
    assert "missing on most pages: published" in done.stderr


def test_check_says_when_no_page_could_be_read(checkout: Path) -> None:
    with served({}) as site:
        done = run(checkout, "jarshy", "outlets", "check", "akorda", port=site.port)
        unknown = run(checkout, "jarshy", "outlets", "check", "nobody", port=site.port)
    assert (done.returncode, unknown.returncode) == (1, 2)
    assert "no page of akorda could be read" in done.stderr
    assert "status 404" in done.stderr

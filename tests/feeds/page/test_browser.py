"""The pages in a real Chromium: what they load, who can use them, how they fit, what their script does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from items import Block, Image, Quote, Story
from tests.feeds.conftest import attribution, credit, day_of_news, moment, story_of
from tests.feeds.page.test_site import large
from tests.feeds.page.visits import HOME, visiting, written

WIDTHS = (320, 1280, 3840)
pytestmark = pytest.mark.slow


def news() -> list[Story]:
    """A day with everything that a page can hold."""
    chain = attribution(
        credit("Курсив", "kursiv", "relay"),
        credit("Telegram-канал", "telegram", "via"),
        credit("пресс-служба Министерства цифрового развития", "digital", "origin"),
        also=(credit("Нацбанк", "nationalbank", "origin"),),
        photo="Т. Ким",
    )
    told = Quote(
        speaker="министр", person="Ерлан Сабитов", text="Мы начнём весной", verb="сказал", start=0, end=9
    )
    rich = story_of(
        number=30,
        headline="Сабитов назвал срок: мост начнут весной",
        lead="Проект моста прошёл экспертизу, сообщила пресс-служба.",
        attribution=replace(chain, quotes=(told,)),
        blocks=(
            Block(kind="paragraph", text="Подрядчика выберут зимой."),
            Block(kind="paragraph", text="«Мы начнём весной», – сказал министр."),
        ),
        images=(
            Image(url="https://cdn.inbusiness.kz/m.png", alt="Мост", caption="Макет моста", credit="Т. Ким"),
        ),
        others=tuple(day_of_news()[n].lead for n in range(3)),
        published=moment(datetime(2026, 11, 25, 5, 40, tzinfo=UTC)),
        revision=2,
        revised=datetime(2026, 11, 25, 8, 0, tzinfo=UTC),
    )
    old = story_of(number=31, published=moment(datetime(2026, 11, 20, 5, tzinfo=UTC)))
    return [rich, *day_of_news(), old]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(news(), tmp_path_factory.mktemp("pages"))


AXE = [
    ("index.html", 1280, "dark"),
    ("kk/index.html", 320, "light"),
    ("ru/days/2026-11-25.html", 3840, "light"),
    ("en/days/index.html", 320, "dark"),
    ("editions.html", 320, "dark"),
]


@pytest.mark.parametrize(("name", "width", "scheme"), AXE)
def test_axe_finds_nothing(browser: Any, out: Path, name: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    size = {"width": width, "height": 900}
    with visiting(browser, out, name, viewport=size, color_scheme=scheme) as visit:
        visit.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = Axe().run(visit.page, options={"rules": {"target-size": {"enabled": True}}})
        assert found.violations_count == 0, found.generate_report()
        assert len(found.response["passes"]) > 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_every_screen(browser: Any, out: Path, scheme: str) -> None:
    with visiting(browser, out, "index.html", color_scheme=scheme) as visit:
        for width in WIDTHS:
            fits(visit.page, width)
        red = visit.page.evaluate(
            "parseInt(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/))"
        )
        assert (red > 200) is (scheme == "light")


def fits(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = """width => [...document.querySelectorAll("body *")].filter(each => {
        const box = each.getBoundingClientRect();
        return box.width && box.height && !each.matches(".skip") && (box.left < -1 || box.right > width + 1);
    }).map(each => each.outerHTML.slice(0, 100))"""
    assert page.evaluate(outside, width) == []
    # The first story is on the first screen, and lines are no longer than can be read.
    assert page.locator("article").first.bounding_box()["y"] < 900
    letters = page.evaluate(
        "[...document.querySelectorAll('.text')]"
        ".map(each => each.clientWidth / parseFloat(getComputedStyle(each).fontSize))"
    )
    assert max(letters) <= 48


def test_zoomed_text_and_wide_spacing_lose_nothing(browser: Any, out: Path) -> None:
    # WCAG 2.2, 1.4.4 and 1.4.12: text twice as large; lines, letters and words far apart.
    with visiting(
        browser, out, "ru/index.html", viewport={"width": 640, "height": 900}, bypass_csp=True
    ) as visit:
        visit.page.add_style_tag(
            content="html{font-size:200%!important}"
            "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
        )
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 640
        assert len(visit.shown()) == 5


def test_it_loads_nothing_and_needs_no_script(browser: Any, out: Path) -> None:
    with visiting(browser, out, "ru/index.html", java_script_enabled=False) as visit:
        assert (visit.asked, visit.strange, visit.told) == (["/ru/index.html"], [], [])
        assert len(visit.shown()) == 5
        assert not visit.page.locator("#q").is_visible()
        visit.page.locator("summary").first.click()
        assert visit.page.locator("details li").first.is_visible()
        assert visit.page.locator("time").first.inner_text().endswith("Алматы")
    with visiting(browser, out, "ru/index.html") as visit:
        assert (visit.asked, visit.strange, visit.told) == (["/ru/index.html"], [], [])


def test_a_screen_reader_hears_the_chain(browser: Any, out: Path) -> None:
    with visiting(browser, out, "ru/index.html") as visit:
        story = visit.page.get_by_role("article", name="Сабитов назвал срок")
        drawing = story.get_by_role("img")
        assert "Как дошла новость" in drawing.aria_snapshot()
        assert "Министерства цифрового развития" in drawing.aria_snapshot()
        assert story.evaluate("each => each.lang") == "ru"


def test_times_are_the_readers_and_the_outlets_on_hover(browser: Any, out: Path) -> None:
    with visiting(browser, out, "ru/index.html") as visit:
        time = visit.page.locator("article time[data-own]").first
        assert "06:40" in time.inner_text()
        assert time.get_attribute("title").endswith("10:40, Алматы")
        day = visit.page.locator('time[datetime="2026-11-25"]').first
        assert day.count() == 0 or ":" not in day.inner_text()
    with visiting(browser, out, "kk/index.html", timezone_id="Asia/Almaty") as visit:
        told = visit.page.locator("details time[data-own]").first.text_content()
        assert told.replace("\u202f", " ") == "2026 ж. 25 қараша, 10:03"


def test_pictures_wait_until_they_are_asked_for(browser: Any, out: Path) -> None:
    with visiting(browser, out, "ru/index.html") as visit:
        page = visit.page
        button = page.get_by_role("button", name="Показывать фото")
        assert page.locator("article img").count() == 0
        button.click()
        shot = page.get_by_role("img", name="Макет моста")
        shot.scroll_into_view_if_needed()
        page.wait_for_function("[...document.images].some(each => each.naturalWidth)")
        assert "Т. Ким" in page.locator("figure.shot").first.inner_text()
        assert {urlsplit(request.url).hostname for request in visit.strange} <= {
            "cdn.inbusiness.kz",
            "inbusiness.kz",
            "www.akorda.kz",
        }
        assert all("referer" not in request.headers for request in visit.strange)
        page.goto(HOME + "ru/days/2026-11-25.html")  # the choice is remembered
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator("article img").count() > 0
        button.click()
        assert page.locator("article img").count() == 0
        blocked = page.evaluate(
            """() => new Promise(done => {
                addEventListener("securitypolicyviolation", event => done(event.effectiveDirective));
                const image = new Image();
                image.src = "https://tracker.example.org/x.png";
                document.body.append(image);
                setTimeout(() => done("loaded"), 3000);
            })"""
        )
        assert blocked == "img-src"


def test_the_search(browser: Any, out: Path) -> None:
    with visiting(browser, out, "index.html") as visit:
        page = visit.page
        box = page.get_by_role("searchbox", name="Search")
        everything = visit.shown()
        box.fill("СЕГОДНЯ МОСТ")
        assert visit.shown() == []
        box.fill("мост  ВЕСНОЙ")
        assert visit.shown() == ["Сабитов назвал срок: мост начнут весной"]
        assert page.get_by_role("status").inner_text() == "Found: 1"
        box.fill("прошел")  # ё as е
        assert len(visit.shown()) == 1
        box.fill("<script>")
        assert visit.shown() == []
        box.press("Enter")
        assert visit.asked == ["/index.html"]
        box.fill("")
        assert visit.shown() == everything
        assert page.get_by_role("status").inner_text() == ""


@pytest.mark.parametrize("name", ["ru/days/2026-11-25.html", "ru/index.html"])
def test_the_search_finds_what_is_on_other_pages_of_the_day(browser: Any, tmp_path: Path, name: str) -> None:
    written([large(story_of, number) for number in range(1, 61)], tmp_path)
    with visiting(browser, tmp_path, name) as visit:
        page = visit.page
        assert visit.asked == [f"/{name}"]  # the index is fetched when somebody begins to search
        first = visit.shown()[0]
        rows = json.loads((tmp_path / "ru" / "days" / "2026-11-25.json").read_text(encoding="utf-8"))
        there = next(row for row in reversed(rows) if row[1] != "2026-11-25.html")
        box = page.get_by_role("searchbox")
        box.focus()
        box.fill(first[:12])
        assert first in visit.shown()
        box.fill(there[3][:14])
        link = page.locator(f'#elsewhere a[href$="/ru/days/{there[1]}#{there[0]}"]')
        link.wait_for()
        assert link.inner_text() == there[3]
        assert "1" in page.get_by_role("status").inner_text()
        link.click()
        page.wait_for_url(f"**/ru/days/{there[1]}#{there[0]}")
        assert page.locator(f"#{there[0]} h2").inner_text() == there[3]
        assert visit.told == []


def test_the_keyboard_reaches_everything(browser: Any, out: Path) -> None:
    with visiting(browser, out, "en/index.html", viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.inner_text() == "Skip to the stories"
        assert focused.bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        seen: list[str] = []
        for _ in range(40):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.id || document.activeElement.localName"))
            if seen[-1] not in ("body", "q"):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", seen
        assert {"q", "a"} <= set(seen)
    with visiting(browser, out, "kk/index.html") as visit:
        summary = visit.page.locator("summary").first
        summary.focus()
        visit.page.keyboard.press("Enter")
        assert visit.page.locator("details").first.get_attribute("open") is not None

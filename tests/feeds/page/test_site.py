from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from feeds.page.site import PageReport
from items import Image, Stored, Story
from tests.feeds.conftest import AKORDA, HEADLINES, INBUSINESS, attribution, credit, moment
from tests.feeds.page.conftest import Write, parsed

LATER = datetime(2026, 11, 25, 8, tzinfo=UTC)
Make = Callable[..., Story]
KB = 1000


def names(out: Path) -> set[str]:
    return {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}


def pages(out: Path) -> set[str]:
    return {name for name in names(out) if name.endswith(".html")}


def broken(out: Path) -> list[tuple[str, str]]:
    """Give every link of a page to a file or a place in one that is not there."""
    found = []
    for path in out.rglob("*.html"):
        for href in parsed(path).xpath("//*[@href]/@href"):
            if re.match(r"https?:|data:", href):
                continue
            name, anchor = urldefrag(urljoin(path.as_uri(), href))
            target = Path(name.removeprefix("file://"))
            there = target.is_relative_to(out) and target.is_file()
            if not there or (anchor and not parsed(target).xpath(f'//*[@id="{anchor}"]')):
                found.append((str(path), href))
    return found


def test_a_page_an_edition_and_a_day(write: Write, stories: list[Story], tmp_path: Path) -> None:
    report, problems = write(stories)
    assert problems == []
    daily = ["index.html", "days/index.html", "days/2026-11-25.html"]
    assert pages(tmp_path) == {
        *(f"{folder}{name}" for folder in ("", "kk/", "ru/", "en/") for name in daily),
        *(f"outlets/{name}.html" for name in ("akorda", "inbusiness", "stanok")),
        "topics/economy.html",
        "editions.html",
    }
    assert broken(tmp_path) == []
    assert {str(path.relative_to(tmp_path)) for path in report.written} == pages(tmp_path)
    russian = parsed(tmp_path / "ru" / "index.html")
    assert russian.get("lang") == "ru"
    assert {each.get("lang") for each in russian.xpath("//article")} == {"ru"}
    everything = parsed(tmp_path / "index.html")
    assert {each.get("lang") for each in everything.xpath("//article")} == {"kk", "ru", "en"}
    outlet = parsed(tmp_path / "outlets" / "inbusiness.html")
    assert {each.text_content() for each in outlet.xpath('//article//*[@class="outlet"]')} == {
        "inbusiness.kz"
    }


def test_an_edition_leads_to_the_others_and_to_its_feeds(
    write: Write, stories: list[Story], tmp_path: Path
) -> None:
    (tmp_path / "feeds.opml").touch()
    write(stories, opml="feeds.opml")
    day = parsed(tmp_path / "ru" / "days" / "2026-11-25.html")
    assert day.xpath("//header/nav//a/@href") == [
        "../../days/2026-11-25.html",
        "../../en/days/2026-11-25.html",
        "../../kk/days/2026-11-25.html",
        "../../ru/days/2026-11-25.html",
        "../../editions.html",
    ]
    assert day.xpath("//header/nav//a/@aria-current") == ["true"]
    assert day.xpath("//article//a[@class='outlet']/@href")[-1] == "../../outlets/inbusiness.html"
    for name, feed in (("outlets/akorda", "outlets/akorda"), ("ru/index", "digest-ru"), ("index", "digest")):
        links = parsed(tmp_path / f"{name}.html").xpath('//link[@rel="alternate"]')
        top = "../" * name.count("/")
        assert [(link.get("type"), link.get("href")) for link in links] == [
            ("application/rss+xml", f"{top}{feed}.xml"),
            ("application/atom+xml", f"{top}{feed}.atom"),
        ]
    listed = parsed(tmp_path / "editions.html")
    assert listed.xpath('//section[@class="group"]/h2/text()') == [
        "Everything",
        "Languages",
        "Outlets",
        "Topics",
    ]
    assert len(listed.xpath('//section[@class="group"]//li')) == 8
    assert len(listed.xpath('//a[@class="feed"]')) == 16
    assert broken(tmp_path) == []


def test_the_same_stories_touch_nothing(write: Write, stories: list[Story], tmp_path: Path) -> None:
    write(stories)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    report, _ = write(list(reversed(stories)))
    assert report.written == ()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")} == before


def test_without_a_story_the_last_pages_stay(write: Write, stories: list[Story], tmp_path: Path) -> None:
    write(stories)
    before = names(tmp_path)
    assert write([]) == (PageReport(written=(), unchanged=()), [])
    assert names(tmp_path) == before


def large(make_story: Make, number: int, day: int = 25, versions: int = 3) -> Story:
    """A story with everything in it, and as long as they get."""
    images = (
        Image(
            url=f"https://cdn{number % 90}.inbusiness.kz/{number}.jpg",
            caption="Подпись " * 40,
            credit="Т. Ким",
        ),
    )
    told = attribution(
        credit("inbusiness.kz", "inbusiness", "relay"),
        *(credit(f"Издание {n} {'ә' * 30}", f"outlet-{n}", "relay") for n in range(5)),
        credit("Министерство цифрового развития и инноваций", "digital", "origin"),
    )
    others = tuple(
        make_story(AKORDA, 1000 + number * 50 + n, headline="Тақырып " * 30, lang="kk").lead
        for n in range(versions)
    )
    return make_story(
        INBUSINESS,
        number,
        others=others,
        headline=f"Новость {number}: " + "очень длинный заголовок " * 12,
        lead="Начало новости. " * 60,
        attribution=told,
        images=images,
        published=moment(datetime(2026, 11, day, number % 5, number % 60, tzinfo=UTC)),
    )


def test_every_page_is_under_100_kb_and_a_day_goes_on_over_several(
    write: Write, make_story: Make, tmp_path: Path
) -> None:
    stories = [large(make_story, number) for number in range(1, 61)]
    stories += [large(make_story, 100 + number, versions=23) for number in range(3)]
    write(stories)
    pages = sorted(tmp_path.rglob("*.html"))
    assert max(path.stat().st_size for path in pages) < 100 * KB
    day = sorted((tmp_path / "ru" / "days").glob("2026-11-25*.html"))
    assert len(day) > 3
    # None lost and none twice, newest first.
    first = tmp_path / "ru" / "days" / "2026-11-25.html"
    order = [first, *(first.with_stem(f"2026-11-25-{number}") for number in range(2, len(day) + 1))]
    headings = [heading for path in order for heading in parsed(path).xpath("//article/@id")]
    assert len(headings) == len(set(headings)) == 63
    rows = json.loads((tmp_path / "ru" / "days" / "2026-11-25.json").read_text(encoding="utf-8"))
    assert [row[0] for row in rows] == headings
    assert all(not urljoin("/ru/days/", row[1]).startswith("//") for row in rows)
    assert broken(tmp_path) == []


def test_a_day_that_shrinks_leaves_nothing_behind(write: Write, make_story: Make, tmp_path: Path) -> None:
    stories = [large(make_story, number) for number in range(1, 40)]
    write(stories)
    assert (tmp_path / "days" / "2026-11-25-2.html").exists()
    write(stories[:3])
    left = {name for name in names(tmp_path) if "2026-11-25" in name}
    assert left == {f"{folder}days/2026-11-25.html" for folder in ("", "ru/", "kk/")}
    assert broken(tmp_path) == []


def test_days_lead_to_each_other_and_a_day_is_told_whole(
    write: Write, make_story: Make, tmp_path: Path
) -> None:
    every = [
        make_story(INBUSINESS, number, published=moment(datetime(2026, 11, day, 6, number, tzinfo=UTC)))
        for number, day in enumerate((20, 20, 22, 25, 25), 1)
    ]
    write(every[:3], every)
    assert (tmp_path / "days" / "2026-11-20.html").read_text(encoding="utf-8").count("<article") == 2
    assert not (tmp_path / "days" / "2026-11-25.html").exists()
    write([every[3]], every)  # one of two stories of that day has changed: the day shows both
    newest = (tmp_path / "days" / "2026-11-25.html").read_text(encoding="utf-8")
    assert newest.count("<article") == 2
    assert '<a rel="prev" href="2026-11-22.html">22 November 2026</a>' in newest
    assert '<a rel="next" href="2026-11-25.html">' in (tmp_path / "days" / "2026-11-22.html").read_text()
    listed = parsed(tmp_path / "days" / "index.html")
    assert listed.xpath("//main//ul/li/a/@href") == [f"2026-11-{day}.html" for day in (20, 22, 25)]
    assert broken(tmp_path) == []


def test_the_newest_days_are_written_again_for_what_was_taken_down(
    write: Write, make_story: Make, tmp_path: Path
) -> None:
    every = [
        make_story(INBUSINESS, number, published=moment(datetime(2026, 11, day, 6, tzinfo=UTC)))
        for number, day in ((1, 24), (2, 24), (3, 25))
    ]
    write(every)
    write([every[2]], every[1:])
    assert (tmp_path / "days" / "2026-11-24.html").read_text(encoding="utf-8").count("<article") == 1


def test_a_day_without_a_story_goes(write: Write, make_story: Make, tmp_path: Path) -> None:
    old = [large(make_story, number, day=24) for number in range(1, 40)]
    fresh = make_story(INBUSINESS, 3, published=moment(datetime(2026, 11, 25, 6, tzinfo=UTC)))
    write([*old, fresh])
    assert (tmp_path / "ru" / "days" / "2026-11-24-2.html").exists()
    write([fresh])
    assert not [name for name in names(tmp_path) if "2026-11-24" in name]
    assert broken(tmp_path) == []


def test_a_bad_story_is_told_and_the_rest_is_shown(write: Write, make_story: Make, tmp_path: Path) -> None:
    bad = make_story(INBUSINESS, 9, canonical_url="javascript:alert(1)")
    _, problems = write([bad, make_story()])
    assert [problem.field for problem in problems] == ["entry"]
    assert (tmp_path / "index.html").read_text(encoding="utf-8").count("<article") == 1


def test_names_stay_in_the_folder(write: Write, make_story: Make, tmp_path: Path) -> None:
    out = tmp_path / "out"
    odd = make_story(replace(INBUSINESS, name="../../x", title="../../x"), lang="../x")
    write([odd, make_story()])
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith("digest")} <= {
        "index.html", "editions.html", "days", "ru", "outlets", "topics",
    }  # fmt: skip
    assert not out.exists()
    (tmp_path / "days" / "2026-02-31.html").write_text("somebody's own")
    write([make_story()])
    assert (tmp_path / "days" / "2026-02-31.html").exists()


def test_a_full_disk_leaves_the_last_good_page(
    write: Write, make_story: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write([make_story()])
    good = (tmp_path / "index.html").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write([make_story(headline="Другая")])
    assert (tmp_path / "index.html").read_bytes() == good
    assert not [name for name in names(tmp_path) if "/." in name or name.startswith(".")]


def test_the_most_told_of_the_last_hours_leads(write: Write, make_story: Make, tmp_path: Path) -> None:
    at = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    others: tuple[Stored, ...] = (make_story(AKORDA, 7).lead, make_story(HEADLINES, 8).lead)
    told = make_story(
        INBUSINESS, 2, headline="Рассказали трое", others=others, published=moment(at - timedelta(hours=3))
    )
    old = make_story(
        INBUSINESS, 3, headline="Давняя", others=others, published=moment(at - timedelta(days=3))
    )
    write([make_story(published=moment(at)), old, told])
    page = parsed(tmp_path / "ru" / "index.html")
    assert [each.text_content() for each in page.xpath("//article/h2")] == [
        "Рассказали трое",
        "Новость номер 1",
        "Давняя",
    ]


def test_terms_hold_on_every_page(write: Write, stories: list[Story], tmp_path: Path) -> None:
    write(stories)
    text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert "Три страны подписали" in text
    assert "Третий абзац остаётся на сайте издания." not in text
    assert "Абзац 1 новости 4." not in text  # a headline, and no more


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 25)])
def test_a_day_is_that_of_the_outlet(write: Write, make_story: Make, tmp_path: Path, day: date) -> None:
    hour = 18 if day.day == 24 else 20  # 23:00 and 01:00 in Almaty
    write([make_story(published=moment(datetime(2026, 11, 24, hour, tzinfo=UTC)))])
    assert (tmp_path / "days" / f"{day}.html").exists()


def test_the_list_of_days_stays_small_after_years(write: Write, make_story: Make, tmp_path: Path) -> None:
    write([make_story()])
    for number in range(2_000):
        (tmp_path / "days" / f"{date(2020, 1, 1) + timedelta(days=number)}.html").touch()
    write([make_story()])
    listed = tmp_path / "days" / "index.html"
    assert listed.stat().st_size < 100 * KB
    assert parsed(listed).xpath("//main//li/a/@href")[0] == "2026-11-25.html"
    assert len(parsed(listed).xpath("//main//li/a")) == 1_500


def test_text_in_arabic_letters_runs_left(write: Write, make_story: Make, tmp_path: Path) -> None:
    write([make_story(lang="kk-Arab", headline="قازاقستان")])
    page = parsed(tmp_path / "index.html")
    assert [each.tag for each in page.xpath('//*[@dir="rtl"]')] == ["h2", "p"]
    (said,) = page.xpath('//div[@class="who"]/p')
    assert (said.get("lang"), said.get("dir")) == ("kk", None)  # what we say is in Cyrillic letters


def test_what_we_say_bears_its_own_language(write: Write, make_story: Make, tmp_path: Path) -> None:
    write([make_story(lang="uz", headline="Yangilik", revision=2, revised=LATER)])
    page = parsed(tmp_path / "index.html")
    (article,) = page.xpath("//article")
    assert article.get("lang") == "uz"
    for path in ('.//div[@class="who"]/p', './/p[@class="revised"]', './/p[@class="read"]'):
        (said,) = article.xpath(path)
        assert said.get("lang") == "en", path


def test_it_is_called_what_a_person_calls_it(write: Write, make_story: Make, tmp_path: Path) -> None:
    write([make_story()], title="Біздің <газет>")
    for name in ("index.html", "ru/index.html", "editions.html"):
        page = parsed(tmp_path / name)
        assert page.xpath('//p[@class="brand"]')[0].text_content() == "Біздің <газет>"
        assert page.findtext(".//title").endswith("· Біздің <газет>")

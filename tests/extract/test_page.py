"""The door of the room: order of trust, layouts by date, what is missing, what is hostile."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from items import OutletFacts
from spiders.extract.layout import Extraction, Hint, Layout
from spiders.extract.page import extract_page

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
URL = "https://wire.example.kz/ru/port"
PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
OUTLET = OutletFacts(
    name="wire",
    title="Каспийская лента",
    home="https://wire.example.kz",
    hosts=("wire.example.kz",),
    zone="Asia/Almaty",
    languages=("ru", "kk"),
)
BODY = (
    "<p>Порт на Каспии открыл второй зерновой терминал, сообщили в управлении порта во вторник.</p>"
    "<p>Он сможет хранить шестьдесят тысяч тонн и грузить судно меньше чем за сутки.</p>"
    "<p>Третий терминал начнут строить после уборки урожая следующего года.</p>"
)
DATED = '{"@type":"NewsArticle","datePublished":"2026-05-04T11:15:00+05:00"}'


def page(head: str = "", body: str = BODY, heading: str = "<h1>Порт открыл терминал</h1>") -> str:
    article = f"<article>{heading}<div class='text'>{body}</div></article>"
    return f"<html><head>{head}</head><body>{article}</body></html>"


def read(
    html: str, *layouts: Layout, hint: Hint | None = None, url: str = URL, outlet: bool = True
) -> Extraction:
    return extract_page(html, url=url, now=NOW, outlet=OUTLET if outlet else None, layouts=layouts, hint=hint)


def test_declared_selector_is_trusted_before_metadata() -> None:
    html = page(
        '<meta property="og:title" content="Иной заголовок">', heading="<h2>Порт открыл терминал</h2>"
    )
    found = read(html, Layout(headline=("h2",)))
    assert found.article.headline == "Порт открыл терминал"
    assert found.article.means["headline"] == "layout"


def test_declared_selector_that_matches_nothing_is_reported_and_the_next_means_serves() -> None:
    found = read(page(), Layout(headline=(".gone h1",), body=(".gone",)))
    assert found.article.headline == "Порт открыл терминал"
    assert len(found.article.blocks) == 3
    assert {problem.field for problem in found.problems} >= {"headline", "body"}
    assert all(problem.outlet == "wire" and problem.url == URL for problem in found.problems)


def test_missing_fields_are_problems_that_name_outlet_url_and_field() -> None:
    found = read("<html><body><nav>Меню</nav></body></html>", outlet=False)
    assert found.missing == ("headline", "body", "published")
    assert {p.field for p in found.problems} == {"headline", "body", "published"}
    assert {(p.outlet, p.url) for p in found.problems} == {("wire.example.kz", URL)}


def test_layout_of_the_pages_day_is_read() -> None:
    old = Layout(headline=("h2.old",), until=date(2020, 12, 31))
    new = Layout(headline=("h1",))
    html = page('<meta name="date" content="{}">', heading="<h1>Новый</h1><h2 class='old'>Старый</h2>")
    assert read(html.format("2019-05-05"), new, old).article.headline == "Старый"
    assert read(html.format("2026-05-05"), old, new).article.headline == "Новый"


def test_layout_whose_container_is_there_is_read_when_the_page_is_undated() -> None:
    old = Layout(body=("div.text",), headline=("h1",), until=date(2020, 12, 31))
    new = Layout(body=("div.fresh",), headline=("h1",))
    assert read(page(), new, old).article.means["body"] == "layout"


@pytest.mark.parametrize(
    ("head", "means"),
    [
        (f'<script type="application/ld+json">{DATED}</script>', "json-ld"),
        ('<meta name="article:published_time" content="2026-05-04T11:15:00+05:00">', "meta"),
        ('<meta property="og:article:published_time" content="2026-05-04 11:15">', "meta"),
        ('<meta name="DC.date.issued" content="2026-05-04T06:15:00Z">', "meta"),
        ('<meta name="parsely-pub-date" content="2026-05-04T06:15:00Z">', "meta"),
        ('<meta name="sailthru.date" content="2026-05-04 11:15:00">', "meta"),
    ],
)  # fmt: skip
def test_date_is_read_from_every_kind_of_metadata(head: str, means: str) -> None:
    article = read(page(head)).article
    assert article.published is not None
    assert article.published.at == datetime(2026, 5, 4, 6, 15, tzinfo=UTC)
    assert article.means["published"] == means


def test_hint_dates_a_page_that_has_no_date_and_refines_a_day() -> None:
    hint = Hint(date_text="2026-05-04T11:15:00+05:00")
    bare = read(page(), hint=hint).article
    assert bare.means["published"] == "hint"
    day = read(page('<meta name="date" content="2026-05-04">'), hint=hint).article
    assert day.published is not None
    assert (day.published.precision, day.means["published"]) == ("second", "hint")
    other = read(page('<meta name="date" content="2026-05-03">'), hint=hint).article
    assert other.published is not None
    assert other.published.precision == "day"


def test_midnight_is_a_day_and_no_time() -> None:
    article = read(page('<meta name="date" content="2026-05-04T00:00:00+05:00">')).article
    assert article.published is not None
    assert article.published.precision == "day"
    assert article.published.at == datetime(2026, 5, 3, 19, 0, tzinfo=UTC)


def test_date_of_the_future_is_passed_over_and_reported() -> None:
    found = read(
        page(
            '<meta name="date" content="2031-01-01T10:00:00Z">', body="<time>4 мая 2026, 11:15</time>" + BODY
        )
    )
    assert found.article.published is not None
    assert found.article.published.at == datetime(2026, 5, 4, 6, 15, tzinfo=UTC)
    assert [problem.field for problem in found.problems] == ["published"]


def test_local_time_that_is_called_utc_is_put_right_by_the_visible_line() -> None:
    html = page(
        '<meta property="article:published_time" content="2026-05-04T11:15:00Z">',
        heading="<h1>Порт открыл терминал</h1><div class='date'>4 мая 2026, 11:15</div>",
    )
    article = read(html).article
    assert article.published is not None
    assert article.published.at == datetime(2026, 5, 4, 6, 15, tzinfo=UTC)


def test_naive_time_of_an_unknown_site_is_utc() -> None:
    article = read(page('<meta name="date" content="2026-05-04 11:15">'), outlet=False).article
    assert article.published is not None
    assert article.published.at == datetime(2026, 5, 4, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://wire.example.kz/ru/port-main", "https://wire.example.kz/ru/port-main"),
        ("/ru/port-main?utm_source=x", "https://wire.example.kz/ru/port-main"),
        ("https://thief.example.org/ru/port", URL),
        ("https://wire.example.kz/", URL),
        ("javascript:alert(1)", URL),
    ],
)
def test_canonical_link_is_believed_within_the_site_only(href: str, canonical: str) -> None:
    assert read(page(f'<link rel="canonical" href="{href}">')).article.canonical_url == canonical


@pytest.mark.parametrize(
    ("attributes", "url", "declared", "lang"),
    [
        ('lang="kz"', "https://a.example.kz/x", "kk", "kk"),
        ('lang="ru-RU"', "https://a.example.kz/kz/x", "ru", "kk"),
        ("", "https://a.example.kz/oz/x", None, "uz"),
        ('lang="kk-Arab-CN"', "https://a.example.kz/x", "kk-Arab", "kk-Arab"),
        ("", "https://kaz.zakon.example/x", None, "kk"),
        ("", "https://a.example.kz/x", None, "und"),
    ],
)
def test_language_is_what_is_declared_or_the_address_names(
    attributes: str, url: str, declared: str | None, lang: str
) -> None:
    article = read(f"<html {attributes}><body>{BODY}</body></html>", url=url, outlet=False).article
    assert (article.lang_declared, article.lang) == (declared, lang)


def test_translations_stay_within_the_site_and_leave_the_page_itself_out() -> None:
    html = page(
        '<link rel="alternate" hreflang="ru" href="/ru/port">'
        '<link rel="alternate" hreflang="kz" href="/kz/port">'
        '<link rel="alternate" hreflang="en" href="https://thief.example.org/en/port">'
        '<link rel="alternate" hreflang="x-default" href="/">'
    )
    assert {t.lang: t.url for t in read(html).article.translations} == {
        "kk": "https://wire.example.kz/kz/port"
    }


def test_lead_is_not_repeated_in_the_body() -> None:
    lead = "Порт на Каспии открыл второй зерновой терминал, сообщили в управлении порта во вторник."
    html = page(heading=f"<h1>Порт открыл терминал</h1><div class='sub'>{lead}</div>")
    article = read(html, Layout(headline=("h1",), lead=("div.sub",), body=("div.text",))).article
    assert article.lead == lead
    assert [block.text[:2] for block in article.blocks] == ["Он", "Тр"]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Терминал примет зерно 1 декабря.", True),
        ("Muzey dekabrın 1-dən qonaqlarını qəbul edəcək.", True),
        ("Опубликовано 4 мая 2026 г.", False),
        ("Опубликовано: 4 мая 2026 года.", False),
        ("4 мая 2026 года.", False),
        ("Published 4 May 2026, 5 min read", False),
    ],
)
def test_a_short_sentence_with_a_date_is_text_and_a_date_line_is_none(line: str, *, stays: bool) -> None:
    found = read(page(body=f"{BODY}<p>{line}</p>"), Layout(body=(".text",)))
    assert (found.article.blocks[-1].text == line) is stays


def test_description_that_only_cuts_the_first_paragraph_is_no_lead() -> None:
    cut = read(page('<meta name="description" content="Порт на Каспии открыл второй зерновой терминал…">'))
    assert cut.article.lead is None
    own = read(
        page('<meta name="description" content="Урожай этого года впервые уйдёт морем без очередей.">')
    )
    assert own.article.lead == "Урожай этого года впервые уйдёт морем без очередей."


def test_social_image_serves_only_where_the_page_shows_none() -> None:
    head = '<meta property="og:image" content="/og.jpg">'
    assert [image.url for image in read(page(head)).article.images] == ["https://wire.example.kz/og.jpg"]
    shown = read(page(head, body='<img src="/in.jpg">' + BODY)).article
    assert [image.url for image in shown.images] == ["https://wire.example.kz/in.jpg"]


def test_foot_credit_goes_to_the_picture_and_leaves_the_body() -> None:
    article = read(page(body='<img src="/in.jpg">' + BODY + "<p>Фото: akorda.kz</p>")).article
    assert [image.credit for image in article.images] == ["akorda.kz"]
    assert len(article.blocks) == 3


def test_article_body_of_json_ld_serves_where_the_page_shows_no_text() -> None:
    text = "Порт на Каспии открыл второй терминал.\\nОн сможет хранить шестьдесят тысяч тонн зерна."
    said = f'{{"@type":"NewsArticle","headline":"Порт","articleBody":"{text}"}}'
    head = f'<script type="application/ld+json">{said}</script>'
    article = read(f"<html><head>{head}</head><body><div id='app'></div></body></html>").article
    assert len(article.blocks) == 2
    assert article.means["body"] == "json-ld"


def test_list_of_articles_yields_no_body() -> None:
    teaser = (
        "<div class='c'><a href='/n'><h3>Заголовок другой новости</h3></a><p>Её начало, строка.</p></div>"
    )
    about = "<p>Новости экономики страны и мира за день.</p>"
    html = f"<html><body><h1>Экономика</h1>{about}{teaser * 9}</body></html>"
    assert read(html, outlet=False).article.blocks == ()


def test_heading_that_readers_see_is_trusted_before_a_title_shown_nowhere() -> None:
    title = "Всё о портах: новости"
    head = f'<title>{title} | Лента</title><meta property="og:title" content="{title}">'
    html = page(head, heading="<h1>На Каспии открыли второй терминал</h1>")
    assert read(html, outlet=False).article.headline == "На Каспии открыли второй терминал"


def test_standfirst_of_an_unknown_site_opens_the_body() -> None:
    lead = "Урожай этого года впервые уйдёт морем без очередей, обещают портовики."
    html = page(heading=f"<h1>Порт открыл терминал</h1><div class='anons'>{lead}</div>")
    article = read(html, outlet=False).article
    assert article.blocks[0].text == lead
    assert article.lead is None


def test_line_of_dates_and_the_authors_box_are_no_body() -> None:
    facts = "<p>Опубликовано 4 мая 2026, 11:15 Обновлено 5 мая 2026</p>"
    box = "<div class='author-card'><b>Анна Ли</b><p>Анна пишет о портах и море с 2011 года.</p></div>"
    article = read(page(body=facts + BODY + box), outlet=False).article
    assert len(article.blocks) == 3


SCRAPS = ("<", ">", '"', "</div>", "<p>", "&#0;", "<!--", "]]>", "{", "\x00")
DEEP = "[" * 10_000 + "]" * 10_000
HOSTILE = {
    "empty": "",
    "blank": " \n",
    "nul": "\x00" * 1_000,
    "declaration": "<?xml version='1.0' encoding='utf-16'?>" + page(),
    "surrogates": "\ud800" + page(body="<p>\udfff</p>"),
    "nesting": "<div>" * 10_000_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">" + page(),
    "unclosed tag": "<p " + " ".join(f"a{n}=1" for n in range(100_000)),
    "deep json": page(f'<script type="application/ld+json">{DEEP}</script>'),
    "angle brackets": "<" * 100_000,
    "entities": "&" * 50_000 + "&#xFFFFFFF;&#0;&nosuch;" * 5_000,
    "open tags": "<b><i><a href='/x'>" * 20_000 + page(),
    "deep state": "<script>window.s = " + '{"a":' * 10_000 + "1" + "}" * 10_000 + "</script>" + page(),
    "attributes of many": "".join(f"<i {' '.join(f'd{n}=x' for n in range(500))}>a</i>" for _ in range(800)),
    "broken entities": page(body="&amp &#x110000; &#-1; &nbsp &#99999999; &" * 20_000),
    "one paragraph": page(body=f"<p>{'Слово за словом. ' * 300_000}</p>"),
    "links": page() + "".join(f"<a href='/n/{n}'>Заголовок {n}</a>" for n in range(100_000)),
    "hidden": page() + "<div hidden>" * 200 + "<p hidden>x</p>" * 50_000,
    "headings": page() + "<div><h1>Порт открыл терминал</h1><p>a</p></div>" * 30_000,
    "dates": page() + "<div class=date>4 мая 2026</div>" * 50_000,
    "inline": page(body="<b>сл</b><i>ово</i> " * 100_000),
    "title of dashes": "<title>" + " - ".join("ab" * 5_000) + "</title>" + page(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_ends_in_bounded_time_with_what_can_be_read(name: str) -> None:
    begun = time.monotonic()
    found = read(HOSTILE[name])
    assert time.monotonic() - begun < 20
    assert set(found.missing) <= {problem.field for problem in found.problems} | {"published"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=2_000), st.text(max_size=60))
def test_no_text_makes_extraction_raise(html: str, url: str) -> None:
    found = extract_page(html, url=url, now=NOW)
    assert found.article.url == url


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PAGES), st.integers(0, 2**32), st.integers(1, 40))
def test_no_mutation_of_a_page_makes_extraction_raise(path: Path, seed: int, cuts: int) -> None:
    html = path.read_text(encoding="utf-8")
    chance = random.Random(seed)
    for _ in range(cuts):
        at = chance.randrange(len(html) + 1)
        kind = chance.randrange(3)
        width = chance.randrange(60)
        if kind == 0:
            html = html[:at] + html[at + width :]
        elif kind == 1:
            html = html[:at] + chance.choice(SCRAPS) + html[at:]
        else:
            start = chance.randrange(len(html) + 1)
            html = html[:at] + html[start : start + width] + html[at:]
    found = read(html)
    assert all(block.text.strip() for block in found.article.blocks)


def test_extraction_is_pure() -> None:
    html = PAGES[0].read_text(encoding="utf-8")
    assert read(html) == read(html)

"""Pages for the store's tests: invented news, built in a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from items import (
    Article,
    Attribution,
    Block,
    Credit,
    Fetch,
    Image,
    Link,
    Moment,
    OutletFacts,
    Page,
    Problem,
    Quote,
    Translation,
)
from pipelines.store import Store

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

AKORDA = OutletFacts(
    name="akorda",
    title="Akorda",
    home="https://www.akorda.kz",
    hosts=("www.akorda.kz", "akorda.kz", "mirror.akorda.kz"),
    zone="Asia/Almaty",
    languages=("kk", "ru", "en"),
    terms="full",
    rights="© Ақорда",
    source="akorda",
)
INBUSINESS = OutletFacts(
    name="inbusiness",
    title="inbusiness.kz",
    home="https://inbusiness.kz",
    hosts=("inbusiness.kz", "www.inbusiness.kz"),
    zone="Asia/Almaty",
    languages=("ru", "kk"),
    source="inbusiness",
)
OUTLETS = (AKORDA, INBUSINESS)
SITES = {"akorda": "https://www.akorda.kz", "inbusiness": "https://inbusiness.kz"}

TEXT = "Мемлекет басшысы өңір әкімінің есебін тыңдап, су жүйесін жаңғырту барысымен танысты."


def moment(at: datetime = NOW, precision: str = "minute", raw: str = "25 қараша 2026, 14:00") -> Moment:
    return Moment(at=at, precision=precision, zone="Asia/Almaty", raw=raw)  # type: ignore[arg-type]


def credit(name: str, source: str, role: str = "origin", **more: Any) -> Credit:
    evidence = f"Бұл туралы {name} хабарлады."
    facts: dict[str, Any] = {
        "confidence": 0.9,
        "evidence": evidence,
        "start": 0,
        "end": len(evidence),
        "rule": "kk.told",
    }
    return Credit(name=name, source=source, role=role, **{**facts, **more})  # type: ignore[arg-type]


def reading(*chain: Credit, **more: Any) -> Attribution:
    facts: dict[str, Any] = {"lang": "kk", "also": (), "photo": None, "quotes": ()}
    return Attribution(chain=chain, **{**facts, **more})


def article(slug: str = "kk/su-1", outlet: str = "akorda", **more: Any) -> Article:
    url = f"{SITES[outlet]}/{slug}"
    facts: dict[str, Any] = {
        "lang": "kk",
        "headline": f"Су шаруашылығы туралы есеп: {slug}",
        "blocks": (Block(kind="paragraph", text=f"{TEXT} ({slug})"),),
        "published": moment(),
    }
    return Article(outlet=outlet, url=url, **{"canonical_url": url, **facts, **more})


def page(of: Article, at: datetime = NOW, **more: Any) -> Page:
    fetch = {"outlet": of.outlet, "kind": "article", "url": of.url, "at": at, "status": 200, **more}
    return Page(fetch=Fetch(**fetch), article=of)


def answer(url: str, status: int, at: datetime = NOW, outlet: str = "akorda", **more: Any) -> Page:
    fetch = {"outlet": outlet, "kind": "article", "url": url, "at": at, "status": status, **more}
    return Page(fetch=Fetch(**fetch))


def full_article() -> Article:
    """Every field filled, none with its default."""
    return article(
        "kk/tolyk-7",
        headline="COP29: Баку келісімі",
        headline_found="СOP29: Баку келісімі",
        lead="Қысқаша мазмұны.",
        lead_found="Қысқаша  мазмұны.",
        body_found="COP29 …",
        blocks=(
            Block(kind="subhead", text="Күн тәртібі", level=2),
            Block(
                kind="paragraph",
                text=TEXT,
                links=(Link(url="https://cop29.az/", text="COP29"), Link(url="https://a.kz/", text="тағы")),
            ),
            Block(kind="row", text="2025 | 12 млрд"),
        ),
        author="Айгерім Сапарова",
        section="Экология",
        tags=("климат", "Баку"),
        published=moment(NOW - DAY, "day", "24 қараша 2026"),
        modified=moment(NOW - HOUR, "second", "2026-11-25T08:00:00Z"),
        images=(
            Image(url="https://www.akorda.kz/a.jpg", alt="Зал", caption="Жиын", credit="akorda.kz"),
            Image(url="https://www.akorda.kz/b.jpg"),
        ),
        views=693,
        translations=(Translation(lang="ru", url="https://www.akorda.kz/ru/polnyj-8"),),
        lang_declared="kz",
        means={"headline": "layout", "published": "json-ld"},
        attribution=reading(
            credit("inbusiness.kz", "inbusiness", "relay", url="https://inbusiness.kz/kz/last/x"),
            credit("Ақорданың баспасөз қызметі", "akorda"),
            also=(credit("ҚазТАГ", "kaztag"),),
            photo="akorda.kz",
            quotes=(
                Quote(
                    speaker="Тоқаевтың", person="tokayev", text="Су – өмір көзі", verb="деді", start=3, end=17
                ),
                Quote(speaker="", person=None, text="Жұмыс жалғасады", verb="делінген", start=40, end=55),
            ),
        ),
    )


def open_store(path: Path) -> Store:
    store = Store.open(path)
    store.sync_outlets(OUTLETS, NOW)
    return store


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store._db.execute(sql).fetchall()


def text(words: str) -> tuple[Block, ...]:
    return (Block(kind="paragraph", text=words),)


def dump(store: Store, *, without: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a second crawl must leave alone."""
    db = store._db
    tables = [
        name
        for name in db.table_names()
        if name not in {"fetches", "crawls", "crawl_counts"} | without
        and not name.startswith("article_words_")
    ]
    found = {}
    for table in tables:
        columns = [column.name for column in db.table(table).columns if column.name != "last_seen"]
        found[table] = sorted(
            db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(),  # noqa: S608
            key=repr,
        )
    return found


def with_problem(of: Page, field: str, why: str) -> Page:
    return replace(of, problems=(Problem(outlet=of.fetch.outlet, url=of.fetch.url, field=field, why=why),))

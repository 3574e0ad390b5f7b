"""One page into the database, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from items import Article, Page, Problem
from pipelines.store import facets, read, rows, stories, tallies, words
from pipelines.store.addresses import Addresses
from pipelines.store.db import INTEGERS, from_text, storable, to_text, writing
from pipelines.store.decide import Decision, Known, content_hash, decide, same_page, settle

GONE = frozenset({404, 410})
_BACK = "gone_at = CASE WHEN gone_at > :at THEN gone_at END"  # an archived page brings no later loss back


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a page. Both are None for a page that is no article, or that could not be read."""

    guid: str | None = None  # of the article
    decision: Decision | None = None


def keep(db: Database, addresses: Addresses, page: Page, crawl_id: int) -> Kept:
    """Store a page; see `Store.keep`."""
    page = storable(page)
    with writing(db):
        _check(db, page, crawl_id)
        fetch, problems = page.fetch, list(page.problems)
        asked, at = addresses.look_up(fetch.url, fetch.outlet), to_text(fetch.at)
        parsed = (
            fetch.status == 200
            and fetch.error is None
            and (page.article is not None or fetch.kind != "article")
        )
        fetch_id = rows.write_fetch(db, fetch, crawl_id, asked, parsed=parsed)
        if page.article is None:
            kept = _without_article(db, page, asked, at)
        else:
            article, unspelt = spelt(addresses, page.article)
            own = addresses.look_up(article.url, article.outlet)
            # A feed that brings whole articles is the address of none of them.
            kept, more = _article(db, article, own, asked if fetch.kind == "article" else own, fetch_id, at)
            problems += unspelt + more
        rows.write_problems(db, fetch_id, problems)
    return kept


def article_at(db: Database, url: str) -> int | None:
    """Give the id of the article known under an address in canonical spelling."""
    row = db.execute("SELECT article_id FROM addresses WHERE url = ?", [url]).fetchone()
    return None if row is None else int(row[0])


def _check(db: Database, page: Page, crawl_id: int) -> None:
    row = db.execute("SELECT outlet FROM crawls WHERE id = ?", [crawl_id]).fetchone()
    if row is None:
        raise KeyError(f"there is no crawl {crawl_id}")
    named = {page.fetch.outlet, page.article.outlet if page.article else page.fetch.outlet}
    if named != {row[0]}:
        raise ValueError(f"crawl {crawl_id} is of {row[0]}, the page of {', '.join(sorted(named))}")


def spelt(addresses: Addresses, article: Article) -> tuple[Article, list[Problem]]:
    """Bring an article's addresses to the spelling they are looked up by; what cannot be so is a problem."""
    problems = []
    try:
        canonical = addresses.spell(article.canonical_url, article.outlet)
    except ValueError as error:
        problems.append(_problem(article, "canonical_url", error))
        canonical = addresses.look_up(article.url, article.outlet)
    translations = []
    for translation in article.translations:
        try:
            url = addresses.spell(translation.url, article.outlet)
        except ValueError as error:
            problems.append(_problem(article, "translations", error))
        else:
            translations.append(replace(translation, url=url))
    views = article.views
    if views is not None and (views < 0 or views not in INTEGERS):
        problems.append(_problem(article, "views", f"{str(views)[:40]} is no number of readers"))
        views = None
    return replace(article, canonical_url=canonical, translations=tuple(translations), views=views), problems


def _without_article(db: Database, page: Page, asked: str, at: str) -> Kept:
    """Note that a known article is still served (304) or gone (404, 410)."""
    status = page.fetch.status
    article_id = article_at(db, asked)
    if page.fetch.kind != "article" or article_id is None:
        return Kept()
    if status == 304:
        with tallies.kept(db, [article_id]):
            db.execute(
                f"UPDATE articles SET last_seen = max(last_seen, :at), {_BACK} WHERE id = :id",  # noqa: S608
                {"at": at, "id": article_id},
            )
        return Kept(guid=guid_of(db, article_id), decision=Decision(kind="unchanged", reason="not modified"))
    if status in GONE:
        # A further address may go while the page itself stays.
        with tallies.kept(db, [article_id]):
            db.execute(
                "UPDATE articles SET gone_at = coalesce(gone_at, :at) "
                "WHERE id = :id AND canonical_url = :asked AND last_seen <= :at",
                {"at": at, "id": article_id, "asked": asked},
            )
        return Kept(guid=guid_of(db, article_id))
    return Kept()


def _article(
    db: Database, article: Article, own: str, asked: str, fetch_id: int, at: str
) -> tuple[Kept, list[Problem]]:
    """Store an article read under the address `own`, after asking for `asked`."""
    article_id, article, problems = _locate(db, article, own)
    old = None if article_id is None else _known(db, article_id)
    decision = decide(old, article, from_text(at))
    if article_id is None or old is None:
        article_id = _insert(db, article, fetch_id, at)
    elif decision.kind != "stale":
        with tallies.kept(db, [article_id]):
            _update(db, article_id, old, article, decision, own=own, fetch_id=fetch_id, at=at)
    if decision.kind == "held":
        problems.append(_problem(article, "revision", decision.reason))
    for url in dict.fromkeys((article.canonical_url, own, asked)):
        _add_address(db, url, article_id, at)
    stories.join_translations(db, article_id)
    return Kept(guid=guid_of(db, article_id), decision=decision), problems


def _locate(db: Database, article: Article, own: str) -> tuple[int | None, Article, list[Problem]]:
    """Find the article that a page is: by canonical address, by its own address, by the same text.

    Two rows that prove to be one page become one. A canonical address that cannot be right is replaced by the
    page's own, and is a problem.
    """
    problems = []
    by_canonical, by_own = article_at(db, article.canonical_url), article_at(db, own)
    if by_canonical is not None and by_canonical != by_own and own != article.canonical_url:
        held = read.articles(db, [by_canonical])[by_canonical].article
        if not same_page(held, article):
            why = f"declares {article.canonical_url}, which is another article"
            problems.append(_problem(article, "canonical_url", why))
            article = replace(article, canonical_url=own)
            by_canonical = by_own
        elif by_own is not None:
            stories.fold_article(db, by_canonical, by_own)
    found = by_own if by_canonical is None else by_canonical
    return (_by_content(db, article) if found is None else found), article, problems


def _by_content(db: Database, article: Article) -> int | None:
    """Give the article of the same outlet and language that says, or once said, the very same."""
    row = db.execute(
        "SELECT a.id FROM revisions AS r JOIN articles AS a ON a.id = r.article_id "
        "WHERE r.content_hash = ? AND a.outlet = ? AND a.lang = ? AND a.folded_into IS NULL "
        "ORDER BY r.seen_at DESC, r.id DESC LIMIT 1",
        [content_hash(article), article.outlet, article.lang],
    ).fetchone()
    return None if row is None else int(row[0])


def _known(db: Database, article_id: int) -> Known:
    stored = read.articles(db, [article_id])[article_id]
    *earlier, newest = db.execute(
        "SELECT content_hash, seen_at FROM revisions WHERE article_id = ? ORDER BY number", [article_id]
    ).fetchall()
    urls = db.execute("SELECT url FROM addresses WHERE article_id = ?", [article_id]).fetchall()
    return Known(
        article=stored.article,
        content_hash=newest[0],
        earlier=frozenset(row[0] for row in earlier),
        addresses=frozenset(row[0] for row in urls),
        revision=stored.revision,
        revised=from_text(newest[1]),
    )


def _insert(db: Database, article: Article, fetch_id: int, at: str) -> int:
    article_id = rows.insert(
        db,
        "articles",
        {
            "guid": stories.new_guid(),
            "outlet": article.outlet,
            "url": article.url,
            "canonical_url": article.canonical_url,
            "lang": article.lang,
            "lang_declared": article.lang_declared,
            "section": article.section,
            "views": article.views,
            "first_seen": at,
            "last_seen": at,
        },
    )
    _add_address(db, article.canonical_url, article_id, at)
    rows.write_revision(db, article_id, 1, article, fetch_id=fetch_id, at=at, reason="new")
    rows.write_facts(db, article_id, article, None)
    facets.write(db, article_id, article, at)
    words.write(db, article_id, article)
    tallies.add(db, article_id)
    return article_id


def _update(
    db: Database,
    article_id: int,
    old: Known,
    new: Article,
    decision: Decision,
    *,
    own: str,
    fetch_id: int,
    at: str,
) -> None:
    gone = db.execute("SELECT gone_at FROM articles WHERE id = ?", [article_id]).fetchone()[0] is not None
    held = old.article.canonical_url
    # The page at the canonical address may name another; and a text that is gone there may have moved.
    canonical = new.canonical_url if own == held or gone else held
    if canonical != held:
        _add_address(db, canonical, article_id, at)
    db.execute(
        f"UPDATE articles SET last_seen = max(last_seen, :at), {_BACK}, canonical_url = :url "  # noqa: S608
        "WHERE id = :id",
        {"at": at, "url": canonical, "id": article_id},
    )
    if decision.kind != "revised" and new.canonical_url != canonical:
        return  # facts are those of the canonical page, lest two addresses overwrite each other's for ever
    settled = settle(old.article, new, decision)
    if decision.kind == "revised":
        number = old.revision + 1
        rows.write_revision(db, article_id, number, settled, fetch_id=fetch_id, at=at, reason=decision.reason)
    else:
        rows.amend_revision(db, article_id, settled, old.article, at)
    db.execute(
        "UPDATE articles SET lang = ?, lang_declared = ?, section = ?, views = ? WHERE id = ?",
        [settled.lang, settled.lang_declared, settled.section, settled.views, article_id],
    )
    rows.write_facts(db, article_id, settled, old.article)
    if decision.kind == "revised" or settled.lang != old.article.lang:
        words.write(db, article_id, settled)
    if decision.kind == "revised":
        facets.write(db, article_id, settled, at)
    else:
        facets.touch(db, article_id, old.article, settled)


def _add_address(db: Database, url: str, article_id: int, at: str) -> None:
    db.execute(
        "INSERT INTO addresses (url, article_id, first_seen) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
        [url, article_id, at],
    )


def guid_of(db: Database, article_id: int) -> str:
    """Give the guid of an article that exists."""
    return str(db.execute("SELECT guid FROM articles WHERE id = ?", [article_id]).fetchone()[0])


def _problem(article: Article, field: str, why: object) -> Problem:
    return Problem(outlet=article.outlet, url=article.url, field=field, why=str(why))

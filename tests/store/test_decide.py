from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from items import Article, Block
from pipelines.store.decide import (
    REVISION_LIMIT,
    Known,
    changes,
    content_hash,
    decide,
    same_page,
    settle,
    slight,
)
from tests.store.pages import DAY, HOUR, NOW, TEXT, article, credit, full_article, moment, reading


def known(of: Article, revision: int = 1, earlier: frozenset[str] = frozenset()) -> Known:
    return Known(
        article=of,
        content_hash=content_hash(of),
        earlier=earlier,
        addresses=frozenset({of.canonical_url}),
        revision=revision,
        revised=NOW,
    )


def body(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(kind="paragraph", text=text) for text in texts)


def test_what_nobody_knows_is_new() -> None:
    assert decide(None, article(), NOW).kind == "new"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "Басқа тақырып"),
        ("lead", "Жаңа кіріспе"),
        ("blocks", body("Басқа мәтін")),
        ("author", "Б. Серік"),
        ("published", moment(NOW - 3 * DAY)),
    ],
)
def test_a_change_a_reader_would_notice_is_a_revision(field: str, value: object) -> None:
    old = article(author="А. Әлі", lead="Кіріспе")
    decision = decide(known(old), replace(old, **{field: value}), NOW + HOUR)  # type: ignore[arg-type]
    name = "body" if field == "blocks" else field
    assert (decision.kind, decision.changed, decision.reason) == ("revised", (name,), f"changed: {name}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headline", "  СУ  ШАРУАШЫЛЫҒЫ ТУРАЛЫ ЕСЕП: kk/su-1"),
        ("headline", unicodedata.normalize("NFD", article().headline)),
        ("blocks", (Block(kind="item", text=TEXT[:8]), Block(kind="quote", text=f"{TEXT[9:]} (kk/su-1)"))),
        ("views", 5),
        ("tags", ("су",)),
        ("author", None),
        ("published", None),
        ("published", moment(NOW - timedelta(hours=23))),
        ("published", moment(NOW + timedelta(hours=23), "day")),
        ("attribution", reading(credit("Ақорда", "akorda"))),
    ],
)
def test_what_a_reader_would_not_notice_is_none(field: str, value: object) -> None:
    old = article(author="А. Әлі")
    assert TEXT[8] == " "
    assert decide(known(old), replace(old, **{field: value}), NOW + HOUR).kind == "unchanged"  # type: ignore[arg-type]


def test_the_limit_holds_until_the_pause_is_over() -> None:
    old, new = known(article(), REVISION_LIMIT), article(blocks=body("Басқа"))
    assert decide(old, new, NOW + HOUR).kind == "held"
    assert decide(old, new, NOW + DAY).kind == "revised"
    assert decide(known(article(), REVISION_LIMIT - 1), new, NOW + HOUR).kind == "revised"


def test_a_return_to_an_earlier_state_at_its_own_address_is_a_revision() -> None:
    earlier = article(blocks=body("Бірінші"))
    old = known(article(blocks=body("Екінші")), 2, frozenset({content_hash(earlier)}))
    assert decide(old, earlier, NOW + HOUR).kind == "revised"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (article("x", headline=article().headline), True),
        (article("x", blocks=article().blocks), True),
        (article("x"), False),
        (article("x", headline=article().headline, lang="ru"), False),
        (article("x", blocks=body("Қысқа мәтін.")), False),
    ],
)
def test_only_a_likely_canonical_address_is_believed(other: Article, expected: bool) -> None:
    assert same_page(article(), other) is expected


def test_what_a_page_no_longer_says_stays_known() -> None:
    old = full_article()
    bare = replace(
        old, views=None, section=None, author=None, published=None, modified=None, attribution=None
    )
    assert settle(old, bare, decide(known(old), bare, NOW + HOUR)) == old


def test_the_chain_of_an_old_text_does_not_pass_to_a_new_one() -> None:
    old = full_article()
    new = replace(old, blocks=body("Жаңа мәтін"), attribution=None)
    decision = decide(known(old), new, NOW + HOUR)
    assert decision.kind == "revised"
    assert settle(old, new, decision).attribution is None


_texts = st.text(max_size=30)
_articles = st.builds(
    lambda headline, lead, texts, views: article(
        headline=headline, lead=lead, blocks=body(*texts), views=views
    ),
    _texts,
    st.none() | _texts,
    st.lists(_texts, max_size=3),
    st.none() | st.integers(0, 9),
)


@settings(deadline=None)
@given(_articles)
def test_a_page_never_differs_from_itself(given_article: Article) -> None:
    again = replace(given_article, headline=f" {given_article.headline}\n")
    assert decide(known(given_article), again, NOW + HOUR).kind == "unchanged"
    assert settle(given_article, given_article, decide(known(given_article), again, NOW)) == given_article


@settings(deadline=None)
@given(_articles, _articles)
def test_the_hash_tells_what_the_fields_tell(one: Article, other: Article) -> None:
    text_changed = bool({"headline", "lead", "body"} & set(changes(one, other)))
    assert text_changed == (content_hash(one) != content_hash(other))


@pytest.mark.parametrize(
    ("before", "after", "is_slight"),
    [
        ("мемлекет басшысы кужатка кол койды", "мемлекет басшысы кужатка кол койды", True),
        ("глава государства подпсал закон", "глава государства подписал закон", True),
        ("глава, государства подписал закон", "глава государства – подписал закон!", True),
        ("погибли 3 человека", "погибли 4 человека", False),
        ("встреча 5 июня", "встреча 5 июля", False),
        ("суд оправдал его", "суд не оправдал его", False),
        ("a billion tenge", "a million tenge", False),
        ("вывоз зерна", "ввоз зерна", False),
        ("австрия закрыла границу", "австралия закрыла границу", False),
        ("aaaaab aaaaab aaaaab aaaaab", "aaaaac aaaaac aaaaac aaaaac", False),
        ("", "", True),
    ],
)
def test_spelling_set_right_is_slight(before: str, after: str, is_slight: bool) -> None:
    assert slight(before, after) is is_slight
    assert slight(after, before) is is_slight

"""Is this page a new article, a new state of one, or one we hold already? Pure: old state, new facts, now.

What makes a revision: a change of headline, lead or body (their words; not case, spaces, markup or how the
text is cut into blocks), another author where both states name one, or a date of publication that moved by
more than a day. What does not: views, section, tags, pictures, translations, links, the date of modification,
the chain (it is read from the text, and read anew when the rules learn). Those are kept as last seen.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from items import Article, Attribution, Moment

REVISION_LIMIT = 24  # states kept as they come; a page that changes on every look then gets one a day
REVISION_PAUSE = timedelta(days=1)
PUBLISHED_DRIFT = timedelta(days=1)  # "2 дня назад" moves within it from one reading to the next
LONG_BLOCK = 60  # characters from which a paragraph shared by two pages is no accident

SLIPS = 3  # words that a correction of spelling may touch
_LONG_WORD = 5  # letters; in a shorter word one letter makes another
_SPOKEN = re.compile(r"\w+")
_FINENESS = {"day": 0, "minute": 1, "second": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store holds of an article, as far as the decision needs it."""

    article: Article  # as it would be read back
    content_hash: str  # of the newest revision
    earlier: frozenset[str]  # the hashes of the revisions before it
    addresses: frozenset[str]  # every address it is known under, canonical spelling
    revision: int
    revised: datetime  # when the newest revision was first seen, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a page, and why.

    `new`: a new article. `revised`: a new revision. `unchanged`: only seen again. `alias`: an article we
    hold, under an address we did not know. `held`: changed once more, but changing too often to be kept (see
    REVISION_LIMIT). `stale`: read before the state we hold, as a page out of an archive is; nothing is taken.
    """

    kind: Literal["new", "revised", "unchanged", "alias", "held", "stale"]
    reason: str
    changed: tuple[str, ...] = ()  # fields that make the revision


def decide(old: Known | None, new: Article, now: datetime) -> Decision:
    """Decide what a page is to the article we hold for it.

    Args:
        old: The article known under one of the page's addresses, or by the same content; None if none is.
        new: The page as read.
        now: When it was read; aware.
    """
    if old is None:
        return Decision(kind="new", reason="new")
    if now < old.revised:
        return Decision(kind="stale", reason="older than the state we hold")
    if new.canonical_url not in old.addresses and content_hash(new) == old.content_hash:
        return Decision(kind="alias", reason="the same text under a further address")
    elsewhere = new.canonical_url != old.article.canonical_url
    if elsewhere and content_hash(new) in old.earlier:
        return Decision(kind="unchanged", reason="a further address still shows an earlier state")
    changed = changes(old.article, new)
    if not changed:
        return Decision(kind="unchanged", reason="the same content")
    reason = f"changed: {', '.join(changed)}"
    if old.revision >= REVISION_LIMIT and now - old.revised < REVISION_PAUSE:
        return Decision(kind="held", reason=f"{reason}; {old.revision} revisions are enough", changed=changed)
    return Decision(kind="revised", reason=reason, changed=changed)


def content_hash(article: Article) -> str:
    """Give the SHA-256, in hexadecimal, of an article's words: headline, lead and body, folded."""
    text = "\n".join((_fold(article.headline), _fold(article.lead or ""), _body(article)))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def changes(old: Article, new: Article) -> tuple[str, ...]:
    """Name the fields in which two states differ enough for a revision. What a page lacks is no change."""
    author = bool(old.author and new.author) and _fold(old.author or "") != _fold(new.author or "")
    differs = {
        "headline": _fold(old.headline) != _fold(new.headline),
        "lead": _fold(old.lead or "") != _fold(new.lead or ""),
        "body": _body(old) != _body(new),
        "author": author,
        "published": _moved(old.published, new.published),
    }
    return tuple(field for field, differ in differs.items() if differ)


def named(reason: str) -> tuple[str, ...]:
    """Give the fields that a revision's reason names: of "changed: headline, body", both; of others, none."""
    head, _, fields = reason.partition(";")[0].partition("changed: ")
    return tuple(fields.split(", ")) if fields and not head else ()


def slight(before: str, after: str) -> bool:
    """Tell whether two states of a text, in search spelling, differ in spelling or punctuation alone.

    At most SLIPS words may differ, each in one letter (changed, put in or left out) that is not its first;
    none of them short or with a digit: "3" and "4", "июня" and "июля", a name or a "not" put in are news.
    """
    old, new = _SPOKEN.findall(before), _SPOKEN.findall(after)
    if len(old) != len(new):
        return False
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return len(pairs) <= SLIPS and all(_slip(one, other) for one, other in pairs)


def _slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG_WORD or len(long) - len(short) > 1 or not (short + long).isalpha():
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[start + 1 :] if len(short) == len(long) else short[start:]
    return start > 0 and rest == long[start + 1 :]


def settle(old: Article, new: Article, decision: Decision) -> Article:
    """Give the article to hold after a decision other than `new` and `stale`.

    The text is the new one of a revision, else the old one. Facts are the newest that a page gave: what it
    does not say stays as it was, save for lists (tags, pictures, translations), of which an empty one is an
    answer.
    """
    text = new if decision.kind == "revised" else old
    return replace(
        text,
        url=old.url,
        canonical_url=old.canonical_url,
        lang=new.lang,
        lang_declared=new.lang_declared or old.lang_declared,
        author=(new.author if decision.kind == "revised" else old.author) or old.author or new.author,
        published=_better(old.published, new.published),
        modified=_newer(old.modified, new.modified),
        section=new.section or old.section,
        views=old.views if new.views is None else new.views,
        tags=new.tags,
        images=new.images,
        translations=new.translations,
        means=new.means or old.means,
        attribution=_attribution(old, new, decision),
    )


def same_page(old: Article, new: Article) -> bool:
    """Tell whether a page that declares another's address its canonical one may be believed.

    Outlets are known to name the front page, or the edition in another language, on every page. So the
    language must be one, and the headline or a long paragraph.
    """
    if old.lang != new.lang:
        return False
    if _fold(old.headline) == _fold(new.headline):
        return True
    theirs = {_fold(text) for text in old.paragraphs if len(text) >= LONG_BLOCK}
    return any(_fold(text) in theirs for text in new.paragraphs if len(text) >= LONG_BLOCK)


def _attribution(old: Article, new: Article, decision: Decision) -> Attribution | None:
    return new.attribution if decision.kind == "revised" else new.attribution or old.attribution


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(folded.split())


def _body(article: Article) -> str:
    return _fold(" ".join(article.paragraphs))


def _moved(old: Moment | None, new: Moment | None) -> bool:
    return old is not None and new is not None and abs(new.at - old.at) > PUBLISHED_DRIFT


def _better(old: Moment | None, new: Moment | None) -> Moment | None:
    """Give the first of two readings of a date, unless the second is finer or truly another."""
    if old is None or new is None:
        return old or new
    if _moved(old, new) or _FINENESS[new.precision] > _FINENESS[old.precision]:
        return new
    return old


def redated(old: Moment | None, new: Moment | None) -> Moment | None:
    """Choose between two readings of one page: the new one, unless it only says the same less finely."""
    if old is None or new is None:
        return new or old
    return old if _FINENESS[old.precision] > _FINENESS[new.precision] and not _moved(old, new) else new


def _newer(old: Moment | None, new: Moment | None) -> Moment | None:
    """Keep the first reading of a date of modification as long as the page prints the same."""
    if old is None or new is None:
        return old or new
    return old if new.raw == old.raw else new

"""The small facts of an article, each chosen among what the page says of it: pure functions on strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spiders.extract.dom import fold, squash
from spiders.extract.tables import words

MAX_TAGS: Final = 60
_COLON = re.compile(r"[:：]")
SEPARATORS: Final = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " // ", " / ")
_HOST_NAME: Final = 5  # letters of a host's name that are no chance
_EMAIL_OR_URL = re.compile(
    r"\S+@\S+\.\w|https?://|www\.|^\S+\.(?:html?|php)$|^/|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}$", re.IGNORECASE
)
_LABEL = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words("labels", "author"))
_AUTHOR_LABEL = re.compile(rf"^(?:{_LABEL})(?:\s?[:：]\s?|\s[-–—]\s|\s(?=\w))", re.IGNORECASE)
_AUTHOR_COLON = re.compile(rf"\s*(?:{_LABEL})\s?[:：]", re.IGNORECASE)
_AUTHOR_LINE = re.compile(rf"^(?:{_LABEL})\s?[:：]\s?(?P<name>\S.{{1,100}})$", re.IGNORECASE)
_CLOCK_OR_DATE = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|\d{4}\s?(?:жылғы|жылы|жыл|ж\.|йил|yil)\s?\d{1,2}\s\w+"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s-][^\W\d_]{3,12}\.?,?\s\d{4}(?!\d)"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2},\s\d{4}(?!\d)"
    r"|(?:GMT|UTC)\s?[+-]?\s?\d{1,2}"
)
_NO_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # "janvier 2020"
_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f,.'’]\d{3})+(?![\d.,]?\d)|(?<![\w.,])\d+(?![.,]?\d)"
)
_DIGIT = re.compile(r"\d")
_VIEW_WORDS: Final = tuple(word.lower() for word in words("labels", "views", "text"))
_VIEWS = "|".join(re.escape(word) for word in words("labels", "views", "text"))
_LABELLED_VIEWS = re.compile(
    rf"(?<!\w)(?:{_VIEWS})\s?[:–-]?\s?\d[\d .,\u00a0\u202f]{{0,14}}(?:[kKкК](?!\w))?"
    rf"|(?<![\w.,])\d[\d .,\u00a0\u202f]{{0,14}}(?:[kKкК]\s?)?(?:{_VIEWS})(?!\w)",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\s?(?:[kKкКmMмМ]|тыс|млн|мың|min|ming)(?!\w)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value with the means by which it was read."""

    means: str
    text: str


def without_site(title: str, names: Iterable[str], host: str) -> str:
    """A title without the name of its site at either end ("… | Tengrinews.kz").

    Only what the page or the address itself calls the site is taken off.
    """
    site = {squash(name) for name in names if squash(name)}
    own = squash(host.removeprefix("www."))
    for _ in range(3):  # "Headline | Section | Site"
        ends = [cut for mark in SEPARATORS for cut in _ends(title, mark)]
        kept = next((rest for name, rest in ends if rest and _is_site(squash(name), site, own)), None)
        if kept is None:
            break
        title = kept
    return title


def _ends(title: str, mark: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The last and the first part of a title at a mark, each with what is left without it."""
    rest, _, last = title.rpartition(mark)
    first, _, left = title.partition(mark)
    return (last, rest.strip()), (first, left.strip())


def _is_site(label: str, names: set[str], host: str) -> bool:
    return label in names or (len(label) > 3 and label in host)


def names_host(text: str, host: str) -> bool:
    """Whether a text is hardly more than the name of its host ("Port Paper Online" on portpaper.example)."""
    letters = squash(text)
    labels = (squash(label) for label in host.removeprefix("www.").split(".")[:-1])
    return any(
        len(label) >= _HOST_NAME and label in letters and len(letters) <= 2 * len(label) for label in labels
    )


def choose_headline(visible: Sequence[str], told: Sequence[Candidate]) -> Candidate | None:
    """The headline, by agreement between what readers see and what the page says of itself.

    Args:
        visible: The texts of the page's `h1`s (or of what stands for one), in order.
        told: What the metadata says, the most trusted first, without site names.
    """
    for heading in visible:
        for said in told:
            if squash(heading) == squash(said.text):
                return Candidate(said.means, heading)
    for heading in visible:
        for said in told:
            if agree(heading, said.text):
                return Candidate("generic", heading)
    if told and (len(visible) != 1 or len(visible[0]) < 12):
        return told[0]
    if visible and (len(told) < 2 or not agree(told[0].text, told[1].text)):
        return Candidate("generic", visible[0])
    return told[0] if told else None


def agree(one: str, other: str) -> bool:
    """Whether two headlines are one: cut short, or told in mostly the same words."""
    a, b = squash(one.rstrip(".… ")), squash(other.rstrip(".… "))
    if min(len(a), len(b)) >= 12 and (a.startswith(b) or b.startswith(a) or a.endswith(b)):
        return True
    first, second = set(re.findall(r"\w{3,}", one.casefold())), set(re.findall(r"\w{3,}", other.casefold()))
    return len(first & second) >= max(2, 0.5 * min(len(first), len(second))) if first and second else False


@lru_cache(maxsize=2048)
def read_author(text: str, *, labelled: bool = False) -> str | None:
    """A name or names from a byline, without its label, joined by ", "; None for what names nobody.

    Args:
        text: The byline as written.
        labelled: Only a line with a label and a colon counts ("Автор: …"), as in running text.
    """
    text = fold(text[:400])
    if labelled:
        match = _AUTHOR_LINE.match(text)
        text = match["name"] if match else ""
    else:
        text = _AUTHOR_LABEL.sub("", text)
    for joint in words("labels", "and"):
        text = text.replace(joint, ", ")
    names = [name.strip(" .,;|•·—–-") for name in re.split(r"[,;|•]", text)]
    kept = [name for name in names if _is_name(name)]
    return ", ".join(dict.fromkeys(kept)) or None


def starts_with_author_label(text: str) -> bool:
    """Whether a text begins with a word for an author and a colon."""
    return _AUTHOR_COLON.match(text) is not None


def _is_name(name: str) -> bool:
    return (
        1 < len(name) <= 90
        and any(c.isalpha() for c in name)
        and not _EMAIL_OR_URL.search(name)
        and not _COLON.search(name)
        and name.casefold() not in words("labels", "nobody")
        and len(name.split()) <= 8
        and not _CLOCK_OR_DATE.search(name)
        and not _NO_NAME.search(name)
    )


def join_authors(names: Iterable[str]) -> str | None:
    """Several bylines as one, each name once."""
    found = [name for text in names if (name := read_author(text))]
    return ", ".join(dict.fromkeys(part for name in found for part in name.split(", "))) or None


def choose_author(candidates: Iterable[Candidate], *, site: Iterable[str]) -> Candidate | None:
    """The first author that is not the site itself, else the first; none is drawn beyond the answer."""
    names = {squash(name) for name in site if name}
    first = None
    for candidate in candidates:
        if squash(candidate.text) not in names:
            return candidate
        first = first or candidate
    return first


def clean_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Tags without their "#", each once whatever its case, in order."""
    found: dict[str, str] = {}
    for text in texts:
        tag = fold(text).lstrip("#").strip(" ,;")
        if tag and len(tag) <= 100:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())[:MAX_TAGS]


def read_views(text: str) -> int | None:
    """The first whole number that is no part of a date or a time ("21 Май 2020 21:58 3598" → 3598).

    None where there is no such number, or only a rounded one ("1,2K").
    """
    text = _CLOCK_OR_DATE.sub(" · ", text[:500])
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if _ROUNDED.match(text, match.end()) or len(digits) > 12:
            continue
        return int(digits)
    return None


def labelled_views(text: str) -> int | None:
    """The number that stands next to a word for views ("518 просмотров", "Views: 1,234"), or None."""
    lower = text[:500].lower()
    if not _DIGIT.search(lower) or not any(word in lower for word in _VIEW_WORDS):
        return None
    match = _LABELLED_VIEWS.search(_CLOCK_OR_DATE.sub(" · ", text[:500]))
    return read_views(match[0]) if match is not None else None


def is_cut_of(text: str, body: str) -> bool:
    """Whether a description is only a piece of the body, cut off where it ended."""
    piece, whole = squash(text.rstrip().rstrip(".…").rstrip()), squash(body)
    if not piece:
        return True
    return piece in whole or (len(piece) > 60 and piece[:-20] in whole)

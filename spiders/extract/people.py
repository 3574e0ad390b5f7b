"""Names of people in the short lines about an article: pure functions on strings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Final

from spiders.extract.dates import find_date_span
from spiders.extract.dom import fold
from spiders.extract.fields import join_authors, read_author
from spiders.extract.tables import words

_MOST_WORDS: Final = 4
_LONGEST: Final = 50  # characters of a name
_SIGNED: Final = 70  # characters of a signature: a name, and where its bearer sits
_PARTS = re.compile(
    r"\s*[|·•│/]\s*|\s+[—–-]\s+|\s+(?=[^\W\d_]{1,20}\s?[:：])"
    r"|\s+(?=(?:photo\w*|pictures?|illustrations?|images?|video|фото|сурет)\s+(?:by|автор|[:–—-])\s)",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_]+(?:['’ʼʻ‘-][^\W\d_]+)*\.?")
_CASELESS = re.compile(r"[\u0590-\u06ff\u0900-\u0dff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3400-\u9fff]{1,3}[\u3400-\u9fff](?<![报網网社台刊])")
_SIGNED_HAN = re.compile(
    r"[\u3400-\u9fff]{0,10}(?:记者|記者|通讯员|評論員|评论员|撰稿人)[\s:：]+(?P<names>[\u3400-\u9fff]{2,4}(?:[\s、,，][\u3400-\u9fff]{2,4}){0,3})"
)
_ORGAN_HAN = re.compile(r"[\u3400-\u9fff]{2,10}[报網网社台刊]")
_PARTICLES: Final = frozenset(words("labels", "particles"))
_BARE = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words("labels", "by"))
_BY = re.compile(rf"^(?:{_BARE})\s(?P<name>\S.*)$", re.IGNORECASE)
_COLON = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words("labels", "author"))
_LABEL = re.compile(rf"^(?:{_COLON})\s?[:：]\s?(?P<name>\S.*)$", re.IGNORECASE)
_SPOKEN = re.compile(rf"^(?:{_COLON})\s(?P<name>\S.*)$", re.IGNORECASE)
_LINK_WORDS: Final = frozenset(words("labels", "link_words"))
_ALONE: Final = frozenset(word.casefold() for word in words("labels", "author"))
_ROLES: Final = tuple(word.casefold() for word in words("labels", "roles"))
_ROLE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _ROLES))})(?!\w)", re.IGNORECASE)
_PLACED = re.compile(
    rf"\s(?:{'|'.join(words('labels', 'placed'))})\s(?=[^\W\d_a-zа-я])"
)  # "Anna Lee in Kyiv"
_CONTACT = re.compile(r"\S+@\S+|https?://\S+|(?<!\w)@\w+|\(@?\w+\)")


def is_person(text: str) -> bool:
    """Whether a text is the name of one person and nothing else: two to four words, each with a capital.

    In scripts without capitals as many words; two to four signs in Chinese. A place of two words passes too:
    it is for the caller to look only where people are named.
    """
    text = fold(text).strip(" .,;:")
    if not 2 <= len(text) <= _LONGEST or any(c.isdigit() for c in text):
        return False
    if _HAN.fullmatch(text):
        return True
    parts = text.split(" ")
    if not 2 <= len(parts) <= _MOST_WORDS or not all(_WORD.fullmatch(part) for part in parts):
        return False
    if _CASELESS.search(text):
        return True
    if any(part.casefold() in _LINK_WORDS for part in parts):
        return False
    named = [part for part in parts if part.casefold() not in _PARTICLES]
    return len(named) >= 2 and all(part[0].isupper() for part in named)


def people_of(names: str, *, organs: Callable[[str], bool]) -> str | None:
    """The people among the parts of a byline ("Anna Lee, Executive Editor, The Paper", "Anna Lee, @alee").

    Where none of the parts is the full name of a person, all that may be a name stays.

    Args:
        names: A byline as `read_author` gives it.
        organs: Whether a part names the site itself.
    """
    parts = [part for part in names.split(", ") if not part.startswith("@")]
    own = [part for part in parts if not organs(part)]
    people = [part for part in own if is_person(part) and not _ends_with_role(part)]
    kept = people if people and all(_is_beside(part) for part in own if part not in people) else own
    return ", ".join(kept) or None


def _ends_with_role(text: str) -> bool:
    """Whether a text is what somebody is: "Executive Editor", "главный редактор"."""
    folded = fold(text).casefold()
    return any(folded == role or folded.endswith(f" {role}") for role in _ROLES)


def _is_beside(text: str) -> bool:
    """Whether a part beside a full name is a role, a place or a paper rather than one more name."""
    return _ends_with_role(text) or " " not in text or not is_person(text)


def is_label(text: str) -> bool:
    """Whether a text is a word for an author and nothing else ("Автор", "Author:")."""
    return fold(text).rstrip(" :：").casefold() in _ALONE


def by_label(line: str) -> str | None:
    """The people that a line names after a label or a word like "by", whatever dates stand beside them.

    Args:
        line: One line of the page, of at most a few hundred characters.
    """
    parts = _parts(line)
    for label, named in itertools.pairwise(parts):  # "Автор материала — Асель Нурланова"
        if is_label(label) and is_person(named):
            return named
    for part in parts:
        if match := _LABEL.match(part):
            if name := read_author(match["name"]):
                return name
        elif (match := _BY.match(part) or _SPOKEN.match(part)) is not None and (
            name := _people(match["name"])
        ):
            return name
    return None


def by_role(line: str) -> str | None:
    """The person that stands beside what they are ("Anna Lee | Staff writer"), or None."""
    if signed := _SIGNED_HAN.fullmatch(line.strip()):
        return join_authors(re.split(r"[\s、,，]+", signed["names"]))
    if _ROLE.search(line) is None and _ORGAN_HAN.search(line) is None:
        return None
    parts = [piece for part in _parts(line) for piece in part.split(", ")]
    for name, role in itertools.pairwise(parts):
        if is_person(name) and (_is_role(role) or _ORGAN_HAN.fullmatch(role)):
            return name
    for part in parts:
        for role in _ROLES:
            lower = part.casefold()
            rest = part[: -len(role)] if lower.endswith(f" {role}") else ""
            rest = rest or (part[len(role) :] if lower.startswith(f"{role} ") else "")
            if rest and is_person(rest):
                return fold(rest).strip(" ,:")
    return None


def signature(text: str) -> str | None:
    """The author of a line that is a signature alone: a name, perhaps with a label or a place beside it."""
    if len(text) > _SIGNED:
        return None
    if name := by_label(text):
        return name
    name, _, place = fold(text).strip(" .").partition(",")
    if any(c.isdigit() for c in place) or len(place.split()) > 3 or _ends(text):
        return None
    return name if is_person(name) else None


def _ends(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return text.rstrip().endswith(("!", "?", "…", ":", "»", "”"))


def _is_role(text: str) -> bool:
    return fold(text).strip(" .,()").casefold() in _ROLES


def _people(text: str) -> str | None:
    """Several names as one, if every part of the text is a name."""
    names = read_author(text)
    if names is None or len(names) > 3 * _LONGEST:
        return None
    kept: list[str] = []
    for said in names.split(", "):
        name = said if is_person(said) else _PLACED.split(said)[0]
        if not is_person(name):
            break
        kept.append(name)
    return join_authors(kept)


def _parts(line: str) -> list[str]:
    """The parts of a line of facts, without dates, addresses and accounts."""
    line = _CONTACT.sub(" | ", line[:400])
    while (span := find_date_span(line)) is not None:
        line = f"{line[: span[0]]} | {line[span[1] :]}"
    return [part for part in (fold(part).strip(" ,;") for part in _PARTS.split(line)) if part]

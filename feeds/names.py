"""Names of files, made of names that anybody may have given: they never leave the folder of the feeds."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Final

_LONGEST: Final = 60  # characters of one name; beyond it a file system may refuse the ending
_WRONG: Final = re.compile(r"[^a-z0-9]+")
_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*(?:/[a-z0-9]+(?:[-_][a-z0-9]+)*){0,3}\Z")
# Kazakh as its Latin alphabet of 2021 has it, without the marks; Russian as Kazakhstan's passports do.
_LATIN: Final = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhye", strict=True)),
        **dict(zip("әғқңөұүһі", "agqnouuhi", strict=True)),
        "ё": "e",
        "ж": "zh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
        "ə": "a",
        "ı": "i",
        "ß": "ss",
    }
)


def slug(name: str) -> str:
    """Give a file's name for any name: small Latin letters, digits and hyphens, never empty.

    Cyrillic is written in Latin letters. Where something else is lost, or the name is too long, a few digits
    of its SHA-256 keep it apart from others; the same name always gives the same.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).translate(_LATIN)
    plain = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    kept = _WRONG.sub("-", plain).strip("-")
    lost = any(not char.isascii() and char.isalnum() for char in plain)
    if kept and not lost and len(kept) <= _LONGEST:
        return kept
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept[:_LONGEST].rstrip('-')}-{mark}" if kept else mark


def checked(name: str) -> str:
    """Give `name` back if it is one of a file below the folder of the feeds.

    Raises:
        ValueError: It is not: it is absolute, goes up, or has a character that a name here never has.
    """
    if not _NAME.match(name) or len(name) > 4 * _LONGEST:
        raise ValueError(f"{name[:80]!r} is no name of a feed")
    return name


def below(folder: Path, name: str, ending: str) -> Path:
    """Give the path of a file of that name.

    Raises:
        ValueError: As `checked` has it.
    """
    return folder / f"{checked(name)}{ending}"

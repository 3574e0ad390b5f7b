"""An article as `jarshy fold --jsonl` takes it, and its story as it gives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from pipelines.folding.piece import Piece


def piece_of(record: Mapping[str, object]) -> Piece:
    """Give the article of a parsed line: id, lang, outlet, published, title, text, and perhaps url and chain.

    `published` is ISO 8601; one without an offset is read as UTC. A link of the chain is a name, or an object
    with `source` or `name`.

    Raises:
        ValueError: a field is missing, or is not what it should be; the message names it.
    """
    chain = record.get("chain") or []
    if not isinstance(chain, list):
        raise ValueError("chain: a list is needed")
    return Piece(
        id=_text(record, "id"),
        lang=str(record.get("lang") or ""),
        outlet=_text(record, "outlet"),
        published=_moment(record.get("published")),
        title=_text(record, "title"),
        text=str(record.get("text") or ""),
        url=str(record.get("url") or ""),
        chain=tuple(name for name in map(_credited, chain) if name),
    )


def _text(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str) or (field == "id" and not value):
        raise ValueError(f"{field}: a text is needed")
    return value


def _moment(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"published: {value!r} is no ISO 8601 time") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _credited(link: object) -> str:
    if isinstance(link, Mapping):
        return str(link.get("source") or link.get("name") or "")
    if link is not None and not isinstance(link, str):
        raise ValueError(f"chain: {link!r} is neither a name nor an object with one")
    return link or ""

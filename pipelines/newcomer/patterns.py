"""What the addresses of a site's articles have in common, as a regular expression. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_MOST_SHAPES: Final = 3
_COVERED: Final = 0.9  # of the paths, by the shapes that are kept
_CERTAIN: Final = 5  # paths of a shape that have a part in common, before it is believed to be a fixed one
_EXTENSION: Final = re.compile(r"\.(?:html?|php|aspx?)$")
_ANY: Final = "[^/]+"
_PARTS: Final = (  # the first that fits a part of a path stands for it
    (re.compile(r"[a-z]{2}"), r"[a-z]{2}"),  # a language
    (re.compile(r"(?:19|20)\d\d"), r"\d{4}"),
    (re.compile(r"\d{1,2}"), r"\d{1,2}"),
    (re.compile(r"\d+"), r"\d+"),
    (re.compile(r"\d+-.+"), r"\d+-[^/]+"),
    (re.compile(r".+-\d{4,}"), r"[^/]+-\d+"),
    (re.compile(r".+_\d{4,}"), r"[^/]+_\d+"),
)


def pattern_of(paths: Sequence[str]) -> str:
    """Give the expression that the paths of articles match.

    Args:
        paths: of addresses that are articles', percent-encoded.

    Returns:
        An expression anchored at both ends, or "" where the paths have too little in common.
    """
    split = [tuple(path.strip("/").split("/")) for path in dict.fromkeys(paths) if path.strip("/")]
    shapes = Counter(tuple(map(_shape, parts)) for parts in split)
    kept = [shape for shape, _ in shapes.most_common(_MOST_SHAPES)]
    if not split or sum(shapes[shape] for shape in kept) < _COVERED * len(split):
        return ""
    told = [_expression([parts for parts in split if tuple(map(_shape, parts)) == shape]) for shape in kept]
    return f"^/{told[0]}/?$" if len(told) == 1 else f"^/(?:{'|'.join(sorted(set(told)))})/?$"


def _shape(part: str) -> str:
    extension = _EXTENSION.search(part)
    name = part[: extension.start()] if extension else part
    kind = next((kind for pattern, kind in _PARTS if pattern.fullmatch(name)), _ANY)
    return kind + (re.escape(extension[0]) if extension else "")


def _expression(paths: Sequence[tuple[str, ...]]) -> str:
    """One shape's paths: a part that all of them share stays as it is, but for the last."""
    told = []
    for at, column in enumerate(zip(*paths, strict=True)):
        shared = at < len(paths[0]) - 1 and len(paths) >= _CERTAIN and len(set(column)) == 1
        told.append(re.escape(column[0]) if shared and not column[0].isdigit() else _shape(column[0]))
    return "/".join(told)

"""Vectors of texts by a model that lies on this machine: one more evidence, and never a needed one.

`jarshy[embeddings]` brings model2vec, whose static models are a table of vectors and a tokeniser: a text's
vector is the mean of its words', without a network or a graphics card. Which model is the reader's choice;
one that knows Kazakh, Russian and English puts texts on one event near each other across the three.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

Vector = tuple[float, ...]
Vectors = Callable[[Sequence[str]], Sequence[Vector]]
"""Gives a vector of length 1 for each text, or an empty one where a text has no word that the model knows."""

_LOG: Final = logging.getLogger(__name__)
VARIABLE: Final = "JARSHY_VECTORS"  # the folder of the model, as `jarshy.toml` has it


class NoVectors(RuntimeError):  # noqa: N818 - names the fact
    """There is no model to be had; the message says why, and what to do."""


def load(folder: Path) -> Vectors:
    """Load a model of model2vec from a folder on this machine; nothing is ever downloaded.

    Raises:
        NoVectors: the extra is not installed, or the folder holds no such model.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # before the import, which reads it
    try:
        from model2vec import StaticModel
    except ImportError as error:
        raise NoVectors("vectors need an extra: pip install 'jarshy[embeddings]'") from error
    if not folder.is_dir():
        raise NoVectors(f"{folder} is no folder; give one with a model of model2vec")
    try:
        model = StaticModel.from_pretrained(folder, normalize=True, force_download=False)
    except Exception as error:  # what reads its files raises Exception itself
        raise NoVectors(f"{folder} holds no model of model2vec: {error}") from error

    def vectors(texts: Sequence[str]) -> Sequence[Vector]:
        found = model.encode(list(texts), use_multiprocessing=False)
        return [tuple(map(float, each)) if each.any() else () for each in found]

    return vectors


def configured() -> Vectors | None:
    """Give the model of $JARSHY_VECTORS; None where none is set.

    One that cannot be had is told of in the log and done without: no run stops for want of what none needs.
    """
    folder = os.environ.get(VARIABLE, "")
    try:
        return load(Path(folder)) if folder else None
    except NoVectors as error:
        _LOG.warning("folding goes on without vectors: %s", error)
        return None


def cosine(one: Vector, other: Vector) -> float:
    """Give how near two vectors of length 1 are, 1 being the same; 0 for an empty one or for two models'."""
    if len(one) != len(other):
        return 0.0
    return sum(a * b for a, b in zip(one, other, strict=True))

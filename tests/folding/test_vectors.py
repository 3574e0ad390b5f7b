"""Vectors of a tiny model, made here: one more evidence where it is at hand, nothing amiss where not."""

from __future__ import annotations

import logging
import pickle
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.folding import vectors
from pipelines.folding.compare import WEIGHTS, compare
from pipelines.folding.facts import read_piece
from pipelines.folding.folder import Folder
from pipelines.folding.piece import Evidence, Piece
from pipelines.folding.rarity import Rarity
from pipelines.jsonl import fold_lines

WORDS = {"ферма": 0, "шаруашылық": 0, "farm": 0, "оркестр": 1, "orchestra": 1, "лед": 2, "ice": 2}
AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
ONE = Piece(id="a", lang="ru", outlet="x", published=AT, title="Ферма", text="В Риддере открылась ферма.")
OTHER = Piece(id="b", lang="en", outlet="y", published=AT, title="A farm", text="A farm opened in Ridder.")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model of three meanings, in a folder."""
    model2vec, tokenizers = pytest.importorskip("model2vec"), pytest.importorskip("tokenizers")
    known: dict[str, int] = {"[PAD]": 0, "[UNK]": 1}
    table = [[0.0] * 3, [0.0] * 3]
    for word, meaning in WORDS.items():
        known[word] = len(table)
        table.append([float(at == meaning) for at in range(3)])
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(known, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made = model2vec.StaticModel(np.array(table, dtype=np.float32), tokenizer, normalize=True)
    made.save_pretrained(tmp_path / "model")
    return tmp_path / "model"


def evidence(one: Piece, other: Piece, given: vectors.Vectors | None) -> list[Evidence]:
    facts = [read_piece(each) for each in (one, other)]
    if given is not None:
        told = given([each.title for each in (one, other)])
        facts = [replace(each, vector=vector) for each, vector in zip(facts, told, strict=True)]
    found = compare(facts[0], facts[1], Rarity()).evidence
    return [each for each in found if each.family == "vector"]


def test_texts_of_one_meaning_are_near_in_any_language(model: Path) -> None:
    load = vectors.load(model)
    farm, same, other, none = load(["Ферма", "a farm", "оркестр", "zzz"])
    assert vectors.cosine(farm, same) == pytest.approx(1.0)
    assert vectors.cosine(farm, other) == pytest.approx(0.0)
    assert none == ()


def test_vectors_are_one_more_evidence_for_a_join_and_none_against(model: Path) -> None:
    load = vectors.load(model)
    (found,) = evidence(ONE, OTHER, load)
    assert found.weight == WEIGHTS["across_languages"]["vector"]
    assert found.told == "1.00 between the vectors of the texts"
    assert evidence(ONE, replace(OTHER, title="The orchestra"), load) == []
    assert evidence(ONE, OTHER, None) == []


def test_vectors_alone_join_nothing(model: Path) -> None:
    for table in WEIGHTS.values():
        assert table["base"] + table["vector"] < 1.0  # a pair needs more to be joined
    one = replace(ONE, title="Ферма", text="Ферма.")
    other = replace(OTHER, title="Farm", text="Farm.")
    assert (
        len({joined.story for joined in Folder(vectors=vectors.load(model)).settle([one, other]).joined}) == 2
    )


def test_folder_gives_its_articles_vectors(model: Path) -> None:
    folder = Folder(vectors=vectors.load(model))
    folder.settle([ONE, OTHER])
    assert folder._window.articles["a"].vector == pytest.approx((1.0, 0.0, 0.0))
    plain = Folder()
    plain.settle([ONE])
    assert plain._window.articles["a"].vector == ()
    assert pickle.loads(pickle.dumps(plain)).held() == {"a"}  # noqa: S301 - what was just made


@pytest.mark.parametrize("kind", ["missing", "empty", "broken"])
def test_model_that_cannot_be_had_is_told_of_and_done_without(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "model"
    if kind != "missing":
        folder.mkdir()
    if kind == "broken":
        for name in ("config.json", "tokenizer.json", "model.safetensors"):
            (folder / name).write_text("{", encoding="utf-8")
    monkeypatch.setenv(vectors.VARIABLE, str(folder))
    with caplog.at_level(logging.WARNING):
        assert vectors.configured() is None
    assert str(folder) in caplog.text
    line = '{"id": "1", "lang": "ru", "outlet": "x", "published": "2026-11-03", "title": "Ферма", "text": ""}'
    assert [good for _, good in fold_lines([line.encode()])] == [True]


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "model2vec", None)
    with pytest.raises(vectors.NoVectors, match=r"jarshy\[embeddings\]"):
        vectors.load(tmp_path)


def test_nothing_is_set_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Any) -> vectors.Vectors:
        raise AssertionError(folder)

    monkeypatch.delenv(vectors.VARIABLE, raising=False)
    monkeypatch.setattr(vectors, "load", refuse)
    assert vectors.configured() is None

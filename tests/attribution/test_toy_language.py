"""A language is one data file and one folder of cases: shown with one that does not exist."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.attribution.phrases import Phrases
from pipelines.attribution.reader import attribute

TOY = Path(__file__).parent / "toy"
PHRASES = Phrases(tomllib.loads((TOY / "phrases.toml").read_text(encoding="utf-8")))
CASES = [json.loads(line) for line in (TOY / "cases.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_toy_language_is_read(case: dict[str, Any]) -> None:
    found = attribute(case["text"], lang="xx", publisher=case["publisher"], phrases=PHRASES)
    assert [[credit.name, credit.role] for credit in found.chain] == case["chain"]

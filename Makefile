# What one does here. `make` alone tells.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help demo test lint score lock bench clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(STAMP)  ## crawl the recorded sample outlets on loopback, write the digest, say what came of it
	$(BIN)/jarshy demo

lint: $(STAMP)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

test: lint  ## everything, from nothing
	$(BIN)/python -m pytest

score: $(STAMP)  ## how well attribution, stories and unknown pages are read, on labelled ones
	$(BIN)/python -m benchmarks.score_attribution
	$(BIN)/python -m benchmarks.score_folding --noise
	$(BIN)/python -m benchmarks.score_extract

bench: $(STAMP)  ## one table of what everything costs, as ratios with their limits; some twenty minutes
	$(BIN)/python -m benchmarks

lock:  ## settle the dependencies anew; needs uv
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements.lock

clean:  ## away with what was made: environment, caches, feeds; the store stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis feeds/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

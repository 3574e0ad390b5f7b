"""A person at a prompt who gets it wrong: the documented code, and a last line that says what to do next."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from feeds.verbs.answer import NOTHING, USAGE
from feeds.verbs.examples import EXAMPLES
from feeds.verbs.usage import parser
from pipelines.store import Store
from tests.store.pages import NOW, OUTLETS, article, page

# What is typed (DB: a store with an article; NONE: none there; FILE: some text), the code, what is said.
WRONG: list[tuple[str, int, str]] = [
    ("", USAGE, "jarshy --help lists the verbs"),
    ("craw", USAGE, "(is 'crawl' meant?); jarshy --help lists them"),
    ("xyzzy", USAGE, "no verb is called 'xyzzy'; jarshy --help"),
    ("crawl nosuch --db NONE", USAGE, "there are akipress"),
    ("crawl --limit 0 akorda", USAGE, "write 1 or more"),
    ("crawl --limit five akorda", USAGE, "write 1 or more"),
    ("crawl --since yesterday", USAGE, "write 2026-11-25"),
    ("crawl --since 2026-11-02 --until 2026-11-01 akorda --db NONE", USAGE, "no day is between them"),
    ("crawl akorda --db NONE --archive GONE", USAGE, "Give WARC or WACZ files"),
    ("digest --db NONE", NOTHING, "begin with: jarshy crawl"),
    ("digest --db FILE", NOTHING, "Restore"),
    ("digest --db DB --base-url ftp://x", USAGE, "no absolute http(s) address"),
    ("digest --db DB --out FILE", NOTHING, "choose a folder with --out"),
    ("serve --port 99999", USAGE, "up to 65535"),
    ("serve --host 0.0.0.0", USAGE, "add --allow-remote"),
    ("serve --out NONE", NOTHING, "begin with: jarshy digest"),
    ("status --db NONE", NOTHING, "begin with: jarshy crawl"),
    ("explain --db DB notaurl", USAGE, "give an article's address or GUID"),
    ("search --db DB --outlet nosuch су", USAGE, "the store has: akorda"),
    ('search --db DB "-"', USAGE, "give a word"),
    ("search --since 2026-13-40 су", USAGE, "write 2026-11-25"),
    ("query nosuch", USAGE, "there are: corrections"),
    ("query --db DB credited_first sinc=2026-01-01", USAGE, "it has: since, until"),
    ("query credited_first since", USAGE, "write since=2026-11-01"),
    ("query --db DB credited_first since=gestern", USAGE, "write since=2026-11-01"),
    ("query --db DB quotes_of_a_person", USAGE, "needs person="),
    ("export --db DB FILE", USAGE, "give a folder"),
    ("export --db DB NONE --format xml", USAGE, "choose from"),
    ("prune --db DB", USAGE, "required: --before"),
    ("prune --db DB --before never", USAGE, "write 2026-11-25"),
    ("backup --db DB --keep 0", USAGE, "write 1 or more"),
    ("backup --db DB FILE/x.db", NOTHING, "no copy was made"),
    ("check --db NONE", NOTHING, "begin with: jarshy crawl"),
    ("outlets check nosuch", USAGE, "there are akipress"),
    ("attribute", USAGE, "--jsonl"),
    ("demo --state 3", USAGE, "choose from"),
]


@pytest.mark.parametrize(("typed", "code", "told"), WRONG, ids=[typed or "nothing" for typed, _, _ in WRONG])
def test_what_is_wrong_is_said_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str, code: int, told: str
) -> None:
    db, text = tmp_path / "jarshy.db", tmp_path / "text"
    text.write_text("no database\n" * 100, encoding="utf-8")
    if "DB" in typed.split():
        with Store.open(db) as store:
            store.sync_outlets(OUTLETS, NOW)
            kept = store.keep(page(article()), store.begin_crawl("akorda", NOW))
            store.await_settling(kept.guid or "")
    places = {
        "DB": str(db),
        "NONE": str(tmp_path / "none"),
        "FILE": str(text),
        "GONE": "/no/such.warc",
        "FILE/x.db": f"{text}/x.db",
    }
    words = [places.get(word, word.strip('"')) for word in typed.split()]
    try:
        ended = cli.main(words)
    except SystemExit as error:
        ended = int(str(error.code))
    said = capsys.readouterr().err
    assert (ended, told in said) == (code, True), said
    assert "Traceback" not in said
    assert "[Errno" not in said


def test_the_help_of_every_verb_has_an_example() -> None:
    def each(part: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, str]]:
        for action in part._subparsers._group_actions if part._subparsers else ():
            for verb, child in (action.choices or {}).items():  # type: ignore[attr-defined] # a mapping
                yield f"{name} {verb}".strip(), child.format_help()
                yield from each(child, f"{name} {verb}".strip())

    found = dict(each(parser(), ""))
    assert set(found) == set(EXAMPLES)
    for name, told in found.items():
        assert f"jarshy {name}" in told.partition("example")[2], name

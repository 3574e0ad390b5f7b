from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.score_folding import cases
from feeds.filters import run
from pipelines import jsonl

CASES = Path(__file__).parents[1] / "outlets"
RELAY = "Бұл туралы Ақорданың баспасөз қызметі хабарлады, деп жазады inbusiness.kz сайты."


def answers(name: str, *lines: object) -> tuple[list[dict[str, Any]], bool]:
    """Work on lines, given as values or as the bytes themselves."""
    given_lines: Iterable[bytes] = (
        line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines
    )
    out = BytesIO()
    well = run(name, given_lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()], well


def test_attribute_reads_chain_photo_and_quotes() -> None:
    (found,), well = answers(
        "attribute", {"id": 7, "lang": "kk", "publisher": "inbusiness.kz", "text": RELAY}
    )
    assert well
    assert (found["id"], found["lang"], found["photo"], found["quotes"]) == (7, "kk", None, [])
    assert [(link["name"], link["role"]) for link in found["chain"]] == [
        ("inbusiness.kz", "relay"),
        ("Ақорданың баспасөз қызметі", "origin"),
    ]
    for link in found["chain"]:
        assert set(link) == {"name", "role", "source", "confidence", "evidence", "start", "end"}
        assert RELAY[link["start"] : link["end"]] == link["evidence"]


def test_attribute_tells_the_language_where_none_is_given() -> None:
    found, _ = answers("attribute", {"id": 1, "lang": None, "publisher": "inbusiness.kz", "text": RELAY})
    assert found[0]["lang"] == "kk"


@pytest.mark.parametrize(
    "case", sorted(CASES.glob("inbusiness/*/page.html")), ids=lambda path: path.parent.name
)
def test_extract_uses_the_outlet_s_layout(case: Path) -> None:
    meta = json.loads(case.with_name("meta.json").read_text(encoding="utf-8"))
    expected = json.loads(case.with_name("expected.json").read_text(encoding="utf-8"))
    (found,), well = answers(
        "extract", {"id": "a", "url": meta["url"], "path": str(case), "now": meta["now"]}
    )
    assert well
    assert list(found) == [
        "id", "url", "canonical_url", "lang", "headline", "lead", "paragraphs", "body", "author", "section",
        "tags", "published", "modified", "images", "views", "outlet",
    ]  # fmt: skip
    assert found["outlet"] == "inbusiness"
    assert found["paragraphs"] == [text for _, text in expected["blocks"]]
    assert found["body"] == "\n\n".join(found["paragraphs"])
    for field in ("canonical_url", "lang", "headline", "section", "tags", "views"):
        assert found[field] == expected[field]


def test_extract_gives_dates_no_finer_than_the_page() -> None:
    page = (CASES / "akorda/en-literal-year/page.html").read_text(encoding="utf-8")
    url = "https://akorda.kz/en/president-receives-rector-of-the-university-of-mining-technologies-483802"
    seed = CASES / "inbusiness/kk-seed"
    seed_url = json.loads((seed / "meta.json").read_text(encoding="utf-8"))["url"]
    found, _ = answers(
        "extract",
        {"id": 1, "url": url, "html": page},
        {"id": 2, "url": seed_url, "path": str(seed / "page.html")},
    )
    assert [each["published"] for each in found] == ["2024-11-19", "2024-11-13T14:05:00+05:00"]


def test_extract_reads_a_site_nobody_prepared() -> None:
    body = "".join(
        f"<p>Абзац номер {number} о том, как в городе чинят старый мост через реку.</p>"
        for number in range(8)
    )
    head = "<html lang='ru'><title>Мост чинят</title>"
    html = f"{head}<body><article><h1>Мост чинят</h1>{body}</article></body></html>"
    (found,), well = answers("extract", {"id": 1, "url": "https://news.example/most", "html": html})
    assert well
    assert (found["outlet"], found["headline"], len(found["paragraphs"])) == (None, "Мост чинят", 8)
    assert found["published"] is None


def test_fold_names_one_story_for_an_event_and_its_relay() -> None:
    event = {
        "id": 1, "lang": "ru", "outlet": "akorda.kz", "published": "2026-06-25",
        "title": "Глава государства принял министра транспорта",
        "text": "Министр Асхат Бекмуратов доложил: на трассе Караганда – Балхаш обновлено 214 километров.",
    }  # fmt: skip
    relay = {
        "id": 2, "lang": "kk", "outlet": "inbusiness.kz", "published": "2026-06-25T14:05:00+05:00",
        "title": "Қарағанды жолы жөнделді",
        "text": "Қарағанды – Балқаш тасжолында 214 шақырым жол жаңартылды, деп хабарлады Ақорда.",
    }  # fmt: skip
    other = {
        **relay,
        "id": 3,
        "text": "Алматыда нан қымбаттады.",
        "title": "Нан қымбаттады",
        "chain": [{"name": "inbusiness.kz"}],
    }
    found, well = answers("fold", event, relay, other)
    assert well
    assert found[0]["story"] == found[1]["story"] != found[2]["story"]
    again, _ = answers("fold", relay, event, other)
    assert [each["id"] for each in again] == [2, 1, 3]
    assert again[0]["story"] == again[1]["story"]


def test_sanitise_gives_what_a_feed_carries() -> None:
    line = {
        "id": 1,
        "html": '<p onclick="x()">a <a href="/b">b</a><script>c</script></p>',
        "base": "https://a.kz/",
    }
    (found,), well = answers("sanitise", line)
    assert well
    assert "script" not in found["html"]
    assert 'href="https://a.kz/b"' in found["html"]


@pytest.mark.parametrize(
    ("line", "key", "told"),
    [
        (b"{", None, "Expecting"),
        (b"[1]", None, "JSON object"),
        (b"\xff\xfe", None, "decode"),
        (b"[" * 100_000, None, ""),
        ({"id": 5, "lang": "ru"}, 5, '"text" is missing'),
        ({"id": 6, "text": 1}, 6, '"text" is no string'),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_through(line: object, key: object, told: str) -> None:
    good = {"id": "g", "lang": "kk", "publisher": "inbusiness.kz", "text": RELAY}
    found, well = answers("attribute", good, b"  \n", line, good)
    assert not well
    assert [each["id"] for each in found] == ["g", key, "g"]
    assert told in found[1]["error"]
    assert "chain" in found[2]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("extract", {"id": 1, "url": "https://a.kz/", "path": "/nowhere/at/all.html"}),
        ("extract", {"id": 1, "html": "<p>"}),
        ("extract", {"id": 1, "url": "https://a.kz/", "html": "<p>", "now": "yesterday"}),
        ("extract", {"id": 1, "url": "https://a.kz/", "html": "<p>", "now": "2026-11-25T09:00:00"}),
        ("fold", {"id": 1, "outlet": "a.kz", "title": "t", "text": "x", "published": "soon"}),
        ("fold", {"id": 1, "outlet": "a.kz", "title": "t", "text": "x", "chain": [5]}),
        ("sanitise", {"id": 1, "base": "https://a.kz/"}),
    ],
)
def test_every_filter_tells_what_it_lacks(name: str, line: dict[str, object]) -> None:
    (found,), well = answers(name, line)
    assert not well
    assert (found["id"], set(found)) == (1, {"id", "error"})


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_no_bytes_end_a_filter(lines: list[bytes]) -> None:
    for name in ("attribute", "extract", "fold", "sanitise"):
        found, _ = answers(name, *lines)
        assert len(found) == sum(bool(line.strip()) for line in lines)


def test_a_lone_surrogate_survives_as_an_escape() -> None:
    found, _ = answers("sanitise", b'{"id": "\\ud800", "html": "a", "base": "https://a.kz/"}')
    assert found[0]["id"] == "\ud800"


def test_stories_go_on_from_one_portion_of_lines_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    gold = [case for case in cases("hard-tune") if case["family"] == "mine"]
    kept = ("id", "lang", "outlet", "published", "title", "text")
    lines = [json.dumps({name: case[name] for name in kept}).encode() for case in gold]
    whole = [json.loads(answer) for answer, _ in jsonl.fold_lines(lines)]
    monkeypatch.setattr(jsonl, "FOLDED", 3)
    assert [json.loads(answer) for answer, _ in jsonl.fold_lines(lines)] == whole
    assert {each["story"] for each in whole} >= {"mine-blast-1", "mine-gold-1"}

"""The table of `make bench`: what it reads of what each benchmark prints."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import BENCHMARKS, main, said
from benchmarks.measure import HEAD, Measure, table

PRINTED = {
    "start": "jarshy --help: 1.13 (at most 3.0)\njarshy status: 27.74 (at most 60.0)\n",
    "extract": "unknown site / trafilatura: 1.20 (at most 1.5)\nprepared site / parse: 0.61 (at most 0.5)\n",
    "attribution": (
        "kk: attributing / parsing with BeautifulSoup(lxml) = 0.19   (99 kB page, 2045 characters)\n"
        "1 MB of '— «со ссылкой на» ' / 0.5 MB of it = 2.28\n"
    ),
    "replay": (
        "replay / articles: 1.40 (at most 3.0)\nmemory: 210 MB, of a fifth 190 MB: 1.11 (at most 1.3)\n"
    ),
    "store": "store     3.28 ms an article (words of the index 0.10)\nratio     2.37 (limit 3)\n",
    "questions": (
        "question                   30 days    rows  all time\n"
        "who_is_first                 0.41s     120     0.90s\n"
        "search 'порт'                            everything      0.002s 12\n"
    ),
    "fold": (
        "article   10001,   7500 held:     900 µs, × 1.05 (at most 1.3), 0.15 of extracting (at most 0.2)\n"
    ),
    "publish": (
        "edition      entries     ms  × time × steps of SQLite\n"
        "first-hand       100     41    1.62        1.01\n"
    ),
}


@pytest.mark.parametrize("name", PRINTED)
def test_every_row_is_found_in_what_is_printed(name: str) -> None:
    rows = BENCHMARKS[name].rows
    found = list(said(rows, PRINTED[name]))
    assert len(found) >= len(rows)
    assert all(isinstance(each, Measure) for each in found), found
    assert not any("{" in each.what for each in found if isinstance(each, Measure))


def test_limits_are_those_that_are_printed_and_held() -> None:
    unknown, prepared = said(BENCHMARKS["extract"].rows, PRINTED["extract"])
    assert isinstance(unknown, Measure)
    assert isinstance(prepared, Measure)
    assert (unknown.ratio, unknown.at_most, unknown.met) == (1.2, 1.5, True)
    assert (prepared.ratio, prepared.at_most, prepared.met) == (0.61, 0.5, False)
    (question,) = said(BENCHMARKS["questions"].rows, PRINTED["questions"])
    assert isinstance(question, Measure)
    assert (question.ratio, question.at_most) == (0.41, 1.0)


def test_what_is_not_printed_is_not_measured() -> None:
    assert all("NOT MEASURED" in str(each) for each in said(BENCHMARKS["fold"].rows, "Traceback"))


def test_a_limit_that_is_not_held_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert table([Measure("slow / quick", 2.0, at_most=3.0), Measure("pages", 1.2, at_least=1.0)]) == 0
    assert table([Measure("slow / quick", 3.5, at_most=3.0)]) == 1
    assert table([Measure("pages", 0.9, at_least=1.0, memory=400)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == HEAD
    assert told[-1].endswith("0.900      ≥ 1   400 MB  NOT MET")


def test_an_unknown_name_is_a_usage_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nonsense"])
    assert ended.value.code == 2
    assert "there are start, " in capsys.readouterr().err

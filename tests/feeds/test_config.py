from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cli
from feeds.config import Config, ConfigError, find, load
from feeds.config_keys import EDITIONS, FORMATS, KEYS, SEARCH_KEYS
from feeds.editions import KINDS
from feeds.publish import FORMATS as WRITTEN
from feeds.settings import FeedSettings, feed_settings
from pipelines.store import Choice

ROOT = Path(__file__).parents[2]


def loaded(tmp_path: Path, text: str, **environ: str) -> Config:
    path = tmp_path / "jarshy.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environ)


def test_without_a_file_the_defaults_hold() -> None:
    config = load(None, {})
    assert {value.origin for value in config.values.values()} == {"default"}
    assert feed_settings(config) == FeedSettings()
    assert (tuple(WRITTEN), KINDS) == (FORMATS, EDITIONS)


def test_the_environment_holds_over_the_file_and_each_value_says_its_origin(tmp_path: Path) -> None:
    text = '[feeds]\n# where\nbase_url = "https://e.kz/"\nformats = [\n  "json",\n]\n\nlimit = 5\n'
    config = loaded(tmp_path, text, JARSHY_LIMIT="7", JARSHY_FOLD="no", JARSHY_HISTORY="search, topic")
    origins = {name: value.origin for name, value in config.values.items() if value.origin != "default"}
    assert origins == {
        "feeds.base_url": "jarshy.toml, line 3",
        "feeds.formats": "jarshy.toml, line 4",
        "feeds.limit": "environment: JARSHY_LIMIT",
        "feeds.fold": "environment: JARSHY_FOLD",
        "feeds.history": "environment: JARSHY_HISTORY",
    }
    settings = feed_settings(config)
    assert (settings.base_url, settings.formats, settings.limit) == ("https://e.kz/", ("json",), 7)
    assert (settings.fold, settings.history) == (False, ("search", "topic"))


def test_paths_are_taken_from_the_files_folder_and_reach_the_rest_of_the_house(tmp_path: Path) -> None:
    config = loaded(
        tmp_path, '[store]\ndb = "data/j.db"\n[crawl]\nrecord = true\ncontact = "https://e.kz/"\n'
    )
    environ = {"JARSHY_CONTACT": "mine"}
    config.export(environ)
    assert environ == {
        "JARSHY_DB": str(tmp_path / "data" / "j.db"),
        "JARSHY_RECORD": "1",
        "JARSHY_CONTACT": "mine",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[feeds]\nlimit = 0",
            "jarshy.toml, line 2: feeds.limit: 0; expected a number of entries, 1 to 1000",
        ),
        ("[feeds]\n\n\nlimit = true", "line 4: feeds.limit: True; expected a number"),
        ("[feeds]\nlimt = 5", "line 2: feeds.limt: there is no such key (is 'limit' meant?)"),
        ("[feed]\nlimit = 5", "line 1: feed: there is no such section (is 'feeds' meant?)"),
        ("feeds = 5", "line 1: feeds: expected a section: write [feeds]"),
        ('[feeds]\nformats = ["rss", "atm"]', "'atm' (is 'atom' meant?); expected a list of"),
        ("[feeds]\nformats = []", "line 2: feeds.formats: []; expected a list"),
        ('[feeds]\nbase_url = "e.kz"', "expected an absolute http(s) address"),
        ('[feeds]\nbase_url = "https://u:p@e.kz/"', "expected an absolute http(s) address"),
        ('[feeds]\nhub = "ftp://e.kz"', "expected an absolute http(s) address"),
        ('[feeds]\nfold = "yes"', "'yes'; expected true or false"),
        ('[feeds]\nlanguage = "de"', 'expected one of "kk", "ru", "en"'),
        ('[feeds]\ntitle = "a\\nb"', "expected a line of text"),
        ("[feeds]\nlimit = x\n", "not TOML: Invalid value (at line 2"),
        ("[search]\nname = 'x'", "expected a list of tables: write [[search]]"),
        ("[[search]]\nwords = ['x']", "line 1: search: it has no name"),
        ("[[search]]\nname = 'x'", "line 1: search: it asks for nothing"),
        ("[[search]]\nname = 'x'\nwords = 'x'", "line 3: search.words: 'x'; expected a list of words"),
        (
            "[[search]]\nname = 'x'\nwords = ['x']\n\n[[search]]\nname = 'X'\nwords = ['y']",
            "line 6: search.name: a second search is called 'X'",
        ),
        (
            "[[search]]\nname = 'x'\nwords = ['x']\n[[search]]\nname = 'y'\nword = ['y']",
            "line 6: search.word: there is no such key (is 'words' meant?)",
        ),
    ],
)
def test_what_is_wrong_is_said_with_line_key_and_what_was_expected(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, text)
    assert told in str(error.value)
    assert "jarshy.toml" in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("JARSHY_LIMIT", "many", "JARSHY_LIMIT (in the environment): 'many'; expected a number"),
        ("JARSHY_FOLD", "perhaps", "expected true or false"),
        ("JARSHY_FORMATS", "rss,xml", "'xml'"),
    ],
)
def test_a_wrong_variable_is_said(name: str, value: str, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(None, {name: value})
    assert told in str(error.value)


def test_a_search_is_read_into_what_the_store_chooses_by(tmp_path: Path) -> None:
    text = """
[[search]]
name = "Мұнай"
words = ["мұнай", "нефть"]
outlets = ["akorda"]
sources = ["Ақорда", "nobody.example"]
languages = ["kk", "kk-Latn"]
topics = ["economy"]
first_hand = true
fold = false
"""
    (search,) = feed_settings(loaded(tmp_path, text)).searches
    assert search.choice == Choice(
        outlets=("akorda",),
        languages=("kk",),
        topics=("economy",),
        sources=("akorda", "nobody.example"),
        first_hand=True,
    )
    assert search.fold is False
    assert search.words is not None
    assert "мунай" in search.words.parts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "x"\ntopics = ["oil"]', "no topic is called oil; there are politics"),
        ('name = "x"\nwords = ["–"]', "there is no word in its words"),
        ('name = "a b"\nwords = ["x"]\n[[search]]\nname = "a/b"\nwords = ["x"]', "its file would be that of"),
    ],
)
def test_a_search_that_can_find_nothing_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ValueError, match="search") as error:
        feed_settings(loaded(tmp_path, f"[[search]]\n{text}"))
    assert told in str(error.value)


def test_which_file_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    assert find({}, home) is None
    (home / "jarshy.toml").touch()
    assert find({}, home) == home / "jarshy.toml"
    (tmp_path / "jarshy.toml").touch()
    assert find({}, home) == Path("jarshy.toml")
    with pytest.raises(ConfigError, match="there is no file"):
        find({"JARSHY_CONFIG": "/nowhere.toml"}, home)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "jarshy.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(path, {})
    path.write_bytes(b"#" * (1 << 19))
    with pytest.raises(ConfigError, match="expected at most"):
        load(path, {})
    with pytest.raises(ConfigError, match="No such file"):
        load(tmp_path / "none.toml", {})


TOML = st.one_of(st.integers(), st.booleans(), st.text(max_size=8), st.lists(st.text(max_size=4), max_size=2))


@given(st.sampled_from([*KEYS, *SEARCH_KEYS]), TOML)
def test_any_value_is_taken_or_refused(key: Any, value: Any) -> None:
    written = json.dumps(value)  # the TOML of these, but for the letters that only JSON writes in pairs
    section = (
        "[[search]]\nname = 'x'\n" if key.section == "search" and key.key != "name" else f"[{key.section}]\n"
    )
    if key.section == "search" and key.key == "name":
        section = "[[search]]\n"
    path = Path("jarshy.toml")
    told = ""
    try:
        load_text(f"{section}{key.key} = {written}", path)
    except ConfigError as error:
        told = str(error)
    assert not told or told.startswith("jarshy.toml")


def load_text(text: str, path: Path) -> Config:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("feeds.config._text", lambda _: text)
        return load(path, {})


def test_the_page_names_every_key_and_its_example_is_right(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    for key in (*KEYS, *SEARCH_KEYS):
        assert f"`{key.key}`" in page
        assert key.env is None or f"`{key.env}`" in page
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert len(feed_settings(loaded(tmp_path, example)).searches) == 2


def test_the_verb_shows_each_value_and_where_it_comes_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jarshy.toml"
    path.write_text('[feeds]\nlimit = 9\n[[search]]\nname = "x"\nwords = ["y"]\n', encoding="utf-8")
    monkeypatch.setattr("os.environ", {"JARSHY_CONFIG": str(path)})
    assert cli.main(["config", "--show", "--json"]) == 0
    rows = {row["setting"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["feeds.limit"] == {"setting": "feeds.limit", "value": 9, "from": "jarshy.toml, line 2"}
    assert rows["store.db"]["value"].endswith("jarshy.db")
    assert rows["search x"]["from"] == "jarshy.toml, line 3"
    assert cli.main(["config"]) == 0
    assert "feeds.limit" in capsys.readouterr().out
    path.write_text("[feeds]\nlimit = 'x'\n", encoding="utf-8")
    monkeypatch.setattr("os.environ", {"JARSHY_CONFIG": str(path)})  # without what the first run put there
    assert cli.main(["status"]) == 2
    assert "line 2: feeds.limit" in capsys.readouterr().err


def test_reading_it_costs_no_room_of_the_house() -> None:
    rooms = "{'pipelines', 'spiders', 'lxml', 'feedgen', 'scrapy'}"
    code = f"import sys, feeds.config; print([n for n in sys.modules if n.split('.')[0] in {rooms}])"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"

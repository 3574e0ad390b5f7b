from __future__ import annotations

import gzip
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spiders.support import warc
from spiders.support.archived import Archived, Unreadable
from tests.archive.made import (
    HTML,
    SITE,
    Answer,
    answer,
    everything,
    file_of,
    one_member,
    page,
    wacz,
    written,
)

FIVE = [answer(number) for number in range(5)]


@pytest.mark.parametrize("gz", [True, False], ids=["gzip", "plain"])
def test_every_answer_is_read_in_its_order_with_its_place(tmp_path: Path, gz: bool) -> None:
    path = tmp_path / "a.warc"
    data, offsets = written(FIVE, gz=gz)
    path.write_bytes(data)
    found, damage = everything(path)
    assert damage == []
    assert [each.url for each in found] == [each.url for each in FIVE]
    assert [each.body for each in found] == [each.body for each in FIVE]
    assert [each.offset for each in found] == offsets
    assert {each.at for each in found} == {datetime(2026, 11, 20, 9, 30, tzinfo=UTC)}
    assert [warc.read_at(path, each.offset or 0) for each in found] == found


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    path = file_of(tmp_path / "a.warc.gz", FIVE)
    (found,) = warc.read(path, lambda url, _: url == FIVE[3].url)
    assert isinstance(found, Archived)
    assert found.url == FIVE[3].url


def test_a_warc_of_one_gzip_member_is_read_without_places(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(one_member(FIVE))
    found, damage = everything(path)
    assert damage == []
    assert [each.body for each in found] == [each.body for each in FIVE]
    assert {each.offset for each in found[1:]} == {None}


def test_a_wacz_is_its_warcs_and_a_place_in_it_is_one_in_the_zip(tmp_path: Path) -> None:
    first, second = written(FIVE[:2])[0], written(FIVE[2:], gz=False)[0]
    path = wacz(tmp_path / "a.wacz", {"a.warc.gz": first, "b.warc": second})
    found, damage = everything(path)
    assert damage == []
    assert [each.body for each in found] == [each.body for each in FIVE]
    assert [warc.read_at(path, each.offset or 0) for each in found] == found


def test_a_wacz_whose_warcs_are_compressed_again_is_damage(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", {"a.warc": written(FIVE, gz=False)[0]}, compression=zipfile.ZIP_DEFLATED)
    found, (damage,) = everything(path)
    assert found == []
    assert "is compressed or encrypted" in damage.why


def test_a_zip_that_is_cut_short_is_damage(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", {"a.warc.gz": written(FIVE)[0]})
    path.write_bytes(path.read_bytes()[:-60])
    found, (damage,) = everything(path)
    assert found == []
    assert "no WACZ that can be read" in damage.why


@pytest.mark.parametrize("gz", [True, False], ids=["gzip", "plain"])
def test_a_record_that_is_cut_short_is_damage(tmp_path: Path, gz: bool) -> None:
    path = tmp_path / "a.warc"
    data, offsets = written(FIVE, gz=gz)
    path.write_bytes(data[: offsets[3] + (offsets[4] - offsets[3]) * 3 // 4])
    found, damage = everything(path)
    assert [each.url for each in found] == [each.url for each in FIVE[:3]]
    assert [(each.url, each.why) for each in damage] == [(FIVE[3].url, "the record is cut short")]
    assert damage[0].offset == offsets[3]


@pytest.mark.parametrize("gz", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("before", [0, 2])
def test_wherever_the_last_record_is_cut_its_loss_is_counted(tmp_path: Path, gz: bool, before: int) -> None:
    path = tmp_path / "a.warc"
    data, offsets = written(FIVE[: before + 1], gz=gz)
    last = offsets[before]
    for kept in range(1, len(data) - last):
        path.write_bytes(data[: last + kept])
        found, damage = everything(path)
        assert len(found) + len(damage) == before + 1, kept  # without its last bytes a record may be whole


@pytest.mark.parametrize("gz", [True, False], ids=["gzip", "plain"])
def test_damage_in_the_middle_costs_its_record_and_no_other(tmp_path: Path, gz: bool) -> None:
    path = tmp_path / "a.warc"
    data, offsets = written(FIVE, gz=gz)
    at = offsets[2] + (offsets[3] - offsets[2]) * 3 // 4
    path.write_bytes(data[:at] + b"\xff" * 12 + data[at + 12 :])
    found, damage = everything(path)
    assert [each.url for each in found] == [each.url for each in (*FIVE[:2], *FIVE[3:])]
    assert len(damage) == 1


@pytest.mark.parametrize("gz", [True, False], ids=["gzip", "plain"])
def test_rubbish_between_records_costs_none(tmp_path: Path, gz: bool) -> None:
    path = tmp_path / "a.warc"
    data, offsets = written(FIVE, gz=gz)
    path.write_bytes(data[: offsets[2]] + b"\x00 rubbish \x1f\x8b\x08 WARC/1. " * 40 + data[offsets[2] :])
    found, damage = everything(path)
    assert [each.url for each in found] == [each.url for each in FIVE]
    assert len(damage) == 1


def test_a_file_that_is_no_archive_is_damage_soon(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1." * 200_000)
    found, damage = everything(path)
    assert found == []
    assert damage
    path.write_bytes(b"no archive at all\n" * 1000)
    assert len(everything(path)[1]) == 1
    path.write_bytes(b"")
    assert everything(path) == ([], [])


PLAIN = page(7)
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PLAIN), PLAIN)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PLAIN), [HTML, ("Content-Encoding", "gzip")]),
        (PLAIN, [HTML, ("Content-Encoding", "gzip")]),
        (PLAIN, [HTML, ("content-encoding", "br")]),
        (CHUNKED, [HTML, ("Transfer-Encoding", "chunked")]),
        (PLAIN, [HTML, ("Transfer-Encoding", "chunked")]),
        (gzip.compress(PLAIN), [HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
    ],
    ids=["gzip", "gzip undone", "br undone", "chunked", "chunks undone", "chunks undone, gzip"],
)
def test_codings_are_undone_once_whether_the_archiver_did_so_or_not(
    tmp_path: Path, body: bytes, headers: list[tuple[str, str]]
) -> None:
    (found,), damage = everything(file_of(tmp_path / "a.warc.gz", [Answer(f"{SITE}/a", body, headers)]))
    assert damage == []
    assert (found.body, found.headers) == (PLAIN, ((b"Content-Type", b"text/html; charset=utf-8"),))


def test_a_bomb_is_damage_and_the_next_record_is_read(tmp_path: Path) -> None:
    bomb = Answer(f"{SITE}/bomb", gzip.compress(bytes(60_000_000)), [HTML, ("Content-Encoding", "gzip")])
    (found,), (damage,) = everything(file_of(tmp_path / "a.warc.gz", [bomb, FIVE[0]]))
    assert found.url == FIVE[0].url
    assert (damage.url, damage.why) == (bomb.url, "larger than 10485760 bytes")


def test_bytes_that_rotted_are_told_by_their_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    data, offsets = written(FIVE, gz=False)
    at = data.index("шақырым".encode(), offsets[1])
    path.write_bytes(data[:at] + "метрлік".encode()[:14] + data[at + 14 :])
    found, (damage,) = everything(path)
    assert len(found) == 4
    assert (damage.url, damage.offset) == (FIVE[1].url, offsets[1])
    assert "WARC-Block-Digest" in damage.why


@pytest.mark.parametrize("date", ["2026-11-20", "long ago", "0000-01-01T00:00:00Z", "2199-01-01T00:00:00Z"])
def test_a_date_that_can_be_none_is_damage(tmp_path: Path, date: str) -> None:
    found, (damage,) = everything(file_of(tmp_path / "a.warc.gz", [answer(1, date=date)]))
    assert found == []
    assert damage.why == f"its date is none: {date!r}"


def test_no_answer_begins_elsewhere(tmp_path: Path) -> None:
    path = file_of(tmp_path / "a.warc.gz", FIVE)
    for offset in (1, 40, path.stat().st_size, 10**9):
        with pytest.raises(Unreadable):
            warc.read_at(path, offset)


DATA = {gz: written(FIVE[:3], gz=gz)[0] for gz in (True, False)}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # the file is written anew each time
@given(gz=st.booleans(), where=st.floats(0, 1), cut=st.integers(0, 80), put=st.binary(max_size=80))
def test_no_damage_stops_the_reader(tmp_path: Path, gz: bool, where: float, cut: int, put: bytes) -> None:
    data = DATA[gz]
    at = int(len(data) * where)
    for path, made in (
        (tmp_path / "a.warc", data[:at] + put + data[at + cut :]),
        (tmp_path / "a.wacz", b""),
    ):
        if made:
            path.write_bytes(made)
        else:
            whole = wacz(path, {"a.warc.gz": data}).read_bytes()
            at = int(len(whole) * where)
            path.write_bytes(whole[:at] + put + whole[at + cut :])
        found, damage = everything(path)
        assert len(found) <= 3
        assert len(damage) <= 6

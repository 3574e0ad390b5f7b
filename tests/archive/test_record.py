from __future__ import annotations

import asyncio
import errno
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from spiders.akorda import AkordaSpider
from spiders.extract.layout import Hint
from spiders.support import warc
from spiders.support.archived import ASKED, HINT, KIND
from spiders.support.loopback import OutletHandler
from spiders.support.record import Recorder, RecordingHandler
from spiders.support.recorded import Recorded
from tests.archive.made import HTML, SITE, everything, page

AT = datetime(2026, 11, 25, 9, 0, 0, 123456, tzinfo=UTC)
URL = f"{SITE}/kz/auylda-zhana-zhol-1"
TOLD = {
    KIND: "article",
    ASKED: f"{URL}?utm_source=x",
    HINT: '{"headline": "\\u0416\\u043e\\u043b", "lang": "kk"}',
}


def put(recorder: Recorder, number: int, at: datetime = AT) -> Recorded:
    return recorder.write(URL, at, 200, [HTML, ("ETag", '"1"')], page(number), TOLD)


def test_what_is_written_is_read_back_with_all_that_was_known(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "akorda", size=1 << 20)
    places = [put(recorder, number) for number in range(3)]
    recorder.close()
    (path,) = tmp_path.iterdir()
    found, damage = everything(path)
    assert damage == []
    assert [(each.file.name, each.offset, each.at) for each in found] == [
        (place.file, place.offset, place.at) for place in places
    ]
    assert [each.body for each in found] == [page(number) for number in range(3)]
    assert {(each.url, each.status, each.kind, each.asked) for each in found} == {
        (URL, 200, "article", TOLD[ASKED])
    }
    assert {each.hint for each in found} == {Hint(headline="Жол", lang="kk")}
    assert warc.read_at(path, places[1].offset or 0) == found[1]


def test_the_files_are_what_the_standard_asks_for(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "akorda", size=1 << 20, software="Jarshy/0.1")
    put(recorder, 1)
    recorder.close()
    (path,) = tmp_path.iterdir()
    with path.open("rb") as stream:
        records = [
            (record.rec_type, record.rec_headers, record.content_stream().read())
            for record in ArchiveIterator(stream)
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "metadata"]
    (_, info, facts), (_, answer, body), (_, metadata, told) = records
    assert info.protocol == "WARC/1.1"
    assert b"software: Jarshy/0.1" in facts
    assert answer.get_header("WARC-Date") == "2026-11-25T09:00:00.123456Z"
    assert metadata.get_header("WARC-Concurrent-To") == answer.get_header("WARC-Record-ID")
    assert body == page(1)
    assert told.splitlines()[0] == b"jarshy-kind: article"
    assert Checker(_Quiet()).process_one(str(path)) is None  # digests hold


class _Quiet:
    """What warcio's own checker asks of its command line."""

    verbose = False
    inputs: tuple[str, ...] = ()


def test_a_file_that_has_grown_is_followed_by_another(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "akorda", size=2000)
    places = [put(recorder, number, AT + timedelta(seconds=number)) for number in range(12)]
    recorder.close()
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == list(dict.fromkeys(place.file for place in places))
    assert len(files) > 2
    assert all(path.stat().st_size < 4000 for path in files)
    for number, place in enumerate(places):
        assert warc.read_at(tmp_path / place.file, place.offset or 0).body == page(number)


class _Full(io.BytesIO):
    """A disk that is full after so many bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room
        self.kept = b""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)

    def close(self) -> None:
        self.kept = self.getvalue()
        super().close()


def test_a_full_disk_costs_the_record_and_leaves_no_half_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(tmp_path, "akorda", size=1 << 20)
    disk = _Full(1500)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda *_: disk)
        first = put(recorder, 1)
        with pytest.raises(OSError, match="No space left"):
            put(recorder, 2)
    (tmp_path / first.file).write_bytes(disk.kept)
    found, damage = everything(tmp_path / first.file)
    assert ([each.body for each in found], damage) == ([page(1)], [])
    after = put(recorder, 3)  # the disk has room again
    recorder.close()
    assert after.file != first.file
    assert warc.read_at(tmp_path / after.file, after.offset or 0).body == page(3)


def test_a_crawl_goes_on_where_its_archive_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answered(_: object, request: Request) -> Response:
        return HtmlResponse(request.url, body=page(1), headers=dict([HTML]))

    monkeypatch.setattr(OutletHandler, "__init__", lambda *_: None)
    monkeypatch.setattr(OutletHandler, "download_request", answered)
    blocked = tmp_path / "archive"
    blocked.write_text("no folder")
    told = {"JARSHY_ARCHIVE": str(blocked), "JARSHY_RECORD_SIZE": 1 << 20}
    crawler = get_crawler(AkordaSpider, told)
    crawler._apply_settings()
    handler = RecordingHandler(crawler)
    request = Request(URL)
    response = asyncio.run(handler.download_request(request))
    handler._finish()
    assert response.body == page(1)
    assert request.meta == {}
    assert crawler.stats is not None
    assert crawler.stats.get_value("jarshy/record_failed") == 1

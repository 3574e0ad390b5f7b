"""Keeps what is fetched as WARC 1.1 (ISO 28500:2017), so that every fact leads to the bytes it was read from.

One gzip member a record: a reader can begin at any of them, and a crawl that was killed has at most its last
one cut short. A file is of one outlet and one crawl, begun anew when it has grown to its size.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from spiders.extract.layout import Hint
from spiders.support.answers import note
from spiders.support.archived import ASKED, FIELDS_TYPE, HINT, KIND
from spiders.support.loopback import OutletHandler
from spiders.support.recorded import Recorded

logger = logging.getLogger(__name__)

FAILED = "jarshy/record_failed"
_CODED = frozenset({b"transfer-encoding", b"content-length"})  # the body here has no transfer coding left


class Recorder:
    """Writes answers into WARC files of one folder. Not for use from several threads at once."""

    def __init__(self, folder: Path, outlet: str, *, size: int, software: str = "Jarshy") -> None:
        """Nothing is written before the first answer.

        Args:
            folder: where the files go; made if need be.
            outlet: the begin of their names.
            size: bytes from which a file is followed by another.
            software: who writes, for the warcinfo record.
        """
        self.folder = folder
        self._outlet = outlet
        self._size = size
        self._software = software
        self._file: BinaryIO | None = None
        self._name = ""
        self._number = 0

    def write(
        self,
        url: str,
        at: datetime,
        status: int,
        headers: list[tuple[str, str]],
        body: bytes,
        told: dict[str, str],
    ) -> Recorded:
        """Write an answer and what is told of it, and give where its record begins.

        Args:
            url: the address that answered.
            at: when, aware.
            status: the HTTP status.
            headers: as sent, names and values in ISO 8859-1.
            body: as sent, content coding and all, transfer coding undone.
            told: the fields of the metadata record.

        Raises:
            OSError: it cannot be written; what was written before stands.
        """
        file = self._open(at)
        offset = file.tell()
        date = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        try:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            http = StatusAndHeaders(_status_line(status), headers, protocol="HTTP/1.1")
            answer = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": date},
            )
            writer.write_record(answer)
            fields = "".join(
                f"{name}: {' '.join(value.split())}\r\n" for name, value in told.items()
            ).encode()
            concurrent = answer.rec_headers.get_header("WARC-Record-ID")
            metadata = writer.create_warc_record(
                url,
                "metadata",
                payload=io.BytesIO(fields),
                length=len(fields),
                warc_content_type=FIELDS_TYPE,
                warc_headers_dict={"WARC-Date": date, "WARC-Concurrent-To": concurrent},
            )
            writer.write_record(metadata)
            file.flush()
        except OSError:
            self._abandon(offset)
            raise
        return Recorded(file=self._name, offset=offset, at=at)

    def close(self) -> None:
        """Close the file. Harmless when repeated."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self, at: datetime) -> BinaryIO:
        if self._file is not None and self._file.tell() >= self._size:
            self.close()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            stamp = at.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")
            self._number += 1
            self._name = f"{self._outlet}-{stamp}-{self._number:05}.warc.gz"
            self._file = (self.folder / self._name).open("xb")
            writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
            told = {"software": self._software, "format": "WARC File Format 1.1", "isPartOf": self._outlet}
            writer.write_record(writer.create_warcinfo_record(self._name, told))
        return self._file

    def _abandon(self, offset: int) -> None:
        """Cut off a record that was written in part, and let the next answer begin another file."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            file.truncate(offset)
        except OSError:
            logger.warning("event=record_not_cut file=%s offset=%d", self._name, offset)
        finally:
            file.close()


class RecordingHandler(OutletHandler):
    """The fleet's download handler, which writes every answer down before anybody reads it.

    Settings: `JARSHY_ARCHIVE` (the folder), `JARSHY_RECORD_SIZE` (bytes a file). An archive that cannot be
    written costs the record, never the crawl: it is counted under `jarshy/record_failed`.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._crawler = crawler
        self._recorder = Recorder(
            Path(str(settings["JARSHY_ARCHIVE"])),
            crawler.spidercls.name,
            size=settings.getint("JARSHY_RECORD_SIZE"),
            software=str(settings["USER_AGENT"]),
        )
        # One thread: gzip is off the crawl's road, and the records stay in the order of arrival.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record")
        crawler.signals.connect(self._finish, signal=signals.engine_stopped)

    async def download_request(self, request: Request) -> Response:
        """Fetch and write down; raises what Scrapy's handler raises."""
        response = await super().download_request(request)
        at = datetime.now(UTC)
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            if name.lower() not in _CODED
            for value in values
        ]
        job = (response.url, at, response.status, headers, response.body, _told(request))
        loop = asyncio.get_running_loop()
        try:
            note(request, await loop.run_in_executor(self._thread, self._recorder.write, *job))
        except OSError as error:
            logger.error("event=record_failed url=%r why=%r", response.url, str(error))
            if self._crawler.stats is not None:
                self._crawler.stats.inc_value(FAILED)
        return response

    def _finish(self) -> None:
        self._thread.shutdown()
        self._recorder.close()


def _told(request: Request) -> dict[str, str]:
    """Give what a crawl knew when it asked: without it a page could not be read again in the same way."""
    told = {}
    if kind := request.meta.get("jarshy_kind"):
        told[KIND] = str(kind)
    if asked := request.cb_kwargs.get("asked"):
        told[ASKED] = str(asked)
    hint = request.cb_kwargs.get("hint")
    if isinstance(hint, Hint):
        told[HINT] = json.dumps({name: value for name, value in asdict(hint).items() if value is not None})
    return told


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"

"""Archives for the tests: invented pages, as our own crawl, a big crawler or a browser would write them."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from spiders.support import warc
from spiders.support.archived import Archived
from spiders.support.warc import Damage

HTML = ("Content-Type", "text/html; charset=utf-8")
DATE = "2026-11-20T09:30:00Z"
SITE = "https://www.akorda.kz"


@dataclass(frozen=True)
class Answer:
    url: str
    body: bytes
    headers: Sequence[tuple[str, str]] = (HTML,)
    status: str = "200 OK"
    date: str = DATE


def page(number: int, words: str = "") -> bytes:
    """A page in the layout of no outlet: metadata and the generic reader serve."""
    text = f"Ауданда {number} шақырым жаңа жол салынып, жүз отбасы таза суға қосылды. {words}".strip()
    head = (
        f'<meta property="og:title" content="Ауылда жаңа жол ашылды: {number}-кезең">'
        '<meta property="article:published_time" content="2026-11-20T09:00:00+05:00">'
    )
    paragraphs = f"<p>{text}</p><p>Жұмысты жергілікті мердігер үш айда аяқтады, жол енді жыл бойы ашық.</p>"
    return (
        f'<html lang="kk"><head><meta charset="utf-8">{head}</head>'
        f"<body><article><h1>Ауылда жаңа жол ашылды: {number}-кезең</h1>{paragraphs}</article></body></html>"
    ).encode()


def answer(number: int, words: str = "", date: str = DATE) -> Answer:
    return Answer(f"{SITE}/kz/auylda-zhana-zhol-{2741900 + number}", page(number, words), date=date)


def written(answers: Sequence[Answer], *, gz: bool = True) -> tuple[bytes, list[int]]:
    """Give a WARC, and where each record of it begins."""
    buffer, offsets = io.BytesIO(), []
    writer = WARCWriter(buffer, gzip=gz, warc_version="1.1")
    for each in answers:
        offsets.append(buffer.tell())
        http = StatusAndHeaders(each.status, list(each.headers), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            each.url,
            "response",
            payload=io.BytesIO(each.body),
            length=len(each.body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": each.date},
        )
        writer.write_record(record)
    return buffer.getvalue(), offsets


def file_of(path: Path, answers: Sequence[Answer], *, gz: bool = True) -> Path:
    path.write_bytes(written(answers, gz=gz)[0])
    return path


def one_member(answers: Sequence[Answer]) -> bytes:
    """A whole WARC squeezed at once, as `gzip file.warc` does: no reader can begin in the middle."""
    return gzip.compress(written(answers, gz=False)[0])


def wacz(path: Path, warcs: dict[str, bytes], *, compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as made:
        made.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')
        for name, data in warcs.items():
            made.writestr(f"archive/{name}", data)
        made.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
    return path


def everything(path: Path) -> tuple[list[Archived], list[Damage]]:
    found = list(warc.read(path, lambda *_: True))
    return [each for each in found if isinstance(each, Archived)], [
        each for each in found if isinstance(each, Damage)
    ]

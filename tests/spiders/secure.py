"""Asks servers by TLS, as a process: `python -m tests.spiders.secure FOLDER CHAIN NAME=PORT …`.

The fleet's own settings and handler; only names are resolved to this machine. Prints, as JSON, what came of
each name: the answer, or the kind of the error. Roots are those of the environment (`SSL_CERT_FILE`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, succeed
from twisted.python.failure import Failure

from pipelines.runner import project_settings
from spiders.support import chains

HOST = "outlet.example.kz"
found: dict[str, str] = {}


class Here(CachingThreadedResolver):
    """Every name is this machine's."""

    def getHostByName(self, name: str, timeout: object = ()) -> Deferred[str]:  # noqa: N802, ARG002
        return succeed("127.0.0.1")


class Asking(Spider):
    name = "asking"
    chain = ""
    declared: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    async def start(self) -> AsyncIterator[Any]:
        for each in self.asked:
            name, _, port = each.partition("=")
            url = f"https://{HOST}:{port}/"
            yield Request(url, self.parse, errback=self.failed, cb_kwargs={"told": name}, dont_filter=True)

    def parse(self, response: Response, told: str) -> None:
        found[told] = response.text

    def failed(self, failure: Failure) -> None:
        found[failure.request.cb_kwargs["told"]] = f"{type(failure.value).__name__}: {failure.value}"  # type: ignore[attr-defined]


if __name__ == "__main__":
    folder, chain, *asked = sys.argv[1:]
    chains.FOLDER = Path(folder)
    Asking.chain, Asking.asked = chain, tuple(asked)
    Asking.declared = tuple(f"{HOST}:{each.partition('=')[2]}" for each in asked if "undeclared" not in each)
    settings = project_settings()
    told = {"ITEM_PIPELINES": {}, "ROBOTSTXT_OBEY": False, "RETRY_ENABLED": False, "DOWNLOAD_DELAY": 0}
    settings.setdict(
        {**told, "TWISTED_DNS_RESOLVER": Here, "AUTOTHROTTLE_ENABLED": False}, priority="cmdline"
    )
    process = AsyncCrawlerProcess(settings)
    process.crawl(Asking)
    process.start()
    print(json.dumps(found))

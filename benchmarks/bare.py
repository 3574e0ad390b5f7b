"""What a user of Scrapy and BeautifulSoup writes first: fetch every page, parse it, take title and text.

    python -m benchmarks.bare --port 8765 --parse

The measure beside which `benchmarks.road` holds the whole road. It is told every address beforehand, and it
stores nothing. Without `--parse` it only fetches.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from bs4 import BeautifulSoup
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

MANNERS: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "AUTOTHROTTLE_ENABLED": False,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "LOGSTATS_INTERVAL": 0,
}
"""The same for both, switched the same way: one crawler an outlet, as the road has it."""


class Bare(Spider):
    """Fetches what it is told to."""

    name = "bare"

    def __init__(self, urls: list[str], *, parsing: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.parsing = parsing

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every page."""
        for url in self.urls:
            yield Request(url)

    def parse(self, response: Response) -> Iterator[dict[str, str]]:
        """Take the title and the text."""
        if not self.parsing:
            return
        soup = BeautifulSoup(response.body, "lxml")
        title = soup.title
        yield {
            "url": response.url,
            "title": title.get_text(strip=True) if title else "",
            "text": "\n".join(each.get_text(" ", strip=True) for each in soup.find_all("p")),
        }


def main() -> None:
    """Fetch everything the server has."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--parse", action="store_true")
    options = parser.parse_args()
    root = f"http://127.0.0.1:{options.port}"
    outlets: dict[str, list[str]] = defaultdict(list)
    with urlopen(f"{root}/bench/urls") as told:  # noqa: S310 - the loopback's
        for url in json.load(told):
            outlets[".".join(str(urlsplit(url).hostname).split(".")[-2:])].append(
                f"{root}/{url.partition('://')[2]}"
            )
    process = AsyncCrawlerProcess(MANNERS)
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    for urls in outlets.values():
        process.crawl(process.create_crawler(Bare), urls=urls, parsing=options.parse)
    process.start()


if __name__ == "__main__":
    main()

"""The Scrapy project's settings: flat, each with its reason. Read by `jarshy` and by plain `scrapy` alike.

What a run may choose comes from the environment: `JARSHY_DB`, `JARSHY_CONTACT`, `JARSHY_LOOPBACK`,
`JARSHY_CHROMIUM`, `JARSHY_ARCHIVE`.
"""

from __future__ import annotations

import os
from pathlib import Path

BOT_NAME = "jarshy"
SPIDER_MODULES = ["spiders"]  # an outlet is a module directly in there
NEWSPIDER_MODULE = "spiders"
SPIDER_LOADER_CLASS = "spiders.support.loader.OutletLoader"  # a file that is broken costs its outlet alone

# The project's own
JARSHY_DB = os.environ.get("JARSHY_DB") or str(Path(__file__).parent / "data" / "jarshy.db")  # the store
JARSHY_LOCK_HELD = False  # True when whoever starts the crawl holds the store's lock for all of it
JARSHY_LOOPBACK = os.environ.get("JARSHY_LOOPBACK", "")  # "127.0.0.1:8765": every request goes there instead
JARSHY_ARCHIVE = os.environ.get("JARSHY_ARCHIVE") or str(Path(JARSHY_DB).parent / "archive")  # WARCs we wrote
JARSHY_RECORD_SIZE = 1 << 30  # bytes of a WARC before the next is begun: what archives agree on
JARSHY_REPLAY: dict[str, list[str]] = {}  # archive file -> its outlets, while a crawl reads archives alone
JARSHY_FRESHNESS = "pipelines.keep.StoredFreshness"  # by name: spiders may not import pipelines

# Who asks, and how politely
_CONTACT = os.environ.get("JARSHY_CONTACT", "").strip()  # an address or a page where you can be reached
USER_AGENT = "Jarshy/0.1 (news digest with attribution" + (f"; +{_CONTACT})" if _CONTACT else ")")
ROBOTSTXT_OBEY = True  # Scrapy's own default is not to
ROBOTSTXT_USER_AGENT = "Jarshy"  # the name that an outlet's robots.txt may address
DOWNLOAD_DELAY = 0 if JARSHY_LOOPBACK else 1  # seconds; the sample outlets are no strain on anybody
CONCURRENT_REQUESTS = 16  # over all hosts of a crawl, so that one slow host holds up no other
CONCURRENT_REQUESTS_PER_DOMAIN = 2  # a page and a listing; a news site has readers to serve
AUTOTHROTTLE_ENABLED = True  # a site that answers slowly is asked more slowly
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY  # the default of 5 s serves no site that answers quickly
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0  # one request in flight, on the average
COOKIES_ENABLED = False  # nothing we read depends on one, and none shall follow us
REFERRER_POLICY = "no-referrer"  # where a link was found is nobody's business
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "kk,ru;q=0.9,en;q=0.8",  # the languages of the fleet
}

# What an answer may cost
DOWNLOAD_TIMEOUT = 30  # seconds; a page that takes longer is a failed fetch, tried again
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes, before and after decompression; an article is a hundredth of it
JARSHY_UNPACK_RATIO = 100  # times its packed size; a page of text comes to ten, a sitemap to thirty
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024  # bytes
DOWNLOAD_FAIL_ON_DATALOSS = True  # half a page is no page
RETRY_ENABLED = True  # a lost connection or a 503 is often past in a moment
RETRY_TIMES = 2  # beyond that the next crawl asks
JARSHY_RETRY_AFTER_MOST = (
    60  # seconds that a crawl waits when asked to; beyond, the outlet is left until then
)
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the failure is stored with its outlet and address
REDIRECT_MAX_TIMES = 5  # a chain longer than that is a loop or a trap
METAREFRESH_ENABLED = False  # a page that sends readers elsewhere by itself is not the page we asked for
DEPTH_LIMIT = 400  # pages of a listing, one below the other; of an archive, a year of days
URLLENGTH_LIMIT = 8000  # as `spiders.extract.urls` has it
DNS_TIMEOUT = 15  # seconds
CLOSESPIDER_TIMEOUT = 1800  # seconds for an outlet; the next crawl goes on
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 1024  # a crawl that outgrows it stops cleanly instead of being killed

# Outlets that need a browser
JARSHY_CHROMIUM = os.environ.get("JARSHY_CHROMIUM", "")  # a program; else the first Chromium on the PATH
JARSHY_RENDER_TIMEOUT = 60  # seconds a page, its scripts' own requests and the delays between them included
JARSHY_RENDER_REQUESTS = 40  # scripts and data a page may load; a front page of advertising loads hundreds
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # takes no answer for leave
    "spiders.support.robots.RobotsMiddleware": 100,  # … ours stands where it stood
    "spiders.support.render.RenderMiddleware": 10,  # before all: it has answers last
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # half an answer is none
    "spiders.support.unpack.UnpackMiddleware": 590,  # … ours stands where it stood
    "spiders.support.comeback.ComeBackMiddleware": 560,  # behind Scrapy's retries (550), which wait for it
}

# Where a request may go
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's own default is not to
TWISTED_DNS_RESOLVER = "spiders.support.guard.PublicResolver"  # checked where the connection is made
DOWNLOAD_HANDLERS = {
    "http": "spiders.support.loopback.OutletHandler",  # the live road, unless JARSHY_LOOPBACK bends it
    "https": "spiders.support.loopback.OutletHandler",
    "data": None,  # no outlet's listing or redirect gets any other scheme to work
    "file": None,
    "ftp": None,
    "s3": None,
}
HTTPPROXY_ENABLED = False  # a proxy would connect where the resolver cannot look
TELNETCONSOLE_ENABLED = False  # an open port to the inside of a crawl
REMOTE_CONTROL_ENABLED = False  # likewise
EXTENSIONS = {
    "spiders.support.log.OneLineLog": 1,  # the form of the log, before anything is logged
    "spiders.support.robots.RobotsDelay": 500,  # Crawl-delay, which Scrapy reads and does not obey
    "scrapy.extensions.memusage.MemoryUsage": None,  # takes the peak of whoever started us for ours
    "spiders.support.memory.MemoryHeld": 0,  # … ours stands where it stood
    "spiders.support.ending.OutletTime": 500,  # … and which a crawl does not wait out when its time is over
}

# The road of an article, in order; see DESIGN
JARSHY_STEPS = [  # pure functions, done where the page is read: by a reader, or plain `scrapy` itself
    "pipelines.normalise.normalise_article",
    "pipelines.attribute.attribute_article",
]
ITEM_PIPELINES = {"pipelines.keep.KeepPipeline": 300}  # stores and folds, in one transaction
JARSHY_READERS = -1  # processes that read pages; -1: one a core, at most four; 0: the crawl reads them itself
JARSHY_READ_SECONDS = 60  # of processor time a page; extraction is bounded, this is for what is wrong with it
JARSHY_READ_MEMORY = 1 << 30  # bytes a page, beyond what its process begins with
CONCURRENT_ITEMS = 1  # one transaction after the other, in the order of arrival

# What a log holds
LOG_LEVEL = "INFO"
LOG_INSTALL_ROOT_HANDLER = False  # OneLineLog does
LOG_DATEFORMAT = "%Y-%m-%dT%H:%M:%S%z"
LOG_VERSIONS: list[str] = []  # `pip list` tells
LOG_FORMATTER = "spiders.support.log.QuietFormatter"  # one line an event, no article text
LOGSTATS_INTERVAL = 300.0  # seconds; the summary at the end is what is read
STATS_DUMP = False  # its counts are in the store

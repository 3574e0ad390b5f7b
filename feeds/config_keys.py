"""Every key of `jarshy.toml`: what it is of, what it is without it, and what is expected there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

LANGUAGES = ("kk", "ru", "en")  # that titles can be in
FORMATS = ("rss", "atom", "json")
EDITIONS = ("everything", "language", "outlet", "topic", "search")


class Kind(Enum):
    """What a value is."""

    TEXT = "text"
    PATH = "path"
    URL = "url"
    COUNT = "count"
    FLAG = "flag"
    TEXTS = "texts"
    NAMES = "names"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a section."""

    section: str
    key: str
    kind: Kind
    default: Any
    expected: str  # "a number of entries, 1 to 1000"
    told: str  # what it is for, as the example file has it
    env: str | None = None  # the variable that holds over the file
    choices: tuple[str, ...] = ()
    within: range = range(0)
    needed: bool = False  # it may not be empty

    @property
    def name(self) -> str:
        """Its name with its section's: "feeds.limit"."""
        return f"{self.section}.{self.key}"


def _names(choices: tuple[str, ...]) -> str:
    return "a list of " + ", ".join(f'"{each}"' for each in choices)


KEYS: tuple[Key, ...] = (
    Key(
        section="store",
        key="db",
        kind=Kind.PATH,
        default="",
        expected="the path of a file",
        told="the store; default: data/jarshy.db beside the program",
        env="JARSHY_DB",
    ),
    Key(
        section="crawl",
        key="contact",
        kind=Kind.TEXT,
        default="",
        expected='an address or a page where you can be reached: "https://example.org/jarshy"',
        told="where an outlet can reach you; stands in every request",
        env="JARSHY_CONTACT",
    ),
    Key(
        section="crawl",
        key="record",
        kind=Kind.FLAG,
        default=False,
        expected="true or false",
        told="keep the bytes of every answer",
        env="JARSHY_RECORD",
    ),
    Key(
        section="crawl",
        key="archive",
        kind=Kind.PATH,
        default="",
        expected="the path of a folder",
        told="where they are kept; default: archive/ beside the store",
        env="JARSHY_ARCHIVE",
    ),
    Key(
        section="crawl",
        key="chromium",
        kind=Kind.TEXT,
        default="",
        expected="the path of a program",
        told="for outlets that need a browser; default: the first on the PATH",
        env="JARSHY_CHROMIUM",
    ),
    Key(
        section="folding",
        key="vectors",
        kind=Kind.PATH,
        default="",
        expected="the path of a folder",
        told="a model of model2vec, as one more evidence; needs jarshy[embeddings]; default: none",
        env="JARSHY_VECTORS",
    ),
    Key(
        section="feeds",
        key="out",
        kind=Kind.PATH,
        default="",
        expected="the path of a folder",
        told="where the feeds are written; default: feeds/out beside the program",
        env="JARSHY_OUT",
    ),
    Key(
        section="feeds",
        key="base_url",
        kind=Kind.URL,
        default="http://localhost/",
        expected='an absolute http(s) address: "https://example.org/feeds/"',
        told="where that folder is served",
        env="JARSHY_BASE_URL",
        needed=True,
    ),
    Key(
        section="feeds",
        key="title",
        kind=Kind.TEXT,
        default="",
        expected="a line of text",
        told="of everything; the other editions' titles begin with it; default: Jarshy's own",
        env="JARSHY_TITLE",
    ),
    Key(
        section="feeds",
        key="language",
        kind=Kind.TEXT,
        default="en",
        expected='one of "kk", "ru", "en"',
        told="of titles and pages that belong to no one language",
        env="JARSHY_LANGUAGE",
        choices=LANGUAGES,
    ),
    Key(
        section="feeds",
        key="formats",
        kind=Kind.NAMES,
        default=FORMATS,
        expected=_names(FORMATS),
        told="the first is the one that the list of feeds names",
        env="JARSHY_FORMATS",
        choices=FORMATS,
        needed=True,
    ),
    Key(
        section="feeds",
        key="editions",
        kind=Kind.NAMES,
        default=EDITIONS,
        expected=_names(EDITIONS),
        told="which kinds of editions are published",
        env="JARSHY_EDITIONS",
        choices=EDITIONS,
        needed=True,
    ),
    Key(
        section="feeds",
        key="history",
        kind=Kind.NAMES,
        default=("everything", "language", "search"),
        expected=_names(EDITIONS),
        told="the kinds of editions whose archives are kept; [] for none",
        env="JARSHY_HISTORY",
        choices=EDITIONS,
    ),
    Key(
        section="feeds",
        key="limit",
        kind=Kind.COUNT,
        default=200,
        expected="a number of entries, 1 to 1000",
        told="entries in a feed, at most",
        env="JARSHY_LIMIT",
        within=range(1, 1001),
    ),
    Key(
        section="feeds",
        key="fold",
        kind=Kind.FLAG,
        default=True,
        expected="true or false",
        told="an entry a story; false: an entry an article",
        env="JARSHY_FOLD",
    ),
    Key(
        section="feeds",
        key="hub",
        kind=Kind.URL,
        default="",
        expected='an absolute http(s) address: "https://pubsubhubbub.appspot.com/"',
        told="a WebSub hub, which is told of every feed that changed",
        env="JARSHY_HUB",
    ),
    Key(
        section="feeds",
        key="private",
        kind=Kind.FLAG,
        default=False,
        expected="true or false",
        told="whether the hub may be on an address inside a network",
        env="JARSHY_HUB_PRIVATE",
    ),
    Key(
        section="feeds",
        key="authority",
        kind=Kind.TEXT,
        default="",
        expected='who coins the feeds\' identifiers, as RFC 4151 has it: "example.org,2026"',
        told="set it once, before base_url ever changes; default: the host of base_url",
        env="JARSHY_AUTHORITY",
    ),
    Key(
        section="health",
        key="webhook",
        kind=Kind.TEXT,
        default="",
        expected='an http(s) address: "https://hooks.example.org/…"',
        told="where a change of an outlet's state is POSTed, as JSON",
        env="JARSHY_WEBHOOK",
    ),
    Key(
        section="health",
        key="private",
        kind=Kind.FLAG,
        default=False,
        expected="true or false",
        told="whether the webhook may be on an address inside a network",
        env="JARSHY_WEBHOOK_PRIVATE",
    ),
    Key(
        section="health",
        key="notify",
        kind=Kind.TEXT,
        default="",
        expected='a command: "mail -s Jarshy ops@example.org"',
        told="given a change of an outlet's state on its standard input; no shell",
        env="JARSHY_NOTIFY",
    ),
    Key(
        section="health",
        key="prometheus",
        kind=Kind.PATH,
        default="",
        expected='the path of a file: "/var/lib/node_exporter/jarshy.prom"',
        told="metrics of the outlets, written anew by every run",
        env="JARSHY_PROMETHEUS",
    ),
)

SEARCH_KEYS: tuple[Key, ...] = tuple(
    Key(section="search", key=key, kind=kind, default=default, expected=expected, told=told, choices=choices)
    for key, kind, default, expected, told, choices in (
        ("name", Kind.TEXT, "", "a line of text", "its title, and the name of its files", ()),
        (
            "words",
            Kind.TEXTS,
            (),
            'a list of words or phrases: ["мұнай", "цена на нефть"]',
            "any of them, in whatever form it stands in the text",
            (),
        ),
        ("outlets", Kind.TEXTS, (), 'a list of outlets: ["akorda"]', "any of them", ()),
        (
            "sources",
            Kind.TEXTS,
            (),
            'a list of names: ["Ақорда", "Reuters"]',
            "whom the article credits: any of them",
            (),
        ),
        ("languages", Kind.TEXTS, (), 'a list of languages: ["kk", "ru"]', "of the article", ()),
        ("topics", Kind.TEXTS, (), 'a list of topics: ["economy", "sport"]', "it is filed under", ()),
        ("first_hand", Kind.FLAG, False, "true or false", "only what the outlet itself reported first", ()),
        ("fold", Kind.FLAG, True, "true or false", "an entry a story; false: an entry an article", ()),
    )
)

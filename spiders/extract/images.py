"""The pictures of an article: address, caption, credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from lxml.html import HtmlElement

from items import Image
from spiders.extract.credits import clean_credit, split_credit
from spiders.extract.dom import class_words, fold, text_of
from spiders.extract.tables import words
from spiders.extract.urls import absolute

MAX_IMAGES: Final = 60
TAGS: Final = frozenset({"img", "amp-img", "amp-anim"})
_LAZY: Final = (
    "data-original", "data-src", "data-lazy-src", "data-lazy", "data-url", "data-image", "data-full",
    "data-hi-res-src", "data-large-file", "data-orig-file", "data-echo", "data-img", "data-source",
)  # fmt: skip
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_CANDIDATE = re.compile(r"\s*([^\s,]\S*)(?:\s+([\d.]+)([wx]))?\s*(?:,\s|,?$|,(?=https?:|/))")
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)
_SITE = re.compile(r"^https?://[^/]+")
_SIZE = re.compile(r"[-_](?:\d{2,4}x\d{2,4}|(?:small|mini|medium)Thumb|scaled)(?=\.\w+$)")
_TINY = re.compile(
    r"[-_/](?:\d{1,2}(?:x\d{1,2})?|blur\w*|lqip|tiny|preview|small|klein|mini|thumb\w*)$", re.IGNORECASE
)
_RESIZED: Final = ("url", "src", "image")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)", re.IGNORECASE)
_SMALL: Final = 60  # CSS pixels: the side of a badge, not of a news picture
_CAPTION_CLASSES: Final = frozenset(words("labels", "places", "caption"))
_PICTURES: Final = frozenset(words("labels", "places", "picture"))
_WRITTEN: Final = frozenset(words("labels", "places", "written"))
_DESCRIBED: Final = frozenset({"desc", "descr", "description", "legend", "podpis", "sign"})
_DESCRIPTION: Final = 260  # characters: a longer text under a picture is the article
_CREDIT_CLASSES: Final = frozenset(words("labels", "places", "credit"))
_NO_PICTURES: Final = frozenset(words("noise", "pictures", "classes"))


def names_caption(element: HtmlElement) -> bool:
    """Whether an element's class says that it holds a caption: "caption", or "img-text"."""
    named = class_words(element.get("class", ""))
    return element.tag == "figcaption" or bool(
        named & _CAPTION_CLASSES or (named & _PICTURES and named & _WRITTEN)
    )


def describes(element: HtmlElement) -> bool:
    """Whether a short text just after a picture, in its own part, is called its description."""
    before = element.getprevious()
    named = class_words(element.get("class", "")) & _DESCRIBED
    return bool(named) and before is not None and before.tag in TAGS and len(text_of(element)) <= _DESCRIPTION


def names_credit(element: HtmlElement) -> bool:
    """Whether its class says that it holds a credit. Only beside a picture is its "author" the maker."""
    return bool(class_words(element.get("class", "")) & _CREDIT_CLASSES)


def read_image(img: HtmlElement, base: str) -> Image | None:
    """The picture of an `img`, or None for a placeholder, a logo, a counter, or a broken address."""
    attributes = dict(img.items())  # `attrib` refuses names that XML has none of
    if class_words(attributes.get("class", "")) & _NO_PICTURES or _is_small(attributes):
        return None
    url = next((url for url in _addresses(attributes, img, base) if not is_placeholder(url)), None)
    if url is None:
        return None
    alt = fold(attributes.get("alt", ""))
    said = split_credit(attributes.get("data-caption", ""))
    credit = clean_credit(attributes.get("data-credit") or attributes.get("data-author") or "") or said.credit
    return Image(url=url, alt=alt, caption=said.caption, credit=credit)


def _addresses(attributes: Mapping[str, str], img: HtmlElement, base: str) -> Iterable[str]:
    """The addresses an image may have, the best first: lazy ones, the largest of a set, then `src`."""
    written = [attributes.get(name, "") for name in _LAZY]
    written += [largest(attributes.get(name, "")) for name in _SETS]
    parent = img.getparent()
    if parent is not None and parent.tag == "picture":
        sources = [
            largest(source.get("srcset") or source.get("data-srcset") or "")
            for source in parent.iterdescendants("source")
        ]
        written += sources
        src = attributes.get("src", "")
        if src and not src.startswith("data:") and not _is_stand_in(src, sources):
            written.insert(len(_LAZY), src)  # a `source` is a crop or a format of it
    written.append(attributes.get("src", ""))
    for href in written:
        if href and (found := absolute(base, _unwrapped(href))):
            yield found


def _unwrapped(href: str) -> str:
    """The picture that a resizer on the site is asked for ("/_next/image?url=%2Fphotos%2Fa.jpg&w=640")."""
    path, _, query = href.partition("?")
    if not query or re.search(r"\.(?:jpe?g|png|webp|gif|avif)$", path, re.IGNORECASE):
        return href
    asked = next((value for name, value in parse_qsl(query) if name in _RESIZED), "")
    whole = asked.startswith(("http://", "https://", "/")) and _PICTURE_FILE.search(asked)
    return asked if whole else href


def largest(srcset: str) -> str:
    """The address of the widest (or densest) candidate of a `srcset` (WHATWG HTML §4.8.4.2.1), or ""."""
    best, size = "", -1.0
    for match in _CANDIDATE.finditer(srcset[:20_000]):
        try:
            weight = float(match[2] or 1)
        except ValueError:
            weight = 1.0
        if weight > size:
            best, size = match[1].rstrip(","), weight
    return best


def _is_stand_in(src: str, sources: Iterable[str]) -> bool:
    """Whether the file of an `img` is a tiny copy of what its sources hold ("photo-20.jpg")."""
    stem = file_of(src).rpartition(".")[0]
    return bool(_TINY.search(stem)) and all(file_of(url).rpartition(".")[0] != stem for url in sources if url)


def is_placeholder(url: str) -> bool:
    """Whether an address is that of a stand-in, a logo, an icon or a counter."""
    lower = url.lower()
    return any(word in lower for word in words("noise", "pictures", "paths"))


def _is_small(attributes: Mapping[str, str]) -> bool:
    sides = [attributes.get(side, "").strip().removesuffix("px") for side in ("width", "height")]
    return any(side.isascii() and side.isdigit() and int(side[:6]) < _SMALL for side in sides)


def with_caption(image: Image, text: str) -> Image:
    """The image with what stands under it: a caption, a marked credit, or both. What it had already stays."""
    said = split_credit(text)
    return replace(image, caption=image.caption or said.caption, credit=image.credit or said.credit)


def with_credit(image: Image, text: str) -> Image:
    """The image with a credit that its place declares, marked or not."""
    return replace(image, credit=image.credit or split_credit(text).credit or clean_credit(text))


def unique(images: Iterable[Image]) -> tuple[Image, ...]:
    """The images without repetitions (the same file in another size or on another host); facts are joined."""
    found: dict[str, Image] = {}
    for image in images:
        key = file_of(image.url)
        seen = found.get(key)
        if seen is None:
            found[key] = image
        else:
            found[key] = replace(
                seen,
                alt=seen.alt or image.alt,
                caption=seen.caption or image.caption,
                credit=seen.credit or image.credit,
            )
    return tuple(found.values())[:MAX_IMAGES]


def file_of(url: str) -> str:
    """What tells two pictures apart: the path of the file without its host, query and marks of size."""
    path = url.split("?")[0] if _IMAGE_FILE.search(url) else url
    return _SIZE.sub("", _SITE.sub("", path))

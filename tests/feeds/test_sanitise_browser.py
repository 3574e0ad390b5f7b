"""What comes out of the sanitiser, in a real browser: read again, put into a page, and nothing runs."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feeds.allowed import ALLOWED
from feeds.sanitise import sanitise
from tests.browser import chromium
from tests.feeds.reread import LONE, soups

BASE = "https://outlet.kz/news/1"
HERE = Path(__file__).parent
SOUPS = 1500

# Reads every fragment by DOMParser, innerHTML and a template, says what in it is not allowed, and whether any
# of the three would write another text than it read.
READ = """
([fragments, allowed]) => fragments.flatMap((html, at) => {
  const found = [];
  const roots = [new DOMParser().parseFromString("<body>" + html, "text/html").body];
  const held = document.implementation.createHTMLDocument("").createElement("div");
  held.innerHTML = html;
  const template = document.createElement("template");
  template.innerHTML = html;
  roots.push(held, template.content);
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) continue;
      if (node.nodeType !== Node.ELEMENT_NODE) { found.push("node " + node.nodeType); continue; }
      const name = node.localName;
      if (node.namespaceURI !== "http://www.w3.org/1999/xhtml" || !(name in allowed)) found.push(name);
      for (const attribute of node.attributes)
        if (!(allowed[name] ?? []).includes(attribute.name)) found.push(name + " " + attribute.name);
      for (const address of [node.getAttribute("href"), node.getAttribute("src"), node.getAttribute("cite")])
        if (address !== null && !/^https?:$/.test(URL.parse(address)?.protocol)) found.push(address);
    }
  }
  const written = held.innerHTML;
  const again = document.implementation.createHTMLDocument("").createElement("div");
  again.innerHTML = written;
  if (again.innerHTML !== written || roots[0].innerHTML !== written || template.innerHTML !== written)
    found.push("changes when it is read again");
  return found.map(what => [at, what]);
})
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page without a network, and in `asked` and `shown` what it tried."""
    with chromium() as browser:
        page = browser.new_page()
        page.route("**", lambda route: route.abort())
        page.goto("about:blank")
        yield page


def hostile() -> list[str]:
    attacks = tomllib.loads((HERE / "attacks.toml").read_text(encoding="utf-8"))["attack"]
    written = [LONE.sub(lambda found: chr(int(found[1], 16)), attack["html"]) for attack in attacks]
    return [*written, *soups(SOUPS, seed=20261125)]


def test_a_browser_reads_nothing_but_the_allowed(page: Any) -> None:
    sources = hostile()
    allowed = {name: [*attributes, "rel"] for name, attributes in ALLOWED.items()}
    found = page.evaluate(READ, [[sanitise(html, BASE) for html in sources], allowed])
    assert [(sources[at], what) for at, what in found] == []


def test_nothing_runs_in_a_page_that_shows_it_all(page: Any) -> None:
    outs = [sanitise(html, BASE) for html in hostile()]
    asked: list[str] = []
    shown: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: shown.append(dialog.message))
    before = page.evaluate("Object.keys(window).length")
    page.evaluate("outs => { document.body.innerHTML = outs.join('<hr>'); }", outs)
    page.evaluate("() => { for (const each of document.querySelectorAll('a')) each.focus(); }")
    page.wait_for_timeout(200)
    pictures = set(page.evaluate("[...document.images].map(each => each.currentSrc || each.src)"))
    assert shown == []
    assert set(asked) <= pictures, json.dumps(sorted(set(asked) - pictures))
    # No name of the page's own was taken by an element.
    assert page.evaluate("Object.keys(window).length") == before
    assert page.evaluate("typeof document.body.append === 'function' && document.forms.length === 0")


def test_the_browser_would_have_told(page: Any) -> None:
    raw = [
        "<img src=x onerror=alert(1)>",
        "<a href=javascript:1>x</a>",
        "<p id=x>",
        "<svg></svg>",
        "<p><p><b>",
    ]
    allowed = {name: [*attributes, "rel"] for name, attributes in ALLOWED.items()}
    found = page.evaluate(READ, [raw, allowed])
    assert {at for at, _ in found} == {0, 1, 2, 3}

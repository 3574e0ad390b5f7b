"""A hostile article in a real Chromium: it is only words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from items import Block, Image, Quote, Story
from tests.feeds.conftest import AKORDA, INBUSINESS, NOW, attribution, credit, story_of
from tests.feeds.page.visits import HOME, visiting, written

pytestmark = pytest.mark.slow

ATTACKS = [
    "<script>steal('script')</script>",
    "</title></style></script><script>steal('ended')</script>",
    "<iframe src='https://evil.example/frame'></iframe>",
    "<iframe srcdoc='&lt;script&gt;parent.steal(1)&lt;/script&gt;'></iframe>",
    "<object data=https://evil.example/o></object><embed src=https://evil.example/e>",
    '" autofocus onfocus="steal(\'quote\')" x="',
    "' onmouseover='steal(1)' style='position:fixed;inset:0' y='",
    "x onpointerenter=steal(1) ",
    "`onload=steal(1)`",
    "<img src=x onerror=steal('img')><img src=https://evil.example/pixel.gif>",
    "<svg onload=steal('svg')><animate onbegin=steal(1) attributeName=x dur=1s></svg>",
    "<svg><style>@import 'https://evil.example/s.css';</style><use href='https://evil.example/u.svg#x'/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=steal('math')>",
    "<a href='javascript:steal(1)'>here</a><a href='data:text/html,<script>1</script>'>there</a>",
    "javascript:steal('address')",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/l.css>",
    "<style>*{background:url(https://evil.example/b)}</style>",
    "<form action=https://evil.example/f><button autofocus>x</button></form>",
    "<template><script>steal(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=steal(1)>'>",
    "<!--><script>steal('comment')</script--><![CDATA[<script>steal(1)</script>]]>",
    "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}{# x #}",
    "${steal(1)}<%= steal(1) %>%(count)s{n}{0}%s",
    "\u202egnp.txe\u202c \u2066\u2067turned\u2069 \ufeff\u200b",
    "&lt;script&gt;steal('entity')&lt;/script&gt;&#60;script&#62;steal(1)&#60;/script&#62;",
    "\x00<scr\x00ipt>steal('nul')</scr\x00ipt>\x1b\x9b",
    "<details open ontoggle=steal('toggle')><video src=https://evil.example/v autoplay onerror=steal(1)>",
    "<portal src=https://evil.example/p></portal><link rel=preconnect href=https://evil.example>",
    "</text></svg><script>steal('text')</script><desc>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>steal(1)</script></body></foreignObject>",
    "+ADw-script+AD4-steal(1)+ADw-/script+AD4-",
]


def hostile(number: int, attack: str) -> Story:
    """A story that says one thing in every field there is, and means no good."""
    quote = Quote(
        speaker=attack, person=attack[::-1], text=f"{attack} сказано", verb="сказал", start=0, end=1
    )
    read = replace(
        attribution(
            credit(f"{attack} 1", f"relay-{number}", "relay"),
            credit(attack, f"origin-{number}", "origin", "javascript:steal(1)"),
            also=(credit(f"{attack} 2", f"also-{number}", "origin"),),
            photo=attack,
        ),
        quotes=(quote,),
    )
    outlet = replace(AKORDA, title=f"Akorda {attack}", rights=f"© {attack}")
    return story_of(
        outlet,
        number,
        others=(story_of(replace(INBUSINESS, title=attack), number + 500, headline=attack).lead,),
        headline=f"Заголовок {number} {attack}",
        lead=f"Начало {attack}",
        author=attack,
        section=attack,
        tags=(attack,),
        canonical_url="https://www.akorda.kz/" + re.sub(r"[\x00-\x1f\x80-\x9f]", "", attack),
        blocks=(Block(kind="paragraph", text=attack), Block(kind="quote", text=f"{attack} сказано")),
        images=(
            Image(
                url=f"https://cdn.akorda.kz/{number}.png?{attack}", alt=attack, caption=attack, credit=attack
            ),
        ),
        attribution=read,
        revision=2,
        revised=NOW,
        changed=("headline",),
        headline_before=attack,
    )


def test_a_hostile_article_is_only_words(browser: Any, tmp_path: Path) -> None:
    stories = [hostile(number, attack) for number, attack in enumerate(ATTACKS, 1)]
    written(stories, tmp_path)
    assert not list(tmp_path.rglob("*steal*"))
    count = 0
    for name in sorted(path.name for path in (tmp_path / "ru" / "days").glob("2026-*.html")):
        with visiting(browser, tmp_path, f"ru/days/{name}") as visit:
            page = visit.page
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            page.get_by_role("searchbox").fill("<script>")
            page.get_by_role("searchbox").fill("")
            page.evaluate(POKE)
            page.locator("article a").first.hover()
            page.get_by_role("button").click()  # its pictures too
            page.wait_for_timeout(100)
            count += page.locator("article").count()
            found = page.evaluate(INSPECT)
            assert found == {
                "scripts": 1,
                "styles": 1,
                "strangers": [],
                "handlers": [],
                "addresses": [],
                "ids": [],
            }
            assert page.url == f"{HOME}ru/days/{name}"
            assert len(page.frames) == 1
            assert len(page.context.pages) == 1
            assert visit.told == []
            assert {urlsplit(request.url).hostname for request in visit.strange} <= {"cdn.akorda.kz"}
    assert count == len(ATTACKS)


POKE = """() => {
  for (const each of document.querySelectorAll("article *")) {
    each.focus?.();
    for (const name of ["pointerenter", "mouseover", "toggle", "load", "error", "begin"])
      each.dispatchEvent(new Event(name));
  }
}"""
# What is in the page that its templates do not write.
INSPECT = r"""() => {
  const known = new Set((`a article blockquote body button circle defs desc details div figcaption figure
    footer form h1 h2 head header html img input label li line link main marker meta nav ol p path script
    section small span style summary svg text time title ul`).split(/\s+/));
  const own = new RegExp("^(https://((www|cdn)[.]akorda|inbusiness)[.]kz/|[\\w./-]*(#[\\w-]+)?$|data:image/svg)");
  const all = [...document.querySelectorAll("*")];
  const attributes = all.flatMap(each => [...each.attributes].map(attribute => attribute.name));
  const addresses = all.map(each => each.getAttribute("href") ?? each.getAttribute("src"));
  const ids = all.map(each => each.id).filter(Boolean);
  return {
    scripts: document.scripts.length,
    styles: document.styleSheets.length,
    strangers: all.map(each => each.localName).filter(name => !known.has(name)),
    handlers: attributes.filter(name => /^on|^style$|^srcset$|^target$/.test(name)),
    addresses: addresses.filter(each => each !== null && !own.test(each)),
    ids: ids.filter((id, at) => ids.indexOf(id) !== at),
  };
}"""


def test_what_slipped_in_could_still_do_nothing(browser: Any, tmp_path: Path) -> None:
    # As if a template had not escaped: the policy of the page stands behind it.
    written([hostile(1, "x")], tmp_path)
    path = tmp_path / "index.html"
    ways = [attack for attack in ATTACKS if "refresh" not in attack and "</title>" not in attack]
    page = path.read_text(encoding="utf-8").replace("</main>", "\n".join(ways) + "</main>")
    path.write_text(page, encoding="utf-8")
    with visiting(browser, tmp_path) as visit:
        visit.page.add_init_script("window.stolen = []; window.steal = what => stolen.push(what);")
        visit.page.reload()
        visit.page.evaluate(POKE)
        visit.page.wait_for_timeout(200)
        assert visit.page.evaluate("window.stolen") == []
        assert [request.url for request in visit.strange] == []
        assert any("Content Security Policy" in told for told in visit.told)
        assert visit.page.url == HOME


def test_the_browser_would_have_told(browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/*", lambda route: route.abort())
    page.evaluate("() => { window.stolen = []; window.steal = what => stolen.push(what); }")
    page.set_content("".join(f"<p>{attack}</p>" for attack in ATTACKS[:16]).replace("<base", "<b"))
    page.wait_for_timeout(200)
    assert page.evaluate(INSPECT)["strangers"]
    assert asked
    context.close()

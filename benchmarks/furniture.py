"""What stands around the article of a news page: menus, scripts, cards of other articles, a footer."""
# ruff: noqa: E501 - templates read best as they are sent

from __future__ import annotations

import random
from collections.abc import Callable

_SVG = '<svg class="icon" viewBox="0 0 24 24"><path d="M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10z"/></svg>'


def furniture(size: int, headline: Callable[[], str], chance: random.Random) -> tuple[str, str]:
    """Give what stands before and after an article, of about so many bytes in UTF-8 together.

    A fifth is scripts and styles, a fifth menus, the rest cards of other articles, as on the pages of portals.

    Args:
        size: bytes.
        headline: gives the headline of another article.
        chance: what is random comes from here.
    """
    script = _grown(size // 5, lambda n: _script(n, chance), per=40)
    menu = _grown(size // 5, lambda n: _entry(n, headline()))
    cards = _grown(size - size // 5 * 2, lambda n: _card(n, headline(), chance))
    half = len(cards) // 3
    before = (
        f"<script>{''.join(script)}</script><style>.a{{color:#111}}.b{{margin:0 auto}}</style>"
        f'<div class="topbar"><a href="/login">{_SVG}</a><form action="/search"><input name="q"></form></div>'
        f'<nav class="menu"><ul>{"".join(menu)}</ul></nav>'
    )
    after = (
        f'<aside class="sidebar"><h3>Оқи отырыңыз</h3>{"".join(cards[:half])}</aside>'
        f'<section class="latest">{"".join(cards[half:])}</section>'
        '<div class="comments"><form method="post"><textarea name="t"></textarea><button>OK</button></form></div>'
        f'<footer class="footer"><p>© 2026</p>{_SVG * 6}</footer>'
    )
    return before, after


def _grown(size: int, piece: Callable[[int], str], per: int = 1) -> list[str]:
    pieces: list[str] = []
    held = 0
    while held < size:
        text = piece(len(pieces) * per)
        held += len(text.encode())
        pieces.append(text)
    return pieces


def _script(number: int, chance: random.Random) -> str:
    return f'window.dataLayer.push({{event:"view{number}",id:{chance.randrange(10**9)},group:["a","b"]}});'


def _entry(number: int, text: str) -> str:
    return f'<li class="menu__item"><a class="menu__link" href="/topic/{number}">{text}</a></li>'


def _card(number: int, text: str, chance: random.Random) -> str:
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    return (
        f'<div class="card" data-id="{number}"><a class="card__image" href="/x/{number}"><img loading="lazy" '
        f'data-src="/thumbs/{number}.webp" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""></a>'
        f'<div class="card__body"><a class="card__title" href="/x/{number}">{text}</a><span class="card__date">'
        f'{day:02}.{month:02}.2026</span><span class="card__views">{_SVG}{chance.randint(9, 9999)}</span></div></div>'
    )

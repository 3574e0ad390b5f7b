"""An outlet whose pages come in every encoding but the one they name, and some that only look damaged."""

from __future__ import annotations

import json

from tests.crawls.fleet import Answer, Site, World, outlet
from tests.faults.wire import Wire

KAZAKH = (
    "Қала әкімі жаңа көпірдің құрылысы күзге дейін аяқталатынын айтты. Өңірдегі тұрғындар үш жыл бойы "
    "өзенді айналып өтуге мәжбүр болған. Құрылысқа қажетті қаржы республикалық бюджеттен бөлінді, ал "
    "жұмысты жергілікті мердігерлер жүргізіп жатыр. Ғимараттардың жобасы да дайын."
)
RUSSIAN = (
    "Истории о новом мосте через реку рассказал аким города. Жители района три года ездили в объезд; "
    "Россия и соседи «помогли» со сталью — её привезли летом. Из бюджета выделили средства, работы "
    "ведут местные подрядчики. И школы, и больницы построят рядом с мостом, добавил он."
)
ENGLISH = (
    "The mayor said the bridge wouldn’t open before autumn. “We’ve waited three years,” a resident said"
    " — and the café by the river has waited too. It’s paid for by the city’s own budget, and the "
    "builders’ crews work at night so that the traffic isn’t held up."
)
UZBEK = (
    "Shahar hokimi yangi ko‘prik qurilishi kuzgacha tugashini aytdi. Gʻarbiy tuman aholisi uch yil "
    "davomida daryoni aylanib o‘tishga majbur bo‘lgan, deya qo‘shimcha qildi u. Ishlarni mahalliy "
    "quruvchilar olib bormoqda, mablag‘ esa respublika byudjetidan ajratilgan."
)
AZERBAIJANI = (
    "Şəhər rəhbəri yeni körpünün tikintisinin payıza qədər başa çatacağını dedi. Rayonun sakinləri üç "
    "il çayın ətrafından dolanmağa məcbur olub. İşləri yerli podratçılar görür, vəsait isə respublika "
    "büdcəsindən ayrılıb. Məktəb də körpünün yanında tikiləcək."
)
KYRGYZ = (
    "Шаар башчысы жаңы көпүрөнүн курулушу күзгө чейин бүтөрүн айтты. Райондун тургундары үч жыл бою "
    "өзөндү айланып өтүүгө аргасыз болушкан. Акча республикалык бюджеттен бөлүндү, жумушту жергиликтүү "
    "куруучулар жүргүзүп жатышат. Мектеп да ушул жерге курулат."
)
TYPOGRAPHY = "Цена — 5 000 ₸ (≈ 10 €), t° +25 °C, ½ стакана, № 7, § 3, «Жарты» © 2026 ™, λ = 0,5 µм, Ø 20 мм."
CODE = (
    "Вместо «Привет» браузер показывал «РџСЂРёРІРµС‚», а вместо café — cafÃ©: так выглядит ошибка "
    "кодировки, сообщили в центре информационных технологий. Строку print('â€™') инженеры заменили "
    "летом."
)
ABOUT = "Почему вместо «Привет» видно «РџСЂРёРІРµС‚»"
SAMPLE = "РџСЂРёРІРµС‚, РјРёСЂ"  # shown on purpose, in a line of code of its own


def taken_for(text: str, wrong: str) -> str:
    """Give text as it looks whose UTF-8 was taken for another encoding."""
    return "".join(
        bytes([byte]).decode(wrong) if not (wrong == "cp1251" and byte == 0x98) else "\x98"
        for byte in text.encode()
    )


def page(
    title: str, text: str, *, charset: str = "", lang: str = "ru", linked: str = "", extra: str = ""
) -> str:
    """Give a page of two paragraphs; `linked` is the headline that its JSON-LD has."""
    graph = {
        "@type": "NewsArticle",
        "headline": linked or title,
        "datePublished": "2026-11-20T10:00:00+05:00",
        "author": {"@type": "Person", "name": "Дана Ахметова" if lang != "en" else "Dana Ahmet"},
    }
    meta = f'<meta charset="{charset}">' if charset else ""
    links = "".join(f"<a href=/r/{n}>Рубрика {n}</a> " for n in range(12)) if lang == "ru" else ""
    script = json.dumps(graph, ensure_ascii=bool(linked))
    return (
        f"<!doctype html><html lang={lang}><head>{meta}<title>{title}</title>"
        f'<script type="application/ld+json">{script}</script></head><body><nav>{links}</nav>\n'
        f"<article><h1>{title}</h1>\n<p>{text}</p>\n<p>{text}</p>{extra}</article></body></html>"
    )


KK, RU, EN = (
    "Көпір құрылысы күзде аяқталады",
    "История моста завершится осенью",
    "Bridge won’t open before autumn",
)
SOUND = {
    "kk": (KK, KAZAKH), "ru": (RU, RUSSIAN), "en": (EN, ENGLISH),
    "uz": ("Yangi ko‘prik kuzda ochiladi", UZBEK),
    "az": ("Körpü payızda açılacaq", AZERBAIJANI), "ky": ("Көпүрө күзүндө ачылат", KYRGYZ),
}  # fmt: skip


PLAIN = RUSSIAN.translate({ord(sign): other for sign, other in zip("«»—", '""-', strict=True)})  # for KOI8-R


def inner(title: str, text: str, wrong: str, lang: str = "ru") -> str:
    """Give a page whose template is sound, and whose article came damaged from the database."""
    whole = page("TITLE", "TEXT", charset="utf-8", lang=lang)
    return whole.replace("TITLE", taken_for(title, wrong)).replace("TEXT", taken_for(text, wrong))


# name -> (bytes, charset of the header, headline, text)
PAGES: dict[str, tuple[bytes, str, str, str]] = {
    "kz1048": (
        page(KK, KAZAKH, charset="windows-1251", lang="kk").encode("kz1048"), "windows-1251", KK, KAZAKH
    ),
    "kz1048-in-utf8": (
        page(KK, KAZAKH, charset="utf-8", lang="kk").encode("kz1048").decode("cp1251").encode(),
        "utf-8", KK, KAZAKH,
    ),
    "koi8-lying": (page(RU, PLAIN).encode("koi8-r"), "windows-1251", RU, PLAIN),
    "koi8-as-utf8": (page(RU, PLAIN, charset="utf-8").encode("koi8-r"), "utf-8", RU, PLAIN),
    "twice-ru": (taken_for(page(RU, RUSSIAN, charset="utf-8"), "cp1251").encode(), "utf-8", RU, RUSSIAN),
    "twice-kk": (taken_for(page(KK, KAZAKH, lang="kk"), "cp1251").encode(), "utf-8", KK, KAZAKH),
    "twice-latin": (taken_for(page(RU, RUSSIAN), "latin-1").encode(), "utf-8", RU, RUSSIAN),
    "thrice": (
        taken_for(taken_for(page(RU, RUSSIAN), "latin-1"), "latin-1").encode(), "utf-8", RU, RUSSIAN
    ),
    "inner-ru": (inner(RU, RUSSIAN, "cp1251").encode(), "utf-8", RU, RUSSIAN),
    "inner-kk": (inner(KK, KAZAKH, "cp1251", "kk").encode(), "utf-8", KK, KAZAKH),
    "inner-en": (inner(EN, ENGLISH, "latin-1", "en").encode(), "utf-8", EN, ENGLISH),
    "linked": (page(RU, RUSSIAN, linked=taken_for(RU, "cp1251")).encode(), "utf-8", RU, RUSSIAN),
    "typography": (page(RU, f"{RUSSIAN} {TYPOGRAPHY}").encode(), "utf-8", RU, f"{RUSSIAN} {TYPOGRAPHY}"),
    "about": (
        page(ABOUT, CODE, extra=f"<pre><code>{SAMPLE}</code></pre>").encode(), "utf-8", ABOUT, CODE
    ),
    **{
        f"sound-{lang}": (page(title, text, charset="utf-8", lang=lang).encode(), "utf-8", title, text)
        for lang, (title, text) in SOUND.items()
    },
}  # fmt: skip


def served(name: str) -> Answer:
    body, charset, _, _ = PAGES[name]
    return lambda wire: wire.answer(body, kind=f"text/html; charset={charset}")


def feed(wire: Wire) -> Wire:
    """The feed says windows-1251, and is UTF-8 whose Russian titles are damaged."""
    items = "".join(
        f"<item><title>{taken_for(title, 'cp1251')}</title><link>http://{wire.host}/a/{name}</link></item>"
        for name, (_, _, title, _) in PAGES.items()
    )
    text = f'<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel>{items}</channel></rss>'
    return wire.answer(text.encode(), kind="application/rss+xml")


SITE: Site = {**{f"/a/{name}": served(name) for name in PAGES}, "/feed": feed}
FLEET = {"letters": outlet("letters", module=__name__, languages=("ru", "kk", "en", "uz", "az", "ky"))}


def world() -> World:
    return World({"letters.example.kz": SITE})

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.attribution.photos import find_photo, photo_sources
from pipelines.attribution.phrases import load
from pipelines.attribution.prepared import Prepared

CREDITED = [
    # Kazakh
    ("kk", "Үш ел ортақ келісім жасады Фото: akorda.kz\n\nҚұжатқа Бакуде қол қойылды.", "akorda.kz"),
    ("kk", "Көрме ашылды.\n\nСурет: Ақорданың баспасөз қызметі.", "Ақорданың баспасөз қызметі"),
    ("kk", "Көрме ашылды.\n\nСуреттер: Kazinform / Ербол Сапаров", "Kazinform / Ербол Сапаров"),
    ("kk", "Көрме ашылды.\n\nСуретті түсірген – Игорь Бургандинов", "Игорь Бургандинов"),
    ("kk", "Көрме ашылды.\n\nСурет автордан", "автордан"),
    ("kk", "Көрме ашылды.\n\nСурет © Egemen.kz", "Egemen.kz"),
    ("kk", "Көрме ашылды (Фото: БАҚ қызметі).", "БАҚ қызметі"),
    ("kk", "Көрме ашылды.\n\nКөрнекі сурет: pixabay.com", "pixabay.com"),
    ("kk", "Körme aşyldy.\n\nSuret: Aqorda", "Aqorda"),
    ("kk", "Kórme ashyldy.\n\nSýret: Egemen.kz", "Egemen.kz"),
    ("kk", "كورمە اشىلدى.\n\nسۋرەت: akorda.kz", "akorda.kz"),
    ("kk", "كورمە اشىلدى.\n\nفوتو: museum.kz", "museum.kz"),
    ("kk", "Фото: ҚазАқпарат. Оқи отырыңыз: жаңа көпір ашылды", "ҚазАқпарат"),
    # Russian
    ("ru", "Выставку открыли.\n\nфото Игоря Бургандинова", "Игоря Бургандинова"),
    ("ru", "Выставку открыли.\n\nФото © РИА Новости / А. Иванов.", "РИА Новости / А. Иванов"),
    ("ru", "Выставку открыли.\n\nФото: ©Sputnik", "Sputnik"),
    ("ru", "Выставку открыли.\n\nФото - Caravan.kz", "Caravan.kz"),
    ("ru", "Выставку открыли.\n\nФото: Instagram/kaseke.talgatuly", "Instagram/kaseke.talgatuly"),
    ("ru", "Выставку открыли.\n\n(Фото: пресс-служба МЧС)", "пресс-служба МЧС"),
    ("ru", "Выставку открыли.\n\nФото из архива редакции", "из архива редакции"),
    ("ru", "Выставку открыли. Фото: Reuters. Подписывайтесь на наш канал", "Reuters"),
    ("ru", "Выставку открыли. Фото: Reuters Видео: Qazaqstan", "Reuters"),
    ("ru", "Выставку открыли.\n\nКадр из видео: Хабар 24", "Хабар 24"),
    ("ru", "Токаев прибыл в Баку Фото: akorda.kz Президент принял участие в саммите лидеров", "akorda.kz"),
    # English
    ("en", "The show has opened.\n\nPhoto by Anvar Ilyasov", "Anvar Ilyasov"),
    ("en", "The show has opened. (Photo: Akorda press service)", "Akorda press service"),
    ("en", "The show has opened.\n\nPhoto courtesy of the Ministry of Culture", "the Ministry of Culture"),
    (
        "en",
        "The show has opened.\n\nImages | Russian Emergencies Ministry/TASS",
        "Russian Emergencies Ministry/TASS",
    ),
    ("en", "The show has opened.\n\nScreenshot: YouTube/Khabar", "YouTube/Khabar"),
    ("en", "The show has opened.\n\nImage credit: NASA.", "NASA"),
    ("en", "The show has opened.\n\nPhoto © AP. Read more: the museum", "AP"),
]

CREDITED += [
    ("kk", "Көрме ашылды.\n\nСуретті түсірген Динара Қали.", "Динара Қали"),
    ("kk", "Көрме ашылды.\n\nСурет ЖИ көмегімен жасалған", "ЖИ көмегімен жасалған"),
    ("ru", "Выставку открыли.\n\nСтоп-кадр видео: Telegram/orda_kz", "Telegram/orda_kz"),
    ("ru", "Выставку открыли. Фото: ©\ufe0f Tengrinews.kz / Турар Иванов", "Tengrinews.kz / Турар Иванов"),
    ("en", "The show has opened.\n\nPhoto / Mark Mitchell", "Mark Mitchell"),
    ("en", "The show has opened.\n\n(AP Photo/Pavel Mikheyev)", "AP Photo/Pavel Mikheyev"),
    ("en", "The show has opened.\n\nImage source, Getty Images", "Getty Images"),
]

UNCREDITED = [
    ("kk", "Желіде фото тарады: онда құрылысшылар көрінеді."),
    ("kk", "Осы сурет: көрменің басты туындысы."),
    ("kk", "Сурет көрмесі ашылды. Онда елу сурет бар."),
    ("ru", "На фото: участники форума."),
    ("kk", "Көрмеде «Сурет: дәстүр мен заман» атты дөңгелек үстел өтті."),
    ("ru", "Фото: как хранить старые снимки\n\nСоветы архивиста."),
    ("en", "The contest “Photo: My City” opens in May."),
    ("ru", "Фото и видео с места событий публикуют очевидцы."),
    ("ru", "В сети распространяются фото: на них видно, как рабочие заливают бетон."),
    ("ru", "Выставка.\n\nФото и картины займут три зала."),
    ("ru", "Фотограф Иван Петров открыл выставку."),
    ("en", "The photo shows a car in the river."),
    ("en", "Photo Exhibition Opens in Almaty\n\nIt has forty images."),
    (
        "en",
        "Photos from the scene: police are still working there, as anybody can see on every one of them.",
    ),
]


@pytest.mark.parametrize(("lang", "text", "credit"), CREDITED)
def test_photo_credit_is_read_after_its_mark(lang: str, text: str, credit: str) -> None:
    phrases = load(lang)
    assert find_photo(Prepared(text, phrases.abbreviations), phrases) == credit


@pytest.mark.parametrize(("lang", "text"), UNCREDITED)
def test_an_ordinary_word_is_no_photo_mark(lang: str, text: str) -> None:
    phrases = load(lang)
    assert find_photo(Prepared(text, phrases.abbreviations), phrases) is None


@pytest.mark.parametrize(
    ("credit", "sources"),
    [
        ("Kazinform/ Akorda.kz/ Canva", ("Kazinform", "Akorda.kz")),
        ("Reuters / A. Name", ("Reuters", "A. Name")),
        ("Instagram/kaseke.talgatuly", ("Instagram/kaseke.talgatuly",)),
        ("Аманкула Дюсенбаева, Еркебулана Укибаева", ("Аманкула Дюсенбаева", "Еркебулана Укибаева")),
        ("Kazinform и Reuters", ("Kazinform", "Reuters")),
        ("Ақорда және Kazinform", ("Ақорда", "Kazinform")),
        ("AP and Reuters", ("AP", "Reuters")),
        ("министерство культуры и информации", ("министерство культуры и информации",)),
        ("Ministry of Tourism and Sports", ("Ministry of Tourism and Sports",)),
        ("Midjourney; ИИ", ()),
        ("из открытых источников", ()),
        ("ашық дереккөзден", ()),
        ("screenshot from video", ()),
    ],
)
def test_photo_sources_are_split_and_tools_dropped(credit: str, sources: tuple[str, ...]) -> None:
    assert photo_sources(credit) == sources


_TEXT = st.text(st.one_of(st.sampled_from("Фото: ©|-–/.()[]\nа \u00ad"), st.characters()), max_size=80)


@given(_TEXT, st.sampled_from(("kk", "ru", "en")))
def test_any_text_yields_a_credit_of_its_own_words_or_none(text: str, lang: str) -> None:
    phrases = load(lang)
    prepared = Prepared("Фото: " + text, phrases.abbreviations)
    credit = find_photo(prepared, phrases)
    assert credit is None or (credit and credit in prepared.shown and "\n" not in credit)
    photo_sources(credit or text)

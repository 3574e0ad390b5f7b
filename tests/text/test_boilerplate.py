"""What leaves the body, and what must not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items import Block, Link
from pipelines.text.boilerplate import strip_boilerplate


def paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text)


def link(text: str) -> Block:
    return Block(kind="paragraph", text=text, links=(Link(url="https://example.kz/a", text=text),))


LEAD = paragraph("Үкімет отырысында биылғы көктемгі егіс жұмыстарының барысы қаралды.")
END = paragraph("Келесі отырыс жұма күні өтеді.")

DROPPED = [
    # Kazakh
    "БІЗДІҢ ТЕЛЕГРАМ АРНАМЫЗҒА ҚОСЫЛЫҢЫЗ Ең соңғы жаңалықтар осында",
    "Telegram арнамызға жазылыңыз! Жаңалықтар туралы бірінші біліңіз",
    "Жазылу",
    "Бөлісу",
    "Бөлісу:",
    "Достарыңызбен бөлісіңіз!",
    "WhatsApp арнамызға қосылыңыз",
    "Telegram arnamyzǵa jazylyńyz!",
    "📲 Біздің Instagram парақшамызға жазылыңыздар!",
    "YouTube-арнамызды көріңіз",
    "4236 рет көрсетілді",
    "353 рет оқылды",
    "322 ret kórsetildi",
    "24 мин оқу үшін",
    "Қаралым: 1 204",
    "Тегтер: үкімет, егіс, ауыл шаруашылығы",
    "Пікірлер (3)",
    "Пікір қалдыру",
    "Пікір қалдыру үшін тіркеліңіз",
    "Қате таптыңыз ба? Мәтінді белгілеп, Ctrl+Enter басыңыз",
    "Барлық құқықтар қорғалған.",
    "Сайт материалдарын пайдаланған кезде сілтеме жасау міндетті",
    "Толығырақ оқу",
    "Жарнама",
    "Соңғы жаңалықтар",
    # Russian
    "Подписывайтесь на наш Telegram-канал!",
    "Подпишитесь на нас в Instagram и будьте в курсе событий",
    "Читайте нас в Телеграме",
    "Следите за нашими новостями в соцсетях: Facebook, Instagram",
    "Больше новостей в Telegram-канале. Подписывайся!",
    "Наши новости теперь в WhatsApp!",
    "Присоединяйтесь к нашей группе в WhatsApp 👇",
    "Подписаться",
    "Подписаться на канал",
    "Поделиться",
    "Поделиться:",
    "Поделиться в соцсетях",
    "Поделиться: Telegram WhatsApp Facebook",
    "Telegram",
    "Facebook | Twitter | ВКонтакте",
    "3598 просмотров",
    "Просмотров: 1 250",
    "Время чтения: 3 минуты",
    "Теги: экономика, посевная",
    "#экономика #посевная",
    "Читайте также: Сколько стоит тонна пшеницы",
    "По теме: Как идёт посевная",
    "Комментарии",
    "Комментарии отсутствуют",
    "Оставить комментарий",
    "Нашли ошибку? Выделите её и нажмите Ctrl+Enter",
    "Если вы нашли ошибку в тексте, выделите её мышью",
    "Система Orphus",
    "© 2026 Хабаршы. Все права защищены.",
    "При использовании материалов сайта активная гиперссылка на источник обязательна.",
    "Перепечатка материалов без разрешения редакции запрещена",
    "Оригинал статьи: https://www.nur.kz/politics/42-test/",
    "Читать далее →",
    "Реклама",
    "Нравится",
    "Лента новостей",
    "$ 498.34",
    "RUB: 6.68",
    "+3 °C",
    # English
    "Subscribe to our Telegram channel",
    "Follow us on Instagram and Facebook!",
    "Join our WhatsApp group for the latest updates",
    "Get the latest news in your inbox",
    "Subscribe",
    "Share this article",
    "Share",
    "Share on Facebook",
    "Copy link",
    "1,204 views",
    "3 min read",
    "Tags: economy, harvest",
    "Comments (0)",
    "Leave a comment",
    "Read also: How the harvest goes",
    "Related: Wheat prices fall",
    "The post Harvest begins early appeared first on The Steppe Herald.",
    "The Steppe Herald provides news and information from Kazakhstan and around the world.",
    "This information may not be reproduced without reference to Steppe Today. Copyright of Steppe Today.",
    "© The Steppe Herald. All rights reserved.",
    "Found a typo? Select it and press Ctrl+Enter",
    "Continue reading",
    "Advertisement",
    "Tell a friend",
    "***",
    "👇👇👇",
]

KEPT = [
    # Kazakh
    "Бұл туралы министр өзінің Telegram арнасында жазды.",
    "Премьер-министр Facebook парақшасында азаматтарды ескертті.",
    "Жазылу науқаны қыркүйекте басталады.",
    "Газетке жазылу құны үш мың теңге.",
    "«Біздің арнаға жазылыңыз» деген хабарлама жіберген алаяқтар ұсталды.",
    "Полиция: белгісіз Telegram арнасына қосылыңыз деген сілтемені ашпаңыз, деді спикер.",
    "Бейнежазба екі күнде бір миллион рет көрсетілді, ал авторы белгісіз күйде қалды.",
    "Фото: akorda.kz",
    "Сурет: Ақорда",
    "Дереккөз: Қазақпарат",
    "Ақпарат көзі: Ұлттық статистика бюросы",
    "Бұл туралы Ақорданың баспасөз қызметі хабарлады, деп жазады inbusiness.kz сайты.",
    "Оқи отырып жазу дағдысы қалыптасады.",
    "Тағы оқыңыз деп, мұғалім балаға жаңа кітап берді.",
    "Осы тақырып бойынша депутаттар үш сағат пікір алмасты.",
    "Пікірлер екіге жарылды.",
    "– Халыққа пайдасы тиетін жобаларды бөлісу керек, – деді әкім.",
    "Соңғы жаңалықтар бойынша, өрт толық сөндірілді.",
    # Russian
    "Министр написал об этом в своём Telegram-канале.",
    "На канал блогера подписался миллион человек.",
    "Подписаться под обращением могут все жители города.",
    "Полиция советует: не подписывайтесь на каналы, обещающие быстрый доход в Telegram.",
    "«Подписывайтесь на наш канал», – написал мошенник пострадавшей.",
    "Читайте детям вслух не меньше двадцати минут в день, советует библиотекарь.",
    "Читайте также книги на языке оригинала, призвал писатель студентов.",
    "Поделиться своей историей решили двенадцать ветеранов.",
    "Ролик набрал 3598 просмотров за сутки.",
    "Фото: Акорда",
    "Фото - Caravan.kz",
    "Источник: Kazpravda.kz",
    "Автор: Айгерим Сатпаева",
    "Об этом сообщает пресс-служба Акорды.",
    "Комментарии экспертов разошлись.",
    "Реклама букмекеров будет запрещена с января.",
    "По теме налогов выступили трое депутатов.",
    "Нашли ошибку в расчётах лишь через год, когда мост уже построили и сдали, а виновных перевели.",
    "Теги в музейных залах заменят на электронные.",
    "Компания Facebook объявила об изменениях.",
    "Курс доллара составил 498,34 тенге.",
    "Температура опустится до +3 °C.",
    "В тираже 2026 года двести книг.",
    "Следите за давлением, напоминают врачи.",
    "Смотрите в оба: гололёд ожидается на всех трассах страны.",
    "Видео: пресс-служба МЧС",
    "Нравится ли вам новый парк, спросили жителей.",
    # English
    "The ministry said on its Telegram channel that flights had resumed.",
    "He urged users to subscribe to the channel and follow it on Instagram, prosecutors said.",
    "Share prices rose on Monday.",
    "Related industries grew by four percent.",
    "Read also means to interpret, the teacher explained.",
    "Comments from the president drew applause.",
    "Photo: akorda.kz",
    "Photo credit: The Steppe Herald",
    "Source: Kazinform",
    "The video got 1,204 views in a day.",
    "Print runs have fallen since 2019.",
    "Join us in building a fairer city, the mayor told residents.",
    "Tell a friend about the danger, doctors say.",
    "Advertisement revenue fell by a third.",
    "The post office in Zhezkazgan first opened in 1954.",
    "Subscribe numbers fell at all three operators.",
    "Follow the smell of bread and you will find the old bazaar.",
    "1.",
]


@pytest.mark.parametrize("text", DROPPED)
@pytest.mark.parametrize("kind", ["paragraph", "item", "subhead"])
def test_boilerplate_leaves_the_body(text: str, kind: str) -> None:
    block = Block(kind=kind, text=text)  # type: ignore[arg-type]
    assert strip_boilerplate([LEAD, LEAD, block, END]) == (LEAD, LEAD, END)


@pytest.mark.parametrize("text", KEPT)
def test_the_articles_own_text_stays(text: str) -> None:
    block = paragraph(text)
    assert strip_boilerplate([LEAD, LEAD, block, END]) == (LEAD, LEAD, block, END)
    assert strip_boilerplate([block]) == (block,)


@pytest.mark.parametrize(
    "heading", ["Читайте также:", "Тағы оқыңыз", "Оқи отырыңыз:", "Read also", "Related", "ПО ТЕМЕ"]
)
def test_the_links_under_such_a_heading_go_with_it(heading: str) -> None:
    items = [
        Block(kind="item", text="Сколько стоит тонна пшеницы"),
        link("Почему дорожает рис?"),
        paragraph("Как идёт посевная на севере"),
    ]
    credit = paragraph("Фото: akorda.kz")
    for kind in ("paragraph", "subhead"):
        head = Block(kind=kind, text=heading)
        assert strip_boilerplate([LEAD, head, *items, END, *items[2:]]) == (LEAD, END, items[2])
        assert strip_boilerplate([LEAD, head, *items, credit]) == (LEAD, credit)


def test_a_related_heading_without_colon_goes_only_as_a_link() -> None:
    text = "Читайте также интервью с агрономом"
    assert strip_boilerplate([LEAD, link(text), END]) == (LEAD, END)
    assert strip_boilerplate([LEAD, paragraph(text), END]) == (LEAD, paragraph(text), END)


def test_a_bare_number_is_a_view_count_only_at_the_head() -> None:
    number = paragraph("693")
    assert strip_boilerplate([number, LEAD, LEAD, number, END]) == (LEAD, LEAD, number, END)


def test_rows_quotes_and_lists_keep_their_order() -> None:
    body = [
        LEAD,
        Block(kind="subhead", text="Не өзгереді", level=2),
        Block(kind="item", text="Бірінші кезең"),
        Block(kind="item", text="Екінші кезең"),
        Block(kind="row", text="Telegram | 40 %"),
        Block(kind="row", text="Просмотров: 1 250"),
        Block(kind="quote", text="Подписаться"),
        END,
    ]
    assert strip_boilerplate(body) == tuple(body)


def test_long_paragraphs_are_never_boilerplate() -> None:
    text = "Подписывайтесь на наш Telegram-канал! " + "Посевная кампания началась в южных областях. " * 8
    assert strip_boilerplate([paragraph(text)]) == (paragraph(text),)


def test_nothing_in_nothing_out() -> None:
    assert strip_boilerplate([]) == ()


BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(["paragraph", "subhead", "item", "quote", "row", "preformatted"]),
    text=st.one_of(st.text(), st.sampled_from(DROPPED + KEPT)),
)


@given(st.lists(BLOCKS, max_size=12))
def test_the_rest_keeps_its_order_and_nothing_is_made_up(blocks: list[Block]) -> None:
    kept = strip_boilerplate(blocks)
    rest = iter(blocks)
    assert all(any(block is one for one in rest) for block in kept)


def test_hostile_blocks_take_no_time() -> None:
    started = time.perf_counter()
    for text in (
        "Telegram " * 33,
        "# " * 150,
        "читайте " * 37,
        "a-" * 150,
        "1 " * 150,
        "$1.1 " * 60,
        "x" * 1_000_000,
    ):
        strip_boilerplate([paragraph(text)] * 20)
    assert time.perf_counter() - started < 2

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.attribution.phrases import load
from pipelines.attribution.prepared import Prepared
from pipelines.attribution.quotes import find_quotes, speech_spans

Expected = list[tuple[str, str | None, str]]

QUOTED: list[tuple[str, str, Expected]] = [
    # Kazakh
    (
        "kk",
        "– Көпірді екі жылда салдық, – деп түсіндірді әкім Марат Ахметжанов. – Енді жол ашық, – деді ол.",
        [
            ("Марат Ахметжанов", "Марат Ахметжанов", "Көпірді екі жылда салдық"),
            ("Марат Ахметжанов", "Марат Ахметжанов", "Енді жол ашық"),
        ],
    ),
    (
        "kk",
        "Қасым-Жомарт Тоқаев жиында «Біздің міндетіміз – халықтың әл-ауқатын арттыру» деп атап өтті.",
        [("Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаев", "Біздің міндетіміз – халықтың әл-ауқатын арттыру")],
    ),
    (
        "kk",
        "Тренер Ермек Сапаров сұраққа жауап берді: «Біз дайынбыз. Финалға шығамыз!».",
        [("Ермек Сапаров", "Ермек Сапаров", "Біз дайынбыз. Финалға шығамыз!")],
    ),
    (
        "kk",
        "„Біз келісімге келдік“, – дейді кәсіподақ төрағасы Сапар Әубәкіров.",
        [("Сапар Әубәкіров", "Сапар Әубәкіров", "Біз келісімге келдік")],
    ),
    (
        "kk",
        "“Суды үнемдеу керек”, – деп ескертті министр Нұржан Нұржігітов. “Әйтпесе қуаңшылық болады”.",
        [
            ("Нұржан Нұржігітов", "Нұржан Нұржігітов", "Суды үнемдеу керек"),
            ("Нұржан Нұржігітов", "Нұржан Нұржігітов", "Әйтпесе қуаңшылық болады"),
        ],
    ),
    (
        "kk",
        "– Kelisimge qol qoıyldy, – dedi Memleket basshysy.",
        [("Memleket basshysy", None, "Kelisimge qol qoıyldy")],
    ),
    (
        "kk",
        "Мектеп салынды. Бұл туралы министрлік мәлімдеді.\n\n«Нысан күзде беріледі», – делінген хабарламада.",
        [("министрлік", None, "Нысан күзде беріледі")],
    ),
    (
        "kk",
        "Әкім жауап берді.\n\n«Бәрін жөндейміз деп едік.\n\n«Уәдемізде тұрамыз», – деді Қанат Серіков.",
        [
            ("Қанат Серіков", "Қанат Серіков", "Бәрін жөндейміз деп едік."),
            ("Қанат Серіков", "Қанат Серіков", "Уәдемізде тұрамыз"),
        ],
    ),
    (
        "kk",
        "Президент Қасым-Жомарт Тоқаев сөз сөйледі. «Жұмыс жалғасады», – деді Мемлекет басшысы.",
        [("Мемлекет басшысы", "Қасым-Жомарт Тоқаев", "Жұмыс жалғасады")],
    ),
    (
        "kk",
        "Министр Асқар Оразов пен әкім Ерлан Сапаров кездесті. «Жұмыс жалғасады», – деді ол.",
        [("ол", None, "Жұмыс жалғасады")],
    ),
    (
        "kk",
        "– Балалар үшін қуаныштымын, – дейді көпбалалы ана.",
        [("көпбалалы ана", None, "Балалар үшін қуаныштымын")],
    ),
    # Russian
    (
        "ru",
        "«Этот проект важен», — сказал президент Казахстана Касым-Жомарт Токаев.",
        [("Касым-Жомарт Токаев", "Касым-Жомарт Токаев", "Этот проект важен")],
    ),
    (
        "ru",
        "Министр Ерлан Аккенженов ответил на вопросы. По словам Аккенженова, «дефицита бензина не будет».",
        [("Аккенженова", "Ерлан Аккенженов", "дефицита бензина не будет")],
    ),
    (
        "ru",
        "Глава государства подчеркнул, что «никаких уступок в этом вопросе не будет».",
        [("Глава государства", None, "никаких уступок в этом вопросе не будет")],
    ),
    (
        "ru",
        "«Рейсы выполняются», — сообщили в пресс-службе АО «Аэропорт Алматы».",
        [("пресс-службе АО «Аэропорт Алматы»", None, "Рейсы выполняются")],
    ),
    (
        "ru",
        "«Согласно графику, работы завершат в мае», — говорится в ответе управления энергетики Алматы.",
        [("управления энергетики Алматы", None, "Согласно графику, работы завершат в мае")],
    ),
    (
        "ru",
        "«Мы из АО «НК «Казахстан темир жолы» приехали помочь», — рассказал спасатель Ержан Муканов.",
        [("Ержан Муканов", "Ержан Муканов", "Мы из АО «НК «Казахстан темир жолы» приехали помочь")],
    ),
    (
        "ru",
        "— Куда вы идете? — спросил полицейский. — Домой, — ответил задержанный.",
        [("полицейский", None, "Куда вы идете?"), ("задержанный", None, "Домой")],
    ),
    (
        "ru",
        "Аким Алматы Ерболат Досаев провел встречу. «Деревья рубить не будем», – заверил аким.",
        [("аким", "Ерболат Досаев", "Деревья рубить не будем")],
    ),
    (
        "ru",
        "Айгерим Сапарова и Дина Ержанова вышли на сцену. «Мы счастливы», — сказала она.",
        [("она", None, "Мы счастливы")],
    ),
    (
        "ru",
        "Иван Петров и Мария Кузьмина живут рядом. «Мы соседи», — сказала она.",
        [("Мария Кузьмина", "Мария Кузьмина", "Мы соседи")],
    ),
    (
        "ru",
        "Директор школы Анна Ким пояснила ситуацию. «Занятия перенесли на субботу, дети не пострадали».",
        [("Анна Ким", "Анна Ким", "Занятия перенесли на субботу, дети не пострадали")],
    ),
    (
        "ru",
        "На вопрос журналистов премьер ответил коротко:\n\n– Налоги повышать не планируем.",
        [("премьер", None, "Налоги повышать не планируем.")],
    ),
    # English
    (
        "en",
        "“We built it in two years,” Governor Marat Akhmetzhanov explained. “Traffic will ease,” he added.",
        [
            ("Marat Akhmetzhanov", "Marat Akhmetzhanov", "We built it in two years"),
            ("Marat Akhmetzhanov", "Marat Akhmetzhanov", "Traffic will ease"),
        ],
    ),
    (
        "en",
        "‘We don’t know when it’ll open,’ said Asel Nurlanova, a teacher. ‘Nobody tells us.’",
        [
            ("Asel Nurlanova", "Asel Nurlanova", "We don’t know when it’ll open"),
            ("Asel Nurlanova", "Asel Nurlanova", "Nobody tells us."),
        ],
    ),
    (
        "en",
        "Kazakh President Kassym-Jomart Tokayev said, “We will not raise taxes this year.”",
        [("Kassym-Jomart Tokayev", "Kassym-Jomart Tokayev", "We will not raise taxes this year.")],
    ),
    (
        "en",
        '"Water levels are falling," said the head of the union, Gulnara Bek, 58.',
        [("Gulnara Bek", "Gulnara Bek", "Water levels are falling")],
    ),
    (
        "en",
        '"Applications are accepted until Friday," reads the statement of the Ministry of Education.',
        [("Ministry of Education", None, "Applications are accepted until Friday")],
    ),
    (
        "en",
        "“Flights are on schedule,” according to the airport's press service.",
        [("airport's press service", None, "Flights are on schedule")],
    ),
    (
        "en",
        'Asked about prices, Yerlan Karin, state counsellor, replied: "They will fall."',
        [("Yerlan Karin", "Yerlan Karin", "They will fall.")],
    ),
    (
        "en",
        "“Clearly,” Ms. Ivanova said, “the road needs repair.”\n\nOlga Ivanova heads the council.",
        [("Ivanova", "Olga Ivanova", "Clearly"), ("Ivanova", "Olga Ivanova", "the road needs repair.")],
    ),
    (
        "en",
        "Energy Minister Almas Satkaliyev and Mayor Zhenis Kassymbekov met. “It was useful,” he said.",
        [("he", None, "It was useful")],
    ),
    (
        "en",
        "“The dam is safe,” said Daniyar Serik.\n\n“We also installed new sensors.”\n\nIt was built in 1975.",
        [
            ("Daniyar Serik", "Daniyar Serik", "The dam is safe"),
            ("Daniyar Serik", "Daniyar Serik", "We also installed new sensors."),
        ],
    ),
]

QUOTED += [
    # Attributed without a verb, in a view, by a third party
    (
        "kk",
        "Тілші: – Кітап қашан шығады?\n\nЖазушы Нұрлан Қами: – Күзде шығып қалар деп ойлаймын.",
        [("Нұрлан Қами", "Нұрлан Қами", "Күзде шығып қалар деп ойлаймын.")],
    ),
    (
        "kk",
        "Ардагер Сәбит Қожахметовтің айтуынша, «ауылда бұрын екі мектеп болған».",
        [("Сәбит Қожахметовтің", "Сәбит Қожахметовтің", "ауылда бұрын екі мектеп болған")],
    ),
    (
        "ru",
        "Экономист Расул Рысов оценил прогноз. По его мнению, «рубль потянет тенге вниз уже весной».",
        [("Расул Рысов", "Расул Рысов", "рубль потянет тенге вниз уже весной")],
    ),
    (
        "ru",
        "Министр Гани Осов выступил. Его слова приводит пресс-служба: «Поставщика не будет. Выбирайте сами».",
        [("Гани Осов", "Гани Осов", "Поставщика не будет. Выбирайте сами")],
    ),
    (
        "ru",
        "«Финал проведем без раскачки», — капитан сборной Аскат Тагыберген.",
        [("Аскат Тагыберген", "Аскат Тагыберген", "Финал проведем без раскачки")],
    ),
    (
        "en",
        "“Output will rise,” Energy Minister Yerlan Akkenzhenov was quoted as saying by Interfax.",
        [("Yerlan Akkenzhenov", "Yerlan Akkenzhenov", "Output will rise")],
    ),
    # The person behind a noun for people, in an apposition, of another kind of post
    (
        "kk",
        "Офтальмолог Айнұр Сембай кеңес берді. – Экраннан көз шаршайды, – деді дәрігер.",
        [("дәрігер", "Айнұр Сембай", "Экраннан көз шаршайды")],
    ),
    (
        "ru",
        "Аскар Жумабай, чабан из Улытау, потерял отару. «Жег забор, чтобы согреться», — вспоминает чабан.",
        [("чабан", "Аскар Жумабай", "Жег забор, чтобы согреться")],
    ),
    (
        "en",
        "Dana Iskakova won in Baku. “I could not feel my legs,” the 19-year-old said.",
        [("19-year-old", "Dana Iskakova", "I could not feel my legs")],
    ),
    (
        "en",
        "“Nor will we,” von der Leyen added.\n\nUrsula von der Leyen left at noon.",
        [("von der Leyen", "Ursula von der Leyen", "Nor will we")],
    ),
    (
        "en",
        "Kim said no, adding that talks “must not be an excuse for any delay.” Anna Kim leads the team.",
        [("Kim", "Anna Kim", "must not be an excuse for any delay.")],
    ),
]

UNQUOTED = [
    ("kk", "«Отан» деп аталатын партия съезін өткізді. «Бәйтерек» деген мейрамхана жабылды."),
    ("kk", "Олар «жасыл экономика», «ақылды қала» жобаларын талқылады, – деп хабарлайды Egemen.kz."),
    ("kk", "Министр Асқар Оразов бағаның өспейтінін айтты."),
    ("ru", "Компания «Ромашка» выпустила сериал «Жизнь», — сообщает Zakon.kz."),
    ("ru", "Банки борются с «дропами», — пишет Kursiv."),
    ("ru", "Работы, – а их много, – идут по плану."),
    ("ru", "– рис;\n– гречка;\n– сахар."),
    ("en", "The film “Steppe Wolf,” directed by Aida Sultan, opened in May."),
    ("en", "The law “On Mass Media” was adopted, the ministry said."),
    ("en", "He used the word “crisis” three times, said Dana Lee, an analyst."),
    ("en", "- Rice\n- Sugar\n- Salt"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), QUOTED)
def test_quotation_has_its_speaker_person_and_words(lang: str, text: str, expected: Expected) -> None:
    phrases = load(lang)
    prepared = Prepared(text, phrases.abbreviations)
    found = find_quotes(prepared, phrases, "example.kz")
    assert [(quote.speaker, quote.person, quote.text) for quote in found] == expected
    assert all(prepared.shown[quote.start : quote.end] == quote.text for quote in found)


@pytest.mark.parametrize(("lang", "text"), UNQUOTED)
def test_name_title_scare_quotes_and_lists_are_no_speech(lang: str, text: str) -> None:
    phrases = load(lang)
    prepared = Prepared(text, phrases.abbreviations)
    assert find_quotes(prepared, phrases, "example.kz") == []
    assert speech_spans(prepared, phrases) == []


def test_speech_span_covers_a_formula_within_speech() -> None:
    phrases = load("ru")
    text = Prepared(
        "«Reuters сообщает одно, а мы видим другое», — сказал Иван Петров.", phrases.abbreviations
    )
    [(start, end)] = speech_spans(text, phrases)
    assert "Reuters сообщает" in text.cut(start, end)


def test_text_that_ends_in_an_initial_is_read() -> None:
    phrases = load("ru")
    text = Prepared("— Да, — сказал Б", phrases.abbreviations)
    assert [quote.text for quote in find_quotes(text, phrases, "example.kz")] == ["Да"]


def test_verb_is_as_written() -> None:
    phrases = load("kk")
    text = Prepared("«Жол ашылды», – деп атап өтті министр.", phrases.abbreviations)
    [quote] = find_quotes(text, phrases, "example.kz")
    assert quote.verb == "атап өтті"


_PIECES = st.sampled_from(
    [
        "«",
        "»",
        "“",
        "”",
        "„",
        '"',
        "‘",
        "’",
        "– ",
        "— ",
        "- ",
        "\n",
        ". ",
        ", ",
        ": ",
        " деді ",
        " сказал ",
        " said ",
        "ол",
        "он ",
        "Ерлан Қарин",
        "Иван Петров",
        "министр ",
        "в ",
        "the ",
        "Б",
        "а",
        "А. ",
        "...",
        " деп ",
        "говорится в сообщении",
        "U.S. ",
        "von der ",
        "один из ",
        "one of the ",
        "по мнению ",
        "in his view, ",
        "айтуынша, ",
        "19-year-old ",
        "цитирует ",
        "слова ",
        "апа ",
        "adding ",
        "Dr. ",
    ]
)


@given(
    st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=40).map("".join)),
    st.sampled_from(("kk", "ru", "en")),
)
def test_any_text_gives_ordered_quotations_cut_from_it(text: str, lang: str) -> None:
    phrases = load(lang)
    prepared = Prepared(text, phrases.abbreviations)
    quotes = find_quotes(prepared, phrases, "example.kz")
    spans = speech_spans(prepared, phrases)
    assert all(prepared.shown[quote.start : quote.end] == quote.text != "" for quote in quotes)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert {(quote.start, quote.end) for quote in quotes} <= set(spans)

"""Bytes that disagree with what is said of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.extract.encoding import decode
from spiders.extract.mojibake import repair_mojibake, repair_page, repair_text

KAZAKH = (
    "Қазақстан Президенті өңірлердегі су тасқынына қатысты кеңес өткізді. Үкімет басшысы жұмыс тобының "
    "есебін ұсынып, ауыл шаруашылығына бөлінген қаражаттың игерілуін баяндады."
)
RUSSIAN = (
    "Глава государства провёл совещание по вопросам паводка. Премьер-министр представил отчёт рабочей группы "
    "и доложил об освоении средств, выделенных сельскому хозяйству."
)
UKRAINIAN = (
    "Київська влада оголосила про ґрунтовні зміни: її рішення є остаточним, і мешканці їх підтримують."
)
BELARUSIAN = (
    "Улады горада паведамілі пра новыя аўтобусы: яны пойдуць ужо ўвосень, і жыхары іх вельмі чакаюць."
)
MACEDONIAN = (
    "Ќе има нови мерки, рече министерот. Куќите што се ѕидаат ќе бидат готови до јули, а ноќта ќе биде ладна."
)
SERBIAN = (
    "Влада ће сутра размотрити нове мере, рекао је министар. Кућа ће бити готова до јула, љубазно је додао."
)
FRENCH = "Le président a déclaré que la réunion, prévue à Astana, était reportée à l’été."
TURKIC = "Azərbaycan"  # has a letter no single-byte page can carry


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f"<!doctype html><html><head>{meta}<title>{text[:20]}</title></head><body><p>{text}</p></body></html>"
    )


@pytest.mark.parametrize("text", [KAZAKH, RUSSIAN, UKRAINIAN, MACEDONIAN, FRENCH, TURKIC, "plain", ""])
@pytest.mark.parametrize(
    "declared", [None, "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "nonsense", "rot13"]
)
def test_utf8_is_believed_over_any_header(text: str, declared: str | None) -> None:
    decoded = decode(page(text, "windows-1251").encode(), declared=declared)
    assert decoded.text == page(text, "windows-1251")
    assert decoded.charset == "utf-8"


@pytest.mark.parametrize(
    "declared", [None, "windows-1251", "cp1251", "win-1251", "utf-8", "koi8-r", "latin-1", "?"]
)
@pytest.mark.parametrize("meta", [None, "windows-1251", "utf-8", "koi8-r"])
def test_kz1048_under_any_name(declared: str | None, meta: str | None) -> None:
    decoded = decode(page(KAZAKH, meta).encode("kz1048"), declared=declared)
    assert decoded.charset == "kz1048"
    assert decoded.text == page(KAZAKH, meta)


@pytest.mark.parametrize("real", ["windows-1251", "koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1251", "koi8-r", "cp866", "iso-8859-1"])
def test_russian_in_four_encodings_under_any_name(real: str, declared: str | None) -> None:
    decoded = decode(page(RUSSIAN).encode(real), declared=declared)
    assert decoded.text == page(RUSSIAN)
    assert decoded.charset == real


@pytest.mark.parametrize("text", [UKRAINIAN, BELARUSIAN, MACEDONIAN, SERBIAN])
@pytest.mark.parametrize("declared", ["windows-1251", None])
def test_other_languages_of_windows_1251_stay_whole(text: str, declared: str | None) -> None:
    decoded = decode(page(text).encode("cp1251"), declared=declared)
    assert decoded.text == page(text)
    assert decoded.charset == "windows-1251"


def test_russian_page_with_one_kazakh_name_in_kz1048() -> None:
    text = RUSSIAN + " Компания «Қазақтелеком» и АО «Самұрық-Қазына» приняли участие."
    assert decode(page(text).encode("kz1048"), declared="windows-1251").text == page(text)


def test_short_kazakh_line() -> None:
    assert decode("Қазақстан".encode("kz1048"), declared="windows-1251").text == "Қазақстан"


def test_capitals_alone_are_told_apart() -> None:
    text = "ПРЕЗИДЕНТ ПОДПИСАЛ УКАЗ О НАЗНАЧЕНИИ ПОСЛОВ"
    assert decode(text.encode("cp1251"), declared="windows-1251").text == text
    assert decode(text.encode("koi8-r"), declared="koi8-r").text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_rules_and_leaves_the_text(encoding: str) -> None:
    decoded = decode(page(KAZAKH).encode(encoding), declared="windows-1251")
    assert decoded.text == page(KAZAKH)
    assert decoded.note is not None
    assert "windows-1251" in decoded.note


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(encoding: str) -> None:
    assert decode(page(KAZAKH).encode(encoding), declared="utf-8").text == page(KAZAKH)


@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1251"])
def test_utf8_with_a_few_bad_bytes_stays_utf8_with_a_note(declared: str | None) -> None:
    body = page(KAZAKH).encode()
    spoilt = body[:200] + b"\xff\xfe" + body[200:-30] + body[-29:]
    cut = page(KAZAKH).encode().split("қаражат".encode())[0] + "қ".encode()[:1]
    for data in (spoilt, cut):
        decoded = decode(data, declared=declared)
        assert decoded.charset == "utf-8"
        assert "Президенті" in decoded.text
    assert "unreadable" in (decode(cut, declared=declared).note or "")


def test_a_lying_utf8_mark_on_windows_1251() -> None:
    decoded = decode(b"\xef\xbb\xbf" + page(RUSSIAN).encode("cp1251"), declared="utf-8")
    assert decoded.text == page(RUSSIAN)
    assert decoded.note == "declared utf-8, read as windows-1251"


def test_western_page_is_not_read_as_cyrillic() -> None:
    for declared in ("iso-8859-1", "windows-1252", None):
        decoded = decode(page(FRENCH, "iso-8859-1").encode("cp1252"), declared=declared)
        assert decoded.text == page(FRENCH, "iso-8859-1")


def test_chinese_page_keeps_its_declared_encoding() -> None:
    text = page("哈萨克斯坦总统托卡耶夫会见了外国代表团并讨论了合作问题。")
    assert decode(text.encode("gb18030"), declared="gb2312").text == text.encode("gb18030").decode("gb2312")


def test_agreement_leaves_no_note() -> None:
    assert decode(page(RUSSIAN).encode("cp1251"), declared="windows-1251").note is None
    assert decode(page(RUSSIAN).encode(), declared="utf-8").note is None
    assert decode(b"", declared=None).text == ""


@given(
    st.binary(max_size=300),
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-7", "idna", "hex", "\0"])),
)
def test_no_bytes_and_no_name_raise(body: bytes, declared: str | None) -> None:
    decoded = decode(body, declared=declared)
    decoded.text.encode("utf-8", "surrogatepass")
    assert decoded.charset


def test_large_bodies_are_read_in_reasonable_time() -> None:
    started = time.perf_counter()
    decode(page(KAZAKH * 10_000).encode("kz1048"), declared="windows-1251")
    decode(b"<meta " * 300_000 + b"\xff", declared=None)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    "text", [KAZAKH, RUSSIAN, UKRAINIAN, MACEDONIAN, SERBIAN, FRENCH, TURKIC, "СOP29 – «жасыл» №5"]
)
def test_sound_text_is_not_repaired(text: str) -> None:
    assert repair_mojibake(text) == text


@pytest.mark.parametrize("text", [KAZAKH, RUSSIAN, "Қазақстан"])
@pytest.mark.parametrize("wrong", ["cp1251", "latin-1"])
def test_mojibake_is_repaired_line_by_line(text: str, wrong: str) -> None:
    broken = "".join(
        bytes([byte]).decode(wrong) if not (wrong == "cp1251" and byte == 0x98) else "\x98"
        for byte in text.encode()
    )
    assert repair_mojibake(f"{RUSSIAN}\n{broken}") == f"{RUSSIAN}\n{text}"


@given(st.text())
def test_repair_never_raises(text: str) -> None:
    repair_mojibake(text)


SOUND = [KAZAKH, RUSSIAN, UKRAINIAN, BELARUSIAN, MACEDONIAN, SERBIAN, FRENCH, TURKIC, *(
    "Gʻarbiy tuman hokimi yangi ko‘prik ochilishini e’lon qildi.",
    "Şəhərin yeni körpüsü payızda açılacaq, İçərişəhər isə bağlı qalacaq.",
    "Шаар башчысы жаңы көпүрөнүн курулушу күзгө чейин бүтөрүн айтты.",
    "“We’ve waited — it’s the city’s own café,” she said… £5 & €6, ½ price, 5 °C, § 3, © ® ™ ± µ",
    "Ñandú, São Paulo, Ångström, Øresund, Đà Nẵng, naïve façade, Zoë, Ñuñoa",
    "Вместо «Привет» видно «РџСЂРёРІРµС‚», а вместо café — cafÃ©.",
    'print("Ã©".encode("latin-1").decode())  # é',
    "Р°", "С…", "Рівне", "СССР… РФ", "Ð", "Ã", "№ 5 – «Р»", "A° B± Cµ", "Ќе", "Р/С № 7",
)]  # fmt: skip
WRONG = ["cp1251", "latin-1"]


def taken_for(text: str, wrong: str) -> str:
    return "".join(
        bytes([byte]).decode(wrong) if not (wrong == "cp1251" and byte == 0x98) else "\x98"
        for byte in text.encode()
    )


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_and_pages_of_it_stay_as_they_are(text: str) -> None:
    assert repair_text(text) == text
    for whole in (
        page(text),
        page(f"{text} " * 20 if len(text) > 20 else text),
        f"<pre>{text}</pre>\n<p>{RUSSIAN}</p>",
        text,
    ):
        assert repair_page(whole) == whole
    decoded = decode(page(text, "utf-8").encode(), declared="utf-8")
    assert (decoded.text, decoded.note) == (page(text, "utf-8"), None)


_LETTERS = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєўқғңүұһөәАБВГДЕРСТҚҒӘabcxyzABCéèüñçşığöäßʻʼ’‘“”«»–—…№§°±½©®™µ€£"
    " .,-0123456789"
)


@given(st.text(alphabet=_LETTERS, max_size=80))
def test_letters_thrown_together_stay_as_they_are(text: str) -> None:
    assert repair_text(text) == text
    assert repair_page(f"<p>{text}</p>\n<p>{RUSSIAN}</p>") == f"<p>{text}</p>\n<p>{RUSSIAN}</p>"


@pytest.mark.parametrize("wrong", WRONG)
@given(
    st.lists(
        st.sampled_from([*KAZAKH.split(), *RUSSIAN.split(), "Россия", "«Ұлт»", "—"]), min_size=5, max_size=60
    )
)
def test_words_taken_for_another_encoding_come_back(wrong: str, words: list[str]) -> None:
    text = " ".join([*words, "Қазақстан тәуелсіздігі", "история города"])
    assert repair_text(taken_for(text, wrong)) == text
    assert repair_page(taken_for(page(text), wrong)) == page(text)
    assert repair_page(f"<p>{taken_for(text, wrong)}</p>") == f"<p>{text}</p>"


def test_a_page_of_much_damage_is_repaired_whole_and_a_vast_part_left() -> None:
    piece = f"<p>{taken_for(RUSSIAN, 'cp1251')}</p>\n<b>Рѕ{'x' * 50}</b><i>Ã</i>"
    assert repair_page(piece * 500).count(RUSSIAN) == 500
    for vast in ("Рѕ" * 2_000_000, 'Рѕ"' * 1_000_000):
        assert len(repair_page(vast)) == len(vast)


@given(st.text())
def test_repair_of_a_page_never_raises(text: str) -> None:
    repair_page(text)
    repair_page(f"Рµ{text}Ðµ" * 5)

"""The curated identities: that the table is sound, that names meet, and that strangers do not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pipelines.attribution.identity import FOLDER, Directory, directory

KINDS = {"outlet", "agency", "institution", "company", "platform", "person", "photo"}
FILES = sorted(path for path in FOLDER.glob("*.toml") if path.name != "words.toml")

# A name as some text has it (case, script, office words), its language, the identity it means.
SAME = [
    # Akorda and the government
    ("Ақорданың баспасөз қызметіне", "kk", "akorda"),
    ("Ақорданың баспасөз қызметінен", "kk", "akorda"),
    ("Ақорда баспасөз қызметі", "kk", "akorda"),
    ("Ақорда", "kk", "akorda"),
    ("Ақорда сайты", "kk", "akorda"),
    ("Aqorda", "kk", "akorda"),
    ("Президент Әкімшілігінен", "kk", "akorda"),
    ("пресс-службу Акорды", "ru", "akorda"),
    ("пресс-службой Акорды", "ru", "akorda"),
    ("Акорде", "ru", "akorda"),
    ("администрации президента", "ru", "akorda"),
    ("официальный сайт Акорды", "ru", "akorda"),
    ("Akorda's press service", "en", "akorda"),
    ("the Akorda press service", "en", "akorda"),
    ("press service of Akorda", "en", "akorda"),
    ("akorda.kz", "en", "akorda"),
    ("www.akorda.kz", "ru", "akorda"),
    ("Akorda.kz", "kk", "akorda"),
    ("Үкіметтің баспасөз қызметінен", "kk", "government-kz"),
    ("Премьер-Министрдің баспасөз қызметіне", "kk", "government-kz"),
    ("пресс-службе правительства", "ru", "government-kz"),
    ("пресс-служба премьер-министра РК", "ru", "government-kz"),
    ("primeminister.kz", "ru", "government-kz"),
    ("Prime Minister's Office", "en", "government-kz"),
    ("Мәжілістің баспасөз қызметі", "kk", "majilis"),
    ("пресс-службу мажилиса", "ru", "majilis"),
    ("Сенатта", "kk", "senate-kz"),
    ("Верховного суда РК", "ru", "supreme-court"),
    ("Жоғарғы сотының баспасөз қызметі", "kk", "supreme-court"),
    # Ministries
    ("ІІМ-нің баспасөз қызметі", "kk", "mia-kz"),
    ("ҚР ІІМ", "kk", "mia-kz"),
    ("Ішкі істер министрлігінен", "kk", "mia-kz"),
    ("Ішкі істер министрлігінің баспасөз қызметіне", "kk", "mia-kz"),
    ("Қазақстан Республикасының Ішкі істер министрлігі", "kk", "mia-kz"),
    ("МВД РК", "ru", "mia-kz"),
    ("МВД Казахстана", "ru", "mia-kz"),
    ("Министерства внутренних дел", "ru", "mia-kz"),
    ("Министерстве внутренних дел Республики Казахстан", "ru", "mia-kz"),
    ("пресс-службу МВД", "ru", "mia-kz"),
    ("Interior Ministry", "en", "mia-kz"),
    ("Kazakhstan's Interior Ministry", "en", "mia-kz"),
    ("Ministry of Internal Affairs of the Republic of Kazakhstan", "en", "mia-kz"),
    ("ТЖМ-нен", "kk", "mes-kz"),
    ("Төтенше жағдайлар министрлігінің баспасөз қызметінен", "kk", "mes-kz"),
    ("МЧС РК", "ru", "mes-kz"),
    ("Министерство по чрезвычайным ситуациям", "ru", "mes-kz"),
    ("Ministry of Emergency Situations", "en", "mes-kz"),
    ("СІМ баспасөз қызметі", "kk", "mfa-kz"),
    ("пресс-служба МИД", "ru", "mfa-kz"),
    ("МИДе Казахстана", "ru", "mfa-kz"),
    ("Kazakh Foreign Ministry", "en", "mfa-kz"),
    ("Минздрава", "ru", "moh-kz"),
    ("пресс-службе Минздрава РК", "ru", "moh-kz"),
    ("Денсаулық сақтау министрлігіне", "kk", "moh-kz"),
    ("Ministry of Healthcare", "en", "moh-kz"),
    ("Минэнерго", "ru", "energy-kz"),
    ("Министерством энергетики", "ru", "energy-kz"),
    ("Энергетика министрлігінің", "kk", "energy-kz"),
    ("Energy Ministry of Kazakhstan", "en", "energy-kz"),
    ("Миннацэкономики", "ru", "economy-kz"),
    ("Ұлттық экономика министрлігінің баспасөз қызметі", "kk", "economy-kz"),
    ("Минпросвещения РК", "ru", "education-kz"),
    ("Оқу-ағарту министрлігінде", "kk", "education-kz"),
    ("МНВО", "ru", "science-kz"),
    ("Минтруда", "ru", "labour-kz"),
    ("Еңбек және халықты әлеуметтік қорғау министрлігіне", "kk", "labour-kz"),
    ("Минсельхозе", "ru", "agriculture-kz"),
    ("Экология және табиғи ресурстар министрлігінің баспасөз қызметі", "kk", "ecology-kz"),
    ("Минводресурсов", "ru", "water-kz"),
    ("Су ресурстары және ирригация министрлігінен", "kk", "water-kz"),
    ("МЦРИАП", "ru", "digital-kz"),
    ("Министерства искусственного интеллекта и цифрового развития", "ru", "digital-kz"),
    ("Минтуризма и спорта", "ru", "tourism-kz"),
    ("Минторговли", "ru", "trade-kz"),
    ("Минпромстрое", "ru", "industry-kz"),
    ("Transport Ministry of Kazakhstan", "en", "transport-kz"),
    ("Көлік министрлігінің баспасөз қызметіне", "kk", "transport-kz"),
    ("Минюста", "ru", "justice-kz"),
    ("Министерства обороны РК", "ru", "mod-kz"),
    ("Қорғаныс министрлігінен", "kk", "mod-kz"),
    # Agencies and committees
    ("Генпрокуратуре", "ru", "prosecutor-general"),
    ("Генеральную прокуратуру", "ru", "prosecutor-general"),
    ("Бас прокуратураның", "kk", "prosecutor-general"),
    ("Prosecutor General's Office", "en", "prosecutor-general"),
    ("ҰҚК-нің баспасөз қызметі", "kk", "knb"),
    ("КНБ РК", "ru", "knb"),
    ("Пограничной службы КНБ", "ru", "border-service"),
    ("Антикора", "ru", "anticor"),
    ("Агентство РК по противодействию коррупции", "ru", "anticor"),
    ("АФМ", "ru", "afm"),
    ("Нацбанке", "ru", "national-bank"),
    ("Ұлттық банктен", "kk", "national-bank"),
    ("Kazakhstan's central bank", "en", "national-bank"),
    ("Агентства по регулированию и развитию финансового рынка", "ru", "arrfr"),
    ("Қаржы нарығын реттеу және дамыту агенттігінің баспасөз қызметі", "kk", "arrfr"),
    ("БНС", "ru", "bns"),
    ("ҰСБ", "kk", "bns"),
    ("Ұлттық статистика бюросының", "kk", "bns"),
    ("Bureau of National Statistics", "en", "bns"),
    ("stat.gov.kz", "en", "bns"),
    ("РГП «Казгидромет»", "ru", "kazhydromet"),
    ("Қазгидрометтің баспасөз қызметі", "kk", "kazhydromet"),
    ("СЦК", "ru", "sck"),
    ("БЖЗҚ-ның баспасөз қызметі", "kk", "enpf"),
    ("пресс-службу ЕНПФ", "ru", "enpf"),
    ("UAPF", "en", "enpf"),
    ("Комитете лесного хозяйства и животного мира", "ru", "forestry-committee"),
    # Cities and regions
    ("пресс-служба акимата Алматы", "ru", "akimat-almaty"),
    ("Алматы қаласы әкімдігінің баспасөз қызметі", "kk", "akimat-almaty"),
    ("Almaty akimat's press service", "en", "akimat-almaty"),
    ("ДП Карагандинской области", "ru", "police-karaganda-region"),
    ("Маңғыстау облысының полиция департаменті", "kk", "police-mangystau-region"),
    ("Department of Police of Turkistan region", "en", "police-turkistan-region"),
    ("Zhetisu region police department", "en", "police-zhetisu-region"),
    ("Департаменте полиции области Абай", "ru", "police-abai-region"),
    ("ДЧС Алматинской области", "ru", "emergency-almaty-region"),
    ("ДЧС Алматы", "ru", "emergency-almaty"),
    ("Павлодар облысының төтенше жағдайлар департаментінен", "kk", "emergency-pavlodar-region"),
    ("акимата ЗКО", "ru", "akimat-west-kazakhstan-region"),
    ("БҚО әкімдігінің баспасөз қызметі", "kk", "akimat-west-kazakhstan-region"),
    ("press service of the Aktobe Region akimat", "en", "akimat-aktobe-region"),
    # Companies
    ("ҚТЖ-ның баспасөз қызметі", "kk", "ktz"),
    ("АО «НК «КТЖ»", "ru", "ktz"),
    ("Kazakhstan Temir Zholy", "en", "ktz"),
    ("АО «НК «КазМунайГаз»", "ru", "kazmunaygas"),
    ("ҚазМұнайГаздың", "kk", "kazmunaygas"),
    ("пресс-служба Air Astana", "ru", "air-astana"),
    ("Казатомпрома", "ru", "kazatomprom"),
    ("Халық банкінің баспасөз қызметі", "kk", "halyk-bank"),
    ("пресс-службу аэропорта Алматы", "ru", "almaty-airport"),
    # Outlets of Kazakhstan
    ("Казинформу", "ru", "kazinform"),
    ("КАЗИНФОРМ", "ru", "kazinform"),
    ("ҚазАқпараттың", "kk", "kazinform"),
    ("Kazinform's", "en", "kazinform"),
    ("МИА «Казинформ»", "ru", "kazinform"),
    ("inform.kz", "en", "kazinform"),
    ("Tengrinews.kz", "kk", "tengrinews"),
    ("kaz.tengrinews.kz", "kk", "tengrinews"),
    ("Tengrinews.kz порталы", "kk", "tengrinews"),
    ("сайт Zakon.kz", "ru", "zakon-kz"),
    ("NUR.KZ", "ru", "nur-kz"),
    ("Egemen.kz", "kk", "egemen"),
    ("«Егемен Қазақстан» газетінің", "kk", "egemen"),
    ("«Егемен Қазақстан» газетіне", "kk", "egemen"),
    ("газета «Казахстанская правда»", "ru", "kazpravda"),
    ("«Казахстанской правде»", "ru", "kazpravda"),
    ("Азаттықтың", "kk", "azattyq"),
    ("Радио Азаттык", "ru", "azattyq"),
    ("RFE/RL's Kazakh Service", "en", "azattyq"),
    ("Azattyq Rýhy", "ru", "azattyq-ruhy"),
    ("телеканал «Хабар 24»", "ru", "khabar-24"),
    ("«Хабар 24» арнасы", "kk", "khabar-24"),
    ("ИНТЕРФАКС-КАЗАХСТАН", "ru", "interfax-kazakhstan"),
    ("Kursiv.Media", "ru", "kursiv"),
    ("Atameken Business", "ru", "inbusiness"),
    ("inbusiness.kz сайты", "kk", "inbusiness"),
    ("The Astana Times", "en", "astana-times"),
    # The world
    ("Рейтерге", "kk", "reuters"),
    ("агентства Рейтер", "ru", "reuters"),
    ("Блумбергтің", "kk", "bloomberg"),
    ("Франс-Пресс", "kk", "afp"),
    ("Синьхуа агенттігінің", "kk", "xinhua"),
    ("Анадолы агенттігіне", "kk", "anadolu"),
    ("агентство Анадолу", "ru", "anadolu"),
    ("АЗЕРТАДЖ", "kk", "azertac"),
    ("AZƏRTAC", "en", "azertac"),
    ("УзА", "ru", "uza"),
    ("Trend News Agency", "en", "trend-az"),
    ("Би-би-си", "ru", "bbc"),
    ("Аль-Джазиры", "ru", "al-jazeera"),
    ("New York Times", "ru", "nyt"),
    ("«Коммерсанта»", "ru", "kommersant"),
    ("БҰҰ-ның баспасөз қызметі", "kk", "un"),
    ("ООН", "ru", "un"),
    ("ДДСҰ-ның", "kk", "who"),
    ("Всемирной организации здравоохранения", "ru", "who"),
    ("Азия даму банкінің", "kk", "adb"),
    ("Ақ үйдің баспасөз қызметі", "kk", "white-house"),
    ("Белого дома", "ru", "white-house"),
    ("Кремля", "ru", "kremlin"),
    ("Turkish Foreign Ministry", "en", "mfa-turkey"),
    ("МИДе России", "ru", "mfa-russia"),
    ("Министерство энергетики Узбекистана", "ru", "energy-uzbekistan"),
    ("Әзербайжан Энергетика министрлігіне", "kk", "energy-azerbaijan"),
    ("Telegram-арнасы", "kk", "telegram"),
    ("Фейсбуке", "ru", "facebook"),
    ("Twitter", "en", "x"),
    ("Getty Images", "ru", "getty"),
    ("Казахтелекома", "ru", "kazakhtelecom"),
    ("Казахтелекомом", "ru", "kazakhtelecom"),
    ("Qazaqstan Monitor", "en", "qazmonitor"),
    ("Sputnik Қазақстанның", "kk", "sputnik-kz"),
]

# Two names, the language of each, that must keep apart.
APART = [
    ("ДП Алматы", "ru", "МВД", "ru"),
    ("Алматы қаласының полиция департаменті", "kk", "Ішкі істер министрлігі", "kk"),
    ("департамент полиции Алматы", "ru", "департамент полиции Алматинской области", "ru"),
    ("Алматы қаласының әкімдігі", "kk", "Алматы облысының әкімдігі", "kk"),
    ("Almaty city akimat", "en", "Almaty Region akimat", "en"),
    ("ДЧС Алматы", "ru", "ДП Алматы", "ru"),
    ("ДЧС Павлодарской области", "ru", "МЧС", "ru"),
    ("акимат области Абай", "ru", "акимат Алматинской области", "ru"),
    ("Батыс Қазақстан облысының әкімдігі", "kk", "Шығыс Қазақстан облысының әкімдігі", "kk"),
    ("МИД", "ru", "МИД России", "ru"),
    ("МИД России", "ru", "МИД Узбекистана", "ru"),
    ("Foreign Ministry", "en", "Turkish Foreign Ministry", "en"),
    ("Сыртқы істер министрлігі", "kk", "Өзбекстан Сыртқы істер министрлігі", "kk"),
    ("МВД", "ru", "МВД Кыргызстана", "ru"),
    ("Министерство энергетики", "ru", "Министерство энергетики Узбекистана", "ru"),
    ("Министерство обороны", "ru", "Министерство обороны России", "ru"),
    ("Министерство здравоохранения", "ru", "Министерство здравоохранения Узбекистана", "ru"),
    ("Верховный суд", "ru", "Верховный суд Узбекистана", "ru"),
    ("министерство нефти республики", "ru", "Министерство энергетики", "ru"),
    ("Хабар", "kk", "Хабар 24", "kk"),
    ("24.kz", "ru", "24.kg", "ru"),
    ("Азаттық", "kk", "Azattyq Rýhy", "kk"),
    ("Радио Азаттык", "ru", "Радио Свобода", "ru"),
    ("Azattyq", "en", "Azattyq Asia", "en"),
    ("Интерфакс", "ru", "Интерфакс-Казахстан", "ru"),
    ("Sputnik", "en", "Sputnik Kazakhstan", "en"),
    ("Sputnik Казахстан", "ru", "Sputnik Узбекистан", "ru"),
    ("Forbes", "en", "Forbes Kazakhstan", "en"),
    ("Казахстанская правда", "ru", "Комсомольская правда", "ru"),
    ("Время", "ru", "Настоящее время", "ru"),
    ("Алматы ақшамы", "kk", "Астана ақшамы", "kk"),
    ("Атамекен", "ru", "Атамекен Бизнес", "ru"),
    ("Народный банк", "ru", "Национальный банк", "ru"),
    ("Kaspi", "en", "Caspian Pipeline Consortium", "en"),
    ("Министерство просвещения", "ru", "Министерство образования и науки", "ru"),
    ("Министерство культуры и информации", "ru", "Министерство культуры и спорта", "ru"),
    ("Ұлттық банк", "kk", "Ұлттық статистика бюросы", "kk"),
    ("КНБ", "ru", "ГКНБ", "ru"),
    ("КНБ", "ru", "Пограничная служба КНБ", "ru"),
    ("ООН", "ru", "Совет Безопасности ООН", "ru"),
    ("Совет безопасности", "ru", "Совет Безопасности ООН", "ru"),
    ("Сенат", "ru", "Сенат Олий Мажлиса Узбекистана", "ru"),
    ("Акорда", "ru", "Кремль", "ru"),
    ("Reuters", "en", "Report", "en"),
    ("Казахстан темир жолы", "ru", "Казахтелеком", "ru"),
    ("НОК", "ru", "МОК", "ru"),
    ("Медиазона", "ru", "Медиазона. Центральная Азия", "ru"),
]


def test_the_table_loads_and_no_alias_is_claimed_twice() -> None:
    assert len(directory().sources) >= 350


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_holds_nothing_but_known_fields(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert not set(table) - {"source", "family", "place", "home"}
    assert table.get("source") or (table["family"] and table["place"])
    for entry in table.get("source", []):
        assert not set(entry) - {"key", "kind", "name", "hosts", "wikidata", "aliases"}, entry["key"]
    for entry in [*table.get("source", []), *table.get("family", [])]:
        assert not set(entry.get("aliases", {})) - {"kk", "ru", "en", "any"}, entry["key"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_alias_leads_to_its_identity(path: Path) -> None:
    table = directory()
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("source", []):
        for lang, aliases in entry.get("aliases", {}).items():
            for each in ("kk", "ru", "en") if lang == "any" else (lang,):
                for alias in aliases:
                    assert table.key(alias, each) == entry["key"], alias


def test_each_identity_is_well_formed() -> None:
    for key, source in directory().sources.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key), key
        assert source.kind in KINDS, key
        assert set(source.names) == {"kk", "ru", "en"}, key
        assert all(name and name.strip() == name for name in source.names.values()), key
        assert re.fullmatch(r"Q[1-9]\d*", source.wikidata or "Q1"), key
        for host in source.hosts:
            assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host), key


def test_no_wikidata_id_stands_for_two() -> None:
    ids = [source.wikidata for source in directory().sources.values() if source.wikidata]
    assert len(ids) == len(set(ids))


def test_an_identity_is_known_by_each_of_its_names_and_hosts() -> None:
    table = directory()
    for key, source in table.sources.items():
        for lang, name in source.names.items():
            assert table.key(name, lang) == key, name
        for host in source.hosts:
            assert table.key(host, "en") == key, host


@pytest.mark.parametrize(("name", "lang", "key"), SAME, ids=lambda part: str(part))
def test_a_name_in_any_case_and_script_is_known(name: str, lang: str, key: str) -> None:
    source = directory().known(name, lang)
    assert source is not None
    assert source.key == key


@pytest.mark.parametrize(("one", "lang_one", "other", "lang_other"), APART)
def test_strangers_keep_apart(one: str, lang_one: str, other: str, lang_other: str) -> None:
    table = directory()
    assert table.key(one, lang_one) != table.key(other, lang_other)


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("полиция", "ru"),
        ("акимат", "ru"),
        ("министерство", "ru"),
        ("пресс-служба", "ru"),
        ("ведомство", "ru"),
        ("полиция департаменті", "kk"),
        ("әкімдік", "kk"),
        ("баспасөз қызметі", "kk"),
        ("Қазақстан", "kk"),
        ("police", "en"),
        ("the ministry", "en"),
        ("Kazakhstan", "en"),
    ],
)
def test_a_bare_common_word_is_nobody(name: str, lang: str) -> None:
    assert directory().known(name, lang) is None


@pytest.mark.parametrize(
    ("forms", "lang"),
    [
        (("филармония Караганды", "филармонии Караганды", "филармонию Караганды"), "ru"),
        (("кәсіподақтар федерациясы", "кәсіподақтар федерациясының", "кәсіподақтар федерациясынан"), "kk"),
        (("Steppe Museum", "the Steppe Museum's", "press office of Steppe Museum"), "en"),
    ],
)
def test_an_unknown_name_has_one_identity_in_all_its_cases(forms: tuple[str, ...], lang: str) -> None:
    assert len({directory().key(form, lang) for form in forms}) == 1
    assert directory().known(forms[0], lang) is None


def test_a_stranger_never_takes_a_curated_key() -> None:
    table = directory()
    for name in ("reuters-fan club", "Кафе Акорда", "Мой сайт"):
        assert table.key(name, "ru") not in table.sources


def test_two_claimants_of_one_alias_are_named() -> None:
    rivals = [
        {"key": key, "kind": "outlet", "name": {"en": name}, "aliases": {"any": ["Herald"]}}
        for key, name in (("north", "North Herald"), ("south", "South Herald"))
    ]
    with pytest.raises(ValueError, match=r"north.*south"):
        Directory([{"source": rivals}])


def test_two_claimants_of_one_host_are_named() -> None:
    rivals = [
        {"key": key, "kind": "outlet", "name": {"en": key}, "hosts": ["herald.example"]}
        for key in ("north", "south")
    ]
    with pytest.raises(ValueError, match=r"herald\.example"):
        Directory([{"source": rivals}])


def test_a_key_stands_once() -> None:
    entry = {"key": "herald", "kind": "outlet", "name": {"en": "Herald"}}
    with pytest.raises(ValueError, match="herald"):
        Directory([{"source": [entry, entry]}])


def test_the_home_country_adds_nothing_and_another_does() -> None:
    ministry = {"key": "mia", "kind": "institution", "name": {"en": "Interior Ministry"}}
    home = {"en": ["Kazakhstan", "Republic of Kazakhstan"]}
    words = {"office_words": {"en": ["the", "of"]}, "home_words": home}
    table = Directory([words, {"source": [ministry], "home": True}])
    assert table.key("Interior Ministry of the Republic of Kazakhstan", "en") == "mia"
    assert table.key("Kazakhstan's Interior Ministry", "en") == "mia"
    assert table.key("Interior Ministry of Georgia", "en") != "mia"
    abroad = Directory([words, {"source": [ministry]}])
    assert abroad.known("Kazakhstan's Interior Ministry", "en") is None


def test_a_family_stands_for_one_identity_in_each_place_that_has_it() -> None:
    police = {
        "key": "police",
        "kind": "institution",
        "name": {"en": "{en} police"},
        "aliases": {"en": ["police of {en}"]},
    }
    court = {"key": "court", "kind": "institution", "name": {"en": "{en} court"}}
    north = {
        "key": "north",
        "forms": {"en": ["North", "the Far North"]},
        "hosts": {"court": ["court.example"]},
    }
    south = {"key": "south", "forms": {"en": ["South"]}, "families": ["police"]}
    table = Directory([{"family": [police, court], "place": [north, south]}])
    assert set(table.sources) == {"police-north", "court-north", "police-south"}
    assert table.key("police of the Far North", "en") == "police-north"
    assert table.key("South police", "en") == "police-south"
    assert table.key("court.example", "en") == "court-north"

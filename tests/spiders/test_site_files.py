"""Every site's file: it loads, it declares and does nothing else, and its patterns tell articles from lists."""

import ast
from pathlib import Path

import pytest
from lxml.cssselect import CSSSelector
from scrapy.settings import Settings

from newscrawl.crawl.project import SiteLoader
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Feed, Listing, Site, Sitemap

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = sorted(f for f in (REPOSITORY / "spiders").glob("*.py") if f.stem != "__init__")
WITHOUT_SITE = {"web"}
# Nobody could reach these sites yet. Who sees one work writes the day into its file and takes it from this list.
UNVERIFIED = {
    "24_kg",
    "24_kz",
    "asiaplustj_info",
    "astanatimes_com",
    "baq_kz",
    "daryo_uz",
    "egemen_kz",
    "exclusive_kz",
    "gazeta_uz",
    "inbusiness_kz",
    "inform_kz",
    "informburo_kz",
    "kaktus_media",
    "kapital_kz",
    "kazpravda_kz",
    "kaztag_kz",
    "kg_akipress_org",
    "khabar_kz",
    "kloop_kg",
    "kt_kz",
    "kun_uz",
    "kz_kursiv_media",
    "liter_kz",
    "lsm_kz",
    "masa_media",
    "newtimes_kz",
    "nur_kz",
    "orda_kz",
    "podrobno_uz",
    "ratel_kz",
    "ru_sputnik_kz",
    "rus_azattyq_org",
    "tengrinews_kz",
    "timesca_com",
    "total_kz",
    "ulysmedia_kz",
    "vlast_kz",
    "zakon_kz",
}
# Nobody knows by which zone's clock these are written.
WITHOUT_ZONE = {"timesca_com"}
LOADER = SiteLoader(Settings({"SPIDER_MODULES": ["spiders"]}))
SITES = LOADER.sites()


def test_every_file_is_a_spider_and_none_is_broken() -> None:
    assert LOADER.broken == {}
    assert sorted(LOADER.list()) == [file.stem for file in FILES]
    assert {site.name for site in SITES} == {file.stem for file in FILES} - WITHOUT_SITE


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_site_file_only_declares(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda)
    assert not [node for node in ast.walk(tree) if isinstance(node, kinds)]
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_site_is_named_for_its_host_and_knows_where_and_when_it_is(site: Site) -> None:
    spider = LOADER.load(site.name)
    assert issubclass(spider, NewsSpider)
    assert spider.name == site.name
    assert site.home.startswith("https://")
    assert site.home.removeprefix("https://").removeprefix("www.").rstrip("/").replace(".", "_") == site.name
    assert (site.timezone is None) is (site.name in WITHOUT_ZONE)
    assert site.languages
    assert site.sources or not site.enabled
    assert site.outlets
    assert not site.private
    assert site.delay_s >= 1


def test_the_sites_without_a_day_are_those_that_nobody_has_seen_work() -> None:
    assert {site.name for site in SITES if site.verified_on is None} == UNVERIFIED


@pytest.mark.parametrize("name", sorted(UNVERIFIED))
def test_the_file_of_an_unverified_site_says_what_was_seen_and_what_was_not(name: str) -> None:
    said = LOADER.load(name).__doc__ or ""
    assert "Seen" in said
    assert "Unverified" in said


def test_the_file_of_a_site_that_is_not_visited_says_why() -> None:
    disabled = [site.name for site in SITES if not site.enabled]
    assert [name for name in disabled if "Disabled: " not in (LOADER.load(name).__doc__ or "")] == []
    assert 0 < len(disabled) < len(SITES) / 5


def test_no_host_belongs_to_two_sites() -> None:
    hosts = sorted(host for site in SITES for host in site.all_hosts)
    assert hosts == sorted(set(hosts))


def test_every_selector_is_css() -> None:
    fields = ("title", "lead", "body", "date", "authors", "tags", "section", "item", "link", "next_link")
    for thing in (thing for site in SITES for thing in (*site.overrides, *site.sources)):
        for selector in (*(getattr(thing, field, None) for field in fields), *getattr(thing, "drop", ())):
            if selector:
                CSSSelector(selector, translator="html")


def test_each_kind_of_source_is_in_use() -> None:
    kinds = {type(source) for site in SITES for source in site.sources}
    assert {Feed, Sitemap, Listing, DayPages} <= kinds


ADDRESSES = [
    ("exclusive_kz", "https://exclusive.kz/kak-vyrastit-yabloki-v-gorah/", True),
    ("exclusive_kz", "https://exclusive.kz/category/kontekst-dnya/", False),
    ("exclusive_kz", "https://exclusive.kz/author/anna-akhmetova-redaktor/", False),
    ("exclusive_kz", "https://exclusive.kz/page/2/", False),
    ("exclusive_kz", "https://exclusive.kz/", False),
    ("nur_kz", "https://www.nur.kz/society/1234567-most-otkryli-dlya-avtomobiley/", True),
    ("nur_kz", "https://www.nur.kz/society/incidents/1234567-most-otkryli/", True),
    ("nur_kz", "https://kaz.nur.kz/society/1234567-kopir-ashyldy/", True),
    ("nur_kz", "https://www.nur.kz/1234567-most-otkryli.html", True),
    ("nur_kz", "https://www.nur.kz/archive/2024/5/2", False),
    ("nur_kz", "https://www.nur.kz/society/", False),
    ("nur_kz", "https://www.nur.kz/kak-rabotaet-nur-kz/1234567-pravila/", False),
    ("rus_azattyq_org", "https://rus.azattyq.org/a/most-otkryli/32123456.html", True),
    ("rus_azattyq_org", "https://www.azattyq.org/a/32123456.html", True),
    ("rus_azattyq_org", "https://rus.azattyq.org/z/360", False),
    ("rus_azattyq_org", "https://rus.azattyq.org/", False),
    ("tengrinews_kz", "https://tengrinews.kz/kazakhstan_news/most-otkryili-dlya-avtomobiley-512345/", True),
    ("tengrinews_kz", "https://kaz.tengrinews.kz/saiasat/kopr-ashyildyi-312345/", True),
    ("tengrinews_kz", "https://en.tengrinews.kz/environment/a-bridge-was-opened-12345/", True),
    ("tengrinews_kz", "https://tengrinews.kz/news/page/2/", False),
    ("tengrinews_kz", "https://tengrinews.kz/tag/most-12345/", False),
    ("tengrinews_kz", "https://tengrinews.kz/horoscopes/lev-12345/", False),
    ("vlast_kz", "https://vlast.kz/novosti/61234-most-otkryli-dla-avtomobilej.html", True),
    ("vlast_kz", "https://vlast.kz/english/61234-a-bridge-was-opened.html", True),
    ("vlast_kz", "https://vlast.kz/novosti/2/?archive=1", False),
    ("vlast_kz", "https://vlast.kz/tags/most-12345.html", False),
    ("zakon_kz", "https://www.zakon.kz/obshestvo/6507314-most-otkryli-dlya-avtomobiley.html", True),
    ("zakon_kz", "https://kaz.zakon.kz/ogam/6507315-kopir-ashyldy.html", True),
    ("zakon_kz", "https://www.zakon.kz/document/6507314-most.html", False),
    ("zakon_kz", "https://www.zakon.kz/news/?p=2", False),
    ("informburo_kz", "https://informburo.kz/novosti/most-otkryli-dlya-avtomobilej", True),
    ("informburo_kz", "https://informburo.kz/kaz/novosti/kopir-ashyldy", True),
    ("informburo_kz", "https://informburo.kz/novosti?page=2", False),
    ("informburo_kz", "https://informburo.kz/tags/most", False),
    ("inform_kz", "https://www.inform.kz/ru/most-otkrili-dlya-avtomobiley-7c41fa", True),
    ("inform_kz", "https://www.inform.kz/ru/most-otkryli_a3725777/", True),
    ("inform_kz", "https://en.inform.kz/news/a-bridge-was-opened-5d20be/", True),
    ("inform_kz", "https://www.inform.kz/ru/lenta/?page=2", False),
    ("inform_kz", "https://www.inform.kz/ru/most-otkrili-dlya-avtomobiley-7c41fa/amp", False),
    ("orda_kz", "https://orda.kz/most-otkryli-dlja-avtomobilej-398101/", True),
    ("orda_kz", "https://kaz.orda.kz/kopir-ashyldy-21045/", True),
    ("orda_kz", "https://en.orda.kz/a-bridge-was-opened-10482/", True),
    ("orda_kz", "https://orda.kz/last-news/", False),
    ("orda_kz", "https://orda.kz/most-otkryli/", False),
    ("24_kg", "https://24.kg/obschestvo/381234_biblioteka_otkryila_dveri/", True),
    ("24_kg", "https://24.kg/english/381234_A_library_opened_its_doors/", True),
    ("24_kg", "https://24.kg/kyrgyzcha/381234_Kitepkana_achyildyi/", True),
    ("24_kg", "https://24.kg/page_2/", False),
    ("24_kg", "https://24.kg/obschestvo/", False),
    ("24_kz", "https://24.kz/ru/news/culture/781234-biblioteka-otkryla-dveri", True),
    ("24_kz", "https://24.kz/kz/zhanalyqtar/madeniet/781234-kitapkhana-ashyldy", True),
    ("24_kz", "https://24.kz/kz/zhanalyqtar/item/781234-kitapkhana-ashyldy", True),
    ("24_kz", "https://24.kz/ru/tv-projects/studiya/item/781234-vypusk", False),
    ("24_kz", "https://24.kz/ru/news/vypuski-novostej/781234-vypusk", False),
    ("daryo_uz", "https://daryo.uz/en/2026/11/23/a-library-opened-its-doors", True),
    ("daryo_uz", "https://daryo.uz/2026/11/23/kutubxona-eshigini-ochdi/", True),
    ("daryo_uz", "https://daryo.uz/en/category/culture/", False),
    ("gazeta_uz", "https://www.gazeta.uz/oz/2026/11/23/library/", True),
    ("gazeta_uz", "https://www.gazeta.uz/oz/list/news?page=2", False),
    ("kaktus_media", "https://kaktus.media/doc/552367_biblioteka_otkryla_dveri.html", True),
    ("kaktus_media", "https://kaktus.media/?lable=8&date=2026-11-23&order=time", False),
    ("kaztag_kz", "https://kaztag.kz/ru/news/biblioteka-otkryla-dveri/", True),
    ("kaztag_kz", "https://kaztag.kz/ru/news/?PAGEN_1=2", False),
    ("kg_akipress_org", "https://akipress.com/news:923934:A_library_opened_its_doors/", True),
    ("kg_akipress_org", "https://www.tazabek.kg/news:2536067?from=rss", True),
    ("kg_akipress_org", "https://kg.akipress.org/cat:1/", False),
    ("khabar_kz", "https://khabar.kz/kk/zhanalyqtar/madeniet/item/181234-kitapkhana-ashyldy", True),
    ("khabar_kz", "https://khabar.kz/ru/news", False),
    ("kloop_kg", "https://ky.kloop.asia/2017/08/11/kitepkana-achyldy/", True),
    ("kloop_kg", "https://ky.kloop.asia/2017/", False),
    ("kun_uz", "https://kun.uz/uz/news/2026/11/23/kutubxona-eshigini-ochdi", True),
    ("kun_uz", "https://kun.uz/en/news/2026/11/23/a-library-opened-its-doors", True),
    ("kun_uz", "https://kun.uz/news/category/jamiyat", False),
    ("podrobno_uz", "https://podrobno.uz/cat/obchestvo/biblioteka-otkryla-dveri/", True),
    ("podrobno_uz", "https://podrobno.uz/cat/obchestvo/", False),
    ("ru_sputnik_kz", "https://sputnik.kz/20261123/kitapkhana-ashyldy-63899465.html", True),
    ("ru_sputnik_kz", "https://ru.sputnik.kz/society/", False),
    ("timesca_com", "https://timesca.com/a-library-opened-its-doors/", True),
    ("timesca_com", "https://timesca.com/category/culture/", False),
    ("kz_kursiv_media", "https://kz.kursiv.media/2026-09-18/knrd-most-otkryli/", True),
    ("kz_kursiv_media", "https://kz.kursiv.media/kk/2026-09-18/knrd-kopir-ashyldy/", True),
    ("kz_kursiv_media", "https://kz.kursiv.media/en/2026-09-18/engd-a-bridge-was-opened/", True),
    ("kz_kursiv_media", "https://kz.kursiv.media/2026-09-18/", False),
    ("kz_kursiv_media", "https://kz.kursiv.media/en/feed/?paged=2", False),
    ("inbusiness_kz", "https://inbusiness.kz/ru/news/most-otkryli-dlya-avtomobilej", True),
    ("inbusiness_kz", "https://inbusiness.kz/index.php/ru/last/most-otkryli", True),
    ("inbusiness_kz", "https://inbusiness.kz/ru/author_news/o-mostah", True),
    ("inbusiness_kz", "https://inbusiness.kz/ru/lastnews?date=2026-09-18", False),
    ("inbusiness_kz", "https://inbusiness.kz/ru/ratings/mosty", False),
    ("kapital_kz", "https://kapital.kz/business/128417/most-otkryli-dlya-avtomobiley.html", True),
    ("kapital_kz", "https://kapital.kz/project/investments/115420/most-otkryli.html", True),
    ("kapital_kz", "https://kapital.kz/news?page=2", False),
    ("kapital_kz", "https://kapital.kz/lifestyle/128400/o-mostah.html", False),
    ("lsm_kz", "https://lsm.kz/most-otkryli-dlya-avtomobilej", True),
    ("lsm_kz", "https://lsm.kz/banks/!2", False),
    ("lsm_kz", "https://lsm.kz/archive", False),
    ("liter_kz", "https://liter.kz/most-otkryli-dlia-avtomobilei-1789704000/", True),
    ("liter_kz", "https://liter.kz/tag/most-1789704000/", False),
    ("liter_kz", "https://liter.kz/o-redakcii/", False),
    ("kazpravda_kz", "https://kazpravda.kz/n/most-otkryli-dlya-avtomobiley/", True),
    ("kazpravda_kz", "https://kazpravda.kz/kk/n/kopir-ashyldy", True),
    ("kazpravda_kz", "https://kazpravda.kz/en/n/a-bridge-was-opened/", True),
    ("kazpravda_kz", "https://kazpravda.kz/r/obshchestvo/", False),
    ("kazpravda_kz", "https://kazpravda.kz/n/", False),
    ("egemen_kz", "https://egemen.kz/article/371204-kopir-ashyldy", True),
    ("egemen_kz", "https://ru.egemen.kz/article/371204-most-otkryli", True),
    ("egemen_kz", "https://en.egemen.kz/article/371204-a-bridge-was-opened", True),
    ("egemen_kz", "https://egemen.kz/last-news?page=2", False),
    ("egemen_kz", "https://egemen.kz/article/", False),
    ("baq_kz", "https://baq.kz/kopir-ashyldy-300412/", True),
    ("baq_kz", "https://rus.baq.kz/most-otkryli-dlya-avtomobiley-200412/", True),
    ("baq_kz", "https://baq.kz/search/page2/?q=kopir", False),
    ("baq_kz", "https://baq.kz/kopir-ashyldy/", False),
    ("astanatimes_com", "https://astanatimes.com/2026/09/a-bridge-was-opened/", True),
    ("astanatimes_com", "https://astanatimes.com/2026/09/", False),
    ("astanatimes_com", "https://astanatimes.com/category/nation/", False),
    ("ulysmedia_kz", "https://ulysmedia.kz/news/60412-most-otkryli-dlya-avtomobiley/", True),
    ("ulysmedia_kz", "https://ulysmedia.kz/news", False),
    ("ulysmedia_kz", "https://ulysmedia.kz/search/60412-most/", False),
    ("newtimes_kz", "https://newtimes.kz/obshchestvo/218804-most-otkryli-dlya-avtomobiley", True),
    ("newtimes_kz", "https://newtimes.kz/obshchestvo/218804-most-otkryli-dlya-avtomobiley/", True),
    ("newtimes_kz", "https://newtimes.kz/obshchestvo/", False),
    ("newtimes_kz", "https://newtimes.kz/rss/", False),
    ("total_kz", "https://total.kz/ru/news/obshchestvo/most_otkryli_date_2026_09_18", True),
    ("total_kz", "https://total.kz/ru/news/obshchestvo/most_otkryli_date_2026_09_18_10_15_00", True),
    ("total_kz", "https://total.kz/ru/news/page-2", False),
    ("total_kz", "https://total.kz/ru/news/obshchestvo", False),
    ("kt_kz", "https://www.kt.kz/rus/society/most_otkryli_1377991204.html", True),
    ("kt_kz", "http://www.kt.kz/kaz/society/kopir_ashyldy_1377991205.html", True),
    ("kt_kz", "https://www.kt.kz/rus/all", False),
    ("kt_kz", "https://www.kt.kz/rus/pisma_v_redakciu/o_mostah_1377991290.html", False),
]


@pytest.mark.parametrize(("name", "url", "article"), ADDRESSES, ids=[url for _, url, _ in ADDRESSES])
def test_the_form_of_an_address_tells_an_article(name: str, url: str, article: bool) -> None:
    [site] = [site for site in SITES if site.name == name]
    assert site.owns(url)
    assert site.is_article_url(url) is article


def test_every_pattern_is_tried_on_both() -> None:
    tried = {(name, article) for name, _, article in ADDRESSES}
    with_pattern = {site.name for site in SITES if site.article_url}
    assert {(name, article) for name in with_pattern for article in (True, False)} <= tried


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_sites_own_sources_are_no_articles(site: Site) -> None:
    assert not [source.url for source in site.sources if site.is_article_url(source.url)]


# Addresses that somebody saw in use.
ARTICLES = {
    "exclusive_kz": [
        "https://exclusive.kz/teez-vyplatit-dolgi-prodavcam-posle-sdelki-s-finteh-partnerom/",
        "https://exclusive.kz/v-almaty-vvodjat-registraciju-turistov-pered-pohodami-v-gory/",
        "https://exclusive.kz/skupshhikam-metalloloma-zapretjat-prinimat-relsy-i-ljuki-u-naselenija-a-punkty-prijoma-otodvinut-ot-zhilyh-zon/",
    ],
    "tengrinews_kz": [
        "https://tengrinews.kz/article/asfalt-snova-rastayal-vmeste-snegom-ulitsyi-astanyi-2397/",
        "https://tengrinews.kz/curious/na-18-100-chelovek-kazahstanka-syigrala-dve-svadbyi-sravnila-531353/",
    ],
    "vlast_kz": [
        "https://vlast.kz/novosti/34245-sud-nad-vice-ministrom-mon-suhanberdivoj-nacnetsa-9-iula.html",
        "https://vlast.kz/jekonomika/34123-kak-ustroena-ekonomika-arysi.html",
    ],
    "rus_azattyq_org": [
        "https://rus.azattyq.org/a/putin-obyavil-o-pashalnom-peremirii-do-polunochi-21-aprelya/33390169.html",
        "https://rus.azattyq.org/a/24106283.html",
        "https://www.azattyq.org/a/33390588.html",
    ],
    "nur_kz": [
        "https://www.nur.kz/politics/kazakhstan/2086925-bolshe-17-mlrd-tenge-hoteli-neratsionalno-potratit-na-borbu-s-pavodkami-v-kazahstane/",
        "https://www.nur.kz/1803448-postradavsij-v-dtp-student-skoncalsa-v-almaty.html",
        "https://kaz.nur.kz/1803472-kalydygyna-asulangan-kyzylordalyk-kjeu-zigit-zatu-tojynan-ketip-kalgan.html",
    ],
    "inform_kz": [
        "https://www.inform.kz/ru/ii-povisit-tochnost-prognozov-virabotki-vie-do-80-v-kazahstane-8221b43c",
        "https://www.inform.kz/ru/molodih-kazahstantsev-nauchili-sozdavat-naviki-dlya-golosovogo-assistenta-4add30",
        "https://www.inform.kz/kz/asyl-mura-abaydyn-ekinshi-kara-sozi_a2471636",
        "https://en.inform.kz/news/oil-spill-detected-in-caspian-sea-6544df/",
        "https://www.inform.kz/ru/polnost-yu-obespechit-region-myasom-pticy-namereny-v-sko_a3725092",
    ],
    "24_kg": [
        "https://24.kg/vlast/248515_davlenie_nasmi_hidjabyi_jenyi_oligarhov_chto_esche_volnuet_deputatov/",
        "https://24.kg/english/382480_National_Bank_AI_and_digital_payments_require_strengthened_cybersecurity/",
    ],
    "24_kz": [
        "https://24.kz/ru/news/in-the-world/788733-razrabotka-kazakhstantsa-dlya-vyyavleniya-boleznej-glaz-prokhodit-ispytaniya-v-gonkonge",
        "https://24.kz/ru/news/social/item/683181-falshivye-meduslugi-23-tysyachi-pripisok-na-208-mln-vyyavili-v-kazakhstane",
    ],
    "daryo_uz": [
        "https://daryo.uz/2025/04/08/ozbekistonda-1-maydan-utilizatsiya-yigimi-faqat-elektromobillar-uchun-undiriladi",
    ],
    "gazeta_uz": [
        "https://www.gazeta.uz/ru/2026/08/11/transport/",
        "https://www.gazeta.uz/oz/2025/02/14/recycling-fee/",
        "https://www.gazeta.uz/en/2025/01/17/binance/",
    ],
    "kaktus_media": [
        "https://kaktus.media/doc/375842_vpechatleniia_kaktus.media_ot_poezdki_na_shattl_base_iz_bishkeka_v_aeroport_manas_video.html",
        "https://kaktus.media/doc/409757_depytat:_razreshaetsia_li_vyhodit_iz_doma_jertvam_semeynogo_nasiliia_pri_ygroze_jizni_video.html",
    ],
    "kg_akipress_org": [
        "https://kg.akipress.org/news:2383552",
        "https://akipress.com/news:600411/",
        "https://akipress.com/news:730887:Kyrgyz_organization_receives_JIAPICH_award/",
        "https://www.tazabek.kg/news:1765705/?from=tazabek&place=search",
    ],
    "kloop_kg": [
        "https://kloop.kg/blog/2017/08/11/storonniki-tekebaeva-prekratili-golodovku-iz-za-nedopuska-politika-k-sdache-testa-po-gosyazyku/",
        "http://ky.kloop.asia/2017/08/11/kyrgyzstan-fifanyn-rejtinginde-bir-sapka-yldyjlap-128-orundu-eeledi/",
    ],
    "kun_uz": [
        "https://kun.uz/ru/news/2026/03/28/xraneniye-nekotoryx-personalnyx-dannyx-za-predelami-uzbekistana-razresheno",
        "https://kun.uz/news/2026/08/14/toshkentda-stomatologiya-xizmatlari-narxlari",
        "https://kun.uz/en/news/2025/07/17/uzbekistan-expects-to-raise-300-million-from-mobiuz-sale",
    ],
    "podrobno_uz": [
        "https://podrobno.uz/cat/economic/azs-uzbekistana-zarabotali-za-mesyats-3-6-trilliona-sumov/",
        "https://podrobno.uz/cat/obchestvo/komitet-po-konkurentsii-predupredil-yandex-go-o-neobkhodimosti-snizheniya-tsen-/",
    ],
    "ru_sputnik_kz": [
        "https://ru.sputnik.kz/20260603/v-kazakhstane-paseki-obyazali-poluchat-veterinarnye-pasporta-63899465.html",
        "https://ru.sputnik.kz/20241024/platforma-patsient-astana-48066721.html",
    ],
    "timesca_com": [
        "https://timesca.com/russia-seeks-to-boost-oil-transit-to-china-via-kazakhstan/",
        "https://timesca.com/adoption-of-latin-based-common-turkic-alphabet/",
    ],
    "kazpravda_kz": [
        "https://kazpravda.kz/n/shedevr-lezviyami-kazahstanskaya-hudozhnitsa-napisala-portret-mihaila-shaydorova-konkami-na-kovre/",
        "https://kazpravda.kz/n/autizm-tsentr-otkryli-s-astane/",
        "https://kazpravda.kz/n/art-proekt-ot-fonda-asyl-miras/",
    ],
    "zakon_kz": [
        "https://www.zakon.kz/obshestvo/6426408-bolee-20-mlrd-tenge-lishilis-kazakhstantsy-izza-internetmoshennikov-v-2023-godu.html",
        "https://www.zakon.kz/obshestvo/6490267-v-atyrau-zelenaya-voda-v-reke-okazalas-sledom-neftyanogo-zagryazneniya.html",
        "https://www.zakon.kz/5003300-v-kostanayskoy-oblasti-pogib.html",
    ],
    "informburo_kz": [
        "https://informburo.kz/novosti/v-astane-shkoly-8-zakryli-a-detey-otpravili-po-drugim-uchebnym-zavedeniyam.html",
        "https://informburo.kz/stati/almaty-vo-tme-pocemu-v-gorode-takoe-ploxoe-osveshhenie-i-budet-li-cto-to-menyatsya",
        "https://informburo.kz/kaz/newskaz/ubt-bejindik-paender-tizbesine-informatika-engizildi",
    ],
    "orda_kz": [
        "https://orda.kz/neftjanoe-pjatno-v-kaspii-chto-izvestno-o-zagrjaznenii-u-pljazha-atash-v-mangistau-417627/",
        "https://en.orda.kz/kazakhstan-monitoring-taxi-market-yandex-go-controls-90-share-5517/",
    ],
    "kz_kursiv_media": [
        "https://kz.kursiv.media/2018-11-12/dokumenty-na-latinskiy-lad-pasporta-i-udostovereniya-lichnosti-v/",
        "https://kz.kursiv.media/2025-12-17/tksh-srednyaya-zarplata-v-almaty-539-tysyach-tenge/",
        "https://kz.kursiv.media/kk/2025-08-12/rnmtr-asel-sabyrzhankyzy-jlo-portret-syiga-tartty/",
        "https://kz.kursiv.media/en/2025-06-27/engk-yeri-rich-why-developed-nations-win-while-kazakhstan-gets-left-behind/",
    ],
    "inbusiness_kz": [
        "https://inbusiness.kz/ru/news/v-tyurmu-ili-na-birzhu-mozhno-li-zakonno-torgovat-kriptovalyutoj-v-kazahstane",
        "https://inbusiness.kz/ru/last/ekopark-na-malom-taldykole-poyavitsya-v-2027-godu",
    ],
    "kapital_kz": [
        "https://kapital.kz/business/69854/biznesmen-vlozhit-200-mln-tenge-v-shkolnye-stadiony.html",
        "https://kapital.kz/business/136156/koncert-dzhennifer-lopes-timur-turlov-rasskazal-o-poteryah-freedom-ticketon-iz-za-sboya.html",
    ],
    "lsm_kz": [
        "https://lsm.kz/freedom-ob-yavlyaet-o-transformacii-brenda",
    ],
    "liter_kz": [
        "https://liter.kz/shest-portretov-odnovremenno-risuet-almatinskaia-khudozhnitsa-video-1681969294/",
    ],
    "egemen_kz": [
        "https://egemen.kz/article/282168-tauelsizdik-urpaqtary-3-million-tenhgeden-30-grant-beriledi",
        "https://egemen.kz/article/171372-elorda-ulttynh-rukhani-zhanhghyru-astanasy",
    ],
    "baq_kz": [
        "https://baq.kz/qazaqstanda-internettegi-alayaqtyq-deregi-4-ke-kobeydi-336236/",
        "https://rus.baq.kz/polnyy-tekst-proekta-novoy-konstitutsii_300033020",
    ],
    "astanatimes_com": [
        "https://astanatimes.com/2021/04/more-than-14-thousand-foreign-citizens-work-in-kazakhstan-today/",
        "https://astanatimes.com/2026/09/kashagan-expansion-could-reshape-kazakhstans-oil-export-needs-experts-say/",
    ],
    "ulysmedia_kz": [
        "https://ulysmedia.kz/news/52488-meta-zapustit-v-kazakhstane-ai-programmu-dlia-razrabotchikov/",
        "https://ulysmedia.kz/rassledovaniya/38144-ramki-rukopozhatiia-i-lichnye-dannye-ili-kak-v-kazakhstane-kontroliruetsia-svoboda-internet-slova/",
        "https://qaz.ulysmedia.kz/news/38413-kazakstandyk-galym-britaniia-parlamentinde-gylymi-zhobasyn-tanystyrdy/",
    ],
    "newtimes_kz": [
        "https://newtimes.kz/obshchestvo/141581-kazakhstanets-vyigral-grant-50-tys-dlia-zapuska-proekta-po-tsifrovizatsii-meditsiny-za-rubezhom",
        "https://newtimes.kz/obshchestvo/223045-kak-zaregistrirovatsia-i-udalit-akkaunt-v-telegram-v-2026-godu-instruktsiia",
    ],
    "total_kz": [
        "https://total.kz/ru/news/ekonomika_sobitiya/kazahstanskie_studenti_voshli_v_top16_luchshih_komand_na_enactus_world_cup_2025_date_2025_10_06",
    ],
    "kt_kz": [
        "https://www.kt.kz/rus/state/pripiski_dvoynoe_finansirovanie_i_uslugi_umershim_fsms_1377986548.html",
        "https://www.kt.kz/rus/society/v_kazahstane_razrabotan_pervij_vetrovoj_atlas_1153500682.html",
    ],
}
# Forms that are recorded as none.
NO_ARTICLES = {
    "exclusive_kz": [
        "https://exclusive.kz/",
        "https://exclusive.kz/category/kontekst-dnya/",
        "https://exclusive.kz/tag/ekonomika-i-biznes/",
        "https://exclusive.kz/author/redakcija-exclusive/",
        "https://exclusive.kz/page/2/",
        "https://exclusive.kz/feed/",
        "https://exclusive.kz/?s=ekonomika",
        "https://exclusive.kz/wp-content/uploads/2022/06/126245.jpg",
        "https://exclusive.kz/wp-json/wp/v2/posts",
    ],
    "tengrinews_kz": [
        "https://tengrinews.kz/",
        "https://tengrinews.kz/news/",
        "https://tengrinews.kz/news/page/2/",
        "https://tengrinews.kz/tag/olimpiada-2024/",
        "https://tengrinews.kz/author/363/",
        "https://tengrinews.kz/search/?text=2024",
        "https://tengrinews.kz/page/contact/",
        "https://tengrinews.kz/article/asfalt-snova-rastayal-vmeste-snegom-ulitsyi-astanyi-2397/amp/",
        "https://tengrinews.kz/sitemap/",
        "https://tengrinews.kz/horoscopes/goroskop-na-pyatnitsu-531000/",
        "https://tengrinews.kz/fotoarchive/vesna-na-fotografiyah-1804/",
        "https://tengrisport.kz/football/komanda-vyiigrala-531999/",
    ],
    "vlast_kz": [
        "https://vlast.kz/",
        "https://vlast.kz/novosti/?archive=1",
        "https://vlast.kz/tags",
        "https://vlast.kz/author/12-redakcia.html",
        "https://vlast.kz/quiz/118-skolko-mostov.html",
        "https://vlast.kz/search/?q=most",
        "https://vlast.kz/media/pages/63417.jpg",
    ],
    "rus_azattyq_org": [
        "https://rus.azattyq.org/",
        "https://rus.azattyq.org/z/360?p=1",
        "https://www.azattyq.org/p/4410.html",
        "https://rus.azattyq.org/author/24106283.html",
    ],
    "nur_kz": [
        "https://www.nur.kz/",
        "https://www.nur.kz/latest/",
        "https://www.nur.kz/latest?page=2",
        "https://www.nur.kz/archive/2024/4/18",
        "https://www.nur.kz/politics/kazakhstan/",
        "https://www.nur.kz/kak-rabotaet-nur-kz/1853000-pravila-redakcii/",
    ],
    "zakon_kz": [
        "https://www.zakon.kz/news/?handler=LoadMoreNews&p=3&type=list",
        "https://www.zakon.kz/",
        "https://www.zakon.kz/news/",
        "https://www.zakon.kz/category/obshestvo/",
        "https://www.zakon.kz/tags/most/",
        "https://www.zakon.kz/author/redakciya/",
        "https://www.zakon.kz/document/6507288-obrazets-zayavleniya.html",
        "https://www.zakon.kz/sitemap/107.xml",
        "https://www.zakon.kz/search/?handler=LoadMoreNews&qsearch=&p=1",
        "https://online.zakon.kz/Document/?doc_id=1234567",
    ],
    "informburo_kz": [
        "https://informburo.kz/",
        "https://informburo.kz/novosti",
        "https://informburo.kz/novosti?page=2",
        "https://informburo.kz/avtory/redakciya",
        "https://informburo.kz/top/",
        "https://informburo.kz/page/restrict/",
        "https://law.informburo.kz/novosti/most",
    ],
    "inform_kz": [
        "https://www.inform.kz/ru/ekonomika_g2",
        "https://www.inform.kz/ru/redakciya_author1318",
        "https://www.inform.kz/ru/appointments",
        "https://www.inform.kz/ru/section/21453",
        "https://www.inform.kz/ru/tag/8627",
        "https://www.inform.kz/kz/bilik_g21",
        "https://www.inform.kz/",
        "https://www.inform.kz/ru/lenta",
        "https://www.inform.kz/category/ekonomika_s1?page=2",
        "https://www.inform.kz/search_results/",
        "https://www.inform.kz/ru/polnost-yu-obespechit-region-myasom-pticy-namereny-v-sko_a3725092/amp",
        "https://www.inform.kz/ru/obschestvo_s10",
        "https://www.inform.kz/ru/pogoda_t25",
        "https://www.inform.kz/ru/archive/?date=1.12.2020",
        "https://www.inform.kz/lenta/specproekt/ru/",
        "https://ia.inform.kz/ru/o-kompanii-abcd",
    ],
    "orda_kz": [
        "https://orda.kz/%ef%b8%8fmost-398101/",
        "https://orda.kz/",
        "https://orda.kz/last-news/",
        "https://orda.kz/most-398101__trashed/",
        "https://orda.kz/%ef%bf%bcmost-398101/",
        "https://orda.kz/%EF%BF%BCmost-398101/",
    ],
    "24_kg": [
        "https://24.kg/",
        "https://24.kg/english/",
        "https://24.kg/rss/",
    ],
    "24_kz": [
        "https://24.kz/",
        "https://24.kz/ru/news/novosti-kazakhstana",
        "https://24.kz/ru/teleprogramma/ponedelnik/12345-efir",
        "https://24.kz/ru/news/social/itemlist/tag/12345-most",
    ],
    "daryo_uz": [
        "https://daryo.uz/",
        "https://daryo.uz/en/",
    ],
    "gazeta_uz": [
        "https://www.gazeta.uz/",
        "https://www.gazeta.uz/ru/",
        "https://www.gazeta.uz/ru/list/news/",
    ],
    "kaktus_media": [
        "https://kaktus.media/",
        "https://kaktus.media/other/sitemap.php?sitemap=sitemap.xml&year=2026&mount=11",
    ],
    "kaztag_kz": [
        "https://kaztag.kz/ru/",
        "https://kaztag.kz/ru/news/",
        "https://kaztag.kz/ru/news/rss/",
        "https://kaztag.kz/ru/search/?searchid=2383993",
    ],
    "kg_akipress_org": [
        "https://kg.akipress.org/",
        "https://akipress.com/rss/en.rss",
    ],
    "khabar_kz": [
        "https://khabar.kz/",
        "https://khabar.kz/kk/xml-karta",
        "https://khabar.kz/ru/search/search?searchword=most&limitstart=20",
        "https://khabar.kz/ru/programma/onlajn-translyatsiya",
    ],
    "kloop_kg": [
        "https://kloop.kg/",
        "https://kloop.kg/post-sitemap40.xml",
        "https://ky.kloop.asia/2011/page/2/",
    ],
    "kun_uz": [
        "https://kun.uz/",
        "https://kun.uz/news/list",
        "https://kun.uz/68741864",
    ],
    "podrobno_uz": [
        "https://podrobno.uz/",
        "https://podrobno.uz/cat/politic/?PAGEN_1=2",
    ],
    "ru_sputnik_kz": [
        "https://ru.sputnik.kz/",
        "https://ru.sputnik.kz/20260603/",
        "https://ru.sputnik.kz/news",
    ],
    "timesca_com": [
        "https://timesca.com/",
        "https://timesca.com/author/editor-of-the-day/",
        "https://timesca.com/wp-content/uploads/2024/11/photo.jpg",
    ],
    "kz_kursiv_media": [
        "https://kz.kursiv.media/",
        "https://kz.kursiv.media/kk/",
        "https://kz.kursiv.media/?s=most",
        "https://kz.kursiv.media/page/2/?s=most",
        "https://kz.kursiv.media/2022-05-02/",
        "https://uz.kursiv.media/2026-09-18/knrd-most-otkryli/",
    ],
    "inbusiness_kz": [
        "https://inbusiness.kz/",
        "https://inbusiness.kz/ru/last",
        "https://inbusiness.kz/ru/rss",
        "https://inbusiness.kz/ru/tv_programs/utro",
        "https://inbusiness.kz/ru/hr/plotnik",
        "https://inbusiness.kz/ru/specprojects/mosty",
        "https://inbusiness.kz/ru/news/most-otkryli/amp/",
        "https://inbusiness.kz/amp/ru/news/most-otkryli",
    ],
    "kapital_kz": [
        "https://kapital.kz/",
        "https://kapital.kz/economic",
        "https://kapital.kz/project/investments?page=2",
        "https://kapital.kz/dossiers/311/ivanov.html",
        "https://kapital.kz/project/brands/128400/most.html",
        "https://kapital.kz/amp/business/128417/most-otkryli.html",
    ],
    "lsm_kz": [
        "https://lsm.kz/",
        "https://lsm.kz/analytics",
        "https://lsm.kz/banks",
        "https://lsm.kz/exchange",
        "https://lsm.kz/property",
        "https://lsm.kz/appointments",
        "https://lsm.kz/taxes",
        "https://lsm.kz/projects",
        "https://lsm.kz/freedom",
        "https://lsm.kz/markets",
        "https://lsm.kz/company",
        "https://lsm.kz/auto",
        "https://lsm.kz/infographics",
        "https://lsm.kz/archive",
        "https://lsm.kz/rss",
    ],
    "liter_kz": [
        "https://liter.kz/",
        "https://liter.kz/search/?search_text=most",
        "https://liter.kz/tag/most/",
        "https://liter.kz/sitemap.news.xml",
    ],
    "kazpravda_kz": [
        "https://kazpravda.kz/",
        "https://kazpravda.kz/r/ekonomika/",
        "https://kazpravda.kz/search?q=most",
        "https://kazpravda.kz/sitemap.xml",
    ],
    "egemen_kz": [
        "https://egemen.kz/",
        "https://egemen.kz/rss/",
        "https://egemen.kz/last-news?page=1",
    ],
    "baq_kz": [
        "https://rus.baq.kz/teg/ulytau/",
        "https://baq.kz/",
        "https://rus.baq.kz/",
        "https://baq.kz/search/page2/?q=most",
    ],
    "astanatimes_com": [
        "https://astanatimes.com/",
        "https://astanatimes.com/category/culture/page/2/",
        "https://astanatimes.com/tag/bridge/",
        "https://astanatimes.com/author/staff/",
        "https://astanatimes.com/page/2/",
        "https://astanatimes.com/feed/",
    ],
    "ulysmedia_kz": [
        "https://ulysmedia.kz/",
        "https://ulysmedia.kz/search/?search_text=most&page=2",
    ],
    "newtimes_kz": [
        "https://newtimes.kz/",
        "https://newtimes.kz/search/?search_text=most",
        "https://newtimes.kz/sitemap.xml",
    ],
    "total_kz": [
        "https://total.kz/",
        "https://total.kz/rss",
        "https://total.kz/ru/news/page-1",
    ],
    "kt_kz": [
        "https://www.kt.kz/",
        "https://www.kt.kz/video/",
        "https://www.kt.kz/gallery/most_1377991100.html",
        "https://www.kt.kz/pisma_v_redakciu/o_mostah_1377991290.html",
        "http://www.kt.kz/kaz/rss/",
    ],
}


@pytest.mark.parametrize(("name", "url"), [(name, url) for name, urls in ARTICLES.items() for url in urls])
def test_an_address_that_was_seen_is_an_articles(name: str, url: str) -> None:
    [site] = [site for site in SITES if site.name == name]
    assert site.owns(url)
    assert site.is_article_url(url) is True


@pytest.mark.parametrize(("name", "url"), [(name, url) for name, urls in NO_ARTICLES.items() for url in urls])
def test_a_form_that_is_recorded_as_none_is_no_articles(name: str, url: str) -> None:
    [site] = [site for site in SITES if site.name == name]
    assert site.is_article_url(url) is False

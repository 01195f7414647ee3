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
    "exclusive_kz",
    "inform_kz",
    "informburo_kz",
    "nur_kz",
    "orda_kz",
    "rus_azattyq_org",
    "tengrinews_kz",
    "vlast_kz",
    "zakon_kz",
}
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
    assert site.timezone
    assert site.languages
    assert site.sources
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
        "https://www.inform.kz/ru/polnost-yu-obespechit-region-myasom-pticy-namereny-v-sko_a3725092",
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
        "https://orda.kz/",
        "https://orda.kz/last-news/",
        "https://orda.kz/most-398101__trashed/",
        "https://orda.kz/%ef%bf%bcmost-398101/",
        "https://orda.kz/%EF%BF%BCmost-398101/",
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

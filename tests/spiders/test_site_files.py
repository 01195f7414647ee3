"""Every site's file: it loads, it declares and does nothing else, and its patterns tell articles from lists."""

import ast
from pathlib import Path

import pytest
from lxml.cssselect import CSSSelector
from scrapy.settings import Settings

from newscrawl.crawl.project import SiteLoader
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Feed, Listing, Site, Sitemap
from tests.spiders.addresses import ADDRESSES, saved_addresses
from tests.spiders.other_addresses import NO_ARTICLES
from tests.spiders.seen_addresses import ARTICLES

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
    assert site.home.startswith(("https://", "http://"))
    assert (site.timezone is None) is (site.name in WITHOUT_ZONE)
    assert site.languages
    assert site.sources or not site.enabled
    assert site.outlets
    assert site.private or site.delay_s >= 1


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


@pytest.mark.parametrize(("name", "url", "article"), ADDRESSES, ids=[url for _, url, _ in ADDRESSES])
def test_the_form_of_an_address_tells_an_article(name: str, url: str, article: bool) -> None:
    [site] = [site for site in SITES if site.name == name]
    assert site.owns(url)
    assert site.is_article_url(url) is article


def test_every_pattern_is_tried_on_both() -> None:
    tried = {(name, article) for name, _, article in ADDRESSES}
    tried |= {(name, kind == "articles") for name, addresses in saved_addresses().items() for kind in addresses}
    with_pattern = {site.name for site in SITES if site.article_url}
    assert {(name, article) for name in with_pattern for article in (True, False)} <= tried


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_sites_own_sources_are_no_articles(site: Site) -> None:
    assert not [source.url for source in site.sources if site.is_article_url(source.url)]


@pytest.mark.parametrize(("name", "url"), [(name, url) for name, urls in ARTICLES.items() for url in urls])
def test_an_address_that_was_seen_is_an_articles(name: str, url: str) -> None:
    [site] = [site for site in SITES if site.name == name]
    assert site.owns(url)
    assert site.is_article_url(url) is True


@pytest.mark.parametrize(("name", "url"), [(name, url) for name, urls in NO_ARTICLES.items() for url in urls])
def test_a_form_that_is_recorded_as_none_is_no_articles(name: str, url: str) -> None:
    [site] = [site for site in SITES if site.name == name]
    assert site.is_article_url(url) is False

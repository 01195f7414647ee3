"""Every site's file: it loads, it declares and does nothing else, and its patterns tell articles from lists."""

import ast
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.project import SiteLoader
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Feed, Listing, Site, Sitemap

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = sorted(f for f in (REPOSITORY / "spiders").glob("*.py") if f.stem != "__init__")
WITHOUT_SITE = {"web"}
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

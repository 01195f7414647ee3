"""What add-site saw of a new site's addresses, tests/fixtures/<site>/addresses.json, is told apart by its file's pattern."""

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.project import SiteLoader
from newscrawl.site import Site
from tests.spiders.addresses import saved_addresses

SITES = {site.name: site for site in SiteLoader(Settings({"SPIDER_MODULES": ["spiders"]})).sites()}


def saved(kind: str) -> list[tuple[Site, str]]:
    return [(SITES[name], url) for name, addresses in saved_addresses().items() for url in addresses[kind]]


@pytest.mark.parametrize(("site", "url"), saved("articles"))
def test_an_address_that_was_an_articles_fits(site: Site, url: str) -> None:
    assert site.is_article_url(url) is True


@pytest.mark.parametrize(("site", "url"), saved("no_articles"))
def test_an_address_that_was_none_does_not_fit(site: Site, url: str) -> None:
    assert site.is_article_url(url) is False


def test_saved_addresses_belong_to_sites_and_hold_both_kinds() -> None:
    found = saved_addresses()
    assert set(found) <= set(SITES)
    assert [name for name, addresses in found.items() if not (addresses["articles"] and addresses["no_articles"])] == []

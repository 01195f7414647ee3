"""Which addresses look like an article's, in the forms that sites of the region use."""

import pytest

from newscrawl.discovery.autodiscovery import is_probably_article

ARTICLES = [
    "https://n.example.kz/kazakhstan_news/na-irtyishe-poyavitsya-pristan-530201/",
    "https://n.example.kz/novosti/60012-sud-otlozil-slusanie.html",
    "https://n.example.kz/avtory/60013-pismo-iz-stepi.html",
    "https://n.example.kz/politics/kazakhstan/2086925-byudzhet-prinyat/",
    "https://n.example.kz/1803448-stepnoj-pozhar.html",
    "https://n.example.kz/ru/polnaya-karta-dorog-strany_a3725092",
    "https://n.example.kz/ru/zhitelyam-razdali-sazhentsy-4f2a91",
    "https://n.example.kz/a/24106283.html",
    "https://n.example.kz/a/novyj-most/33390169.html",
    "https://n.example.kz/2024/05/rail-freight-grows/",
    "https://n.example.kz/2024-05-02/reka-vyshla/",
    "https://n.example.kz/20240502/reka-vyshla-31415926.html",
    "https://n.example.kz/ru/2024/05/02/most/",
    "https://n.example.kz/blog/2024/05/02/most-otkryli/",
    "https://n.example.kz/n/reku-ochistili-ot-musora/",
    "https://n.example.kz/vlast/248515_doklad_o_rekah/",
    "https://n.example.kz/doc/500123_most_otkryli.html",
    "https://n.example.kz/economic/123456/ceny.html",
    "https://n.example.kz/ru/news/ekonomika/rost-zarplat_date_2024_05_02_10_20_30",
    "https://n.example.kz/rus/ekonomika/ceny_rastut_1377912345.html",
    "https://n.example.kz/cat/obshchestvo/novaya-shkola-v-gorode/",
    "https://n.example.kz/teper-vse-shkoly-poluchat-vodu/",
    "https://n.example.kz/poteryannyj-verblyud-1714634000/",
    "https://n.example.kz/news:2123456",
    "https://n.example.kz/post/123456",
    "https://www.n.example.kz/article/12345-kokshetau",
    "https://n.example.kz/index.php?newsid=4711",
    "https://n.example.kz/news.php?id=815",
    "https://n.example.kz/новости/мост-через-реку-открыли/",
    "https://n.example.kz/novosti/most-otkryli-317",
    "https://n.example.kz/2024/05/02/ekonomika/most-otkryli/index.html",
    "https://n.example.kz/world/most-cherez-reku-otkryli/141e61e9-8a07-42e4-a527-2f03f45e7ef0",
    "https://n.example.kz/articles/AST1F4445T1FUTIL02",
]

OTHERS = [
    "https://n.example.kz/",
    "https://n.example.kz/kz/",
    "https://n.example.kz/news/",
    "https://n.example.kz/kazakhstan_news/",
    "https://n.example.kz/ru/news/novosti-kazakhstana",
    "https://n.example.kz/tag/reki-i-ozera-severa/",
    "https://n.example.kz/author/ivan-ivanov-staryj-7/",
    "https://n.example.kz/category/kontekst-dnya/",
    "https://n.example.kz/category/kontekst-dnya/page/2/",
    "https://n.example.kz/news/page/17/",
    "https://n.example.kz/novosti/2/",
    "https://n.example.kz/banks/!2",
    "https://n.example.kz/z/360",
    "https://n.example.kz/2024/05/02/",
    "https://n.example.kz/2024-05-02/",
    "https://n.example.kz/20240502/",
    "https://n.example.kz/archive/2024/4/18",
    "https://n.example.kz/2024/05/",
    "https://n.example.kz/search/?q=a-long-query-of-words",
    "https://n.example.kz/?s=most-cherez-reku",
    "https://n.example.kz/login/",
    "https://n.example.kz/wp-content/uploads/2024/05/02/most-cherez-reku.jpg",
    "https://n.example.kz/feed/",
    "https://n.example.kz/rss/all.xml",
    "https://n.example.kz/kazakhstan_news/most-otkryt-530201/amp/",
    "https://n.example.kz/privacy-policy/",
    "https://n.example.kz/politika-konfidencialnosti/",
    "https://n.example.kz/polzovatelskoe-soglashenie",
    "https://n.example.kz/terms-of-use",
    "https://n.example.kz/about/our-team-and-history/",
    "https://n.example.kz/tema/vybory-v-gorodskoj-sovet/",
    "https://n.example.kz/itogi-2024/",
    "https://n.example.kz/app.css",
    "https://n.example.kz/news/index.html",
    "https://n.example.kz/gorod/karaganda2",
    "https://other.example.kz/kazakhstan_news/na-irtyishe-poyavitsya-pristan-530201/",
    "mailto:a@n.example.kz",
    "not an address",
    "https://[",
]


@pytest.mark.parametrize("url", ARTICLES)
def test_an_articles_address_is_taken_for_one(url):
    assert is_probably_article(url, "https://n.example.kz/")


@pytest.mark.parametrize("url", OTHERS)
def test_lists_services_files_and_strangers_are_not(url):
    assert not is_probably_article(url, "https://n.example.kz/")

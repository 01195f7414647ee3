"""The demo's world: its content, what follows its clock and what does not, and that all its links lead somewhere."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from newscrawl.demo import DEMO_SITES, LATER, World
from newscrawl.demo.answer import Answer
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import element, fill, json_ld
from newscrawl.demo.story import Story, parse_story, read_stories
from newscrawl.page import Fate

NOON = datetime(2024, 5, 2, 7, 30, 17, tzinfo=UTC)  # noon and a half in Almaty: five hours on it is the same day
EVENING = datetime(2024, 5, 2, 16, 30, tzinfo=UTC)  # half past nine there: five hours on it is the next day everywhere
PORTS = [9001, 9002, 9003, 9004, 9005, 9006]
STORIES = [(demo.folder, story) for demo in DEMO_SITES for story in read_stories(demo.folder)]
LETTERS = {
    "kk": "әғқңөұүі",
    "ru": "ыйя",
    "ky": "ңөү",
    "uz": "ʻ",
    "en": "w",
}


def bodies(world: World) -> dict[str, bytes]:
    """Every fixed address of every site with what it answers."""
    return {
        urljoin(site.home, path): world.answer(site.name, path, {}).body
        for site in world.sites
        for path in world.pages[site.name]
    }


def changed(one: World, other: World) -> set[str]:
    first, second = bodies(one), bodies(other)
    assert first.keys() <= second.keys()
    return {f"{urlsplit(url).port}{urlsplit(url).path}" for url in first if first[url] != second[url]}


@pytest.mark.parametrize(("folder", "story"), STORIES, ids=[f"{f}-{s.slug}" for f, s in STORIES])
def test_a_story_is_long_enough_and_in_its_language(folder: str, story: Story) -> None:
    text = " ".join(story.paragraphs)
    assert len(re.findall(r"[^\W\d_][\w'ʻʼ’-]*", text)) >= 120
    assert len(story.paragraphs) >= 3
    letters = "äğñöşūü" if folder == "tanjaryq" else LETTERS[story.language]
    assert all(letter in text.lower() for letter in letters)


def test_there_are_six_languages_and_six_to_ten_articles_a_site() -> None:
    assert {story.language for _, story in STORIES} == {"ru", "kk", "en", "ky", "uz"}
    assert {page.article.script for page in World(NOON, PORTS).expected["demo_tanjaryq"] if page.article} == {"Latn"}
    counts = [len(read_stories(demo.folder)) for demo in DEMO_SITES]
    assert all(6 <= count <= 10 for count in counts)


def test_no_two_stories_share_a_text_or_an_age() -> None:
    assert len({story.paragraphs for _, story in STORIES}) == len(STORIES)
    assert len({story.title for _, story in STORIES}) == len(STORIES)
    assert len({story.before for _, story in STORIES}) == len(STORIES)


def test_a_story_with_a_wrong_age_is_named() -> None:
    with pytest.raises(ValueError, match="'bread': before: 'soon'"):
        parse_story("bread", "title: Bread\nlanguage: en\nbefore: soon\n\nText.")


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert bodies(World(NOON, PORTS)) == bodies(World(NOON, PORTS))


def test_later_on_the_same_day_only_the_edited_article_and_its_sitemaps_changed() -> None:
    edited = "/en/news/cycle-lane-reaches-the-station-5107"
    now, later = World(NOON, PORTS), World(NOON, PORTS, later=True)
    assert changed(now, later) == {f"9003{edited}", "9003/sitemap.xml", "9003/sitemap-news.xml.gz"}
    assert now.edited_urls == later.edited_urls == {f"http://127.0.0.1:9003{edited}"}


def test_after_midnight_pages_that_show_relative_days_changed_too_and_feeds_did_not() -> None:
    now, later = World(EVENING, PORTS), World(EVENING, PORTS, later=True)
    found = changed(now, later)
    assert {"9004/news/", "9004/news/page/2/", "9006/uz/", "9001/first-snow-delays-school-buses/"} <= found
    assert not found & {"9001/feed/", "9002/wp-json/wp/v2/posts", "9003/sitemap-articles.xml", "9006/ky/"}
    assert all(path.startswith(("9001/", "9003/", "9004/news/", "9006/uz/")) for path in found)
    assert not {path for path in found if path.endswith(".html")}


@pytest.mark.parametrize("base", [NOON, EVENING])
def test_last_modified_moves_with_every_change_of_content(base: datetime) -> None:
    now, later = World(base, PORTS), World(base, PORTS, later=True)
    for site in now.sites:
        for path, reply in now.pages[site.name].items():
            twin = later.pages[site.name][path]
            if isinstance(reply, Answer) and isinstance(twin, Answer) and reply.body != twin.body:
                assert reply.changed_at < twin.changed_at, path


def test_nothing_is_newer_than_the_visit() -> None:
    for world in (World(NOON, PORTS), World(NOON, PORTS, later=True)):
        replies = [reply for pages in world.pages.values() for reply in pages.values()]
        instants = [reply.changed_at for reply in replies if isinstance(reply, Answer) and reply.changed_at]
        instants += [page.article.published for page in articles(world) if page.article.published]
        assert max(instants) <= world.now


def articles(world: World) -> list[ExpectedPage]:
    return [page for pages in world.expected.values() for page in pages if page.article]


def test_publication_instants_stay_the_same_in_the_later_state() -> None:
    states = World(NOON, PORTS), World(NOON, PORTS, later=True), World(NOON, PORTS, now=NOON + timedelta(minutes=9))
    dates = [{page.url: page.article.published for page in articles(world)} for world in states]
    assert dates[0] == dates[1] == dates[2]


def test_the_edited_article_has_another_end_and_a_later_change() -> None:
    url = next(iter(World(NOON, PORTS).edited_urls))
    before, after = (
        next(page.article for page in articles(World(NOON, PORTS, later=later)) if page.url == url)
        for later in (False, True)
    )
    assert before.first_words == after.first_words
    assert before.last_words != after.last_words
    assert before.modified < NOON < after.modified <= NOON + LATER


def test_expected_articles_have_the_form_of_the_sites_addresses_and_others_no_row() -> None:
    world = World(NOON, PORTS)
    for site in world.sites:
        for page in world.expected[site.name]:
            assert page.fates
            if page.article:
                assert page.fates == (Fate.STORED,)
                assert site.is_article_url(page.url)
                assert page.article.language in site.languages
            assert site.owns(page.url) or page.fates[0] == Fate.OFFSITE
        assert not site.is_article_url(urljoin(site.home, "/about/"))


def test_every_kind_of_trap_is_there_once() -> None:
    fates = [page.fates[0] for pages in World(NOON, PORTS).expected.values() for page in pages if not page.article]
    assert sorted(fates) == sorted(
        {Fate.REDIRECTED, Fate.ROBOTS, Fate.OFFSITE, Fate.EMPTY, Fate.SOFT_404, Fate.PAYWALL, Fate.CHALLENGE, Fate.GONE}
    )
    sources = {page.article.published_source for page in articles(World(NOON, PORTS))}
    assert sources == {"feed", "json-ld", "microdata", "sitemap", "listing", "header", "meta", None}


def page_text(world: World, number: int, path: str, charset: str = "utf-8") -> str:
    return world.answer(world.sites[number].name, path, {}).body.decode(charset)


def test_the_seed_like_page_shows_its_frame_in_russian_and_the_day_of_the_visit() -> None:
    path, title = "/first-snow-delays-school-buses/", "First snow delays school buses, and pupils build a fort"
    page = page_text(World(EVENING, PORTS, later=True), 0, path)
    assert 'lang="ru-RU"' in page
    assert re.search(r"Сегодня,<br>3 мая 2024", page)
    assert re.search(rf"{title}</h1>.*?>kokzhiek\.demo<.*?{title}</h2>", page, re.DOTALL)
    order = [page.index(words) for words in ("cookie-notice", "<h1", "Последние", "Больше новостей", "Новости по дням")]
    assert order == sorted(order)
    assert "2024-05" not in page


@pytest.mark.parametrize(
    ("now", "later", "written"),
    [
        (NOON, False, ["Сегодня, 11:50", "Сегодня, 08:35", "Сегодня, 04:10", "Вчера 14:20", "Вчера 03:00"]),
        (EVENING, False, ["Сегодня, 20:50", "Сегодня, 17:35", "Сегодня, 13:10", "Вчера 23:20", "Вчера 12:00"]),
        (EVENING, True, ["Вчера 20:50", "Вчера 17:35", "Вчера 13:10", "1 мая, 23:20", "1 мая, 12:00"]),
    ],
)
def test_list_dates_are_relative_to_the_visit(now: datetime, later: bool, written: list[str]) -> None:
    world = World(now, PORTS, later=later)
    lists = "".join(page_text(world, 3, p, "windows-1251") for p in ("/news/", "/news/page/2/", "/news/page/3/"))
    shown = dict(re.findall(r'news-item-date">([^<]+)</span> <a class="news-item-title" href="/news/(\d+)', lists))
    assert [date for date in shown if date in written] == written


def test_a_meta_tag_states_the_right_clock_and_a_wrong_zone() -> None:
    world = World(NOON, PORTS)
    page = page_text(world, 4, "/maqala/auyl-kitaphanasy-uige-barady/")
    stated = datetime.fromisoformat(re.search(r'published_time" content="([^"]+)', page)[1])
    expected = next(p.article.published for p in world.expected["demo_tanjaryq"] if "auyl" in p.url)
    assert expected - stated == timedelta(hours=1)


def test_kyrgyz_and_uzbek_dates_are_written_year_first() -> None:
    world = World(NOON, PORTS)
    assert "2024-жылдын 2-майы, 11:10<" in page_text(world, 5, "/ky/3310-kitepkana-too-ailyna-keldi.html")
    assert "2024-жылдын 1-майы<" in page_text(world, 5, "/ky/3302-ashuudagy-jol-ondoldu.html")
    assert "2024-yil 30-aprel<" in page_text(world, 5, "/uz/3291-maktabda-havo-kuzatiladi.html")
    assert "Bugun, 11:35<" in page_text(world, 5, "/uz/")


def test_the_wordpress_api_pages_and_filters() -> None:
    world = World(NOON, PORTS)
    path = "/wp-json/wp/v2/posts"

    def ask(**query: str) -> tuple[int, list[str], dict[str, str]]:
        answer = world.answer("demo_altynbel", path, query)
        slugs = re.findall(r'"slug": "([^"]+)"', answer.body.decode())
        return answer.status, slugs, dict(answer.headers)

    everything = [story.slug for story in read_stories("altynbel")]
    status, slugs, headers = ask(per_page="3", page="1")
    assert (status, slugs) == (200, everything[:3])
    assert (headers["X-WP-Total"], headers["X-WP-TotalPages"]) == ("7", "3")
    assert headers["Link"].startswith("<http://127.0.0.1:9002/wp-json/wp/v2/posts?per_page=3&page=2>")
    assert ask(per_page="3", page="3")[1] == everything[6:]
    assert ask(per_page="3", page="4")[0] == 400
    assert ask(per_page="101")[0] == 400
    assert ask(after="soon")[0] == 400
    assert ask(after="2024-05-02T00:00:00")[1] == everything[:3]
    assert ask(after="2024-05-01T19:00:00Z")[1] == everything[:3]
    assert ask(before="2024-04-28T12:00:00")[1] == everything[6:]
    assert ask(order="asc")[1] == everything[::-1]
    assert ask(modified_after="2024-05-02T11:00:00")[1] == everything[:1]


def test_both_versions_of_a_story_name_each_other() -> None:
    world = World(NOON, PORTS)
    for path in ("/en/news/school-garden-feeds-the-canteen-5098", "/ru/news/shkolnyj-ogorod-kormit-stolovuyu-5098"):
        page = page_text(world, 2, path)
        assert re.findall(r'rel="alternate" hreflang="(\w+)"', page) == ["en", "ru"]


def test_feed_and_sitemaps_are_well_formed_and_list_what_is_expected() -> None:
    world = World(NOON, PORTS)
    feed = ElementTree.fromstring(page_text(world, 0, "/feed/"))
    listed = {link.text for link in feed.iterfind("channel/item/link")}
    stored = {page.url for page in world.expected["demo_kokzhiek"] if page.fates[0] == Fate.STORED}
    old = {page.url for page in world.expected["demo_kokzhiek"]} - stored
    assert len(listed - stored) == len(stored - listed) == 1
    assert listed - stored == old
    index = ElementTree.fromstring(page_text(world, 2, "/sitemap.xml"))
    assert len(index) == 3


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def test_every_link_leads_somewhere_but_the_dead_one_and_the_partners() -> None:
    world = World(NOON, PORTS)
    hosts = {urlsplit(site.home).netloc: site.name for site in world.sites}
    dead, outside = set(), set()
    for page_url, body in bodies(world).items():
        if not body.lstrip().startswith(b"<!DOCTYPE html>"):
            continue
        reader = Links()
        reader.feed(body.decode("windows-1251" if ":9004/" in page_url else "utf-8"))
        for target in reader.found:
            url = urlsplit(urljoin(page_url, target))
            if url.netloc not in hosts:
                outside.add(url.hostname)
            elif url.scheme == "http" and world.answer(hosts[url.netloc], url.path, {}).status == 404:
                dead.add(url.path)
    assert dead == {"/ky/3299-joldogu-kuzot.html"}
    assert outside == {"partner.example"}


def test_russian_pages_of_the_sitemap_site_carry_microdata_and_english_ones_only_their_change() -> None:
    world = World(NOON, PORTS)
    ru = page_text(world, 2, "/ru/news/shkolnyj-ogorod-kormit-stolovuyu-5098")
    en = page_text(world, 2, "/en/news/school-garden-feeds-the-canteen-5098")
    assert '<time itemprop="datePublished" datetime="2024-05-01T16:45:00+05:00">1 мая 2024, 16:45</time>' in ru
    assert re.findall(r"2024-05-\d\dT\d\d:\d\d", en) == ["2024-05-01T16:40"]


def test_a_title_with_signs_of_html_is_escaped() -> None:
    assert element("a", "<b> & co", href='/?a="1"') == '<a href="/?a=&quot;1&quot;">&lt;b&gt; &amp; co</a>'
    assert "<script>" not in fill("shared", "about.html", outlet="<script>", charset="utf-8", head="")
    assert "</script><" not in json_ld({"headline": "</script><b>"}).removesuffix("</script>")

"""A home page and its robots.txt -> the sources that they name, and the usual places to try, in order of worth.

Worth: what dates articles exactly and reaches back comes first (WordPress's API, news sitemaps), then feeds, sitemaps,
and lists last. What is only a guess (`well_known_sources`) stands behind everything that the site itself names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from newscrawl.discovery.article_urls import is_probably_article
from newscrawl.discovery.entries import article_link, language_code, plain_title
from newscrawl.extraction.tree import Element, PageTree, UnreadablePage, read_tree
from newscrawl.site import Feed, Listing, Sitemap, Source, WordPress, host_of
from newscrawl.urls import is_http_url

__all__ = [
    "article_folders",
    "declared_sources",
    "find_sources",
    "home_links",
    "is_probably_article",
    "well_known_sources",
]

MAX_SECTIONS = 15
MAX_SOURCES_OF_A_KIND = 20
MAX_LABEL_CHARS = 40
MAX_FOLDERS = 4
FEWEST_IN_FOLDER = 3
MENU_WORDS = ("nav", "menu", "rubric", "categor", "sections")

_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_FEED_ADDRESS = re.compile(r"/(?:rss|feed|atom)(?:[/_-][\w-]{1,30})?/?(?:\.(?:xml|rss|php))?\Z|\.rss\Z", re.IGNORECASE)
# Comments of the site, of one page, or of one author are feeds, too, and none of articles.
_NO_NEWS_FEED = re.compile(r"comment|коммент|пікір|podcast|oembed", re.IGNORECASE)
_NEWS_SITEMAP = re.compile(r"news|latest", re.IGNORECASE)
_NO_NEWS_SITEMAP = re.compile(r"image|video|tag|categor|author|page-sitemap|product|gallery", re.IGNORECASE)
_NO_SECTION = re.compile(
    r"contact|kontakt|about|o-nas|o-proekte|reklam|advert|privacy|policy|terms|rules|pravila|login|signin|sign-in|regist|auth|account"
    r"|/tags?(?:/|\Z)|/authors?(?:/|\Z)|profile|cabinet|subscri|podpis|search|poisk|vacan|vakans|rss|feed|sitemap|donate|support|help|faq|shop|cart|\.(?:pdf|jpe?g|png|apk)\Z",
    re.IGNORECASE,
)
_WELL_KNOWN_SITEMAPS = (
    "/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap-index.xml", "/sitemap.xml.gz",
)  # fmt: skip
# Where lists of all news lie, wherever in the page the link to them stands ("Все новости" below a block of ten).
_ALL_NEWS = re.compile(
    r"(?:/[a-z]{2})?/(?:news|novosti|lenta|latest|last|last-?news|all-?news|zhanalyq\w{0,5}|zhanalyk\w{0,5}|janalyq\w{0,5}|xabarlar|yangiliklar)/?\Z"
    r"|(?:/[a-z]{2})?/(?:news|novosti)/(?:all|list)/?\Z",
    re.IGNORECASE,
)
_A_YEAR = re.compile(r"/(?:19|20)\d\d(?=\d{0,4}/)")
_WELL_KNOWN_FEEDS = ("/feed/", "/rss/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml")


def find_sources(html: bytes | str, url: str, robots_txt: str | None = None) -> tuple[Source, ...]:
    """Everything worth asking, best first: what page and robots.txt name, then the usual places, then the page itself as a list."""
    if not is_http_url(url):
        return ()
    declared = declared_sources(html, url, robots_txt)
    lists = [source for source in declared if isinstance(source, Listing)]
    better = [source for source in declared if not isinstance(source, Listing)]
    is_wordpress = any(isinstance(source, WordPress) for source in declared)
    guesses = well_known_sources(url, is_wordpress)
    return _unique([*better, *guesses, Listing(url=url), *lists], url)


def declared_sources(html: bytes | str, url: str, robots_txt: str | None = None) -> tuple[Source, ...]:
    """What the site itself names: its API, sitemaps, feeds and the sections of its menu. Empty for a page that cannot be read."""
    sitemaps = [link for line in _SITEMAP_LINE.findall(robots_txt or "") if (link := article_link(url, line))]
    try:
        tree = read_tree(html, url)
    except UnreadablePage:
        return _unique(_sitemap_sources(sitemaps), url)
    links = _links(tree, url)
    sitemaps += [link for element, link in links if _rels(element) & {"sitemap"}]
    wordpress = list(_wordpress(tree, links, url))
    maps = _sitemap_sources(sitemaps)
    news = [source for source in maps if _NEWS_SITEMAP.search(urlsplit(source.url).path)]
    return _unique([*wordpress, *news, *_feeds(links, bool(wordpress)), *maps, *_sections(links, url)], url)


def home_links(html: bytes | str, url: str) -> tuple[str, ...]:
    """Every address that the page links to on its own host."""
    try:
        tree = read_tree(html, url)
    except UnreadablePage:
        return ()
    own = (link for element, link in _links(tree, url) if element.tag == "a" and host_of(link) == host_of(url))
    return tuple(dict.fromkeys(own))


def article_folders(links: Iterable[str], url: str) -> tuple[Source, ...]:
    """The folders that several of a home page's articles lie in, as lists to try: `/ky/` of `/ky/3301-koopuro.html`. Guesses,
    for front pages without a menu; folders of a day are none."""
    folders = Counter(
        urljoin(link, "." if not link.endswith("/") else "..")
        for link in links
        if host_of(link) == host_of(url) and is_probably_article(link, url)
    )
    likely = (f for f, count in folders.most_common() if count >= FEWEST_IN_FOLDER and _is_section(f, url))
    return tuple(Listing(url=f) for f in islice((f for f in likely if not _A_YEAR.search(f)), MAX_FOLDERS))


def well_known_sources(url: str, wordpress: bool = False) -> tuple[Source, ...]:
    """Where sites usually have sitemaps and feeds. Guesses: that one of them is not there says nothing about the site."""
    if not is_http_url(url):
        return ()
    paths = ("/wp-sitemap.xml", *_WELL_KNOWN_SITEMAPS) if wordpress else _WELL_KNOWN_SITEMAPS
    found: list[Source] = [Sitemap(url=urljoin(url, path)) for path in paths]
    found += [Feed(url=urljoin(url, path), paged=wordpress and path == "/feed/") for path in _WELL_KNOWN_FEEDS]
    return tuple(found)


def _links(tree: PageTree, url: str) -> list[tuple[Element, str]]:
    """Every `<link>` and `<a>` that leads somewhere, with the whole address."""
    element = tree.root.find(".//base[@href]")
    base = (article_link(url, element.get("href")) if element is not None else None) or url
    return [(e, link) for e in tree.root.iter("link", "a") if (link := article_link(base, e.get("href")))]


def _rels(element: Element) -> set[str]:
    return set((element.get("rel") or "").lower().split())


def _wordpress(tree: PageTree, links: list[tuple[Element, str]], url: str) -> Iterator[Source]:
    """The API's root where the page names it, else where it usually lies on a site that WordPress generates."""
    stated = next((link for element, link in links if "https://api.w.org/" in _rels(element)), None)
    if stated:
        yield WordPress(url=stated)
    elif (tree.meta("generator") or "").lower().startswith("wordpress") or "/wp-content/" in tree.html[:200_000]:
        yield WordPress(url=urljoin(url, "/wp-json/"))


def _feeds(links: list[tuple[Element, str]], wordpress: bool) -> Iterator[Source]:
    declared = [(e, link) for e, link in links if "alternate" in _rels(e) and _type(e) in _FEED_TYPES]
    shown = [(e, link) for e, link in links if e.tag == "a" and _FEED_ADDRESS.search(urlsplit(link).path)]
    for element, link in islice([*declared, *shown], MAX_SOURCES_OF_A_KIND):
        if not _NO_NEWS_FEED.search(f"{link} {element.get('title') or ''}"):
            paged = wordpress and urlsplit(link).path.rstrip("/").endswith("/feed")
            yield Feed(url=link, paged=paged, language=language_code(element.get("hreflang")))


def _type(element: Element) -> str:
    return (element.get("type") or "").partition(";")[0].strip().lower()


def _sitemap_sources(links: list[str]) -> list[Source]:
    """News sitemaps first: they are small and state when an article was published. Those of images, tags and people last."""
    ordered = sorted(
        links, key=lambda link: (bool(_NO_NEWS_SITEMAP.search(link)), not _NEWS_SITEMAP.search(urlsplit(link).path))
    )
    return [Sitemap(url=link) for link in ordered[:MAX_SOURCES_OF_A_KIND]]


def _sections(links: list[tuple[Element, str]], url: str) -> Iterator[Source]:
    """The lists that the menu leads to: short labels, short paths, no article and no service page."""
    found = (
        link
        for element, link in links
        if element.tag == "a"
        and _is_section(link, url)
        and (_in_menu(element) or _ALL_NEWS.match(urlsplit(link).path))
        and 0 < len(_label(element)) <= MAX_LABEL_CHARS
    )
    yield from (Listing(url=link) for link in islice(dict.fromkeys(found), MAX_SECTIONS))


def _is_section(link: str, url: str) -> bool:
    parts = urlsplit(link)
    segments = [segment for segment in parts.path.split("/") if segment]
    return (
        host_of(link) == host_of(url)
        and 0 < len(segments) <= 3
        and not parts.query
        and not _NO_SECTION.search(parts.path)
        and not is_probably_article(link, url)
    )


def _label(element: Element) -> str:
    return plain_title(element.text_content()) or ""


def _in_menu(element: Element) -> bool:
    for outer in islice(element.iterancestors(), 12):
        names = f"{outer.get('class') or ''} {outer.get('id') or ''} {outer.get('role') or ''}".lower()
        if outer.tag == "nav" or (outer.tag not in {"body", "html"} and any(word in names for word in MENU_WORDS)):
            return True
    return False


def _unique(sources: Iterable[Source], url: str) -> tuple[Source, ...]:
    """Each address once, at its first place, and none of another site: its own host, with or without www., and hosts below it."""
    home = host_of(url).removeprefix("www.")
    found: dict[str, Source] = {}
    for source in sources:
        host = host_of(source.url).removeprefix("www.")
        if home and (host == home or host.endswith(f".{home}")):
            found.setdefault(source.url, source)
    return tuple(found.values())

"""Keywords in structured data, meta tags and tag lists -> an article's tags, its section and its kind."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from lxml import etree

from newscrawl.article import Kind
from newscrawl.extraction.outlet import is_outlet, words_key
from newscrawl.extraction.structured import article_ld, clean, same_page, strings, text_of, types_of, url_of
from newscrawl.extraction.tree import Element, PageTree

MOST_TAGS = 40  # a list longer than that is the site's vocabulary, not this article's
LONGEST_TAG = 80  # characters
LONGEST_SECTION = 60  # characters
# A section in name only: all of the site is news.
ANY_SECTION = frozenset({
    "новости", "все новости", "лента новостей", "news", "all news", "жаңалықтар", "барлық жаңалықтар", "jañalyqtar", "janalyqtar",
    "жаңылыктар", "кабарлар", "yangiliklar", "янгиликлар", "хабарҳо", "ахбор", "nachrichten", "статьи", "мақалалар", "articles",
})  # fmt: skip
HOME_STEPS = frozenset({
    "главная", "главная страница", "home", "front", "басты бет", "басты", "башкы бет", "башкы барак", "bosh sahifa", "бош саҳифа",
    "саҳифаи асосӣ", "асосӣ", "startseite", "accueil", "inicio", "ana sayfa",
})  # fmt: skip
META_TAGS = ("article:tag", "og:article:tag", "video:tag")
META_KEYWORDS = ("news_keywords", "parsely-tags", "sailthru.tags", "dc.subject")
# "98be933f-38cf-4fba-b6c6-ad438e82010a", "NLP Category: Politics", "sections/world", "example.com", "100312362"
MACHINE_TAG = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\A[A-Z][\w ]{2,30}:\s?\S|\A\d{5,}\Z|\A[\w-]+\.(?:com|net|org|kz|kg|uz|tj|ru)\Z|\A\w+(?:-\w+){4,}\Z"
)
NAMESPACE = re.compile(r"\A[a-z]+/(?=\S)")  # "topic/floods"
TAG_LINKS = etree.XPath(
    "//a[contains(@rel,'tag') or contains(@href,'/tag') or contains(@href,'/topic') or contains(@href,'/keyword') or contains(@href,'/teg')]"
)
TAG_HREF = re.compile(r"/(?:tags?|topics?|keywords?|tegi?)(?:/|\?|=)")
TAG_LIST = re.compile(r"(?:\A|[\s_-]|[a-z])(?:tags?|Tags?|topics?|Topics?|keywords?|metki|tegi?)(?![a-z])")
SITE_WIDE = re.compile(r"cloud|popular|sidebar|footer|menu|nav|trend|header", re.IGNORECASE)

LIVE_TYPES = frozenset({"LiveBlogPosting"})
OPINION_TYPES = frozenset({"OpinionNewsArticle"})
NEWS_TYPES = frozenset(
    {"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle"}
)
OPINION_WORDS = re.compile(
    r"\b(?:opinions?|мнени[ея]|колумнист\w*|колонк[аи]|пікір\w*|көзқарас\w*|пикир\w*|fikr\w*|фикр\w*|блог[иа]?|блоггер\w*|columns?|commentary|op-ed)\b",
    re.IGNORECASE,
)
LIVE_PATH = re.compile(r"/(?:live|online-translation|live-blog|liveblog)(?:[/-]|\Z)")
# `/blog/2024/05/02/...` is where some sites (kloop.kg) keep all their news.
OPINION_PATH = re.compile(
    r"/(?:opinions?|mneni[ey]|kolumnist\w*|columns?|kolonki|pikir\w*|blogs?(?!/20\d\d/)|commentary)/"
)
VIDEO_PATH = re.compile(r"/(?:videos?|tv)/")


def read_tags(tree: PageTree, outlets: frozenset[str]) -> tuple[str, ...]:
    """The article's tags as its first source that has any states them, each once.

    On 131 pages of 90 publishers article:tag and the keywords of JSON-LD were right more often (F1 0.80 and 0.74) than
    lists found by their looks (0.31 to 0.49). `<meta name="keywords">` comes last but for these: many sites fill it once
    for all pages, so that it must have a word in common with what the page says of itself.
    """
    for listed in (found for place in TAG_PLACES for found in place(tree)):
        tags = _cleaned(listed, outlets)
        if 0 < len(tags) <= MOST_TAGS:
            return tags
    return ()


def read_section(tree: PageTree, outlets: frozenset[str]) -> str | None:
    """The section that the page names, in meta tags, JSON-LD or the last breadcrumb before the article.

    "News" is no section where a breadcrumb knows better: on some sites every page says it.
    """
    stated = [c for n, c in tree.metas if n in {"article:section", "og:article:section"}]
    stated += [s for s in [text_of(article_ld(tree).get("articleSection")), *_breadcrumb(tree)] if s]
    fit = [
        s for s in map(clean, stated) if 1 < len(s) <= LONGEST_SECTION and "://" not in s and not is_outlet(s, outlets)
    ]
    return next((s for s in fit if s.casefold() not in ANY_SECTION), next(iter(fit), None))


def read_kind(tree: PageTree, section: str | None) -> Kind | None:
    """What kind of article the page says that it is; None when it says nothing."""
    types = frozenset(t for thing in tree.json_ld for t in types_of(thing))
    own = frozenset(types_of(article_ld(tree)))
    path = tree.url.split("#")[0].lower()
    if types & LIVE_TYPES or LIVE_PATH.search(path):
        return "live"
    if own & OPINION_TYPES or OPINION_PATH.search(path) or (section and OPINION_WORDS.search(section)):
        return "opinion"
    if (
        (tree.meta("og:type") or "").startswith("video")
        or VIDEO_PATH.search(path)
        or (not own and "VideoObject" in types)
    ):
        return "video"
    return "news" if own & NEWS_TYPES else None


def tags_in_metas(tree: PageTree) -> Iterator[list[str]]:
    """`article:tag` and its like, each for itself."""
    for name in META_TAGS:
        yield [c for n, c in tree.metas if n == name]


def keywords_in_json_ld(tree: PageTree) -> Iterator[list[str]]:
    """The keywords of the article's JSON-LD."""
    yield list(strings(article_ld(tree).get("keywords")))


def keywords_for_news(tree: PageTree) -> Iterator[list[str]]:
    """Metas that are made for search engines of news and for counting readers."""
    for name in META_KEYWORDS:
        yield [c for n, c in tree.metas if n == name]


def bare_keywords(tree: PageTree) -> Iterator[list[str]]:
    """`<meta name="keywords">`, if it speaks of this page."""
    keywords = [c for n, c in tree.metas if n == "keywords"]
    if _speaks_of_page(tree, keywords):
        yield keywords


def visible_tags(tree: PageTree) -> Iterator[list[str]]:
    """The tag list that readers see."""
    yield _visible(tree.root)


TAG_PLACES: tuple[Callable[[PageTree], Iterator[list[str]]], ...] = (
    tags_in_metas,
    keywords_in_json_ld,
    keywords_for_news,
    bare_keywords,
    visible_tags,
)


def _cleaned(listed: list[str], outlets: frozenset[str]) -> tuple[str, ...]:
    separator = ";" if any(";" in t for t in listed) and not any("," in t for t in listed) else ","
    pieces = (NAMESPACE.sub("", p.strip(" \t\"'«»#")) for t in listed for p in clean(t).split(separator))
    kept: dict[str, str] = {}
    for tag in pieces:
        if 1 < len(tag) <= LONGEST_TAG and not MACHINE_TAG.search(tag) and not is_outlet(tag, outlets):
            kept.setdefault(words_key(tag), tag)
    return tuple(kept.values())


def _speaks_of_page(tree: PageTree, keywords: list[str]) -> bool:
    said = " ".join(
        [clean(e.text_content()) for e in tree.root.iter("h1", "title")]
        + [c for n, c in tree.metas if n in {"og:title", "og:description", "description"}]
    )
    return bool(_stems(" ".join(keywords)) & _stems(said))


def _stems(text: str) -> set[str]:
    return {word[:5] for word in words_key(text).split() if len(word) >= 4}


def _visible(root: Element) -> list[str]:
    """The links of the first tag list: `rel="tag"`, or an address of tags inside an element that is called so."""
    found: list[Element] = []
    for link in TAG_LINKS(root):
        signed = "tag" in (link.get("rel") or "").split()
        if not signed and not TAG_HREF.search(link.get("href") or ""):
            continue
        around = [link, *list(link.iterancestors())[:4]]
        names = " ".join(f"{a.get('class', '')} {a.get('id', '')}" for a in around)
        if (signed or TAG_LIST.search(names)) and not SITE_WIDE.search(names):
            found.append(link)
        if len(found) > MOST_TAGS:
            return []
    if not found:
        return []
    home = list(found[0].iterancestors())[:3]
    return [clean(e.text_content()) for e in found if any(a in home for a in list(e.iterancestors())[:3])]


def _breadcrumb(tree: PageTree) -> list[str]:
    """The steps between the front page and the article, the last one first."""
    trails = [t.get("itemListElement") for t in tree.json_ld if "BreadcrumbList" in types_of(t)]
    steps = [s for s in next((t for t in trails if isinstance(t, list)), []) if isinstance(s, dict)]
    named = [(name, url_of(s.get("item")) or "") for s in steps if (name := text_of(s.get("name") or s.get("item")))]
    if named and _is_home(*named[0]):
        named = named[1:]
    if named and _is_article(tree, *named[-1]):
        named = named[:-1]
    return [name for name, _ in reversed(named)]


def _is_home(name: str, url: str) -> bool:
    try:
        path = urlsplit(url).path.strip("/") if "/" in url else None
    except ValueError:
        path = None
    return path == "" or name.casefold() in HOME_STEPS


def _is_article(tree: PageTree, name: str, url: str) -> bool:
    titles = [tree.meta("og:title"), text_of(article_ld(tree).get("headline"))]
    titles += [clean(e.text_content()) for e in tree.root.iter("h1", "title")]
    key = words_key(name)
    return same_page(url, tree.url) or any(key and words_key(t or "").startswith(key) for t in titles)

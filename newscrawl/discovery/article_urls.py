"""An address -> whether it is probably an article's, for sites that nobody has described yet.

Read off the forms of 40 sites of the region: a day or a number with a slug, a long slug, a number behind a script's name.
The lists of what is none come first: a section, a tag or a service page costs a download and must never be stored.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.site import host_of
from newscrawl.urls import is_http_url

MIN_SLUG_WORDS = 3
MIN_SLUG_CHARS = 15

_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|avif|css|js|json|xml|rss|atom|txt|pdf|docx?|xlsx?|pptx?|zip|rar|gz|7z|mp[34]|m4[av]"
    r"|avi|mov|webm|ogg|wav|woff2?|ttf|eot|apk|exe|ics|csv)\Z",
    re.IGNORECASE,
)
# Parts of a path (behind a language) below which there are only lists, people, forms and files.
_LIST_PARTS = frozenset({
    "tag", "tags", "teg", "tegi", "author", "authors", "avtor", "category", "categories", "rubric", "rubrics", "rubrika",
    "search", "poisk", "archive", "archives", "arhiv", "login", "logout", "signin", "signup", "register", "registration", "auth",
    "account", "user", "users", "profile", "cabinet", "lk", "admin", "cart", "checkout", "shop", "subscribe", "subscription",
    "podpiska", "feed", "feeds", "rss", "sitemap", "map", "comments", "cdn-cgi", "api", "ajax", "wp-json", "wp-admin", "wp-content",
    "wp-includes", "wp-login.php", "bitrix", "upload", "uploads", "static", "assets", "images", "files", "horoscope", "horoscopes",
    "weather", "pogoda", "kurs", "rates", "teleprogramma", "live-tv", "share", "go", "redirect", "out", "click", "z", "itemlist",
})  # fmt: skip
# Parts that name a section as often as a list: below them only what has a number of its own, or lies one level deeper.
_UNSURE_PARTS = frozenset({
    "avtory", "cat", "section", "sections", "topic", "topics", "tema", "temy", "theme", "themes", "contact", "contacts",
    "kontakty", "about", "about-us", "o-nas", "o-proekte", "redakciya", "reklama", "advertising", "vacancy", "vacancies",
    "vakansii", "team", "privacy", "terms", "rules", "pravila", "help", "faq", "gallery", "forum", "poll", "polls", "quiz",
    "programs", "tv", "radio", "document", "documents", "media", "p", "pages", "special-projects",
})  # fmt: skip
_ANYWHERE = frozenset({"page", "tag", "amp", "print", "feed"})
_SERVICE_SLUG = re.compile(
    r"(?:privacy|cookies?)[-_](?:policy|notice)|terms[-_](?:of|and)[-_]\w{1,20}|user[-_]agreement|public[-_]offer|about[-_](?:us|the[-_]\w{1,20})"
    r"|contact[-_]us|politika[-_]konfiden\w{1,20}|polzovatelskoe[-_]soglashenie|publichn\w{1,10}[-_]oferta|usloviya[-_]ispolzovaniya"
    r"|pravila[-_](?:ispolzovaniya|saita|sajta|sayta|kommentirovaniya)|o[-_](?:nas|proekte|kompanii|redakcii|saite|sajte)"
    r"|reklama[-_]na[-_]\w{1,20}|(?:page|str|stranica)[-_]?\d{1,6}|kak[-_]rabotaet[-_].{1,40}|site[-_]?map|karta[-_]sa[ijy]ta",
    re.IGNORECASE,
)
_LANGUAGE_PART = re.compile(
    r"(?:kk|kz|ru|en|ky|kg|uz|oz|tg|tj|tm|cn|zh|ar|qz|tt|kaz|rus|eng|uzb|kir|kyr|english|kyrgyzcha)\Z"
)
_YEAR, _MONTH, _DAY = r"(?:199\d|20[0-3]\d)", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DAY_IN_PATH = re.compile(rf"/{_YEAR}(?:[-/_.]{_MONTH}[-/_.]{_DAY}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[/_-])")
_MONTH_IN_PATH = re.compile(rf"/{_YEAR}[-/]{_MONTH}/(?=[^/])")
_DAY_ONLY = re.compile(rf"/{_YEAR}(?:[-/_.]{_MONTH}(?:[-/_.]{_DAY})?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?\Z")
_DAY_IN_SLUG = re.compile(rf"[-_]{_YEAR}[-_]\d\d[-_]\d\d(?!\d)")
_NUMBER = re.compile(rf"(?<![^\W_])(?!{_YEAR}(?!\d))\d{{4,12}}(?![^\W_])")
_SHORT_NUMBER = re.compile(r"[-_]\d{3}\Z")
_LEADING_NUMBER = re.compile(r"\d{2,12}[-_](?=[^\W\d_])|[^\W\d_]{1,12}:\d{3,12}")
_TRAILING_HEX = re.compile(r"[-_](?=[0-9a-f]{0,7}\d)[0-9a-f]{4,8}\Z")
_LIST_PAGE = re.compile(r"(?:page[-_]?)?\d{1,3}\Z")
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?)\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUERY_KEYS = frozenset(
    {"id", "newsid", "news_id", "nid", "sid", "article", "article_id", "element_id", "post", "p", "item", "aid"}
)

_LIST_KEYS = frozenset({"s", "q", "query", "page", "paged", "search"})
# `/2024/05/02/slug/index.html` is its slug's, `/news.php?id=815` its number's.
_SCRIPT_NAMES = frozenset({"index", "default", "news", "article", "detail", "view"})
_OPAQUE_ID = re.compile(r"(?=[^\W_]{0,40}\d)[^\W_]{8,40}\Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_ARTICLE_PARTS = frozenset({"article", "articles", "story", "post"})


def is_probably_article(url: str, home: str) -> bool:
    """Whether the address has the form of an article's on the site whose front page is `home`. Never raises."""
    if not is_http_url(url) or not _same_site(host_of(url), host_of(home)):
        return False
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    if _FILES.search(path) or _is_list(segments) or _DAY_ONLY.search(path.rstrip("/")):
        return False
    if segments and _EXTENSION.sub("", segments[-1]).lower() in _SCRIPT_NAMES:
        segments.pop()
    if not segments:
        return _has_number_in_query(parts.query)
    if any(key.lower() in _LIST_KEYS for key, _ in parse_qsl(parts.query)):
        return False
    slug = _EXTENSION.sub("", segments[-1])
    if _SERVICE_SLUG.fullmatch(slug):
        return False
    return _is_dated(path, slug) or _is_numbered(segments, slug) or _is_long(slug) or _has_number_in_query(parts.query)


def _same_site(host: str, home: str) -> bool:
    return bool(host) and host.removeprefix("www.") == home.removeprefix("www.")


def _is_list(segments: list[str]) -> bool:
    own = [_EXTENSION.sub("", segment).lower() for segment in segments]
    if own and _LANGUAGE_PART.match(own[0]):
        own = own[1:]
    if not own:
        return bool(segments)
    if own[0] in _LIST_PARTS or not _ANYWHERE.isdisjoint(own):
        return True
    if own[0] in _UNSURE_PARTS and len(own) < 3 and not _LEADING_NUMBER.match(own[-1]):
        return True
    return len(own) > 1 and bool(_LIST_PAGE.match(own[-1]))


def _is_dated(path: str, slug: str) -> bool:
    return bool(_DAY_IN_PATH.search(path) or _MONTH_IN_PATH.search(path) or _DAY_IN_SLUG.search(slug)) and len(slug) > 2


def _is_numbered(segments: list[str], slug: str) -> bool:
    """A number beside words, or alone below a part that names what it numbers (`/post/12345`, `/a/24106283.html`)."""
    if _LEADING_NUMBER.match(slug) or (_TRAILING_HEX.search(slug) and len(_WORD.findall(slug)) > 2):
        return True
    words = len(_WORD.findall(slug))
    if (
        len(segments) > 1
        and _OPAQUE_ID.match(slug)
        and (segments[-2].lower() in _ARTICLE_PARTS or _is_long(segments[-2]))
    ):
        return True
    if len(segments) > 1:
        return bool(
            _NUMBER.search(slug) or _NUMBER.fullmatch(segments[-2]) or (words > 1 and _SHORT_NUMBER.search(slug))
        )
    return bool(_NUMBER.search(slug)) and words > 1


def _is_long(slug: str) -> bool:
    words = _WORD.findall(slug)
    return (
        len(words) >= MIN_SLUG_WORDS
        and sum(map(len, words)) >= MIN_SLUG_CHARS
        and re.search(r"[-_+ ]", slug) is not None
    )


def _has_number_in_query(query: str) -> bool:
    return any(key.lower() in _QUERY_KEYS and re.fullmatch(r"\d{2,12}", value) for key, value in parse_qsl(query))

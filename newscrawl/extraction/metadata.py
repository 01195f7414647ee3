"""A parsed page -> what it says about its article beside text, date and language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice
from urllib.parse import urlsplit

from newscrawl.article import Kind
from newscrawl.extraction.authors import read_authors
from newscrawl.extraction.outlet import outlet_names, words_key
from newscrawl.extraction.selectors import select_texts
from newscrawl.extraction.structured import article_ld, clean, text_of, url_of
from newscrawl.extraction.titles import read_title
from newscrawl.extraction.topics import read_kind, read_section, read_tags
from newscrawl.extraction.tree import Element, PageTree
from newscrawl.site import Override, Site
from newscrawl.urls import absolute_url, canonical_url

LEAD_LENGTHS = range(40, 700)  # characters: shorter is a kicker or a name, longer a text
LEAD_CLASS = re.compile(
    r"(?:\A|[\s_-]|[a-z])(?:leads?|Leads?|lede|lid|standfirst|Standfirst|subtitle|subheadline|sub-?title|dek|teaser-?text|intro|Intro"
    r"|excerpt|anons|summary|Summary|preview-text|perex)(?![a-z])"
)
AFTER_HEADLINE = 150  # elements: a standfirst follows its headline; further down these class names mean teasers
LEAD_PROPERTIES = frozenset({"description", "alternativeHeadline"})
LEAD_TAGS = frozenset({"p", "h2", "h3", "h4", "strong", "b", "div", "span", "section", "header"})
# What readers see on a switch, and the language behind it. `kz` is a country, sites mean `kk` by it.
SWITCHES = {
    "kz": "kk", "kaz": "kk", "қаз": "kk", "қазақша": "kk", "казахский": "kk", "қз": "kk", "kk": "kk", "қазақ тілінде": "kk",
    "ru": "ru", "rus": "ru", "рус": "ru", "русский": "ru", "орыс": "ru", "орысша": "ru", "по-русски": "ru", "ру": "ru",
    "en": "en", "eng": "en", "english": "en", "анг": "en", "англ": "en", "ағылшын": "en",
    "kg": "ky", "кырг": "ky", "кыргызча": "ky", "кыр": "ky", "ky": "ky", "кырг.": "ky",
    "uz": "uz", "o'zbekcha": "uz", "oʻzbekcha": "uz", "o‘zbekcha": "uz", "ўзбекча": "uz", "ўз": "uz", "узб": "uz",
    "tj": "tg", "тоҷ": "tg", "тоҷикӣ": "tg", "тадж": "tg", "tg": "tg",
}  # fmt: skip
LONGEST_SWITCH = 20  # characters
COUNTRY_CODES = {"kz": "kk", "kg": "ky", "tj": "tg"}
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}\Z")
FRONT_PAGES = re.compile(r"/?(?:[a-z]{2,3}/?)?\Z")
PAID_WORDS = {"false": False, "0": False, "no": False, "true": True, "1": True, "yes": True}
TIERS = {"free": True, "locked": False}  # "metered" is neither: some see it free, some do not


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article; the fields are those of `Article`, `html_language` is what `<html lang>` claims."""

    title: str | None = None
    lead: str | None = None
    section: str | None = None
    image: str | None = None
    canonical_url: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    tags: tuple[str, ...] = ()
    kind: Kind | None = None
    free: bool | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    html_language: str | None = None


def read_metadata(tree: PageTree, site: Site | None = None, override: Override | None = None) -> Metadata:
    """Everything that the page states about its article. A field that it does not support stays empty."""
    own = override or Override()
    outlets = outlet_names(tree, site)
    authors, agency = read_authors(tree, outlets, own.authors)
    title = next(iter(select_texts(tree.root, own.title)), None) or read_title(tree, outlets)
    section = next(iter(select_texts(tree.root, own.section)), None) or read_section(tree, outlets)
    return Metadata(
        title=title,
        lead=next(iter(select_texts(tree.root, own.lead)), None) or read_lead(tree, title),
        section=section,
        image=_image(tree),
        canonical_url=_canonical(tree),
        authors=authors,
        agency=agency,
        tags=tuple(dict.fromkeys(select_texts(tree.root, own.tags))) or read_tags(tree, outlets),
        kind=read_kind(tree, section),
        free=read_free(tree),
        alternates=read_alternates(tree),
        html_language=(tree.root.get("lang") or tree.root.get("xml:lang") or "").strip() or None,
    )


def read_lead(tree: PageTree, title: str | None) -> str | None:
    """The standfirst that readers see: what follows the headline and is called so, or is the page's description word for word.

    A description that the page does not show is a text for search engines, often cut off: it is no lead.
    """
    headline = words_key(title or "")
    near = [e for e in _after_headline(tree.root, headline) if e.tag in LEAD_TAGS]
    for element in near:
        if element.get("itemprop") in LEAD_PROPERTIES or LEAD_CLASS.search(element.get("class") or ""):
            text = clean(element.text_content())
            if len(text) in LEAD_LENGTHS and words_key(text) != headline and _is_in_article(element):
                return text
    described = tree.meta("og:description", "description") or text_of(article_ld(tree).get("description"))
    wanted = words_key(clean(described or ""))
    if len(wanted) not in LEAD_LENGTHS or wanted == headline:
        return None
    shown = (clean(e.text_content()) for e in near if words_key((e.text or "")[:40])[:20] == wanted[:20])
    return next((text for text in shown if words_key(text) == wanted), None)


def _after_headline(root: Element, headline: str) -> Iterator[Element]:
    """The elements that follow the h1 of that title, or the first h1, in document order; none when the page has no h1."""
    h1s = list(root.iter("h1"))
    own = next((h for h in h1s if words_key(h.text_content()) == headline), next(iter(h1s), None))
    following = dropwhile(lambda e: e is not own, root.iter())
    return islice(following, 1, AFTER_HEADLINE) if own is not None else iter(())


def read_free(tree: PageTree) -> bool | None:
    """False when the site marks the article as paid, True when it marks it as free."""
    stated = article_ld(tree).get("isAccessibleForFree")
    if isinstance(stated, bool):
        return stated
    if isinstance(stated, str) and (word := stated.strip().lower().rsplit("/", 1)[-1]) in PAID_WORDS:
        return PAID_WORDS[word]
    return TIERS.get((tree.meta("article:content_tier") or "").lower())


def read_alternates(tree: PageTree) -> tuple[tuple[str, str], ...]:
    """(language, address) of the article's other versions, from hreflang and from language switches that lead to an article."""
    found: dict[str, str] = {}
    own = {canonical_url(tree.url), canonical_url(_canonical(tree) or tree.url)}
    for language, href in dict.fromkeys((*_hreflangs(tree.root), *_switches(tree.root))):
        address = absolute_url(tree.url, href)
        if address and canonical_url(address) not in own and not FRONT_PAGES.match(urlsplit(address).path):
            found.setdefault(language, address)
    return tuple(sorted(found.items()))


def language_code(stated: str) -> str | None:
    """`ru-RU` -> `ru`, `kz` -> `kk` (a country that sites write for its language); None for `x-default` and other marks."""
    code = re.split(r"[-_]", stated.strip().lower())[0]
    code = COUNTRY_CODES.get(code, code)
    return code if LANGUAGE_CODE.match(code) else None


def _hreflangs(root: Element) -> Iterator[tuple[str, str]]:
    for link in root.iter("link"):
        stated = link.get("hreflang")
        if stated and "alternate" in (link.get("rel") or "").lower() and (code := language_code(stated)):
            yield code, link.get("href") or ""


def _switches(root: Element) -> Iterator[tuple[str, str]]:
    for link in root.iter("a"):
        label = (link.text or "").strip()
        if not label and 0 < len(link) <= 2:
            label = link.text_content().strip()
        if len(label) <= LONGEST_SWITCH and (code := SWITCHES.get(label.lower())) and (href := link.get("href")):
            yield code, href


def _is_in_article(element: Element) -> bool:
    """A standfirst is no part of a list, of a teaser or of what stands beside the article."""
    return not any(
        a.tag in {"aside", "footer", "nav", "li", "a", "figure"}
        or re.search(
            r"related|sidebar|teaser-?list|comment|footer|recommend|popular|card", a.get("class") or "", re.IGNORECASE
        )
        for a in (element, *element.iterancestors())
    )


def _image(tree: PageTree) -> str | None:
    stated = tree.meta("og:image", "og:image:secure_url", "twitter:image", "twitter:image:src")
    return absolute_url(tree.url, stated or url_of(article_ld(tree).get("image")) or "")


def _canonical(tree: PageTree) -> str | None:
    """The address that the page calls its own. The front page is none: some sites name it on every page."""
    links = (e.get("href") for e in tree.root.iter("link") if "canonical" in (e.get("rel") or "").lower().split())
    stated = next((h for h in links if h), None) or tree.meta("og:url")
    address = absolute_url(tree.url, stated or "")
    if address is None or (FRONT_PAGES.match(urlsplit(address).path) and not urlsplit(address).query):
        return None
    return address
